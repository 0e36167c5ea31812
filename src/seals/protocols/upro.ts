// UPRO trackers and logistics locks (HQ, VK, MG, AI heads): `*HQ20`, whether an answer is wanted, the identifier, `,` and a type of two letters, then fields `&X…`
// by letter, `#`. Field `l` is the lock. Answered with the same head, `Y` and the type. Digits above 9 are the letters behind it (`:` is 10).
// Source: the published behaviour of open servers and their test frames. UTC.
import { bytesOfText, hexOf, textOf } from './bytes.ts'
import type { SealEvent } from './events.ts'
import { defined, hexNumberIn, numberIn } from './fields.ts'
import { type FrameRule, find } from './framing.ts'
import type { DecodedFrame, DeviceMessage, Downlink, FrameRefusal, SealProtocol } from './protocol.ts'
import { type JsonObject, newReport, putIn, type SealReport, tell } from './report.ts'
import { digitsMs, digitsOf } from './times.ts'
import { readCells, readExtended } from './upro-radio.ts'

const MAX_FRAME = 2048
const [STAR, HASH] = [0x2a, 0x23]
const KMH_PER_KNOT = 1.852

const isBegin = (bytes: Uint8Array, at: number): boolean => bytes[at] === STAR && bytes[at + 3] === 0x32 && bytes[at + 4] === 0x30

/** `*..20` begins, `#` ends; a text in between may hold stars. */
const frames: FrameRule = (bytes, from, to) => {
  if (bytes[from] !== STAR || (from + 4 < to && !isBegin(bytes, from))) {
    const next = find(bytes, STAR, from + 1, to)
    return -((next < 0 ? to : next) - from)
  }
  const end = find(bytes, HASH, from, to)
  for (let at = find(bytes, STAR, from + 1, end < 0 ? to : end); at >= 0; at = find(bytes, STAR, at + 1, end < 0 ? to : end))
    if (at + 4 < to && isBegin(bytes, at)) return -(at - from)
  return end < 0 ? 0 : end + 1 - from
}

