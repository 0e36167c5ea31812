// TeraTrack: one JSON object a message, the JT701's status bits spelt out. Answered with `{01}` where the message asks for it. Source: test frames of open
// servers; the names of the bits as in the HB-1AL's published list (LockCutOff, LockRope, …). Times are UTC.
import { bytesOfText, textOf } from './bytes.ts'
import type { SealEvent } from './events.ts'
import { defined, numberIn } from './fields.ts'
import { type FrameRule, findWord, skipTo } from './framing.ts'
import type { DecodedFrame, DeviceMessage, Downlink, FrameRefusal, SealProtocol } from './protocol.ts'
import { type Json, type JsonObject, newReport, type SealReport, tell } from './report.ts'
import { digitsMs, isoOf, partsOf } from './times.ts'

const MAX_FRAME = 8192
const [OPEN, CLOSE, QUOTE, BACKSLASH] = [0x7b, 0x7d, 0x22, 0x5c]
/** Quote, closing brace, blank, tab, line feed, carriage return; and the digit of the answer. */
const AFTER_OPEN: ReadonlySet<number> = new Set([QUOTE, CLOSE, 0x20, 0x09, 0x0a, 0x0d, 0x30])
const ANSWER = '{01}'
const NEXT_MESSAGE = bytesOfText('{"MDeviceID"')

/** Keys that say an event by being "1"; both spellings of the tamper bit are in use. */
const EVENT_KEYS: ReadonlyMap<string, SealEvent> = new Map([
  ['LockCutOff', 'wire-cut'],
  ['SealTampered', 'shell-tampered'],
  ['SealTempered', 'shell-tampered'],
  ['LockOpen', 'unlock-alarm'],
  ['PasswordError', 'wrong-password-limit'],
  ['IllegalCard', 'unknown-card'],
  ['LowPower', 'low-battery'],
  ['UnCoverBack', 'cover-opened'],
  ['LockStuck', 'motor-stuck'],
])
const AREA_EVENTS: Readonly<Record<string, SealEvent>> = { 1: 'entered-area', 2: 'left-area' }
const BLIND_AREA = '3'

/** From `{` to its `}`, braces in texts not counted. */
const frames: FrameRule = (bytes, from, to) => {
  if (bytes[from] !== OPEN) return -skipTo(bytes, OPEN, from, to)
  // Behind the brace of an object comes a name, or its end: what else begins so is noise.
  if (from + 1 < to && !AFTER_OPEN.has(bytes[from + 1]!)) return -1
  // A message whose end was lost: the next one shows it.
  const next = findWord(bytes, NEXT_MESSAGE, from + 1, to)
  const limit = next < 0 ? to : next
  let [depth, isText] = [0, false]
  for (let at = from; at < limit; at++) {
    const byte = bytes[at]
    if (isText && byte === BACKSLASH) at++
    else if (byte === QUOTE) isText = !isText
    else if (isText) continue
    else if (byte === OPEN) depth++
    else if (byte === CLOSE && --depth === 0) return at + 1 - from
  }
  return next < 0 ? 0 : -(next - from)
}

type Message = { readonly [key: string]: Json | undefined }

function decode(frame: Uint8Array): DecodedFrame | FrameRefusal {
  if (frame[0] !== OPEN) return 'unknown-frame'
  const message = parsed(textOf(frame))
  if (message === undefined) return 'malformed'
  const deviceId = textIn(message, 'MDeviceID')
  if (deviceId === undefined) return 'unknown-frame'
  const report = readMessage(message)
  report.deviceId = deviceId
  return message.MessageAck === '1' || message.MessageAck === 1 ? { reports: [report], answer: bytesOfText(ANSWER) } : { reports: [report] }
}

function parsed(text: string): Message | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isMessage(value) ? value : undefined
  } catch {
    return undefined
  }
}

const isMessage = (value: unknown): value is Message => typeof value === 'object' && value !== null && !Array.isArray(value)

function textIn(message: Message, key: string): string | undefined {
  const value = message[key]
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined
}

const number = (message: Message, key: string): number | undefined => numberIn(textIn(message, key))
const flag = (message: Message, key: string): boolean | undefined => {
  const value = textIn(message, key)
  return value === undefined ? undefined : value === '1'
}

