// The fast face: bytes in any pieces → one reused record a message. HOT PATH: no allocation a sentence (text is copied as bytes, station names are
// made once), one pass over each sentence: one XOR and one table look-up a byte. bench/wire-decode.ts prints the cost.
// NMEA 0183 4.11 §5.3, IEC 61162-1, ITU-R M.1371-5. What may stand around a sentence: surroundings.ts, times.ts.
import { Assembly } from './assembly.ts'
import { decodeInto } from './fast.ts'
import type { AisRecord, AisStream, AisStreamCounts, AisStreamSink, CreateAisStream, Refusal } from './record.ts'
import { REFUSALS } from './record.ts'
import { createRecord } from './record-memory.ts'
import { Surroundings } from './surroundings.ts'
import { HEX, MAX_LETTERS, SIX } from './tables.ts'
import { epochOf, toldTime } from './times.ts'

const LF = 10
const CR = 13
const BLANK = 32
const BANG = 33
const HASH = 35
const DOLLAR = 36
const STAR = 42
const COMMA = 44
const BACKSLASH = 92
const [D, M, O, P, V] = [68, 77, 79, 80, 86]
/** A line longer than this is no sentence: its bytes are passed over and counted as `too-long`. */
const MAX_LINE = 4096
/** Shortest sentence there can be: `!AIVDM,1,1,,,,`. */
const MIN_SENTENCE = 14
/** Zeros behind a payload, so that reading past its end reads zeros. */
const MARGIN = 8

/** Also gives the raw payload, for the ergonomic face. */
export interface PayloadSink extends AisStreamSink {
  /** A whole payload: six-bit letters and bits without fill. The record holds the envelope only. Valid during the call. */
  payload?(six: Uint8Array, bits: number, envelope: AisRecord): void
  /** A sentence that is not AIS. `bytes[from, to)` is the sentence. */
  other?(line: number, bytes: Uint8Array, from: number, to: number, sourceTimeMs: number): void
}

const isStart = (byte: number): boolean => byte === BANG || byte === DOLLAR || byte === BACKSLASH

/** Where the next sentence or TAG block starts; `to` where there is none. */
function nextStart(b: Uint8Array, from: number, to: number): number {
  let p = from
  while (p < to && !isStart(b[p]!)) p++
  return p
}

class SentenceStream implements AisStream {
  readonly counts: AisStreamCounts
  toldTimeMs = Number.NaN

  readonly #sink: PayloadSink
  readonly #record = createRecord()
  readonly #assembly: Assembly
  readonly #around = new Surroundings()
  readonly #six = new Uint8Array(MAX_LETTERS + MARGIN)
  readonly #carry = new Uint8Array(MAX_LINE)
  #carried = 0
  #isSkipping = false
  #line = 0
  #receivedAtMs = 0
  /** Told by a line or text before the sentence; used for the next one only. */
  #timeBeforeMs = Number.NaN

  constructor(sink: PayloadSink, assemblyTimeoutMs: number) {
    this.#sink = sink
    this.counts = {
      sentences: 0,
      messages: 0,
      other: 0,
      refused: Object.fromEntries(REFUSALS.map(reason => [reason, 0])) as Record<Refusal, number>,
    }
    this.#assembly = new Assembly(assemblyTimeoutMs)
  }

  get stations(): readonly string[] {
    return this.#around.stations
  }

  push(chunk: Uint8Array, receivedAtMs: number): void {
    this.#receivedAtMs = receivedAtMs
    let at = 0
    if (this.#carried > 0 || this.#isSkipping) {
      const end = chunk.indexOf(LF)
      this.#keep(chunk, 0, end < 0 ? chunk.length : end)
      if (end < 0) return
      this.#takeCarried()
      at = end + 1
    }
    for (let end = chunk.indexOf(LF, at); end >= 0; end = chunk.indexOf(LF, at)) {
      this.#line++
      if (end - at > MAX_LINE) this.#refuse('too-long', chunk, at, end)
      else this.#takeLine(chunk, at, end)
      at = end + 1
    }
    this.#keep(chunk, at, chunk.length)
  }

  end(receivedAtMs: number): void {
    this.#receivedAtMs = receivedAtMs
    if (this.#carried > 0 || this.#isSkipping) this.#takeCarried()
    const missing = this.#assembly.clear()
    for (let n = 0; n < missing; n++) this.#refuse('part-missing', this.#carry, 0, 0)
  }

  #keep(chunk: Uint8Array, from: number, to: number): void {
    if (this.#isSkipping || to <= from) return
    if (this.#carried + to - from > MAX_LINE) {
      this.#isSkipping = true
      return
    }
    this.#carry.set(chunk.subarray(from, to), this.#carried)
    this.#carried += to - from
  }

  #takeCarried(): void {
    this.#line++
    const length = this.#carried
    const isTooLong = this.#isSkipping
    this.#carried = 0
    this.#isSkipping = false
    if (isTooLong) this.#refuse('too-long', this.#carry, 0, length)
    else this.#takeLine(this.#carry, 0, length)
  }

