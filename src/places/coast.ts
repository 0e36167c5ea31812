// The coast for rules: is this land, and how far is the nearest shore? A raster of 0.02° answers most questions at once; only cells that a shore line crosses
// look at their edges. Loaded from dist/chart/coast.bin (about 0.3 MB), made by chart/build.ts.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { METRES_PER_NAUTICAL_MILE, metresPerDegree } from '#base/index.ts'
import { cellsAlong } from './grid.ts'

const FILE = fileURLToPath(new URL('../../dist/chart/coast.bin', import.meta.url))
/** Points are kept to 1e-5° (about a metre). */
const SCALE = 1e5
const CELL = 0.02
const EDGE_CELL = 0.1
/** Farther than this is just 'far'. */
const FAR_NM = 60
/** No place of a raster cell is farther from its middle. */
const CELL_REACH_NM = 0.9
/** Differences of 1e-5° never need more than four bytes of seven bits. */
const LARGEST_SCALE = 128 ** 4

export interface Coast {
  isLand(lat: number, lon: number): boolean
  /** Nautical miles to the nearest shore, at most 60; NaN outside the chart. */
  milesOffshore(lat: number, lon: number): number
  /** Whether the nearest shore is farther than so many nautical miles (fewer than 59); what `milesOffshore` says, mostly without looking at a shore. */
  isFartherThan(miles: number, lat: number, lon: number): boolean
  /** True when the straight line between the places is somewhere over land. Exact for the coast as it is drawn. */
  crossesLand(fromLat: number, fromLon: number, toLat: number, toLon: number): boolean
  /** True when there may be land in the box (looked at by cells of 0.02°); false: open water, surely. */
  touchesLand(west: number, south: number, east: number, north: number): boolean
}

/** The file of the coast cannot be used. */
export class CoastDamaged extends Error {}

/** Rings as zigzag-delta varints: count of points, then differences. */
export function packCoast(rings: readonly Float64Array[]): Buffer {
  const bytes: number[] = []
  const put = (value: number): void => {
    let rest = value >= 0 ? value * 2 : -value * 2 - 1
    for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
    bytes.push(rest)
  }
  let [x, y] = [0, 0]
  for (const ring of rings) {
    put(ring.length / 2)
    for (let n = 0; n < ring.length; n += 2) {
      const [px, py] = [Math.round(ring[n]! * SCALE), Math.round(ring[n + 1]! * SCALE)]
      put(px - x)
      put(py - y)
      x = px
      y = py
    }
  }
  return Buffer.from(bytes)
}

function unpack(bytes: Uint8Array, file: string): Float64Array[] {
  const damaged = (): CoastDamaged =>
    new CoastDamaged(`${file} is damaged; remove the folder dist/chart and start again, the chart is then built anew`)
  const rings: Float64Array[] = []
  let at = 0
  const take = (): number => {
    let value = 0
    let scale = 1
    for (;;) {
      const byte = bytes[at++]
      if (byte === undefined || scale > LARGEST_SCALE) throw damaged()
      value += (byte & 127) * scale
      if (byte < 128) return value % 2 === 0 ? value / 2 : -(value + 1) / 2
      scale *= 128
    }
  }
  let [x, y] = [0, 0]
  while (at < bytes.length) {
    const points = take()
    // A point takes two bytes at least.
    if (points < 3 || points * 2 > bytes.length - at) throw damaged()
    const ring = new Float64Array(points * 2)
    for (let n = 0; n < points; n++) {
      x += take()
      y += take()
      ring[n * 2] = x / SCALE
      ring[n * 2 + 1] = y / SCALE
      if (Math.abs(x) > 180 * SCALE || Math.abs(y) > 90 * SCALE) throw damaged()
    }
    rings.push(ring)
  }
  if (rings.length === 0) throw damaged()
  return rings
}

/** The built coast; undefined when the chart was never built. Throws CoastDamaged for a file cut short or changed. */
export const loadCoast = (file = FILE): Coast | undefined => (existsSync(file) ? createCoast(unpack(readFileSync(file), file)) : undefined)

