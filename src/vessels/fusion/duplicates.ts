// One transmission heard by several stations is one report. Known by the hash of its payload: the same bits of a moving ship cannot come twice on their own,
// a resting ship may repeat herself after minutes. Memory: 16 bytes an entry, direct-mapped; an overwritten entry costs at most one late duplicate.

const SIZE = 1 << 20
/** Copies of a moving ship's report are known for this long. */
const MOVING_MS = 150_000
/** A resting ship sends the same bits again after 10 s at the earliest (class A at anchor: 3 min); copies come within this of the event. */
const RESTING_MS = 9_000

export class Duplicates {
  readonly #hash = new Uint32Array(SIZE)
  readonly #mmsi = new Uint32Array(SIZE)
  readonly #sentAtMs = new Float64Array(SIZE)

  /** True when this transmission was heard before; remembers it otherwise. */
  isCopy(hash: number, mmsi: number, sentAtMs: number, isMoving: boolean): boolean {
    const at = (hash ^ Math.imul(mmsi, 0x9e3779b1)) & (SIZE - 1)
    if (
      this.#hash[at] === hash >>> 0 &&
      this.#mmsi[at] === mmsi &&
      Math.abs(sentAtMs - this.#sentAtMs[at]!) <= (isMoving ? MOVING_MS : RESTING_MS)
    )
      return true
    this.#hash[at] = hash
    this.#mmsi[at] = mmsi
    this.#sentAtMs[at] = sentAtMs
    return false
  }
}
