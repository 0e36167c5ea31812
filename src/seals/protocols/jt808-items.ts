// Items behind a place in JT/T 808, by number: the standard's own (2013 table 27, 2019 table 28) and those of the makers. A maker's numbers overlap: length and
// content tell which is meant; where they do not, the reading that the published servers take. All items stay raw in `location.items` besides.
import { bit, type Cursor, hexOf, textOf } from './bytes.ts'
import type { SealEvent } from './events.ts'
import { numberIn } from './fields.ts'
import { readCardLocks, readEventItem, readLockItem, readStringItem, readSubLocks } from './jt808-lock-items.ts'
import { readAssetState, readJimi, readNested, readObd, readObdText, readTags } from './jt808-nested.ts'
import { type JsonObject, putIn, type SealReport, tell } from './report.ts'

type ReadItem = (item: Cursor, report: SealReport) => void

/** A number of so many bytes, under a name. */
const number =
  (bytes: 1 | 2 | 4, put: (value: number, report: SealReport) => void): ReadItem =>
  (item, report) => {
    if (item.left >= bytes) put(bytes === 1 ? item.u8() : bytes === 2 ? item.u16() : item.u32(), report)
  }

const named = (bytes: 1 | 2 | 4, name: string, divisor = 1): ReadItem =>
  number(bytes, (value, { more }) => {
    more[name] = value / divisor
  })

const text =
  (name: string): ReadItem =>
  (item, { more }) => {
    const value = item.text(item.left).replace(/\0+$/, '').trim()
    if (value !== '') more[name] = value
  }

const power = (divisor: number): ReadItem =>
  number(2, (value, report) => {
    report.powerV = value / divisor
  })
const battery = (divisor: number): ReadItem =>
  number(2, (value, report) => {
    report.batteryV = value / divisor
  })
const percent: ReadItem = number(1, (value, report) => {
  report.batteryPercent = value
})
const obd = (bytes: 1 | 2 | 4, name: string, convert: (value: number) => number = value => value): ReadItem =>
  number(bytes, (value, report) => putIn(report, 'obd', name, convert(value)))
const celsius = (value: number): number => value - 40

export const ITEMS: Readonly<Record<number, ReadItem>> = {
  1: number(4, (value, report) => {
    report.odometerM = value * 100
  }),
  2: number(2, (value, { more }) => {
    more.fuel = bit(value, 15) ? value & 0x7fff : value / 10
  }),
  3: named(2, 'recorderSpeedKmh', 10),
  4: named(2, 'manualAlarmId'),
  6: (item, report) => (item.left === 2 ? putIn(report, 'temperaturesC', 'carriage', item.i16()) : percent(item, report)),
  11: readLockItem,
  17: readOverspeed,
  18: readAreaPassage,
  20: named(4, 'videoAlarm'),
  37: named(4, 'input'),
  42: named(2, 'ioStatus'),
  43: readAnalog,
  48: named(1, 'gsmSignal'),
  49: number(1, (value, report) => {
    report.satellites = value
  }),
  51: readMode,
  81: readTemperatures,
  83: readCells,
  86: number(1, (value, report) => {
    report.batteryPercent = value * 10
  }),
  87: readDrivingAlarms,
  93: readCells,
  96: readEventItem,
  97: power(100),
  99: readSubLocks,
  100: readAssistance('adasAlarm'),
  101: readAssistance('dmsAlarm'),
  103: text('password'),
  104: number(2, (value, report) => {
    report.batteryPercent = value / 100
  }),
  105: battery(100),
  108: text('imsi'),
  112: readDrivingEvent,
  113: text('iccid'),
  119: readTires,
  128: obd(1, 'speedKmh'),
  129: obd(2, 'rpm'),
  130: power(10),
  131: obd(1, 'engineLoadPercent'),
  132: obd(1, 'coolantC', celsius),
  133: obd(2, 'fuelConsumption'),
  134: obd(1, 'intakeC', celsius),
  135: obd(2, 'intakeFlow'),
  136: obd(1, 'intakePressure'),
  137: obd(1, 'throttlePercent'),
  139: text('vin'),
  140: obd(4, 'odometerM', value => value * 100),
  141: obd(2, 'tripM', value => value * 1000),
  142: obd(1, 'fuelPercent'),
  145: readEngine,
  148: text('vin'),
  160: (item, { more }) => {
    more.dtcs = item.text(item.left).replaceAll(',', ' ')
  },
  167: readAnalog,
  172: number(4, (value, report) => {
    report.odometerM = value
  }),
  188: text('driver'),
  189: text('driverId'),
  204: text('iccid'),
  208: number(4, (value, report) => {
    report.status.userWord = value
    if (bit(value, 3)) tell(report, 'vibration')
  }),
  211: power(10),
  212: readBatteryOrCells,
  213: (item, report) => (item.left === 2 ? battery(100)(item, report) : readCardLocks(item, report)),
  214: text('iccid'),
  218: readStringItem,
  225: readBatteryOrCells,
  226: named(4, 'fuel', 10),
  227: readBatteryPair,
  228: readCharge,
  229: readMoving,
  230: readSensors,
  231: readMovementAlarms,
  232: readJimi,
  233: readBatteryOrCells,
  234: readExternal,
  235: readNested,
  236: readWifi,
  237: text('card'),
  238: readVoltages,
  240: readWideCells,
  241: number(4, (value, report) => {
    report.powerV = value / 1000
  }),
  242: text('firmware'),
  243: (item, report) => (readObd(item, report) ? undefined : readTags(item, report)),
  244: readWifi,
  245: named(2, 'illuminance'),
  246: readAssetState,
  247: readHumidityOrBattery,
  248: readIdentity,
  249: readPeriods,
  251: text('container'),
  252: named(1, 'areaId'),
  253: readNetwork,
  254: readByLength,
  255: readNetwork12,
}