function decode(frame: Uint8Array): DecodedFrame | FrameRefusal {
  if (frame[0] !== STAR) return 'unknown-frame'
  const text = textOf(frame)
  const [whole = '', head = '', wantsAnswer, deviceId = '', type = ''] =
    /^\*(..20)([01])(\d+),([A-Za-z][A-Za-z])[0-9A-Za-z]*/.exec(text) ?? []
  if (whole === '') return 'malformed'
  const report = newReport('report')
  report.deviceId = deviceId
  Object.assign(report.more, { head, type })
  if (type === 'GY') readTransparent(frame, whole.length, report)
  else readFields(text.slice(whole.length).replace(/#\s*$/, ''), head, report)
  if (wantsAnswer !== '1') return { reports: [report] }
  return { reports: [report], answer: bytesOfText(`*${head}Y${type}#`) }
}

const DRIVER_CARD = 0x4009

/** Two bytes of kind, two of length, content. */
function readTransparent(frame: Uint8Array, from: number, { more }: SealReport): void {
  if (frame.length < from + 4) return
  const word = (at: number): number => (frame[at]! << 8) | frame[at + 1]!
  const kind = word(from)
  const to = Math.min(from + 4 + word(from + 2), frame.length)
  more.dataType = kind
  if (kind === DRIVER_CARD) more.card = textOf(frame, from + 4, to)
  else more.dataHex = hexOf(frame, from + 4, to)
}

function readFields(text: string, head: string, report: SealReport): void {
  const unknown: JsonObject = {}
  for (const field of text.split('&').slice(1)) {
    const letter = field.charAt(0)
    const value = field.slice(1)
    const isRead = FIELDS[letter]?.(value, report, head) ?? false
    if (!isRead && letter !== '') unknown[letter] = value.trim()
  }
  if (Object.keys(unknown).length > 0) report.more.fields = unknown
}

/** False where the value is not as the field wants it: it is kept raw. */
type ReadField = (value: string, report: SealReport, head: string) => boolean

/** The digits that stand first, as many as are wanted. */
const digits = (value: string, count: number): number | undefined => numberIn(value.slice(0, count))

const number =
  (count: number, put: (value: number, report: SealReport) => void): ReadField =>
  (value, report) => {
    const read = digits(value, count)
    if (read === undefined || value.length < count) return false
    put(read, report)
    return true
  }

const FIELDS: Readonly<Record<string, ReadField>> = {
  A: readPlace,
  B: readStatus,
  C: readOdometer,
  E(value, report) {
    const sentAtMs = digitsMs(value.trim())
    if (sentAtMs === undefined) return false
    report.sentAtMs = report.sentAtMs ?? sentAtMs
    return true
  },
  F: number(4, (value, report) => {
    report.speedKmh = round((value / 10) * KMH_PER_KNOT)
  }),
  G: number(6, (value, report) => {
    report.altitudeM = value / 10
  }),
  I: (value, report) => readCells(value, 10, report),
  J: readTemperature,
  K(value, { more }) {
    more.statusExtended = value
    return true
  },
  M: readBattery,
  N: number(2, (value, { more }) => {
    more.gsmSignal = value
  }),
  O: number(2, (value, report) => {
    report.satellites = value
  }),
  P: readCell,
  Q: keptUnder('obdPid'),
  R(value, report, head) {
    if (!head.startsWith('HQ')) return keptUnder('obdTravel')(value, report, head)
    const [gsm, satellites] = [digits(value, 2), numberIn(value.slice(2, 4))]
    if (gsm === undefined || satellites === undefined) return false
    report.more.gsmSignal = gsm
    report.satellites = satellites
    return true
  },
  S: keptUnder('obdTraffic'),
  T(value, report) {
    const percent = value.length === 2 ? numberIn(value) : undefined
    if (percent === undefined) return false
    report.batteryPercent = percent
    return true
  },
  V: number(4, (value, report) => {
    report.powerV = value / 10
  }),
  W: number(2, (value, report) => {
    report.status.alarmWord = value
    if (value & 4) tell(report, 'shell-tampered')
  }),
  X: readExtended,
  Y(value, report) {
    if (readCells(value, 14, report)) return true
    return number(5, (volts, { more }) => {
      report.powerV = volts / 1000
      more.powerMv = volts
    })(value, report, '')
  },
  b(value, { more }) {
    if (value.length <= 3) return false
    more.serialNumber = value.slice(3)
    return true
  },
  d: number(5, (value, report) => putIn(report, 'adcV', 1, value / 100)),
  l: readLock,
}

function keptUnder(name: string): ReadField {
  return (value, { more }) => {
    more[name] = value
    return true
  }
}

const round = (value: number): number => Math.round(value * 1000) / 1000
const DEGREES_PER_COURSE_STEP = 10
const KNOTS_PER_SPEED_STEP = 2

/** hhmmss, ddmmmmmm, dddmmmmmm, a digit of flags (bit 0 no fix, 1 north, 2 east), speed in two knots, course in tens of degrees, ddmmyy. */
function readPlace(value: string, report: SealReport): boolean {
  const [, time = '', latD, latM, lonD, lonM, flag = '', speed, course, date = ''] =
    /^(\d{6})(\d\d)(\d{6})(\d{3})(\d{6})([0-9:;<=>?])(\d\d)(\d\d)(\d{6})$/.exec(value.trim()) ?? []
  if (latD === undefined) return false
  const flags = flag.charCodeAt(0) - ZERO
  const degrees = (whole: string | undefined, minutes: string | undefined): number =>
    Math.round((Number(whole) + Number(minutes) / 600_000) * 1e6) / 1e6
  const [lat, lon] = [degrees(latD, latM), degrees(lonD, lonM)]
  Object.assign(report, {
    ...defined({ sentAtMs: digitsMs(`${date}${time}`, 'dmy') }),
    lat: flags & 2 ? lat : 0 - lat,
    lon: flags & 4 ? lon : 0 - lon,
    fixValid: (flags & 1) === 0,
    // The finer field F stands behind it, where it is sent.
    speedKmh: round(Number(speed) * KNOTS_PER_SPEED_STEP * KMH_PER_KNOT),
    courseDeg: Number(course) * DEGREES_PER_COURSE_STEP,
  })
  return true
}

const ZERO = 48
const nibble = (letter: string | undefined): number => (letter === undefined ? 0 : letter.charCodeAt(0) - ZERO)

/** Alarms: place of the digit among the second five, bit, event. */
const ALARMS: readonly (readonly [digit: number, bit: number, event: SealEvent])[] = [
  [0, 0, 'sos'],
  [0, 2, 'vibration'],
  [0, 3, 'moved'],
  [1, 2, 'overspeed'],
  [3, 1, 'shell-tampered'],
  [3, 2, 'low-power'],
]

function readStatus(value: string, report: SealReport): boolean {
  if (value.length < 10) return false
  report.status.ignition = (nibble(value[1]) & 1) === 1
  report.status.bits = value
  for (const [digit, bit, event] of ALARMS) if ((nibble(value[5 + digit]) >> bit) & 1) tell(report, event)
  return true
}

/** Eight digits of sixteen each; a unit is two knots for a second. */
function readOdometer(value: string, report: SealReport): boolean {
  if (!/^[0-?]{1,8}$/.test(value)) return false
  let units = 0
  for (const letter of value) units = units * 16 + nibble(letter)
  report.odometerM = Math.floor((units * 2 * 1852) / 3600)
  return true
}

/** Index, a digit of state (bit 0: below zero), tenths in four digits. */
function readTemperature(value: string, report: SealReport): boolean {
  if (!/^\d{6}$/.test(value)) return false
  const tenths = Number(value.slice(2)) / 10
  putIn(report, 'temperaturesC', value.charAt(0), nibble(value[1]) & 1 ? 0 - tenths : tenths)
  return true
}

/** Three digits of battery in tenths; four of humidity. */
function readBattery(value: string, report: SealReport): boolean {
  if (/^\d{3}$/.test(value)) report.batteryPercent = Number(value) / 10
  else if (/^\d{4}$/.test(value)) putIn(report, 'humidityPercents', value.charAt(0), Number(value.slice(2)))
  else return false
  return true
}

function readCell(value: string, { more }: SealReport): boolean {
  const [, mcc, mnc, lac, cid] = /^(\d{4})(\d{4})([0-9a-f]{4})([0-9a-f]{4})/i.exec(value) ?? []
  if (mcc === undefined) return false
  more.cells = [{ mcc: Number(mcc), mnc: Number(mnc), lac: hexNumberIn(lac), cid: hexNumberIn(cid) }]
  return true
}

/** Four digits; the first one's three lower bits are the state of the lock, in the maker's numbers. */
function readLock(value: string, { more, status }: SealReport): boolean {
  if (!/^[0-?]{4}/.test(value)) return false
  more.logisticsLock = nibble(value[0]) & 7
  status.lockDigits = value
  return true
}

function encode(message: DeviceMessage): Uint8Array {
  const when = digitsOf(message.sentAtMs, 'dmy')
  const minutes = (value: number, places: number): string => {
    const total = Math.round(Math.abs(value) * 600_000)
    return `${String(Math.floor(total / 600_000)).padStart(places, '0')}${String(total % 600_000).padStart(6, '0')}`
  }
  const flags = (message.fixValid ? 0 : 1) | (message.lat >= 0 ? 2 : 0) | (message.lon >= 0 ? 4 : 0)
  const two = (value: number): string => String(Math.round(value)).padStart(2, '0').slice(-2)
  const knots = message.speedKmh / KMH_PER_KNOT
  const motion = `${two(Math.min(99, knots / KNOTS_PER_SPEED_STEP))}${two(message.courseDeg / DEGREES_PER_COURSE_STEP)}`
  const place = `${when.slice(6)}${minutes(message.lat, 2)}${minutes(message.lon, 3)}${flags}${motion}${when.slice(0, 6)}`
  const speed = String(Math.round(knots * 10)).padStart(4, '0')
  const fields = `&A${place}&B${statusOf(message.event)}&F${speed}&N25&T${two(Math.min(99, message.batteryPercent))}&l${message.locked ? 2 : 1}000`
  return bytesOfText(`*HQ201${message.deviceId},BA${fields}#`)
}

function statusOf(event: SealEvent | undefined): string {
  const row = ALARMS.find(([, , told]) => told === event)
  const alarms = [0, 0, 0, 0, 0].map((_, at) => (row?.[0] === at ? 1 << row[1] : 0))
  return `01000${alarms.map(value => String.fromCharCode(ZERO + value)).join('')}`
}

export const upro: SealProtocol = {
  name: 'upro',
  devices: 'UPRO trackers and logistics locks',
  frames,
  maxFrameBytes: MAX_FRAME,
  decode,
  command: () => ({ refused: 'no-commands' }),
  device: {
    tells: ALARMS.map(([, , event]) => event),
    encode,
    frames,
    read: (frame): Downlink => (/^\*..20Y/.test(textOf(frame)) ? { kind: 'acknowledged' } : { kind: 'other' }),
  },
}
