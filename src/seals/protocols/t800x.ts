// Topflytech trackers (T8800, TLW, TLP series, and the solar TLP with removal switch): two bytes of mark (0x2323, 0x2525, 0x2626, 0x2727), type, length of the whole,
// serial, IMEI in eight bytes. What is no place is answered at once; alarms with their code. Source: Topflytech protocols as open servers read them. UTC.
import { ByteWriter, Cursor, hexOf } from './bytes.ts'
import type { SealEvent } from './events.ts'
import type { FrameRule } from './framing.ts'
import type { DecodedFrame, DeviceMessage, Downlink, FrameRefusal, SealProtocol } from './protocol.ts'
import { newReport, type SealReport } from './report.ts'
import { SOLAR_EVENTS } from './t800x-events.ts'
import { readBehaviour, readBluetooth, readNetwork, readText, readTurn } from './t800x-other.ts'
import { readSolarPlace, readVehiclePlace } from './t800x-place.ts'
import { digitsOf } from './times.ts'

const MAX_FRAME = 4096
const HEAD_BYTES = 15
const IMEI_AT = 7
const [CAMERA_MARK, PLAIN_MARK, OBD_MARK, SOLAR_MARK] = [0x2525, 0x2323, 0x2626, 0x2727]
const MARKS: readonly number[] = [PLAIN_MARK, CAMERA_MARK, OBD_MARK, SOLAR_MARK]
const [LOGIN, GPS, HEARTBEAT, ALARM, TYPE_5, TYPE_6, BLUETOOTH, NETWORK, GPS_2, ALARM_2, COMMAND] = [
  0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x10, 0x11, 0x13, 0x14, 0x81,
]

const frames: FrameRule = (bytes, from, to) => {
  const first = bytes[from]!
  if (!MARKS.includes(first * 0x101)) {
    let at = from + 1
    while (at < to && !MARKS.includes(bytes[at]! * 0x101)) at++
    return -(at - from)
  }
  // A third byte of the mark is the end of a frame that was cut, and an IMEI begins with a zero and has digits only.
  if ((from + 1 < to && bytes[from + 1] !== first) || (from + 2 < to && bytes[from + 2] === first)) return -1
  if (to - from < HEAD_BYTES) return 0
  if (!/^0\d{15}$/.test(hexOf(bytes, from + IMEI_AT, from + HEAD_BYTES))) return -1
  const length = (bytes[from + 3]! << 8) | bytes[from + 4]!
  if (length < HEAD_BYTES || length > MAX_FRAME) return -1
  return length <= to - from ? length : 0
}

/** Frames may stand glued: each is read, and the answers are joined. */
function decode(frame: Uint8Array): DecodedFrame | FrameRefusal {
  const reports: SealReport[] = []
  const answers = new ByteWriter()
  for (let at = 0; frame.length - at >= HEAD_BYTES && MARKS.includes((frame[at]! << 8) | frame[at + 1]!); ) {
    const one = decodeOne(frame.subarray(at))
    reports.push(...one.reports)
    answers.raw(one.answer ?? [])
    at += one.length
  }
  if (reports.length === 0) return MARKS.includes((frame[0]! << 8) | frame[1]!) ? 'malformed' : 'unknown-frame'
  return answers.length === 0 ? { reports } : { reports, answer: answers.done() }
}

function decodeOne(frame: Uint8Array): DecodedFrame & { readonly length: number } {
  const cursor = new Cursor(frame)
  const [mark, type] = [cursor.u16(), cursor.u8()]
  const length = Math.max(HEAD_BYTES, Math.min(cursor.u16(), frame.length))
  const serial = cursor.u16()
  const imei = cursor.hex(8)
  const body = new Cursor(frame, cursor.at, length)
  const reports = readBody(mark, type, body)
  const last = reports.at(-1)
  if (last !== undefined && body.left > 0) last.more.unreadHex = body.hex(body.left)
  for (const report of reports) {
    report.deviceId = imei.slice(1)
    Object.assign(report.more, { mark: `0x${mark.toString(16)}`, type: `0x${type.toString(16).padStart(2, '0')}`, serial })
  }
  const answer = answerTo(mark, type, serial, imei, last)
  return answer === undefined ? { reports, length } : { reports, answer, length }
}

