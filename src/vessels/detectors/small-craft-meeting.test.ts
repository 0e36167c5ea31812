import { expect, test } from 'vitest'
import { offset } from '#base/index.ts'
import { disordered, judgeScene, sail, seeded, sized, square, T0 } from '../../testkit/sea-scene.ts'

const BOAT = 440_900_061
const SHIP = 440_900_062
const HOUR_MIN = 60
const SIZES = { [BOAT]: sized(9, 37, 'DEMO DART'), [SHIP]: sized(98, 70, 'DEMO TRAMP') }
const of = (scene: Parameters<typeof judgeScene>[0]) => judgeScene({ detectors: ['small-craft-meeting'], ships: SIZES, ...scene }).findings

interface Wanted {
  readonly minutes?: number
  readonly slowKn?: number
  readonly besideM?: number
  readonly startMin?: number
  readonly everyS?: number
}
/** A freighter on passage slows after an hour; a boat runs up, lies beside her for some minutes, and runs off. */
function visit(seed: number, { minutes = 12, slowKn = 3, besideM = 40, startMin = 0, everyS = 15 }: Wanted = {}) {
  const random = seeded(seed)
  const at = [31 + random() * 7, 124 + random() * 7] as const
  const cogDeg = random() * 360
  const ship = sail({
    mmsi: SHIP,
    at,
    fromMin: startMin,
    legs: [
      { minutes: HOUR_MIN, sogKn: 11, cogDeg },
      { minutes: minutes + 16, sogKn: slowKn, cogDeg },
      { minutes: 40, sogKn: 11, cogDeg },
    ],
    everyS,
    seed,
  })
  const meet = ship.find(report => report.sentAtMs >= T0 + (startMin + HOUR_MIN + 8) * 60_000)
  const beside = offset(meet?.lat ?? 0, meet?.lon ?? 0, cogDeg + 90, besideM)
  const from = offset(beside.lat, beside.lon, cogDeg + 90, (25 * 1852 * 8) / 60)
  const boat = sail({
    mmsi: BOAT,
    at: [from.lat, from.lon],
    fromMin: startMin + HOUR_MIN,
    legs: [
      { minutes: 8, sogKn: 25, cogDeg: (cogDeg + 270) % 360 },
      { minutes, sogKn: slowKn, cogDeg },
      { minutes: 20, sogKn: 25, cogDeg: (cogDeg + 90) % 360 },
    ],
    everyS,
    seed,
    isClassB: true,
  })
  return [ship, boat]
}

test('a small boat at a freighter that slowed for it is told within minutes, once', () => {
  for (const [seed, everyS] of [
    [1, 10],
    [2, 15],
    [3, 30],
    [4, 60],
  ] as const)
    for (const isShuffled of [false, true]) {
      const reports = visit(seed, { everyS })
      const found = of({ reports: isShuffled ? reports.map(own => disordered(own, 120, 0.2, seed)) : reports })
      expect(found, `seed ${seed} every ${everyS} s`).toHaveLength(1)
      expect(found[0]?.subjects.map(({ id }) => id).sort()).toEqual([String(BOAT), String(SHIP)])
      expect(((found[0]?.raisedAt ?? 0) - T0) / 60_000).toBeLessThan(HOUR_MIN + 8 + 4 + 4)
      expect(found[0]?.to).toBeDefined()
      expect(found[0]?.why.ko).toMatch(/DEMO DART가 DEMO TRAMP에 \d+분간 \d+ m까지 접근, 본선 1[01]\.\d → [23]\.\d kn 감속/)
    }
})

test('by night it is a degree graver', () => {
  // T0 is nine in the morning in Korea.
  expect(of({ reports: visit(5) })[0]?.severity).toBe('high')
  expect(of({ reports: visit(5, { startMin: 12 * 60 }) })[0]?.severity).toBe('critical')
})

test('no meeting: too short, too far beside, or the ship did not slow', () => {
  expect(of({ reports: visit(6, { minutes: 2 }) })).toEqual([])
  expect(of({ reports: visit(7, { besideM: 260 }) })).toEqual([])
  expect(of({ reports: visit(8, { slowKn: 9 }) })).toEqual([])
})

test('pilots, boats with a permit and boats in harbour are no small craft at a freighter; neither is a bigger boat', () => {
  const reports = visit(9)
  const [ship] = reports
  const meet = ship?.find(report => report.sentAtMs >= T0 + 68 * 60_000)
  const port = square({ id: 'P', name: '항계', kind: 'port' }, [meet?.lat ?? 0, meet?.lon ?? 0], 6000)
  expect(of({ reports, ships: { ...SIZES, [BOAT]: sized(14, 50) } })).toEqual([])
  expect(of({ reports, ships: { ...SIZES, [BOAT]: sized(14, 50) }, watched: [BOAT] })).toHaveLength(1)
  expect(of({ reports, permits: [{ barge: BOAT, ship: SHIP, fromMs: T0, toMs: T0 + 9e7 }] })).toEqual([])
  expect(of({ reports, areas: [port] })).toEqual([])
  expect(of({ reports, ships: { ...SIZES, [BOAT]: sized(35, 70) } })).toEqual([])
})
