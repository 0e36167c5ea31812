// Periods as officers say them, in KST, written out by hand from the calendar.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HOUR_MS } from './day.ts'
import { periodAt, slotsOf, slotUnitOf, spanPeriod } from './period.ts'
import { PERIOD_UNITS, type Span } from './schema.ts'

const KST_MS = 9 * HOUR_MS
/** 2026-11-24 or 2026-11-24T07, KST. */
const kst = (text: string): number => Date.parse(`${text.length > 10 ? text : `${text}T00`}:00:00Z`) - KST_MS
const said = (ms: number): string => {
  const text = new Date(ms + KST_MS).toISOString()
  return text.slice(11, 13) === '00' ? text.slice(0, 10) : text.slice(0, 13)
}
const span = (of: Span | undefined): string => (of ? `${said(of.fromMs)}/${said(of.toMs)}` : '')
const LONG_AFTER = kst('2040-01-01')

test.each([
  // unit, a moment in it, the period, the one before, the year before
  ['hour', '2026-11-24T07', '2026-11-24T07/2026-11-24T08', '2026-11-24T06/2026-11-24T07', '2025-11-24T07/2025-11-24T08'],
  ['hour', '2027-01-01', '2027-01-01/2027-01-01T01', '2026-12-31T23/2027-01-01', '2026-01-01/2026-01-01T01'],
  ['hour', '2028-02-29T23', '2028-02-29T23/2028-03-01', '2028-02-29T22/2028-02-29T23', '2027-02-28T23/2027-03-01'],
  ['day', '2026-11-24T23', '2026-11-24/2026-11-25', '2026-11-23/2026-11-24', '2025-11-24/2025-11-25'],
  ['day', '2028-02-29', '2028-02-29/2028-03-01', '2028-02-28/2028-02-29', '2027-02-28/2027-03-01'],
  ['day', '2028-03-01', '2028-03-01/2028-03-02', '2028-02-29/2028-03-01', '2027-03-01/2027-03-02'],
  ['day', '2029-02-28', '2029-02-28/2029-03-01', '2029-02-27/2029-02-28', '2028-02-28/2028-02-29'],
  // Weeks go from Monday; 1 January 2027 is a Friday: its week begins in the year before, as ISO 8601 counts it (week 53 of 2026).
  ['week', '2027-01-01', '2026-12-28/2027-01-04', '2026-12-21/2026-12-28', '2025-12-29/2026-01-05'],
  ['week', '2027-01-04', '2027-01-04/2027-01-11', '2026-12-28/2027-01-04', '2026-01-05/2026-01-12'],
  // 1 January 2029 is a Monday; 31 December 2024 lies in the first week of 2025.
  ['week', '2029-01-01', '2029-01-01/2029-01-08', '2028-12-25/2029-01-01', '2028-01-03/2028-01-10'],
  ['week', '2024-12-31', '2024-12-30/2025-01-06', '2024-12-23/2024-12-30', '2024-01-01/2024-01-08'],
  ['week', '2028-02-29', '2028-02-28/2028-03-06', '2028-02-21/2028-02-28', '2027-03-01/2027-03-08'],
  ['month', '2028-02-29', '2028-02-01/2028-03-01', '2028-01-01/2028-02-01', '2027-02-01/2027-03-01'],
  ['month', '2029-02-28', '2029-02-01/2029-03-01', '2029-01-01/2029-02-01', '2028-02-01/2028-03-01'],
  ['month', '2026-01-31', '2026-01-01/2026-02-01', '2025-12-01/2026-01-01', '2025-01-01/2025-02-01'],
  ['quarter', '2026-03-31T23', '2026-01-01/2026-04-01', '2025-10-01/2026-01-01', '2025-01-01/2025-04-01'],
  ['quarter', '2026-12-31', '2026-10-01/2027-01-01', '2026-07-01/2026-10-01', '2025-10-01/2026-01-01'],
  ['year', '2028-02-29', '2028-01-01/2029-01-01', '2027-01-01/2028-01-01', '2027-01-01/2028-01-01'],
] as const)('the %s of %s is %s, before it %s, a year before %s', (unit, at, whole, before, yearBefore) => {
  const period = periodAt(unit, kst(at), LONG_AFTER)
  expect([span(period), span(period.before), span(period.yearBefore)]).toEqual([whole, before, yearBefore])
  expect(period.isRunning).toBe(false)
})

