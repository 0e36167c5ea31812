// A journey as it is judged so far: facts in order, what was made of them, and from where they can be folded again. Plain values: kept as JSON.
import type { Severity } from '#rules/index.ts'
import type { Situation } from '../detectors/contract.ts'
import type { JourneyPlan, Violation } from '../schema.ts'
import type { Line } from './advance.ts'
import type { Fact } from './facts.ts'
import type { JourneyNow } from './state.ts'

/** A violation as the fold has found it. */
export interface Found extends Omit<Situation, 'severity' | 'toMs'> {
  readonly detector: Violation
  severity: Severity
  toMs?: number
  /** Device time of the fact that decided it. */
  readonly decidedByMs: number
  readonly evidence: readonly number[]
}

export interface Checkpoint {
  /** Facts folded into it. */
  readonly facts: number
  readonly now: JourneyNow
  readonly rules: readonly unknown[]
  readonly lines: number
  readonly found: number
  /** Those still open, as they were: index and value. */
  readonly open: readonly (readonly [number, Found])[]
}

export interface JudgedJourney {
  readonly plan: JourneyPlan
  now: JourneyNow
  facts: Fact[]
  readonly lines: Line[]
  readonly found: Found[]
  checkpoints: Checkpoint[]
  rules: unknown[]
  /** The newest fact that is folded and not held any more. */
  folded?: Fact
}
