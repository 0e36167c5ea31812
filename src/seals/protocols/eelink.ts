// Eelink trackers (TK, GPT, K series): 0x67 0x67, type, length, serial, content. By TCP only the login says who speaks; by UDP `EL`, length, checksum and the
// identifier stand before one or more such packages. Everything but the plain place (0x02) and data (0x81) is answered with its own type and serial.
// Source: the published behaviour of open servers and their test frames. Seconds since 1970, UTC; degrees in 1,800,000ths.
import { ByteWriter, bit, Cursor, hexOf } from './bytes.ts'
import type { SealEvent } from './events.ts'
import { numberIn } from './fields.ts'
import { type FrameRule, skipTo } from './framing.ts'
import type { DecodedFrame, DeviceMessage, Downlink, FrameContext, FrameRefusal, SealProtocol } from './protocol.ts'
import { type JsonObject, newReport, putIn, type SealReport, tell } from './report.ts'
import { digitsMs } from './times.ts'

const MAX_FRAME = 2048
const [HEAD, E, L] = [0x67, 0x45, 0x4c]
const HEAD_BYTES = 5
const UDP_HEAD_BYTES = 6
const PER_DEGREE = 1_800_000
const MIN_CONTENT = 2

const [LOGIN, GPS, HEARTBEAT, ALARM, STATE, SMS, OBD, DOWNLINK, DATA] = [0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x80, 0x81]
const [NORMAL, WARNING, REPORT, OBD_CODE] = [0x12, 0x14, 0x15, 0x19]

const EVENTS: Readonly<Record<number, SealEvent>> = {
  1: 'power-off',
  2: 'sos',
  3: 'low-battery',
  4: 'vibration',
  8: 'gps-antenna-fault',
  9: 'gps-antenna-fault',
  37: 'removed',
  129: 'low-speed',
  130: 'overspeed',
  131: 'entered-area',
  132: 'left-area',
  133: 'accident',
  134: 'dropped',
}

const frames: FrameRule = (bytes, from, to) => {
  const first = bytes[from]
  if (first !== HEAD && first !== E) return -nextHead(bytes, from, to)
  if (to - from < HEAD_BYTES) return from + 1 < to && bytes[from + 1] !== (first === HEAD ? HEAD : L) ? -1 : 0
  if (bytes[from + 1] !== (first === HEAD ? HEAD : L)) return -1
  const at = first === HEAD ? from + 3 : from + 2
  const length = ((bytes[at]! << 8) | bytes[at + 1]!) + (first === HEAD ? HEAD_BYTES : 4)
  if (length > MAX_FRAME || length < HEAD_BYTES + MIN_CONTENT) return -1
  return length <= to - from ? length : 0
}

const nextHead = (bytes: Uint8Array, from: number, to: number): number =>
  Math.min(skipTo(bytes, HEAD, from, to), skipTo(bytes, E, from, to))

function decode(frame: Uint8Array, context: FrameContext): DecodedFrame | FrameRefusal {
  const isUdp = frame[0] === E && frame[1] === L
  if (!isUdp && (frame[0] !== HEAD || frame[1] !== HEAD)) return 'unknown-frame'
  const cursor = new Cursor(frame, isUdp ? UDP_HEAD_BYTES + 8 : 0)
  const imei = isUdp ? hexOf(frame, UDP_HEAD_BYTES, UDP_HEAD_BYTES + 8).slice(1) : undefined
  const checksumValid = isUdp ? isWhole(frame) : undefined
  const reports: SealReport[] = []
  const answers: Uint8Array[] = []
  while (cursor.left >= HEAD_BYTES + MIN_CONTENT && cursor.bytes[cursor.at] === HEAD && cursor.bytes[cursor.at + 1] === HEAD) {
    cursor.skip(2)
    const type = cursor.u8()
    const length = cursor.u16()
    if (length < MIN_CONTENT || length > cursor.left) break
    const content = cursor.part(length)
    const serial = content.u16()
    const report = readPackage(type, content)
    const deviceId = imei ?? report.deviceId ?? context.deviceId
    if (deviceId !== undefined) report.deviceId = deviceId
    if (checksumValid !== undefined) report.checksumValid = checksumValid
    Object.assign(report.more, { type: `0x${type.toString(16).padStart(2, '0')}`, serial })
    if (content.left > 0) report.more.unreadHex = content.hex(content.left)
    reports.push(report)
    if (type !== GPS && type !== DATA)
      answers.push(packageOf(type, serial, type === LOGIN ? loginAnswer(context.nowMs) : new Uint8Array(0)))
  }
  if (reports.length === 0) return 'malformed'
  if (answers.length === 0 || checksumValid === false) return { reports }
  const answer = new ByteWriter()
  for (const one of answers) answer.raw(one)
  return { reports, answer: imei === undefined ? answer.done() : udp(imei, answer.done()) }
}

