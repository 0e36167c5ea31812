// Areas prepared for asking. Each cell of a grid knows which areas hold all of it and which areas' edges pass it, so that most questions are one look-up; only
// beside an edge are corners counted. Cells are 0.02°, 0.2° or 2° wide, by the size of the area, so that no area has more than 20,000.
// HOT PATH: `isIn` is asked for every slow ship's report, without allocation (figures: docs/decisions/0060-areas-in-cells.md).
import { distanceM, metresPerDegree } from '#base/index.ts'
import type { Area, AreaIndex, AreaKind } from './area.ts'
import { cellsAlong } from './grid.ts'

const CELL_DEGREES = [0.02, 0.2, 2] as const
const MAX_CELLS = 20_000
/** Beyond it a degree of longitude shrinks too fast within a cell to judge the cell by its middle. */
const STEADY_LAT = 70
/** Keys of cells: row × this + column. */
const KEY_ROW = 100_000

type Ring = readonly (readonly [number, number])[]

interface Prepared {
  readonly area: Area
  /** Rings of a polygon or the line of a lane; beyond ±180° where the area lies across the date line. */
  readonly rings: readonly Ring[]
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
  /** Middle longitude: places are brought to its side of the world before anything is measured. */
  readonly middle: number
}

/** What a cell holds. Cells that hold the same share one of these: a harbour of a thousand cells costs a thousand keys and one list. */
interface Cell {
  /** Areas that hold the whole cell. */
  readonly whole: readonly Prepared[]
  /** Areas whose edge passes it. */
  readonly edge: readonly Prepared[]
  /** This cell with one more area, made once. */
  readonly wider: Map<string, Cell>
}

interface Level {
  readonly cellDeg: number
  readonly cells: Map<number, Cell>
}

export function createAreaIndex(areas: readonly Area[]): AreaIndex {
  const prepared = areas.map(prepare).sort(byId)
  const byName = new Map(prepared.map(one => [one.area.id, one]))
  const empty: Cell = { whole: [], edge: [], wider: new Map() }
  const all = CELL_DEGREES.map((cellDeg): Level => ({ cellDeg, cells: new Map() }))
  for (const [n, one] of prepared.entries()) {
    const level = all.find(({ cellDeg }) => cellsOf(one, cellDeg) <= MAX_CELLS)
    if (!level) throw new RangeError('no level of cells is wide enough for the world')
    fill(level, one, n, empty)
  }
  const levels = all.filter(level => level.cells.size > 0)

  return {
    areas,
    at(lat, lon) {
      const found: Prepared[] = []
      for (let n = 0; n < levels.length; n++) {
        const cell = cellAt(levels[n]!, lat, lon)
        if (cell === undefined) continue
        for (const one of cell.whole) found.push(one)
        for (const one of cell.edge) if (holds(one, lat, lon)) found.push(one)
      }
      return (found.length > 1 ? found.sort(byId) : found).map(one => one.area)
    },
    isIn(kinds: ReadonlySet<AreaKind>, lat, lon) {
      for (let n = 0; n < levels.length; n++) {
        const cell = cellAt(levels[n]!, lat, lon)
        if (cell === undefined) continue
        for (let m = 0; m < cell.whole.length; m++) if (kinds.has(cell.whole[m]!.area.kind)) return true
        for (let m = 0; m < cell.edge.length; m++) {
          const one = cell.edge[m]!
          if (kinds.has(one.area.kind) && holds(one, lat, lon)) return true
        }
      }
      return false
    },
    depthInsideM(area, lat, lon) {
      const one = byName.get(area.id) ?? prepare(area)
      const near = besideIt(one, lon)
      if (area.line) return halfWidthOf(area) - edgeM(one.rings, lat, near, false)
      const metres = edgeM(one.rings, lat, near, true)
      return holds(one, lat, lon) ? metres : -metres
    },
  }
}

const byId = (a: Prepared, b: Prepared): number => (a.area.id < b.area.id ? -1 : a.area.id > b.area.id ? 1 : 0)
const column = (lon: number, cellDeg: number): number => Math.floor((lon + 180) / cellDeg)
const row = (lat: number, cellDeg: number): number => Math.floor((lat + 90) / cellDeg)
/** Columns go round the world: the one east of 180° is the first. */
const keyOf = (x: number, y: number, cellDeg: number): number => {
  const around = Math.round(360 / cellDeg)
  return y * KEY_ROW + (((x % around) + around) % around)
}
const cellAt = ({ cellDeg, cells }: Level, lat: number, lon: number): Cell | undefined =>
  cells.get(keyOf(column(lon, cellDeg), row(lat, cellDeg), cellDeg))
/** The longitude on the area's side of the date line. */
const besideIt = ({ middle }: Prepared, lon: number): number => lon + 360 * Math.round((middle - lon) / 360)

/** Cells of the area's box; none for a shape without points. */
function cellsOf({ west, south, east, north }: Prepared, cellDeg: number): number {
  if (east < west || north < south) return 0
  return (column(east, cellDeg) - column(west, cellDeg) + 1) * (row(north, cellDeg) - row(south, cellDeg) + 1)
}

