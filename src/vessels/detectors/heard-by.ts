// Who brings us a ship: the last four sources that heard her, copies of known reports included. A source is a coast station, or a whole feed where its stations
// are not named. One pass of flat columns, 32 bytes a slot.
import type { PictureColumns, Slot } from '../picture/columns.ts'
import { type BulkIn, type BulkOut, fill } from '../saving.ts'

const SOURCES = 4

/** One number for station or feed; 0 is none. */
export type Source = number
export const sourceOf = (station: number, feed: number): Source => (station > 0 ? station * 2 : feed * 2 + 1)
/** The station's number, 0 for a feed that names none. */
export const stationOf = (source: Source): number => (source % 2 === 0 ? source / 2 : 0)

export interface HeardBy {
  note(slot: Slot, source: Source, sentAtMs: number): void
  /** When this source last brought her (event time), 0 = not lately. */
  lastMs(slot: Slot, source: Source): number
  /** Visits the ship's sources; stops when `visit` returns false, and says so. */
  every(slot: Slot, visit: (source: Source, lastMs: number) => boolean): boolean
  onForget(slot: Slot): void
  save(out: BulkOut): unknown
  restore(state: unknown, from: BulkIn): void
}

export function createHeardBy(picture: PictureColumns): HeardBy {
  const sources = new Uint32Array(picture.capacity * SOURCES)
  const lastS = new Uint32Array(picture.capacity * SOURCES)
  return {
    note(slot, source, sentAtMs) {
      const base = slot * SOURCES
      const atS = sentAtMs / 1000
      let oldest = base
      for (let at = base; at < base + SOURCES; at++) {
        if (sources[at] === source) {
          if (atS > lastS[at]!) lastS[at] = atS
          return
        }
        if (lastS[at]! < lastS[oldest]!) oldest = at
      }
      sources[oldest] = source
      lastS[oldest] = atS
    },
    lastMs(slot, source) {
      for (let at = slot * SOURCES; at < (slot + 1) * SOURCES; at++) if (sources[at] === source) return lastS[at]! * 1000
      return 0
    },
    every(slot, visit) {
      for (let at = slot * SOURCES; at < (slot + 1) * SOURCES; at++)
        if (sources[at] !== 0 && !visit(sources[at]!, lastS[at]! * 1000)) return false
      return true
    },
    onForget(slot) {
      sources.fill(0, slot * SOURCES, (slot + 1) * SOURCES)
      lastS.fill(0, slot * SOURCES, (slot + 1) * SOURCES)
    },
    save: out => ({
      sources: out.copy(sources.subarray(0, picture.highWater * SOURCES)),
      lastS: out.copy(lastS.subarray(0, picture.highWater * SOURCES)),
    }),
    restore(state, from) {
      const saved = state as { sources: number; lastS: number }
      fill(sources, from, saved.sources)
      fill(lastS, from, saved.lastS)
    },
  }
}

/** Middle of the places of the ships that this source brought since then; undefined when there are none. By vectors, so that the date line is no edge. */
export function middleHeard(
  picture: PictureColumns,
  heardBy: HeardBy,
  source: Source,
  sinceMs: number,
): { readonly lat: number; readonly lon: number } | undefined {
  let [n, lat, east, north] = [0, 0, 0, 0]
  for (let slot = 0; slot < picture.highWater; slot++) {
    if (picture.mmsi[slot] === 0 || heardBy.lastMs(slot, source) <= Math.max(0, sinceMs)) continue
    const lon = (picture.lon600k[slot]! / 600_000) * (Math.PI / 180)
    n++
    lat += picture.lat600k[slot]! / 600_000
    east += Math.sin(lon)
    north += Math.cos(lon)
  }
  return n === 0 ? undefined : { lat: lat / n, lon: (Math.atan2(east, north) * 180) / Math.PI }
}
