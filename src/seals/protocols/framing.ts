// Bytes of one connection → frames, however they are cut, glued or mixed with noise. A protocol gives the rule; memory stays below its longest frame.
// Nothing is lost: what belongs to no frame is told to `skipped` (the ledger has it besides).

/** Looks at bytes[from, to): n > 0, a frame of n bytes begins at `from`; n < 0, −n bytes belong to none; 0, more bytes must come first. */
export type FrameRule = (bytes: Uint8Array, from: number, to: number) => number

export interface FrameSink {
  /** A view, valid during the call. */
  frame(bytes: Uint8Array): void
  skipped?(bytes: Uint8Array): void
}

const FIRST_CAPACITY = 256

export class Framer {
  readonly #rule: FrameRule
  readonly #maxFrameBytes: number
  readonly #sink: FrameSink
  /** The unfinished frame; made when first needed, so that a silent connection costs nothing. */
  #held = new Uint8Array(0)
  #length = 0

  constructor(rule: FrameRule, maxFrameBytes: number, sink: FrameSink) {
    this.#rule = rule
    this.#maxFrameBytes = maxFrameBytes
    this.#sink = sink
  }

  /** Bytes of the unfinished frame. */
  get waiting(): number {
    return this.#length
  }

  push(chunk: Uint8Array): void {
    let from = 0
    while (this.#length > 0 && from < chunk.length) {
      // As many as the longest frame needs: what is behind it is read from the chunk itself or in the next round.
      const taken = Math.min(chunk.length - from, this.#maxFrameBytes)
      this.#hold(chunk.subarray(from, from + taken))
      from += taken
      const done = this.#scan(this.#held, 0, this.#length)
      this.#held.copyWithin(0, done, this.#length)
      this.#length -= done
    }
    if (from >= chunk.length) return
    from = this.#scan(chunk, from, chunk.length)
    if (from < chunk.length) this.#hold(chunk.subarray(from))
  }

  /** The connection is over: what is left belongs to no frame. */
  end(): void {
    if (this.#length > 0) this.#sink.skipped?.(this.#held.subarray(0, this.#length))
    this.#length = 0
  }

  /** How far the bytes are used up. */
  #scan(bytes: Uint8Array, from: number, to: number): number {
    let at = from
    while (at < to) {
      // A frame is looked for within its longest length only, so that noise without an end costs no more for being long.
      const window = Math.min(to, at + this.#maxFrameBytes)
      const found = this.#rule(bytes, at, window)
      if (found > 0) this.#sink.frame(bytes.subarray(at, at + found))
      if (found < 0) this.#sink.skipped?.(bytes.subarray(at, at - found))
      if (found !== 0) {
        at += Math.abs(found)
        continue
      }
      if (window - at < this.#maxFrameBytes) break
      // Too long to be a frame: its first byte was no beginning.
      this.#sink.skipped?.(bytes.subarray(at, at + 1))
      at++
    }
    return at
  }

  #hold(bytes: Uint8Array): void {
    const needed = this.#length + bytes.length
    if (needed > this.#held.length) {
      const grown = new Uint8Array(Math.max(FIRST_CAPACITY, 2 * this.#held.length, needed))
      grown.set(this.#held.subarray(0, this.#length))
      this.#held = grown
    }
    this.#held.set(bytes, this.#length)
    this.#length = needed
  }
}

/** First place at or after `from` where `byte` stands; −1 where there is none before `to`. */
export function find(bytes: Uint8Array, byte: number, from: number, to: number): number {
  const at = bytes.subarray(from, to).indexOf(byte)
  return at < 0 ? -1 : from + at
}

/** How many bytes lie before the next `byte`; all of them where there is none. */
export function skipTo(bytes: Uint8Array, byte: number, from: number, to: number): number {
  const at = find(bytes, byte, from, to)
  return (at < 0 ? to : at) - from
}

/** Text from one letter to another (`(…)`, `*…#`, `$…#`): a new beginning before the end starts anew, since the first one's end was lost. */
export function between(begin: number, end: number): FrameRule {
  return (bytes, from, to) => {
    if (bytes[from] !== begin) return -skipTo(bytes, begin, from, to)
    const last = find(bytes, end, from + 1, to)
    const again = find(bytes, begin, from + 1, last < 0 ? to : last)
    if (again >= 0) return -(again - from)
    return last < 0 ? 0 : last + 1 - from
  }
}

/** First place of a word at or after `from` that ends before `to`; −1 where there is none. */
export function findWord(bytes: Uint8Array, word: Uint8Array, from: number, to: number): number {
  if (to - from < word.length) return -1
  const at = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).indexOf(word)
  return at < 0 ? -1 : from + at
}

/** As `between`, with words for the beginning and the end. */
export function betweenWords(begin: Uint8Array, end: Uint8Array): FrameRule {
  return (bytes, from, to) => {
    const first = findWord(bytes, begin, from, to)
    // The beginning of the beginning may be the last that came.
    if (first < 0) return -(Math.max(to - begin.length + 1, find(bytes, begin[0]!, from, to) < 0 ? to : from) - from)
    if (first > from) return -(first - from)
    const last = findWord(bytes, end, from + begin.length, to)
    const again = findWord(bytes, begin, from + 1, last < 0 ? to : last)
    if (again >= 0) return -(again - from)
    return last < 0 ? 0 : last + end.length - from
  }
}
