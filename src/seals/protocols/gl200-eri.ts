// Queclink's ERI: places, and behind them what the mask (first field) says: fuel, one-wire thermometers, radio sensors.
import { bit } from './bytes.ts'
import { hexNumberIn, numberIn } from './fields.ts'
import { type Gl200Text, readStatusWord, secondsOf } from './gl200-words.ts'
import { type JsonObject, putIn, type SealReport } from './report.ts'

/** Walks the fields; what is empty is undefined. */
class Fields {
  readonly #values: readonly string[]
  at: number

  constructor(values: readonly string[], at: number) {
    this.#values = values
    this.at = at
  }

  /** Fields left before the time of sending and the count. */
  get left(): number {
    return this.#values.length - 2 - this.at
  }

  text(): string | undefined {
    const value = this.left > 0 ? this.#values[this.at] : undefined
    this.at++
    return value === '' ? undefined : value
  }

  number(): number | undefined {
    return numberIn(this.text())
  }

  hex(): number | undefined {
    return hexNumberIn(this.text())
  }
}

const MASK = { fuel: 0, oneWire: 1, can: 2, fuelSensor: 3, fuelVolume: 4, radio433: 7, bluetooth: 8 }
const APPEND = { satellites: 0, trigger: 1 }
const DEGREES_PER_STEP = 0.0625

export function readEri({ values, bodyAt, model, places }: Gl200Text, report: SealReport): void {
  const mask = hexNumberIn(values[bodyAt]) ?? 0
  report.more.mask = values[bodyAt]
  const power = numberIn(values[bodyAt + 1])
  if (power !== undefined) report.powerV = power / 1000
  const fields = new Fields(values, places.at(-1)?.to ?? values.length)
  readAppended(fields, model, report)
  readVehicle(fields, model, report)
  readState(fields, model, mask, report)
  readSensors(fields, model, mask, report)
}

function readAppended(fields: Fields, model: string, report: SealReport): void {
  if (model.startsWith('GL5')) {
    report.more.gsmSignal = fields.number()
    fields.text()
  }
  if (model === 'GL320M') return
  const append = fields.number() ?? 0
  if (bit(append, APPEND.satellites)) {
    const satellites = fields.number()
    if (satellites !== undefined) report.satellites = satellites
  }
  if (bit(append, APPEND.trigger)) report.more.trigger = fields.text()
}

/** `F47` is a fuel level, a number millivolts. */
function readAnalog(text: string | undefined, n: number, report: SealReport): void {
  if (text === undefined) return
  const value = numberIn(text.startsWith('F') ? text.slice(1) : text)
  if (value !== undefined && text.startsWith('F')) putIn(report, 'fuels', n, value)
  else if (value !== undefined) putIn(report, 'adcV', n, value / 1000)
}

function readVehicle(fields: Fields, model: string, report: SealReport): void {
  if (model.startsWith('GL5')) return
  const odometer = fields.number()
  if (odometer !== undefined) report.odometerM = Math.round(odometer * 1000)
  if (model === 'GL320M') return
  const engineS = secondsOf(fields.text())
  if (engineS !== undefined) report.more.engineS = engineS
  readAnalog(fields.text(), 1, report)
  if (model.startsWith('GV') && !model.startsWith('GV6') && model !== 'GV350M') readAnalog(fields.text(), 2, report)
  if (model === 'GV200' || model === 'GV310LAU') readAnalog(fields.text(), 3, report)
  if ((model.startsWith('GV3') && model.endsWith('CEU')) || model.startsWith('GV600M')) fields.text()
}

