import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TrackPoint } from './archive-contract.ts'
import { staysOf, thinned } from './stays.ts'

const MINUTE_MS = 60_000
const point = (minute: number, lat: number, sogKn: number, lon = 129): TrackPoint => ({
  mmsi: 440_000_001,
  sentAtMs: minute * MINUTE_MS,
  receivedAtMs: minute * MINUTE_MS,
  lat600k: Math.round(lat * 600_000),
  lon600k: Math.round(lon * 600_000),
  sogDeciknots: Math.round(sogKn * 10),
  cogDecidegrees: 0,
  headingDeg: 0,
  navigationStatus: 0,
  stationClass: 0,
  standing: 0,
})
const every = (from: number, to: number, step: number, of: (minute: number) => TrackPoint): TrackPoint[] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, n) => of(from + n * step))
const sailing = (from: number, to: number, lat: number): TrackPoint[] => every(from, to, 2, at => point(at, lat + (at - from) * 0.003, 11))
const lying = (from: number, to: number, lat: number): TrackPoint[] =>
  every(from, to, 3, at => point(at, lat + ((at % 4) - 2) * 0.0005, 0.1))

describe('stops of a ship', () => {
  test('a ship that lay two hours between two passages made one stop', () => {
    const track = [...sailing(0, 60, 34), ...lying(62, 182, 34.2), ...sailing(184, 240, 34.2)]
    const [stay, ...others] = staysOf(track, 240 * MINUTE_MS)
    expect(others).toEqual([])
    expect(stay).toMatchObject({ fromMs: 62 * MINUTE_MS, toMs: 182 * MINUTE_MS })
    expect(stay?.lat).toBeCloseTo(34.2, 2)
    expect(stay?.lon).toBeCloseTo(129, 6)
  })

  test('one who still lies there has no end, one not heard for an hour has', () => {
    expect(staysOf(lying(0, 120, 35), 121 * MINUTE_MS)[0]).not.toHaveProperty('toMs')
    expect(staysOf(lying(0, 120, 35), 200 * MINUTE_MS)[0]?.toMs).toBe(120 * MINUTE_MS)
  })

  test('a silence at the berth does not cut the stop in two', () => {
    expect(staysOf([...lying(0, 60, 35), ...lying(400, 460, 35)], 460 * MINUTE_MS)).toHaveLength(1)
  })

  test('slowing down for a quarter of an hour is no stop', () => {
    expect(staysOf([...sailing(0, 60, 34), ...lying(62, 77, 34.2), ...sailing(80, 140, 34.2)], 140 * MINUTE_MS)).toEqual([])
  })

  test('a ship that stops here and then ten miles on made two stops', () => {
    expect(staysOf([...lying(0, 60, 34), ...sailing(62, 110, 34), ...lying(112, 180, 34.16)], 181 * MINUTE_MS)).toHaveLength(2)
  })

  test('nothing heard, nothing said', () => expect(staysOf([], 0)).toEqual([]))

  test('whatever she does, stops are in order, apart, and half an hour long', () => {
    const leg = fc.tuple(fc.integer({ min: 1, max: 90 }), fc.boolean())
    fc.assert(
      fc.property(fc.array(leg, { maxLength: 12 }), legs => {
        let [at, lat] = [0, 34]
        const track = legs.flatMap(([minutes, isMoving]) => {
          const part = isMoving ? sailing(at, at + minutes, lat) : lying(at, at + minutes, lat)
          at += minutes + 1
          if (isMoving) lat += minutes * 0.003
          return part
        })
        const stays = staysOf(track, at * MINUTE_MS)
        for (const [n, stay] of stays.entries()) {
          expect((stay.toMs ?? at * MINUTE_MS) - stay.fromMs).toBeGreaterThanOrEqual(30 * MINUTE_MS)
          expect(stay.fromMs).toBeGreaterThanOrEqual(stays[n - 1]?.toMs ?? 0)
        }
      }),
    )
  })
})

describe('a track made thin', () => {
  test('keeps a point in five minutes and the end', () => {
    const track = every(0, 61, 1, at => point(at, 35, 10))
    expect(thinned(track, 5 * MINUTE_MS).map(one => one.sentAtMs / MINUTE_MS)).toEqual([
      0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 61,
    ])
  })

  test('a gap is as long as it was', () => {
    const track = [...every(0, 33, 1, at => point(at, 35, 10)), ...every(93, 120, 1, at => point(at, 35.1, 10))]
    const kept = thinned(track, 5 * MINUTE_MS).map(one => one.sentAtMs / MINUTE_MS)
    expect(kept).toContain(33)
    expect(kept).toContain(93)
  })
})
