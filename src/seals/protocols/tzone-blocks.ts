// The blocks of a TZONE frame. What a block holds depends on the hardware; each has its length, so that an unknown one is passed over and kept raw.
import { bit, type Cursor } from './bytes.ts'
import type { SealEvent } from './events.ts'
import { type JsonObject, putIn, type SealReport, tell } from './report.ts'
import { utcMs } from './times.ts'

const KMH_PER_KNOT = 1.852
const [OLD_A, OLD_CARDS, TAGS, NO_PLACE, LBS, WIFI, TRAILER] = [0x10a, 0x10b, 0x153, 0x406, 0x407, 0x40a, 0x413]

export const TZONE_EVENTS: Readonly<Record<number, SealEvent>> = {
  1: 'sos',
  16: 'low-battery',
  17: 'overspeed',
  20: 'harsh-braking',
  21: 'harsh-acceleration',
  48: 'parked',
  66: 'left-area',
  67: 'entered-area',
  160: 'temperature',
  163: 'vibration',
  176: 'power-on',
  177: 'power-off',
}

/** Year of two digits, month, day, hour, minute, second, a byte each. */
export function timeIn(cursor: Cursor): number | undefined {
  const [year, month, day] = [cursor.u8(), cursor.u8(), cursor.u8()]
  return utcMs(year, month, day, cursor.u8(), cursor.u8(), cursor.u8())
}

/** Reads them all; when the place was fixed, where it was. */
export function readBlocks(blocks: Cursor, hardware: number, report: SealReport): number | undefined {
  const next = (): Cursor => (blocks.left >= 2 ? blocks.part(blocks.u16()) : blocks.part(0))
  const place = next()
  const fixedMs = hardware === NO_PLACE ? undefined : readPlace(place, hardware, report)
  keepRest(place, 'placeHex', report)
  const cells = next()
  readCells(cells, hardware, report)
  keepRest(cells, 'cellsHex', report)
  const state = next()
  if (hardware === WIFI) readWifiState(state, report)
  else readState(state, hardware, report)
  keepRest(state, 'stateHex', report)
  if (hardware === OLD_CARDS) readCardBlocks(next, report)
  if (hardware === TAGS || hardware === NO_PLACE) readTags(next(), hardware, report)
  if (hardware === WIFI) readWifi(next(), report)
  return fixedMs
}

function keepRest(block: Cursor, name: string, { more }: SealReport): void {
  if (block.left > 0) more[name] = block.hex(block.left)
}

function readPlace(block: Cursor, hardware: number, report: SealReport): number | undefined {
  if (hardware === WIFI) return block.left < 19 ? undefined : readWifiPlace(block, report)
  if (block.left < 22) return undefined
  const first = block.u8()
  if (hardware === TRAILER) {
    report.status.fixByte = first
    return readTrailerPlace(block, report)
  }
  report.satellites = first
  const unit = hardware === OLD_A || hardware === OLD_CARDS ? 600_000 : 6_000_000
  const [lat, lon] = [degrees(block.u32(), unit), degrees(block.u32(), unit)]
  const fixedMs = timeIn(block)
  const speedKmh = Math.round((block.u16() / 100) * KMH_PER_KNOT * 1000) / 1000
  report.odometerM = block.u24()
  const flags = block.u16()
  Object.assign(report, {
    lat: bit(flags, 10) ? lat : 0 - lat,
    lon: bit(flags, 9) ? 0 - lon : lon,
    fixValid: bit(flags, 11),
    speedKmh,
    courseDeg: flags & 0x1ff,
  })
  return fixedMs
}

const degrees = (raw: number, unit: number): number => Math.round((raw / unit) * 1e6) / 1e6

function readWifiPlace(block: Cursor, report: SealReport): number | undefined {
  const state = block.u8()
  const fixedMs = timeIn(block)
  const [lat, lon] = [block.u32() / 1e6, block.u32() / 1e6]
  const courseDeg = block.u16()
  const place = { lat: bit(state, 0) ? lat : 0 - lat, lon: bit(state, 1) ? 0 - lon : lon, fixValid: true, courseDeg }
  Object.assign(report, place, { speedKmh: Math.round((block.u16() / 10) * KMH_PER_KNOT * 1000) / 1000 })
  return fixedMs
}

/** Without signs and without a word on the fix: kept as it is sent, as a place that is not to be trusted. */
function readTrailerPlace(block: Cursor, report: SealReport): number | undefined {
  const fixedMs = timeIn(block)
  const [lat, lon] = [degrees(block.u32(), 6_000_000), degrees(block.u32(), 6_000_000)]
  report.more.hdop = block.u16() / 10
  Object.assign(report, { lat, lon, fixValid: false, altitudeM: block.u16(), courseDeg: block.u16(), speedKmh: block.u16() / 10 })
  if (block.left >= 1) report.satellites = block.u8()
  return fixedMs
}

const SERVING_2G = 0b000
const SERVING_LTE = 0b110

function readCells(block: Cursor, hardware: number, { more }: SealReport): void {
  if ((hardware === OLD_A || hardware === OLD_CARDS || hardware === NO_PLACE) && block.left >= 4) {
    more.cells = [{ lac: block.u16(), cid: block.u16() }]
    return
  }
  if ((hardware !== LBS && hardware !== WIFI) || block.left < 1) return
  const count = block.u8()
  const cells: JsonObject[] = []
  while (cells.length < count && block.left >= 11) {
    const info = block.u8()
    const cell = { mcc: block.bcd(2), mnc: block.bcd(2) % 1000, lac: block.u16(), cid: block.u32() }
    cells.push(hardware === LBS ? cell : { ...cell, ...signalOf(info, block) })
  }
  if (cells.length > 0) more.cells = cells
}

