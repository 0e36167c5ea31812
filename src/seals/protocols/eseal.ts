// The ASCII e-seal protocol: lines `##S,eSeal,id,customer,firmware,type,…,E##`, no checksum, times in UTC. Everything a seal sends of its own accord is
// answered with the same head and `TYPE ACK,index`; the answer to Startup also carries the seal's configuration. Source: the published behaviour of open
// servers and their test frames; the maker's paper is not public.
import { bytesOfText, textOf } from './bytes.ts'
import type { SealCommand } from './commands.ts'
import type { SealEvent } from './events.ts'
import { defined, degreesIn, numberIn } from './fields.ts'
import { betweenWords } from './framing.ts'
import type { CommandRefusal, CommandTarget, DecodedFrame, DeviceMessage, Downlink, FrameRefusal, SealProtocol } from './protocol.ts'
import { type JsonObject, newReport, type SealReport, tell } from './report.ts'
import { digitsMs, isoOf, partsOf } from './times.ts'

const MAX_FRAME = 512
const BEGIN = '##S,'
const END = 'E##'
const HEAD_FIELDS = 5
/** Report intervals and the like, as the published seals repeat them after Startup. */
const CONFIGURATION = '180,30,30,16,1'
/** Head of commands as published. */
const COMMAND_HEAD = '256,3.0.8'

const EVENTS: Readonly<Record<string, SealEvent>> = {
  'Event-Door': 'door',
  'Event-Shock': 'shock',
  'Event-Drop': 'dropped',
  'Event-Lock': 'sealed',
  'Event-RC-Unlock': 'unsealed-by-platform',
}
const TYPE_OF: ReadonlyMap<SealEvent | undefined, string> = new Map([
  ...Object.entries(EVENTS).map(([type, event]) => [event, type] as const),
  ['door-opened', 'Event-Door'],
])
const ANSWERED: ReadonlySet<string> = new Set(['Startup', 'Normal', 'Button-Normal', 'Termination', ...Object.keys(EVENTS)])

function decode(frame: Uint8Array): DecodedFrame | FrameRefusal {
  const text = textOf(frame).trim()
  if (!text.startsWith(BEGIN)) return 'unknown-frame'
  if (!text.endsWith(END)) return 'malformed'
  const [deviceType, deviceId, customerId, firmware, type, ...values] = text.slice(BEGIN.length, -END.length).replace(/,$/, '').split(',')
  if (deviceId === undefined || type === undefined) return 'malformed'
  const head = { deviceType, deviceId, customerId, firmware, type }
  const report = ANSWERED.has(type) ? readReport(type, values) : readAnswer(values)
  report.deviceId = deviceId
  Object.assign(report.more, defined(head))
  if (report.kind !== 'report' && report.kind !== 'login') return { reports: [report] }
  const index = values[0] ?? ''
  const configuration = type === 'Startup' ? `,${CONFIGURATION}` : ''
  const prefix = text.split(',', HEAD_FIELDS).join(',')
  return { reports: [report], answer: bytesOfText(`${prefix},${type} ACK,${index}${configuration},${END}\r\n`) }
}

function readReport(type: string, values: readonly string[]): SealReport {
  const [index, date = '', time = '', interval, validity, place = '', course, speed, door, acceleration, nfc, volts, rssi, ...unread] =
    values
  const report = newReport(type === 'Startup' ? 'login' : 'report')
  const [lat = '', lon = ''] = place.split(' ')
  const sentAtMs = digitsMs(`${date}${time}`.replace(/[-:]/g, ''))
  const fixed = {
    sentAtMs,
    fixValid: validity === undefined ? undefined : validity === 'A',
    lat: degreesIn(lat.slice(0, -1), lat.at(-1), 90),
    lon: degreesIn(lon.slice(0, -1), lon.at(-1), 180),
    courseDeg: numberIn(course),
    speedKmh: numberIn(speed),
    batteryV: numberIn(volts),
  }
  Object.assign(report, defined(fixed))
  const named: JsonObject = {
    index: numberIn(index),
    time: sentAtMs === undefined ? undefined : isoOf(sentAtMs),
    reportIntervalS: numberIn(interval),
    valid: fixed.fixValid,
    latitude: fixed.lat,
    longitude: fixed.lon,
    door,
    acceleration: numberIn(acceleration),
    nfc,
    rssiDbm: numberIn(rssi),
    unreadFields: unread.length > 0 ? unread : undefined,
  }
  Object.assign(report.more, defined(named))
  if (door === 'Open' || door === 'Close') report.status.doorOpen = door === 'Open'
  const event = EVENTS[type]
  tell(report, event === 'door' && door === 'Open' ? 'door-opened' : event)
  if (event === 'sealed') report.status.locked = true
  if (event === 'unsealed-by-platform') report.status.locked = false
  return report
}

function readAnswer(values: readonly string[]): SealReport {
  const report = newReport('answer')
  const given = values.filter(value => value !== '')
  if (given.length > 0) report.more.values = values
  return report
}

function command(order: SealCommand, { deviceId }: CommandTarget): Uint8Array | CommandRefusal {
  // To lock is done by hand, to close the bolt; power off and the list of cards are published, but are no commands of the room's.
  if (order.kind !== 'unlock') return { refused: 'unknown-command' }
  return bytesOfText(`${BEGIN}eSeal,${deviceId},${COMMAND_HEAD},RC-Unlock,${END}\r\n`)
}

function encode(message: DeviceMessage): Uint8Array {
  const [year, ...rest] = partsOf(message.sentAtMs)
  const [month, day, hour, minute, second] = rest.map(value => String(value).padStart(2, '0'))
  const type = TYPE_OF.get(message.event) ?? 'Normal'
  const door = message.event === 'door-opened' ? 'Open' : 'Close'
  const place = `${Math.abs(message.lat).toFixed(6)}${message.lat < 0 ? 'S' : 'N'} ${Math.abs(message.lon).toFixed(6)}${message.lon < 0 ? 'W' : 'E'}`
  const motion = `${Math.round(message.courseDeg)},${Math.round(message.speedKmh)}`
  const when = `${year}-${month}-${day},${hour}:${minute}:${second}`
  const fix = message.fixValid ? 'A' : 'V'
  const fields = [message.serial, when, 15, fix, place, motion, door, '0.71', '0:0:0:0', '3.8', '-73']
  return bytesOfText(`${BEGIN}eSeal,${message.deviceId},256,3.0.6,${type},${fields.join(',')},${END}\r\n`)
}

function read(frame: Uint8Array): Downlink {
  const [, , , , , type = '', index] = textOf(frame).split(',')
  if (type === 'RC-Unlock') return { kind: 'command', command: { kind: 'unlock' } }
  if (type.endsWith(' ACK')) return { kind: 'acknowledged', serial: Number(index) }
  return { kind: 'other' }
}

/** As to the other commands that are published: the word again with ACK. */
function answer(frame: Uint8Array, { deviceId }: DeviceMessage): Uint8Array | undefined {
  if (read(frame).kind !== 'command') return undefined
  return bytesOfText(`${BEGIN}eSeal,${deviceId},256,3.0.6,RC-Unlock ACK,,${END}\r\n`)
}

const frames = betweenWords(bytesOfText(BEGIN), bytesOfText(END))

export const eseal: SealProtocol = {
  name: 'eseal',
  devices: 'ASCII e-seals',
  frames,
  maxFrameBytes: MAX_FRAME,
  decode,
  command,
  device: { tells: [...Object.values(EVENTS), 'door-opened'], encode, frames, read, answer },
}
