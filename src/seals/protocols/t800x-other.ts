// What Topflytech trackers say beside places: network, driving, radio tags, answers to commands.
import { bit, type Cursor } from './bytes.ts'
import type { SealEvent } from './events.ts'
import { type JsonObject, newReport, type SealReport, tell } from './report.ts'
import { dateIn } from './t800x-place.ts'

const UTF16 = new TextDecoder('utf-16le')
const ALL_SET = 0xffff
const micro = (value: number): number => Math.round(value * 1e6) / 1e6

function wideText(body: Cursor, bytes: number): string {
  const from = body.at
  body.skip(bytes)
  return UTF16.decode(body.bytes.subarray(from, body.at)).replace(/\0+$/, '')
}

/** Date, operator (wide letters), technology, band, IMSI and ICCID, each with its length. */
export function readNetwork(body: Cursor): SealReport {
  const report = newReport('report')
  if (body.left < 6) return report
  Object.assign(report, dateIn(body))
  if (body.left >= 1) report.more.operator = wideText(body, body.u8())
  for (const name of ['networkTechnology', 'networkBand', 'imsi', 'iccid']) if (body.left >= 1) report.more[name] = body.text(body.u8())
  return report
}

const POINT_BYTES = 24

/** Points around a sharp stop or start; the event belongs to the last. */
export function readBehaviour(body: Cursor): SealReport[] {
  const kind = body.u8()
  const reports: SealReport[] = []
  while (body.left >= POINT_BYTES) reports.push(readPoint(body.part(POINT_BYTES)))
  const last = reports.at(-1)
  if (last === undefined) return [newReport('other')]
  last.more.behaviour = kind
  if (kind <= 5) tell(last, kind % 2 === 0 ? 'harsh-braking' : 'harsh-acceleration')
  return reports
}

function readPoint(point: Cursor): SealReport {
  const report = newReport('report')
  Object.assign(report, dateIn(point))
  const hasPlace = point.bytes[point.at] !== 0xff || point.bytes[point.at + 1] !== 0xff || point.bytes[point.at + 2] !== 0xff
  if (hasPlace)
    Object.assign(report, { altitudeM: micro(point.f32le()), lon: micro(point.f32le()), lat: micro(point.f32le()), fixValid: true })
  else point.skip(12)
  const speed = point.hex(2)
  if (/^\d{4}$/.test(speed)) report.speedKmh = Number(speed) / 10
  const [course, rpm] = [point.u16(), point.u16()]
  if (course !== ALL_SET) report.courseDeg = course / 10
  if (rpm !== ALL_SET) report.more.obd = { rpm }
  return report
}

const TURN_EVENTS: readonly SealEvent[] = ['harsh-braking', 'harsh-acceleration', 'harsh-cornering']
const NO_FIX_BIT = 7

export function readTurn(body: Cursor): SealReport {
  const report = newReport('report')
  if (body.left < 31) return report
  tell(report, TURN_EVENTS[body.u8()])
  Object.assign(report, dateIn(body))
  const state = body.u8()
  report.more.accelerationHex = body.hex(5)
  const [altitudeM, lon, lat] = [micro(body.f32le()), micro(body.f32le()), micro(body.f32le())]
  Object.assign(report, { altitudeM, lon, lat, fixValid: !bit(state, NO_FIX_BIT), speedKmh: body.bcd(2) / 10, courseDeg: body.u16() / 10 })
  if (body.left >= 2) report.more.obd = { rpm: body.u16() }
  return report
}

/** A temperature in hundredths, the highest bit its sign. */
function temperature(body: Cursor): number {
  const word = body.u16()
  return (bit(word, 15) ? 0 - (word & 0x7fff) : word) / 100
}

const VOLTS_ABOVE_2 = (body: Cursor): number => (200 + body.u8()) / 100
const rssi = (body: Cursor): number => body.u8() - 128

interface TagKind {
  readonly bytes: number
  read(body: Cursor, report: SealReport): JsonObject
}

/** Kinds of radio tags: tire, alarm button, driver, temperature and humidity, door, relay. */
const TAGS: Readonly<Record<number, TagKind>> = {
  1: {
    bytes: 10,
    read: body => ({
      id: body.hex(6),
      batteryV: (122 + body.u8()) / 100,
      tirePressureKpa: body.u8() * 1.527 * 2,
      tireC: body.u8() - 55,
      tireState: body.u8(),
    }),
  },
  2: { bytes: 25, read: (body, report) => readButton(body, report) },
  3: {
    bytes: 25,
    read(body, report) {
      const driverId = body.hex(6)
      report.more.driverId = driverId
      const tag: JsonObject = { id: driverId, batteryV: body.bcd(1) / 10 }
      if (body.u8() === 1) tell(report, 'low-battery')
      return { ...tag, state: body.u8(), placeHex: body.hex(16) }
    },
  },
  4: {
    bytes: 15,
    read: body => ({
      id: body.hex(6),
      batteryV: VOLTS_ABOVE_2(body),
      batteryPercent: body.u8(),
      temperatureC: temperature(body),
      humidityPercent: body.u16() / 100,
      light: body.u16(),
      rssi: rssi(body),
    }),
  },
  5: {
    bytes: 12,
    read: body => ({
      id: body.hex(6),
      batteryV: VOLTS_ABOVE_2(body),
      batteryPercent: body.u8(),
      temperatureC: temperature(body),
      doorOpen: body.u8() > 0,
      rssi: rssi(body),
    }),
  },
  6: { bytes: 9, read: body => ({ id: body.hex(6), batteryV: VOLTS_ABOVE_2(body), output: body.u8() > 0, rssi: rssi(body) }) },
}

function readButton(body: Cursor, report: SealReport): JsonObject {
  const tag: JsonObject = { id: body.hex(6), batteryV: body.bcd(1) / 10 }
  const alarm = body.u8()
  if (alarm === 0) tell(report, 'sos')
  if (alarm === 1) tell(report, 'low-battery')
  return { ...tag, state: body.u8(), placeHex: body.hex(16) }
}

export function readBluetooth(body: Cursor): SealReport {
  const report = newReport('report')
  if (body.left < 7) return report
  Object.assign(report, dateIn(body))
  report.status.ignition = body.u8() > 0
  const tags: JsonObject[] = []
  while (body.left >= 2) {
    const kind = TAGS[(body.bytes[body.at]! << 8) | body.bytes[body.at + 1]!]
    if (kind === undefined || body.left < 2 + kind.bytes) break
    body.skip(2)
    tags.push(kind.read(body, report))
  }
  report.more.tags = tags
  return report
}

export function readText(body: Cursor): SealReport {
  const report = newReport('answer')
  if (body.left < 1) return report
  report.more.protocol = body.u8()
  report.more.text = wideText(body, body.left)
  return report
}
