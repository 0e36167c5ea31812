import fc from 'fast-check'
import { expect, test } from 'vitest'
import { marksTo, rootMarks } from './scale.ts'

test.each([
  [239, 'cases', [0, 100, 200, 300]],
  [3, 'cases', [0, 1, 2, 3]],
  [1, 'ships', [0, 1]],
  [0.52, 'share', [0, 0.2, 0.4, 0.6]],
  [1, 'share', [0, 0.5, 1]],
  [612, 's', [0, 300, 600, 900]],
  [95, 'min', [0, 30, 60, 90, 120]],
  [8_100_000, 'won', [0, 5_000_000, 10_000_000]],
  [0, 'cases', [0, 1]],
] as const)('an axis up to %d %s is marked %j', (highest, unit, marks) => {
  expect(marksTo(highest, unit)).toEqual(marks)
})

test('an axis begins at 0, rises, holds the highest value, and has few marks', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-6, max: 1e12, noNaN: true }),
      fc.constantFrom('cases' as const, 'won' as const, 's' as const, 'min' as const, 'plain' as const),
      (highest, unit) => {
        const marks = marksTo(highest, unit)
        expect(marks[0]).toBe(0)
        expect(marks.at(-1)).toBeGreaterThanOrEqual(highest * (1 - 1e-9))
        expect(marks.length).toBeLessThanOrEqual(6)
        expect(marks.every((mark, k) => k === 0 || mark > (marks[k - 1] ?? 0))).toBe(true)
      },
    ),
  )
})

test('an axis by the square root begins at 0 and holds the longest time; no two of its marks run together', () => {
  expect(rootMarks(1206)).toEqual([0, 30, 120, 300, 600, 900, 1200, 1800])
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 600_000 }), highest => {
      const marks = rootMarks(highest)
      const top = Math.sqrt(marks.at(-1) ?? 1)
      expect(marks[0]).toBe(0)
      expect(marks.at(-1)).toBeGreaterThanOrEqual(highest)
      expect(marks.every((mark, k) => k === 0 || Math.sqrt(mark) - Math.sqrt(marks[k - 1] ?? 0) >= top * 0.07)).toBe(true)
    }),
  )
})
