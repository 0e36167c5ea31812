// Jointech padlocks JT701, JT701D and kin (also sold as HB-1AL), and the older JT600 trackers. Two frames on one connection: binary from `$` with BCD
// fields, and text from `(` to `)`; lock events come as text (P45). Sources: The Protocol of JT701 Product V2.0 and V3.6, JT701D Protocol Manual V1.4
// (fields, bits, answers), and for the JT600's short binary and U/W texts the published behaviour of open servers. Times are UTC.
import { bytesOfText, Cursor, hexOf, textOf } from './bytes.ts'
import { type FrameRule, find } from './framing.ts'
import { jointechCommand, readJointechDownlink } from './jt600-commands.ts'
import { encodeLockEvent, encodePosition, LOGIN, TELLS } from './jt600-device.ts'
import { decodeText } from './jt600-text.ts'
import { jointechPlace, readStatusWord } from './jt600-words.ts'
import type { DecodedFrame, FrameContext, FrameRefusal, SealProtocol } from './protocol.ts'
import { type JsonObject, newReport, type SealReport } from './report.ts'
import { isoOf } from './times.ts'

const [DOLLAR, OPEN, CLOSE] = [0x24, 0x28, 0x29]
const MAX_FRAME = 4096
const ID_BYTES = 5
const SHORT_HEADER = 9
const LONG_HEADER = 10
const PLACE_BYTES = 17
const SHORT_RECORD = 27
/** A long record without, with the fence, and with all of the JT701's later fields. */
const LONG_RECORDS = [51, 38, 34]
/** JT701D: every frame is answered with its own serial number. */
const VERSION_JT701D = 0x19
const CHARGING = 0xff
const NO_SIGNAL = 99

/** Only decimal digits: what else begins with `$` is noise. */
function isId(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if ((bytes[at]! & 15) > 9 || bytes[at]! > 0x99) return false
  return true
}

/** The length's high byte is always zero in the long format; in the short one its low byte stands there, which never is. */
const isLong = (bytes: Uint8Array, from: number): boolean => bytes[from + 8] === 0

const frames: FrameRule = (bytes, from, to) => {
  const first = bytes[from]
  if (first === DOLLAR) {
    if (!isId(bytes, from + 1, Math.min(to, from + 1 + ID_BYTES))) return -1
    if (to - from < LONG_HEADER) return 0
    const at = from + (isLong(bytes, from) ? 8 : 7)
    // The short format does not count its serial number, the long one does: both come out as ten more than the length.
    const length = ((bytes[at]! << 8) | bytes[at + 1]!) + LONG_HEADER
    if (length > MAX_FRAME) return -1
    return length <= to - from ? length : 0
  }
  if (first === OPEN) {
    const end = find(bytes, CLOSE, from, to)
    const again = find(bytes, OPEN, from + 1, end < 0 ? to : end)
    if (again >= 0) return -(again - from)
    return end < 0 ? 0 : end + 1 - from
  }
  let at = from + 1
  while (at < to && bytes[at] !== DOLLAR && bytes[at] !== OPEN) at++
  return -(at - from)
}

function decode(frame: Uint8Array, context: FrameContext): DecodedFrame | FrameRefusal {
  if (frame[0] === OPEN) return frame.at(-1) === CLOSE ? decodeText(unescaped(frame), context) : 'malformed'
  if (frame[0] !== DOLLAR) return 'unknown-frame'
  if (frame.length < LONG_HEADER || !isId(frame, 1, 1 + ID_BYTES)) return 'malformed'
  return isLong(frame, 0) ? decodeLong(frame) : decodeShort(frame)
}

