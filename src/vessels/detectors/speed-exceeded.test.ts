import { expect, test } from 'vitest'
import { disordered, judgeScene, type Leg, sail, seeded, sized, square } from '../../testkit/sea-scene.ts'

const SHIP = 440_900_021
const steady = (sogKn: number, minutes = 20): Leg => ({ minutes, sogKn, cogDeg: 0 })
function of(
  legs: readonly Leg[],
  { seed = 1, everyS = 20, maxKn = 10, halfM = 40_000, shipType = 70, watched = [] as number[], shuffled = false } = {},
) {
  const random = seeded(seed)
  const at = [31 + random() * 7, 124 + random() * 7] as const
  const area = square({ id: 'L', name: '항계 내 항로', kind: 'speed-limit', maxKn }, at, halfM)
  const reports = sail({ mmsi: SHIP, at, legs, seed, everyS })
  return judgeScene({
    detectors: ['speed-exceeded'],
    ships: { [SHIP]: sized(110, shipType, 'DEMO HURRY') },
    reports: [shuffled ? disordered(reports, 120, 0.2, seed) : reports],
    areas: [area],
    watched,
  }).findings
}

test('she who runs over the limit for a minute in three reports is told once, with her speed, the limit and the place', () => {
  for (const seed of [1, 2, 3, 4]) {
    for (const everyS of [10, 30, 60])
      for (const shuffled of [false, true]) {
        const found = of([steady(9), steady(17), steady(9)], { seed, everyS, shuffled })
        expect(found, `seed ${seed} every ${everyS} s`).toHaveLength(1)
        expect(found[0]?.severity).toBe('medium')
        expect(found[0]?.numbers.limitKn).toBe(10)
        expect(found[0]?.why.ko).toMatch(/제한 10 kn 구역\(항계 내 항로\)에서 1[67]\.\d kn/)
        expect(((found[0]?.to ?? 0) - (found[0]?.from ?? 0)) / 60_000).toBeCloseTo(20, -1)
      }
  }
})

test('a little over the limit is only logged', () => {
  expect(of([steady(12.5)])[0]?.severity).toBe('low')
})

test('a gust, less than a knot over, or outside the area is nothing', () => {
  expect(of([steady(9.5, 10), { minutes: 0.5, sogKn: 13, cogDeg: 0 }, steady(9.5, 10)])).toEqual([])
  expect(of([steady(10.7, 40)])).toEqual([])
  expect(of([steady(9.5, 30), steady(25)], { halfM: 5000 })).toEqual([])
})

test('a patrol boat may, unless she is watched', () => {
  expect(of([steady(20)], { shipType: 55 })).toEqual([])
  expect(of([steady(20)], { shipType: 55, watched: [SHIP] })).toHaveLength(1)
})

test('slower for one report she is still the same run; slow for longer it is over, and soon again it is the same one', () => {
  const dip = of([steady(16, 5), { minutes: 0.33, sogKn: 9, cogDeg: 0 }, steady(16, 5)])
  expect(dip).toHaveLength(1)
  const twice = of([steady(16, 5), steady(8, 5), steady(16, 5), steady(8, 5)])
  expect(twice).toHaveLength(1)
  expect(twice[0]?.to).toBeDefined()
})
