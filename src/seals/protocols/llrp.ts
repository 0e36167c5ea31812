// What a fixed RFID reader says by LLRP (EPCglobal Low Level Reader Protocol 1.0.1 of 2007 and 1.1 of 2010; clauses are of 1.1): the small part that reads tags. A message is
// ten bytes of head and parameters, a parameter is a type with its length (TLV) or a type of fixed length (TV). There is no checksum and no mark to find a beginning by: a head
// that cannot be ends the connection. What is not known stays raw. The words to a reader are in llrp-requests.ts, the reader's own side in llrp-reader.ts.
import { Cursor, hexOf } from './bytes.ts'
import type { FrameRule } from './framing.ts'

/** A message longer than this is none: a report of a thousand tags has some 60,000 bytes. */
export const LLRP_MAX_FRAME_BYTES = 262_144

/** Types of messages, clause 17.1; an answer's type is what is asked, plus ten. */
export const LLRP = {
  setReaderConfig: 3,
  closeConnectionAnswer: 4,
  setReaderConfigAnswer: 13,
  closeConnection: 14,
  addRospec: 20,
  deleteRospec: 21,
  enableRospec: 24,
  getRospecs: 26,
  addRospecAnswer: 30,
  deleteRospecAnswer: 31,
  enableRospecAnswer: 34,
  getRospecsAnswer: 36,
  report: 61,
  keepalive: 62,
  event: 63,
  enableEventsAndReports: 64,
  keepaliveAck: 72,
  error: 100,
} as const

/** One tag as a reader saw it, several observations in one (clause 14.2.3). Times are the reader's: since 1970, or since it was switched on where it has no clock. */
export interface TagRead {
  readonly epcHex: string
  readonly epcBits: number
  readonly antenna?: number
  readonly peakRssiDbm?: number
  readonly channel?: number
  readonly firstSeenUtcMs?: number
  readonly firstSeenUptimeMs?: number
  readonly lastSeenUtcMs?: number
  readonly lastSeenUptimeMs?: number
  readonly seenCount?: number
  readonly rospec?: number
  readonly pcHex?: string
  readonly crcHex?: string
  /** Parameters that are not read here, with their heads. */
  readonly unreadHex?: string
}

/** Clause 14.2.6.11; a reader serves one client at a time. */
export const CONNECTION_ATTEMPTS = ['success', 'reader-calls-already', 'client-connected-already', 'refused', 'another-tried'] as const
export type ConnectionAttempt = (typeof CONNECTION_ATTEMPTS)[number]

/** Clause 14.2.6: what happened at the reader. */
export interface ReaderEvent {
  readonly utcMs?: number
  readonly uptimeMs?: number
  readonly attempt?: ConnectionAttempt
  readonly isClosing?: boolean
  readonly antenna?: { readonly id: number; readonly isConnected: boolean }
  /** In the reader's own words. */
  readonly exception?: string
  readonly bufferPercent?: number
  /** Reports were lost in the reader. */
  readonly hasOverflowed?: boolean
  readonly unreadHex?: string
}

/** Clause 15.2.2; 0 is success. */
export interface LlrpStatus {
  readonly code: number
  readonly words: string
}

export type LlrpSaid =
  | { readonly kind: 'tags'; readonly id: number; readonly tags: readonly TagRead[]; readonly unreadHex?: string }
  | { readonly kind: 'event'; readonly id: number; readonly event: ReaderEvent }
  | { readonly kind: 'keepalive'; readonly id: number }
  | {
      readonly kind: 'answer'
      readonly id: number
      readonly type: number
      readonly status: LlrpStatus
      readonly rospecs: readonly { readonly id: number; readonly state: 'disabled' | 'inactive' | 'active' }[]
    }
  | { readonly kind: 'other'; readonly id: number; readonly type: number }

const HEAD_BYTES = 10

/** Three bits that are 0, three of the version (1 is 1.0.1, 2 is 1.1), ten of the type; length of all, 32 bits (clause 17.1). */
export const llrpFrames: FrameRule = (bytes, from, to) => {
  if (!isHead(bytes[from]!)) return -1
  if (to - from < 6) return 0
  const length = bytes[from + 2]! * 0x1000000 + ((bytes[from + 3]! << 16) | (bytes[from + 4]! << 8) | bytes[from + 5]!)
  if (length < HEAD_BYTES || length > LLRP_MAX_FRAME_BYTES) return -1
  return to - from < length ? 0 : length
}

const isHead = (first: number): boolean => first >> 5 === 0 && (first >> 2 === 1 || first >> 2 === 2)