function readState(fields: Fields, model: string, mask: number, report: SealReport): void {
  if (model === 'GV200') {
    Object.assign(report.more, { input: fields.hex(), output: fields.hex(), uartDevice: fields.text() })
    return
  }
  const percent = fields.number()
  if (percent !== undefined && percent <= 100) report.batteryPercent = percent
  if (model === 'GL320M') {
    if (bit(mask, MASK.radio433)) report.more.externalBatteryPercent = fields.number()
    return
  }
  if (model.startsWith('GL5')) {
    report.more.mode = fields.text()
    const moving = fields.number()
    if (moving !== undefined) report.status.moving = moving > 0
    return
  }
  const word = fields.hex()
  if (word !== undefined) readStatusWord(word, report)
  report.more.uartDevice = fields.text()
}

function readSensors(fields: Fields, model: string, mask: number, report: SealReport): void {
  if (bit(mask, MASK.fuel) && model !== 'GV350M') report.more.fuel = fields.hex()
  if (bit(mask, MASK.oneWire)) readThermometers(fields, report)
  // What the vehicle's bus says has no length: the rest stays in `tailFields`.
  if (bit(mask, MASK.can)) return
  const hasFuelSensor = bit(mask, MASK.fuelSensor) || bit(mask, MASK.fuelVolume) || (bit(mask, MASK.fuel) && model === 'GV350M')
  if (hasFuelSensor && fields.left > 0) readFuelSensors(fields, model, mask, report)
  if (model === 'GL320M') return
  if (bit(mask, MASK.radio433)) skipRadioSensors(fields)
  if (bit(mask, MASK.bluetooth)) readTags(fields, model, report)
}

function readThermometers(fields: Fields, report: SealReport): void {
  const count = fields.number() ?? 0
  for (let n = 1; n <= count && fields.left > 0; n++) {
    fields.text()
    fields.text()
    const word = fields.hex()
    if (word !== undefined) putIn(report, 'temperaturesC', n, ((word << 16) >> 16) * DEGREES_PER_STEP)
  }
}

function readFuelSensors(fields: Fields, model: string, mask: number, report: SealReport): void {
  const count = fields.number() ?? 0
  for (let n = 0; n < count && fields.left > 0; n++) {
    fields.text()
    if (model === 'GV350M') {
      fields.text()
      if (bit(mask, MASK.fuel)) report.more.fuel = fields.hex()
    }
    if (bit(mask, MASK.fuelSensor)) report.more.fuelPercent = fields.number()
    if (bit(mask, MASK.fuelVolume)) report.more.fuelLitres = fields.number()
  }
}

const WITH_HUMIDITY = 2

function skipRadioSensors(fields: Fields): void {
  const count = fields.number() ?? 0
  for (let n = 0; n < count && fields.left > 0; n++) {
    fields.text()
    const kind = fields.number()
    fields.at += kind === WITH_HUMIDITY ? 2 : 1
  }
}

/** Fields of a Bluetooth accessory, by the bits of its mask; absent bits have no field. */
const TAG_FIELDS: readonly (readonly [bit: number, name: string, divisor?: number])[] = [
  [0, 'name'],
  [1, 'id'],
  [2, 'state'],
  [3, 'batteryPercent', 1],
  [4, 'temperatureC', 1],
  [5, 'humidityPercent', 1],
  [7, 'inputsOutputs'],
  [8, 'event'],
  [9, 'tirePressure', 1],
  [10, 'time'],
  [11, 'fineTemperatureC', 1],
  [12, 'magnet'],
  [13, 'batteryLevel', 1],
  [14, 'relay'],
]

function readTags(fields: Fields, model: string, report: SealReport): void {
  const count = fields.number() ?? 0
  const tags: JsonObject[] = []
  while (tags.length < count && fields.left > 0) {
    const tag: JsonObject = { index: fields.text(), kind: fields.text(), model: fields.text() }
    if (model.startsWith('GV600M')) fields.text()
    tag.raw = fields.text()
    const mask = fields.hex() ?? 0
    for (const [at, name, divisor] of TAG_FIELDS) if (bit(mask, at)) tag[name] = divisor === undefined ? fields.text() : fields.number()
    tags.push(tag)
  }
  if (tags.length > 0) report.more.tags = tags
}
