// What the centre says to a fixed RFID reader (llrp.ts): how to report, what to look for, that it is still there. Said in version 1 of the protocol, which a reader of 1.1 speaks
// until another is agreed (clause 5.1.1).
import { ByteWriter } from './bytes.ts'
import { LLRP, PARAMETER } from './llrp.ts'

const VERSION = 1
const TLV_HEAD_BYTES = 4

export function llrpFrame(type: number, id: number, body: Uint8Array = new Uint8Array(0)): Uint8Array {
  return new ByteWriter()
    .u16((VERSION << 10) | type)
    .u32(10 + body.length)
    .u32(id)
    .raw(body)
    .done()
}

export function llrpParameter(type: number, body: Uint8Array = new Uint8Array(0)): Uint8Array {
  return new ByteWriter()
    .u16(type)
    .u16(TLV_HEAD_BYTES + body.length)
    .raw(body)
    .done()
}

/** Clause 14.2.5.1. */
const EVENTS = { bufferWarning: 3, exception: 4, antenna: 8 } as const

/** SET_READER_CONFIG (13.1.3). `holds`: a reader that can keeps reports while nobody is connected and waits with them until it is told to go on. */
export function setReaderConfig(id: number, { keepaliveMs, holds }: { readonly keepaliveMs: number; readonly holds: boolean }): Uint8Array {
  const body = new ByteWriter().u8(0)
  if (holds) {
    const states = Object.values(EVENTS).map(event => llrpParameter(PARAMETER.eventState, new ByteWriter().u16(event).u8(0x80).done()))
    body.raw(llrpParameter(PARAMETER.eventSpec, joinedBytes(states)))
  }
  body.raw(llrpParameter(PARAMETER.keepalive, new ByteWriter().u8(1).u32(keepaliveMs).done()))
  if (holds) body.raw(llrpParameter(PARAMETER.eventsAndReports, Uint8Array.of(0x80)))
  return llrpFrame(LLRP.setReaderConfig, id, body.done())
}

export interface RospecWanted {
  /** 0 among them: all. */
  readonly antennas: readonly number[]
  /** `rounds`: looks for 0.4 s, twice a second, and tells what it saw in each. `each`: looks all the time and tells every tag at once, for readers that cannot go by rounds. */
  readonly by: 'rounds' | 'each'
}

const ROUND_EVERY_MS = 500
const ROUND_MS = 400
const START = { immediate: 1, periodic: 2 } as const
const STOP_BY_TIME = 1
const AT_END_OF_AI_SPEC = 1
/** Class 1 generation 2 (ISO/IEC 18000-63), the passive tags of containers, seals and trucks. */
const GEN2 = 1
/** Antenna, peak RSSI, first seen, last seen, count of sightings (17.2.7.1.1). */
const CONTENTS = 0x1780

/** An order to look for tags, and its number. The number is made of its content: a reader that still has it after a connection was lost need not be told again, and goes on. */
export function rospec({ antennas, by }: RospecWanted): { readonly id: number; readonly parameter: Uint8Array } {
  const isByRounds = by === 'rounds'
  const start = new ByteWriter().u8(isByRounds ? START.periodic : START.immediate)
  if (isByRounds) start.raw(llrpParameter(PARAMETER.periodic, new ByteWriter().u32(0).u32(ROUND_EVERY_MS).done()))
  const boundary = joinedBytes([
    llrpParameter(PARAMETER.startTrigger, start.done()),
    llrpParameter(PARAMETER.stopTrigger, new ByteWriter().u8(0).u32(0).done()),
  ])
  const ai = new ByteWriter().u16(antennas.length)
  for (const antenna of antennas) ai.u16(antenna)
  ai.raw(
    llrpParameter(
      PARAMETER.aiStopTrigger,
      new ByteWriter()
        .u8(isByRounds ? STOP_BY_TIME : 0)
        .u32(isByRounds ? ROUND_MS : 0)
        .done(),
    ),
  ).raw(llrpParameter(PARAMETER.inventory, new ByteWriter().u16(1).u8(GEN2).done()))
  const report = new ByteWriter()
    .u8(AT_END_OF_AI_SPEC)
    .u16(isByRounds ? 0 : 1)
    .raw(llrpParameter(PARAMETER.contents, new ByteWriter().u16(CONTENTS).done()))
  const specs = joinedBytes([
    llrpParameter(PARAMETER.boundary, boundary),
    llrpParameter(PARAMETER.aiSpec, ai.done()),
    llrpParameter(PARAMETER.roReport, report.done()),
  ])
  const id = numberOf(specs)
  // Highest priority, disabled until it is enabled.
  return { id, parameter: llrpParameter(PARAMETER.rospec, new ByteWriter().u32(id).u8(0).u8(0).raw(specs).done()) }
}

export const getRospecs = (id: number): Uint8Array => llrpFrame(LLRP.getRospecs, id)
export const addRospec = (id: number, parameter: Uint8Array): Uint8Array => llrpFrame(LLRP.addRospec, id, parameter)
/** 0: all. */
export const deleteRospec = (id: number, which: number): Uint8Array => llrpFrame(LLRP.deleteRospec, id, new ByteWriter().u32(which).done())
export const enableRospec = (id: number, which: number): Uint8Array => llrpFrame(LLRP.enableRospec, id, new ByteWriter().u32(which).done())
export const enableEventsAndReports = (id: number): Uint8Array => llrpFrame(LLRP.enableEventsAndReports, id)
/** Carries the number of what it acknowledges. */
export const keepaliveAck = (id: number): Uint8Array => llrpFrame(LLRP.keepaliveAck, id)

/** FNV-1a, 31 bits of it, never 0: 0 means all orders. */
function numberOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193)
  return (hash >>> 1) | 1
}

function joinedBytes(parts: readonly Uint8Array[]): Uint8Array {
  const writer = new ByteWriter()
  for (const part of parts) writer.raw(part)
  return writer.done()
}
