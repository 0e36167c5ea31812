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
import { timeIn, toldTime } from './times.ts'

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
/** Words of four letters are read and written in the machine's own order, so that letters keep theirs. */
const IS_LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1

/** Also gives the raw payload, for the ergonomic face. */
export interface PayloadSink extends AisStreamSink {
  /** A whole payload: six-bit letters and bits without fill. The record holds the envelope only. Valid during the call. Tells why, if it is none. */
  payload?(six: Uint8Array, bits: number, envelope: AisRecord): Refusal | undefined
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

const wordsOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** `!ttVDM,` or `!ttVDO,`, and long enough to be one. */
function isAis(b: Uint8Array, from: number, to: number): boolean {
  const formatter = b[from + 5]
  return (
    to - from >= MIN_SENTENCE && b[from + 3] === V && b[from + 4] === D && (formatter === M || formatter === O) && b[from + 6] === COMMA
  )
}

class SentenceStream implements AisStream {
  readonly counts: AisStreamCounts
  toldTimeMs = Number.NaN

  readonly #sink: PayloadSink
  readonly #record = createRecord()
  readonly #assembly: Assembly
  readonly #around = new Surroundings()
  readonly #six = new Uint8Array(MAX_LETTERS + MARGIN)
  readonly #sixWords = new Int32Array(this.#six.buffer)
  readonly #carry = new Uint8Array(MAX_LINE)
  readonly #carryWords = wordsOf(this.#carry)
  #carried = 0
  #isSkipping = false
  #line = 0
  #receivedAtMs = 0
  /** Told by a line or text before the sentence; used for the next one only. */
  #timeBeforeMs = Number.NaN
  #stationBefore = 0
  // Of the sentence just read.
  #total = 0
  #part = 0
  #sequence = 0
  #letters = 0
  #fill = 0
  /** Behind its checksum. */
  #end = 0

  constructor(sink: PayloadSink, assemblyTimeoutMs: number) {
    this.#sink = sink
    this.counts = {
      sentences: 0,
      messages: 0,
      other: 0,
      refused: Object.fromEntries(REFUSALS.map(reason => [reason, 0])) as Record<Refusal, number>,
    }
    this.#assembly = new Assembly(assemblyTimeoutMs, this.#six)
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
    const last = chunk.lastIndexOf(LF)
    if (at <= last) {
      const words = wordsOf(chunk)
      while (at <= last) {
        this.#line++
        const next = this.#takeBare(chunk, words, at, last)
        at = next > 0 ? next : this.#takeAny(chunk, words, at)
      }
    }
    this.#keep(chunk, at, chunk.length)
  }

  end(receivedAtMs: number): void {
    this.#receivedAtMs = receivedAtMs
    if (this.#carried > 0 || this.#isSkipping) this.#takeCarried()
    while (this.#assembly.giveUpOne()) this.#refuseDropped()
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
    else this.#takeLine(this.#carry, this.#carryWords, 0, length)
  }

  #refuse(reason: Refusal, bytes: Uint8Array, from: number, to: number, line = this.#line): void {
    this.counts.refused[reason]++
    this.#sink.refused?.(reason, line, bytes, from, to)
  }

  #refuseDropped(): void {
    const assembly = this.#assembly
    assembly.hasDropped = false
    this.#refuse('part-missing', assembly.droppedText, 0, assembly.droppedLetters, assembly.droppedLine)
  }

  /** A line that is one good sentence and nothing else, as most are: its end need not be looked for first. −1: it is something else. */
  #takeBare(b: Uint8Array, words: DataView, from: number, last: number): number {
    if (b[from] !== BANG || !isAis(b, from, last) || this.#read(b, words, from, last) !== undefined) return -1
    let end = this.#end
    if (b[end] === CR) end++
    if (b[end] !== LF) return -1
    this.counts.sentences++
    this.#accept(b, from, end)
    return end + 1
  }

  /** Any line; returns where the next one starts. */
  #takeAny(b: Uint8Array, words: DataView, from: number): number {
    const end = b.indexOf(LF, from)
    if (end - from > MAX_LINE) this.#refuse('too-long', b, from, end)
    else this.#takeLine(b, words, from, end)
    return end + 1
  }