/** The length is not under the checksum, so it is looked at too. */
function isWhole(frame: Uint8Array): boolean {
  const word = (at: number): number => (frame[at]! << 8) | frame[at + 1]!
  return word(2) + 4 === frame.length && word(4) === checksumOf(frame, UDP_HEAD_BYTES)
}

/** Sum with a rotation by one bit, over all behind it. */
function checksumOf(bytes: Uint8Array, from: number): number {
  let sum = 0
  for (let at = from; at < bytes.length; at++) sum = (((sum << 1) | (sum >> 15)) + bytes[at]!) & 0xffff
  return sum
}

const packageOf = (type: number, serial: number, content: Uint8Array): Uint8Array =>
  new ByteWriter()
    .u8(HEAD)
    .u8(HEAD)
    .u8(type)
    .u16(2 + content.length)
    .u16(serial)
    .raw(content)
    .done()

/** Our time, version 1, nothing to do. */
const loginAnswer = (nowMs: number): Uint8Array =>
  new ByteWriter()
    .u32(Math.floor(nowMs / 1000))
    .u16(1)
    .u8(0)
    .done()

function udp(imei: string, packages: Uint8Array): Uint8Array {
  const rest = new ByteWriter().hex(`0${imei}`).raw(packages).done()
  return new ByteWriter()
    .text('EL')
    .u16(2 + rest.length)
    .u16(checksumOf(rest, 0))
    .raw(rest)
    .done()
}

function readPackage(type: number, content: Cursor): SealReport {
  if (type === LOGIN) return readLogin(content)
  if (type === GPS || type === ALARM || type === STATE || type === SMS) return readOld(type, content)
  if (type >= NORMAL && type <= OBD_CODE) return readNew(type, content)
  if (type === OBD && content.left > 4) return readObd(content)
  if (type === DOWNLINK) return readResult(content)
  const report = newReport(type === HEARTBEAT ? 'heartbeat' : 'other')
  if ((type === HEARTBEAT || type === OBD) && content.left >= 2) readOldStatus(content.u16(), report)
  return report
}

function readLogin(content: Cursor): SealReport {
  const report = newReport('login')
  if (content.left >= 8) report.deviceId = content.hex(8).slice(1)
  if (content.left >= 2) Object.assign(report.more, { language: content.u8(), timezone: content.u8() })
  return report
}

const wordText = (word: number): string => `0x${word.toString(16).padStart(4, '0')}`

/** Pairs of bits: whether it is told, and what. */
function readOldStatus(word: number, report: SealReport): void {
  readCommonStatus(word, report)
  if (bit(word, 5)) report.status.blocked = !bit(word, 6)
}

function readCommonStatus(word: number, { status }: SealReport): void {
  if (bit(word, 1)) status.ignition = bit(word, 2)
  if (bit(word, 3)) status.armed = bit(word, 4)
  if (bit(word, 7)) status.charging = bit(word, 8)
  status.word = wordText(word)
}

const OLD_BYTES = 4 + 4 + 4 + 1 + 2 + 9 + 1

function readOld(type: number, content: Cursor): SealReport {
  const report = newReport('report')
  if (content.left < OLD_BYTES) return report
  report.sentAtMs = content.u32() * 1000
  const [lat, lon, speedKmh, courseDeg] = [degrees(content), degrees(content), content.u8(), content.u16()]
  report.more.cells = [{ mcc: content.u16(), mnc: content.u16(), lac: content.u16(), cid: content.u24() }]
  Object.assign(report, { lat, lon, speedKmh, courseDeg, fixValid: (content.u8() & 1) === 1 })
  if (type === GPS) readOldTail(content, report)
  if (type === ALARM && content.left >= 1) readAlarm(content, report)
  if (type === STATE && content.left >= 1) {
    const event = content.u8()
    report.more.event = event
    if (event >= 1 && event <= 3 && content.left >= 4) {
      report.more.deviceTimeS = content.u32()
      if (content.left >= 2) readOldStatus(content.u16(), report)
    }
  }
  return report
}

