// The fast face: bytes in any pieces → one reused record a message. HOT PATH: no allocation a sentence (text is copied as bytes, station names are
// made once), one pass over each line's bytes: one XOR and one table look-up a byte. bench/wire-decode.ts prints the cost.
// Understood around a sentence: TAG blocks (NMEA 0183 4.x: s c g t), comment blocks without checksum, time before it, $PGHP before it, station and
// epoch after it (U.S. Coast Guard). NMEA 0183 4.11 §5.3, IEC 61162-1, ITU-R M.1371-5.
import { Assembly } from './assembly.ts'
import { decodeInto } from './fast.ts'
import type { AisRecord, AisStream, AisStreamCounts, AisStreamSink, CreateAisStream, Refusal } from './record.ts'
import { REFUSALS } from './record.ts'
import { createRecord } from './record-memory.ts'
import { HEX, MAX_LETTERS, SIX } from './tables.ts'

const LF = 10
const CR = 13
const BLANK = 32
const BANG = 33
const DOLLAR = 36
const STAR = 42
const COMMA = 44
const COLON = 58
const BACKSLASH = 92
/** A line longer than this is no sentence: its bytes are passed over and counted as `too-long`. */
const MAX_LINE = 4096
const MAX_STATIONS = 4096

/** Also gives the raw payload, for the ergonomic face. */
export interface PayloadSink extends AisStreamSink {
  /** A whole payload: six-bit letters and bits without fill. The record holds the envelope only. Valid during the call. */
  payload?(six: Uint8Array, bits: number, envelope: AisRecord): void
  /** A sentence that is not AIS. `bytes[from, to)` is the sentence. */
  other?(line: number, bytes: Uint8Array, from: number, to: number, sourceTimeMs: number): void
}

class SentenceStream implements AisStream {
  readonly counts: AisStreamCounts
  readonly stations: string[] = ['']
  toldTimeMs = Number.NaN

  readonly #sink: PayloadSink
  readonly #record = createRecord()
  readonly #assembly: Assembly
  readonly #six = new Uint8Array(MAX_LETTERS + 8)
  readonly #carry = new Uint8Array(MAX_LINE)
  #carried = 0
  #skipping = false
  #line = 0
  readonly #stationIndex = new Map<number, number>()
  #pghpTimeMs = Number.NaN
  // What the line's TAG block and surroundings said.
  #time = Number.NaN
  #station = 0
  #group = 0
  #talker = ''

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

  push(chunk: Uint8Array, receivedAtMs: number): void {
    let at = 0
    if (this.#carried > 0 || this.#skipping) {
      const end = chunk.indexOf(LF)
      const upTo = end < 0 ? chunk.length : end
      this.#keep(chunk, 0, upTo)
      if (end < 0) return
      this.#finishCarried(receivedAtMs)
      at = end + 1
    }
    for (;;) {
      const end = chunk.indexOf(LF, at)
      if (end < 0) break
      this.#line++
      if (end - at > MAX_LINE) this.#refuse('too-long', chunk, at, end)
      else this.#takeLine(chunk, at, end, receivedAtMs)
      at = end + 1
    }
    if (at < chunk.length) this.#keep(chunk, at, chunk.length)
  }

  end(receivedAtMs: number): void {
    if (this.#carried > 0 || this.#skipping) this.#finishCarried(receivedAtMs)
    const missing = this.#assembly.clear()
    for (let n = 0; n < missing; n++) this.#refuse('part-missing', this.#carry, 0, 0)
  }

  #keep(chunk: Uint8Array, from: number, to: number): void {
    if (this.#skipping || to <= from) return
    if (this.#carried + to - from > MAX_LINE) {
      this.#skipping = true
      return
    }
    this.#carry.set(chunk.subarray(from, to), this.#carried)
    this.#carried += to - from
  }

  #finishCarried(receivedAtMs: number): void {
    this.#line++
    const length = this.#carried
    const tooLong = this.#skipping
    this.#carried = 0
    this.#skipping = false
    if (tooLong) this.#refuse('too-long', this.#carry, 0, length)
    else this.#takeLine(this.#carry, 0, length, receivedAtMs)
  }