/** 0x11: kind of the area, then its number where there is one. */
function readOverspeed(item: Cursor, report: SealReport): void {
  if (item.left < 1) return
  tell(report, 'overspeed')
  report.more.overspeed = { areaKind: item.u8(), ...(item.left >= 4 ? { areaId: item.u32() } : {}) }
}

/** 0x12: kind of area, its number, 0 in or 1 out. */
function readAreaPassage(item: Cursor, report: SealReport): void {
  if (item.left < 6) return
  const [areaKind, areaId, direction] = [item.u8(), item.u32(), item.u8()]
  report.more.areaPassage = { areaKind, areaId, direction }
  tell(report, direction === 0 ? 'entered-area' : 'left-area')
}

function readAnalog(item: Cursor, report: SealReport): void {
  for (let n = 1; item.left >= 2; n++) putIn(report, 'adcV', n, item.u16() / 100)
}

/** 0x33: one byte of mode, or the text of a lock: `*M00,nn,` and its state, in which stands the voltage. */
function readMode(item: Cursor, report: SealReport): void {
  if (item.left === 1) {
    report.more.mode = item.u8()
    return
  }
  const words = item.text(item.left)
  report.more.lockText = words
  const volts = words.startsWith('*M00') ? numberIn(words.slice(10, 13)) : undefined
  if (volts !== undefined) report.batteryV = volts / 100
}

const NO_VALUE = 0xffff

/** 0x51: tenths of a degree, the highest bit the sign. */
function readTemperatures(item: Cursor, report: SealReport): void {
  if (item.left !== 2 && item.left !== 16) return
  for (let n = 1; item.left >= 2; n++) {
    const word = item.u16()
    if (word !== NO_VALUE) putIn(report, 'temperaturesC', n, (bit(word, 15) ? -(word & 0x7fff) : word) / 10)
  }
}

function addCells(report: SealReport, cells: readonly JsonObject[]): void {
  if (cells.length > 0) report.more.cells = [...(Array.isArray(report.more.cells) ? report.more.cells : []), ...cells]
}

/** 0x53 and 0x5D: a count, and cells of eight bytes, or of ten where the cell has four. */
function readCells(item: Cursor, report: SealReport): void {
  if (item.left < 1) return
  const count = item.u8()
  const size = count === 0 ? 0 : item.left / count
  if (size !== 8 && size !== 10) return
  const cells = Array.from({ length: count }, () => ({
    mcc: item.u16(),
    mnc: item.u8(),
    lac: item.u16(),
    cid: size === 8 ? item.u16() : item.u32(),
    rssi: item.u8(),
  }))
  addCells(report, cells)
}

const DRIVING_BITS: readonly (readonly [number, SealEvent])[] = [
  [8, 'harsh-acceleration'],
  [9, 'harsh-braking'],
  [10, 'harsh-cornering'],
]

/** 0x57: driving alarms, switches, and four bytes in which bit 16 is the door. */
function readDrivingAlarms(item: Cursor, report: SealReport): void {
  if (item.left < 2) return
  const word = item.u16()
  for (const [at, event] of DRIVING_BITS) if (bit(word, at)) tell(report, event)
  if (item.left < 6) return
  report.more.switches = item.u16()
  if (bit(item.u32(), 16)) tell(report, 'door')
}

/** 0x64 and 0x65 (T/JSATL 12): number, state, kind; in long ones the label of the attachments at the end. */
function readAssistance(name: string): ReadItem {
  return (item, { more }) => {
    const length = item.left
    if (length < 6) return
    item.skip(5)
    more[name] = item.u8()
    if (length >= 47) more.alarmLabel = hexOf(item.bytes, item.end - 16, item.end)
  }
}

