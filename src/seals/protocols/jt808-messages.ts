// What JT/T 808 terminals say beside places: who they are, answers to commands, texts, cards, and the content of 0x0900 that makers fill as they like.
// JT/T 808-2013 §8, 2019 §8; 0x0900's kinds from the published behaviour of open servers.
import { bit, type Cursor } from './bytes.ts'
import type { SealEvent } from './events.ts'
import { defined } from './fields.ts'
import { deviceTime, readLocation } from './jt808-location.ts'
import { readObdText } from './jt808-nested.ts'
import { type JsonObject, newReport, putIn, type ReportKind, type SealReport, tell } from './report.ts'

const GBK = new TextDecoder('gbk')
const UTF16 = new TextDecoder('utf-16be')

/** Chinese text as terminals write it, without the zeros behind it. */
function gbk(cursor: Cursor, bytes: number): string {
  const from = cursor.at
  cursor.skip(bytes)
  return GBK.decode(cursor.bytes.subarray(from, cursor.at)).replace(/\0+$/, '').trim()
}

interface MessageContext {
  readonly is2019: boolean
  readonly utcOffsetMin: number | undefined
}

type ReadMessage = (body: Cursor, report: SealReport, context: MessageContext) => void

interface MessageRow {
  readonly kind: ReportKind
  readonly read?: ReadMessage
}

/** By message id; one that is not here comes out with its body raw. */
export const MESSAGES: Readonly<Record<number, MessageRow>> = {
  1: { kind: 'answer', read: readGeneralAnswer },
  2: { kind: 'heartbeat', read: readHeartbeat },
  3: { kind: 'other' },
  256: { kind: 'login', read: readRegistration },
  258: { kind: 'login', read: readAuthentication },
  260: { kind: 'answer', read: readParameters },
  263: { kind: 'answer', read: readAttributes },
  265: { kind: 'request' },
  1286: { kind: 'heartbeat' },
  1793: { kind: 'answer', read: readCountedText },
  1794: { kind: 'report', read: readDriver },
  4103: { kind: 'request' },
  4864: { kind: 'answer', read: readWideText },
  8304: { kind: 'report', read: readAccelerations },
  24582: { kind: 'answer', read: readText },
  34952: { kind: 'other' },
}

function readGeneralAnswer(body: Cursor, { more }: SealReport): void {
  if (body.left >= 5) Object.assign(more, { answersSerial: body.u16(), answersId: idText(body.u16()), result: body.u8() })
}

export const idText = (messageId: number): string => `0x${messageId.toString(16).padStart(4, '0')}`

function readHeartbeat(body: Cursor, report: SealReport): void {
  if (body.left < 3) return
  report.batteryPercent = body.u8()
  report.more.gsmSignal = body.u8()
  report.status.state = body.u8()
}

/** 2011: eight bytes of model; 2013: twenty; 2019: eleven of maker, thirty of model and of identifier. */
function readRegistration(body: Cursor, { more }: SealReport, { is2019 }: MessageContext): void {
  const [maker, model, terminal] = is2019 ? [11, 30, 30] : body.left >= 37 ? [5, 20, 7] : [5, 8, 7]
  if (body.left < 4 + maker + model + terminal) return
  const text = (bytes: number): string => body.text(bytes).replace(/\0/g, '').trim()
  Object.assign(more, { province: body.u16(), city: body.u16(), maker: text(maker), model: text(model), terminalNumber: text(terminal) })
  if (body.left < 1) return
  more.plateColour = body.u8()
  const plate = gbk(body, body.left)
  if (plate !== '') more.plate = plate
}

function readAuthentication(body: Cursor, { more }: SealReport, { is2019 }: MessageContext): void {
  if (!is2019) {
    more.authentication = body.text(body.left).replace(/\0+$/, '')
    return
  }
  more.authentication = body.text(Math.min(body.u8(), body.left))
  if (body.left >= 15) more.imei = body.text(15)
  if (body.left > 0) more.firmware = body.text(body.left).replace(/\0+$/, '')
}

function readParameters(body: Cursor, { more }: SealReport): void {
  if (body.left < 3) return
  more.answersSerial = body.u16()
  body.skip(1)
  const parameters: JsonObject = {}
  while (body.left >= 5) {
    const id = body.u32()
    const length = body.u8()
    parameters[`0x${id.toString(16).padStart(4, '0')}`] = body.hex(Math.min(length, body.left))
  }
  more.parameters = parameters
}