function decodeLong(frame: Uint8Array): DecodedFrame | FrameRefusal {
  const protocolVersion = frame[6]!
  const type = frame[7]!
  const length = (frame[8]! << 8) | frame[9]!
  const end = frame.length - 1
  const size = LONG_RECORDS.find(bytes => (length - 1) % bytes === 0 && length > 1) ?? length - 1
  const dataType = DATA_TYPES[type & 15]
  const head = {
    format: 'long',
    terminalId: hexOf(frame, 1, 1 + ID_BYTES),
    protocolVersion,
    deviceType: type >> 4,
    dataType: dataType ?? type & 15,
    length,
    lengthMatches: length === frame.length - LONG_HEADER,
  }
  const reports: SealReport[] = []
  let isAckRequired = false
  for (let at = LONG_HEADER; end - at >= LONG_RECORDS.at(-1)!; at += size) {
    const report = readLong(new Cursor(frame, at, Math.min(end, at + size)), head)
    if (dataType === 'blind-area') report.buffered = true
    isAckRequired ||= report.more.ackRequired === true
    reports.push(report)
    if (size < LONG_RECORDS.at(-1)!) break
  }
  if (reports.length === 0) return 'malformed'
  const serial = frame[end]!
  for (const report of reports) report.more.serial = serial
  if (!isAckRequired) return { reports }
  return { reports, answer: bytesOfText(protocolVersion < VERSION_JT701D ? '(P35)' : `(P69,0,${serial})`) }
}

const DATA_TYPES: Readonly<Record<number, string>> = { 1: 'real-time', 2: 'alarm', 3: 'blind-area', 4: 'sub-new' }

/** What woke the device (JT701D manual, extended device status). */
const WAKE_SOURCES = [
  'restart',
  'timer',
  'vibration',
  'back-cover',
  'rope',
  'charging',
  'card',
  'lora',
  'sms-known',
  'sms-unknown',
  'bluetooth',
] as const

function readLong(cursor: Cursor, head: JsonObject): SealReport {
  const report = newReport('report')
  const place = jointechPlace(cursor, 'binary')
  const odometerKm = cursor.u32()
  const satellites = cursor.u8()
  const boundVehicle = cursor.u32()
  const word = cursor.u16()
  const battery = cursor.u8()
  let cell = cursor.u16()
  const area = cursor.u16()
  const signal = cursor.u8()
  const status = readStatusWord(report, word)
  Object.assign(report, place, { deviceId: String(head.terminalId), satellites, odometerM: odometerKm * 1000 })
  if (battery === CHARGING) report.status.charging = true
  else report.batteryPercent = battery
  Object.assign(report.more, head, boundVehicle > 0 ? { boundVehicle } : {}, { ackRequired: status.includes('ackRequired') })
  if (signal !== NO_SIGNAL) report.more.gsmSignal = signal
  report.more.record = recordOf(report, status, word, odometerKm, satellites, battery)
  if (cursor.left >= 1) report.more.areaId = cursor.u8()
  if (cursor.left >= 16) cell += readLater(cursor, report, area, cell)
  else if (cell !== 0 || area !== 0) report.more.cells = [{ lac: area, cid: cell }]
  if (cursor.left > 0) report.more.unreadHex = cursor.hex(cursor.left)
  return report
}

/** The fields of protocol versions 0x17 and 0x19 behind the fence; returns what the cell's high half adds. */
function readLater(cursor: Cursor, report: SealReport, lac: number, cellLow: number): number {
  const wake = cursor.u8()
  const mncHigh = cursor.u8()
  const state = cursor.u8()
  const imei = cursor.hex(8)
  const cellHigh = cursor.u16() * 0x10000
  const mcc = cursor.u16()
  const mncLow = cursor.u8()
  report.more.wakeSource = WAKE_SOURCES[wake & 15] ?? wake & 15
  if (state !== 0x0f) report.more.extendedStatus = state
  if (/^\d{15}f?$/.test(imei)) report.more.imei = imei.slice(0, 15)
  const mnc = mncHigh === 0x0f ? mncLow : mncHigh * 256 + mncLow
  if (mcc !== 0) report.more.cells = [{ mcc, mnc, lac, cid: cellHigh + cellLow }]
  return cellHigh
}

/** The record under the makers' words. */
function recordOf(
  report: SealReport,
  status: readonly string[],
  word: number,
  odometerKm: number,
  satellites: number,
  battery: number,
): JsonObject {
  return {
    ...placeNames(report),
    courseDeg: report.courseDeg,
    odometerKm,
    satellites,
    statusWord: `0x${word.toString(16).padStart(4, '0')}`,
    status,
    ...(battery === CHARGING ? { charging: true } : { batteryPercent: battery }),
  }
}

