// The compact form of ships on the wire: a 16-byte header and 32-byte records, little-endian. Documented for others in docs/integrators/api.md.
//
// header: u8 kind (1 changes, 2 snapshot: what is not in it is gone, 3 gone) · u8 version (1) · u16 record size · u32 count · f64 server time, epoch ms
// record: u32 MMSI · i32 latitude × 600 000 · i32 longitude × 600 000 · u16 SOG in 0.1 kn (1023 = not available) · u16 COG in 0.1° (3600) · u16 heading in ° (511)
//   · i8 ROT as sent (-128) · u8 navigational status (15) · u32 sent at, epoch s (0 = no place yet) · u16 flags (picture/columns.ts FLAG) · u8 ITU ship type (0)
//   · u8 class (report.ts STATION_CLASS) · u16 length in m (0) · u8 beam in m (0) · u8 reserved
import { FLAG, type PictureColumns, type Slot } from './picture/columns.ts'

export const FRAME_KIND = { CHANGES: 1, SNAPSHOT: 2, GONE: 3 } as const
export const FRAME_VERSION = 1
export const HEADER_BYTES = 16
export const RECORD_BYTES = 32

export function writeHeader(frame: Buffer, kind: number, count: number, serverMs: number): void {
  frame.writeUInt8(kind, 0)
  frame.writeUInt8(FRAME_VERSION, 1)
  frame.writeUInt16LE(RECORD_BYTES, 2)
  frame.writeUInt32LE(count, 4)
  frame.writeDoubleLE(serverMs, 8)
}

/** Writes the ship in `slot` as a record at byte `at`. */
export function writeShip(frame: Buffer, at: number, picture: PictureColumns, slot: Slot): void {
  frame.writeUInt32LE(picture.mmsi[slot]!, at)
  frame.writeInt32LE(picture.lat600k[slot]!, at + 4)
  frame.writeInt32LE(picture.lon600k[slot]!, at + 8)
  frame.writeUInt16LE(picture.sogDeciknots[slot]!, at + 12)
  frame.writeUInt16LE(picture.cogDecidegrees[slot]!, at + 14)
  frame.writeUInt16LE(picture.headingDeg[slot]!, at + 16)
  frame.writeInt8(picture.rotRaw[slot]!, at + 18)
  frame.writeUInt8(picture.navigationStatus[slot]!, at + 19)
  frame.writeUInt32LE(Math.max(0, Math.floor(picture.sentAtMs[slot]! / 1000)), at + 20)
  frame.writeUInt16LE(picture.flags[slot]!, at + 24)
  frame.writeUInt8(picture.shipType[slot]!, at + 26)
  frame.writeUInt8(picture.stationClass[slot]!, at + 27)
  frame.writeUInt16LE(picture.lengthM[slot]!, at + 28)
  frame.writeUInt8(picture.beamM[slot]!, at + 30)
  frame.writeUInt8(0, at + 31)
}

/** A ship of the past (from the archive) as a record; what the archive does not hold is 'not available'. */
export function writePastShip(
  frame: Buffer,
  at: number,
  ship: {
    readonly mmsi: number
    readonly lat600k: number
    readonly lon600k: number
    readonly sogDeciknots: number
    readonly cogDecidegrees: number
    readonly headingDeg: number
    readonly navigationStatus: number
    readonly sentAtMs: number
    readonly stationClass: number
    readonly flags: number
    readonly shipType: number
    readonly lengthM: number
    readonly beamM: number
  },
): void {
  frame.writeUInt32LE(ship.mmsi, at)
  frame.writeInt32LE(ship.lat600k, at + 4)
  frame.writeInt32LE(ship.lon600k, at + 8)
  frame.writeUInt16LE(ship.sogDeciknots, at + 12)
  frame.writeUInt16LE(ship.cogDecidegrees, at + 14)
  frame.writeUInt16LE(ship.headingDeg, at + 16)
  frame.writeInt8(-128, at + 18)
  frame.writeUInt8(ship.navigationStatus, at + 19)
  frame.writeUInt32LE(Math.floor(ship.sentAtMs / 1000), at + 20)
  frame.writeUInt16LE(ship.flags, at + 24)
  frame.writeUInt8(ship.shipType, at + 26)
  frame.writeUInt8(ship.stationClass, at + 27)
  frame.writeUInt16LE(ship.lengthM, at + 28)
  frame.writeUInt8(ship.beamM, at + 30)
  frame.writeUInt8(0, at + 31)
}

/** `isAlarmed`: for screens that may not know of every alarm; others get the flag as it is. */
export function frameOf(
  kind: number,
  slots: readonly Slot[],
  picture: PictureColumns,
  serverMs: number,
  isAlarmed?: (mmsi: number) => boolean,
): Buffer {
  const frame = Buffer.allocUnsafe(HEADER_BYTES + slots.length * RECORD_BYTES)
  writeHeader(frame, kind, slots.length, serverMs)
  for (const [n, slot] of slots.entries()) {
    const at = HEADER_BYTES + n * RECORD_BYTES
    writeShip(frame, at, picture, slot)
    const flags = picture.flags[slot]!
    if (isAlarmed && (flags & FLAG.ALARMED) !== 0 && !isAlarmed(picture.mmsi[slot]!)) frame.writeUInt16LE(flags & ~FLAG.ALARMED, at + 24)
  }
  return frame
}
