// The list: found by any of its words, the worst first, what is not known last, as a spreadsheet reads it.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { COLUMNS, csvOf, isStale, ordered, sifted, WORST, WORST_FIRST } from './list-order.ts'
import { type Row, row } from './model.ts'

const NOW = Date.UTC(2026, 10, 24)
const of = (id: string, more: object = {}): Row =>
  row({
    id,
    container: `DEMU10${id}`,
    word: 'normal',
    state: 'under-way',
    origin: '부산신항',
    destination: '의왕 ICD',
    risk: 'low',
    reportEveryS: 30,
    ...more,
  })

test('whoever looks for a part of any word finds it, spaces or not', () => {
  const rows = [of('1', { vehicle: '부산81아0000' }), of('2', { officer: '김 담당', phone: '010-0000-0000' })]
  const ids = (words: string) => sifted(rows, { words }, NOW).map(one => one.id)
  expect([ids('81아'), ids('의왕icd'), ids('김담당'), ids('010-0000'), ids('없는말')]).toEqual([['1'], ['1', '2'], ['2'], ['2'], []])
})

test('filters narrow together; stale is older than two intervals', () => {
  const rows = [
    of('1', { risk: 'high', heardAt: new Date(NOW - 61_000).toISOString() }),
    of('2', { risk: 'high', heardAt: new Date(NOW - 59_000).toISOString() }),
    of('3', { word: 'silent', state: 'arrived' }),
  ]
  expect(rows.map(one => isStale(one, NOW))).toEqual([true, false, false])
  expect(sifted(rows, { words: '', risk: 'high', isStale: true }, NOW).map(one => one.id)).toEqual(['1'])
  expect(sifted(rows, { words: '', word: 'silent', state: 'arrived' }, NOW).map(one => one.id)).toEqual(['3'])
})

test('the worst come first; turned, what is not known is still last', () => {
  const words = WORST.map((word, n) => of(String(n), { word }))
  expect(ordered([...words].reverse(), WORST_FIRST).map(one => one.word)).toEqual([...WORST])
  const rows = [of('1'), of('2', { batteryPercent: 80 }), of('3', { batteryPercent: 9 })]
  expect(ordered(rows, { by: 'battery', isDown: false }).map(one => one.id)).toEqual(['3', '2', '1'])
  expect(ordered(rows, { by: 'battery', isDown: true }).map(one => one.id)).toEqual(['2', '3', '1'])
})

test('every order keeps every row, and the same rows stand in one order whatever order they came in', () => {
  const some = fc.array(
    fc.record({ id: fc.nat(99).map(String), batteryPercent: fc.option(fc.nat(100), { nil: undefined }), word: fc.constantFrom(...WORST) }),
    { maxLength: 30 },
  )
  fc.assert(
    fc.property(some, fc.constantFrom(...COLUMNS), fc.boolean(), (given, by, isDown) => {
      const rows = [...new Map(given.map(one => [one.id, of(one.id, one)])).values()]
      const order = ordered(rows, { by, isDown }).map(one => one.id)
      expect([...order].sort()).toEqual(rows.map(one => one.id).sort())
      expect(ordered([...rows].reverse(), { by, isDown }).map(one => one.id)).toEqual(order)
    }),
  )
})

test('a spreadsheet gets figures without units and no formula', () => {
  const csv = csvOf(
    [of('1', { officer: '=1+1', deviationM: 12.4, progress: 0.571, batteryPercent: 92 })],
    ['컨테이너번호', '상태'],
    () => '정상',
    () => '낮음',
    String,
  )
  expect(csv.split('\r\n')).toEqual(['컨테이너번호,상태', "DEMU101,정상,,부산신항,의왕 ICD,'=1+1,,낮음,12,57,,92,,,1", ''])
})
