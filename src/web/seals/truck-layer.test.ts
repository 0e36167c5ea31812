// Trucks on the chart: placed as the map places them, found by a press, the worse on top.
import { expect, test } from 'vitest'
import { row } from './model.ts'
import { pickTruck, placed, toScreen, type View } from './truck-layer.ts'

const VIEW: View = { width: 1000, height: 600, zoom: 7, lat: 36, lon: 128 }
const at = (id: string, lat: number, lon: number, more: object = {}) =>
  row({ id, container: id, word: 'normal', lat, lon, speedKmh: 60, courseDeg: 90, ...more })

test('the middle of the chart is in the middle, one degree east so many pixels as the zoom says', () => {
  const [middle, east] = placed([at('a', 36, 128), at('b', 36, 129)])
  expect(toScreen(middle!, VIEW)).toEqual([500, 300])
  expect(toScreen(east!, VIEW)[0]).toBeCloseTo(500 + (512 * 2 ** 7) / 360, 6)
})

test('who stands or never told where has no heading or no place', () => {
  const [moves, stands] = placed([at('a', 36, 128), at('b', 36, 129, { speedKmh: 0 }), row({ id: 'c', container: 'c' })])
  expect(moves?.courseRad).toBeCloseTo(Math.PI / 2)
  expect(stands).not.toHaveProperty('courseRad')
})

test('a press takes the nearest within reach, of two on one place the worse', () => {
  const trucks = placed([at('opened', 36, 128, { word: 'opened' }), at('normal', 36, 128), at('far', 36, 129)])
  expect(pickTruck(trucks, VIEW, 503, 302)).toBe('opened')
  expect(pickTruck(trucks, VIEW, 540, 300)).toBeUndefined()
  expect(pickTruck(trucks, VIEW, 684, 300)).toBe('far')
})
