// Reads the land polygons around Korea out of the npm package's GeoJSON (147 MB) without parsing it whole: numbers are read byte by byte, polygons outside the
// box are dropped while reading. About 2 s and, in pieces of 4 MB, little memory.
// Source: @geo-maps/earth-lands-1m, made of OpenStreetMap data © OpenStreetMap contributors (ODbL).
import { closeSync, openSync, readSync } from 'node:fs'

export interface GeoBox {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

/** Korea and the waters around, from the Bohai to Hokkaido. */
export const CHART_BOX: GeoBox = { west: 117, south: 21, east: 147, north: 51 }

const PIECE_BYTES = 4 << 20
const OPEN = 91
const CLOSE = 93
const MINUS = 45
const POINT = 46
/** Coordinates lie four brackets deep in a MultiPolygon: polygons, rings, points. */
const RING_DEPTH = 3

/** Outer rings (inland lakes are left out) that touch the box, as flat [lon, lat, lon, lat …]. */
export function readLand(file: string, box: GeoBox): Float64Array[] {
  const rings: Float64Array[] = []
  const piece = Buffer.allocUnsafe(PIECE_BYTES)
  const source = openSync(file, 'r')
  let depth = -1
  let ringInPolygon = 0
  let ring: number[] = []
  let [west, south, east, north] = [180, 90, -180, -90]
  // The number being read.
  let value = 0
  let scale = 0
  let sign = 1
  let inNumber = false

  const endNumber = (): void => {
    const number = sign * (scale > 0 ? value / scale : value)
    if (ring.length % 2 === 0) {
      west = Math.min(west, number)
      east = Math.max(east, number)
    } else {
      south = Math.min(south, number)
      north = Math.max(north, number)
    }
    ring.push(number)
    inNumber = false
    value = scale = 0
    sign = 1
  }
  const endRing = (): void => {
    if (ringInPolygon === 0 && west <= box.east && east >= box.west && south <= box.north && north >= box.south)
      rings.push(Float64Array.from(ring))
    ringInPolygon++
    ring = []
    west = south = 180
    east = north = -180
  }
  let key = ''
  try {
    for (let read = readSync(source, piece); read > 0; read = readSync(source, piece)) {
      let at = 0
      if (depth < 0) {
        // The geometry's coordinates begin after this word.
        key += piece.toString('latin1', 0, Math.min(read, 4096))
        const start = key.indexOf('"coordinates":')
        if (start < 0) throw new Error(`${file} does not begin like the GeoJSON it should be`)
        at = start + '"coordinates":'.length
        depth = 0
      }
      for (; at < read; at++) {
        const byte = piece[at]!
        if (byte >= 48 && byte <= 57) {
          value = value * 10 + byte - 48
          scale *= 10
          inNumber = true
        } else if (byte === POINT) scale = 1
        else if (byte === MINUS) sign = -1
        else {
          if (inNumber) endNumber()
          if (byte === OPEN) depth++
          else if (byte === CLOSE) {
            depth--
            if (depth === RING_DEPTH - 1) endRing()
            else if (depth === RING_DEPTH - 2) ringInPolygon = 0
          }
        }
      }
    }
  } finally {
    closeSync(source)
  }
  return rings
}

/** Sutherland–Hodgman against the four sides of the box. */
export function clipRing(ring: Float64Array, box: GeoBox): Float64Array {
  const sides: readonly (readonly [axis: 0 | 1, limit: number, keepBelow: boolean])[] = [
    [0, box.west, false],
    [0, box.east, true],
    [1, box.south, false],
    [1, box.north, true],
  ]
  let points: number[] = Array.from(ring)
  for (const [axis, limit, keepBelow] of sides) {
    const kept: number[] = []
    const inside = (n: number): boolean => (keepBelow ? points[n + axis]! <= limit : points[n + axis]! >= limit)
    for (let n = 0; n < points.length; n += 2) {
      const before = n === 0 ? points.length - 2 : n - 2
      if (inside(n) !== inside(before)) {
        const share = (limit - points[before + axis]!) / (points[n + axis]! - points[before + axis]!)
        kept.push(
          points[before]! + share * (points[n]! - points[before]!),
          points[before + 1]! + share * (points[n + 1]! - points[before + 1]!),
        )
      }
      if (inside(n)) kept.push(points[n]!, points[n + 1]!)
    }
    points = kept
    if (points.length === 0) break
  }
  return Float64Array.from(points)
}
