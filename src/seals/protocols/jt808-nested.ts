// Items of JT/T 808 that hold items of their own: 0xEB (lengths of two bytes, also a time zone or cells), 0xF3 (on-board diagnosis, or radio tags), 0xF6 and 0xE8
// (asset trackers and dash cameras), and the OBD text of 0xE6 and 0x0900. Source: the published behaviour of open servers.
import { bit, Cursor, hexOf } from './bytes.ts'
import type { SealEvent } from './events.ts'
import { numberIn } from './fields.ts'
import { type Json, type JsonObject, putIn, type SealReport, tell } from './report.ts'

const isPrintable = (item: Cursor): boolean => {
  for (let at = item.at; at < item.end; at++) if (item.bytes[at]! < 0x20 || item.bytes[at]! > 0x7e) return false
  return item.left > 0
}

const COUNTRY_CODES_FROM = 200

/** 0xEB. */
export function readNested(item: Cursor, report: SealReport): void {
  const length = item.left
  if (length < 2) return
  const first = (item.bytes[item.at]! << 8) | item.bytes[item.at + 1]!
  if (first > COUNTRY_CODES_FROM && (length - 3) % 5 === 0) {
    readShortCells(item, report)
  } else if (isPrintable(item)) {
    report.more.timezone = item.text(length)
  } else {
    while (item.left >= 4) {
      const size = item.u16()
      if (size < 2 || size > item.left) return
      const id = item.u16()
      readNestedItem(id, item.part(size - 2), report)
    }
  }
}

function readShortCells(item: Cursor, report: SealReport): void {
  const [mcc, mnc] = [item.u16(), item.u8()]
  const cells: JsonObject[] = []
  while (item.left >= 5) cells.push({ mcc, mnc, lac: item.u16(), cid: item.u16(), rssi: item.u8() })
  if (cells.length > 0) report.more.cells = cells
}

type ReadNested = (part: Cursor, report: SealReport) => void

const NESTED: Readonly<Record<number, ReadNested>> = {
  1(part, report) {
    if (part.left >= 2) putIn(report, 'fuels', 1, part.u16() / 10)
  },
  35(part, report) {
    const value = numberIn(part.text(part.left).trim())
    if (value !== undefined) putIn(report, 'fuels', 2, value)
  },
  45(part, report) {
    if (part.left === 4) report.powerV = part.u32() / 1000
    else if (part.left >= 2) report.batteryV = part.u16() / 1000
  },
  137(part, report) {
    if (part.left < 4) return
    const word = part.u32()
    report.status.nestedAlarmWord = word
    if (!bit(word, 0)) tell(report, 'power-off')
    if (!bit(word, 12)) tell(report, 'removed')
  },
  168: readPercent,
  178(part, report) {
    if (part.left >= 10) report.more.iccid = part.hex(10).replace(/f+$/, '')
  },
  185(part, report) {
    if (part.left < 1) return
    part.skip(1)
    const words = part.text(part.left).split(',')
    const points = words.flatMap((mac, at) =>
      at % 2 === 0 && words[at + 1] !== undefined ? [{ mac, rssiDbm: Number(words[at + 1]) }] : [],
    )
    if (points.length > 0) report.more.wifi = points.filter(({ rssiDbm }) => Number.isFinite(rssiDbm))
  },
  197(part, report) {
    if (part.left < 4) return
    const word = part.u32()
    if (!bit(word, 6)) tell(report, 'vibration')
    const motion = (word >>> 23) & 3
    if (motion < 2) report.status.moving = motion === 0
  },
  198(part, report) {
    if (part.left < 1) return
    const value = part.u8()
    report.more.batteryAlarm = value
    if (value === 3 || value === 4) tell(report, 'low-battery')
  },
  206(part, report) {
    if (part.left >= 2) report.powerV = part.u16() / 100
  },
  213(part, report) {
    if (isPrintable(part)) report.more.imei = part.text(part.left)
  },
  216(part, report) {
    if (part.left >= 9) report.more.cells = [{ mcc: part.u16(), mnc: part.u8(), lac: part.u16(), cid: part.u32() }]
  },
  225: readPercent,
}

function readPercent(part: Cursor, report: SealReport): void {
  if (part.left >= 1) report.batteryPercent = part.u8()
}

function readNestedItem(id: number, part: Cursor, report: SealReport): void {
  const hex = hexOf(part.bytes, part.at, part.end)
  const read = NESTED[id]
  if (read) read(part, report)
  else putIn(report, 'nested', `0x${id.toString(16).padStart(4, '0')}`, hex)
}

