// What each type of Queclink text has before and behind its places.
import { bytesOfHex, textOf } from './bytes.ts'
import { defined, hexNumberIn, numberIn } from './fields.ts'
import { readCan } from './gl200-can.ts'
import { readEri } from './gl200-eri.ts'
import { readInformation } from './gl200-information.ts'
import { cellAt, type Gl200Text, HOURS, readStatusWord, secondsOf } from './gl200-words.ts'
import { type JsonObject, putIn, type SealReport, tell } from './report.ts'

type ReadType = (text: Gl200Text, report: SealReport) => void

/** Fields before the first place, without it. */
const headOf = ({ values, bodyAt, places }: Gl200Text): readonly string[] => values.slice(bodyAt, places[0]?.from ?? -2)
/** Fields behind the last place and its cell, up to the time of sending. */
const tailOf = ({ values, bodyAt, places }: Gl200Text): readonly string[] => values.slice(places.at(-1)?.to ?? bodyAt, -2)

const STATUS = /^[0-9A-Fa-f]{6}$/
const KILOMETRES = /^\d{1,7}\.\d$/
const PERCENT = /^\d{1,3}$/
const [MIN_POWER_MV] = [10]

/** FRI and its kin: power, kind of report and count before; odometer, hours, battery, state behind. */
function readRegular(text: Gl200Text, report: SealReport): void {
  const head = headOf(text)
  const power = numberIn(head[0])
  if (power !== undefined && power > MIN_POWER_MV) report.powerV = power / 1000
  if (head.length === 5) {
    // GL500: temperature and battery stand before the place.
    const [temperature, battery] = [numberIn(head[3]), numberIn(head[4])]
    if (temperature !== undefined) putIn(report, 'temperaturesC', 1, temperature)
    if (battery !== undefined && battery <= 100) report.batteryPercent = battery
  }
  const tail = tailOf(text)
  const statusAt = tail.findIndex((value, at) => at > 0 && STATUS.test(value))
  if (statusAt > 0) readVehicleTail(tail, statusAt, report)
  else if (text.model.startsWith('GL5') && readLongLifeTail(tail, report)) return
  else readAssetTail(head, tail, report)
}

function readVehicleTail(tail: readonly string[], statusAt: number, report: SealReport): void {
  const before = tail.slice(0, statusAt)
  const odometerAt = before.findIndex(value => KILOMETRES.test(value))
  const hoursAt = before.findIndex(value => HOURS.test(value))
  const odometer = numberIn(before[odometerAt])
  if (odometer !== undefined) report.odometerM = Math.round(odometer * 1000)
  const hoursS = secondsOf(before[hoursAt])
  if (hoursS !== undefined) report.more.engineS = hoursS
  const analogAt = hoursAt >= 0 ? hoursAt + 1 : odometerAt >= 0 ? odometerAt + 2 : statusAt
  for (const n of [1, 2]) {
    const value = hexNumberIn(before[analogAt + n - 1])
    if (value !== undefined && analogAt + n - 1 < statusAt - 1) putIn(report, 'adc', n, value)
  }
  const battery = before.at(-1) ?? ''
  if (PERCENT.test(battery)) report.batteryPercent = Number(battery)
  readStatusWord(hexNumberIn(tail[statusAt]) ?? 0, report)
  const [rpm, consumption, fuel] = tail.slice(statusAt + 1, statusAt + 4).map(numberIn)
  if (rpm !== undefined) putIn(report, 'obd', 'rpm', rpm)
  if (consumption !== undefined) putIn(report, 'obd', 'fuelConsumption', consumption)
  if (fuel !== undefined) report.more.fuelPercent = fuel
}

