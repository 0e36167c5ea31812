// The texts of all rules about journeys, as an officer meets them, and the page of them in docs/officers.
import { expect, test } from 'vitest'
import { VIOLATIONS } from '../schema.ts'
import { SEAL_DETECTORS } from './index.ts'
import { violationsPage } from './page.ts'

const texts = SEAL_DETECTORS.flatMap(({ name, tells, settings }) => [
  [name, tells] as const,
  ...Object.entries(settings).map(([field, { sentence }]) => [`${name}.${field}`, sentence] as const),
])

test('every text stands in Korean and in English', () => {
  for (const [name, { ko, en }] of texts) {
    expect(ko, name).toMatch(/[가-힣]/)
    expect(en, name).toMatch(/^[\x20-\x7e’]+$/)
  }
})

test('defaults lie within their bounds and have a unit that is known', () => {
  for (const { name, settings } of SEAL_DETECTORS)
    for (const [field, { default: value, min, max, unit }] of Object.entries(settings)) {
      expect(value, `${name}.${field}`).toBeGreaterThanOrEqual(min)
      expect(value, `${name}.${field}`).toBeLessThanOrEqual(max)
      expect(['', 'm', 'min', 's', '%', '×', 'km/h'], `${name}.${field}`).toContain(unit)
    }
})

test('each violation has one rule; co-stop takes two journeys and is the pass’s own', () => {
  expect([...SEAL_DETECTORS.map(({ name }) => name), 'co-stop'].sort()).toEqual([...VIOLATIONS].sort())
})

test('the officers’ page says what the rules say; `mangru test src/seals/detectors -u` writes it anew', async () => {
  await expect(violationsPage()).toMatchFileSnapshot('../../../docs/officers/seal-violations.md')
})