type ReadObd = readonly [name: string, bytes: 2 | 4, convert: (value: number) => number]

const same = (value: number): number => value
const OBD: Readonly<Record<number, ReadObd>> = {
  2: ['speedKmh', 2, value => value / 10],
  3: ['rpm', 2, same],
  4: ['powerV', 2, value => value / 1000],
  5: ['odometerM', 4, value => value * 100],
  7: ['fuelConsumption', 2, value => value / 10],
  8: ['engineLoadPercent', 2, value => value / 10],
  9: ['coolantC', 2, value => value - 40],
  11: ['intakePressure', 2, same],
  12: ['intakeC', 2, value => value - 40],
  13: ['intakeFlow', 2, same],
  14: ['throttlePercent', 2, value => Math.floor((value * 100) / 255)],
  256: ['tripKm', 2, value => value / 10],
  258: ['tripFuel', 2, value => value / 10],
  274: ['hardAccelerations', 2, same],
  275: ['hardBrakes', 2, same],
  276: ['hardCorners', 2, same],
}
const [VIN, CVN, CALID] = [0x0050, 0x0051, 0x0052]

/** 0xF3 as on-board diagnosis: it must fall into parts to its last byte. False where it does not. */
export function readObd(item: Cursor, report: SealReport): boolean {
  const parts: (readonly [number, Cursor])[] = []
  const walk = new Cursor(item.bytes, item.at, item.end)
  while (walk.left >= 3) {
    const id = walk.u16()
    const length = walk.u8()
    if (length > walk.left) return false
    parts.push([id, walk.part(length)])
  }
  if (walk.left > 0 || parts.length === 0) return false
  for (const [id, part] of parts) {
    const row = OBD[id]
    if (row && part.left >= row[1]) putIn(report, 'obd', row[0], row[2](row[1] === 2 ? part.u16() : part.u32()))
    else if (id === VIN) report.more.vin = part.text(part.left)
    else if (id === CVN && part.left > 0) putIn(report, 'obd', 'cvn', part.hex(part.left))
    else if (id === CALID && part.left > 0) putIn(report, 'obd', 'calibrationId', part.text(part.left))
  }
  return true
}

/** Bytes by which each bit of the mask lengthens a tag. */
const TAG_FIELDS = [10, 2, 2, 2, 2, 6, 2, 2]

/** 0xF3 as radio tags near an asset tracker: a mask, then address, signal and what the mask says. */
export function readTags(item: Cursor, report: SealReport): void {
  const mask = item.u8()
  const size = TAG_FIELDS.reduce((sum, bytes, at) => sum + (bit(mask, at) ? bytes : 0), 7)
  if (item.left === 0 || item.left % size !== 0) return
  const tags: JsonObject[] = []
  while (item.left >= size) {
    const tag: JsonObject = { mac: item.hex(6), rssiDbm: item.i8() }
    if (bit(mask, 0)) tag.name = item.text(10).replace(/\0+$/, '').trim()
    if (bit(mask, 1)) tag.firmware = item.hex(2)
    if (bit(mask, 2)) tag.batteryV = item.u16() / 1000
    if (bit(mask, 3)) tag.temperatureC = item.i16() / 10
    if (bit(mask, 4)) tag.humidityPercent = item.i16() / 10
    if (bit(mask, 5)) tag.acceleration = [item.i16(), item.i16(), item.i16()]
    item.skip((bit(mask, 6) ? 2 : 0) + (bit(mask, 7) ? 2 : 0))
    tags.push(tag)
  }
  report.more.tags = tags
}

const IMEI_DIGITS = /^0\d{15}$/

/** 0xF6: air pressure in two bytes, an IMEI in eight digits of BCD; else an event, a mask and what it tells. */
export function readAssetState(item: Cursor, report: SealReport): void {
  const length = item.left
  if (length === 8 && IMEI_DIGITS.test(hexOf(item.bytes, item.at, item.end))) {
    report.more.imei = item.hex(8).slice(1)
    return
  }
  if (length === 2) {
    report.more.airPressure = item.u16()
    return
  }
  if (length < 2) return
  const event = item.u8()
  const mask = item.u8()
  report.more.event = event
  if (event === 2) report.status.moving = true
  if (bit(mask, 0)) report.more.light = item.u16()
  if (bit(mask, 1)) putIn(report, 'temperaturesC', 1, item.i16() / 10)
  if (bit(mask, 2)) report.more.humidityPercent = item.i16() / 10
  if (bit(mask, 3)) report.more.acceleration = [item.i16(), item.i16(), item.i16()]
  if (bit(mask, 4)) report.more.thresholdsHex = item.hex(Math.min(10, item.left))
  if (bit(mask, 5) && item.left >= 2) report.more.airPressure = item.u16()
}

