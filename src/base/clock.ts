// Time is injected. Rooms take a Clock; only platform/clock touches the machine's, tests move a FakeClock by hand.
import type { EpochMs } from './units.ts'

export interface Clock {
  now(): EpochMs
  /** Calls `task` every `everyMs`; the returned function stops it. */
  every(everyMs: number, task: () => void): () => void
  /** Calls `task` once after `afterMs`; the returned function cancels it. */
  after(afterMs: number, task: () => void): () => void
}