const DRIVING_EVENTS: Readonly<Record<number, SealEvent>> = {
  1: 'harsh-acceleration',
  2: 'harsh-braking',
  3: 'harsh-cornering',
  22: 'accident',
}

function readDrivingEvent(item: Cursor, report: SealReport): void {
  if (item.left < 6) return
  item.skip(5)
  tell(report, DRIVING_EVENTS[item.u8()])
}

function readTires(item: Cursor, report: SealReport): void {
  while (item.left >= 8) {
    const index = item.u8()
    const [sensorId, pressure, temperatureC, state] = [item.hex(3), (item.u16() & 0x3ff) / 40, item.u8() - 50, item.u8()]
    putIn(report, 'tires', index, { sensorId, pressure, temperatureC, state })
  }
}

/** 0x91: an engine, 24 bytes. */
function readEngine(item: Cursor, report: SealReport): void {
  if (item.left < 24) return
  report.batteryV = item.u16() / 10
  const [rpm, speedKmh, throttle, load, coolant] = [item.u16(), item.u8(), item.u8(), item.u8(), item.u8()]
  item.skip(2)
  const fuelConsumption = item.u16() / 100
  item.skip(8)
  const percentOf = (value: number): number => Math.floor((value * 100) / 255)
  const values = { rpm, speedKmh, throttlePercent: percentOf(throttle), engineLoadPercent: percentOf(load), coolantC: celsius(coolant) }
  report.more.obd = { ...values, fuelConsumption, fuelUsed: item.u16() / 100 }
}

const CHARGING = 0xff

/** 0xD4, 0xE1, 0xE9: one byte of battery; two of voltage; cells; else a driver's number. */
function readBatteryOrCells(item: Cursor, report: SealReport): void {
  const length = item.left
  if (length === 1) {
    const value = item.u8()
    if (value === CHARGING) report.status.charging = true
    else report.batteryPercent = value
  } else if (length >= 12 && (length - 4) % 8 === 0) {
    const [mcc, mnc] = [item.u16(), item.u16()]
    const cells: JsonObject[] = []
    while (item.left >= 8) cells.push({ mcc, mnc, lac: item.u24(), cid: item.u32(), rssi: item.u8() })
    addCells(report, cells)
  } else if (length === 2) {
    report.powerV = item.u16() / 10
  } else if (length === 4) {
    report.more.driverId = String(item.u32())
  }
}

/** 0xE3: battery and its voltage; else the name of the network. */
function readBatteryPair(item: Cursor, report: SealReport): void {
  if (item.left === 6) {
    item.skip(1)
    report.batteryPercent = item.u8()
    report.batteryV = item.u16() / 100
  } else if (item.left > 6) text('networkName')(item, report)
}

function readCharge(item: Cursor, report: SealReport): void {
  if (item.left < 2) return
  if (item.u8() === 0) report.status.charging = true
  report.batteryPercent = item.u8()
}

function readMoving(item: Cursor, report: SealReport): void {
  if (item.left === 1) report.status.moving = item.u8() === 1
}

/** 0xE6: an OBD text, or sensors of eleven bytes: index, radio address, temperature, humidity. */
function readSensors(item: Cursor, report: SealReport): void {
  const length = item.left
  if (length >= 7 && textOf(item.bytes, item.at, item.at + 7) === '$OBD-RT') {
    readObdText(item.text(length), report)
    return
  }
  if (length % 11 !== 0) return
  while (item.left >= 11) {
    const index = item.u8()
    putIn(report, 'sensorIds', index, item.hex(6))
    putIn(report, 'temperaturesC', index, twoPart(item))
    putIn(report, 'humidityPercents', index, twoPart(item))
  }
}

/** A signed whole and 255ths. */
function twoPart(item: Cursor): number {
  const [whole, part] = [item.i8(), item.u8() / 255]
  return whole < 0 ? whole - part : whole + part
}

function readMovementAlarms(item: Cursor, report: SealReport): void {
  if (item.left !== 8) return
  const word = item.u16()
  if (bit(word, 0)) tell(report, 'vibration')
  if ((word & 0b1110) !== 0) tell(report, 'sos')
}

/** 0xEA: a kind, then items of the kind's own. */
function readExternal(item: Cursor, report: SealReport): void {
  if (item.left <= 2) return
  item.skip(1)
  while (item.left >= 2) {
    const id = item.u8()
    const length = item.u8()
    if (length > item.left) return
    const part = item.part(length)
    if (id === 0x11 && length >= 3) putIn(report, 'external', 'alarms', part.u16())
    else if (id === 0x13 && length >= 2) putIn(report, 'external', 'illuminance', part.u16())
    else if (id === 0x14 && length >= 2) putIn(report, 'external', 'airPressure', part.u16())
    else if (id === 0x15 && length >= 2) putIn(report, 'external', 'humidityPercent', part.u16() / 10)
    else if (id === 0x16 && length >= 2) putIn(report, 'external', 'temperatureC', part.u16() / 10 - 50)
  }
}

