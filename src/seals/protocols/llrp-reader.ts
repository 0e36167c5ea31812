// The reader's side of LLRP, for the simulator and the tests: what a fixed reader at a gate does with what it is told, and how it tells what it sees. Pure: bytes in, bytes out;
// whoever has the socket cuts the stream into messages (`llrpFrames`) and sends what is returned. A reader holds reports while nobody is connected, where it can.
import { ByteWriter, bytesOfHex, type Cursor } from './bytes.ts'
import { CONNECTION_ATTEMPTS, type ConnectionAttempt, eachParameter, LLRP, llrpMessage, PARAMETER } from './llrp.ts'
import { llrpFrame, llrpParameter } from './llrp-requests.ts'

export interface LlrpReaderOptions {
  /** Without a clock a reader tells the time since it was switched on. Default true. */
  readonly hasClock?: boolean
  /** Keeps reports while nobody is connected. Default true. */
  readonly canHold?: boolean
  /** Knows the periodic start. Default true. */
  readonly canGoByRounds?: boolean
}

/** What a tag at an antenna looks like, its times by the reader's clock in milliseconds. */
export interface TagSeen {
  readonly epcHex: string
  readonly antenna: number
  readonly peakRssiDbm: number
  readonly firstSeenMs: number
  readonly lastSeenMs: number
  readonly seenCount: number
}

export interface LlrpReader {
  /** Somebody connects: the first message. Any attempt but `success` ends with the connection. */
  connected(nowMs: number, attempt?: ConnectionAttempt): Uint8Array
  /** The connection is gone; what is seen from now on is held. */
  disconnected(): void
  /** A whole message of the client; what goes back. */
  take(frame: Uint8Array): readonly Uint8Array[]
  /** What goes out for tags seen: nothing while it is not told to look, or while reports are held. */
  sees(tags: readonly TagSeen[]): readonly Uint8Array[]
  keepalive(): Uint8Array
  antenna(id: number, isConnected: boolean, nowMs: number): Uint8Array
  readonly isLooking: boolean
  /** As the client wants it; 0: never. */
  readonly keepaliveMs: number
  /** KEEPALIVEs that were not acknowledged yet. */
  readonly unacknowledged: number
  readonly held: number
}

/** More than these are lost, the oldest first. */
const MAX_HELD = 1000

/** Clause 15.2.1. */
const STATUS = { success: 0, parameterError: 100, fieldError: 101, unsupportedMessage: 109 } as const

