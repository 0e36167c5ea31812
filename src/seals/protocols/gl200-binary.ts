// Queclink's binary frames: +RSP, +EVT, +INF (GV300 and kin), and the newer frames that begin with 0x2b 0x00.
import { bit, Cursor, hexOf, textOf } from './bytes.ts'
import type { DecodedFrame, FrameRefusal } from './protocol.ts'
import { type JsonObject, newReport, type SealReport, tell } from './report.ts'
import { utcMs } from './times.ts'

const COMPRESSED = 100
const [LCB, GEO] = [3, 8]
const DIGIT_END = 0xf

export function readGl200Binary(frame: Uint8Array): DecodedFrame | FrameRefusal {
  if (frame[1] === 0) return orMalformed(readNewer(frame))
  const word = textOf(frame, 0, 4)
  const cursor = new Cursor(frame, 4)
  switch (word) {
    case '+RSP':
    case '+BSP':
      return orMalformed(marked(readLocations(cursor), word))
    case '+EVT':
    case '+BVT':
      return orMalformed(marked([readEvent(cursor)], word))
    case '+INF':
    case '+BNF':
      return orMalformed(marked([readInformation(cursor)], word))
    default: {
      const report = newReport(word === '+HBD' ? 'heartbeat' : word === '+LGN' ? 'login' : word === '+ACK' ? 'answer' : 'other')
      report.more.word = word
      report.more.bodyHex = hexOf(frame, 4)
      return { reports: [report] }
    }
  }
}

const orMalformed = (reports: readonly SealReport[]): DecodedFrame | FrameRefusal => (reports.length > 0 ? { reports } : 'malformed')

function marked(reports: SealReport[], word: string): SealReport[] {
  for (const report of reports) {
    report.more.word = word
    if (word.startsWith('+B')) report.buffered = true
  }
  return reports
}

/** Fifteen digits of a number of eight bytes. */
const imeiIn = (cursor: Cursor): string => String(cursor.u64()).padStart(15, '0')

function timeIn(cursor: Cursor): { readonly sentAtMs?: number } {
  const [year, month, day] = [cursor.u16(), cursor.u8(), cursor.u8()]
  const sentAtMs = utcMs(year, month, day, cursor.u8(), cursor.u8(), cursor.u8())
  return sentAtMs === undefined ? {} : { sentAtMs }
}

/** Accuracy, speed in tenths, course, altitude, longitude, latitude, time, cell: 37 bytes with the reserved one. */
function readPlace(cursor: Cursor, report: SealReport): void {
  const hdop = cursor.u8()
  report.more.hdop = hdop
  const [speedKmh, courseDeg, altitudeM] = [cursor.u24() / 10, cursor.u16(), cursor.i16()]
  const [lon, lat] = [cursor.i32() / 1e6, cursor.i32() / 1e6]
  Object.assign(report, { fixValid: hdop > 0, speedKmh, courseDeg, altitudeM, lon, lat }, timeIn(cursor))
  report.more.cells = [{ mcc: cursor.u16(), mnc: cursor.u16(), lac: cursor.u16(), cid: cursor.u16() }]
  cursor.skip(1)
}

const PLACE_BYTES = 1 + 3 + 2 + 2 + 8 + 7 + 8

function readLocations(cursor: Cursor): SealReport[] {
  const type = cursor.u8()
  cursor.skip(4 + 2)
  const head: JsonObject = { messageType: type, deviceType: cursor.u8(), protocol: cursor.hex(2), firmware: cursor.hex(2) }
  const deviceId = imeiIn(cursor)
  const [batteryPercent, powerMv] = [cursor.u8(), cursor.u16()]
  if (type === GEO) cursor.skip(2)
  const motion = cursor.u8()
  const satellites = cursor.u8()
  if (type !== COMPRESSED) cursor.skip(1)
  if (type === LCB) skipNumber(cursor)
  const reports = type === COMPRESSED ? readCompressed(cursor) : readPlaces(cursor)
  for (const report of reports) {
    Object.assign(report, { deviceId, batteryPercent, powerV: powerMv / 1000, satellites })
    Object.assign(report.more, head, { motion })
  }
  return reports
}