const CAMERA_EVENTS: Readonly<Record<number, SealEvent>> = {
  1: 'fault',
  1024: 'harsh-acceleration',
  1025: 'harsh-braking',
  1026: 'harsh-cornering',
  1027: 'overspeed',
  1029: 'accident',
  1030: 'vibration',
  1031: 'towed',
  1032: 'entered-area',
  1033: 'left-area',
  1036: 'door',
  1042: 'harsh-acceleration',
  1043: 'harsh-braking',
  1044: 'harsh-cornering',
  1045: 'lane-change',
  1046: 'accident',
  1047: 'accident',
  3073: 'sos',
  3074: 'low-power',
  3077: 'general',
  3086: 'power-cut',
  3087: 'low-battery',
  3088: 'power-off',
  3090: 'shell-tampered',
}
const [IGNITION_ON, IGNITION_OFF] = [0x0c03, 0x0c04]
const CAMERA_STATES: Readonly<Record<number, (part: Cursor, report: SealReport) => void>> = {
  8194(part, report) {
    if (part.left < 2) return
    report.more.uploadMode = part.u8()
    if (part.u8() === 1) report.buffered = true
  },
  8195(part, report) {
    if (part.left < 7) return
    report.status.charging = part.u8() === 1
    const level = part.u8()
    if (level >= 1 && level <= 6) report.batteryPercent = Math.floor((level * 100) / 6)
    report.batteryV = part.u16() / 100
    report.more.gsmSignal = part.u8()
    report.powerV = part.u16() / 100
  },
  8197: readCameraStates,
}
const CAMERA_HEAD = 3

/** 0xE8: a dash camera's event or state (kind, length, content) where it looks like one; else the state of a lock, kept raw. */
export function readJimi(item: Cursor, report: SealReport): void {
  const length = item.left
  const kind = length > CAMERA_HEAD ? (item.bytes[item.at]! << 8) | item.bytes[item.at + 1]! : -1
  const event = CAMERA_EVENTS[kind]
  const state = CAMERA_STATES[kind]
  if (event === undefined && state === undefined && kind !== IGNITION_ON && kind !== IGNITION_OFF) {
    report.more.lockStatus = item.hex(length)
    return
  }
  item.skip(CAMERA_HEAD)
  report.more.cameraEvent = kind
  tell(report, event)
  if (kind === IGNITION_ON || kind === IGNITION_OFF) report.status.ignition = kind === IGNITION_ON
  state?.(item, report)
}

function readCameraStates(item: Cursor, report: SealReport): void {
  while (item.left >= 3) {
    const id = item.u16()
    const length = item.u8()
    if (length > item.left) return
    const part = item.part(length)
    if (id === 0x0001 && length >= 2) report.batteryV = part.u16() / 100
    else if (id === 0x0002 && length >= 4) report.more.dataUsage = part.u32()
    else if (id === 0x0003 && length >= 1) report.batteryPercent = part.u8()
    else if (id === 0x0004 && length >= 1) report.status.charging = part.u8() === 0
    else if (id === 0x0005 && length >= 10) report.more.iccid = part.hex(10).slice(0, 19)
    else if (id === 0x0007 && length >= 2) report.more.hdop = part.u16() / 10
    else if (id === 0x2001 && length >= 2) report.powerV = part.u16() / 10
  }
}

/** Places in the text `$OBD-RT,volts,rpm,…`. */
const OBD_TEXT = [
  'rpm',
  'speedKmh',
  'throttlePercent',
  'engineLoadPercent',
  'coolantC',
  'fuelConsumption',
  'fuelConsumptionMean',
  'tripKm',
  'odometerKm',
  'tripFuelUsed',
  'fuelUsed',
]

export function readObdText(text: string, report: SealReport): void {
  const [, volts, ...values] = text.trim().split(',')
  const power = numberIn(volts)
  if (power !== undefined) report.powerV = power
  for (const [at, name] of OBD_TEXT.entries()) {
    const value: Json | undefined = numberIn(values[at])
    if (value !== undefined) putIn(report, 'obd', name, value)
  }
  report.more.obdText = text.trim()
}
