// Joining the parts of one message: per stream, sequence number (or TAG group), channel and VDM/VDO. Parts may come in any order; a set that waits too long,
// or whose place is needed by a newer one, is counted as missing parts. Fixed memory.
import { MAX_LETTERS } from './tables.ts'

const SLOTS = 64
const PARTS = 9
const PART_LETTERS = 128
/** Sequence numbers come round again: parts further apart than this belong to different messages, TAG groups apart. */
const MAX_LINES_APART = 100

export class Assembly {
  readonly #timeoutMs: number
  readonly #key = new Int32Array(SLOTS).fill(-1)
  readonly #total = new Uint8Array(SLOTS)
  /** Bit n: part n+1 is here. */
  readonly #have = new Uint16Array(SLOTS)
  readonly #letters = new Uint8Array(SLOTS * PARTS * PART_LETTERS)
  readonly #words = new Int32Array(this.#letters.buffer)
  readonly #length = new Uint16Array(SLOTS * PARTS)
  readonly #fill = new Uint8Array(SLOTS)
  readonly #line = new Float64Array(SLOTS)
  readonly #time = new Float64Array(SLOTS)
  readonly #station = new Uint16Array(SLOTS)
  readonly #received = new Float64Array(SLOTS)
  readonly #lastLine = new Float64Array(SLOTS)
  #slot = 0

  /** Sets given up since the caller last cleared this, and the first line of the last of them. */
  dropped = 0
  droppedLine = 0
  /** About the part just added. */
  duplicate = false
  overflow = false
  firstLine = 0
  timeMs = Number.NaN
  station = 0
  fillBits = 0

  readonly #six: Uint8Array
  readonly #sixWords: Int32Array

  /** `six` is where the caller reads payloads into: parts are taken from it, whole messages put back. */
  constructor(timeoutMs: number, six: Uint8Array) {
    this.#timeoutMs = timeoutMs
    this.#six = six
    this.#sixWords = new Int32Array(six.buffer)
  }

  /** Adds a part; true when its message is whole: then `join` copies it out. */
  add(
    letters: number,
    fill: number,
    total: number,
    part: number,
    group: number,
    channel: number,
    own: boolean,
    line: number,
    timeMs: number,
    station: number,
    receivedAtMs: number,
  ): boolean {
    this.duplicate = this.overflow = false
    if (letters > PART_LETTERS) {
      this.overflow = true
      return false
    }
    const key = ((group + 1) << 3) | (channel << 1) | Number(own)
    let slot = this.#find(key)
    if (slot >= 0) {
      const stale =
        receivedAtMs - this.#received[slot]! > this.#timeoutMs ||
        Math.abs(timeMs - this.#time[slot]!) > this.#timeoutMs ||
        line - this.#lastLine[slot]! > MAX_LINES_APART
      const other = this.#total[slot] !== total
      const here = (this.#have[slot]! & (1 << (part - 1))) !== 0
      if (here && !stale && !other && this.#same(slot, part, letters)) {
        this.duplicate = true
        return false
      }
      if (stale || other || here) {
        this.#drop(slot)
        slot = -1
      }
    }
    if (slot < 0) slot = this.#open(key, total, line, receivedAtMs)
    const at = slot * PARTS + part - 1
    const word = (at * PART_LETTERS) / 4
    for (let n = 0; n * 4 < letters; n++) this.#words[word + n] = this.#sixWords[n]!
    this.#length[at] = letters
    this.#have[slot] = this.#have[slot]! | (1 << (part - 1))
    if (part === total) this.#fill[slot] = fill
    if (part === 1) this.#line[slot] = line
    this.#lastLine[slot] = line
    if (!Number.isNaN(timeMs) && (part === 1 || Number.isNaN(this.#time[slot]!))) this.#time[slot] = timeMs
    if (station > 0 && (part === 1 || this.#station[slot] === 0)) this.#station[slot] = station
    this.#slot = slot
    return this.#have[slot] === (1 << total) - 1
  }

  /** Puts the whole message together, sets the envelope, frees the place; returns the letters. */
  join(): number {
    const six = this.#six
    const slot = this.#slot
    let letters = 0
    for (let part = 0; part < this.#total[slot]!; part++) {
      const at = slot * PARTS + part
      const length = Math.min(this.#length[at]!, MAX_LETTERS - letters)
      for (let n = 0; n < length; n++) six[letters + n] = this.#letters[at * PART_LETTERS + n]!
      letters += length
    }
    this.fillBits = this.#fill[slot]!
    this.firstLine = this.#line[slot]!
    this.timeMs = this.#time[slot]!
    this.station = this.#station[slot]!
    this.#key[slot] = -1
    return letters
  }

  /** Gives up everything that waits; returns how many sets. */
  clear(): number {
    let waiting = 0
    for (let slot = 0; slot < SLOTS; slot++) {
      if (this.#key[slot]! >= 0) waiting++
      this.#key[slot] = -1
    }
    return waiting
  }

  /** Begins where the last message was: its parts mostly follow each other, and its place is free when it is whole. */
  #find(key: number): number {
    const first = this.#slot
    for (let n = 0; n < SLOTS; n++) {
      const slot = (first + n) % SLOTS
      if (this.#key[slot] === key) return slot
    }
    return -1
  }

  #same(slot: number, part: number, letters: number): boolean {
    const at = slot * PARTS + part - 1
    if (this.#length[at] !== letters) return false
    for (let n = 0; n < letters; n++) if (this.#letters[at * PART_LETTERS + n] !== this.#six[n]) return false
    return true
  }

  #open(key: number, total: number, line: number, receivedAtMs: number): number {
    let slot = this.#find(-1)
    if (slot < 0) {
      slot = 0
      for (let other = 1; other < SLOTS; other++) if (this.#received[other]! < this.#received[slot]!) slot = other
      this.#drop(slot)
    }
    this.#key[slot] = key
    this.#total[slot] = total
    this.#have[slot] = 0
    this.#fill[slot] = 0
    this.#line[slot] = line
    this.#time[slot] = Number.NaN
    this.#station[slot] = 0
    this.#received[slot] = receivedAtMs
    return slot
  }

  #drop(slot: number): void {
    this.dropped++
    this.droppedLine = this.#line[slot]!
    this.#key[slot] = -1
  }
}
