import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changeOf, figureText, periodWords, slotWords } from './figures.ts'

test.each([
  [239, 'cases', '239건', '239'],
  [1234, 'cases', '1,234건', '1,234'],
  [0, 'cases', '0건', '0'],
  [41, 's', '41초', '41 s'],
  [612, 's', '10분 12초', '10 min 12 s'],
  [138, 's', '2분 18초', '2 min 18 s'],
  [602, 's', '10분 02초', '10 min 02 s'],
  [7_320, 's', '2시간 2분', '2 h 2 min'],
  [59.6, 's', '1분', '1 min'],
  [95, 'min', '1시간 35분', '1 h 35 min'],
  [0, 'min', '0분', '0 min'],
  [0.521, 'share', '52.1%', '52.1%'],
  [8_100_000, 'won', '810만 원', '8.1 m won'],
  [4_820_000_000, 'won', '48.2억 원', '4.8 bn won'],
  [900, 'won', '900원', '900 won'],
  [12, 'g', '12 g', '12 g'],
  [3100, 'g', '3.1 kg', '3.1 kg'],
  [40_000_000, 'g', '40 t', '40 t'],
  [17, 'ships', '17척', '17 ships'],
  [12.5, 'h', '12.5시간', '12.5 h'],
] as const)('%d %s is read %s, in English %s', (value, unit, ko, en) => {
  expect([figureText(value, unit, 'ko'), figureText(value, unit, 'en')]).toEqual([ko, en])
})

const figure = (value?: number) => ({ n: 1, ...(value === undefined ? {} : { value }) })
test.each([
  ['more seizures than before', 239, 227, 'cases', 'more', '▲', '5.3%', 'good'],
  ['fewer alarms: neither good nor bad', 852, 927, 'cases', undefined, '▼', '8.1%', 'plain'],
  ['a higher share of real ones, in points', 0.521, 0.485, 'share', 'more', '▲', '3.6%p', 'good'],
  ['a shorter way, in time', 612, 666, 's', 'less', '▼', '54초', 'good'],
  ['a longer way', 666, 612, 's', 'less', '▲', '54초', 'bad'],
  ['the same', 9, 9, 'cases', 'more', '=', '0.0%', 'plain'],
  ['from none: how many, never a percentage of nothing', 3, 0, 'cases', 'more', '▲', '3건', 'good'],
] as const)('%s', (_what, now, then, unit, better, sign, text, tone) => {
  const measure = better === undefined ? { unit } : { unit, better }
  expect(changeOf(figure(now), figure(then), measure, 'ko')).toEqual({ sign, text, tone })
})

test('what was not measured is not compared', () => {
  expect(changeOf(figure(3), undefined, { unit: 'cases' }, 'ko')).toBeUndefined()
  expect(changeOf(figure(3), figure(), { unit: 's' }, 'ko')).toBeUndefined()
  expect(changeOf(figure(), figure(3), { unit: 's' }, 'ko')).toBeUndefined()
})

test('no figure is ever written as NaN, undefined or with more than a digit after the point', () => {
  const units = ['cases', 'won', 'g', 'pieces', 's', 'min', 'share', 'ships', 'times', 'h', 'plain'] as const
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1e13, noNaN: true }),
      fc.constantFrom(...units),
      fc.constantFrom('ko' as const, 'en' as const),
      (value, unit, language) => {
        expect(figureText(value, unit, language)).not.toMatch(/NaN|undefined|Infinity|\.\d\d/)
      },
    ),
  )
})

const KST = (text: string): number => Date.parse(`${text}:00+09:00`)
test.each([
  ['2026-11-01T00:00', '2026-11-24T00:00', 'month', '2026. 11. 1.–23.'],
  ['2026-11-24T00:00', '2026-11-25T00:00', 'day', '2026. 11. 24.(화)'],
  ['2026-11-24T06:00', '2026-11-24T07:00', 'hour', '2026. 11. 24.(화) 06시'],
  ['2026-01-01T00:00', '2026-11-24T10:00', 'year', '2026. 1. 1.–11. 24.'],
  ['2025-12-29T00:00', '2026-01-05T00:00', 'week', '2025. 12. 29.–2026. 1. 4.'],
] as const)('from %s to %s by %s is %s', (from, to, unit, words) => {
  expect(periodWords({ fromMs: KST(from), toMs: KST(to) }, unit, 'ko')).toBe(words)
})

test('slots of a curve are told in KST', () => {
  expect(slotWords(KST('2026-11-24T00:00'), 'hour', 'ko')).toBe('00시')
  expect(slotWords(KST('2026-11-01T00:00'), 'month', 'en')).toBe('Nov')
})
