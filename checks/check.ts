// What a reliability check is: one file, one promise of docs/reliability.md, tried on the real product and told as PASS or FAIL with its figure.

export interface CheckOptions {
  /** Printed with the outcome, so that a failure can be repeated. */
  readonly seed: number
  /** How many times or how long, in the check's own unit; its default where absent. */
  readonly times?: number
  say(line: string): void
}

export interface CheckOutcome {
  readonly pass: boolean
  /** What was measured, in one line. */
  readonly figure: string
}

export interface Check {
  readonly name: string
  /** What must hold, in one sentence. */
  readonly promise: string
  run(options: CheckOptions): Promise<CheckOutcome>
}

/** Small seeded generator (mulberry32): the same seed, the same run. */
export function seeded(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