export function createLlrpReader({ hasClock = true, canHold = true, canGoByRounds = true }: LlrpReaderOptions = {}): LlrpReader {
  const orders = new Map<number, { readonly parameter: Uint8Array; isEnabled: boolean }>()
  let [isConnected, holds, isHolding, keepaliveMs, unacknowledged, number] = [false, false, false, 0, 0, 0]
  let held: Uint8Array[] = []

  const event = (atMs: number, ...what: Uint8Array[]): Uint8Array => {
    const time = llrpParameter(hasClock ? PARAMETER.utc : PARAMETER.uptime, microseconds(atMs))
    return llrpFrame(LLRP.event, ++number, llrpParameter(PARAMETER.eventData, joined([time, ...what])))
  }
  const report = (tags: readonly TagSeen[]): Uint8Array =>
    llrpFrame(LLRP.report, ++number, joined(tags.map(tag => llrpParameter(PARAMETER.tagReport, tagBytes(tag, hasClock)))))
  const isLooking = (): boolean => [...orders.values()].some(order => order.isEnabled)

  /** Undefined where it may be done, and is. */
  const configure = (body: Cursor): string | undefined => {
    body.u8()
    let [everyMs, wantsHold] = [keepaliveMs, holds]
    eachParameter(body, (type, value) => {
      if (type === PARAMETER.keepalive) everyMs = value.u8() === 1 ? value.u32() : 0
      if (type === PARAMETER.eventsAndReports) wantsHold = value.u8() >= 0x80
    })
    if (wantsHold && !canHold) return 'EventsAndReports is not supported'
    keepaliveMs = everyMs
    holds = wantsHold
    return undefined
  }
  const add = (body: Cursor): string | undefined => {
    const parameter = body.bytes.slice(body.at, body.end)
    let fault: string | undefined = 'no ROSpec'
    eachParameter(body, (type, value) => {
      if (type !== PARAMETER.rospec) return
      const id = value.u32()
      value.skip(2)
      fault = orders.has(id) ? 'this ROSpecID is there already' : undefined
      if (!canGoByRounds && startsPeriodically(value)) fault = 'periodic start is not supported'
      if (fault === undefined) orders.set(id, { parameter, isEnabled: false })
    })
    return fault
  }
  const remove = (id: number): string | undefined => {
    if (id !== 0) return orders.delete(id) ? undefined : 'no such ROSpec'
    orders.clear()
    return undefined
  }
  const enable = (id: number): string | undefined => {
    const order = orders.get(id)
    if (!order) return 'no such ROSpec'
    order.isEnabled = true
    return undefined
  }
  const answer = (type: number, id: number, fault: string | undefined, code: number, more: readonly Uint8Array[] = []): Uint8Array[] => [
    llrpFrame(type, id, joined([status(fault === undefined ? STATUS.success : code, fault ?? ''), ...more])),
  ]

  return {
    connected(nowMs, attempt = 'success') {
      if (attempt === 'success') {
        isConnected = true
        isHolding = holds
        unacknowledged = 0
      }
      return event(nowMs, llrpParameter(PARAMETER.attempt, new ByteWriter().u16(CONNECTION_ATTEMPTS.indexOf(attempt)).done()))
    },
    disconnected() {
      isConnected = false
    },
    take(frame) {
      const { type, id, body } = llrpMessage(frame)
      switch (type) {
        case LLRP.setReaderConfig:
          return answer(LLRP.setReaderConfigAnswer, id, configure(body), STATUS.parameterError)
        case LLRP.getRospecs: {
          const all = [...orders.values()].map(order => inState(order.parameter, order.isEnabled ? 2 : 0))
          return answer(LLRP.getRospecsAnswer, id, undefined, 0, all)
        }
        case LLRP.addRospec:
          return answer(LLRP.addRospecAnswer, id, add(body), STATUS.parameterError)
        case LLRP.deleteRospec:
          return answer(LLRP.deleteRospecAnswer, id, remove(body.u32()), STATUS.fieldError)
        case LLRP.enableRospec:
          return answer(LLRP.enableRospecAnswer, id, enable(body.u32()), STATUS.fieldError)
        case LLRP.enableEventsAndReports: {
          isHolding = false
          const all = held
          held = []
          return all
        }
        case LLRP.keepaliveAck:
          unacknowledged = Math.max(0, unacknowledged - 1)
          return []
        case LLRP.closeConnection:
          return answer(LLRP.closeConnectionAnswer, id, undefined, 0)
        default:
          return answer(LLRP.error, id, `message ${type} is not known`, STATUS.unsupportedMessage)
      }
    },
    sees(tags) {
      if (!isLooking()) return []
      if (isConnected && !isHolding) return [report(tags)]
      if (holds) held = [...held, report(tags)].slice(-MAX_HELD)
      return []
    },
    keepalive() {
      unacknowledged++
      return llrpFrame(LLRP.keepalive, ++number)
    },
    antenna: (id, isThere, nowMs) =>
      event(
        nowMs,
        llrpParameter(
          PARAMETER.antennaEvent,
          new ByteWriter()
            .u8(isThere ? 1 : 0)
            .u16(id)
            .done(),
        ),
      ),
    get isLooking() {
      return isLooking()
    },
    get keepaliveMs() {
      return keepaliveMs
    },
    get unacknowledged() {
      return unacknowledged
    },
    get held() {
      return held.length
    },
  }
}

const TV = 0x80

/** As the client wants it: antenna, peak RSSI, both times, count. EPC-96 where it is one. */
function tagBytes(tag: TagSeen, hasClock: boolean): Uint8Array {
  const epc = bytesOfHex(tag.epcHex) ?? new Uint8Array(0)
  const writer = new ByteWriter()
  if (epc.length === 12) writer.u8(TV | PARAMETER.epc96).raw(epc)
  else
    writer.raw(
      llrpParameter(
        PARAMETER.epc,
        new ByteWriter()
          .u16(8 * epc.length)
          .raw(epc)
          .done(),
      ),
    )
  return writer
    .u8(TV | PARAMETER.antenna)
    .u16(tag.antenna)
    .u8(TV | PARAMETER.peakRssi)
    .u8(tag.peakRssiDbm)
    .u8(TV | (hasClock ? PARAMETER.firstSeenUtc : PARAMETER.firstSeenUptime))
    .raw(microseconds(tag.firstSeenMs))
    .u8(TV | (hasClock ? PARAMETER.lastSeenUtc : PARAMETER.lastSeenUptime))
    .raw(microseconds(tag.lastSeenMs))
    .u8(TV | PARAMETER.seenCount)
    .u16(tag.seenCount)
    .done()
}

function startsPeriodically(rospec: Cursor): boolean {
  let isPeriodic = false
  eachParameter(rospec, (type, boundary) => {
    if (type !== PARAMETER.boundary) return
    eachParameter(boundary, (inner, trigger) => {
      if (inner === PARAMETER.startTrigger) isPeriodic = trigger.u8() === 2
    })
  })
  return isPeriodic
}

/** Head of four bytes, number of four, priority, state. */
const STATE_AT = 9
const inState = (parameter: Uint8Array, state: number): Uint8Array => parameter.with(STATE_AT, state)

function status(code: number, words: string): Uint8Array {
  const text = new TextEncoder().encode(words)
  return llrpParameter(PARAMETER.status, new ByteWriter().u16(code).u16(text.length).raw(text).done())
}

function microseconds(ms: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(Math.round(ms)) * 1000n)
  return bytes
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const writer = new ByteWriter()
  for (const part of parts) writer.raw(part)
  return writer.done()
}