/** GL500: signal, error rate, battery in mV and per cent, mode, movement, temperature. */
function readLongLifeTail(tail: readonly string[], report: SealReport): boolean {
  const at = tail.findIndex((value, n) => PERCENT.test(tail[n + 3] ?? '') && /^\d{1,2}$/.test(value) && /^[01]$/.test(tail[n + 4] ?? ''))
  if (at < 0) return false
  const [gsm, , millivolts, percent, , moving, temperature] = tail.slice(at)
  report.more.gsmSignal = numberIn(gsm)
  const volts = numberIn(millivolts)
  if (volts !== undefined) report.batteryV = volts / 1000
  report.batteryPercent = Number(percent)
  if (moving === '0' || moving === '1') report.status.moving = moving === '1'
  const degrees = numberIn(temperature)
  if (degrees !== undefined) putIn(report, 'temperaturesC', 1, degrees)
  return true
}

const KINDS_OF_REPORT = { moving: 1, charging: 2 }

/** GL200, GL300: odometer, or signal, and the battery last. */
function readAssetTail(head: readonly string[], tail: readonly string[], report: SealReport): void {
  const odometer = tail.find(value => KILOMETRES.test(value))
  if (odometer !== undefined) report.odometerM = Math.round(Number(odometer) * 1000)
  const battery = tail.at(-1) ?? ''
  if (PERCENT.test(battery) && Number(battery) <= 100 && battery !== '') report.batteryPercent = Number(battery)
  const signal = tail.at(-2) ?? ''
  const kind = hexNumberIn(head[1])
  if (tail.length < 3 || !/^-?\d{1,2}$/.test(signal)) return
  report.more.gsmSignal = Number(signal)
  if (kind === undefined) return
  report.status.moving = (kind & KINDS_OF_REPORT.moving) !== 0
  if (kind & KINDS_OF_REPORT.charging) report.status.charging = true
}

/** Ignition on and off: how long it was the other way before; hours and odometer behind. */
function readIgnition(text: Gl200Text, report: SealReport): void {
  const duration = numberIn(headOf(text)[text.model === 'CV200' ? 2 : 0])
  if (duration !== undefined) report.more.durationS = duration
  report.status.ignition = text.type.endsWith('GN')
  const tail = tailOf(text)
  const hoursS = secondsOf(tail.find(value => HOURS.test(value)))
  if (hoursS !== undefined) report.more.engineS = hoursS
  const odometer = numberIn(tail.filter(value => KILOMETRES.test(value)).at(-1))
  if (odometer !== undefined) report.odometerM = Math.round(odometer * 1000)
}

/** Types that say a state by their report number alone, then as any other: odometer or battery behind. */
function readByNumber(text: Gl200Text, report: SealReport): void {
  const number = hexNumberIn(headOf(text)[1])
  if (number !== undefined) readNumber(text.type, number, report)
  readBasicTail(text, report)
}

function readNumber(type: string, number: number, report: SealReport): void {
  report.more.reportType = number
  if (type === 'NMR') report.status.moving = number === 1
  if (type === 'DIS') report.status[`input${number >> 4}`] = (number & 15) === 1
  if (type === 'IGL') report.status.ignition = (number & 15) === 1
  if (type !== 'HBM') return
  const kind = number & 15
  tell(
    report,
    kind === 2
      ? 'harsh-cornering'
      : kind === 0 || kind === 3
        ? 'harsh-braking'
        : kind === 1 || kind === 4
          ? 'harsh-acceleration'
          : undefined,
  )
}

function readBasicTail(text: Gl200Text, report: SealReport): void {
  const tail = tailOf(text)
  const odometer = tail.find(value => KILOMETRES.test(value))
  if (odometer !== undefined && text.model.startsWith('GV')) report.odometerM = Math.round(Number(odometer) * 1000)
  const battery = tail.at(-1) ?? ''
  if (text.places.length > 0 && PERCENT.test(battery) && Number(battery) <= 100) report.batteryPercent = Number(battery)
}

const MOVING_STATES: ReadonlySet<string> = new Set(['12', '16', '1A', '22', '42'])