  #refuse(reason: Refusal, bytes: Uint8Array, from: number, to: number, line = this.#line): void {
    this.counts.refused[reason]++
    this.#sink.refused?.(reason, line, bytes, from, to)
  }

  /** A line may hold several sentences, each with its own TAG block, and text before the first. */
  #takeLine(b: Uint8Array, from: number, lineEnd: number): void {
    let to = lineEnd
    while (to > from && (b[to - 1] === CR || b[to - 1] === BLANK)) to--
    let p = from
    this.#around.clear()
    while (p < to) {
      const c = b[p]!
      if (c === BANG || c === DOLLAR) {
        p = this.#takeSentence(b, p, to, from)
        if (p < to) this.#around.clear()
      } else if (c === BACKSLASH) {
        const after = this.#around.takeTagBlock(b, p, to)
        if (after < 0) return this.#refuse('bad-tag-block', b, p, to)
        p = after
        // A TAG block on a line of its own speaks for the next sentence.
        if (p >= to) this.#timeBeforeMs = this.#around.timeMs
      } else {
        const start = nextStart(b, p, to)
        // A line without any sentence: a remark, or garbage.
        if (start >= to && p === from) {
          if (c !== HASH) this.#refuse('malformed', b, from, to)
          return
        }
        const time = epochOf(b, p, start)
        if (!Number.isNaN(time)) this.#timeBeforeMs = time
        p = start
      }
    }
  }

  /** One sentence from its '!' or '$'; returns where the next may start. */
  #takeSentence(b: Uint8Array, from: number, to: number, lineFrom: number): number {
    const formatter = b[from + 5]
    if (
      to - from < MIN_SENTENCE ||
      b[from + 3] !== V ||
      b[from + 4] !== D ||
      (formatter !== M && formatter !== O) ||
      b[from + 6] !== COMMA
    ) {
      const next = nextStart(b, from + 1, to)
      this.#takeOther(b, from, next)
      return next
    }
    this.counts.sentences++
    return this.#takeAis(b, from, to, lineFrom)
  }

  #takeOther(b: Uint8Array, from: number, to: number): void {
    this.counts.other++
    const time = toldTime(b, from, to)
    if (!Number.isNaN(time)) {
      this.toldTimeMs = time
      if (b[from + 1] === P) this.#timeBeforeMs = time
    }
    this.#sink.other?.(this.#line, b, from, to, this.#around.timeMs)
  }

  #refuseSentence(reason: Refusal, b: Uint8Array, from: number, to: number, lineFrom: number): number {
    const next = nextStart(b, from + 1, to)
    this.#timeBeforeMs = Number.NaN
    this.#refuse(reason, b, lineFrom, next)
    return next
  }

  /** `!ttVDM,total,part,sequence,channel,payload,fill*hh`: total and part are one digit each. */
  #takeAis(b: Uint8Array, from: number, to: number, lineFrom: number): number {
    const total = b[from + 7]! - 48
    const part = b[from + 9]! - 48
    if (b[from + 8] !== COMMA || b[from + 10] !== COMMA || !(total >= 1 && total <= 9 && part >= 1 && part <= total))
      return this.#refuseSentence('malformed', b, from, to, lineFrom)
    // Commas beyond the first and the one before the fill come in pairs and cancel out.
    let sum = b[from + 1]! ^ b[from + 2]! ^ V ^ D ^ b[from + 5]! ^ COMMA ^ b[from + 7]! ^ b[from + 9]!
    let p = from + 11
    let c = b[p]!
    let sequence = -1
    if (c !== COMMA) {
      sequence = c - 48
      sum ^= c
      for (c = b[++p]!; p < to && c >= 48 && c <= 57; c = b[++p]!) {
        sequence = (sequence * 10 + c - 48) & 0xff_ffff
        sum ^= c
      }
      if (c !== COMMA) return this.#refuseSentence('malformed', b, from, to, lineFrom)
    }
    c = b[++p]!
    let channel = 0
    while (p < to && c !== COMMA) {
      if (isStart(c)) return this.#refuseSentence('malformed', b, from, to, lineFrom)
      channel = c === 65 || c === 49 ? 1 : c === 66 || c === 50 ? 2 : 3
      sum ^= c
      c = b[++p]!
    }

    const six = this.#six
    const armour = SIX
    const payloadAt = ++p
    // Four letters a step while all four are good; 255, 'outside the alphabet', has bits above the six.
    for (const last = Math.min(to, payloadAt + MAX_LETTERS) - 4; p <= last; p += 4) {
      const [c1, c2, c3, c4] = [b[p]!, b[p + 1]!, b[p + 2]!, b[p + 3]!]
      const [v1, v2, v3, v4] = [armour[c1]!, armour[c2]!, armour[c3]!, armour[c4]!]
      if ((v1 | v2 | v3 | v4) > 63) break
      const at = p - payloadAt
      six[at] = v1
      six[at + 1] = v2
      six[at + 2] = v3
      six[at + 3] = v4
      sum ^= c1 ^ c2 ^ c3 ^ c4
    }
    let hasBadArmour = false
    for (; p < to; p++) {
      c = b[p]!
      const value = armour[c]!
      if (value === 255) {
        if (c === COMMA || c === STAR || isStart(c)) break
        hasBadArmour = true
      }
      // Letters past the end fall on the first ones again: such a payload is refused below.
      six[(p - payloadAt) & (MAX_LETTERS - 1)] = value
      sum ^= c
    }
    const letters = p - payloadAt
    let fill = 0
    if (c === COMMA) {
      for (c = b[++p]!; p < to && c !== STAR && !isStart(c); c = b[++p]!) {
        sum ^= c
        fill = c - 48
      }
      sum ^= COMMA
    }
    if (p + 2 >= to || c !== STAR) return this.#refuseSentence('no-checksum', b, from, to, lineFrom)
    if (((HEX[b[p + 1]!]! << 4) | HEX[b[p + 2]!]!) !== sum) return this.#refuseSentence('bad-checksum', b, from, to, lineFrom)
    if (!(fill >= 0 && fill <= 5)) return this.#refuseSentence('malformed', b, from, to, lineFrom)
    if (hasBadArmour) return this.#refuseSentence('bad-armour', b, from, to, lineFrom)
    if (letters > MAX_LETTERS) return this.#refuseSentence('too-long', b, from, to, lineFrom)

    let next = p + 3
    if (next < to && !isStart(b[next]!)) {
      next = nextStart(b, next, to)
      if (b[p + 3] === COMMA) this.#around.takeSuffix(b, p + 3, next)
    }
    const record = this.#record
    record.channel = channel
    record.own = b[from + 5] === O
    if (this.#sink.payload) this.#takeTalker(b[from + 1]!, b[from + 2]!)
    const time = Number.isNaN(this.#around.timeMs) ? this.#timeBeforeMs : this.#around.timeMs
    this.#timeBeforeMs = Number.NaN
    if (total > 1) {
      this.#takePart(b, lineFrom, next, letters, fill, total, part, sequence, time)
      return next
    }
    record.line = this.#line
    record.sourceTimeMs = time
    record.station = this.#around.station
    this.#deliver(b, lineFrom, next, letters, fill)
    return next
  }

  /** Made anew only when it changes. */
  #takeTalker(first: number, second: number): void {
    const record = this.#record
    if (record.talker.charCodeAt(0) !== first || record.talker.charCodeAt(1) !== second) record.talker = String.fromCharCode(first, second)
  }

  #takePart(
    b: Uint8Array,
    lineFrom: number,
    to: number,
    letters: number,
    fill: number,
    total: number,
    part: number,
    sequence: number,
    time: number,
  ): void {
    const assembly = this.#assembly
    const record = this.#record
    const isWhole = assembly.add(
      this.#six,
      letters,
      fill,
      total,
      part,
      this.#around.group > 0 ? TAG_GROUPS + (this.#around.group % TAG_GROUPS) : sequence % TAG_GROUPS,
      record.channel,
      record.own,
      this.#line,
      time,
      this.#around.station,
      this.#receivedAtMs,
    )
    for (; assembly.dropped > 0; assembly.dropped--) this.#refuse('part-missing', b, lineFrom, to, assembly.droppedLine)
    if (assembly.duplicate) this.#refuse('part-duplicate', b, lineFrom, to)
    if (assembly.overflow) this.#refuse('too-long', b, lineFrom, to)
    if (!isWhole) return
    const count = assembly.join(this.#six)
    record.line = assembly.firstLine
    record.sourceTimeMs = assembly.timeMs
    record.station = assembly.station
    this.#deliver(b, lineFrom, to, count, assembly.fillBits)
  }

  /** The payload is whole and the record's envelope written. */
  #deliver(b: Uint8Array, lineFrom: number, to: number, letters: number, fill: number): void {
    const six = this.#six
    for (let n = letters; n < letters + MARGIN; n++) six[n] = 0
    const bits = letters * 6 - fill
    const record = this.#record
    record.receivedAtMs = this.#receivedAtMs
    if (this.#sink.payload) {
      this.counts.messages++
      this.#sink.payload(six, bits, record)
      return
    }
    const refusal = decodeInto(record, six, bits)
    if (refusal !== undefined) return this.#refuse(refusal, b, lineFrom, to, record.line)
    this.counts.messages++
    this.#sink.message(record)
  }
}

/** Keys of assembly: sequence numbers below this, TAG groups from it. */
const TAG_GROUPS = 1 << 24

/** One source's sentences. Parts wait `assemblyTimeoutMs` (default 60 s of receipt time) for the rest of their message. */
export const createAisStream: CreateAisStream = (sink: PayloadSink, options = {}) =>
  new SentenceStream(sink, options.assemblyTimeoutMs ?? 60_000)