function readMessage(message: Message): SealReport {
  const report = newReport('report')
  const sentAtMs = digitsMs((textIn(message, 'DateTime') ?? '').replace(/[-: ]/g, ''))
  const [lat, lon] = [number(message, 'Latitude'), number(message, 'Longitude')]
  const km = number(message, 'Mileage')
  const batteryPercent = number(message, 'Power')
  const odometerM = km === undefined ? undefined : km * 1000
  const fixValid = lat !== undefined && lon !== undefined && (lat !== 0 || lon !== 0)
  Object.assign(report, defined({ sentAtMs, lat, lon, fixValid, speedKmh: number(message, 'Speed'), batteryPercent, odometerM }))
  if (textIn(message, 'DataType') === BLIND_AREA) report.buffered = true
  readEvents(message, report)
  // LockStatus is the motor. LockOpen is the alarm; where it is set, the lock is not locked whatever the motor says.
  const isOpen = flag(message, 'LockOpen')
  const locked = isOpen === undefined ? undefined : !isOpen
  const states = {
    locked: isOpen ? false : flag(message, 'LockStatus'),
    ropeInserted: flag(message, 'LockRope'),
    coverClosed: flag(message, 'CoverStatus'),
  }
  Object.assign(report.status, defined(states))
  const time = sentAtMs === undefined ? undefined : isoOf(sentAtMs)
  const named = { time, latitude: lat, longitude: lon, locked, card: textIn(message, 'CardNo'), lowPower: flag(message, 'LowPower') }
  const rest = {
    ackRequired: flag(message, 'MessageAck'),
    imei: textIn(message, 'IMEI'),
    gsmSignal: number(message, 'GSM'),
    index: number(message, 'Index'),
  }
  Object.assign(report.more, defined({ ...named, ...rest, subLocks: subLocksIn(message), message }))
  return report
}

function readEvents(message: Message, report: SealReport): void {
  for (const [key, event] of EVENT_KEYS) if (flag(message, key)) tell(report, event)
  tell(report, AREA_EVENTS[textIn(message, 'FenceAlarm') ?? ''])
}

/** Sub-locks heard by this one; their keys have an S in front. */
function subLocksIn(message: Message): JsonObject[] | undefined {
  if (!Array.isArray(message.Slave) || message.Slave.length === 0) return undefined
  return message.Slave.filter(isMessage).map(slave => {
    const bare = Object.fromEntries(Object.entries(slave).map(([key, value]) => [key.replace(/^S/, ''), value]))
    const report = newReport('report')
    readEvents(bare, report)
    const isOpen = flag(bare, 'LockOpen')
    return defined({
      id: textIn(bare, 'DeviceId'),
      batteryPercent: number(bare, 'Power'),
      locked: isOpen === undefined ? undefined : !isOpen,
      events: report.events,
    })
  })
}

const KEY_OF: ReadonlyMap<SealEvent, string> = new Map([...EVENT_KEYS].reverse().map(([key, event]) => [event, key]))

function encode(message: DeviceMessage): Uint8Array {
  const [year, month, day, hour, minute, second] = partsOf(message.sentAtMs).map(value => String(value).padStart(2, '0'))
  const raised = message.event === undefined ? undefined : KEY_OF.get(message.event)
  const alarms = Object.fromEntries([...new Set(KEY_OF.values())].map(key => [key, key === raised ? '1' : '0']))
  const area = message.event === 'entered-area' ? '1' : message.event === 'left-area' ? '2' : '0'
  return bytesOfText(
    JSON.stringify({
      MDeviceID: message.deviceId,
      DiviceType: '1',
      DataType: message.buffered ? BLIND_AREA : raised || area !== '0' ? '2' : '1',
      DateTime: `${year}-${month}-${day} ${hour}:${minute}:${second}`,
      Latitude: message.lat.toFixed(6),
      Longitude: message.lon.toFixed(6),
      LongitudeState: message.lon < 0 ? '0' : '1',
      LatitudeState: message.lat < 0 ? '0' : '1',
      Speed: String(Math.round(message.speedKmh)),
      Mileage: '0',
      FenceAlarm: area,
      AreaAlarmID: '0',
      ...alarms,
      MessageAck: '1',
      LockRope: raised === 'LockCutOff' ? '0' : '1',
      LockStatus: message.locked && raised !== 'LockOpen' ? '1' : '0',
      CardNo: message.card ?? '',
      CoverStatus: raised === 'UnCoverBack' ? '0' : '1',
      Power: String(message.batteryPercent),
      GSM: '20',
      Index: String(message.serial),
      Slave: [],
    }),
  )
}

export const teratrack: SealProtocol = {
  name: 'teratrack',
  devices: 'TeraTrack padlocks',
  frames,
  maxFrameBytes: MAX_FRAME,
  decode,
  command: () => ({ refused: 'no-commands' }),
  device: {
    tells: [...new Set([...EVENT_KEYS.values(), ...Object.values(AREA_EVENTS)])],
    encode,
    frames,
    read: (frame): Downlink => (textOf(frame) === ANSWER ? { kind: 'acknowledged' } : { kind: 'other' }),
  },
}