/** The built coast as rings of lon, lat pairs, for drawing; undefined when the chart was never built. Throws CoastDamaged as `loadCoast`. */
export const loadCoastRings = (file = FILE): readonly Float64Array[] | undefined =>
  existsSync(file) ? unpack(readFileSync(file), file) : undefined

const SEA = 0
const LAND = 1
const SHORE = 2

export function createCoast(rings: readonly Float64Array[]): Coast {
  let [west, south, east, north] = [180, 90, -180, -90]
  for (const ring of rings) {
    for (let n = 0; n < ring.length; n += 2) {
      west = Math.min(west, ring[n]!)
      east = Math.max(east, ring[n]!)
      south = Math.min(south, ring[n + 1]!)
      north = Math.max(north, ring[n + 1]!)
    }
  }
  const columns = Math.ceil((east - west) / CELL) + 1
  const rows = Math.ceil((north - south) / CELL) + 1
  const raster = new Uint8Array(columns * rows)
  const edgeColumns = Math.ceil((east - west) / EDGE_CELL) + 1
  const edges = new Map<number, number[]>()
  /** Edges by raster row, for the even-odd count. */
  const rowEdges: number[][] = Array.from({ length: rows }, () => [])
  const flat: number[] = []

  for (const ring of rings) {
    for (let n = 0, m = ring.length - 2; n < ring.length; m = n, n += 2) {
      const [ax, ay, bx, by] = [ring[m]!, ring[m + 1]!, ring[n]!, ring[n + 1]!]
      const edge = flat.length
      flat.push(ax, ay, bx, by)
      for (let row = Math.floor((Math.min(ay, by) - south) / CELL); row <= Math.floor((Math.max(ay, by) - south) / CELL); row++)
        rowEdges[row]?.push(edge)
      for (let y = Math.floor((Math.min(ay, by) - south) / EDGE_CELL); y <= Math.floor((Math.max(ay, by) - south) / EDGE_CELL); y++) {
        for (let x = Math.floor((Math.min(ax, bx) - west) / EDGE_CELL); x <= Math.floor((Math.max(ax, bx) - west) / EDGE_CELL); x++) {
          const key = y * edgeColumns + x
          const own = edges.get(key)
          if (own) own.push(edge)
          else edges.set(key, [edge])
        }
      }
      cellsAlong((ax - west) / CELL, (ay - south) / CELL, (bx - west) / CELL, (by - south) / CELL, (x, y) => {
        if (x >= 0 && x < columns && y >= 0 && y < rows) raster[y * columns + x] = SHORE
      })
    }
  }
  const isInside = (lat: number, lon: number, row: number): boolean => {
    let isOdd = false
    for (const edge of rowEdges[row] ?? []) {
      const [ax, ay, bx, by] = [flat[edge]!, flat[edge + 1]!, flat[edge + 2]!, flat[edge + 3]!]
      if (ay > lat !== by > lat && lon < ((bx - ax) * (lat - ay)) / (by - ay) + ax) isOdd = !isOdd
    }
    return isOdd
  }
  // Between two shore cells of a row all cells are alike: one count for each run.
  for (let row = 0; row < rows; row++) {
    let known: number | undefined
    for (let column = 0; column < columns; column++) {
      if (raster[row * columns + column] === SHORE) known = undefined
      else {
        known ??= isInside(south + (row + 0.5) * CELL, west + (column + 0.5) * CELL, row) ? LAND : SEA
        raster[row * columns + column] = known
      }
    }
  }

  const milesOffshore = (lat: number, lon: number): number => {
    if (!(lon >= west && lon <= east && lat >= south && lat <= north)) return Number.NaN
    const scale = metresPerDegree(lat)
    const [cx, cy] = [Math.floor((lon - west) / EDGE_CELL), Math.floor((lat - south) / EDGE_CELL)]
    const cellM = EDGE_CELL * Math.min(scale.east, scale.north)
    let nearest = FAR_NM * METRES_PER_NAUTICAL_MILE
    let nearestSquare = nearest * nearest
    // Rings of cells outward, until none farther can be nearer.
    for (let reach = 0; (reach - 1) * cellM < nearest; reach++) {
      for (let y = cy - reach; y <= cy + reach; y++) {
        const step = Math.abs(y - cy) === reach ? 1 : 2 * reach
        for (let x = cx - reach; x <= cx + reach; x += step || 1)
          for (const edge of edges.get(y * edgeColumns + x) ?? [])
            nearestSquare = Math.min(nearestSquare, edgeSquareM(edge, lat, lon, scale))
      }
      nearest = Math.sqrt(nearestSquare)
    }
    return nearest / METRES_PER_NAUTICAL_MILE
  }
  const edgeSquareM = (edge: number, lat: number, lon: number, scale: { readonly north: number; readonly east: number }): number => {
    const ax = (flat[edge]! - lon) * scale.east
    const ay = (flat[edge + 1]! - lat) * scale.north
    const dx = (flat[edge + 2]! - lon) * scale.east - ax
    const dy = (flat[edge + 3]! - lat) * scale.north - ay
    const along = dx === 0 && dy === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy)))
    const [x, y] = [ax + along * dx, ay + along * dy]
    return x * x + y * y
  }

  const crossesShore = (x: number, y: number, lat: number, lon: number, toLat: number, toLon: number): boolean => {
    const bucket = Math.floor((y * CELL) / EDGE_CELL + 1e-9) * edgeColumns + Math.floor((x * CELL) / EDGE_CELL + 1e-9)
    for (const edge of edges.get(bucket) ?? []) {
      const [ax, ay, bx, by] = [flat[edge]!, flat[edge + 1]!, flat[edge + 2]!, flat[edge + 3]!]
      const side = (px: number, py: number): number => (toLon - lon) * (py - lat) - (toLat - lat) * (px - lon)
      const other = (px: number, py: number): number => (bx - ax) * (py - ay) - (by - ay) * (px - ax)
      if (side(ax, ay) * side(bx, by) <= 0 && other(lon, lat) * other(toLon, toLat) <= 0) return true
    }
    return false
  }

  /** Miles from the middle of each raster cell, worked out when first asked; NaN = not yet. */
  const middles = new Float32Array(columns * rows).fill(Number.NaN)

  return {
    milesOffshore,
    isFartherThan(miles, lat, lon) {
      const column = Math.floor((lon - west) / CELL)
      const row = Math.floor((lat - south) / CELL)
      if (!(lon >= west && lon <= east && lat >= south && lat <= north)) return false
      const at = row * columns + column
      if (Number.isNaN(middles[at])) middles[at] = milesOffshore(south + (row + 0.5) * CELL, west + (column + 0.5) * CELL)
      const middle = middles[at]!
      // NaN (the middle lies beyond the chart): neither holds.
      if (middle - CELL_REACH_NM > miles) return true
      if (middle + CELL_REACH_NM < miles) return false
      return milesOffshore(lat, lon) > miles
    },
    touchesLand(fromLon, fromLat, toLon, toLat) {
      const [x0, x1] = [Math.max(0, Math.floor((fromLon - west) / CELL)), Math.min(columns - 1, Math.floor((toLon - west) / CELL))]
      const [y0, y1] = [Math.max(0, Math.floor((fromLat - south) / CELL)), Math.min(rows - 1, Math.floor((toLat - south) / CELL))]
      for (let y = y0; y <= y1; y++) for (let x = x0; x <= x1; x++) if (raster[y * columns + x] !== SEA) return true
      return false
    },
    crossesLand(fromLat, fromLon, toLat, toLon) {
      let isCrossed = false
      cellsAlong((fromLon - west) / CELL, (fromLat - south) / CELL, (toLon - west) / CELL, (toLat - south) / CELL, (x, y) => {
        if (isCrossed || x < 0 || x >= columns || y < 0 || y >= rows) return
        const cell = raster[y * columns + x]!
        if (cell === SHORE) isCrossed = crossesShore(x, y, fromLat, fromLon, toLat, toLon)
      })
      // No shore on the way: all of it is what its beginning is.
      return isCrossed || this.isLand(fromLat, fromLon)
    },
    isLand(lat, lon) {
      const column = Math.floor((lon - west) / CELL)
      const row = Math.floor((lat - south) / CELL)
      if (!(column >= 0 && column < columns && row >= 0 && row < rows)) return false
      const cell = raster[row * columns + column]!
      return cell === SHORE ? isInside(lat, lon, row) : cell === LAND
    },
  }
}