  #refuse(reason: Refusal, bytes: Uint8Array, from: number, to: number, line = this.#line): void {
    this.counts.refused[reason]++
    this.#sink.refused?.(reason, line, bytes, from, to)
  }

  /** A line may hold several sentences, each with its own TAG block. */
  #takeLine(b: Uint8Array, from: number, lineEnd: number, receivedAtMs: number): void {
    let to = lineEnd
    while (to > from && (b[to - 1] === CR || b[to - 1] === BLANK)) to--
    let p = from
    while (p < to) {
      this.#time = Number.NaN
      this.#station = 0
      this.#group = 0
      const c = b[p]
      if (c === BACKSLASH) {
        const after = this.#takeTagBlock(b, p, to)
        if (after < 0) return
        p = after
        if (p >= to) {
          // A TAG block on a line of its own speaks for the next sentence.
          this.#pghpTimeMs = this.#time
          return
        }
      } else if (c !== BANG && c !== DOLLAR) {
        const start = this.#takePrefix(b, p, to)
        if (start < 0) return
        p = start
        continue
      }
      p = this.#takeSentence(b, p, to, from, receivedAtMs)
    }
  }

  /** Text before a sentence: digits are a time (seconds, milliseconds, micro- or nanoseconds). Returns where the sentence starts, -1 when there is none. */
  #takePrefix(b: Uint8Array, from: number, to: number): number {
    let p = from
    while (p < to && b[p] !== BANG && b[p] !== BACKSLASH && b[p] !== DOLLAR) p++
    if (p >= to) {
      if (b[from] !== 35 && to > from) this.#refuse('malformed', b, from, to)
      return -1
    }
    const time = epochOf(b, from, p)
    if (!Number.isNaN(time)) this.#pghpTimeMs = time
    return p
  }

  /** Reads s:, c:, g: of `\…*hh\`; a wrong checksum refuses the line (its time cannot be trusted), a missing one is a comment block and is read. */
  #takeTagBlock(b: Uint8Array, from: number, to: number): number {
    let p = from + 1
    let sum = 0
    let star = -1
    let key = 0
    let valueAt = p
    for (; p < to; p++) {
      const c = b[p]!
      if (c === BACKSLASH) break
      if (star >= 0) continue
      if (c === STAR) {
        this.#takeTagField(b, key, valueAt, p)
        star = p
        continue
      }
      sum ^= c
      if (c === COMMA) {
        this.#takeTagField(b, key, valueAt, p)
        key = 0
        valueAt = p + 1
      } else if (c === COLON && key === 0) {
        // `1G2:0125` is the older form of a group.
        key = p - valueAt === 1 ? b[valueAt]! : p - valueAt > 1 && b[valueAt + 1] === 71 ? 71 : 1
        valueAt = p + 1
      }
    }
    if (p >= to) {
      this.#refuse('bad-tag-block', b, from, to)
      return -1
    }
    if (star < 0) this.#takeTagField(b, key, valueAt, p)
    else if (p - star === 3 && ((HEX[b[star + 1]!]! << 4) | HEX[b[star + 2]!]!) !== sum) {
      this.#refuse('bad-tag-block', b, from, to)
      return -1
    }
    return p + 1
  }

  #takeTagField(b: Uint8Array, key: number, from: number, to: number): void {
    if (key === 99) this.#time = epochOf(b, from, to)
    else if (key === 115) this.#station = this.#stationOf(b, from, to)
    else if (key === 103) this.#takeGroup(b, from, to)
    else if (key === 71) this.#group = numberOf(b, from, to) + 1
  }

  /** `g:1-2-1604`: of part, total and group only the group matters: the sentence itself tells its part. */
  #takeGroup(b: Uint8Array, from: number, to: number): void {
    let p = from
    for (let dashes = 0; p < to && dashes < 2; p++) if (b[p] === 45) dashes++
    this.#group = p < to ? numberOf(b, p, to) + 1 : 0
  }

  #stationOf(b: Uint8Array, from: number, to: number): number {
    let hash = 7
    for (let p = from; p < to; p++) hash = (Math.imul(hash, 31) + b[p]!) | 0
    const known = this.#stationIndex.get(hash)
    if (known !== undefined) return known
    if (this.stations.length >= MAX_STATIONS) return 0
    const index = this.stations.push(String.fromCharCode(...b.subarray(from, Math.min(to, from + 64)))) - 1
    this.#stationIndex.set(hash, index)
    return index
  }

  /** One sentence from its '!' or '$'; returns where the next may start. */
  #takeSentence(b: Uint8Array, from: number, to: number, lineFrom: number, receivedAtMs: number): number {
    let next = from + 1
    while (next < to && b[next] !== BACKSLASH && b[next] !== BANG && b[next] !== DOLLAR) next++
    // !ttVDM, or !ttVDO,
    if (
      next - from < 14 ||
      b[from + 3] !== 86 ||
      b[from + 4] !== 68 ||
      (b[from + 5] !== 77 && b[from + 5] !== 79) ||
      b[from + 6] !== COMMA
    ) {
      this.#takeOther(b, from, next)
      return next
    }
    this.counts.sentences++
    this.#takeAis(b, from, next, lineFrom, receivedAtMs)
    return next
  }

  #takeOther(b: Uint8Array, from: number, to: number): void {
    this.counts.other++
    const time = toldTime(b, from, to)
    if (!Number.isNaN(time)) {
      this.toldTimeMs = time
      if (b[from + 1] === 80) this.#pghpTimeMs = time
    }
    this.#sink.other?.(this.#line, b, from, to, this.#time)
  }

  #takeAis(b: Uint8Array, from: number, to: number, lineFrom: number, receivedAtMs: number): void {
    const own = b[from + 5] === 79
    if (this.#sink.payload) this.#talker = String.fromCharCode(b[from + 1]!, b[from + 2]!)
    let p = from + 1
    let sum = b[p]! ^ b[p + 1]! ^ b[p + 2]! ^ b[p + 3]! ^ b[p + 4]! ^ b[p + 5]!
    p += 6
    let total = 0
    let c = b[p]!
    while (p < to && c !== COMMA) {
      sum ^= c
      total = total * 10 + c - 48
      c = b[++p]!
    }
    sum ^= COMMA
    c = b[++p]!
    let part = 0
    while (p < to && c !== COMMA) {
      sum ^= c
      part = part * 10 + c - 48
      c = b[++p]!
    }
    sum ^= COMMA
    c = b[++p]!
    let sequence = -1
    while (p < to && c !== COMMA) {
      sum ^= c
      sequence = Math.max(0, sequence) * 10 + c - 48
      c = b[++p]!
    }
    sum ^= COMMA
    c = b[++p]!
    let channel = 0
    while (p < to && c !== COMMA) {
      sum ^= c
      channel = c === 65 || c === 49 ? 1 : c === 66 || c === 50 ? 2 : 3
      c = b[++p]!
    }
    sum ^= COMMA
    p++
    const six = this.#six
    let letters = 0
    let badArmour = false
    for (; p < to; p++) {
      c = b[p]!
      if (c === COMMA || c === STAR) break
      sum ^= c
      const value = SIX[c]!
      if (value === 255) badArmour = true
      else if (letters < MAX_LETTERS) six[letters] = value
      letters++
    }
    let fill = 0
    if (p < to && b[p] === COMMA) {
      sum ^= COMMA
      p++
      while (p < to && b[p] !== STAR) {
        c = b[p++]!
        sum ^= c
        fill = c - 48
      }
    }
    if (p + 2 >= to || b[p] !== STAR) return this.#refuse('no-checksum', b, lineFrom, to)
    if (((HEX[b[p + 1]!]! << 4) | HEX[b[p + 2]!]!) !== sum) return this.#refuse('bad-checksum', b, lineFrom, to)
    if (!(total >= 1 && total <= 9 && part >= 1 && part <= total) || !(fill >= 0 && fill <= 5))
      return this.#refuse('malformed', b, lineFrom, to)
    if (badArmour) return this.#refuse('bad-armour', b, lineFrom, to)
    if (letters > MAX_LETTERS) return this.#refuse('too-long', b, lineFrom, to)
    if (p + 3 < to) this.#takeSuffix(b, p + 3, to)
    this.#deliver(b, lineFrom, to, letters, fill, total, part, sequence, channel, own, receivedAtMs)
  }

  #deliver(
    b: Uint8Array,
    lineFrom: number,
    to: number,
    letters: number,
    fill: number,
    total: number,
    part: number,
    sequence: number,
    channel: number,
    own: boolean,
    receivedAtMs: number,
  ): void {
    const record = this.#record
    let line = this.#line
    let count = letters
    let fillBits = fill
    let time = Number.isNaN(this.#time) ? this.#pghpTimeMs : this.#time
    this.#pghpTimeMs = Number.NaN
    let station = this.#station
    if (total > 1) {
      const assembly = this.#assembly
      const done = assembly.add(
        this.#six,
        letters,
        fill,
        total,
        part,
        this.#group > 0 ? 16 + (this.#group % 1000) : sequence,
        channel,
        own,
        line,
        time,
        station,
        receivedAtMs,
      )
      if (assembly.dropped > 0) {
        for (let n = assembly.dropped; n > 0; n--) this.#refuse('part-missing', b, lineFrom, to, assembly.droppedLine)
        assembly.dropped = 0
      }
      if (assembly.duplicate) this.#refuse('part-duplicate', b, lineFrom, to)
      if (assembly.orphan) this.#refuse('part-missing', b, lineFrom, to)
      if (assembly.overflow) this.#refuse('too-long', b, lineFrom, to)
      if (!done) return
      count = assembly.join(this.#six)
      fillBits = assembly.fillBits
      line = assembly.firstLine
      time = assembly.timeMs
      station = assembly.station
    }
    record.channel = channel
    record.own = own
    if (this.#sink.payload) record.talker = this.#talker
    record.line = line
    record.sourceTimeMs = time
    record.receivedAtMs = receivedAtMs
    record.station = station
    const bits = count * 6 - fillBits
    this.#six.fill(0, count, count + 8)
    if (this.#sink.payload) {
      this.counts.messages++
      this.#sink.payload(this.#six, bits, record)
      return
    }
    const refusal = decodeInto(record, this.#six, bits)
    if (refusal !== undefined) return this.#refuse(refusal, b, lineFrom, to, line)
    this.counts.messages++
    this.#sink.message(record)
  }

  /** `,d-109,S2105,r003669946,1325394060`: U.S. Coast Guard station and epoch, or an epoch alone. */
  #takeSuffix(b: Uint8Array, from: number, to: number): void {
    if (b[from] !== COMMA) return
    let at = from + 1
    for (let p = at; p <= to; p++) {
      if (p < to && b[p] !== COMMA) continue
      const first = b[at]!
      if ((first === 114 || first === 98) && p - at > 4 && this.#station === 0) this.#station = this.#stationOf(b, at, p)
      else if (Number.isNaN(this.#time) && p - at >= 9) this.#time = epochOf(b, at, p)
      at = p + 1
    }
  }
}

function numberOf(b: Uint8Array, from: number, to: number): number {
  let value = 0
  for (let p = from; p < to; p++) {
    const digit = b[p]! - 48
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
  }
  return value
}

/** Digits as a time: 9–11 are seconds (a fraction may follow), 12–14 milliseconds, 15–17 microseconds, 18–20 nanoseconds; anything else is none. Epoch ms. */
function epochOf(b: Uint8Array, from: number, to: number): number {
  let value = 0
  let digits = 0
  let p = from
  while (p < to && b[p] === BLANK) p++
  for (; p < to; p++) {
    const digit = b[p]! - 48
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
    digits++
  }
  if (digits < 9 || digits > 20) return Number.NaN
  let fraction = 0
  if (p < to && b[p] === 46 && digits < 12) {
    for (let place = 100; ++p < to && place >= 1; place /= 10) {
      const digit = b[p]! - 48
      if (digit < 0 || digit > 9) break
      fraction += digit * place
    }
  }
  while (p < to && (b[p] === BLANK || b[p] === 9 || b[p] === COLON || b[p] === COMMA || b[p] === 59)) p++
  if (p < to && fraction === 0) return Number.NaN
  const scale = digits < 12 ? 1000 : digits < 15 ? 1 : digits < 18 ? 1e-3 : 1e-6
  return Math.floor(value * scale) + fraction
}

/** UTC told by `$PGHP,1,year,month,day,hour,minute,second,millisecond,…` or `$..ZDA,hhmmss.ss,dd,mm,yyyy,…`; NaN otherwise. */
function toldTime(b: Uint8Array, from: number, to: number): number {
  const isPghp = b[from + 1] === 80 && b[from + 2] === 71 && b[from + 3] === 72 && b[from + 4] === 80 && b[from + 6] === 49
  const isZda = b[from + 3] === 90 && b[from + 4] === 68 && b[from + 5] === 65
  if (!isPghp && !isZda) return Number.NaN
  const fields = String.fromCharCode(...b.subarray(from, Math.min(to, from + 120))).split(/[,*]/)
  const n = (index: number): number => Number(fields[index] || Number.NaN)
  if (isPghp) return Date.UTC(n(2), n(3) - 1, n(4), n(5), n(6), n(7), n(8))
  const clock = fields[1] ?? ''
  return Date.UTC(n(4), n(3) - 1, n(2), Number(clock.slice(0, 2)), Number(clock.slice(2, 4)), Math.floor(Number(clock.slice(4))))
}

/** One source's sentences. Parts wait `assemblyTimeoutMs` (default 60 s of receipt time) for the rest of their message. */
export const createAisStream: CreateAisStream = (sink: PayloadSink, options = {}) =>
  new SentenceStream(sink, options.assemblyTimeoutMs ?? 60_000)
