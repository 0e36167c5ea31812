import fc from 'fast-check'
import { expect, test } from 'vitest'
import { distanceM, metresPerDegree, offset } from '#base/index.ts'
import { AREA_KINDS, type Area, type AreaKind, CALM_KINDS } from './area.ts'
import { createAreaIndex } from './area-index.ts'

type Point = readonly [number, number]

const area = (id: string, kind: AreaKind, ...polygon: readonly (readonly Point[])[]): Area => ({ id, name: id, kind, polygon })
const box = (west: number, south: number, east: number, north: number): Point[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
]

/** The plain way, without cells: crossings of a line to the east, over all rings. */
function isWithin(one: Area, lat: number, lon: number): boolean {
  let crossings = 0
  for (const ring of one.polygon) {
    for (const [n, [bx, by]] of ring.entries()) {
      const [ax, ay] = ring.at(n - 1) ?? [bx, by]
      if (ay > lat !== by > lat && lon < ((ax - bx) * (lat - by)) / (ay - by) + bx) crossings++
    }
  }
  return crossings % 2 === 1
}

const star = (lat: number, lon: number, reaches: readonly number[]): Point[] =>
  reaches.map((reach, n) => {
    const angle = (n / reaches.length) * 2 * Math.PI
    return [lon + reach * Math.cos(angle), lat + reach * Math.sin(angle)]
  })

const coordinate = (low: number, high: number) => fc.double({ min: low, max: high, noNaN: true })
/** From a berth of 20 m to a jurisdiction of ten degrees: every level of cells. */
const size = fc.constantFrom(0.0002, 0.004, 0.03, 0.4, 5)
const drawn = fc
  .record({
    lat: coordinate(33, 38),
    lon: coordinate(124, 131),
    size,
    reaches: fc.array(coordinate(0.2, 1), { minLength: 3, maxLength: 12 }),
    hole: fc.boolean(),
    kind: fc.constantFrom(...AREA_KINDS),
  })
  .map(({ lat, lon, size, reaches, hole, kind }) => {
    const outer = star(
      lat,
      lon,
      reaches.map(reach => reach * size),
    )
    const inner = star(
      lat,
      lon,
      reaches.map(reach => reach * size * 0.4),
    )
    return { kind, rings: hole ? [outer, inner] : [outer], lat, lon, size }
  })

test('the index answers as the plain way does, wherever one asks: far, near, inside, in holes and on the borders of cells', () => {
  fc.assert(
    fc.property(
      fc.array(drawn, { minLength: 1, maxLength: 8 }),
      fc.array(fc.tuple(fc.nat(7), coordinate(-1.2, 1.2), coordinate(-1.2, 1.2), fc.boolean()), { minLength: 20, maxLength: 60 }),
      (shapes, asks) => {
        const areas = shapes.map((shape, n) => area(`a${n}`, shape.kind, ...shape.rings))
        const index = createAreaIndex(areas)
        for (const [which, up, out, isSnapped] of asks) {
          const about = shapes[which % shapes.length] ?? shapes[0]!
          const snap = (degrees: number): number => (isSnapped ? Math.round(degrees / 0.02) * 0.02 : degrees)
          const [lat, lon] = [snap(about.lat + up * about.size), snap(about.lon + out * about.size)]
          const expected = areas.filter(one => isWithin(one, lat, lon))
          expect(index.at(lat, lon).map(one => one.id)).toEqual(expected.map(one => one.id))
          for (const kind of AREA_KINDS) {
            expect(index.isIn(new Set([kind]), lat, lon)).toBe(expected.some(one => one.kind === kind))
          }
        }
      },
    ),
    { numRuns: 150, seed: 60 },
  )
})

test('a lane holds what lies within its half width of the line, at every size', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(60, 926, 9_000, 60_000),
      fc.array(fc.tuple(coordinate(-1, 1), coordinate(-1, 1)), { minLength: 2, maxLength: 5 }),
      fc.array(fc.tuple(coordinate(0, 1), coordinate(0, 360), coordinate(0, 2)), { minLength: 10, maxLength: 30 }),
      (halfWidthM, corners, asks) => {
        const reach = halfWidthM / 20_000
        const line = corners.map(([x, y]): Point => [128 + x * reach, 34.5 + y * reach])
        const lane: Area = { ...area('lane', 'lane'), line, halfWidthM }
        const index = createAreaIndex([lane])
        for (const [along, bearing, share] of asks) {
          const [ax, ay] = line[0]!
          const [bx, by] = line[1]!
          const place = offset(ay + (by - ay) * along, ax + (bx - ax) * along, bearing, share * halfWidthM)
          const metres = planeDistanceM(line, place.lat, place.lon)
          // Borders are not asked to the millimetre.
          if (Math.abs(metres - halfWidthM) < 1) continue
          expect(index.at(place.lat, place.lon).length === 1).toBe(metres < halfWidthM)
          expect(index.depthInsideM(lane, place.lat, place.lon)).toBeCloseTo(halfWidthM - metres, 0)
        }
      },
    ),
    { numRuns: 100, seed: 61 },
  )
})

/** Distance to the nearest of 2,001 points on each leg, refined about the best: slow and plain. */
function planeDistanceM(line: readonly Point[], lat: number, lon: number): number {
  const scale = metresPerDegree(lat)
  const at = (n: number, share: number): number => {
    const [ax, ay] = line[n - 1]!
    const [bx, by] = line[n]!
    return Math.hypot((ax + (bx - ax) * share - lon) * scale.east, (ay + (by - ay) * share - lat) * scale.north)
  }
  let nearest = Number.POSITIVE_INFINITY
  for (let n = 1; n < line.length; n++) {
    let [low, high] = [0, 1]
    // The distance to a straight line has one least value.
    for (let step = 0; step < 80; step++) {
      const [a, b] = [low + (high - low) / 3, high - (high - low) / 3]
      if (at(n, a) < at(n, b)) high = b
      else low = a
    }
    nearest = Math.min(nearest, at(n, low))
  }
  return nearest
}

