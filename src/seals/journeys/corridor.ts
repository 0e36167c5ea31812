// The corridor of a journey: how far a place is from its line, and how far along it. A road may cross itself or turn back beside itself, so the place along is looked for
// near the last one first; only who has left that stretch is looked for on the whole line. HOT PATH: once a report, a few segments each.
import { distanceM, metresPerDegree } from '#base/index.ts'
import type { Corridor } from '../schema.ts'

export interface OnLine {
  /** Metres along the line from its beginning. */
  readonly alongM: number
  /** Metres from the line. */
  readonly offM: number
}

export interface CorridorLine {
  readonly lengthM: number
  readonly halfWidthM: number
  /** `nearM`: where along the line it was last, if known. */
  locate(lat: number, lon: number, nearM?: number): OnLine
}

/** Stretch of the line around the last place in which the next is looked for first. */
const BACK_M = 2000
const AHEAD_M = 15_000

export function createCorridorLine({ line, halfWidthM }: Corridor): CorridorLine {
  const along: number[] = [0]
  for (let n = 1; n < line.length; n++) {
    const [lon1, lat1] = line[n - 1]!
    const [lon2, lat2] = line[n]!
    along.push(along[n - 1]! + distanceM(lat1, lon1, lat2, lon2))
  }
  const lengthM = along.at(-1)!

  const search = (lat: number, lon: number, from: number, to: number): OnLine => {
    const { north, east } = metresPerDegree(lat)
    let best = Number.POSITIVE_INFINITY
    let alongM = 0
    for (let n = from; n < to; n++) {
      const [lon1, lat1] = line[n]!
      const [lon2, lat2] = line[n + 1]!
      const dx = (lon2 - lon1) * east
      const dy = (lat2 - lat1) * north
      const px = (lon - lon1) * east
      const py = (lat - lat1) * north
      const long = dx * dx + dy * dy
      const share = long === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / long))
      const offX = px - share * dx
      const offY = py - share * dy
      const off = offX * offX + offY * offY
      if (off < best) {
        best = off
        alongM = along[n]! + share * (along[n + 1]! - along[n]!)
      }
    }
    return { alongM, offM: Math.sqrt(best) }
  }
  /** First segment that ends behind this. */
  const segmentAt = (metres: number): number => {
    let low = 0
    let high = line.length - 2
    while (low < high) {
      const middle = (low + high) >> 1
      if (along[middle + 1]! < metres) low = middle + 1
      else high = middle
    }
    return low
  }

  return {
    lengthM,
    halfWidthM,
    locate(lat, lon, nearM) {
      if (nearM !== undefined) {
        const near = search(lat, lon, segmentAt(nearM - BACK_M), Math.min(line.length - 1, segmentAt(nearM + AHEAD_M) + 1))
        if (near.offM <= halfWidthM) return near
        const anywhere = search(lat, lon, 0, line.length - 1)
        // Off the line the nearest stretch is a guess: the known one counts unless the other is clearly nearer.
        return anywhere.offM < near.offM - halfWidthM ? anywhere : near
      }
      return search(lat, lon, 0, line.length - 1)
    },
  }
}

/** Does the line cross itself? Such a corridor works; whoever planned it is told. */
export function crossesItself({ line }: Corridor): boolean {
  for (let n = 0; n + 1 < line.length; n++)
    for (let m = n + 2; m + 1 < line.length; m++) if (isCrossing(line[n]!, line[n + 1]!, line[m]!, line[m + 1]!)) return true
  return false
}

type At = readonly [number, number]
const side = (a: At, b: At, c: At): number => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
const isCrossing = (a: At, b: At, c: At, d: At): boolean => side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