/** A whole message of a reader. Never throws; `malformed` where a parameter that must be there is not, or does not end where it should. */
export function readLlrp(frame: Uint8Array): LlrpSaid | 'malformed' {
  const { type, id, body } = llrpMessage(frame)
  switch (type) {
    case LLRP.report:
      return reportIn(id, body)
    case LLRP.event:
      return eventIn(id, body)
    case LLRP.keepalive:
      return { kind: 'keepalive', id }
    case LLRP.closeConnectionAnswer:
    case LLRP.setReaderConfigAnswer:
    case LLRP.addRospecAnswer:
    case LLRP.deleteRospecAnswer:
    case LLRP.enableRospecAnswer:
    case LLRP.getRospecsAnswer:
    case LLRP.error:
      return answerIn(type, id, body)
    default:
      return { kind: 'other', id, type }
  }
}

/** Head of a message, and a walk over what is behind it. */
export function llrpMessage(frame: Uint8Array): { readonly type: number; readonly id: number; readonly body: Cursor } {
  const head = new Cursor(frame)
  const type = head.u16() & 0x3ff
  head.skip(4)
  const id = head.u32()
  return { type, id, body: new Cursor(frame, HEAD_BYTES) }
}

/** Types of parameters, clause 17.2. */
export const PARAMETER = {
  antenna: 1,
  firstSeenUtc: 2,
  firstSeenUptime: 3,
  lastSeenUtc: 4,
  lastSeenUptime: 5,
  peakRssi: 6,
  channel: 7,
  seenCount: 8,
  rospecId: 9,
  crc: 11,
  pc: 12,
  epc96: 13,
  utc: 128,
  uptime: 129,
  rospec: 177,
  boundary: 178,
  startTrigger: 179,
  periodic: 180,
  stopTrigger: 182,
  aiSpec: 183,
  aiStopTrigger: 184,
  inventory: 186,
  keepalive: 220,
  eventsAndReports: 226,
  roReport: 237,
  contents: 238,
  tagReport: 240,
  epc: 241,
  eventSpec: 244,
  eventState: 245,
  eventData: 246,
  bufferLevel: 250,
  bufferOverflow: 251,
  exception: 252,
  antennaEvent: 255,
  attempt: 256,
  closing: 257,
  status: 287,
} as const

/** Bytes behind the type of a TV parameter, by type; 14 to 20 are SpecIndex, ClientRequestOpSpecResult, AccessSpecID, OpSpecID, singulation details and the two XPC words. */
const TV_BYTES = [0, 2, 8, 8, 8, 8, 1, 2, 2, 4, 2, 2, 2, 12, 2, 2, 4, 2, 4, 2, 2]

/** Calls `take` for each parameter with a walk over its value; from the first that cannot be read on, the rest is returned as hex. */
export function eachParameter(body: Cursor, take: (type: number, value: Cursor, from: number) => void): string | undefined {
  while (body.left > 0) {
    const from = body.at
    const first = body.u8()
    const isTv = first >= 0x80
    const type = isTv ? first & 0x7f : ((first & 3) << 8) | body.u8()
    const length = isTv ? TV_BYTES[type] : body.u16() - 4
    if (length === undefined || (isTv && length === 0) || length < 0 || length > body.left) return hexOf(body.bytes, from, body.end)
    take(type, body.part(length), from)
  }
  return undefined
}

/** Microseconds; kept as milliseconds, as all times here. */
const timeMs = (value: Cursor): number => Number(value.u64() / 1000n)

function reportIn(id: number, body: Cursor): LlrpSaid {
  const tags: TagRead[] = []
  const unread: string[] = []
  const rest = eachParameter(body, (type, value, from) => {
    const tag = type === PARAMETER.tagReport ? tagIn(value) : undefined
    if (tag) tags.push(tag)
    else unread.push(hexOf(body.bytes, from, value.end))
  })
  const unreadHex = unread.join('') + (rest ?? '')
  return { kind: 'tags', id, tags, ...(unreadHex === '' ? {} : { unreadHex }) }
}

/** What a report says of a tag, with what was left out because it is as it was before (clause 14.2.3, ii). */
export function asBefore(before: TagRead | undefined, tag: TagRead): TagRead {
  if (!before) return tag
  const { epcHex, epcBits, pcHex, crcHex, unreadHex, ...repeated } = before
  return { ...repeated, ...tag }
}

