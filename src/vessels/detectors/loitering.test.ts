import { expect, test } from 'vitest'
import { disordered, judgeScene, type Leg, sail, seeded, sized, square, T0 } from '../../testkit/sea-scene.ts'

const SHIP = 440_900_051
const of = (scene: Parameters<typeof judgeScene>[0]) =>
  judgeScene({ detectors: ['loitering'], ships: { [SHIP]: sized(80, 70, 'DEMO IDLER') }, ...scene }).findings

/** To and fro at walking pace for `hours`, a new course every `everyMin`, then away. */
function wander(seed: number, hours: number, { sogKn = 2, everyMin = 20, everyS = 60, nav = 0 } = {}) {
  const random = seeded(seed)
  const at = [31 + random() * 7, 124 + random() * 7] as const
  let cogDeg = random() * 360
  const legs: Leg[] = Array.from({ length: Math.round((hours * 60) / everyMin) }, () => {
    cogDeg = (cogDeg + 110 + random() * 60) % 360
    return { minutes: everyMin, sogKn: sogKn * (0.8 + random() * 0.4), cogDeg }
  })
  return sail({ mmsi: SHIP, at, legs: [...legs, { minutes: 60, sogKn: 12, cogDeg: 90 }], everyS, seed, nav })
}

test('she who wanders about one place for hours is told once, a little after four hours, and over when she leaves', () => {
  for (const [seed, everyS] of [
    [1, 30],
    [2, 60],
    [3, 120],
    [4, 180],
  ] as const)
    for (const isShuffled of [false, true]) {
      const reports = wander(seed, 6, { everyS })
      const found = of({ reports: [isShuffled ? disordered(reports, 120, 0.2, seed) : reports] })
      expect(found, `seed ${seed} every ${everyS} s`).toHaveLength(1)
      const hours = ((found[0]?.raisedAt ?? 0) - T0) / 3_600_000
      expect(hours).toBeGreaterThanOrEqual(4)
      expect(hours).toBeLessThan(4.3)
      expect(((found[0]?.to ?? 0) - T0) / 3_600_000).toBeGreaterThan(6)
      expect(found[0]?.why.ko).toMatch(/4시간 동안 반경 [\d.]+해리 안에서 배회/)
    }
})

test('no loitering: three hours, straight slow passage, drifting without turns, lying still', () => {
  expect(of({ reports: [wander(5, 3)] })).toEqual([])
  expect(of({ reports: [sail({ mmsi: SHIP, at: [34, 128], legs: [{ minutes: 360, sogKn: 3, cogDeg: 20 }], everyS: 60 })] })).toEqual([])
  expect(of({ reports: [sail({ mmsi: SHIP, at: [34, 128], legs: [{ minutes: 360, sogKn: 0.8, cogDeg: 20 }], everyS: 60 })] })).toEqual([])
  expect(
    of({ reports: [sail({ mmsi: SHIP, at: [34, 128], legs: [{ minutes: 360, sogKn: 0.05, cogDeg: 20 }], everyS: 60, scatterM: 30 })] }),
  ).toEqual([])
})

test('fishing boats, harbour craft and ships where waiting is usual may; a watched tug may not', () => {
  const reports = [wander(6, 6)]
  const [first] = reports.flat()
  const waiting = square({ id: 'W', name: '대기구역', kind: 'waiting' }, [first?.lat ?? 0, first?.lon ?? 0], 8000)
  expect(of({ reports, ships: { [SHIP]: sized(30, 30) } })).toEqual([])
  expect(of({ reports: [wander(6, 6, { nav: 7 })] })).toEqual([])
  expect(of({ reports, ships: { [SHIP]: sized(30, 33) } })).toEqual([])
  expect(of({ reports, areas: [waiting] })).toEqual([])
  expect(of({ reports, ships: { [SHIP]: sized(30, 52) }, watched: [SHIP] })).toHaveLength(1)
})
