// What a detector tells: the contract of a finding, about any subject. One situation is one finding; its key (detector + sorted subjects) is open
// until the opposite condition closes it. Findings are joined to alarms by joining.ts; nothing here stores anything.
import type { EpochMs } from '#base/index.ts'

export type SubjectKind =
  | 'ship'
  | 'container'
  | 'seal'
  | 'journey'
  | 'vehicle'
  | 'camera'
  | 'station'
  | 'feed'
  | 'area'
  | 'disk'
  | 'account'
  | 'order'
  | 'incident'
  | 'organisation'
  | 'channel'

export interface Subject {
  readonly kind: SubjectKind
  /** MMSI as text for ships; the name of a station or feed; the id of an area. */
  readonly id: string
}

/** critical, high, medium, low = alarm levels 1–4; `emergency` (distress) is level 0. Low is logged and shown on the card, never an alarm. */
export type Severity = 'emergency' | 'critical' | 'high' | 'medium' | 'low'

/** One sentence in each language, numbers and limits in it, for an officer. */
export interface Sentence {
  readonly ko: string
  readonly en: string
}

export interface Finding {
  /** Deterministic: the same ledger replayed gives the same id (detector, subjects, from). Consumers are idempotent by it. */
  readonly id: string
  readonly detector: string
  readonly subjects: readonly Subject[]
  /** When the situation began (event time). */
  readonly from: EpochMs
  /** Receipt clock at which the product could first know. */
  readonly raisedAt: EpochMs
  /** When it ended (event time); absent while it lasts. */
  readonly to?: EpochMs
  readonly withdrawnAt?: EpochMs
  readonly withdrawnBecause?: Sentence
  readonly place?: { readonly lat: number; readonly lon: number }
  readonly severity: Severity
  /** False: judged from reports older than 10 minutes. Kept and shown, no sound, no message. */
  readonly live: boolean
  /** The facts behind the sentence, units in the names: `distanceM`, `durationMin`, `sogKn`. */
  readonly numbers: Readonly<Record<string, number>>
  /** Ledger entry numbers of the reports that decided it (some, not all). */
  readonly evidence: readonly number[]
  readonly why: Sentence
}

/** What happens to a finding. `updated` carries a new `to`, place, numbers or severity; it never opens a new situation. */
export interface FindingEvent {
  readonly change: 'raised' | 'updated' | 'ended' | 'withdrawn'
  readonly finding: Finding
}

export type FindingSink = (event: FindingEvent) => void

export const findingKey = (detector: string, subjects: readonly Subject[]): string =>
  `${detector}|${subjects
    .map(subject => `${subject.kind}:${subject.id}`)
    .sort()
    .join('|')}`
