// Reads the binary frames of the live line (src/vessels/live-frames.ts documents them): a 16-byte header and 32-byte ship records, little-endian.
import type { ShipRecord } from './ship-columns.ts'

export const FRAME_KIND = { CHANGES: 1, SNAPSHOT: 2, GONE: 3 } as const
const HEADER = 16

export interface LiveFrame {
  readonly kind: number
  readonly serverMs: number
  readonly count: number
}

export function readHeader(buffer: ArrayBuffer): LiveFrame & { readonly recordSize: number } {
  const view = new DataView(buffer)
  return { kind: view.getUint8(0), recordSize: view.getUint16(2, true), count: view.getUint32(4, true), serverMs: view.getFloat64(8, true) }
}

/** Calls `visit` for each record; the record is reused. Longer records of a newer server are read by their known part. */
export function eachShip(buffer: ArrayBuffer, visit: (record: ShipRecord) => void): void {
  const { recordSize, count } = readHeader(buffer)
  const view = new DataView(buffer)
  const record: ShipRecord = {
    mmsi: 0,
    lat600k: 0,
    lon600k: 0,
    sogDeciknots: 0,
    cogDecidegrees: 0,
    headingDeg: 0,
    rotRaw: 0,
    navigationStatus: 0,
    sentAtS: 0,
    flags: 0,
    shipType: 0,
    stationClass: 0,
    lengthM: 0,
    beamM: 0,
  }
  for (let i = 0, at = HEADER; i < count && at + recordSize <= buffer.byteLength; i++, at += recordSize) {
    record.mmsi = view.getUint32(at, true)
    record.lat600k = view.getInt32(at + 4, true)
    record.lon600k = view.getInt32(at + 8, true)
    record.sogDeciknots = view.getUint16(at + 12, true)
    record.cogDecidegrees = view.getUint16(at + 14, true)
    record.headingDeg = view.getUint16(at + 16, true)
    record.rotRaw = view.getInt8(at + 18)
    record.navigationStatus = view.getUint8(at + 19)
    record.sentAtS = view.getUint32(at + 20, true)
    record.flags = view.getUint16(at + 24, true)
    record.shipType = view.getUint8(at + 26)
    record.stationClass = view.getUint8(at + 27)
    record.lengthM = view.getUint16(at + 28, true)
    record.beamM = view.getUint8(at + 30)
    visit(record)
  }
}