function tagIn(body: Cursor): TagRead | undefined {
  const tag: { -readonly [Key in keyof TagRead]?: TagRead[Key] } = {}
  const unread: string[] = []
  const rest = eachParameter(body, (type, value, from) => {
    switch (type) {
      case PARAMETER.epc96:
        tag.epcBits = 96
        tag.epcHex = value.hex(12)
        return
      case PARAMETER.epc:
        tag.epcBits = value.u16()
        // Bits that are told but did not come make no number.
        if (tag.epcBits <= 8 * value.left) tag.epcHex = value.hex(Math.ceil(tag.epcBits / 8))
        return
      case PARAMETER.antenna:
        tag.antenna = value.u16()
        return
      case PARAMETER.peakRssi:
        tag.peakRssiDbm = value.i8()
        return
      case PARAMETER.channel:
        tag.channel = value.u16()
        return
      case PARAMETER.firstSeenUtc:
        tag.firstSeenUtcMs = timeMs(value)
        return
      case PARAMETER.firstSeenUptime:
        tag.firstSeenUptimeMs = timeMs(value)
        return
      case PARAMETER.lastSeenUtc:
        tag.lastSeenUtcMs = timeMs(value)
        return
      case PARAMETER.lastSeenUptime:
        tag.lastSeenUptimeMs = timeMs(value)
        return
      case PARAMETER.seenCount:
        tag.seenCount = value.u16()
        return
      case PARAMETER.rospecId:
        tag.rospec = value.u32()
        return
      case PARAMETER.pc:
        tag.pcHex = value.hex(2)
        return
      case PARAMETER.crc:
        tag.crcHex = value.hex(2)
        return
      default:
        unread.push(hexOf(body.bytes, from, value.end))
    }
  })
  const { epcHex, epcBits, ...others } = tag
  if (!epcHex || epcBits === undefined) return undefined
  const unreadHex = unread.join('') + (rest ?? '')
  return { epcHex, epcBits, ...others, ...(unreadHex === '' ? {} : { unreadHex }) }
}

function eventIn(id: number, body: Cursor): LlrpSaid | 'malformed' {
  let event: ReaderEvent | undefined
  eachParameter(body, (type, value) => {
    if (type === PARAMETER.eventData) event ??= eventDataIn(value)
  })
  return event ? { kind: 'event', id, event } : 'malformed'
}

function eventDataIn(body: Cursor): ReaderEvent {
  const event: { -readonly [Key in keyof ReaderEvent]: ReaderEvent[Key] } = {}
  const unread: string[] = []
  const rest = eachParameter(body, (type, value, from) => {
    switch (type) {
      case PARAMETER.utc:
        event.utcMs = timeMs(value)
        return
      case PARAMETER.uptime:
        event.uptimeMs = timeMs(value)
        return
      case PARAMETER.attempt:
        event.attempt = CONNECTION_ATTEMPTS[value.u16()] ?? 'refused'
        return
      case PARAMETER.closing:
        event.isClosing = true
        return
      case PARAMETER.antennaEvent: {
        const isConnected = value.u8() === 1
        event.antenna = { id: value.u16(), isConnected }
        return
      }
      case PARAMETER.exception:
        event.exception = utf8In(value)
        return
      case PARAMETER.bufferLevel:
        event.bufferPercent = value.u8()
        return
      case PARAMETER.bufferOverflow:
        event.hasOverflowed = true
        return
      default:
        unread.push(hexOf(body.bytes, from, value.end))
    }
  })
  const unreadHex = unread.join('') + (rest ?? '')
  if (unreadHex !== '') event.unreadHex = unreadHex
  return event
}

const STATES = ['disabled', 'inactive', 'active'] as const

function answerIn(type: number, id: number, body: Cursor): LlrpSaid | 'malformed' {
  let status: LlrpStatus | undefined
  const rospecs: { id: number; state: (typeof STATES)[number] }[] = []
  eachParameter(body, (parameter, value) => {
    if (parameter === PARAMETER.status) status ??= { code: value.u16(), words: utf8In(value) }
    if (parameter !== PARAMETER.rospec) return
    const rospec = value.u32()
    value.u8()
    rospecs.push({ id: rospec, state: STATES[value.u8()] ?? 'disabled' })
  })
  return status ? { kind: 'answer', id, type, status, rospecs } : 'malformed'
}

/** Count of bytes and the text; what does not come is left out. */
function utf8In(value: Cursor): string {
  const bytes = Math.min(value.u16(), value.left)
  return new TextDecoder().decode(value.bytes.subarray(value.at, value.at + bytes))
}