const placeNames = ({ sentAtMs, fixValid, lat, lon }: SealReport): JsonObject => ({
  time: sentAtMs === undefined ? undefined : isoOf(sentAtMs),
  valid: fixValid,
  latitude: lat,
  longitude: lon,
})

function decodeShort(frame: Uint8Array): DecodedFrame | FrameRefusal {
  const terminalId = hexOf(frame, 1, 1 + ID_BYTES)
  const version = frame[6]! >> 4
  const end = frame.length - 1
  const reports: SealReport[] = []
  for (let at = SHORT_HEADER; end - at >= PLACE_BYTES; at += SHORT_RECORD) {
    const cursor = new Cursor(frame, at, Math.min(end, at + SHORT_RECORD))
    const report = newReport('report')
    Object.assign(report, jointechPlace(cursor, 'bcd'), { deviceId: terminalId })
    Object.assign(report.more, { format: 'short', terminalId, recordVersion: version, serial: frame[end]! })
    if (cursor.left === SHORT_RECORD - PLACE_BYTES) READ_SHORT[version]?.(cursor, report)
    if (cursor.left > 0) report.more.unreadHex = cursor.hex(cursor.left)
    reports.push(report)
  }
  return reports.length === 0 ? 'malformed' : { reports }
}

const READ_SHORT: Readonly<Record<number, (cursor: Cursor, report: SealReport) => void>> = {
  1(cursor, report) {
    report.satellites = cursor.u8()
    report.more.power = cursor.u8()
    report.more.flags = cursor.u8()
    report.altitudeM = cursor.u16()
    const [cid, lac, signal] = [cursor.u16(), cursor.u16(), cursor.u8()]
    report.more.gsmSignal = signal
    if (cid !== 0 && lac !== 0) report.more.cells = [{ lac, cid }]
  },
  2(cursor, report) {
    const fuelHigh = cursor.u8()
    readTrackerState(report, cursor.u8(), cursor.u8(), cursor.u8())
    report.more.reservedState = cursor.u8()
    report.odometerM = cursor.u32() * 1000
    report.more.fuel = fuelHigh * 256 + cursor.u8()
  },
  3(cursor, report) {
    const [a, b] = [cursor.u24(), cursor.u32()]
    const word = cursor.u24()
    report.more.fuelLevels = [a >> 12, a & 0xfff, Math.floor(b / 0x100000)]
    report.odometerM = (b % 0x100000) * 1000
    report.status.ignition = (word & 1) === 1
    report.status.word = word
  },
}

function readTrackerState(report: SealReport, first: number, second: number, third: number): void {
  Object.assign(report.status, {
    ignition: (first & 1) === 1,
    doorOpen: (first & 0x40) !== 0,
    charging: (second & 1) === 1,
    blocked: (second & 2) !== 0,
    bytes: [first, second, third],
  })
  if (second & 4) report.events.push('sos')
  if (second & 0x18) report.events.push('gps-antenna-fault')
  if (second & 0x10) report.events.push('overspeed')
  if (third & 4) report.events.push('fatigue')
  if (third & 8) report.events.push('towed')
}

const ESCAPED: Readonly<Record<number, number>> = { 21: 0x28, 20: 0x29, 17: 0x2c, 0: 0x3d }

/** Four letters may stand in binary content only escaped: `=` and a byte. What is no escape stays as it is. */
function unescaped(frame: Uint8Array): Uint8Array {
  if (!frame.includes(0x3d)) return frame
  const bytes: number[] = []
  for (let at = 0; at < frame.length; at++) {
    const code = frame[at] === 0x3d ? ESCAPED[frame[at + 1] ?? -1] : undefined
    bytes.push(code ?? frame[at]!)
    if (code !== undefined) at++
  }
  return Uint8Array.from(bytes)
}

export const jt600: SealProtocol = {
  name: 'jt600',
  devices: 'Jointech JT701, JT701D, JT702, JT709 sub-locks, JT600; Huabao HB-1AL',
  frames,
  maxFrameBytes: MAX_FRAME,
  decode,
  command: jointechCommand,
  device: {
    tells: TELLS,
    login: LOGIN,
    encode: message => encodeLockEvent(message) ?? encodePosition(message),
    frames,
    read: frame => readJointechDownlink(textOf(frame)),
  },
}
