// The texts of all detectors, as an officer meets them, and the page of them in docs/officers.
import { expect, test } from 'vitest'
import { DETECTORS } from './index.ts'
import { detectorsPage } from './page.ts'

const texts = DETECTORS.flatMap(({ name, tells, settings }) => [
  [name, tells] as const,
  ...Object.entries(settings).map(([field, { sentence }]) => [`${name}.${field}`, sentence] as const),
])

test('every text stands in Korean and in English, and they are not the same', () => {
  for (const [name, { ko, en }] of texts) {
    expect(ko, name).toMatch(/[가-힣]/)
    expect(en, name).toMatch(/^[\x20-\x7e°–]+$/)
  }
})

test('defaults lie within their bounds and have a unit where they measure something', () => {
  for (const { name, settings } of DETECTORS)
    for (const [field, { default: value, min, max, unit }] of Object.entries(settings)) {
      expect(value, `${name}.${field}`).toBeGreaterThanOrEqual(min)
      expect(value, `${name}.${field}`).toBeLessThanOrEqual(max)
      expect(['', 'm', 'kn', 'min', 's', 'h', 'nm', '°'], `${name}.${field}`).toContain(unit)
    }
})

test('names are said once', () => {
  const names = DETECTORS.flatMap(({ name, alsoRaises }) => [name, ...(alsoRaises ?? [])])
  expect(new Set(names).size).toBe(names.length)
})

test('the officers’ page says what the detectors say; `mangru test src/vessels/detectors -u` writes it anew', async () => {
  await expect(detectorsPage()).toMatchFileSnapshot('../../../docs/officers/detectors.md')
})