  #takeLine(b: Uint8Array, words: DataView, from: number, end: number): void {
    this.#takeSentences(b, words, from, end)
    this.#around.clear()
  }

  /** A line may hold several sentences, each with its own TAG block, and text before the first. */
  #takeSentences(b: Uint8Array, words: DataView, from: number, lineEnd: number): void {
    let to = lineEnd
    while (to > from && (b[to - 1] === CR || b[to - 1] === BLANK)) to--
    let p = from
    while (p < to) {
      const c = b[p]!
      if (c === BANG || c === DOLLAR) {
        p = this.#takeSentence(b, words, p, to, from)
        if (p < to) this.#around.clear()
      } else if (c === BACKSLASH) {
        const after = this.#around.takeTagBlock(b, p, to)
        if (after < 0) return this.#refuse('bad-tag-block', b, p, to)
        p = after
        // A TAG block on a line of its own speaks for the next sentence.
        if (p < to) continue
        this.#timeBeforeMs = this.#around.timeMs
        this.#stationBefore = this.#around.station
      } else {
        const start = nextStart(b, p, to)
        // A line without any sentence: a remark, or garbage.
        if (start >= to && p === from) {
          if (c !== HASH) this.#refuse('malformed', b, from, to)
          return
        }
        const time = timeIn(b, p, start)
        if (!Number.isNaN(time)) this.#timeBeforeMs = time
        p = start
      }
    }
  }

  /** One sentence from its '!' or '$'; returns where the next may start. */
  #takeSentence(b: Uint8Array, words: DataView, from: number, to: number, lineFrom: number): number {
    if (!isAis(b, from, to)) {
      const next = nextStart(b, from + 1, to)
      this.#takeOther(b, from, next)
      return next
    }
    this.counts.sentences++
    const refusal = this.#read(b, words, from, to)
    if (refusal !== undefined) return this.#refuseSentence(refusal, b, from, to, lineFrom)
    const end = this.#end
    let next = end
    if (next < to && !isStart(b[next]!)) {
      next = nextStart(b, next, to)
      if (b[end] === COMMA) this.#around.takeSuffix(b, end, next)
    }
    this.#accept(b, lineFrom, next)
    return next
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
    this.#stationBefore = 0
    this.#refuse(reason, b, lineFrom, next)
    return next
  }

  /**
   * `!ttVDM,total,part,sequence,channel,payload,fill*hh`: total and part are one digit each. What it says is left in the fields above, its payload in
   * #six; nothing else is changed. `to`, or a line feed before it, ends the line.
   */
  #read(b: Uint8Array, words: DataView, from: number, to: number): Refusal | undefined {
    const total = b[from + 7]! - 48
    const part = b[from + 9]! - 48
    if (b[from + 8] !== COMMA || b[from + 10] !== COMMA || !(total >= 1 && total <= 9 && part >= 1 && part <= total)) return 'malformed'
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
      if (c !== COMMA) return 'malformed'
    }
    c = b[++p]!
    let channel = 0
    while (p < to && c !== COMMA) {
      if (c === LF || isStart(c)) return 'malformed'
      channel = c === 65 || c === 49 ? 1 : c === 66 || c === 50 ? 2 : 3
      sum ^= c
      c = b[++p]!
    }

    const six = this.#six
    const sixWords = this.#sixWords
    const payloadAt = ++p
    // Four letters a step, side by side in one word, while all four are good.
    let wordSum = 0
    for (const last = Math.min(to, payloadAt + MAX_LETTERS) - 4; p <= last; p += 4) {
      const four = words.getInt32(p, IS_LITTLE_ENDIAN)
      // Good letters are 48–87 and 96–119. In bit 6 of each byte: above 127, or xx11_1xxx of the upper half, or below 48.
      const bad = (four >>> 1) | (four & (four << 2) & (four << 3)) | ~(four | ((four << 1) & (four << 2)))
      if ((bad & 0x40404040) !== 0) break
      sixWords[(p - payloadAt) >> 2] = four - 0x30303030 - ((four & (four << 1) & 0x40404040) >>> 3)
      wordSum ^= four
    }
    wordSum ^= wordSum >>> 16
    sum ^= (wordSum ^ (wordSum >>> 8)) & 255
    let hasBadArmour = false
    for (; p < to; p++) {
      c = b[p]!
      const value = SIX[c]!
      if (value === 255) {
        if (c === COMMA || c === STAR || c === LF || isStart(c)) break
        hasBadArmour = true
      }
      // Letters past the end fall on the first ones again: such a payload is refused below.
      six[(p - payloadAt) & (MAX_LETTERS - 1)] = value
      sum ^= c
    }
    const letters = p - payloadAt
    let fill = 0
    if (c === COMMA) {
      for (c = b[++p]!; p < to && c !== STAR && c !== LF && !isStart(c); c = b[++p]!) {
        sum ^= c
        fill = c - 48
      }
      sum ^= COMMA
    }
    if (p + 2 >= to || c !== STAR) return 'no-checksum'
    if (((HEX[b[p + 1]!]! << 4) | HEX[b[p + 2]!]!) !== sum) return 'bad-checksum'
    if (!(fill >= 0 && fill <= 5)) return 'malformed'
    if (hasBadArmour) return 'bad-armour'
    if (letters > MAX_LETTERS) return 'too-long'
    this.#total = total
    this.#part = part
    this.#sequence = sequence
    this.#letters = letters
    this.#fill = fill
    this.#end = p + 3
    const record = this.#record
    record.channel = channel
    record.own = b[from + 5] === O
    if (this.#sink.payload) this.#takeTalker(b[from + 1]!, b[from + 2]!)
    return undefined
  }

  /** Gives on the sentence just read: a message of its own, or a part of one. `bytes[lineFrom, to)` is the line so far. */
  #accept(b: Uint8Array, lineFrom: number, to: number): void {
    const around = this.#around
    const time = Number.isNaN(around.timeMs) ? this.#timeBeforeMs : around.timeMs
    const station = around.station > 0 ? around.station : this.#stationBefore
    this.#timeBeforeMs = Number.NaN
    this.#stationBefore = 0
    if (this.#total > 1) return this.#takePart(b, lineFrom, to, time, station)
    const record = this.#record
    record.line = this.#line
    record.sourceTimeMs = time
    record.station = station
    if (record.quality !== around.quality) record.quality = around.quality
    this.#deliver(b, lineFrom, to, this.#letters, this.#fill)
  }

  /** Made anew only when it changes. */
  #takeTalker(first: number, second: number): void {
    const record = this.#record
    if (record.talker.charCodeAt(0) !== first || record.talker.charCodeAt(1) !== second) record.talker = String.fromCharCode(first, second)
  }

  #takePart(b: Uint8Array, lineFrom: number, to: number, time: number, station: number): void {
    const assembly = this.#assembly
    const record = this.#record
    const around = this.#around
    const isWhole = assembly.add(
      this.#letters,
      this.#fill,
      this.#total,
      this.#part,
      around.group > 0 ? TAG_GROUPS + (around.group % TAG_GROUPS) : this.#sequence % TAG_GROUPS,
      record.channel,
      record.own,
      this.#line,
      time,
      station,
      around.quality,
      this.#receivedAtMs,
    )
    if (assembly.hasDropped) this.#refuseDropped()
    if (assembly.duplicate) this.#refuse('part-duplicate', b, lineFrom, to)
    if (assembly.overflow) this.#refuse('too-long', b, lineFrom, to)
    if (!isWhole) return
    const count = assembly.join()
    record.line = assembly.firstLine
    record.sourceTimeMs = assembly.timeMs
    record.station = assembly.station
    record.quality = assembly.quality
    this.#deliver(b, lineFrom, to, count, assembly.fillBits)
  }

  /** The payload is whole and the record's envelope written. */
  #deliver(b: Uint8Array, lineFrom: number, to: number, letters: number, fill: number): void {
    const six = this.#six
    for (let n = letters; n < letters + MARGIN; n++) six[n] = 0
    const bits = letters * 6 - fill
    const record = this.#record
    record.receivedAtMs = this.#receivedAtMs
    const wantsPayload = this.#sink.payload !== undefined
    const refusal = wantsPayload ? this.#sink.payload?.(six, bits, record) : decodeInto(record, six, this.#sixWords, bits)
    if (refusal !== undefined) return this.#refuse(refusal, b, lineFrom, to, record.line)
    this.counts.messages++
    if (!wantsPayload) this.#sink.message(record)
  }
}

/** Keys of assembly: sequence numbers below this, TAG groups from it. */
const TAG_GROUPS = 1 << 24

/** One source's sentences. Parts wait `assemblyTimeoutMs` (default 60 s of receipt time) for the rest of their message. */
export const createAisStream: CreateAisStream = (sink: PayloadSink, options = {}) =>
  new SentenceStream(sink, options.assemblyTimeoutMs ?? 60_000)
