// Our own form for every maker who has none of the others: one JSON object a report, a line each on TCP, a message each by MQTT, an item each by HTTPS. Documented in
// docs/integrators/seals.md. Who speaks and a form that can be read must be right; a field that cannot be read is kept as it came and named, the rest of the report counts.

import { type DeviceArea, isCircle, type SealCommand } from './commands.ts'
import { SEAL_EVENTS, type SealEvent } from './events.ts'
import { type FrameRule, find, skipTo } from './framing.ts'
import type { CommandRefusal, CommandTarget, DecodedFrame, DeviceMessage, Downlink, FrameRefusal, SealProtocol } from './protocol.ts'
import { type Json, type JsonObject, newReport, type ReportKind, type SealReport, tell } from './report.ts'
import { isoMs } from './times.ts'

const MAX_FRAME = 16_384
const [OPEN, LINE_END] = [0x7b, 0x0a]
const DEVICE = /^[\w.-]{1,40}$/
const KINDS: readonly ReportKind[] = ['report', 'login', 'heartbeat', 'answer']
/** A last will: the broker says it, not the device. */
const GONE = 'gone'

/** A field that was not understood: it stands in the report's `notRead` as it came. */
export interface NotRead {
  readonly field: string
  readonly reason: string
}
export type JsonRead = { readonly report: SealReport; readonly notRead: readonly NotRead[] } | { readonly fault: NotRead }

interface NumberField {
  readonly least: number
  readonly most: number
}
/** Numbers that go where every maker's go. */
const NUMBERS = {
  altitudeM: { least: -1000, most: 20_000 },
  speedKmh: { least: 0, most: 400 },
  courseDeg: { least: 0, most: 360 },
  batteryPercent: { least: 0, most: 100 },
  batteryV: { least: 0, most: 100 },
  powerV: { least: 0, most: 100 },
  satellites: { least: 0, most: 200 },
  odometerM: { least: 0, most: 1e11 },
} as const satisfies Readonly<Record<string, NumberField>>
const MORE_NUMBERS = {
  hdop: { least: 0, most: 100 },
  answersSerial: { least: 0, most: 65_535 },
  result: { least: 0, most: 65_535 },
  temperatureC: { least: -100, most: 200 },
} as const satisfies Readonly<Record<string, NumberField>>
const EVENTS: ReadonlySet<string> = new Set(SEAL_EVENTS)

const isKeyOf = <T extends object>(fields: T, name: string): name is keyof T & string => Object.hasOwn(fields, name)
/** `__proto__` is a name like any other to whoever sends it. */
const put = (to: JsonObject, name: string, value: Json | undefined): void => {
  Object.defineProperty(to, name, { value, enumerable: true, configurable: true, writable: true })
}
const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)
const isIn = (value: unknown, { least, most }: NumberField): value is number => typeof value === 'number' && value >= least && value <= most
const range = ({ least, most }: NumberField): string => `a number from ${least} to ${most}`

/** Reads one report of the form. `owner`: who speaks where the report does not say (a topic's name). */
export function readJsonReport(value: unknown, owner?: string): JsonRead {
  if (!isObject(value)) return { fault: { field: '', reason: 'a report is one JSON object' } }
  const { device = owner, at, kind = 'report', lat, lon, fix, events, locked, doorOpen, byCells, buffered, card, id, ...others } = value
  const deviceId = typeof device === 'number' ? String(device) : device
  if (typeof deviceId !== 'string' || !DEVICE.test(deviceId))
    return { fault: { field: 'device', reason: 'required: 1 to 40 of A-Z a-z 0-9 . _ -' } }
  const known = kind === GONE ? 'other' : KINDS.find(one => one === kind)
  if (known === undefined) return { fault: { field: 'kind', reason: `one of ${[...KINDS, GONE].join(', ')}` } }

  const report = newReport(known)
  report.deviceId = deviceId
  if (kind === GONE) report.more.gone = true
  const notRead: NotRead[] = []
  const raw: JsonObject = {}
  const refuse = (field: string, came: Json | undefined, reason: string): void => {
    notRead.push({ field, reason })
    put(raw, field, came)
  }
  if (at !== undefined) {
    const time = typeof at === 'string' ? isoMs(at) : undefined
    if (time === undefined) refuse('at', at, 'a time as ISO 8601 with its zone, 2026-01-31T09:00:00+09:00')
    else report.sentAtMs = time
  }
  readPlace(report, lat, lon, refuse)
  if (typeof fix === 'boolean') report.fixValid = fix
  else if (fix !== undefined) refuse('fix', fix, 'true or false')
  for (const [field, came] of [
    ['locked', locked],
    ['doorOpen', doorOpen],
  ] as const)
    if (typeof came === 'boolean') report.status[field] = came
    else if (came !== undefined) refuse(field, came, 'true or false')
  if (byCells === true) report.status.lbsFix = true
  else if (byCells !== undefined && byCells !== false) refuse('byCells', byCells, 'true or false')
  if (buffered === true) report.buffered = true
  else if (buffered !== undefined && buffered !== false) refuse('buffered', buffered, 'true or false')
  readEvents(report, events, refuse)
  if (typeof card === 'string' || typeof card === 'number') report.more.card = String(card)
  else if (card !== undefined) refuse('card', card, 'the number of the card')
  if (typeof id === 'string' || typeof id === 'number') report.more.id = id
  else if (id !== undefined) refuse('id', id, 'a text or a number')
  for (const [field, came] of Object.entries(others)) {
    const isOwn = isKeyOf(NUMBERS, field)
    const rule = isOwn ? NUMBERS[field] : isKeyOf(MORE_NUMBERS, field) ? MORE_NUMBERS[field] : undefined
    // What has no meaning for us is the maker's: kept under its name.
    if (rule === undefined) put(report.more, field, came)
    else if (!isIn(came, rule)) refuse(field, came, range(rule))
    else if (isOwn) report[field] = came
    else report.more[field] = came
  }
  if (notRead.length > 0) report.more.notRead = raw
  return { report, notRead }
}