test.each([
  // A running period ends with the hour under way and is compared with as much of the others, never with more than they have.
  ['month', '2026-11-24T09', '2026-11-01/2026-11-24T10', '2026-10-01/2026-10-24T10', '2025-11-01/2025-11-24T10'],
  ['month', '2026-03-31T09', '2026-03-01/2026-03-31T10', '2026-02-01/2026-03-01', '2025-03-01/2025-03-31T10'],
  ['month', '2028-02-29T07', '2028-02-01/2028-02-29T08', '2028-01-01/2028-01-29T08', '2027-02-01/2027-03-01'],
  ['day', '2028-02-29T06', '2028-02-29/2028-02-29T07', '2028-02-28/2028-02-28T07', '2027-02-28/2027-02-28T07'],
  ['week', '2027-01-01T12', '2026-12-28/2027-01-01T13', '2026-12-21/2026-12-25T13', '2025-12-29/2026-01-02T13'],
  // 1 March 2028 is the 61st day; the first 60 days and ten hours of 2027 end on 2 March.
  ['year', '2028-03-01T09', '2028-01-01/2028-03-01T10', '2027-01-01/2027-03-02T10', '2027-01-01/2027-03-02T10'],
] as const)('the running %s at %s counts %s, beside %s and %s', (unit, at, counted, before, yearBefore) => {
  const now = kst(at) + 14 * 60_000
  const period = periodAt(unit, now, now)
  expect([span(period), span(period.before), span(period.yearBefore)]).toEqual([counted, before, yearBefore])
  expect([period.isRunning, period.laterMs]).toEqual([true, undefined])
})

test('midnight in Korea, not in Greenwich, ends a day: 23:59 is of the old one, 00:00 of the new', () => {
  const midnight = Date.UTC(2028, 1, 28, 15)
  expect(span(periodAt('day', midnight - 60_000, LONG_AFTER))).toBe('2028-02-28/2028-02-29')
  expect(span(periodAt('day', midnight, LONG_AFTER))).toBe('2028-02-29/2028-03-01')
})

test('the 24 hours of a daily report stand beside the 24 before and the same dates a year ago, also on 29 February', () => {
  const day = spanPeriod({ fromMs: kst('2028-02-29T07'), toMs: kst('2028-03-01T07') })
  expect([span(day.before), span(day.yearBefore)]).toEqual(['2028-02-28T07/2028-02-29T07', '2027-02-28T07/2027-03-01T07'])
})

test('a leap year’s curve has 366 days cut into twelve months, February’s 29 days; a week’s has seven', () => {
  const year = periodAt('year', kst('2028-02-29'), LONG_AFTER)
  expect((year.toMs - year.fromMs) / (24 * HOUR_MS)).toBe(366)
  expect(slotUnitOf(year)).toBe('month')
  expect(slotsOf(year, 'month').map(slot => said(Number(slot)))).toEqual(
    Array.from({ length: 12 }, (_, k) => `2028-${String(k + 1).padStart(2, '0')}-01`),
  )
  const february = periodAt('month', kst('2028-02-29'), LONG_AFTER)
  expect(slotsOf(february, slotUnitOf(february)).map(slot => said(Number(slot)))).toEqual(
    Array.from({ length: 29 }, (_, k) => `2028-02-${String(k + 1).padStart(2, '0')}`),
  )
  expect(slotsOf(periodAt('week', kst('2027-01-01'), LONG_AFTER), 'day')).toHaveLength(7)
})

test('whatever the moment: a period holds it, the one before ends where it begins, stepping back and forth comes back, and its slots fill it', () => {
  const moment = fc.integer({ min: kst('2019-12-30'), max: kst('2033-01-03') })
  fc.assert(
    fc.property(fc.constantFrom(...PERIOD_UNITS), moment, (unit, atMs) => {
      const period = periodAt(unit, atMs, LONG_AFTER)
      expect(period.fromMs <= atMs && atMs < period.toMs).toBe(true)
      expect(period.before?.toMs).toBe(period.fromMs)
      const earlier = periodAt(unit, period.earlierMs, LONG_AFTER)
      expect(earlier.toMs).toBe(period.fromMs)
      expect(earlier.laterMs).toBe(period.fromMs)
      expect(period.yearBefore && period.yearBefore.toMs > period.yearBefore.fromMs).toBe(true)
      const slots = slotsOf(period, slotUnitOf(period)).map(Number)
      expect(slots).toEqual([...new Set(slots)].sort((a, b) => a - b))
      expect(slots[0]! <= period.fromMs && slots.at(-1)! < period.toMs).toBe(true)
    }),
  )
})
