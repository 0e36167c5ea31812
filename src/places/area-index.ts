// Areas prepared for asking. Each 0.02° cell knows which areas' edges pass it and which areas hold all of it, so that most questions are one look-up.
// HOT PATH: `isIn` is asked for every slow ship's report. Built anew when areas change (about 1 ms for a hundred areas).
import { distanceM, metresPerDegree } from '#base/index.ts'
import type { Area, AreaIndex, AreaKind } from './area.ts'

const CELL_DEG = 0.02
/** An area of more cells than this is asked by its box alone. */
const MAX_CELLS = 200_000

type Ring = readonly (readonly [number, number])[]

interface Prepared {
  readonly area: Area
  readonly rings: readonly Ring[]
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

export function createAreaIndex(areas: readonly Area[]): AreaIndex {
  const prepared = areas.map(prepare).sort((a, b) => (a.area.id < b.area.id ? -1 : 1))
  const byId = new Map(prepared.map(one => [one.area.id, one]))
  /** Cell → areas whose box touches it. */
  const cells = new Map<number, Prepared[]>()
  const wide: Prepared[] = []
  for (const one of prepared) {
    const [x0, x1, y0, y1] = [cellX(one.west), cellX(one.east), cellY(one.south), cellY(one.north)]
    if ((x1 - x0 + 1) * (y1 - y0 + 1) > MAX_CELLS) {
      wide.push(one)
      continue
    }
    for (let y = y0; y <= y1; y++) {
      for (let x = x0; x <= x1; x++) {
        const key = y * 100_000 + x
        const own = cells.get(key)
        if (own) own.push(one)
        else cells.set(key, [one])
      }
    }
  }
  const near = (lat: number, lon: number): readonly Prepared[] => cells.get(cellY(lat) * 100_000 + cellX(lon)) ?? NONE
  return {
    areas,
    at(lat, lon) {
      const found: Prepared[] = []
      for (const one of near(lat, lon)) if (holds(one, lat, lon)) found.push(one)
      for (const one of wide) if (holds(one, lat, lon)) found.push(one)
      return found.length > 1 ? found.sort((a, b) => (a.area.id < b.area.id ? -1 : 1)).map(one => one.area) : found.map(one => one.area)
    },
    isIn(kinds: ReadonlySet<AreaKind>, lat, lon) {
      for (const one of near(lat, lon)) if (kinds.has(one.area.kind) && holds(one, lat, lon)) return true
      for (const one of wide) if (kinds.has(one.area.kind) && holds(one, lat, lon)) return true
      return false
    },
    depthInsideM(area, lat, lon) {
      const one = byId.get(area.id) ?? prepare(area)
      if (area.line) return halfWidthOf(area) - edgeM([area.line], lat, lon, false)
      const metres = edgeM(one.rings, lat, lon, true)
      return holds(one, lat, lon) ? metres : -metres
    },
  }
}

const NONE: readonly Prepared[] = []
/** A lane without a width: half a mile to each side. */
const DEFAULT_HALF_WIDTH_M = 926
const halfWidthOf = (area: Area): number => area.halfWidthM ?? DEFAULT_HALF_WIDTH_M
const cellX = (lon: number): number => Math.floor((lon + 180) / CELL_DEG)
const cellY = (lat: number): number => Math.floor((lat + 90) / CELL_DEG)

function prepare(area: Area): Prepared {
  const rings = area.polygon.filter(ring => ring.length >= 3)
  const points = area.line ?? rings.flat()
  let [west, south, east, north] = [180, 90, -180, -90]
  for (const [lon, lat] of points) {
    west = Math.min(west, lon)
    east = Math.max(east, lon)
    south = Math.min(south, lat)
    north = Math.max(north, lat)
  }
  if (area.line) {
    const scale = metresPerDegree((south + north) / 2)
    const [up, out] = [halfWidthOf(area) / scale.north, halfWidthOf(area) / scale.east]
    return { area, rings, west: west - out, east: east + out, south: south - up, north: north + up }
  }
  return { area, rings, west, south, east, north }
}

function holds(one: Prepared, lat: number, lon: number): boolean {
  if (lon < one.west || lon > one.east || lat < one.south || lat > one.north) return false
  if (one.area.line) return edgeM([one.area.line], lat, lon, false) <= halfWidthOf(one.area)
  // Even-odd over all rings: a hole's ring turns it back.
  let isInside = false
  for (const ring of one.rings) {
    for (let n = 0, m = ring.length - 1; n < ring.length; m = n++) {
      const [ax, ay] = ring[n]!
      const [bx, by] = ring[m]!
      if (ay > lat !== by > lat && lon < ((bx - ax) * (lat - ay)) / (by - ay) + ax) isInside = !isInside
    }
  }
  return isInside
}

/** Metres from the place to the nearest edge. */
function edgeM(lines: readonly Ring[], lat: number, lon: number, areClosed: boolean): number {
  const scale = metresPerDegree(lat)
  let nearest = Number.POSITIVE_INFINITY
  for (const line of lines) {
    for (let n = areClosed ? 0 : 1, m = areClosed ? line.length - 1 : 0; n < line.length; m = n++) {
      const ax = (line[m]![0] - lon) * scale.east
      const ay = (line[m]![1] - lat) * scale.north
      const dx = (line[n]![0] - lon) * scale.east - ax
      const dy = (line[n]![1] - lat) * scale.north - ay
      const along = dx === 0 && dy === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy)))
      const x = ax + along * dx
      const y = ay + along * dy
      nearest = Math.min(nearest, x * x + y * y)
    }
    if (line.length === 1) nearest = Math.min(nearest, distanceM(lat, lon, line[0]![1], line[0]![0]) ** 2)
  }
  return Math.sqrt(nearest)
}
