// The live picture's columns: one typed array a field, one slot a ship. Capacity is fixed at creation; slots are found by MMSI (open addressing),
// recycled by age (LRU), and indexed by a 0.05° grid. Only fusion writes here; everybody else reads.

export type Slot = number

/** Bits of `flags`. */
export const FLAG = {
  WATCHED: 1,
  /** Has an open alarm. */
  ALARMED: 2,
  /** Silent past its freshness limit. */
  STALE: 4,
  /** Declared lost by signal-lost, or silent for long. */
  LOST: 8,
  /** Moored, anchored or slower than 0.2 kn. */
  ASLEEP: 16,
  /** Last report was kept out of the picture as impossible. */
  DOUBTFUL: 32,
  /** Two hulls use this number. */
  SHARED_NUMBER: 64,
} as const

/** Read-only view that detectors, screens and the archive get. */
export interface PictureColumns {
  readonly capacity: number
  /** Slots in use are those with mmsi[k] !== 0. */
  readonly count: number
  /** Slots at and above this were never used. */
  readonly highWater: number
  readonly mmsi: Uint32Array
  readonly stationClass: Uint8Array
  readonly network: Uint8Array
  readonly feed: Uint16Array
  readonly station: Uint16Array
  /** Event time of the newest accepted report, epoch ms; 0 = only statics known. */
  readonly sentAtMs: Float64Array
  readonly receivedAtMs: Float64Array
  readonly mark: Float64Array
  readonly lat600k: Int32Array
  readonly lon600k: Int32Array
  readonly sogDeciknots: Uint16Array
  readonly cogDecidegrees: Uint16Array
  readonly headingDeg: Uint16Array
  readonly rotRaw: Int8Array
  readonly navigationStatus: Uint8Array
  readonly flags: Uint16Array
  /** ITU ship type code, 0 = not given. */
  readonly shipType: Uint8Array
  readonly lengthM: Uint16Array
  readonly beamM: Uint8Array
  readonly draughtDecimetres: Uint8Array
  readonly imoNumber: Uint32Array
  readonly toBowM: Uint16Array
  readonly toPortM: Uint8Array
  readonly name: readonly string[]
  readonly callSign: readonly string[]
  readonly destination: readonly string[]
  /** Receipt time of the newest static message, epoch ms; 0 = none. */
  readonly staticAtMs: Float64Array
  /** month << 16 | day << 11 | hour << 6 | minute as sent; 0 = none. */
  readonly eta: Uint32Array

  /** The ship's slot, or -1. */
  slotOf(mmsi: number): Slot
  /** Calls `visit` for each slot whose place lies within `metres` of the place (grid, then exact); newest accepted places. */
  forEachNear(lat: number, lon: number, metres: number, visit: (slot: Slot, distanceM: number) => void): void
  /** Calls `visit` for each slot in the box (degrees; west > east means across 180°). */
  forEachInBox(west: number, south: number, east: number, north: number, visit: (slot: Slot) => void): void
}
