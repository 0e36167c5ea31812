import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PERIOD_UNITS } from '#statistics/schema.ts'
import { parseAddress } from '../shell/address.ts'
import { atOf, FIRST_VIEW, formatView, momentOf, parseView, type StatisticsView } from './view.ts'

const word = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }).filter(text => text.trim() !== '')
const view: fc.Arbitrary<StatisticsView> = fc.record(
  {
    board: word,
    unit: fc.constantFrom(...PERIOD_UNITS),
    at: fc.constantFrom('2024-02-29', '2026-11-24', '2026-11-24T06'),
    organisation: word,
    kinds: fc.dictionary(word, fc.array(word, { minLength: 1, maxLength: 3 }), { maxKeys: 3 }).map(kinds => new Map(Object.entries(kinds))),
    compare: fc.record({ before: fc.boolean(), yearBefore: fc.boolean() }),
  },
  { requiredKeys: ['board', 'unit', 'kinds', 'compare'] },
)

test('a link handed to a colleague opens the same figures, whatever boards, sites and kinds are called', () => {
  fc.assert(
    fc.property(view, one => {
      expect(parseView(formatView(one))).toEqual(one)
    }),
  )
})

test('a link that makes no sense opens the overview of this month', () => {
  for (const item of [undefined, '', '~~~~~', '~fortnight~2026-13-45~~.~'])
    expect(parseView(item)).toMatchObject({ board: FIRST_VIEW.board, unit: 'month' })
  fc.assert(
    fc.property(fc.string(), text => {
      expect(parseView(text).board).not.toBe('')
    }),
  )
})

test('the words of a view survive the address bar', () => {
  const item = formatView({ ...FIRST_VIEW, at: '2026-11-24', organisation: 'busan', kinds: new Map([['seizures', ['narcotics']]]) })
  expect(item).toBe('overview~month~2026-11-24~busan~seizures.narcotics')
  expect(parseAddress(`#/statistics/${encodeURIComponent(item)}?view=35,129,8`, '')).toMatchObject({ page: 'statistics', item })
})

test('a day of KST begins at 15:00 UTC of the day before', () => {
  expect(momentOf('2026-11-24')).toBe(Date.UTC(2026, 10, 23, 15))
  expect(momentOf('2026-11-24T06')).toBe(Date.UTC(2026, 10, 23, 21))
  expect(atOf(Date.UTC(2026, 10, 23, 15), 'day')).toBe('2026-11-24')
  expect(atOf(Date.UTC(2026, 10, 23, 14, 59), 'hour')).toBe('2026-11-23T23')
})
