import { expect, test } from 'vitest'
import type { TrackPoint } from './model.ts'
import { figuresOf, gapsOf, silenceOf, trackFeatures } from './track.ts'

const point = (minute: number, lat: number, sogKn = 10): TrackPoint => ({ atMs: minute * 60_000, lat, lon: 129, sogKn, cogDeg: 0 })

test('a silence of more than ten minutes under way is a gap with its time and distance', () => {
  const points = [point(0, 35), point(5, 35.01), point(135, 35.5), point(140, 35.51)]
  const [gap] = gapsOf(points)
  expect(gap).toMatchObject({ fromMs: 5 * 60_000, toMs: 135 * 60_000 })
  expect(gap?.distanceM).toBeCloseTo(54_360, -3)
})

test('a ship that lay at anchor and spoke seldom has no gap', () => {
  expect(gapsOf([point(0, 35, 0), point(15, 35.0005, 0)])).toEqual([])
  expect(gapsOf([point(0, 35, 0), point(50, 35.0005, 0)])).toHaveLength(1)
})

test('the line is cut at a gap and carries a dot every five minutes', () => {
  const points = [point(0, 35), point(2, 35.005), point(5, 35.01), point(135, 35.5), point(140, 35.51)]
  const features = trackFeatures(points, gapsOf(points), false)
  expect(features.filter(feature => feature.properties?.part === 'sailed')).toHaveLength(2)
  expect(features.filter(feature => feature.properties?.part === 'gap')).toHaveLength(1)
  expect(features.filter(feature => feature.properties?.part === 'dot')).toHaveLength(4)
})

test('the figures of a track are its way, its top speed and its silence', () => {
  const points = [point(0, 35), point(60, 36, 14)]
  expect(figuresOf(points, gapsOf(points))).toMatchObject({ topKn: 14, silentMs: 3_600_000 })
})

test('a silence that still lasts counts from the last report until now', () => {
  const points = [point(0, 35), point(5, 35.01)]
  expect(silenceOf(points, 14 * 60_000)).toBeUndefined()
  expect(silenceOf(points, 25 * 60_000)).toEqual({ fromMs: 5 * 60_000, toMs: 25 * 60_000 })
  expect(silenceOf([], 1e9)).toBeUndefined()
})
