import { expect, test } from 'vitest'
import { createJoining } from '#rules/index.ts'
import type { ObjectReport } from '#vessels/index.ts'
import { createPass } from '#vessels/index.ts'
import { judgeScene, sail, T0 } from '../../testkit/sea-scene.ts'

const MINUTE = 60_000
const minutesAfter = (ms: number): number => (ms - T0) / MINUTE
/** Ships of a station, heard from `fromMin` to `toMin`. */
const heardBy = (station: string, ships: number, fromMin: number, toMin: number, everyS = 20): ObjectReport[] =>
  Array.from({ length: ships }, (_, n) =>
    sail({
      mmsi: 440_900_100 + n + station.charCodeAt(0) * 100,
      at: [34 + n * 0.02, 128 + station.charCodeAt(0) / 100],
      fromMin: fromMin + n / 20,
      legs: [{ minutes: toMin - fromMin - n / 20, sogKn: 8, cogDeg: 90 }],
      everyS,
      station,
    }),
  ).flat()
const of = (reports: readonly ObjectReport[], thenMin = 0) =>
  judgeScene({ detectors: ['station-silent', 'feed-silent'], reports: [reports], thenMin }).findings

test('a station that stops with all its ships is one finding, told in minutes, over when it is back', () => {
  for (const ships of [3, 8]) {
    const found = of([...heardBy('A', ships, 0, 60), ...heardBy('A', ships, 90, 130), ...heardBy('B', 3, 0, 130)])
    expect(found.map(({ detector }) => detector)).toEqual(['station-silent'])
    expect(found[0]?.subjects).toEqual([{ kind: 'station', id: 'A' }])
    expect(minutesAfter(found[0]?.raisedAt ?? 0)).toBeGreaterThan(64)
    expect(minutesAfter(found[0]?.raisedAt ?? 0)).toBeLessThan(67)
    expect(minutesAfter(found[0]?.to ?? 0)).toBeLessThan(93)
    expect(found[0]?.why.ko).toContain(`선박 ${ships}척이 함께 끊김`)
  }
})

test('a station with two ships, or one of whose ships goes on, is not silent', () => {
  expect(of([...heardBy('A', 2, 0, 60), ...heardBy('B', 3, 0, 130)])).toEqual([])
  expect(of([...heardBy('A', 5, 0, 60), ...heardBy('A', 1, 60, 130), ...heardBy('B', 3, 0, 130)])).toEqual([])
})

test('a packet that comes late does not make a dead station look alive', () => {
  const dead = heardBy('A', 4, 0, 60)
  const [late] = dead.slice(-1).map(report => ({ ...report, receivedAtMs: T0 + 63 * MINUTE }))
  const found = of([...dead.slice(0, -1), ...(late ? [late] : []), ...heardBy('B', 3, 0, 130)])
  expect(found).toHaveLength(1)
  expect(minutesAfter(found[0]?.raisedAt ?? 0)).toBeLessThan(67)
})

test('a feed that brings nothing is told after three of its usual gaps', () => {
  const found = of(heardBy('A', 2, 0, 40, 10), 10)
  expect(found.map(({ detector }) => detector)).toEqual(['feed-silent'])
  expect(minutesAfter(found[0]?.raisedAt ?? 0)).toBeLessThan(42)
  expect(found[0]?.why.ko).toMatch(/피드 scene 수신 없음 \d+초/)
})

test('a stream that never pauses is told when it stops', () => {
  const dense = Array.from({ length: 40 }, (_, n) =>
    heardBy('A', 1, 0, 2, 10).map(report => ({ ...report, mmsi: report.mmsi + n, receivedAtMs: report.receivedAtMs + n * 250 })),
  )
  expect(of(dense.flat(), 5).map(({ detector }) => detector)).toContain('feed-silent')
})

test('a feed that brings everything in one burst a minute is not silent between its bursts', () => {
  const bursts = heardBy('A', 8, 0, 120, 10).map(report => ({
    ...report,
    receivedAtMs: Math.ceil(report.receivedAtMs / MINUTE) * MINUTE + 50,
  }))
  expect(of(bursts)).toEqual([])
})

test('a feed stopped on purpose is nobody’s alarm', () => {
  const changes: string[] = []
  const pass = createPass({ capacity: 100, sink: event => changes.push(`${event.change} ${event.finding.detector}`) })
  const feed = pass.feed('busan')
  for (const report of heardBy('A', 4, 0, 40).sort((a, b) => a.receivedAtMs - b.receivedAtMs)) pass.report(feed, report, -1)
  pass.control({ control: 'feed-stopped', feed: 'busan' })
  pass.advanceTo(T0 + 44 * MINUTE)
  expect(changes).toEqual([])
})

test('stations that die with their feed are one alarm, the feed’s; ships are not lost', () => {
  const joining = createJoining()
  const opened: string[] = []
  const pass = createPass({
    capacity: 100,
    sink: event => {
      const { change, alarm } = joining.take(event)
      if (change === 'opened' && alarm) opened.push(alarm.detector)
    },
  })
  const feed = pass.feed('busan')
  const reports = [...heardBy('A', 4, 0, 60), ...heardBy('B', 4, 0, 60)].sort((a, b) => a.receivedAtMs - b.receivedAtMs)
  for (const report of reports) pass.report(feed, report, -1)
  pass.advanceTo(T0 + 120 * MINUTE)
  expect(opened).toEqual(['feed-silent'])
})
