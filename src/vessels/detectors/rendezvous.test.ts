import { expect, test } from 'vitest'
import { disordered, judgeScene, type Leg, sail, seeded, sized, square, T0 } from '../../testkit/sea-scene.ts'

const A = 440_900_001
const B = 440_900_002
const SHIPS = { [A]: sized(120, 70, 'DEMO ALPHA'), [B]: sized(140, 80, 'DEMO BRAVO') }
const lie = (minutes: number, sogKn = 0.5): Leg => ({ minutes, sogKn, cogDeg: 40 })
const minutesAfter = (ms: number): number => (ms - T0) / 60_000
const of = (scene: Parameters<typeof judgeScene>[0]) => judgeScene({ detectors: ['rendezvous'], ...scene }).findings

/** Two ships come, lie 60 m apart for `minutes`, and part. */
function meeting(seed: number, minutes: number, everyS = 30, apartDegLat = 0.0005) {
  const random = seeded(seed)
  const [lat, lon] = [31 + random() * 4, 126 + random() * 6]
  const cog = random() * 360
  const away: Leg = { minutes: 30, sogKn: 9, cogDeg: cog }
  return [
    sail({ mmsi: A, at: [lat, lon], legs: [lie(minutes), away], everyS, seed, scatterM: 15 }),
    sail({
      mmsi: B,
      at: [lat + apartDegLat, lon],
      legs: [lie(minutes), { ...away, cogDeg: (cog + 150) % 360 }],
      everyS,
      seed,
      scatterM: 15,
    }),
  ]
}

test('two ships lying together are told once, half an hour in, and over when they part, wherever and however often they are heard', () => {
  for (const [seed, everyS] of [
    [1, 10],
    [2, 30],
    [3, 60],
    [4, 180],
    [5, 360],
  ] as const) {
    const found = of({ reports: meeting(seed, 100, everyS), ships: SHIPS })
    expect(found, `seed ${seed}`).toHaveLength(1)
    const [one] = found
    expect(one?.severity).toBe('high')
    expect(one?.subjects.map(subject => subject.id).sort()).toEqual([String(A), String(B)])
    expect(minutesAfter(one?.raisedAt ?? 0)).toBeGreaterThanOrEqual(30)
    expect(minutesAfter(one?.raisedAt ?? 0)).toBeLessThanOrEqual(30 + (2 * everyS) / 60 + 1)
    expect(minutesAfter(one?.to ?? 0)).toBeGreaterThan(90)
    expect(minutesAfter(one?.to ?? 0)).toBeLessThan(110)
  }
})

test('a meeting delivered out of order and twice is the same meeting', () => {
  for (const seed of [11, 12, 13]) {
    const inOrder = of({ reports: meeting(seed, 90), ships: SHIPS })
    const shuffled = of({ reports: meeting(seed, 90).map(own => disordered(own, 120, 0.2, seed)), ships: SHIPS })
    expect(shuffled).toHaveLength(1)
    expect(Math.abs((shuffled[0]?.from ?? 0) - (inOrder[0]?.from ?? 0))).toBeLessThanOrEqual(60_000)
  }
})

test('a meeting of more than two hours is called confirmed, with the numbers of then', () => {
  const [one] = of({ reports: meeting(21, 150), ships: SHIPS })
  expect(one?.numbers.durationMin).toBeGreaterThanOrEqual(120)
  expect(one?.why.ko).toContain('DEMO ALPHA와 DEMO BRAVO가')
  expect(one?.why.ko).toContain('2시간 이상 지속, 접현 확인')
  expect(one?.why.en).toMatch(/within \d+ m for \d+ min/)
})

test('no meeting: too short, too far apart, too fast', () => {
  expect(of({ reports: meeting(31, 25), ships: SHIPS })).toEqual([])
  expect(of({ reports: meeting(32, 90, 30, 0.006), ships: SHIPS })).toEqual([])
  const convoy = [A, B].map((mmsi, n) => sail({ mmsi, at: [33 + n * 0.001, 128], legs: [{ minutes: 90, sogKn: 4, cogDeg: 90 }] }))
  expect(of({ reports: convoy, ships: SHIPS })).toEqual([])
})

test('no meeting where stopping is usual, of two fishing boats, with a tug, or with a permit; a watched tug is one', () => {
  const reports = meeting(41, 90)
  const [first] = reports.flat()
  const at = [first?.lat ?? 0, first?.lon ?? 0] as const
  const anchorage = square({ id: 'A1', name: '묘박지', kind: 'anchorage' }, at, 3000)
  expect(of({ reports, ships: SHIPS, areas: [anchorage] })).toEqual([])
  expect(of({ reports, ships: { [A]: sized(24, 30), [B]: sized(26, 30) } })).toEqual([])
  expect(of({ reports, ships: { ...SHIPS, [B]: sized(30, 52) } })).toEqual([])
  expect(of({ reports, ships: { ...SHIPS, [B]: sized(30, 52) }, watched: [B] })).toHaveLength(1)
  expect(of({ reports, ships: SHIPS, permits: [{ barge: B, ship: A, fromMs: T0 - 1, toMs: T0 + 86_400_000 }] })).toEqual([])
})

test('a partner who falls silent ends the meeting', () => {
  const [a, b] = meeting(51, 240)
  const quiet = (b ?? []).filter(report => report.sentAtMs < T0 + 60 * 60_000)
  const [one] = of({ reports: [a ?? [], quiet], ships: SHIPS })
  expect(one?.to).toBeDefined()
  expect(minutesAfter(one?.to ?? 0)).toBeLessThan(80)
})

test('ships that part and come back within half an hour have one meeting, later another', () => {
  const gap = (minutes: number) =>
    [A, B].map((mmsi, n) =>
      sail({
        mmsi,
        at: [33 + n * 0.0005, 128],
        legs: [
          lie(45, 0.3),
          { minutes: minutes / 2, sogKn: n === 0 ? 8 : 0.3, cogDeg: 0 },
          { minutes: minutes / 2, sogKn: n === 0 ? 8 : 0.3, cogDeg: 180 },
          lie(50, 0.3),
        ],
      }),
    )
  expect(of({ reports: gap(20), ships: SHIPS })).toHaveLength(1)
  expect(of({ reports: gap(80), ships: SHIPS })).toHaveLength(2)
})
