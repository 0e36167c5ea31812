// Texts of Jointech devices, `(id,word,…)`: the lock event P45, the dynamic password P52, the request for time P22, peripherals (WLNET,5 with binary
// content), answers to commands, and the JT600's U and W position texts.
import { bytesOfText, Cursor, textOf } from './bytes.ts'
import type { SealEvent } from './events.ts'
import { defined, degreesIn, numberIn } from './fields.ts'
import { jointechPlace, round } from './jt600-words.ts'
import type { DecodedFrame, FrameContext, FrameRefusal } from './protocol.ts'
import { type JsonObject, newReport, type SealReport, tell } from './report.ts'
import { digitsMs, digitsOf, isoOf } from './times.ts'

const KMH_PER_MPH = 1.609344
const COMMA = 0x2c
const NO_CARD = /^0*$/

export function decodeText(frame: Uint8Array, context: FrameContext): DecodedFrame | FrameRefusal {
  const text = textOf(frame, 1, frame.length - 1)
  const fields = text.split(',')
  const [id = '', word = ''] = fields
  if (!/^\d{5,15}$/.test(id)) return 'unknown-frame'
  if (fields[3] === 'WLNET' && fields[4] === '5') return decodePeripheral(frame, fields)
  const read = word === 'P45' ? readLockEvent : word === 'W01' ? readW01 : /^U0[1236]$/.test(word) ? readU01 : undefined
  const report = read?.(fields) ?? readOther(fields)
  report.deviceId = id
  if (report.kind === 'report' && report.sentAtMs === undefined && read === undefined) return 'malformed'
  const answer = answerTo(word, fields, context)
  return answer === undefined ? { reports: [report] } : { reports: [report], answer: bytesOfText(answer) }
}

function answerTo(word: string, fields: readonly string[], { nowMs }: FrameContext): string | undefined {
  if (word === 'P45' && fields.length > EVENT_SERIAL) return `(P69,0,${fields[EVENT_SERIAL]})`
  if (word === 'P22' && fields[2] === '2') return `(P22,${digitsOf(nowMs, 'dmy')})`
  if (word === 'P52' && fields[2] === '2') return `(P52,2,${fields[3] ?? ''})`
  if (/^U0[123]$/.test(word) && fields.length > 4) return '(S39)'
  return word === 'U06' && fields.length > 4 ? '(S20)' : undefined
}

/** Place of the serial number in P45: behind the 16th comma, whatever later firmware puts behind it. */
const EVENT_SERIAL = 16

function readLockEvent(f: readonly string[]): SealReport | undefined {
  if (f.length <= EVENT_SERIAL) return undefined
  const report = newReport('report')
  const sentAtMs = digitsMs(`${f[2]}${f[3]}`, 'dmy')
  const [lat, lon] = [degreesIn(f[4], f[5], 90), degreesIn(f[6], f[7], 180)]
  const fixValid = f[8] === 'A'
  const courseDeg = numberIn(f[10])
  Object.assign(report, defined({ sentAtMs, lat, lon, fixValid, speedKmh: numberIn(f[9]), courseDeg }))
  const event = {
    eventSource: numberIn(f[11]),
    unlockVerification: numberIn(f[12]),
    rfidCard: NO_CARD.test(f[13] ?? '') ? undefined : f[13],
    passwordVerification: numberIn(f[14]),
    wrongPasswordCount: numberIn(f[15]),
    serial: numberIn(f[EVENT_SERIAL]),
  }
  const names = {
    terminalId: f[0],
    time: sentAtMs === undefined ? undefined : isoOf(sentAtMs),
    latitude: lat,
    longitude: lon,
    valid: fixValid,
  }
  Object.assign(report.more, defined({ ...names, ...event, expectedAck: `(P69,0,${f[EVENT_SERIAL]})`, ...laterFields(f) }))
  tell(report, eventOf(event))
  if ((event.wrongPasswordCount ?? 0) >= WRONG_PASSWORDS) tell(report, 'wrong-password-limit')
  const mileageKm = numberIn(f[17])
  if (mileageKm !== undefined) report.odometerM = mileageKm * 1000
  return report
}