const CELL_BYTES = 10

/** Three bits of kind, five of length; what the kind adds to the cell. */
function signalOf(info: number, block: Cursor): JsonObject {
  const rest = block.part(Math.max(0, (info & 0x1f) - CELL_BYTES))
  const kind = info >> 5
  if (kind === SERVING_2G && rest.left >= 1) return { rssiDbm: -rest.u8() }
  if (kind !== SERVING_LTE || rest.left < 8) return {}
  const [physicalCid, channel, rsrp, rsrq] = [rest.u16(), rest.u24(), rest.u8(), rest.u8()]
  return { physicalCid, channel, rsrp, rsrq, rssiDbm: -rest.u8() }
}

function readAlarm(block: Cursor, report: SealReport): void {
  const code = block.u8()
  report.more.alarmCode = code
  tell(report, TZONE_EVENTS[code])
  report.more.terminalInfo = block.u8()
}

/** Tenths of a degree; bit 15 no sensor, bit 14 below zero. */
function readTemperature(block: Cursor, report: SealReport): void {
  const word = block.u16()
  if (!bit(word, 15)) putIn(report, 'temperaturesC', 1, (bit(word, 14) ? -1 : 1) * ((word & 0x3fff) / 10))
}

function readHumidity(block: Cursor, report: SealReport): void {
  const word = block.u16()
  if (!bit(word, 15)) report.more.humidityPercent = (word & 0x7fff) / 10
}

function readRadio(block: Cursor, report: SealReport): void {
  Object.assign(report.more, { gsmSignal: block.u8(), gsmStatus: block.u8() })
  report.batteryV = block.u16() / 100
}

function readWifiState(block: Cursor, report: SealReport): void {
  if (block.left < 14) return
  readAlarm(block, report)
  readRadio(block, report)
  readTemperature(block, report)
  readHumidity(block, report)
}

function readState(block: Cursor, hardware: number, report: SealReport): void {
  const length = block.left
  if (hardware === LBS && length >= 11) {
    readAlarm(block, report)
    readRadio(block, report)
    readTemperature(block, report)
    readHumidity(block, report)
    report.status.isLight = block.u8() === 0
  } else if (hardware !== LBS && length >= 13) {
    readAlarm(block, report)
    const [outputs, inputs] = [block.u8(), block.u8()]
    Object.assign(report.status, { output1: bit(outputs, 0), output2: bit(outputs, 1), input1: bit(inputs, 4), inputs, outputs })
    if (bit(inputs, 0)) tell(report, 'sos')
    readRadio(block, report)
    if (block.left >= 2) report.more.power = block.u16()
    for (const n of [1, 2]) if (block.left >= 2) putIn(report, 'adc', n, block.u16())
  }
  if (length >= 15 && block.left >= 2) putIn(report, 'temperaturesC', 1, block.u16())
}

/** Four blocks of cards that were held to the reader, then temperatures, the lock, and passengers. */
function readCardBlocks(next: () => Cursor, report: SealReport): void {
  const cards: string[] = []
  for (let n = 0; n < 4; n++) {
    const block = next()
    for (let left = block.u8(); left > 0 && block.left > 0; left--) cards.push(cardIn(block))
  }
  if (cards.length > 0) report.more.cards = cards
  keepRest(next(), 'temperaturesHex', report)
  keepRest(next(), 'lockHex', report)
  const passengers = next()
  if (passengers.left >= 6) Object.assign(report.more, { passengersOn: passengers.u24(), passengersOff: passengers.u24() })
}

/** A count of digits, two a byte; an odd count has a zero before it. */
function cardIn(block: Cursor): string {
  const digits = block.u8()
  const text = block.hex(Math.ceil(digits / 2))
  return digits % 2 === 0 ? text : text.slice(1)
}

const CARD_TEXT = 1
const NO_TEMPERATURE = 0x3fff

function readTags(block: Cursor, hardware: number, report: SealReport): void {
  if (block.left < 1) return
  const kind = block.u8()
  if (hardware === TAGS && kind === CARD_TEXT) {
    report.more.card = block.text(block.left)
    return
  }
  if (hardware === TAGS && kind < 2) return
  const count = block.u8()
  const length = block.u8()
  const tags: JsonObject[] = []
  for (let n = 1; n <= count && length >= 7 && block.left >= length; n++) tags.push(readTag(block.part(length), n, report))
  if (tags.length > 0) report.more.tags = tags
}

function readTag(tag: Cursor, n: number, report: SealReport): JsonObject {
  const [state, battery, word] = [tag.u8(), tag.u16le(), tag.u16le() & NO_TEMPERATURE]
  putIn(report, 'temperaturesC', n, word / 10)
  return { state, battery, temperatureC: word / 10, humidityPercent: tag.u8(), rssi: tag.u8(), restHex: tag.hex(tag.left) }
}

function readWifi(block: Cursor, { more }: SealReport): void {
  const points: JsonObject[] = []
  while (block.left >= 7) points.push({ mac: block.hex(6), rssiDbm: -block.u8() })
  if (points.length > 0) more.wifi = points
}
