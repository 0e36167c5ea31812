// Places in JT/T 808: the body of 0x0200 (alarm word, status word, place, time in the device's own zone, items), several of them (0x0704, 0x0210), and the
// padlocks' 0x5501 and 0x5502. JT/T 808-2013 §8.18, JT/T 808-2019 §8.12; 0x5501 and the items of makers from the published behaviour of open servers.
import { bit, bitsOf, type Cursor, hexOf } from './bytes.ts'
import type { SealEvent } from './events.ts'
import { jointechPlace } from './jt600-words.ts'
import { ITEMS } from './jt808-items.ts'
import { readLockItem } from './jt808-lock-items.ts'
import { type JsonObject, newReport, type SealReport, tell } from './report.ts'
import { utcMs } from './times.ts'

const DEFAULT_OFFSET_MIN = 8 * 60
const FIXED_BYTES = 28
/** A form without items: remaining battery and mileage, odometer, voltage, area, signal. */
const OLD_TAIL_BYTES = 18

/** Alarm bit → event (JT/T 808 table 24; 15 to 18 as padlock makers use them). */
const ALARM_EVENTS: ReadonlyMap<number, SealEvent> = new Map([
  [0, 'sos'],
  [1, 'overspeed'],
  [2, 'fatigue'],
  [4, 'fault'],
  [5, 'gps-antenna-fault'],
  [6, 'gps-antenna-fault'],
  [7, 'low-battery'],
  [8, 'power-cut'],
  [9, 'fault'],
  [10, 'fault'],
  [11, 'fault'],
  [15, 'vibration'],
  [16, 'shell-tampered'],
  [17, 'shell-tampered'],
  [18, 'low-battery'],
  [19, 'parked'],
  [20, 'area'],
  [23, 'left-area'],
  [26, 'general'],
  [28, 'moved'],
  [29, 'accident'],
  [30, 'accident'],
  [31, 'door-opened'],
])

/** Asset trackers that use bit 16 for movement. */
const MOVEMENT_MODELS = /AL300|GL100/
const DOOR_BITS = [13, 14, 15, 16, 17]

/** BCD date and time in the device's zone. */
export function deviceTime(cursor: Cursor, utcOffsetMin = DEFAULT_OFFSET_MIN): { readonly localMs?: number; readonly sentAtMs?: number } {
  const [year, month, day] = [cursor.bcd(1), cursor.bcd(1), cursor.bcd(1)]
  const localMs = utcMs(year, month, day, cursor.bcd(1), cursor.bcd(1), cursor.bcd(1))
  return localMs === undefined ? {} : { localMs, sentAtMs: localMs - utcOffsetMin * 60_000 }
}

/** One place with its items. */
export function readLocation(cursor: Cursor, utcOffsetMin: number | undefined): SealReport {
  const report = newReport('report')
  if (cursor.left < FIXED_BYTES) {
    report.more.unreadHex = cursor.hex(cursor.left)
    return report
  }
  const alarmWord = cursor.u32()
  const statusWord = cursor.u32()
  const [latRaw, lonRaw] = [cursor.u32() / 1e6, cursor.u32() / 1e6]
  const lat = bit(statusWord, 2) ? 0 - latRaw : latRaw
  const lon = bit(statusWord, 3) ? 0 - lonRaw : lonRaw
  const [altitudeM, speedKmh, courseDeg] = [cursor.i16(), cursor.u16() / 10, cursor.u16()]
  const { localMs, sentAtMs } = deviceTime(cursor, utcOffsetMin)
  const fixValid = bit(statusWord, 1)
  Object.assign(report, { lat, lon, altitudeM, speedKmh, courseDeg, fixValid }, sentAtMs === undefined ? {} : { sentAtMs })
  readStatus(statusWord, report)
  const items = readItems(cursor, report)
  readAlarms(alarmWord, report)
  const timeDeviceLocal = localMs === undefined ? undefined : new Date(localMs).toISOString().slice(0, 19)
  report.more.location = {
    alarmBits: bitsOf(alarmWord),
    statusBits: bitsOf(statusWord),
    valid: fixValid,
    latitude: lat,
    longitude: lon,
    altitudeM,
    speedKmh,
    courseDeg,
    timeDeviceLocal,
    items,
  }
  return report
}

function readStatus(word: number, report: SealReport): void {
  const doorsOpen = DOOR_BITS.filter(at => bit(word, at)).map(at => at - DOOR_BITS[0]! + 1)
  Object.assign(
    report.status,
    { ignition: bit(word, 0), blocked: bit(word, 10), charging: bit(word, 26), word: `0x${word.toString(16).padStart(8, '0')}` },
    doorsOpen.length > 0 ? { doorOpen: true, doorsOpen } : {},
  )
}

function readAlarms(word: number, report: SealReport): void {
  report.status.alarmWord = `0x${word.toString(16).padStart(8, '0')}`
  const isMovement = MOVEMENT_MODELS.test(String(report.more.firmware ?? ''))
  for (const at of bitsOf(word)) tell(report, at === 16 && isMovement ? 'moved' : ALARM_EVENTS.get(at))
}

