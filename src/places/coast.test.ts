import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { distanceM, METRES_PER_NAUTICAL_MILE } from '#base/index.ts'
import { createCoast, loadCoast, packCoast } from './coast.ts'

/** A made-up island; the far corners give the chart its size. */
const ISLAND = [127, 34, 127.31, 34.02, 127.4, 34.3, 127.05, 34.22]
const CORNERS = [
  [124, 31, 124.01, 31, 124, 31.01],
  [131, 38, 130.99, 38, 131, 37.99],
].map(ring => Float64Array.from(ring))
const coast = createCoast([Float64Array.from(ISLAND), ...CORNERS])

const isWithin = (ring: readonly number[] | Float64Array, lat: number, lon: number): boolean => {
  let isOdd = false
  for (let n = 0; n < ring.length; n += 2) {
    const m = (n + ring.length - 2) % ring.length
    const [ax, ay, bx, by] = [ring[n] ?? 0, ring[n + 1] ?? 0, ring[m] ?? 0, ring[m + 1] ?? 0]
    if (ay > lat !== by > lat && lon < ((bx - ax) * (lat - ay)) / (by - ay) + ax) isOdd = !isOdd
  }
  return isOdd
}

test('land is land and water water, wherever one asks on a made-up coast', () => {
  const unit = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(unit, unit), { minLength: 3, maxLength: 9 }),
      fc.array(fc.tuple(unit, unit), { minLength: 200, maxLength: 200 }),
      (corners, asks) => {
        const ring = Float64Array.from(
          corners
            .map(([x, y]) => [127 + x * 0.3, 34 + y * 0.3] as const)
            .sort((a, b) => Math.atan2(a[1] - 34.15, a[0] - 127.15) - Math.atan2(b[1] - 34.15, b[0] - 127.15))
            .flat(),
        )
        const island = createCoast([ring, ...CORNERS])
        for (const [x, y] of asks) {
          const [lat, lon] = [34 + y * 0.3, 127 + x * 0.3]
          expect(island.isLand(lat, lon), `${lat} ${lon}`).toBe(isWithin(ring, lat, lon))
        }
      },
    ),
    { numRuns: 60, seed: 64 },
  )
})

test('an edge that cuts a corner off a cell of the raster leaves no false land or water there', () => {
  // The edge passes the cell at 127.02–127.04, 34.02–34.04 only by its last tenth.
  const ring = Float64Array.from([127.001, 34.041, 127.041, 34.001, 127.3, 34.3])
  const island = createCoast([ring, ...CORNERS])
  for (let y = 0; y < 80; y++) {
    for (let x = 0; x < 80; x++) {
      const [lat, lon] = [34 + y / 1000 + 0.0003, 127 + x / 1000 + 0.0003]
      expect(island.isLand(lat, lon), `${lat} ${lon}`).toBe(isWithin(ring, lat, lon))
    }
  }
})

test('miles offshore are miles to the nearest point of the shore, sixty at most, and not known outside the chart', () => {
  const miles = (lat: number, lon: number): number => distanceM(lat, lon, 34, 127) / METRES_PER_NAUTICAL_MILE
  expect(coast.milesOffshore(33.9, 126.9)).toBeCloseTo(miles(33.9, 126.9), 2)
  expect(coast.milesOffshore(33.5, 126.5)).toBeCloseTo(miles(33.5, 126.5), 1)
  expect(coast.milesOffshore(36.4, 129)).toBe(60)
  expect(coast.milesOffshore(30, 127)).toBeNaN()
  expect(coast.milesOffshore(34, 140)).toBeNaN()
  expect(coast.milesOffshore(Number.NaN, Number.NaN)).toBeNaN()
  expect(coast.isLand(30, 127)).toBe(false)
  expect(coast.isLand(Number.NaN, 127)).toBe(false)
})

test('whether the shore is farther than so many miles is what the miles say, everywhere', () => {
  for (let y = 0; y < 60; y++) {
    for (let x = 0; x < 60; x++) {
      const [lat, lon] = [33.93 + y * 0.0071, 126.9 + x * 0.0093]
      for (const miles of [0.3, 1, 3, 12])
        expect(coast.isFartherThan(miles, lat, lon), `${miles} at ${lat} ${lon}`).toBe(coast.milesOffshore(lat, lon) > miles)
    }
  }
  expect(coast.isFartherThan(3, 30, 127)).toBe(false)
  expect(coast.isFartherThan(3, Number.NaN, 127)).toBe(false)
})

test('a line crosses land when any of its places is land, and a box without land has none of it', () => {
  const near = (low: number, high: number) => fc.double({ min: low, max: high, noNaN: true })
  fc.assert(
    fc.property(near(33.8, 34.5), near(126.8, 127.6), near(33.8, 34.5), near(126.8, 127.6), (aLat, aLon, bLat, bLon) => {
      let isDry = false
      for (let n = 0; n <= 400; n++) isDry ||= coast.isLand(aLat + ((bLat - aLat) * n) / 400, aLon + ((bLon - aLon) * n) / 400)
      // A corner between two of the places looked at may be cut: then the exact answer is the stricter.
      if (isDry) expect(coast.crossesLand(aLat, aLon, bLat, bLon)).toBe(true)
      else if (coast.crossesLand(aLat, aLon, bLat, bLon)) {
        let closest = Number.POSITIVE_INFINITY
        for (let n = 0; n <= 400; n++)
          closest = Math.min(closest, coast.milesOffshore(aLat + ((bLat - aLat) * n) / 400, aLon + ((bLon - aLon) * n) / 400))
        expect(closest).toBeLessThan(0.15)
      }
      expect(coast.crossesLand(bLat, bLon, aLat, aLon)).toBe(coast.crossesLand(aLat, aLon, bLat, bLon))
      const box = [Math.min(aLon, bLon), Math.min(aLat, bLat), Math.max(aLon, bLon), Math.max(aLat, bLat)] as const
      if (isDry) expect(coast.touchesLand(...box)).toBe(true)
    }),
    { numRuns: 300, seed: 66 },
  )
  expect(coast.touchesLand(125, 32, 126, 33)).toBe(false)
  expect(coast.crossesLand(32, 125, 33, 126)).toBe(false)
  expect(coast.crossesLand(34.15, 127.2, 34.16, 127.21)).toBe(true)
})

test('a coast packed and read again is the same to a metre; no file is no coast, said by undefined', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mangru-coast-'))
  try {
    const file = join(folder, 'coast.bin')
    expect(loadCoast(file)).toBeUndefined()
    writeFileSync(file, packCoast([Float64Array.from(ISLAND), ...CORNERS]))
    const read = loadCoast(file)
    for (const [lat, lon] of [
      [34.1, 127.2],
      [33.9, 126.9],
      [34.2999, 127.3999],
      [36, 129],
    ] as const) {
      expect(read?.isLand(lat, lon)).toBe(coast.isLand(lat, lon))
      expect(read?.milesOffshore(lat, lon)).toBeCloseTo(coast.milesOffshore(lat, lon), 3)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a coast file cut short or damaged is refused with a sentence, never read wrongly or for ever', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mangru-coast-'))
  try {
    const whole = packCoast([Float64Array.from(ISLAND), ...CORNERS])
    for (const bytes of [whole.subarray(0, whole.length - 3), Buffer.alloc(40, 255), Buffer.from('not a coast')]) {
      const file = join(folder, 'coast.bin')
      writeFileSync(file, bytes)
      expect(() => loadCoast(file)).toThrow(/coast\.bin is damaged.*remove.*dist\/chart/)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