function readAttributes(body: Cursor, { more }: SealReport, { is2019 }: MessageContext): void {
  const [model, terminal] = is2019 ? [30, 30] : [20, 7]
  if (body.left < 2 + 5 + model + terminal + 10) return
  const text = (bytes: number): string => body.text(bytes).replace(/\0/g, '').trim()
  Object.assign(more, { terminalType: body.u16(), maker: text(5), model: text(model), terminalNumber: text(terminal), iccid: body.hex(10) })
  const counted = (): string | undefined => (body.left >= 1 ? text(Math.min(body.u8(), body.left)) : undefined)
  Object.assign(more, defined({ hardware: counted(), firmware: counted() }))
  if (body.left >= 2) Object.assign(more, { gnss: body.u8(), radio: body.u8() })
}

function readCountedText(body: Cursor, { more }: SealReport): void {
  if (body.left >= 4) more.text = body.text(Math.min(body.u32(), body.left))
}

function readWideText(body: Cursor, { more }: SealReport): void {
  if (body.left < 2) return
  more.answersSerial = body.u16()
  const from = body.at
  body.skip(body.left)
  more.text = UTF16.decode(body.bytes.subarray(from, body.end)).replace(/\0+$/, '').trim()
}

function readText(body: Cursor, { more }: SealReport): void {
  if (body.left < 1) return
  more.encoding = body.u8()
  more.text = gbk(body, body.left)
}

/** 0x0702: a driver's card in or out. */
function readDriver(body: Cursor, report: SealReport, { utcOffsetMin }: MessageContext): void {
  if (body.left < 7) return
  report.more.cardStatus = body.u8()
  const { sentAtMs } = deviceTime(body, utcOffsetMin)
  if (sentAtMs !== undefined) report.sentAtMs = sentAtMs
  if (body.left < 2) return
  report.more.cardResult = body.u8()
  const name = gbk(body, Math.min(body.u8(), body.left))
  if (body.left < 21) return
  const card = body.text(20).replace(/\0+$/, '').trim()
  const agency = gbk(body, Math.min(body.u8(), body.left))
  Object.assign(report.more, { driver: name, card, agency }, body.left >= 4 ? { cardValidTo: body.hex(4) } : {})
}

function readAccelerations(body: Cursor, { more }: SealReport): void {
  const accelerations: number[][] = []
  while (body.left >= 12) {
    body.skip(6)
    accelerations.push([signed(body.u16()), signed(body.u16()), signed(body.u16())])
  }
  more.accelerations = accelerations
}

/** The highest bit is the sign. */
const signed = (word: number): number => (bit(word, 15) ? 0 - (word & 0x7fff) : word)

/** 0x0900. */
export function readTransparent(body: Cursor, context: MessageContext): SealReport {
  const kind = body.left > 0 ? body.u8() : -1
  const report = newReport('report')
  report.more.transparentType = kind
  TRANSPARENT[kind]?.(body, report, context)
  return report
}

const TRANSPARENT: Readonly<Record<number, ReadMessage>> = {
  64(body, { more }) {
    // Two bytes of length may stand before it.
    const text = body.text(body.left).replace(/^[\0-\x20]+|[\0-\x20]+$/g, '')
    const values = text.split('|')
    more.text = text
    if (text.startsWith('GTSL') && values[4] !== undefined) more.driverId = values[4]
  },
  65: (body, report) => readObdText(body.text(body.left), report),
  83: readTagScan,
  84: readSensorLog,
  240: readVehicle,
  243(body, report, { utcOffsetMin }) {
    while (body.left >= 4) {
      const [id, length] = [body.u16(), body.u16()]
      const part = body.part(length)
      if (id === 0x0002 && length >= 2) report.more.collision = part.u16() / 256 / 100
      else if (id === 0x0006 && length >= 6) Object.assign(report, defined({ sentAtMs: deviceTime(part, utcOffsetMin).sentAtMs }))
    }
  },
  255(body, report, { utcOffsetMin }) {
    if (body.left < 20) return
    const { sentAtMs } = deviceTime(body, utcOffsetMin)
    const [lat, lon] = [body.i32() / 1e6, body.i32() / 1e6]
    Object.assign(report, defined({ sentAtMs }), {
      lat,
      lon,
      fixValid: true,
      altitudeM: body.i16(),
      speedKmh: body.u16() / 10,
      courseDeg: body.u16(),
    })
  },
}

