// The way between two places from what was driven: the middle of the tracks, whatever a fix or a driver does.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { distanceM } from '#base/index.ts'
import { createCorridorLine } from './journeys/corridor.ts'
import { type Track, wayOfTracks } from './known-way.ts'

type Point = readonly [number, number]
/** A road with a bend: 40 km east, then 40 km north. */
const FROM: Point = [128.0, 35.0]
const BEND: Point = [128.4, 35.0]
const TO: Point = [128.4, 35.4]
const ROAD: Track = [FROM, BEND, TO]
const road = createCorridorLine({ line: ROAD, halfWidthM: 1000 })
const along = (share: number): Point => {
  const half = share * 2
  return half <= 1 ? [128.0 + 0.4 * half, 35.0] : [128.4, 35.0 + 0.4 * (half - 1)]
}
/** A drive with a report every kilometre, each so far off (degrees). */
const drive = (off: (n: number) => number, reports = 80): Track =>
  Array.from({ length: reports + 1 }, (_, n) => {
    const [lon, lat] = along(n / reports)
    return [lon + off(n), lat + off(n + 1000)] as const
  })
const offRoadM = (line: Track): number => Math.max(...line.map(([lon, lat]) => road.locate(lat, lon).offM))

test('the middle of noisy drives lies on the road, its ends are the places, and it has few corners', () => {
  const noise = fc.array(fc.double({ min: -0.001, max: 0.001, noNaN: true }), { minLength: 41, maxLength: 41 })
  fc.assert(
    fc.property(fc.array(noise, { minLength: 3, maxLength: 5 }), tracks => {
      const way = wayOfTracks(
        tracks.map(one => drive(n => one[n % one.length] ?? 0)),
        FROM,
        TO,
      )
      expect(way?.line[0]).toEqual(FROM)
      expect(way?.line.at(-1)).toEqual(TO)
      expect(offRoadM(way?.line ?? [])).toBeLessThan(160)
      expect(way?.halfWidthM).toBe(500)
    }),
    { numRuns: 8 },
  )
  const exact = wayOfTracks([drive(() => 0), drive(() => 0)], FROM, TO)
  expect(exact).toMatchObject({ halfWidthM: 500, tracks: 2, line: { length: 3 } })
  expect(offRoadM(exact?.line ?? [])).toBeLessThan(1)
})

test('one detour among five, and one fix that jumps, move nothing', () => {
  const detour = drive(() => 0).map(([lon, lat], n): Point => (n > 10 && n < 40 ? [lon, lat - 0.05] : [lon, lat]))
  const jump = drive(n => (n === 20 ? 0.08 : 0))
  const way = wayOfTracks([detour, drive(() => 0.0005), jump, drive(() => -0.0005), drive(() => 0)], FROM, TO)
  expect(offRoadM(way?.line ?? [])).toBeLessThan(80)
})

test('two roads: the one most took is the way', () => {
  const other = (n: number): Track => drive(() => n).map(([lon, lat]): Point => [lon - 0.1 * Math.sin((lat - 35) * 7.85), lat])
  const way = wayOfTracks([other(0), drive(() => 0), drive(() => 0.0002), drive(() => -0.0002)], FROM, TO)
  expect(offRoadM(way?.line ?? [])).toBeLessThan(60)
})

test.each([
  ['nothing was driven', []],
  ['only one report', [[FROM]]],
  ['a hole hides which road was taken', [[FROM, TO]]],
])('there is no way where %s', (_what, tracks) => expect(wayOfTracks(tracks as Track[], FROM, TO)).toBeUndefined())

test('a drive with its stops and yards at both ends begins and ends at the places', () => {
  const yard: Track = [...Array.from({ length: 20 }, (_, n): Point => [127.98 + n * 0.001, 35.01]), ...drive(() => 0)]
  const way = wayOfTracks([yard], FROM, TO)
  expect(way?.line[0]).toEqual(FROM)
  expect(distanceM(way!.line[1]![1], way!.line[1]![0], BEND[1], BEND[0])).toBeLessThan(600)
})

test('wide roads make a wide corridor, never wider than five kilometres', () => {
  const apart = [-0.012, -0.006, 0, 0.006, 0.012].map(off => drive(() => off))
  expect(wayOfTracks(apart, FROM, TO)?.halfWidthM).toBeGreaterThan(1000)
  expect(wayOfTracks(apart, FROM, TO)?.halfWidthM).toBeLessThanOrEqual(5000)
})
