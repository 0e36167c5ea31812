// Joining the parts of one message: per stream, station where it is told, sequence number (or TAG group), channel and VDM/VDO. Parts may come in any order; a
// set that waits too long, or whose place is needed by a newer one, is counted as missing parts. Fixed memory.
import { ARMOUR, MAX_LETTERS } from './tables.ts'

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
  readonly #quality: string[] = new Array<string>(SLOTS).fill('')
  readonly #received = new Float64Array(SLOTS)
  readonly #lastLine = new Float64Array(SLOTS)
  #slot = 0
  /** Sets that wait: most of the time none or one, so few places need be looked at. */
  #waiting = 0

  /** Set when a set of parts was given up; the caller clears it. */
  hasDropped = false
  /** Of the set given up: its first line, and its first part's payload as it stood in the sentence. */
  droppedLine = 0
  readonly droppedText = new Uint8Array(PART_LETTERS)
  droppedLetters = 0
  /** About the part just added. */
  duplicate = false
  overflow = false
  firstLine = 0
  timeMs = Number.NaN
  station = 0
  quality = ''
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
    quality: string,
    receivedAtMs: number,
  ): boolean {
    this.duplicate = this.overflow = false
    if (letters > PART_LETTERS) {
      this.overflow = true
      return false
    }
    const key = ((group + 1) << 3) | (channel << 1) | Number(own)
    let slot = this.#find(key, station)
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
    if (quality !== '' && (part === 1 || this.#quality[slot] === '')) this.#quality[slot] = quality
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
    this.quality = this.#quality[slot]!
    this.#key[slot] = -1
    this.#waiting--
    return letters
  }

  /** Gives up the set that waits longest; false when none waits. */
  giveUpOne(): boolean {
    let oldest = -1
    for (let slot = 0; slot < SLOTS; slot++)
      if (this.#key[slot]! >= 0 && (oldest < 0 || this.#line[slot]! < this.#line[oldest]!)) oldest = slot
    if (oldest >= 0) this.#drop(oldest)
    return oldest >= 0
  }

  /**
   * Begins where the last message was: its parts mostly follow each other. A part whose station is not told may belong to a set of any station, but a set of
   * its own station comes first.
   */
  #find(key: number, station: number): number {
    let perhaps = -1
    for (let left = this.#waiting, slot = this.#slot; left > 0; slot = (slot + 1) % SLOTS) {
      const held = this.#key[slot]!
      if (held !== -1) left--
      if (held !== key) continue
      if (this.#station[slot] === station) return slot
      if (perhaps < 0 && (station === 0 || this.#station[slot] === 0)) perhaps = slot
    }
    return perhaps
  }

  /** The place of the last message is free when it is whole. */
  #free(): number {
    for (let n = 0, slot = this.#slot; n < SLOTS; n++, slot = (slot + 1) % SLOTS) if (this.#key[slot] === -1) return slot
    return -1
  }

  #same(slot: number, part: number, letters: number): boolean {
    const at = slot * PARTS + part - 1
    if (this.#length[at] !== letters) return false
    for (let n = 0; n < letters; n++) if (this.#letters[at * PART_LETTERS + n] !== this.#six[n]) return false
    return true
  }

  #open(key: number, total: number, line: number, receivedAtMs: number): number {
    let slot = this.#free()
    if (slot < 0) {
      slot = 0
      for (let other = 1; other < SLOTS; other++) if (this.#received[other]! < this.#received[slot]!) slot = other
      this.#drop(slot)
    }
    this.#key[slot] = key
    this.#waiting++
    this.#total[slot] = total
    this.#have[slot] = 0
    this.#fill[slot] = 0
    this.#line[slot] = line
    this.#time[slot] = Number.NaN
    this.#station[slot] = 0
    this.#quality[slot] = ''
    this.#received[slot] = receivedAtMs
    return slot
  }

  #drop(slot: number): void {
    this.hasDropped = true
    this.droppedLine = this.#line[slot]!
    this.#key[slot] = -1
    this.#waiting--
    let part = 0
    while ((this.#have[slot]! & (1 << part)) === 0) part++
    const at = slot * PARTS + part
    this.droppedLetters = this.#length[at]!
    for (let n = 0; n < this.droppedLetters; n++) this.droppedText[n] = ARMOUR[this.#letters[at * PART_LETTERS + n]!]!
  }
}
