// Areas asked by position, as journeys ask them: the house's index beside a plain scan of bounding boxes with the same test of corners, on the same places, in the same run.
import { offset } from '#base/index.ts'
import { type Area, createAreaIndex } from '#places/index.ts'
import { createSealPlaces } from '#seals/index.ts'
import { seeded } from '../src/testkit/sea-scene.ts'
import type { Bench } from './bench.ts'

const AREAS = 10_000
const CORNERS = 40
const PLACES = 50_000
const CPU_SECONDS = 2
/** The scan is slow: it is asked of fewer places. */
const SCANNED = 2_000
const KINDS = ['designated', 'forbidden', 'port', 'other'] as const

export const bench: Bench = {
  name: 'seal-areas',
  question: 'In how many positions a second are 10,000 areas of 40 corners asked for?',
  run() {
    const random = seeded(17)
    const areas = madeAreas(random)
    const lats = new Float64Array(PLACES)
    const lons = new Float64Array(PLACES)
    for (let n = 0; n < PLACES; n++) {
      const [lon, lat] = areas[Math.floor(random() * AREAS)]!.polygon[0]![0]!
      // Half beside an edge, where corners must be counted, half anywhere.
      const at = n % 2 === 0 ? offset(lat, lon, random() * 360, random() * 1500) : { lat: 34 + random() * 4, lon: 126 + random() * 3.5 }
      lats[n] = at.lat
      lons[n] = at.lon
    }
    const from = cpuMs()
    const index = createAreaIndex(areas)
    const buildMs = cpuMs() - from
    const places = createSealPlaces(() => index)
    const scan = createScan(areas)
    for (let n = 0; n < SCANNED; n++) {
      const ids = index.at(lats[n]!, lons[n]!).map(area => area.id)
      const theirs = scan(lats[n]!, lons[n]!).map(at => areas[at]!.id)
      if (ids.join() !== theirs.sort().join()) throw new Error(`${lats[n]}, ${lons[n]}: ${ids} by the index, ${theirs} by the scan`)
    }
    const destination = { name: 'own', lat: 35, lon: 128, area: areas.at(-1)!.id }
    let found = 0
    const byIndex = perSecond(PLACES, n => {
      found += index.at(lats[n]!, lons[n]!).length
    })
    const byScan = perSecond(SCANNED, n => {
      found += scan(lats[n]!, lons[n]!).length
    })
    const sorted = perSecond(PLACES, n => {
      found += places.at(lats[n]!, lons[n]!).designated.length
    })
    const own = perSecond(PLACES, n => {
      if (places.isIn(destination, lats[n]!, lons[n]!)) found++
    })
    process.stderr.write(`${found} found\n`)
    const size = `${AREAS} areas of ${CORNERS} corners, 0.2 to 3 km wide; ${PLACES} places, half beside an edge`
    return Promise.resolve([
      {
        name: 'areas at a position',
        value: Math.round(byIndex),
        unit: 'positions/CPU s',
        ratio: { to: 'a scan of bounding boxes', value: byIndex / byScan },
        size,
        goal: '≥ 400,000, ≥ 10 ×',
      },
      { name: 'a scan of bounding boxes', value: Math.round(byScan), unit: 'positions/CPU s', size: `the same, ${SCANNED} places` },
      { name: 'designated and forbidden areas, as journeys ask', value: Math.round(sorted), unit: 'positions/CPU s' },
      { name: 'in the destination’s own area, as journeys ask', value: Math.round(own), unit: 'positions/CPU s' },
      { name: 'index built', value: Math.round(buildMs), unit: 'CPU ms', size: `${AREAS} areas` },
    ])
  },
}

function madeAreas(random: () => number): Area[] {
  return Array.from({ length: AREAS }, (_, n): Area => {
    const [lat, lon] = [34 + random() * 4, 126 + random() * 3.5]
    const radiusM = 100 + random() ** 2 * 1400
    const ring = Array.from({ length: CORNERS }, (_unused, corner) => {
      const at = offset(lat, lon, (corner * 360) / CORNERS, radiusM * (0.7 + random() * 0.3))
      return [at.lon, at.lat] as const
    })
    return { id: `A${n}`, name: `area ${n}`, kind: KINDS[n % KINDS.length]!, polygon: [ring] }
  })
}

/** The peer: every box, then the corners of those that hold the place; all in flat arrays. */
function createScan(areas: readonly Area[]): (lat: number, lon: number) => number[] {
  const boxes = new Float64Array(areas.length * 4)
  const corners = new Float64Array(areas.length * CORNERS * 2)
  for (const [n, { polygon }] of areas.entries()) {
    const ring = polygon[0]!
    const [lons, lats] = [ring.map(([lon]) => lon), ring.map(([, lat]) => lat)]
    boxes.set([Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)], n * 4)
    corners.set(ring.flat(), n * CORNERS * 2)
  }
  return (lat, lon) => {
    const found: number[] = []
    for (let n = 0, box = 0; box < boxes.length; n++, box += 4) {
      if (lon < boxes[box]! || lat < boxes[box + 1]! || lon > boxes[box + 2]! || lat > boxes[box + 3]!) continue
      let isInside = false
      const from = n * CORNERS * 2
      for (let at = from, last = from + CORNERS * 2 - 2; at < from + CORNERS * 2; last = at, at += 2) {
        const [ax, ay, bx, by] = [corners[at]!, corners[at + 1]!, corners[last]!, corners[last + 1]!]
        if (ay > lat !== by > lat && lon < ((bx - ax) * (lat - ay)) / (by - ay) + ax) isInside = !isInside
      }
      if (isInside) found.push(n)
    }
    return found
  }
}

/** Calls a CPU second of this one thread, after a round unmeasured. */
function perSecond(places: number, ask: (n: number) => void): number {
  for (let n = 0; n < places; n++) ask(n)
  const from = cpuMs()
  let asked = 0
  while (cpuMs() - from < CPU_SECONDS * 1000) for (let n = 0; n < 500; n++) ask(asked++ % places)
  return asked / ((cpuMs() - from) / 1000)
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