/** A change of state: at rest or moving. */
function readState(text: Gl200Text, report: SealReport): void {
  const [state = ''] = headOf(text)
  report.more.state = state
  const isMoving = MOVING_STATES.has(state.toUpperCase())
  report.status.moving = isMoving
  if (isMoving) tell(report, 'moved')
  readBasicTail(text, report)
}

function readSwitch(text: Gl200Text, { status }: SealReport): void {
  status[text.type === 'LSW' ? 'input1' : 'input2'] = headOf(text)[1] === '1'
}

function readCard(text: Gl200Text, report: SealReport): void {
  const [, card] = headOf(text)
  if (card) report.more.card = card
  const odometer = tailOf(text).find(value => KILOMETRES.test(value))
  if (odometer !== undefined) report.odometerM = Math.round(Number(odometer) * 1000)
}

const CELL_STEP = 6

/** Neighbouring cells, six fields each: country, network, area, cell, signal, reserved. */
function readCells(text: Gl200Text, { more }: SealReport): void {
  const cells: JsonObject[] = []
  for (let at = text.bodyAt; at + 5 < text.values.length; at++) {
    const cell = cellAt(text.values, at)
    const rssi = numberIn(text.values[at + 4])
    if (cell === undefined || rssi === undefined) continue
    cells.push({ ...cell, rssi })
    at += CELL_STEP - 1
  }
  if (cells.length > 0) more.cells = cells
}

function readWifi(text: Gl200Text, report: SealReport): void {
  const points: JsonObject[] = []
  for (const [at, value] of text.values.entries()) {
    const rssiDbm = numberIn(text.values[at + 1])
    if (/^[0-9a-f]{12}$/i.test(value) && rssiDbm !== undefined && rssiDbm < 0) points.push({ mac: value, rssiDbm })
  }
  if (points.length > 0) report.more.wifi = points
  const battery = text.values.at(-3) ?? ''
  if (PERCENT.test(battery)) report.batteryPercent = Number(battery)
}

function readVersion({ values }: Gl200Text, { more }: SealReport): void {
  const [deviceType, firmware, hardware] = values.slice(4, 7)
  Object.assign(more, defined({ deviceType, firmware: hexNumberIn(firmware), hardware: hexNumberIn(hardware) }))
}

function readDriving(text: Gl200Text, report: SealReport): void {
  const [kind, degree] = headOf(text).map(numberIn)
  if (kind === 1) {
    tell(report, 'fatigue')
    report.more.fatigueDegree = degree
  } else if (kind !== undefined) report.more.warningType = kind
}

/** Data of a device behind the tracker's serial port: text in hex. */
function readData({ values }: Gl200Text, { more }: SealReport): void {
  const bytes = bytesOfHex(values.at(-3) ?? '')
  if (bytes === undefined || bytes.length === 0) return
  const text = textOf(bytes)
  more.text = text
  const fuel = text.includes('COMB') ? numberIn(text.split(',')[2]) : undefined
  if (fuel !== undefined) more.fuel = fuel
}

function readText(text: Gl200Text, { more }: SealReport): void {
  const [, , , data] = headOf(text)
  if (data !== undefined) more.data = data
}

/** Fields by the bits of a mask: name, address, state, millivolts, temperature, humidity. */
const ACCESSORY: readonly (readonly [string, (text: string) => string | number | undefined])[] = [
  ['name', value => value],
  ['mac', value => value],
  ['state', numberIn],
  ['batteryV', value => (numberIn(value) ?? Number.NaN) / 1000],
  ['temperatureC', numberIn],
  ['humidityPercent', numberIn],
]

const readAccessory =
  (maskAt: number): ReadType =>
  (text, { more }) => {
    const head = headOf(text)
    const mask = hexNumberIn(head[maskAt])
    if (mask === undefined) return
    const rest = head.slice(maskAt + 1)
    const accessory: JsonObject = {}
    for (const [bit, [name, convert]] of ACCESSORY.entries()) {
      const value = (mask >> bit) & 1 ? convert(rest.shift() ?? '') : undefined
      if (value !== undefined && value !== '' && !Number.isNaN(value)) accessory[name] = value
    }
    more.accessory = accessory
  }

