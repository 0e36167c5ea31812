// Places of Topflytech trackers: the vehicle form (0x2323, 0x2525, 0x2626) and the solar form (0x2727). Without a fix, cells stand where the place would.
import { bit, type Cursor, hexOf } from './bytes.ts'
import { newReport, putIn, type SealReport, tell } from './report.ts'
import { SOLAR_EVENTS, VEHICLE_EVENTS } from './t800x-events.ts'
import { digitsMs } from './times.ts'

const OBD_MARK = 0x2626
const [FIX_BIT, SATELLITE_MASK] = [6, 0x1f]
const PLACE_BYTES = 6 + 16
const ALL_SET = 0xffff

/** Six bytes of decimal digits. */
export function dateIn(body: Cursor): { readonly sentAtMs?: number } {
  const sentAtMs = digitsMs(body.hex(6))
  return sentAtMs === undefined ? {} : { sentAtMs }
}

/** Two bytes of decimal digits; undefined where they are all set. */
function digitsIn(body: Cursor, divisor: number): number | undefined {
  const text = body.hex(2)
  return /^\d{4}$/.test(text) ? Number(text) / divisor : undefined
}

const micro = (value: number): number => Math.round(value * 1e6) / 1e6

/** Altitude, longitude, latitude as floats, speed in tenths (reserved with 0x2626), course. */
function readFix(body: Cursor, report: SealReport, hasSpeed: boolean): void {
  const [altitudeM, lon, lat] = [micro(body.f32le()), micro(body.f32le()), micro(body.f32le())]
  Object.assign(report, { altitudeM, lon, lat, fixValid: true })
  const speed = digitsIn(body, 10)
  if (hasSpeed && speed !== undefined) report.speedKmh = speed
  const course = body.u16()
  if (course !== ALL_SET) report.courseDeg = course
}

function readCells(body: Cursor, report: SealReport): void {
  report.fixValid = false
  const [mcc, mnc] = [body.u16le(), body.u16le()]
  const cells = [1, 2, 3].map(() => ({ mcc, mnc, lac: body.u16le(), cid: body.u16le() }))
  if (mcc !== ALL_SET && mnc !== ALL_SET) report.more.cells = cells
}

function readPlace(body: Cursor, report: SealReport, isFixed: boolean, hasSpeed: boolean): void {
  if (body.left < PLACE_BYTES) return
  Object.assign(report, dateIn(body))
  if (isFixed) readFix(body, report, hasSpeed)
  else readCells(body, report)
}

const FULL = 100

function batteryIn(body: Cursor, report: SealReport): void {
  const digits = body.hex(1)
  // Two digits of per cent: 100 does not fit and is sent as 0.
  if (/^\d\d$/.test(digits)) report.batteryPercent = Number(digits) || FULL
}

const VEHICLE_HEAD_BYTES = 7 + 2 + 1 + 7 + 2

export function readVehiclePlace(body: Cursor, mark: number, isSecond: boolean): SealReport {
  const report = newReport('report')
  if (body.left < VEHICLE_HEAD_BYTES) return report
  const intervals = { ignitionOnS: body.u16(), ignitionOffS: body.u16(), angleDeg: body.u8(), distanceM: body.u16() }
  const gsm = body.u16()
  const state = body.u8()
  report.satellites = state & SATELLITE_MASK
  Object.assign(report.more, { intervals, gsmSignal: gsm & 0x7f, settingsHex: body.hex(6) })
  readSwitches(body, report, isSecond)
  if (mark !== OBD_MARK) readAnalog(body, report, isSecond ? 5 : 2)
  const code = body.u8()
  report.more.alarmCode = code
  tell(report, VEHICLE_EVENTS[code])
  body.skip(1)
  report.odometerM = body.u32()
  batteryIn(body, report)
  readPlace(body, report, bit(state, FIX_BIT), mark !== OBD_MARK)
  readVoltages(body, report, isSecond)
  return report
}

function readSwitches(body: Cursor, report: SealReport, isSecond: boolean): void {
  const word = body.u16()
  Object.assign(report.status, { ignition: bit(word, 14), airConditioning: bit(word, 13), input3: bit(word, 12), input4: bit(word, 11) })
  report.status.word = `0x${word.toString(16).padStart(4, '0')}`
  if (!isSecond) {
    Object.assign(report.status, { output1: bit(word, 7), output2: bit(word, 8), output3: bit(word, 9) })
    return
  }
  report.more.output = body.u8()
  body.skip(1)
}