const degrees = (content: Cursor): number => Math.round((content.i32() / PER_DEGREE) * 1e7) / 1e7

function readOldTail(content: Cursor, report: SealReport): void {
  if (content.left >= 2) readOldStatus(content.u16(), report)
  if (content.left < 8) return
  report.batteryV = content.u16() / 1000
  report.more.gsmSignal = content.u16()
  putIn(report, 'adc', 1, content.u16())
  putIn(report, 'adc', 2, content.u16())
}

function readAlarm(content: Cursor, report: SealReport): void {
  const alarm = content.u8()
  report.more.alarm = alarm
  tell(report, EVENTS[alarm])
}

function readNew(type: number, content: Cursor): SealReport {
  const report = newReport('report')
  if (content.left < 5) return report
  report.sentAtMs = content.u32() * 1000
  const flags = content.u8()
  if (bit(flags, 0)) {
    const [lat, lon, altitudeM, speedKmh] = [degrees(content), degrees(content), content.i16(), content.u16()]
    Object.assign(report, { lat, lon, altitudeM, speedKmh, courseDeg: content.u16(), satellites: content.u8() })
  }
  readRadio(flags, content, report)
  if (type === WARNING && content.left >= 1) readAlarm(content, report)
  if (type === REPORT && content.left >= 1) report.more.reportType = content.u8()
  if ((type === NORMAL || type === WARNING || type === REPORT) && content.left >= 2) readNewStatus(content.u16(), report)
  if (type === NORMAL) readSensors(content, report)
  return report
}

function readRadio(flags: number, content: Cursor, { more }: SealReport): void {
  const cells: JsonObject[] = []
  let [mcc, mnc] = [0, 0]
  if (bit(flags, 1)) [mcc, mnc] = [content.u16(), content.u16()]
  for (const at of [1, 2, 3]) if (bit(flags, at)) cells.push({ mcc, mnc, lac: content.u16(), cid: content.u32(), rssi: content.u8() })
  const wifi = [4, 5, 6].filter(at => bit(flags, at)).map(() => ({ mac: content.hex(6), rssiDbm: content.i8() }))
  if (bit(flags, 7)) cells.push(...readNeighbours(content))
  if (cells.length > 0) more.cells = cells
  if (wifi.length > 0) more.wifi = wifi
}

/** LTE: the serving cell, then physical cells with their channel. */
function readNeighbours(content: Cursor): JsonObject[] {
  content.skip(1)
  const count = content.u8()
  if (count === 0) return []
  const [mcc, mnc, lac, tac] = [content.u16(), content.u16(), content.u16(), content.u16()]
  const cid = content.u32()
  content.skip(2)
  const cells: JsonObject[] = []
  while (cells.length < count && content.left >= 5)
    cells.push({ mcc, mnc, lac, tac, servingCid: cid, physicalCid: content.u16(), channel: content.u16(), rssi: content.u8() })
  return cells
}

function readNewStatus(word: number, report: SealReport): void {
  report.fixValid = bit(word, 0)
  readCommonStatus(word, report)
  if (bit(word, 3)) report.status.moving = bit(word, 9)
  if (bit(word, 5)) report.status.blocked = bit(word, 6)
  report.status.gpsOn = bit(word, 10)
}

/** What newer firmware adds, as far as it is sent. */
function readSensors(content: Cursor, report: SealReport): void {
  if (content.left >= 2) report.batteryV = content.u16() / 1000
  if (content.left >= 4) {
    putIn(report, 'adc', 0, content.u16())
    putIn(report, 'adc', 1, content.u16())
  }
  if (content.left >= 4) report.odometerM = content.u32()
  if (content.left >= 4) Object.assign(report.more, { gsmCount: content.u16(), gpsCount: content.u16() })
  if (content.left >= 4) Object.assign(report.more, { steps: content.u16(), walkingMin: content.u16() })
  if (content.left >= 12) {
    putIn(report, 'temperaturesC', 1, content.i16() / 256)
    Object.assign(report.more, { humidityPercent: content.u16() / 10, illuminance: content.u32() / 256, co2: content.u32() })
  }
  if (content.left >= 2) putIn(report, 'temperaturesC', 2, content.i16() / 16)
  if (content.left >= 2) readTags(content, report)
}