const isPlace = (type: number): boolean => type === GPS || type === GPS_2 || type === ALARM || type === ALARM_2

function readBody(mark: number, type: number, body: Cursor): SealReport[] {
  if (isPlace(type)) {
    const isSecond = type === GPS_2 || type === ALARM_2
    return [mark === SOLAR_MARK ? readSolarPlace(body) : readVehiclePlace(body, mark, isSecond)]
  }
  if ((type === TYPE_5 && mark === SOLAR_MARK) || type === NETWORK) return [readNetwork(body)]
  if (type === TYPE_5 && mark === OBD_MARK) return readBehaviour(body)
  if (type === TYPE_6 && mark === OBD_MARK) return [readTurn(body)]
  if (type === BLUETOOTH) return [readBluetooth(body)]
  if (type === COMMAND) return [readText(body)]
  const report = newReport(type === LOGIN ? 'login' : type === HEARTBEAT ? 'heartbeat' : 'other')
  if (body.left > 0) report.more.bodyHex = body.hex(body.left)
  return [report]
}

/** Type and identifier again, the serial (1 for the oldest devices), and an alarm's code. Places are not answered, unless they are alarms. */
function answerTo(mark: number, type: number, serial: number, imei: string, report: SealReport | undefined): Uint8Array | undefined {
  if (type === GPS || type === GPS_2) return undefined
  const code = type === ALARM || type === ALARM_2 ? Number(report?.more.alarmCode ?? 0) : 0
  const answer = new ByteWriter()
    .u16(mark)
    .u8(type)
    .u16(HEAD_BYTES + (code > 0 ? 1 : 0))
  answer.u16(mark === PLAIN_MARK ? 1 : serial).hex(imei)
  return (code > 0 ? answer.u8(code) : answer).done()
}

const codesOf = (events: Readonly<Record<number, SealEvent>>): ReadonlyMap<SealEvent | undefined, number> =>
  new Map(
    Object.entries(events)
      .reverse()
      .map(([code, event]) => [event, Number(code)]),
  )
const SOLAR_CODES = codesOf(SOLAR_EVENTS)
const FIX = 0x40

/** A solar tracker with a removal switch. */
function encode(message: DeviceMessage): Uint8Array {
  const code = SOLAR_CODES.get(message.event) ?? 0
  const body = new ByteWriter()
    .u8(message.fixValid ? FIX | 9 : 9)
    .u8(code)
    .hex(digitsOf(message.sentAtMs))
  if (message.fixValid)
    body
      .f32le(0)
      .f32le(message.lon)
      .f32le(message.lat)
      .bcd(Math.round(message.speedKmh * 10), 2)
      .u16(Math.round(message.courseDeg))
  else body.hex('ffffffff').hex('000000000000000000000000')
  body
    .hex('0000000000')
    .bcd(message.batteryPercent % 100, 1)
    .hex('19000000')
    .u32(0)
    .u16(0)
    .hex('003c000003841e001e')
  const head = new ByteWriter().u16(SOLAR_MARK).u8(code > 0 ? ALARM : GPS)
  return head
    .u16(HEAD_BYTES + body.length)
    .u16(message.serial & 0xffff)
    .hex(`0${message.deviceId}`)
    .raw(body.done())
    .done()
}

function read(frame: Uint8Array): Downlink {
  const cursor = new Cursor(frame)
  cursor.skip(2)
  const type = cursor.u8()
  cursor.skip(2)
  return type === COMMAND ? { kind: 'other' } : { kind: 'acknowledged', serial: cursor.u16() }
}

export const t800x: SealProtocol = {
  name: 't800x',
  devices: 'Topflytech T8800, TLW and TLP series',
  frames,
  maxFrameBytes: MAX_FRAME,
  decode,
  command: () => ({ refused: 'no-commands' }),
  device: {
    tells: [...new Set(Object.values(SOLAR_EVENTS))],
    login: deviceId => new ByteWriter().u16(SOLAR_MARK).u8(LOGIN).u16(HEAD_BYTES).u16(1).hex(`0${deviceId}`).done(),
    encode,
    frames,
    read,
  },
}