/** Puts the area into its cells. */
function fill({ cellDeg, cells }: Level, one: Prepared, n: number, empty: Cell): void {
  if (cellsOf(one, cellDeg) === 0) return
  const put = (key: number, isWhole: boolean): void => {
    const before = cells.get(key) ?? empty
    const step = isWhole ? `${n}` : `${n} edge`
    let after = before.wider.get(step)
    if (!after) {
      after = isWhole
        ? { whole: [...before.whole, one], edge: before.edge, wider: new Map() }
        : { whole: before.whole, edge: [...before.edge, one], wider: new Map() }
      before.wider.set(step, after)
    }
    cells.set(key, after)
  }
  const [x0, y0, y1] = [column(one.west, cellDeg), row(one.south, cellDeg), row(one.north, cellDeg)]
  const x1 = Math.min(column(one.east, cellDeg), x0 + Math.round(360 / cellDeg) - 1)
  const isEdge = one.area.line ? undefined : edgesOf(one, cellDeg)
  for (let y = y0; y <= y1; y++) {
    for (let x = x0; x <= x1; x++) {
      const key = keyOf(x, y, cellDeg)
      const [lat, lon] = [(y + 0.5) * cellDeg - 90, (x + 0.5) * cellDeg - 180]
      const place = isEdge ? (isEdge.has(key) ? 'edge' : holds(one, lat, lon) ? 'whole' : 'out') : besideLane(one, lat, lon, cellDeg)
      if (place !== 'out') put(key, place === 'whole')
    }
  }
}

function edgesOf(one: Prepared, cellDeg: number): ReadonlySet<number> {
  const keys = new Set<number>()
  for (const ring of one.rings) {
    for (let n = 0, m = ring.length - 1; n < ring.length; m = n++) {
      const [ax, ay] = ring[m]!
      const [bx, by] = ring[n]!
      cellsAlong((ax + 180) / cellDeg, (ay + 90) / cellDeg, (bx + 180) / cellDeg, (by + 90) / cellDeg, (x, y) =>
        keys.add(keyOf(x, y, cellDeg)),
      )
    }
  }
  return keys
}

/** Where a cell lies to a lane: judged by its middle, with room for its corners and for the scale that changes a little across it. */
function besideLane({ area, rings }: Prepared, lat: number, lon: number, cellDeg: number): 'whole' | 'edge' | 'out' {
  if (Math.abs(lat) > STEADY_LAT) return 'edge'
  const scale = metresPerDegree(lat)
  const metres = edgeM(rings, lat, lon, false)
  const room = Math.hypot(scale.north, scale.east) * (cellDeg / 2) * 1.1 + metres * 0.1 + 1
  if (metres + room < halfWidthOf(area)) return 'whole'
  return metres - room > halfWidthOf(area) ? 'out' : 'edge'
}

/** A lane without a width: half a mile to each side. */
const DEFAULT_HALF_WIDTH_M = 926
const halfWidthOf = (area: Area): number => area.halfWidthM ?? DEFAULT_HALF_WIDTH_M

function prepare(area: Area): Prepared {
  const rings = inOnePiece(area.line ? [area.line] : area.polygon.filter(ring => ring.length >= 3))
  let [west, south, east, north] = [Number.POSITIVE_INFINITY, 90, Number.NEGATIVE_INFINITY, -90]
  for (const [lon, lat] of rings.flat()) {
    west = Math.min(west, lon)
    east = Math.max(east, lon)
    south = Math.min(south, lat)
    north = Math.max(north, lat)
  }
  if (west > east) return { area, rings, west: 180, east: -180, south, north, middle: 0 }
  const middle = (west + east) / 2
  if (!area.line) return { area, rings, west, east, south, north, middle }
  // A degree of longitude is shortest at the end nearer to a pole: the box must be wide enough there.
  const up = halfWidthOf(area) / metresPerDegree(0).north
  const [low, high] = [Math.max(-90, south - up * 1.01), Math.min(90, north + up * 1.01)]
  const out = halfWidthOf(area) / metresPerDegree(Math.min(89.99, Math.max(-low, high))).east
  return {
    area,
    rings,
    west: Math.max(middle - 180, west - out),
    east: Math.min(middle + 180, east + out),
    south: low,
    north: high,
    middle,
  }
}

/** A shape drawn across 180°: each point is taken on the side of the date line that is nearer to the one before. From −180° to 180° is round the world. */
function inOnePiece(lines: readonly Ring[]): readonly Ring[] {
  if (lines.some(line => line.some(([lon], n) => Math.abs(lon - (line[n - 1]?.[0] ?? lon)) === 360))) return lines
  const first = lines[0]?.[0]?.[0] ?? 0
  return lines.map(line => {
    let before = first
    return line.map(([lon, lat]) => {
      before = lon + 360 * Math.round((before - lon) / 360)
      return [before, lat] as const
    })
  })
}

function holds(one: Prepared, lat: number, anyLon: number): boolean {
  const lon = besideIt(one, anyLon)
  if (lon < one.west || lon > one.east || lat < one.south || lat > one.north) return false
  if (one.area.line) return edgeM(one.rings, lat, lon, false) <= halfWidthOf(one.area)
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