/** Every item as it came; those that are known also by name. */
function readItems(cursor: Cursor, report: SealReport): JsonObject[] {
  if (cursor.left === OLD_TAIL_BYTES && !areItems(cursor)) {
    readOldTail(cursor, report)
    return []
  }
  const items: JsonObject[] = []
  while (cursor.left >= 2) {
    const id = cursor.bytes[cursor.at]!
    const length = cursor.bytes[cursor.at + 1]!
    if (length > cursor.left - 2) break
    cursor.skip(2)
    const item = cursor.part(length)
    items.push({ id: `0x${id.toString(16).padStart(2, '0')}`, hex: hexOfPart(item) })
    ITEMS[id]?.(item, report)
  }
  if (cursor.left > 0) report.more.unreadHex = cursor.hex(cursor.left)
  return items
}

const hexOfPart = ({ bytes, at, end }: Cursor): string => hexOf(bytes, at, end)

/** Whether the rest falls into items to its last byte. */
function areItems(cursor: Cursor): boolean {
  let at = cursor.at
  while (at + 2 <= cursor.end) at += 2 + cursor.bytes[at + 1]!
  return at === cursor.end
}

function readOldTail(cursor: Cursor, report: SealReport): void {
  report.more.batteryAndMileage = cursor.u32()
  report.odometerM = cursor.u32() * 1000
  report.batteryV = cursor.u16() / 10
  report.more.areaId = cursor.u32()
  report.more.gsmSignal = cursor.u8()
  report.more.unreadHex = cursor.hex(cursor.left)
}

const [CHARGING, CHARGED] = [0xaa, 0xab]

/** Alarm bits by product: trackers 1 and 2, padlock 3. */
const PRODUCT_EVENTS: Readonly<Record<number, readonly (SealEvent | undefined)[]>> = {
  1: ['low-power'],
  2: ['low-power'],
  3: ['overspeed', 'low-power', 'vibration', 'low-battery', undefined, 'entered-area', 'left-area'],
}
const PADLOCK = 3
const PADLOCK_FIXED_BYTES = 35

/** 0x5501, and 0x5502 from where there was no network. */
export function readPadlockLocation(cursor: Cursor, isBuffered: boolean): SealReport {
  const report = newReport('report')
  if (isBuffered) report.buffered = true
  if (cursor.left < PADLOCK_FIXED_BYTES) {
    report.more.unreadHex = cursor.hex(cursor.left)
    return report
  }
  Object.assign(report, jointechPlace(cursor, 'binary'))
  report.more.gsmSignal = cursor.u8()
  report.satellites = cursor.u8()
  report.odometerM = cursor.u32() * 1000
  const battery = cursor.u8()
  if (battery <= 100) report.batteryPercent = battery
  if (battery === CHARGING || battery === CHARGED) report.status.charging = true
  const [cid, lac] = [cursor.u32(), cursor.u16()]
  if (cid > 0 && lac > 0) report.more.cells = [{ lac, cid }]
  const product = cursor.u8()
  const [status, alarm] = [cursor.u16(), cursor.u16()]
  if (product === PADLOCK) report.status.locked = bit(status, 5)
  const words = { word: `0x${status.toString(16).padStart(4, '0')}`, alarmWord: `0x${alarm.toString(16).padStart(4, '0')}` }
  Object.assign(report.status, { product, ...words })
  for (const at of bitsOf(alarm)) tell(report, PRODUCT_EVENTS[product]?.[at])
  report.more.items = readPadlockItems(cursor, report)
  return report
}

function readPadlockItems(cursor: Cursor, report: SealReport): JsonObject[] {
  const items: JsonObject[] = []
  while (cursor.left >= 2) {
    const id = cursor.u8()
    const item = cursor.part(cursor.u8())
    items.push({ id: `0x${id.toString(16).padStart(2, '0')}`, hex: hexOfPart(item) })
    readPadlockItem(id, item, report)
  }
  if (cursor.left > 0) report.more.unreadHex = cursor.hex(cursor.left)
  return items
}

function readPadlockItem(id: number, item: Cursor, report: SealReport): void {
  if (id === 0x02 && item.left >= 2) report.altitudeM = item.i16()
  else if (id === 0x0a && item.left === 3) report.more.network = { mcc: item.u16(), mnc: item.u8() }
  else if (id === 0x0b) readLockItem(item, report)
  else if (id === 0x0c && item.left >= 6) report.more.tilt = [item.i16(), item.i16(), item.i16()]
  else if (id === 0x10 && item.left >= 1) report.more.wakeSource = item.u8()
  else if (id === 0xfc && item.left >= 1) report.more.areaId = item.u8()
}

/** 0x0704 (a count, a kind, lengths of two bytes) and 0x0210 (lengths of one byte). */
export function readBatch(cursor: Cursor, messageId: number, utcOffsetMin: number | undefined): SealReport[] {
  const isStandard = messageId === 0x0704
  if (isStandard) cursor.skip(2)
  const isBuffered = isStandard && cursor.u8() > 0
  const reports: SealReport[] = []
  while (cursor.left > 2) {
    const length = isStandard ? cursor.u16() : cursor.u8()
    const report = readLocation(cursor.part(length), utcOffsetMin)
    if (isBuffered) report.buffered = true
    reports.push(report)
  }
  return reports
}
