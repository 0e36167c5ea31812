import { beforeAll, expect, test } from 'vitest'
import { distanceM, METRES_PER_NAUTICAL_MILE } from '#base/index.ts'
import { ensureChart } from './chart/build.ts'
import { type Coast, createCoast, loadCoast } from './coast.ts'
import { PORTS } from './ports.ts'
import { createRouter, type Place, type Router } from './sea-routes.ts'

let coast: Coast
let router: Router

beforeAll(async () => {
  await ensureChart()
  const built = loadCoast()
  if (!built) throw new Error('the chart was just built and is not there')
  coast = built
  router = createRouter(coast, { west: 117, south: 30, east: 133, north: 44 })
})

const milesOf = (way: readonly Place[]): number =>
  way.reduce((sum, { lat, lon }, n) => sum + distanceM(lat, lon, way[n - 1]?.lat ?? lat, way[n - 1]?.lon ?? lon), 0) /
  METRES_PER_NAUTICAL_MILE

/** Metres of the way over land, looked at every two hundred. */
function overLandM(way: readonly Place[]): number {
  let metres = 0
  for (let n = 1; n < way.length; n++) {
    const [a, b] = [way[n - 1]!, way[n]!]
    const steps = Math.ceil(distanceM(a.lat, a.lon, b.lat, b.lon) / 200)
    for (let step = 0; step <= steps; step++)
      if (coast.isLand(a.lat + ((b.lat - a.lat) * step) / steps, a.lon + ((b.lon - a.lon) * step) / steps)) metres += 200
  }
  return metres
}

const place = (code: string): Place => PORTS.find(port => port.code === code) ?? { lat: Number.NaN, lon: Number.NaN }

test('ports are on the water, each with a code of its own', () => {
  expect(PORTS.filter(({ lat, lon }) => coast.isLand(lat, lon)).map(port => port.code)).toEqual([])
  expect(new Set(PORTS.map(port => port.code)).size).toBe(PORTS.length)
})

test('from every port to every other there is a way, none of it over land, that begins and ends within three miles of them', () => {
  const waters = createRouter(coast, { west: 121.5, south: 31.5, east: 133, north: 39 })
  for (const from of PORTS) {
    const wayTo = waters.waysFrom(from)
    for (const to of PORTS) {
      if (from.code >= to.code) continue
      const way = wayTo(to)
      expect(way, `${from.code} ${to.code}`).toBeDefined()
      if (!way) continue
      expect(overLandM(way), `${from.code} ${to.code}`).toBe(0)
      const [first, last] = [way[0]!, way.at(-1)!]
      expect(distanceM(first.lat, first.lon, from.lat, from.lon), from.code).toBeLessThan(3 * METRES_PER_NAUTICAL_MILE)
      expect(distanceM(last.lat, last.lon, to.lat, to.lon), to.code).toBeLessThan(3 * METRES_PER_NAUTICAL_MILE)
    }
  }
})

// Measured with another program over the same coast (design paper, chart §7).
test.each([
  ['Busan–Vladivostok', place('KRPUS'), { lat: 43.05, lon: 131.85 }, 507],
  ['Incheon–Qingdao', place('KRINC'), { lat: 36.05, lon: 120.3 }, 325],
  ['Busan–Shanghai', place('KRPUS'), { lat: 31.2, lon: 122.2 }, 445],
  ['Incheon–Busan', place('KRINC'), place('KRPUS'), 414],
])('%s is as long as it was measured, within 5 %%, and nowhere over land', (_voyage, from, to, miles) => {
  const way = router.route(from, to) ?? []
  expect(milesOf(way) / miles).toBeGreaterThan(0.95)
  expect(milesOf(way) / miles).toBeLessThan(1.05)
  expect(overLandM(way)).toBe(0)
})

test('many ways from one place are the ways asked one by one, in any order', () => {
  const wayTo = router.waysFrom(place('KRCHA'))
  for (const code of ['KRPUS', 'KRMOK', 'KRINC', 'KRMOK']) expect(wayTo(place(code))).toEqual(router.route(place('KRCHA'), place(code)))
})

test('the way back is the way there', () => {
  const [there, back] = [router.route(place('KRMOK'), place('KRPUS')) ?? [], router.route(place('KRPUS'), place('KRMOK')) ?? []]
  expect(milesOf(there)).toBeGreaterThan(150)
  expect(Math.abs(milesOf(there) - milesOf(back))).toBeLessThan(0.03 * milesOf(there))
})

test('a pond is no sea: who asks from one begins at the sea, and from deep inland there is no way', () => {
  // An island of land with a pond in its middle (a ring inside turns it back to water).
  const ring = (west: number, south: number, east: number, north: number): Float64Array =>
    Float64Array.from([west, south, east, south, east, north, west, north])
  const island = createCoast([
    ring(127, 34, 127.4, 34.4),
    ring(127.15, 34.15, 127.25, 34.25),
    ring(126, 33, 126.01, 33.01),
    ring(129, 36, 129.01, 36.01),
  ])
  const waters = createRouter(island, { west: 126, south: 33, east: 129, north: 36 })
  const way = waters.route({ lat: 34.2, lon: 127.2 }, { lat: 33.5, lon: 128.5 })
  expect(island.isLand(34.2, 127.2)).toBe(false)
  const [first] = way ?? []
  expect(Math.max(Math.abs((first?.lat ?? 34.2) - 34.2), Math.abs((first?.lon ?? 127.2) - 127.2))).toBeGreaterThan(0.19)
  const wide = createCoast([ring(126, 33, 128.5, 36), ring(129, 36, 129.01, 36.01)])
  expect(
    createRouter(wide, { west: 126, south: 33, east: 129, north: 36 }).route({ lat: 34.5, lon: 126.5 }, { lat: 34, lon: 128.8 }),
  ).toBeUndefined()
})

test('a place outside the box or none at all has no way', () => {
  expect(router.route({ lat: 10, lon: 100 }, place('KRPUS'))).toBeUndefined()
  expect(router.route({ lat: Number.NaN, lon: 128 }, place('KRPUS'))).toBeUndefined()
})