/** The alarm of the status word comes at five in a row. */
const WRONG_PASSWORDS = 5

/** Fields that later firmware (P94) adds. */
const laterFields = (f: readonly string[]): JsonObject => ({
  imei: f[18],
  areaId: numberIn(f[19]),
  cell: f[20],
  unreadFields: f.length > 21 ? f.slice(21) : undefined,
})

interface LockEventWords {
  readonly eventSource: number | undefined
  readonly unlockVerification: number | undefined
  readonly passwordVerification: number | undefined
}

/** Manual V1.4, P45 fields 13 and 14: 1 to 10 is the fence in which it was opened, 98 opened without a fence, 99 refused outside it. */
function eventOf({ eventSource, unlockVerification = 0, passwordVerification }: LockEventWords): SealEvent | undefined {
  const isOpened = unlockVerification > 0 && unlockVerification !== OUTSIDE_FENCE
  const refusal = unlockVerification === OUTSIDE_FENCE ? 'unseal-refused-outside-area' : 'unseal-refused-wrong-password'
  switch (eventSource) {
    case 1:
      return isOpened ? 'unsealed-by-card' : unlockVerification === OUTSIDE_FENCE ? refusal : 'unseal-refused'
    case 2:
      return 'unseal-refused-unknown-card'
    case 3:
      return 'vehicle-card'
    case 4:
    case 6:
      return isOpened ? 'unsealed-by-platform' : refusal
    case 5:
      return 'sealed-automatically'
    case 7:
      return isOpened || passwordVerification === 1 ? 'unsealed-by-bluetooth' : refusal
    case 8:
      return 'shackle-opened'
    default:
      return undefined
  }
}

const OUTSIDE_FENCE = 99

/** JT600 position text: an alarm number may stand before the date; the checksum is sent without saying over what, so it is kept, not judged. */
function readU01(f: readonly string[]): SealReport | undefined {
  const [id = '', word = '', ...rest] = f
  const hasAlarm = /^\d{1,3}$/.test(rest[0] ?? '')
  const alarm = hasAlarm ? numberIn(rest.shift()) : undefined
  if (rest.length < 15) return undefined
  const [date, time, valid, lat, ns, lon, ew, speed, course, satellites, battery, bits, cid, lac, signal, odometer, ...more] = rest
  const report = newReport('report')
  const mph = numberIn(speed)
  const km = numberIn(odometer)
  const percent = numberIn(battery?.replace('%', ''))
  Object.assign(
    report,
    defined({
      sentAtMs: digitsMs(`${date}${time}`, 'dmy'),
      fixValid: valid === 'T',
      lat: degreesIn(lat, ns, 90),
      lon: degreesIn(lon, ew, 180),
      speedKmh: mph === undefined ? undefined : round(mph * KMH_PER_MPH, 3),
      courseDeg: numberIn(course),
      satellites: numberIn(satellites),
      batteryPercent: percent,
      odometerM: km === undefined ? undefined : km * 1000,
    }),
  )
  const [serial, checksum, ...unreadFields] = more
  const cells = [defined({ lac: numberIn(lac), cid: numberIn(cid) })]
  const words = { terminalId: id, word, alarm, cells, gsmSignal: numberIn(signal), serial: numberIn(serial), checksum }
  Object.assign(report.more, defined({ ...words, unreadFields: unreadFields.length > 0 ? unreadFields : undefined }))
  if (/^[01]+$/.test(bits ?? '')) Object.assign(report.status, { bits, word: Number.parseInt(bits ?? '', 2) })
  return report
}

