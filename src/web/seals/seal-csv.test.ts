// Seals from a spreadsheet.
import { expect, test } from 'vitest'
import { readSealCsv } from './seal-csv.ts'

const offices = (words: string): string | undefined => (words === '부산세관' || words === 'busan' ? 'busan' : undefined)

test('columns by their Korean names, tabs or commas, the device’s number where none is printed', () => {
  expect(
    readSealCsv('규격,단말 번호,봉인번호,소속,상태,주기(초)\r\nJT808,013900000001,"KC-0001",부산세관,재고,30\njt600,77,,,분실,', offices),
  ).toEqual({
    faults: [],
    seals: [
      {
        line: 2,
        seal: { protocol: 'jt808', deviceId: '013900000001', number: 'KC-0001', life: 'in-stock', organisation: 'busan', reportEveryS: 30 },
      },
      { line: 3, seal: { protocol: 'jt600', deviceId: '77', number: '77', life: 'lost' } },
    ],
  })
})

test('each line says what is wrong with it; the others stay', () => {
  const { seals, faults } = readSealCsv(
    'protocol;deviceId;life;organisation;reportEveryS\njt808;;;;\njt808;1;asleep;;\njt808;2;;seoul;often\njt808;3;armed;busan;60',
    offices,
  )
  expect(seals.map(one => one.seal.deviceId)).toEqual(['3'])
  expect(faults).toEqual([
    { line: 2, what: 'no-device', word: 'jt808' },
    { line: 3, what: 'no-life', word: 'asleep' },
    { line: 4, what: 'no-office', word: 'seoul' },
    { line: 4, what: 'no-number', word: 'often' },
  ])
  expect(readSealCsv('봉인번호\nKC-1', offices).faults.map(one => one.word)).toEqual(['protocol', 'deviceId'])
})