function readTags(content: Cursor, report: SealReport): void {
  const count = content.u8()
  content.skip(1)
  const tags: JsonObject[] = []
  while (tags.length < count && content.left >= 16) {
    const tag: JsonObject = { id: content.hex(6), rssi: content.i8(), reserved: content.u8(), model: content.u8(), version: content.u8() }
    tags.push({ ...tag, batteryV: content.u16() / 1000, temperatureC: content.i16() / 256, data: content.u16() })
  }
  if (tags.length > 0) report.more.tags = tags
}

const OBD_VALUES: Readonly<Record<number, readonly [string, number]>> = {
  137: ['fuelConsumption', 1],
  138: ['odometerM', 0.001],
  139: ['fuel', 10],
}

function readObd(content: Cursor): SealReport {
  const report = newReport('report')
  report.sentAtMs = content.u32() * 1000
  while (content.left >= 5) {
    const id = content.u8()
    const [name, divisor] = OBD_VALUES[id] ?? [`0x${id.toString(16)}`, 1]
    putIn(report, 'obd', name, content.i32() / divisor)
  }
  return report
}

const PLACE_TEXT =
  /Lat:([NS])([\d.]+).*Lon:([EW])([\d.]+).*Course:([\d.]+).*Speed:([\d.]+).*Date ?Time:(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)/s

/** Answer to a command, as text; a place where it was asked for one. */
function readResult(content: Cursor): SealReport {
  const report = newReport('answer')
  if (content.left < 5) return report
  Object.assign(report.more, { resultType: content.u8(), serverId: content.u32() })
  const text = content.text(content.left)
  report.more.text = text
  const [, ns, lat, ew, lon, course, speed, ...time] = PLACE_TEXT.exec(text) ?? []
  const sentAtMs = digitsMs(time.join(''))
  if (ns === undefined || sentAtMs === undefined) return report
  const place = { lat: Number(lat) * (ns === 'S' ? -1 : 1), lon: Number(lon) * (ew === 'W' ? -1 : 1), fixValid: true }
  return Object.assign(report, { sentAtMs, ...place, courseDeg: numberIn(course) ?? 0, speedKmh: numberIn(speed) ?? 0 })
}

const CODE_OF: ReadonlyMap<SealEvent | undefined, number> = new Map(
  Object.entries(EVENTS)
    .reverse()
    .map(([code, event]) => [event, Number(code)]),
)

/** By UDP, since only there each frame says who speaks. */
function encode(message: DeviceMessage): Uint8Array {
  const alarm = CODE_OF.get(message.event)
  const content = new ByteWriter()
    .u32(Math.floor(message.sentAtMs / 1000))
    .u8(1)
    .u32(Math.round(message.lat * PER_DEGREE) >>> 0)
    .u32(Math.round(message.lon * PER_DEGREE) >>> 0)
    .u16(0)
    .u16(Math.round(message.speedKmh))
    .u16(Math.round(message.courseDeg))
    .u8(message.fixValid ? 9 : 0)
  if (alarm !== undefined) content.u8(alarm)
  content.u16(message.fixValid ? 1 : 0)
  if (alarm === undefined) content.u16(3000 + message.batteryPercent * 12)
  return udp(message.deviceId, packageOf(alarm === undefined ? NORMAL : WARNING, message.serial & 0xffff, content.done()))
}

function read(frame: Uint8Array): Downlink {
  const at = frame[0] === E ? UDP_HEAD_BYTES + 8 : 0
  const cursor = new Cursor(frame, at)
  if (cursor.left < HEAD_BYTES + MIN_CONTENT) return { kind: 'other' }
  cursor.skip(2)
  if (cursor.u8() === DOWNLINK) return { kind: 'other' }
  cursor.skip(2)
  return { kind: 'acknowledged', serial: cursor.u16() }
}

export const eelink: SealProtocol = {
  name: 'eelink',
  devices: 'Eelink TK, GPT and K series',
  frames,
  maxFrameBytes: MAX_FRAME,
  decode,
  command: () => ({ refused: 'no-commands' }),
  device: {
    tells: [...new Set(Object.values(EVENTS))],
    login: deviceId => packageOf(LOGIN, 1, new ByteWriter().hex(`0${deviceId}`).u8(1).u8(4).done()),
    encode,
    frames,
    read,
  },
}
