// A source whose clock is behind: its times are put right by what others say of the same transmissions. Two stamps of one transmission differ by the clocks
// alone; the later one is nearer the truth, since nobody can stamp what is not sent yet and stamps ahead of receipt are not believed (event-time.ts).
// Only what is stamped by both is compared: a bare line's receipt may be late by its way. Differences under half a minute are healed by the report's own second.

const KEPT = 16
/** So many of the last comparisons must be there and agree. */
const ENOUGH = 8
const AGREE_MS = 4000
/** Smaller differences are no matter: a report is set to its own second. */
const MIN_BEHIND_MS = 30_000

/** What is known of one source's clock. */
export class SourceClock {
  /** How far it is behind, ms; 0 = right, or not known. To be added to its stamps. */
  behindMs = 0
  readonly #last = new Float64Array(KEPT).fill(Number.NaN)
  #times = 0

  /** Another source's stamp of the same transmission lay this much later, ms (0 = not later). */
  note(laterMs: number): void {
    this.#last[this.#times++ % KEPT] = laterMs
    if (this.#times < ENOUGH) return
    const known = this.#last.filter(one => !Number.isNaN(one)).sort()
    const middle = known[known.length >> 1]!
    if (middle < MIN_BEHIND_MS) this.behindMs = 0
    else if (known.filter(one => Math.abs(one - middle) <= AGREE_MS).length >= ENOUGH) this.behindMs = middle
  }

  /** The stamp put right. One that would then lie ahead of now shows that the clock was set: it is believed again. */
  right(stampMs: number, nowMs: number): number {
    if (this.behindMs > 0 && stampMs + this.behindMs > nowMs + AGREE_MS) {
      this.behindMs = this.#times = 0
      this.#last.fill(Number.NaN)
    }
    return stampMs + this.behindMs
  }

  save(): unknown {
    return { behindMs: this.behindMs, last: this.#last, times: this.#times }
  }
  restore(saved: unknown): void {
    const state = saved as { behindMs: number; last: Float64Array; times: number }
    this.behindMs = state.behindMs
    this.#last.set(state.last)
    this.#times = state.times
  }
}

/** One transmission was stamped by both. A stamp put right beyond now is no measure: that clock has been set meanwhile. */
export function compareClocks(a: SourceClock, stampAMs: number, b: SourceClock, stampBMs: number, nowMs: number): void {
  const [rightA, rightB] = [a.right(stampAMs, nowMs), b.right(stampBMs, nowMs)]
  a.note(Math.max(0, rightB - stampAMs))
  b.note(Math.max(0, rightA - stampBMs))
}
