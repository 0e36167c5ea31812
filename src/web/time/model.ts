// A stretch of the time slider: how much was heard, and the levels of the alarms raised in it.
export interface TimelineBin {
  readonly fromMs: number
  readonly positions: number
  /** Alarms raised in it, by level 0–4. */
  readonly alarms: readonly number[]
}