/** JT600 `W01`: degrees and minutes, longitude first. */
function readW01(f: readonly string[]): SealReport | undefined {
  if (f.length < 15) return undefined
  const [id, word, lon, ew, lat, ns, valid, date, time, speed, course, power, gps, gsm, alert, ...unreadFields] = f
  const report = newReport('report')
  Object.assign(
    report,
    defined({
      sentAtMs: digitsMs(`${date}${time}`, 'dmy'),
      fixValid: valid === 'A',
      lat: packedDegrees(lat, ns),
      lon: packedDegrees(lon, ew),
      speedKmh: numberIn(speed),
      courseDeg: numberIn(course),
    }),
  )
  const words = { power: numberIn(power), gpsSignal: numberIn(gps), gsmSignal: numberIn(gsm), alertType: numberIn(alert) }
  Object.assign(report.more, defined({ terminalId: id, word, ...words, unreadFields: unreadFields.length > 0 ? unreadFields : undefined }))
  return report
}

/** Always degrees and minutes, also below the limit of degrees. */
function packedDegrees(text: string | undefined, letter: string | undefined): number | undefined {
  const value = numberIn(text)
  if (value === undefined) return undefined
  const degrees = Math.floor(value / 100)
  const whole = round(degrees + (value - degrees * 100) / 60, 6)
  return letter === 'S' || letter === 'W' ? 0 - whole : whole
}

function readOther(f: readonly string[]): SealReport {
  const [id = '', word = '', ...values] = f
  const kind = word === '@JT' ? 'heartbeat' : word === 'P22' && values[0] === '2' ? 'request' : /^P\d\d$/.test(word) ? 'answer' : 'other'
  const report = newReport(kind)
  Object.assign(report.more, { terminalId: id, word }, values.length > 0 ? { values } : {})
  if (word === 'P52' && values[0] === '2') Object.assign(report.more, { dynamicPassword: values[1] })
  return report
}

const PERIPHERAL_COMMAS = 6
const NO_TEMPERATURE = 0xffff

/** WLNET,5: a sensor or sub-lock heard by the lock's radio. Its serial number is the sensor record's index. */
function decodePeripheral(frame: Uint8Array, f: readonly string[]): DecodedFrame | FrameRefusal {
  let at = 0
  for (let commas = 0; commas < PERIPHERAL_COMMAS; commas++) at = frame.indexOf(COMMA, at) + 1
  const cursor = new Cursor(frame, at, frame.length - 1)
  if (cursor.left < PERIPHERAL_BYTES) return 'malformed'
  const report = newReport('report')
  Object.assign(report, { deviceId: f[0] }, jointechPlace(cursor, 'binary'))
  const sensorTime = digitsMs(cursor.hex(6), 'dmy')
  const sensorId = cursor.hex(5)
  const serial = cursor.u8()
  const sensor: JsonObject = {
    id: sensorId,
    sentAt: sensorTime === undefined ? undefined : isoOf(sensorTime),
    batteryV: cursor.u16() / 100,
    batteryPercent: cursor.u8(),
    rssiDbm: -cursor.u8(),
    type: cursor.u8(),
  }
  if (sensor.type === 1 && cursor.left >= 6) readTemperature(cursor, sensor)
  if (cursor.left > 0) sensor.unreadHex = cursor.hex(cursor.left)
  Object.assign(report.more, {
    terminalId: f[0],
    word: 'WLNET',
    protocolVersion: f[1],
    values: f.slice(2, PERIPHERAL_COMMAS),
    serial,
    sensor,
  })
  return { reports: [report], answer: bytesOfText(`(P69,0,${serial})`) }
}

const PERIPHERAL_BYTES = 17 + 6 + 5 + 6

function readTemperature(cursor: Cursor, sensor: JsonObject): void {
  const word = cursor.u16()
  if (word !== NO_TEMPERATURE) sensor.temperatureC = ((word & 0xf000) === 0 ? 1 : -1) * ((word & 0xfff) / 10)
  sensor.humidityPercent = cursor.u8()
  sensor.records = cursor.u16()
  sensor.state = cursor.u8()
}
