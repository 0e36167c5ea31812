// One transmission heard by several stations is one report. Known by the hash of its payload: the same bits of a moving ship cannot come twice on their own,
// a resting ship may repeat herself after minutes. A moving ship's copy is known by its receipt too: another source's clock may be wrong by any amount.
// Memory: 28 bytes an entry, direct-mapped; an overwritten entry costs at most one late duplicate.
import { type BulkIn, type BulkOut, fill } from '../saving.ts'

const SIZE = 1 << 20
/** Copies of a moving ship's report are known for this long. */
const MOVING_MS = 150_000
/** A resting ship sends the same bits again after 10 s at the earliest (class A at anchor: 3 min); copies come within this of the event. */
const RESTING_MS = 9_000

/** How a report came: by which source, when, and with which stamp (NaN = none). */
export interface Arrival {
  readonly source: number
  readonly receivedAtMs: number
  readonly stampMs: number
}
const NO_STAMP = -(2 ** 31)
/** Twenty days and more are no measure of anything. */
const afterMs = (atMs: number, sentAtMs: number): number => (Math.abs(atMs - sentAtMs) < 2 ** 31 ? Math.round(atMs - sentAtMs) : NO_STAMP)
const UNKNOWN: Arrival = { source: 0, receivedAtMs: Number.NaN, stampMs: Number.NaN }

export class Duplicates {
  readonly #hash = new Uint32Array(SIZE)
  readonly #mmsi = new Uint32Array(SIZE)
  readonly #sentAtMs = new Float64Array(SIZE)
  /** Receipt and stamp, ms after sending; NO_STAMP where there is none. */
  readonly #receivedAfterMs = new Int32Array(SIZE)
  readonly #stampAfterMs = new Int32Array(SIZE)
  readonly #source = new Uint32Array(SIZE)
  /** Of the last copy found: how the first one came. */
  firstSource = 0
  firstStampMs = Number.NaN

  /** True when this transmission was heard before; remembers it otherwise. */
  isCopy(hash: number, mmsi: number, sentAtMs: number, isMoving: boolean, arrival: Arrival = UNKNOWN): boolean {
    const at = (hash ^ Math.imul(mmsi, 0x9e3779b1)) & (SIZE - 1)
    if (this.#hash[at] === hash >>> 0 && this.#mmsi[at] === mmsi) {
      const isNear = Math.abs(sentAtMs - this.#sentAtMs[at]!) <= (isMoving ? MOVING_MS : RESTING_MS)
      if (isNear || (isMoving && Math.abs(arrival.receivedAtMs - this.#sentAtMs[at]! - this.#receivedAfterMs[at]!) <= MOVING_MS)) {
        this.firstSource = this.#source[at]!
        this.firstStampMs = this.#stampAfterMs[at] === NO_STAMP ? Number.NaN : this.#sentAtMs[at]! + this.#stampAfterMs[at]!
        return true
      }
    }
    this.#hash[at] = hash
    this.#mmsi[at] = mmsi
    this.#sentAtMs[at] = sentAtMs
    this.#receivedAfterMs[at] = afterMs(arrival.receivedAtMs, sentAtMs)
    this.#stampAfterMs[at] = afterMs(arrival.stampMs, sentAtMs)
    this.#source[at] = arrival.source
    return false
  }

  save(out: BulkOut): unknown {
    return this.#columns().map(column => out.copy(column))
  }
  restore(saved: unknown, from: BulkIn): void {
    const ids = saved as readonly number[]
    for (const [n, column] of this.#columns().entries()) fill(column, from, ids[n] ?? -1)
  }

  #columns(): readonly (Uint32Array | Int32Array | Float64Array)[] {
    return [this.#hash, this.#mmsi, this.#sentAtMs, this.#receivedAfterMs, this.#stampAfterMs, this.#source]
  }
}