function readAnalog(body: Cursor, report: SealReport, count: number): void {
  for (let n = 1; n <= count; n++) {
    const word = body.u16()
    if (word !== ALL_SET) putIn(report, 'adcV', n, word / 100)
  }
}

function readVoltages(body: Cursor, report: SealReport, isSecond: boolean): void {
  if (isSecond && body.left >= 2) {
    const battery = digitsIn(body, 100)
    if (battery !== undefined) report.batteryV = battery
  }
  if (body.left >= 2) {
    const power = digitsIn(body, 100)
    if (power !== undefined) report.powerV = power
  }
  if (body.left >= 19) readEngine(body, report)
}

const ENGINE_BYTES = ['airInput', 'airPressure', 'coolantC', 'airC', 'engineLoadPercent', 'throttlePercent', 'fuelPercent'] as const
const NO_BYTE = 0xff

function readEngine(body: Cursor, report: SealReport): void {
  const speed = digitsIn(body, 10)
  if (speed !== undefined) report.speedKmh = speed
  const obdSpeed = digitsIn(body, 100)
  if (obdSpeed !== undefined) putIn(report, 'obd', 'speedKmh', obdSpeed)
  const [used, consumption, rpm] = [body.u32(), body.u32(), body.u16()]
  if (used !== 0xffffffff) putIn(report, 'obd', 'fuelUsed', used / 1000)
  if (consumption !== 0xffffffff) putIn(report, 'obd', 'fuelConsumption', consumption / 1000)
  if (rpm !== ALL_SET) putIn(report, 'obd', 'rpm', rpm)
  for (const name of ENGINE_BYTES) {
    if (body.left < 1) return
    const value = body.u8()
    if (value !== NO_BYTE) putIn(report, 'obd', name, name.endsWith('C') ? value - 40 : value)
  }
}

export function readSolarPlace(body: Cursor): SealReport {
  const report = newReport('report')
  if (body.left < 2 + PLACE_BYTES) return report
  const state = body.u8()
  report.satellites = state & SATELLITE_MASK
  const code = body.u8()
  report.more.alarmCode = code
  tell(report, SOLAR_EVENTS[code])
  readPlace(body, report, bit(state, FIX_BIT), true)
  if (body.left < SOLAR_STATE_BYTES) return report
  report.more.acceleration = readAcceleration(body)
  batteryIn(body, report)
  report.more.deviceC = body.i8()
  Object.assign(report.more, { light: body.bcd(1) / 10 })
  report.batteryV = body.bcd(1) / 10
  report.more.solarV = body.bcd(1) / 10
  report.odometerM = body.u32()
  const word = body.u16()
  Object.assign(report.status, { ignition: bit(word, 2), word: `0x${word.toString(16).padStart(4, '0')}` })
  report.more.gsmSignal = (word >> 4) & 0x7f
  if (body.left >= 10) {
    const intervals = { ignitionOnS: body.u16(), ignitionOffS: body.u32(), angleDeg: body.u8(), distanceM: body.u16() }
    Object.assign(report.more, { intervals, heartbeatMin: body.u8() })
  }
  return report
}

const SOLAR_STATE_BYTES = 5 + 5 + 4 + 2

/** Three values in 40 bits, of which the last is four bits shorter: sign, whole, tenths (the sign is set for positive). */
function readAcceleration(body: Cursor): number[] {
  const text = hexOf(body.bytes, body.at, body.at + 5)
  body.skip(5)
  const word = BigInt(`0x${text || '0'}`)
  const bits = (from: number, to: number): number => Number((word >> BigInt(from)) & ((1n << BigInt(to - from)) - 1n))
  const signed = (value: number, sign: number): number => (bits(sign, sign + 1) === 1 ? value : 0 - value)
  return [
    signed(bits(28, 32) + bits(32, 39) / 10, 39),
    signed(bits(20, 27) + bits(16, 20) / 10, 27),
    signed(bits(8, 15) + bits(4, 8) / 10, 15),
  ]
}