type Refuse = (field: string, came: Json | undefined, reason: string) => void

function readPlace(report: SealReport, lat: Json | undefined, lon: Json | undefined, refuse: Refuse): void {
  if (lat === undefined && lon === undefined) return
  const [latitude, longitude] = [
    { least: -90, most: 90 },
    { least: -180, most: 180 },
  ]
  if (isIn(lat, latitude) && isIn(lon, longitude)) {
    report.lat = lat
    report.lon = lon
    report.fixValid = true
    return
  }
  // Half a place is none.
  refuse('lat', lat, range(latitude))
  refuse('lon', lon, range(longitude))
}

function readEvents(report: SealReport, events: Json | undefined, refuse: Refuse): void {
  if (events === undefined) return
  if (!Array.isArray(events)) return refuse('events', events, 'a list of event names')
  const strange = events.filter(one => typeof one !== 'string' || !EVENTS.has(one))
  for (const one of events) if (typeof one === 'string' && EVENTS.has(one)) tell(report, one as SealEvent)
  if (strange.length > 0) refuse('events', strange, 'names of docs/integrators/seals.md')
}

/** A line from its brace to its end; what lies before a brace belongs to none. */
const frames: FrameRule = (bytes, from, to) => {
  if (bytes[from] !== OPEN) return -skipTo(bytes, OPEN, from, to)
  const end = find(bytes, LINE_END, from, to)
  return end < 0 ? 0 : end + 1 - from
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
const line = (value: JsonObject): Uint8Array => Buffer.from(`${JSON.stringify(value)}\n`)

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(bytes))
  } catch {
    return undefined
  }
}

function decode(frame: Uint8Array, { deviceId }: { readonly deviceId?: string }): DecodedFrame | FrameRefusal {
  if (frame[0] !== OPEN) return 'unknown-frame'
  const read = readJsonReport(parsed(frame), deviceId)
  if ('fault' in read) return 'malformed'
  const { report } = read
  // What answers us is not answered.
  return report.kind === 'answer'
    ? { reports: [report] }
    : { reports: [report], answer: line({ acknowledged: (report.more.id as Json | undefined) ?? true }) }
}

function command(order: SealCommand, { serial }: CommandTarget): Uint8Array | CommandRefusal {
  const { kind, ...rest } = order
  return line({ command: kind, serial, ...('areas' in rest ? { areas: rest.areas.map(areaOut) } : rest) })
}
const areaOut = (area: DeviceArea): JsonObject =>
  isCircle(area)
    ? { id: area.id, centre: [area.centre.lon, area.centre.lat], radiusM: area.radiusM }
    : { id: area.id, corners: area.corners.map(({ lat, lon }) => [lon, lat]) }
const positionIn = (pair: Json | undefined) => {
  const [lon, lat] = Array.isArray(pair) ? pair : []
  return { lon: Number(lon), lat: Number(lat) }
}
const areasIn = (value: Json | undefined): DeviceArea[] =>
  (Array.isArray(value) ? value : [])
    .filter(isObject)
    .map(({ id, centre, radiusM, corners }) =>
      centre === undefined
        ? { id: Number(id), corners: (Array.isArray(corners) ? corners : []).map(positionIn) }
        : { id: Number(id), centre: positionIn(centre), radiusM: Number(radiusM) },
    )

function encode(message: DeviceMessage): Uint8Array {
  const { deviceId, sentAtMs, lat, lon, fixValid, speedKmh, courseDeg, serial, batteryPercent, locked, buffered, event, card } = message
  return line({
    device: deviceId,
    id: serial,
    at: new Date(sentAtMs).toISOString(),
    lat,
    lon,
    fix: fixValid,
    speedKmh,
    courseDeg,
    batteryPercent,
    locked,
    ...(buffered ? { buffered } : {}),
    ...(event === undefined ? {} : { events: [event] }),
    ...(card === undefined ? {} : { card }),
  })
}

function read(frame: Uint8Array): Downlink {
  const said = parsed(frame)
  if (!isObject(said)) return { kind: 'other' }
  if (said.acknowledged !== undefined)
    return typeof said.acknowledged === 'number' ? { kind: 'acknowledged', serial: said.acknowledged } : { kind: 'acknowledged' }
  const order = orderIn(said)
  return order
    ? { kind: 'command', command: order, ...(typeof said.serial === 'number' ? { serial: said.serial } : {}) }
    : { kind: 'other' }
}

function answer(frame: Uint8Array, { deviceId }: DeviceMessage): Uint8Array | undefined {
  const said = read(frame)
  return said.kind === 'command' ? line({ device: deviceId, kind: 'answer', answersSerial: said.serial, result: 0 }) : undefined
}

function orderIn({ command: kind, intervalS, password, areas }: JsonObject): SealCommand | undefined {
  switch (kind) {
    case 'lock':
    case 'ask-position':
      return { kind }
    case 'unlock':
      return typeof password === 'string' ? { kind, password } : { kind }
    case 'set-interval':
      return { kind, intervalS: Number(intervalS) }
    case 'one-time-password':
      return { kind, password: String(password) }
    case 'set-areas':
      return { kind, areas: areasIn(areas) }
    default:
      return undefined
  }
}

export const json: SealProtocol = {
  name: 'json',
  devices: 'any other maker, in our own form',
  frames,
  maxFrameBytes: MAX_FRAME,
  decode,
  command,
  device: { tells: SEAL_EVENTS, encode, frames, read, answer },
}
