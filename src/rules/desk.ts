// Where detectors put what they find. The desk gives each situation its id, keeps its key open, and tells the sink; re-opening within the merge time
// continues the same finding. Interface here; the one implementation is in finding-desk.ts.
import type { Sentence, Severity, Subject } from './finding.ts'

export interface NewFinding {
  readonly subjects: readonly Subject[]
  readonly fromMs: number
  /** Receipt clock now. */
  readonly raisedAtMs: number
  readonly place?: { readonly lat: number; readonly lon: number }
  readonly severity: Severity
  readonly numbers: Readonly<Record<string, number>>
  readonly evidence?: readonly number[]
  readonly why: Sentence
  /** Already over when found (a jump, an entry). */
  readonly toMs?: number
  /** When the report that decided it was sent; absent where the clock decided (a silence). Older than ten minutes: kept and shown, no sound. */
  readonly decidedByMs?: number
}

export interface FindingChange {
  readonly toMs?: number
  readonly place?: { readonly lat: number; readonly lon: number }
  readonly severity?: Severity
  readonly numbers?: Readonly<Record<string, number>>
  readonly why?: Sentence
}

/** One detector's desk. All calls are cheap no-ops when nothing changes. */
export interface FindingDesk {
  isOpen(subjects: readonly Subject[]): boolean
  raise(finding: NewFinding): void
  update(subjects: readonly Subject[], change: FindingChange): void
  end(subjects: readonly Subject[], toMs: number): void
  withdraw(subjects: readonly Subject[], atMs: number, because: Sentence): void
}