test('a lane without a width reaches half a mile to each side', () => {
  const index = createAreaIndex([
    {
      ...area('lane', 'lane'),
      line: [
        [128, 34],
        [129, 34],
      ],
    },
  ])
  const beside = (metres: number): number => index.at(offset(34, 128.5, 0, metres).lat, 128.5).length
  expect([beside(900), beside(950)]).toEqual([1, 0])
})

test('depth inside is metres to the nearest edge, negative outside, and counts the edge of a hole', () => {
  const anchorage = area('a', 'anchorage', box(128, 34, 128.2, 34.2), box(128.08, 34.08, 128.12, 34.12))
  const index = createAreaIndex([anchorage])
  expect(index.depthInsideM(anchorage, 34.1, 128.01)).toBeCloseTo(distanceM(34.1, 128.01, 34.1, 128), -1)
  expect(index.depthInsideM(anchorage, 34.1, 127.99)).toBeCloseTo(-distanceM(34.1, 127.99, 34.1, 128), -1)
  expect(index.depthInsideM(anchorage, 34.1, 128.1)).toBeLessThan(-1500)
  expect(index.depthInsideM(anchorage, 34.1, 128.07)).toBeCloseTo(distanceM(34.1, 128.07, 34.1, 128.08), -1)
})

test('areas that overlap are all told, smallest id first, whatever order they came in', () => {
  const areas = ['c', 'a', 'b'].map(id => area(id, 'designated', box(128, 34, 129, 35)))
  expect(
    createAreaIndex(areas)
      .at(34.5, 128.5)
      .map(one => one.id),
  ).toEqual(['a', 'b', 'c'])
})

test('nothing to ask, nowhere to ask and shapes that are none: no answer and no fault', () => {
  expect(createAreaIndex([]).at(34, 128)).toEqual([])
  const odd = createAreaIndex([
    area('none', 'port'),
    area('thin', 'port', [[128, 34]]),
    area('two', 'port', box(128, 34, 129, 35).slice(0, 2)),
  ])
  expect(odd.at(34, 128)).toEqual([])
  for (const place of [Number.NaN, Number.POSITIVE_INFINITY, 91, -91, 181, 1e300]) {
    expect(odd.isIn(CALM_KINDS, place, 128)).toBe(false)
    expect(odd.at(34, place)).toEqual([])
  }
})

test('the whole world, and a shape that touches the date line, are areas like any other', () => {
  const index = createAreaIndex([area('world', 'other', box(-180, -90, 180, 90)), area('east', 'designated', box(179.5, 10, 180, 11))])
  expect(index.at(10.5, 179.9).map(one => one.id)).toEqual(['east', 'world'])
  expect(index.at(10.5, -179.9).map(one => one.id)).toEqual(['world'])
  expect(index.isIn(new Set(['other']), -89.9, 0)).toBe(true)
})

test('a long lane from south to north is as wide at its northern end as at its southern', () => {
  const lane: Area = {
    ...area('lane', 'lane'),
    line: [
      [125, 33],
      [125, 38],
    ],
    halfWidthM: 926,
  }
  const index = createAreaIndex([lane])
  for (const lat of [33.01, 35.5, 37.99]) {
    const beside = (metres: number): number => index.at(lat, offset(lat, 125, 90, metres).lon).length
    expect([beside(920), beside(932)]).toEqual([1, 0])
  }
})

test('a lane at the pole or over the whole world is asked like any other', () => {
  const lane = (id: string, halfWidthM: number, ...line: Point[]): Area => ({ ...area(id, 'lane'), line, halfWidthM })
  const index = createAreaIndex([
    lane('pole', 50_000, [-180, 89.9], [180, 89.9]),
    lane('wide', 3_000_000, [-180, 0], [180, 0]),
    lane('top', 400_000, [0, 89.9], [10, 89.9]),
    lane('arctic', 400_000, [0, 80], [40, 84]),
  ])
  expect(index.at(89.95, 10).map(one => one.id)).toContain('pole')
  expect(index.at(20, -100).map(one => one.id)).toEqual(['wide'])
  expect(index.at(30, -100)).toEqual([])
  expect(index.at(80, 0).map(one => one.id)).toContain('arctic')
})

test('an area, and a lane, across the date line holds what lies in it on both sides, and nothing else of the world', () => {
  for (const [west, east] of [
    [179.9, -179.9],
    [179.9, 180.1],
    [-180.1, -179.9],
  ] as const) {
    const zone = area('Z', 'designated', box(west, 10, east, 10.2))
    const lane: Area = {
      id: 'L',
      name: 'L',
      kind: 'lane',
      polygon: [],
      line: [
        [west, 12],
        [east, 12],
      ],
      halfWidthM: 1000,
    }
    const index = createAreaIndex([zone, lane])
    for (const lon of [179.95, 180, -180, -179.95]) {
      expect(index.at(10.1, lon)).toEqual([zone])
      expect(index.isIn(new Set(['lane']), 12, lon)).toBe(true)
      expect(index.depthInsideM(zone, 10.1, lon)).toBeGreaterThan(5000)
      expect(index.depthInsideM(lane, 12, lon)).toBeCloseTo(1000, 0)
    }
    for (const lon of [0, 179.85, -179.85, 90]) {
      expect(index.at(10.1, lon)).toEqual([])
      expect(index.depthInsideM(zone, 10.1, lon)).toBeLessThan(-5000)
    }
  }
})
