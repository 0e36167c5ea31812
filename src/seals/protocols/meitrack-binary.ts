// Meitrack's binary places: CCC (records of 52 bytes) and CCE (parameters by number, in groups of one, two, four and any bytes). Little endian; seconds from 2000.
import type { Cursor } from './bytes.ts'
import { MEITRACK_EVENTS } from './meitrack-text.ts'
import { type JsonObject, newReport, putIn, type SealReport, tell } from './report.ts'
import { SECONDS_TO_2000 } from './times.ts'

const RECORD_BYTES = 0x34

export function readFixedRecords(body: Cursor): SealReport[] {
  // Protocol version, length of a record, records still waiting.
  body.skip(2 + 2)
  const waiting = body.u32le()
  const reports: SealReport[] = []
  while (body.left >= RECORD_BYTES) {
    const report = readRecord(body.part(RECORD_BYTES))
    report.more.waiting = waiting
    reports.push(report)
  }
  return reports
}

function readRecord(record: Cursor): SealReport {
  const report = newReport('report')
  const event = record.u8()
  report.more.event = event
  tell(report, MEITRACK_EVENTS.get(event))
  const [lat, lon, time] = [record.i32le() / 1e6, record.i32le() / 1e6, record.u32le()]
  const [fixValid, satellites, gsmSignal] = [record.u8() === 1, record.u8(), record.u8()]
  const [speedKmh, courseDeg, hdop, altitudeM] = [record.u16le(), record.u16le(), record.u16le() / 10, record.i16le()]
  const [odometerM, runtimeS] = [record.u32le(), record.u32le()]
  Object.assign(report, {
    sentAtMs: (SECONDS_TO_2000 + time) * 1000,
    lat,
    lon,
    fixValid,
    satellites,
    speedKmh,
    courseDeg,
    altitudeM,
    odometerM,
  })
  const cell = { mcc: record.u16le(), mnc: record.u16le(), lac: record.u16le(), cid: record.u16le() }
  Object.assign(report.more, { gsmSignal, hdop, runtimeS, cells: [cell] })
  report.status.word = record.u16le()
  putIn(report, 'adc', 1, record.u16le())
  report.batteryV = record.u16le() / 100
  report.more.power = record.u16le()
  report.more.areaWord = record.u32le()
  return report
}

export function readParameterRecords(body: Cursor): SealReport[] {
  const waiting = body.u32le()
  const count = body.u16le()
  const reports: SealReport[] = []
  for (let n = 0; n < count && body.left >= 2; n++) {
    const length = body.u16le()
    const record = body.part(length)
    const report = newReport('report')
    report.more.waiting = waiting
    report.more.index = record.u16le()
    readGroups(record, report)
    reports.push(report)
  }
  return reports
}

const EXTENDED = 0xfe

function readGroups(record: Cursor, report: SealReport): void {
  for (const size of [1, 2, 4, 0] as const) {
    if (record.left < 1) return
    const count = record.u8()
    for (let n = 0; n < count; n++) {
      if (record.left < 1) return
      const first = record.u8()
      const id = first === EXTENDED ? 0xfe00 | record.u8() : first
      const length = size === 0 ? record.u8() : size
      if (length > record.left) {
        report.more.unreadHex = record.hex(record.left)
        return
      }
      const value = record.part(length)
      const read = GROUPS[size][id]
      if (read) read(value, report)
      else putIn(report, 'parameters', `0x${id.toString(16).padStart(2, '0')}`, value.hex(length))
    }
  }
}

type ReadParameter = (value: Cursor, report: SealReport) => void

const LOCK_STATES = ['none', 'unlocked', 'locked']

function readEvent(code: number, report: SealReport): void {
  report.more.event = code
  tell(report, MEITRACK_EVENTS.get(code))
}

const obd =
  (name: string, read: (value: Cursor) => number): ReadParameter =>
  (value, report) =>
    putIn(report, 'obd', name, read(value))
const wide = (value: Cursor): number => value.u16le()

const ONE: Readonly<Record<number, ReadParameter>> = {
  1: (value, report) => readEvent(value.u8(), report),
  5(value, report) {
    report.fixValid = value.u8() > 0
  },
  6(value, report) {
    report.satellites = value.u8()
  },
  7(value, { more }) {
    more.gsmSignal = value.u8()
  },
  20(value, { more }) {
    more.output = value.u8()
  },
  21(value, { more }) {
    more.input = value.u8()
  },
  71(value, { status, more }) {
    const state = value.u8()
    more.lockState = LOCK_STATES[state] ?? state
    if (state > 0) status.locked = state === 2
  },
  151: obd('throttlePercent', value => value.u8()),
  157: obd('fuelPercent', value => value.u8()),
  65129(value, report) {
    report.batteryPercent = value.u8()
  },
}