function readLight(text: Gl200Text, report: SealReport): void {
  const [, , lightLevel, battery, , moving, temperature] = tailOf(text)
  const [percent, degrees] = [numberIn(battery), numberIn(temperature)]
  if (percent !== undefined) report.batteryPercent = percent
  if (degrees !== undefined) putIn(report, 'temperaturesC', 1, degrees)
  if (moving === '0' || moving === '1') report.status.moving = moving === '1'
  Object.assign(report.more, defined({ lightLevel: numberIn(lightLevel) }))
}

function readCellReport(text: Gl200Text, report: SealReport): void {
  const percent = numberIn(text.values[text.bodyAt + 2])
  if (percent !== undefined) report.batteryPercent = percent
  readCells(text, report)
}

/** Power and voltage before the place. */
function readBatteryLow(text: Gl200Text, report: SealReport): void {
  const volts = numberIn(headOf(text)[0])
  if (volts !== undefined) report.batteryV = volts
}

function readTemperature(text: Gl200Text, report: SealReport): void {
  const degrees = numberIn(headOf(text)[1])
  if (degrees !== undefined && text.type === 'TEM') putIn(report, 'temperaturesC', 1, degrees)
}

/** On-board diagnosis: sixteen fields and more before the place. */
function readObd(text: Gl200Text, report: SealReport): void {
  const { values, bodyAt } = text
  // From the second vehicle number: connected, millivolts, supported, rpm, speed, coolant, consumption, …
  const at = bodyAt + 3
  const names = [
    'connected',
    'powerMv',
    'supported',
    'rpm',
    'speedKmh',
    'coolantC',
    'fuelConsumption',
    'clearedKm',
    'milKm',
    'mil',
    'dtcCount',
    'dtcCodes',
  ]
  for (const [n, name] of names.entries()) {
    const value = values[at + n]
    if (value === undefined || value === '') continue
    putIn(report, 'obd', name, name === 'dtcCodes' || name === 'supported' ? value : (numberIn(value) ?? value))
  }
  const [throttle, load, fuel] = values.slice(at + names.length, at + names.length + 3).map(numberIn)
  Object.assign(report.more, defined({ fuelPercent: fuel }))
  if (throttle !== undefined) putIn(report, 'obd', 'throttlePercent', throttle)
  if (load !== undefined) putIn(report, 'obd', 'engineLoadPercent', load)
  const before = headOf(text)
  const km = numberIn(before.at(-1))
  if (km !== undefined) putIn(report, 'obd', 'odometerM', km * 1000)
}

export const READ_TYPE: Readonly<Record<string, ReadType>> = {
  INF: readInformation,
  OBD: readObd,
  CAN: readCan,
  ...Object.fromEntries(['CTN', 'FRI', 'GEO', 'RTL', 'DOG', 'STR', 'SOS', 'SPD', 'LBC', 'GCR', 'TRI'].map(type => [type, readRegular])),
  ERI: readEri,
  ...Object.fromEntries(['IGN', 'IGF', 'VGN', 'VGF'].map(type => [type, readIgnition])),
  ...Object.fromEntries(['NMR', 'DIS', 'IGL', 'HBM', 'TOW', 'MPN', 'MPF', 'SWG'].map(type => [type, readByNumber])),
  STT: readState,
  LSW: readSwitch,
  TSW: readSwitch,
  IDA: readCard,
  WIF: readWifi,
  GSM: readCells,
  LBS: readCellReport,
  VER: readVersion,
  DAR: readDriving,
  DTT: readData,
  DAT: readText,
  BAA: readAccessory(4),
  BID: readAccessory(2),
  LSA: readLight,
  BPL: readBatteryLow,
  TMP: readTemperature,
  TEM: readTemperature,
}