/** Digits of a telephone number, ended by a half byte that is all set. */
function skipNumber(cursor: Cursor): void {
  cursor.skip(1)
  while (cursor.left > 0) {
    const byte = cursor.u8()
    if ((byte & 15) === DIGIT_END || byte >> 4 === DIGIT_END) return
  }
}

function readPlaces(cursor: Cursor): SealReport[] {
  const count = cursor.u8()
  const reports: SealReport[] = []
  while (reports.length < count && cursor.left >= PLACE_BYTES) {
    const report = newReport('report')
    readPlace(cursor, report)
    reports.push(report)
  }
  return reports
}

const signed = (value: number, bits: number): number => (value >= 2 ** (bits - 1) ? value - 2 ** bits : value)

/** A whole point a second, or its differences from the one before: 2 bits of kind, 1 of fix, then speed, course, and the place. */
function readCompressed(cursor: Cursor): SealReport[] {
  const count = cursor.u16()
  const reports: SealReport[] = []
  let [speed, course, lon, lat, seconds] = [0, 0, 0, 0, 0]
  for (let n = 0; n < count && cursor.left > 0; n++) {
    if (seconds > 0) seconds++
    const kind = cursor.bytes[cursor.at]! >> 6
    if (kind === 1 && cursor.left >= 11) {
      const word = cursor.u24()
      speed = (word >> 9) & 0xfff
      course = word & 0x1ff
      lon = cursor.i32()
      lat = cursor.i32()
      if (seconds === 0) seconds = cursor.u32()
    } else if (kind === 2 && cursor.left >= 5) {
      const [high, low] = [cursor.u8(), cursor.u32()]
      // 40 bits: 2 kind, 1 fix, 7 speed, 7 course, 12 longitude, 11 latitude.
      const bits = high * 2 ** 32 + low
      const take = (shift: number, width: number): number => signed(Math.floor(bits / 2 ** shift) % 2 ** width, width)
      speed += take(30, 7)
      course += take(23, 7)
      lon += take(11, 12)
      lat += take(0, 11)
    } else {
      cursor.skip(1)
      continue
    }
    const report = newReport('report')
    reports.push(
      Object.assign(report, {
        sentAtMs: seconds * 1000,
        lon: lon / 1e6,
        lat: lat / 1e6,
        speedKmh: speed / 10,
        courseDeg: course,
        fixValid: true,
      }),
    )
  }
  return reports
}

/** What an event adds between the satellites and the place, in bytes; by its number. */
const EVENT_BYTES: Readonly<Record<number, number>> = { 6: 2, 15: 3, 17: 4, 21: 5, 23: 1, 26: 12, 31: 2, 33: 1, 34: 3, 35: 1, 45: 7, 46: 7 }
const [LOW_BATTERY, IGNITION_ON, IGNITION_OFF, JAMMED_GPS, JAMMED, CRASH] = [6, 45, 46, 31, 33, 23]

function readEvent(cursor: Cursor): SealReport {
  const report = newReport('report')
  const type = cursor.u8()
  cursor.skip(4 + 2)
  Object.assign(report.more, { messageType: type, deviceType: cursor.u8(), protocol: cursor.hex(2), firmware: cursor.hex(2) })
  report.deviceId = imeiIn(cursor)
  report.batteryPercent = cursor.u8()
  report.powerV = cursor.u16() / 1000
  report.more.motion = cursor.u8()
  report.satellites = cursor.u8()
  const extra = EVENT_BYTES[type] ?? 0
  if (extra > 0) report.more.eventHex = cursor.hex(extra)
  if (type === IGNITION_ON || type === IGNITION_OFF) report.status.ignition = type === IGNITION_ON
  tell(
    report,
    type === LOW_BATTERY ? 'low-battery' : type === JAMMED || type === JAMMED_GPS ? 'jamming' : type === CRASH ? 'accident' : undefined,
  )
  cursor.skip(1)
  if (cursor.left >= PLACE_BYTES) readPlace(cursor, report)
  return report
}