const TWO: Readonly<Record<number, ReadParameter>> = {
  8(value, report) {
    report.speedKmh = value.u16le()
  },
  9(value, report) {
    report.courseDeg = value.u16le()
  },
  10(value, { more }) {
    more.hdop = value.u16le() / 10
  },
  11(value, report) {
    report.altitudeM = value.i16le()
  },
  22: (value, report) => putIn(report, 'adcV', 1, value.u16le() / 100),
  23: (value, report) => putIn(report, 'adcV', 2, value.u16le() / 100),
  25(value, report) {
    report.batteryV = value.u16le() / 100
  },
  26(value, report) {
    report.powerV = value.u16le() / 100
  },
  41(value, { more }) {
    more.fuelPercent = value.u16le() / 100
  },
  64: (value, report) => readEvent(value.u16le(), report),
  145: obd('speedKmh', wide),
  146: obd('speedKmh', wide),
  152: obd('fuelUsed', wide),
  153: obd('rpm', wide),
  156: obd('coolantC', wide),
  159: (value, report) => putIn(report, 'temperaturesC', 1, value.u16le()),
  201: obd('fuelConsumption', wide),
}

const FOUR: Readonly<Record<number, ReadParameter>> = {
  2(value, report) {
    report.lat = value.i32le() / 1e6
  },
  3(value, report) {
    report.lon = value.i32le() / 1e6
  },
  4(value, report) {
    report.sentAtMs = (SECONDS_TO_2000 + value.u32le()) * 1000
  },
  12(value, report) {
    report.odometerM = value.u32le()
  },
  13(value, { more }) {
    more.runtimeS = value.u32le()
  },
  37(value, { more }) {
    more.card = String(value.u32le())
  },
  155: obd('odometerM', value => value.u32le()),
  160: obd('fuelUsed', value => value.u32le() / 1000),
  162: obd('fuelConsumption', value => value.u32le() / 100),
  65268: obd('engineMin', value => value.u32le()),
}

function readCell(value: Cursor, { more }: SealReport): void {
  if (value.left < 12) return
  const cell = { mcc: value.u16le(), mnc: value.u16le(), lac: value.u16le(), cid: value.u32le(), rssi: value.i16le() }
  more.cells = [...(Array.isArray(more.cells) ? more.cells : []), cell]
}

function readWifi(value: Cursor, { more }: SealReport): void {
  if (value.left < 8) return
  const point = { mac: value.hex(6), rssiDbm: value.i16le() }
  if (point.mac !== NO_MAC) more.wifi = [...(Array.isArray(more.wifi) ? more.wifi : []), point]
}

const NO_MAC = 'ffffffffffff'
const FIRST_TEMPERATURE = 0x2a

const readTemperature =
  (id: number): ReadParameter =>
  (value, report) => {
    if (value.left < 3) return
    value.skip(1)
    putIn(report, 'temperaturesC', id - FIRST_TEMPERATURE, value.i16le() / 100)
  }

const MANY: Readonly<Record<number, ReadParameter>> = {
  ...Object.fromEntries([0x0e, 0x0f, 0x10, 0x12, 0x13].map(id => [id, readCell])),
  ...Object.fromEntries([0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25].map(id => [id, readWifi])),
  ...Object.fromEntries([0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30, 0x31].map(id => [id, readTemperature(id)])),
  75(value, { more }) {
    // A version, then length and name of the radio network.
    if (value.left >= 3) more.networkHex = value.hex(value.left)
  },
  65073(value, { more }) {
    if (value.left < 2) return
    const protocol = value.u8()
    more.alarmType = value.u8()
    if (protocol === 2 && value.left > 1) more.image = value.text(value.left)
  },
  65139: readTag,
  65192(value, report) {
    for (let n = 1; n <= 3 && value.left >= 2; n++) {
      const [isThere, percent] = [value.u8() > 0, value.u8()]
      if (isThere && n === 1) report.batteryPercent = percent
      else if (isThere) putIn(report, 'batteryPercents', n, percent)
    }
  },
}

function readTag(value: Cursor, { more }: SealReport): void {
  if (value.left < 2) return
  value.skip(1)
  const length = value.u8()
  if (value.left < length + 11) return
  const tag: JsonObject = { name: value.text(length), mac: value.hex(6), batteryPercent: value.u8() }
  more.tag = { ...tag, temperatureC: value.i16le() / 256, humidityPercent: value.i16le() / 256 }
}

const GROUPS: Readonly<Record<0 | 1 | 2 | 4, Readonly<Record<number, ReadParameter>>>> = { 1: ONE, 2: TWO, 4: FOUR, 0: MANY }