function readWifi(item: Cursor, report: SealReport): void {
  const points: JsonObject[] = []
  while (item.left >= 7) points.push({ mac: item.hex(6), rssiDbm: item.i8() })
  if (points.length > 0) report.more.wifi = points
}

function readVoltages(item: Cursor, report: SealReport): void {
  if (item.left !== 6) return
  report.more.gsmSignal = item.u8()
  report.powerV = item.u16() / 1000
  report.batteryV = item.u16() / 1000
  report.satellites = item.u8()
}

/** 0xF0: cells of 13 bytes, the cell before the area. */
function readWideCells(item: Cursor, report: SealReport): void {
  const cells: JsonObject[] = []
  while (item.left >= 13) {
    const [mcc, mnc, cid, lac, rssi] = [item.u16(), item.u16(), item.u32(), item.u32(), item.u8()]
    cells.push({ mcc, mnc, lac, cid, rssi })
  }
  addCells(report, cells)
}

/** 0xF7: tenths of humidity; else millivolts, state of charge, percent. */
function readHumidityOrBattery(item: Cursor, report: SealReport): void {
  if (item.left === 2) {
    report.more.humidityPercent = item.u16() / 10
    return
  }
  if (item.left < 4) return
  report.batteryV = item.u32() / 1000
  if (item.left >= 1 && [2, 3].includes(item.u8())) report.status.charging = true
  if (item.left >= 1) report.batteryPercent = item.u8()
}

/** Above this a temperature of 0xF8 would be more than 150 °C: it is steps. */
const MAX_TEMPERATURE_WORD = 2000

/** 0xF8: mode, IMEI, ICCID and model of an asset tracker; two bytes are a temperature or steps. */
function readIdentity(item: Cursor, report: SealReport): void {
  if (item.left >= 19) {
    report.more.mode = item.u8()
    report.more.imei = item.hex(8).slice(1)
    report.more.iccid = item.hex(10)
    if (item.left > 0) text('model')(item, report)
  } else if (item.left === 2) {
    const word = item.u16()
    if (word > MAX_TEMPERATURE_WORD) report.more.steps = word
    else putIn(report, 'temperaturesC', 2, word / 10 - 50)
  }
}

/** 0xF9: two bytes are the maker's protocol version; else a mask and what it tells. */
function readPeriods(item: Cursor, report: SealReport): void {
  if (item.left < 2) return
  if (item.left === 2) {
    report.more.makerProtocol = item.u16()
    return
  }
  const mask = item.u16()
  if (bit(mask, 0)) report.more.fixAgeS = item.u32()
  if (bit(mask, 1)) report.more.ignitionOnS = item.u32()
  if (bit(mask, 2)) report.more.hdop = item.u16() / 10
  if (bit(mask, 3)) item.skip(6)
  if (bit(mask, 5)) item.skip(8)
  if (bit(mask, 6) && item.left >= 2) putIn(report, 'temperaturesC', 3, item.i16() / 10)
}

/** 0xFD: country, network (one byte or two), cell, area. */
function readNetwork(item: Cursor, report: SealReport): void {
  const length = item.left
  if (length !== 9 && length !== 10) return
  const [mcc, mnc, cid, lac] = [item.u16(), length === 9 ? item.u8() : item.u16(), item.u32(), item.u16()]
  addCells(report, [{ mcc, mnc, lac, cid }])
}

/** 0xFF: country, network, area, cell. */
function readNetwork12(item: Cursor, report: SealReport): void {
  if (item.left === 12) addCells(report, [{ mcc: item.u16(), mnc: item.u16(), lac: item.u32(), cid: item.u32() }])
}

const DRIVING_MARK = 0x7c
const MARK_EVENTS: readonly SealEvent[] = ['harsh-acceleration', 'harsh-braking', 'harsh-cornering', 'accident', 'shell-tampered']

/** 0xFE: battery, voltage or odometer by its length; behind 0x7C driving alarms. */
function readByLength(item: Cursor, report: SealReport): void {
  if (item.left === 1) report.batteryPercent = item.u8()
  else if (item.left === 2) report.powerV = item.u16() / 10
  else if (item.left === 4) report.odometerM = item.u32()
  else if (item.left > 4 && item.u8() === DRIVING_MARK) {
    while (item.left >= 2) {
      const id = item.u8()
      const part = item.part(item.u8())
      if (id !== 1 || part.left < 4) continue
      const word = part.u32()
      for (const [at, event] of MARK_EVENTS.entries()) if (bit(word, at)) tell(report, event)
    }
  }
}