const [INF_CSQ, INF_VER, INF_BAT, INF_GIR] = [5, 6, 7, 10]

function readInformation(cursor: Cursor): SealReport {
  const report = newReport('report')
  const type = cursor.u8()
  cursor.skip(4 + 2)
  report.deviceId = imeiIn(cursor)
  Object.assign(report.more, { messageType: type, deviceType: cursor.u8(), protocol: cursor.hex(2), firmware: cursor.hex(2) })
  if (type === INF_VER) report.more.versionsHex = cursor.hex(6)
  report.more.motion = cursor.u8()
  cursor.skip(1)
  report.satellites = cursor.u8()
  cursor.skip(1 + 7 + 1 + 1 + 2 + 2 + 2 + 4 + 1)
  if (type === INF_BAT) {
    report.status.charging = cursor.u8() !== 0
    report.powerV = cursor.u16() / 1000
    report.batteryV = cursor.u16() / 1000
    report.batteryPercent = cursor.u8()
  }
  report.more.iccid = cursor.hex(10)
  if (type === INF_CSQ) Object.assign(report.more, { gsmSignal: cursor.u8(), bitErrors: cursor.u8() })
  cursor.skip(3)
  if (type === INF_GIR) {
    cursor.skip(2)
    report.more.cells = [{ mcc: cursor.u16(), mnc: cursor.u16(), lac: cursor.u16(), cid: cursor.u16() }]
    cursor.skip(2)
  }
  return Object.assign(report, timeIn(cursor))
}

/** Seven bits, or fifteen where the highest is set. */
function variable(cursor: Cursor): number {
  const first = cursor.u8()
  return bit(first, 7) ? ((first & 0x7f) << 8) | cursor.u8() : first
}

const TAIL_BYTES = 4
const PLACE_DATA = 0x52
const SEVERAL_BIT = 7

function readNewer(frame: Uint8Array): SealReport[] {
  const cursor = new Cursor(frame, 2)
  const length = cursor.u16()
  if (bit(cursor.u8(), SEVERAL_BIT)) cursor.skip(2)
  const deviceId = cursor.hex(8).slice(1)
  const head: JsonObject = { deviceType: cursor.hex(2), protocol: cursor.hex(2), customVersion: cursor.u8() }
  cursor.skip(cursor.u8())
  const records = new Cursor(frame, cursor.at, Math.min(length, frame.length) - TAIL_BYTES)
  const reports: SealReport[] = []
  while (records.left > 8) {
    const from = records.at
    const size = variable(records)
    if (size < 9) break
    reports.push(readRecord(new Cursor(frame, records.at, Math.min(from + size, records.end))))
    records.at = Math.min(from + size, records.end)
  }
  if (reports.length === 0) reports.push(newReport('other'))
  for (const report of reports) {
    report.deviceId = deviceId
    Object.assign(report.more, head)
  }
  return reports
}

function readRecord(record: Cursor): SealReport {
  const report = newReport('report')
  report.sentAtMs = record.u32() * 1000
  Object.assign(report.more, { count: record.u16(), recordId: record.u8(), eventCode: record.u8() })
  const data: JsonObject = {}
  while (record.left >= 2) {
    const id = variable(record)
    const size = variable(record)
    const part = record.part(Math.min(size, record.left))
    if (id === PLACE_DATA && part.left >= 22) readNewPlace(part, report)
    else data[`0x${id.toString(16)}`] = part.hex(part.left)
  }
  if (Object.keys(data).length > 0) report.more.data = data
  return report
}

function readNewPlace(part: Cursor, report: SealReport): void {
  const fixValid = ((part.u8() >> 2) & 3) === 0b10
  const [lon, lat, seconds] = [part.i32() / 1e6, part.i32() / 1e6, part.u32()]
  const speedKmh = part.u16() / 10
  report.more.hdop = part.u8() / 10
  Object.assign(report, { fixValid, lon, lat, sentAtMs: seconds * 1000, speedKmh, courseDeg: part.u16() })
  report.altitudeM = part.u24() / 10
  report.satellites = part.u8()
}