/** Status word and place, as at the beginning of 0x0200. */
function readPlace(body: Cursor, report: SealReport): void {
  if (body.left < 12) return
  const word = body.u32()
  const [lat, lon] = [body.u32() / 1e6, body.u32() / 1e6]
  Object.assign(report, { lat: bit(word, 2) ? 0 - lat : lat, lon: bit(word, 3) ? 0 - lon : lon, fixValid: bit(word, 1) })
  Object.assign(report.status, {
    ignition: bit(word, 0),
    blocked: bit(word, 10),
    charging: bit(word, 26),
    word: `0x${word.toString(16).padStart(8, '0')}`,
  })
}

function readPlaceAndMotion(body: Cursor, report: SealReport, { utcOffsetMin }: MessageContext): void {
  readPlace(body, report)
  if (body.left < 12) return
  Object.assign(
    report,
    { altitudeM: body.i16(), speedKmh: body.u16() / 10, courseDeg: body.u16() },
    defined({ sentAtMs: deviceTime(body, utcOffsetMin).sentAtMs }),
  )
}

function readTagScan(body: Cursor, report: SealReport, context: MessageContext): void {
  readPlaceAndMotion(body, report, context)
  if (body.left < 1) return
  report.more.tagCount = body.u8()
  const tags: JsonObject[] = []
  while (body.left >= 9) {
    const tag: JsonObject = { index: body.u8() + 1, mac: body.hex(6), rssiDbm: body.i8() }
    const length = body.u8()
    if (length > body.left) break
    tags.push({ ...tag, dataHex: body.hex(length) })
  }
  report.more.tags = tags
}

function readSensorLog(body: Cursor, report: SealReport, context: MessageContext): void {
  readPlaceAndMotion(body, report, context)
  const samples: JsonObject[] = []
  while (body.left >= 8) {
    const mask = body.u16()
    const { sentAtMs } = deviceTime(body, context.utcOffsetMin)
    const sample: JsonObject = sentAtMs === undefined ? {} : { sentAt: new Date(sentAtMs).toISOString() }
    if (bit(mask, 0)) sample.light = body.u16()
    if (bit(mask, 1)) Object.assign(sample, { deviceC: body.i16() / 10, humidityPercent: body.i16() / 10 })
    if (bit(mask, 2)) sample.temperatureC = body.i16() / 10
    if (bit(mask, 3)) sample.acceleration = [body.i16(), body.i16(), body.i16()]
    if (bit(mask, 4)) sample.airPressure = body.u16()
    if (body.isShort) break
    samples.push(sample)
  }
  report.more.samples = samples
  const last = samples.at(-1)
  if (last?.deviceC !== undefined) report.more.deviceC = last.deviceC
}

/** 0xF0: a vehicle's data: time, kept or live, kind of vehicle, subtype. */
function readVehicle(body: Cursor, report: SealReport, context: MessageContext): void {
  if (body.left < 9) return
  Object.assign(report, defined({ sentAtMs: deviceTime(body, context.utcOffsetMin).sentAtMs }))
  if (body.u8() > 0) report.buffered = true
  report.more.vehicleType = body.u8()
  const subtype = body.u8()
  report.more.transparentSubtype = subtype
  if (subtype === 0x01) readValues(body, report)
  else if (subtype === 0x02) readTroubleCodes(body, report)
  else if (subtype === 0x03) readVehicleAlarms(body, report)
  else if (subtype === 0x04) readTrip(body, report)
  else if (subtype === 0x0b && body.left >= 18 && body.u8() > 0) report.more.vin = body.text(17)
  else if (subtype === 0x15 && body.left >= 4) readDrivingEvent(body, report)
  if (subtype <= 0x03) readPlace(body, report)
}

