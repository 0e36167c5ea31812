import { expect, test } from 'vitest'
import { readPlanCsv } from './plan-csv.ts'

const [busan, uiwang] = [
  { name: '부산신항', lat: 35.08, lon: 128.83 },
  { name: '의왕 ICD', lat: 37.33, lon: 126.95 },
]
const read = (text: string) => readPlanCsv(text, [busan!, uiwang!], line => `new-${line}`)

test('columns are found by their names in either language and any order, places by name with or without spaces', () => {
  const korean = '출발지,도착지,컨테이너번호,위험,담당자,연락처\r\n부산신항,의왕ICD,TEMU1234565,높음,"당직, 2",010-0000-0000\r\n'
  expect(read(korean)).toEqual({
    faults: [],
    plans: [
      {
        line: 2,
        plan: {
          id: 'new-2',
          container: 'TEMU1234565',
          origin: busan,
          destination: uiwang,
          risk: 'high',
          officers: { destination: [{ name: '당직, 2', phone: '010-0000-0000' }] },
        },
      },
    ],
  })
  expect(read('\uFEFFid\tcontainer\torigin\tdestination\tseal\nJ7\tTEMU1234565\t부산신항\t의왕 ICD\tjt808:1').plans[0]?.plan).toEqual({
    id: 'J7',
    container: 'TEMU1234565',
    origin: busan,
    destination: uiwang,
    seals: [{ seal: 'jt808:1' }],
  })
})

test('what is wrong is told with its line as the spreadsheet counts; the good lines stay', () => {
  const { plans, faults } = read(
    'container,origin,destination\nTEMU1234565,부산신항,의왕 ICD\n\nTEMU1234565,없는 곳,의왕 ICD\n,부산신항,의왕 ICD\n',
  )
  expect(plans.map(({ line }) => line)).toEqual([2])
  expect(faults).toEqual([
    { line: 4, what: 'no-place', word: '없는 곳' },
    { line: 5, what: 'no-container', word: '' },
  ])
})

test('without a column that is needed nothing is read, and it is named', () => {
  expect(read('컨테이너,출발지\nTEMU1234565,부산신항')).toEqual({
    plans: [],
    faults: [{ line: 1, what: 'no-column', word: 'destination' }],
  })
})
