import { expect, test } from 'vitest'
import { offset } from '#base/index.ts'
import type { Area } from '#places/index.ts'
import { disordered, judgeScene, sail, seeded, sized, square, T0 } from '../../testkit/sea-scene.ts'

const SHIP = 440_900_011
const HALF_M = 3000
const zone = (middle: readonly [number, number], more: Partial<Area> = {}): Area =>
  square({ id: 'Z', name: '가덕 감시구역', kind: 'designated', ...more }, middle, HALF_M)
const of = (scene: Parameters<typeof judgeScene>[0]) =>
  judgeScene({ detectors: ['area-entered'], ships: { [SHIP]: sized(90, 70, 'DEMO TRESPASS') }, watched: [SHIP], ...scene }).findings
const names = (found: ReturnType<typeof of>) => found.map(finding => finding.detector)

/** Through the middle of the zone on a course, heard every so often. */
function crossing(middle: readonly [number, number], seed: number, everyS = 30, pastM = 0) {
  const cog = seeded(seed)() * 360
  const aside = offset(...middle, (cog + 90) % 360, pastM)
  const from = offset(aside.lat, aside.lon, (cog + 180) % 360, 9000)
  return sail({ mmsi: SHIP, at: [from.lat, from.lon], legs: [{ minutes: 60, sogKn: 11, cogDeg: cog }], everyS, seed, scatterM: 10 })
}

test('a watched ship that crosses the area is told coming in and going out, once each, at any place, course and rhythm', () => {
  for (const [seed, everyS] of [
    [1, 10],
    [2, 30],
    [3, 60],
    [4, 120],
    [5, 360],
  ] as const) {
    const random = seeded(seed * 31)
    const middle = [31 + random() * 7, 124 + random() * 7] as const
    for (const reports of [crossing(middle, seed, everyS), disordered(crossing(middle, seed, everyS), 120, 0.2, seed)]) {
      const found = of({ reports: [reports], areas: [zone(middle)] })
      expect(names(found), `seed ${seed}`).toEqual(['area-entered', 'area-left'])
      expect(found[0]?.severity).toBe('medium')
      expect(found[0]?.to).toBe(found[1]?.from)
      expect(found[1]?.severity).toBe('medium')
      expect(found[0]?.why.ko).toMatch(/감시 대상 DEMO TRESPASS.* 가덕 감시구역에 진입 \(속력 1[01]\.\d kn\)/)
    }
  }
})

test('nobody is told of ships that are not watched, unless the area watches all', () => {
  const middle = [34, 128] as const
  const reports = [crossing(middle, 6)]
  expect(of({ reports, watched: [], areas: [zone(middle)] })).toEqual([])
  expect(names(of({ reports, watched: [], areas: [zone(middle, { watches: 'all', severity: 'critical' })] }))).toHaveLength(2)
  expect(of({ reports, watched: [], areas: [zone(middle, { watches: 'all', severity: 'critical' })] })[0]?.severity).toBe('critical')
})

test('an anchorage tells nobody of watched ships unless it is asked to', () => {
  const middle = [34, 128] as const
  expect(of({ reports: [crossing(middle, 7)], areas: [zone(middle, { kind: 'anchorage' })] })).toEqual([])
  expect(of({ reports: [crossing(middle, 7)], areas: [zone(middle, { kind: 'anchorage', watches: 'watched' })] })).toHaveLength(2)
})

test('passing outside the edge is no entry', () => {
  const middle = [34, 128] as const
  const edge = offset(...middle, 90, HALF_M + 80)
  const reports = [sail({ mmsi: SHIP, at: [edge.lat - 0.1, edge.lon], legs: [{ minutes: 70, sogKn: 10, cogDeg: 0 }], scatterM: 30 })]
  expect(of({ reports, areas: [zone(middle)] })).toEqual([])
})

test('fixes that jump across the edge by fifty metres are no entries', () => {
  const middle = [34, 128] as const
  const edge = offset(...middle, 90, HALF_M)
  const outside = offset(...middle, 90, HALF_M + 1500)
  for (const seed of [1, 2, 3]) {
    const jitter = sail({
      mmsi: SHIP,
      at: [edge.lat, edge.lon],
      fromMin: 10,
      legs: [{ minutes: 180, sogKn: 0.1, cogDeg: 0 }],
      scatterM: 60,
      seed,
      everyS: 60,
    })
    const first = sail({ mmsi: SHIP, at: [outside.lat, outside.lon], legs: [{ minutes: 9, sogKn: 5, cogDeg: 270 }], everyS: 60 })
    expect(of({ reports: [first, jitter], areas: [zone(middle)] })).toEqual([])
  }
})

test('who is first heard inside, or watched only when already inside, is present and did not enter; she is told when she leaves', () => {
  const middle = [34, 128] as const
  const outwards = sail({ mmsi: SHIP, at: middle, legs: [{ minutes: 40, sogKn: 10, cogDeg: 90 }] })
  expect(names(of({ reports: [outwards], areas: [zone(middle)] }))).toEqual(['area-left'])
  const through = crossing(middle, 9)
  const inside = through.filter(report => report.sentAtMs > T0 + 20 * 60_000)
  expect(names(of({ reports: [inside], areas: [zone(middle)] }))).not.toContain('area-entered')
})

test('in and out and in again within ten minutes is one stay', () => {
  const middle = [34, 128] as const
  const edge = offset(...middle, 90, HALF_M + 400)
  const legs = [
    { minutes: 6, sogKn: 8, cogDeg: 270 },
    { minutes: 6, sogKn: 8, cogDeg: 90 },
    { minutes: 6, sogKn: 8, cogDeg: 270 },
    { minutes: 20, sogKn: 8, cogDeg: 270 },
  ]
  const found = of({ reports: [sail({ mmsi: SHIP, at: [edge.lat, edge.lon], legs, everyS: 20 })], areas: [zone(middle)] })
  expect(found.filter(finding => finding.detector === 'area-entered')).toHaveLength(1)
})
