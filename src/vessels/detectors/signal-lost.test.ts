import { expect, test } from 'vitest'
import { disordered, judgeScene, sail, seeded, sized, square, T0 } from '../../testkit/sea-scene.ts'

const SHIP = 440_900_031
const minutesAfter = (ms: number): number => (ms - T0) / 60_000
const cruise = (minutes: number, cogDeg: number, sogKn = 11) => [{ minutes, sogKn, cogDeg }]

/** A ship among neighbours that are heard all along; she is heard until `untilMin` and again from `againMin`. */
function scene(seed: number, { untilMin = 70, againMin = 999, everyS = 20, neighbours = 4, isClassB = false, sogKn = 11, nav = 0 } = {}) {
  const random = seeded(seed)
  const [lat, lon] = [31 + random() * 7, 124 + random() * 7]
  const cog = random() * 360
  const own = sail({ mmsi: SHIP, at: [lat, lon], legs: cruise(180, cog, sogKn), seed, everyS, isClassB, nav }).filter(
    ({ sentAtMs }) => minutesAfter(sentAtMs) < untilMin || minutesAfter(sentAtMs) >= againMin,
  )
  const others = Array.from({ length: neighbours }, (_, n) =>
    sail({ mmsi: SHIP + 10 + n, at: [lat + 0.02 * (n + 1), lon - 0.03], legs: cruise(180, cog, 10.5), seed: seed + n, everyS: 30 }),
  )
  return [own, ...others]
}
const of = (reports: ReturnType<typeof scene>, more: Partial<Parameters<typeof judgeScene>[0]> = {}) =>
  judgeScene({ detectors: ['signal-lost'], ships: { [SHIP]: sized(90, 70, 'DEMO SHADOW') }, reports, ...more }).findings

test('she who goes silent among others that are heard is told within a quarter of an hour, and over when she is heard again', () => {
  for (const [seed, everyS] of [
    [1, 10],
    [2, 20],
    [3, 60],
    [4, 30],
  ] as const)
    for (const isShuffled of [false, true]) {
      const reports = scene(seed, { everyS, againMin: 130 })
      const found = of(isShuffled ? reports.map(own => disordered(own, 120, 0.2, seed)) : reports)
      expect(found, `seed ${seed}`).toHaveLength(1)
      expect(found[0]?.subjects).toEqual([{ kind: 'ship', id: String(SHIP) }])
      expect(minutesAfter(found[0]?.from ?? 0)).toBeGreaterThan(68)
      expect(minutesAfter(found[0]?.raisedAt ?? 0)).toBeGreaterThan(79)
      expect(minutesAfter(found[0]?.raisedAt ?? 0)).toBeLessThan(86)
      expect(minutesAfter(found[0]?.to ?? 0)).toBeCloseTo(130, -1)
      expect(found[0]?.why.ko).toMatch(/DEMO SHADOW: 수신 양호 해역에서 \d+분 신호 두절/)
    }
})

test('in an area under guard it is critical', () => {
  const reports = scene(5)
  const [last] = (reports[0] ?? []).slice(-1)
  const area = square({ id: 'G', name: '지정구역', kind: 'designated' }, [last?.lat ?? 0, last?.lon ?? 0], 5000)
  expect(of(reports, { areas: [area] })[0]?.severity).toBe('critical')
})

test('no word of her: alone out there, at rest, in an anchorage, hardly followed yet, or thinly heard before', () => {
  expect(of(scene(6, { neighbours: 1 }))).toEqual([])
  expect(of(scene(7, { sogKn: 0.2 }))).toEqual([])
  expect(of(scene(7, { nav: 1 }))).toEqual([])
  expect(of(scene(8, { untilMin: 15 }))).toEqual([])
  const reports = scene(9)
  const [last] = (reports[0] ?? []).slice(-1)
  const area = square({ id: 'A', name: '정박지', kind: 'anchorage' }, [last?.lat ?? 0, last?.lon ?? 0], 5000)
  expect(of(reports, { areas: [area] })).toEqual([])
  const random = seeded(10)
  const thin = scene(10)
  expect(of([(thin[0] ?? []).filter(report => minutesAfter(report.sentAtMs) < 30 || random() > 0.45), ...thin.slice(1)])).toEqual([])
})

test('class B is given an hour', () => {
  expect(of(scene(11, { isClassB: true, againMin: 120 }))).toEqual([])
  const found = of(scene(11, { isClassB: true }))
  expect(found).toHaveLength(1)
  expect(minutesAfter(found[0]?.raisedAt ?? 0)).toBeGreaterThan(129)
})

test('when the station dies all fall silent and nobody is lost, nor in the minutes after it comes back', () => {
  for (const seed of [12, 13, 14]) {
    const random = seeded(seed)
    const reports = scene(seed, { untilMin: 999, neighbours: 6 }).map(own => {
      const backMin = 100 + random() * 8
      return own.filter(report => minutesAfter(report.sentAtMs) < 60 + random() || minutesAfter(report.sentAtMs) > backMin)
    })
    const { findings } = judgeScene({ detectors: ['signal-lost', 'station-silent'], reports })
    expect(findings.map(finding => finding.detector)).toEqual(['station-silent'])
    expect(findings[0]?.to).toBeDefined()
  }
})

test('late reports that fill the silence withdraw it; one straggler does not', () => {
  const whole = scene(15, { untilMin: 999 })
  const deliverLate = (fromMin: number, toMin: number) => [
    (whole[0] ?? []).map(report => {
      const sent = minutesAfter(report.sentAtMs)
      return sent >= fromMin && sent < toMin ? { ...report, receivedAtMs: T0 + 125 * 60_000 + sent * 10 } : report
    }),
    ...whole.slice(1),
  ]
  const filled = of(deliverLate(70, 110))
  expect(filled).toHaveLength(1)
  expect(filled[0]?.withdrawnAt).toBeDefined()
  expect(filled[0]?.withdrawnBecause?.ko).toContain('늦게 도착한 보고')
  const cut = scene(15, { untilMin: 70, againMin: 110 })
  const straggler = (whole[0] ?? []).filter(report => minutesAfter(report.sentAtMs) >= 90).slice(0, 1)
  const still = of([...cut, straggler.map(report => ({ ...report, receivedAtMs: T0 + 125 * 60_000 }))])
  expect(still[0]?.withdrawnAt).toBeUndefined()
})

test('who goes on under another number is not lost', () => {
  const whole = scene(16, { untilMin: 999 })
  const renamed = (whole[0] ?? []).map(report => (minutesAfter(report.sentAtMs) < 70 ? report : { ...report, mmsi: SHIP + 1 }))
  expect(of([renamed, ...whole.slice(1)])).toEqual([])
})

test('she who sails out of range, thinning out, is not lost', () => {
  for (const seed of [17, 18, 19]) {
    const random = seeded(seed)
    const whole = scene(seed, { untilMin: 120 })
    const thinning = (whole[0] ?? []).filter(report => random() > Math.max(0, minutesAfter(report.sentAtMs) - 60) / 60)
    expect(of([thinning, ...whole.slice(1)])).toEqual([])
  }
})