type Value = readonly [name: string, convert: (raw: number) => number]
const by = (name: string, divisor: number): Value => [name, raw => raw / divisor]
const less40 = (name: string): Value => [name, raw => raw - 40]
const VALUES: Readonly<Record<number, Value>> = {
  258: ['odometerM', raw => raw * 100],
  259: by('fuel', 100),
  261: by('fuelUsed', 100),
  273: less40('fuelC'),
  302: by('oilLevel', 10),
  330: by('fuelConsumption', 100),
  1320: ['odometerM', raw => raw * 100],
  1322: by('fuel', 100),
  1323: by('fuelPercent', 1),
  1324: by('fuelUsed', 100),
  1325: less40('coolantC'),
  1326: less40('airC'),
  1328: by('powerV', 1000),
  1333: by('speedKmh', 10),
  1334: by('rpm', 1),
  1335: by('fuelConsumption', 100),
  1336: by('fuelConsumption', 100),
  1337: by('fuelConsumption', 100),
  1341: by('intakePressure', 10),
  1348: by('liquidLevel', 1),
  1350: ['odometerM', raw => raw * 100],
  1351: by('throttlePercent', 1),
  1352: by('throttlePercent', 1),
}
const VIN = 0xfeec

function readValues(body: Cursor, report: SealReport): void {
  const count = body.u8()
  for (let n = 0; n < count && body.left >= 3; n++) {
    const id = body.u16()
    const length = body.u8()
    if (length > body.left) return
    const part = body.part(length)
    const [name, convert] = VALUES[id] ?? []
    if (id === VIN) report.more.vin = part.text(length)
    else if (length === 1 || length === 2 || length === 4) {
      const raw = length === 1 ? part.u8() : length === 2 ? part.u16() : part.u32()
      putIn(report, 'obd', name ?? idText(id), convert ? convert(raw) : raw)
    } else putIn(report, 'obd', idText(id), part.hex(length))
  }
}

function readTroubleCodes(body: Cursor, report: SealReport): void {
  const systems = body.u16()
  const codes: string[] = []
  for (let n = 0; n < systems && body.left >= 6; n++) {
    body.skip(4)
    const count = body.u16()
    for (let m = 0; m < count && body.left >= 10; m++) {
      body.skip(8)
      const length = body.u16()
      codes.push(body.text(Math.min(length, body.left)).replace(/\0/g, '').trim())
    }
  }
  report.more.dtcs = codes.join(' ')
}

const VEHICLE_ALARMS: Readonly<Record<number, SealEvent>> = {
  1: 'power-restored',
  2: 'power-cut',
  14: 'idle',
  26: 'harsh-acceleration',
  27: 'harsh-braking',
  28: 'harsh-cornering',
  29: 'lane-change',
  30: 'lane-change',
  31: 'lane-change',
  35: 'fatigue',
  37: 'overspeed',
  38: 'accident',
  39: 'accident',
  40: 'accident',
  49: 'door',
  50: 'door',
}

function readVehicleAlarms(body: Cursor, report: SealReport): void {
  const count = body.u8()
  const alarms: number[] = []
  for (let n = 0; n < count && body.left >= 2; n++) {
    const id = body.u8()
    alarms.push(id)
    tell(report, VEHICLE_ALARMS[id])
    body.skip(body.u8())
  }
  report.more.vehicleAlarms = alarms
}

const ENDED = 0x02

function readTrip(body: Cursor, report: SealReport): void {
  if (body.left < 11) return
  const property = body.u8()
  const trip: JsonObject = { property, number: body.u32() }
  body.skip(6)
  if (property === ENDED && body.left >= 6 + 17 + 8) {
    body.skip(6 + 8 + 8 + 1)
    Object.assign(trip, { idlingCount: body.u16(), idlingTime: body.u16(), distanceM: body.u16() * 100, fuel: body.u16() / 100 })
  }
  report.more.trip = trip
}

const DRIVING_EVENTS: Readonly<Record<number, SealEvent>> = {
  51: 'harsh-acceleration',
  52: 'harsh-braking',
  53: 'harsh-cornering',
  54: 'lane-change',
  56: 'accident',
}

function readDrivingEvent(body: Cursor, report: SealReport): void {
  const event = body.u32()
  report.more.event = event
  tell(report, DRIVING_EVENTS[event])
}

/** Answers that carry a place: to a question for it (0x0201), to a lock command (0x0500). */
export function readAnsweredLocation(body: Cursor, utcOffsetMin: number | undefined): SealReport {
  const answersSerial = body.u16()
  const report = readLocation(body, utcOffsetMin)
  report.more.answersSerial = answersSerial
  return report
}
