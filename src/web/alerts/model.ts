// An alarm as the screen holds it: the server's alarm with times as numbers and the words the list needs worked out once.
import type { Level } from '../ui/level.ts'

export type AlarmTab = 'new' | 'active' | 'shelved' | 'closed'
export interface Bilingual {
  readonly ko: string
  readonly en: string
}

export interface AlarmReason {
  readonly detector: string
  readonly level: number
  readonly fromMs: number
  readonly toMs?: number
  readonly why: Bilingual
  readonly subjects: readonly AlarmSubject[]
  /** The facts behind the sentence, units in the names. */
  readonly numbers: Readonly<Record<string, number>>
}

export interface AlarmDeed {
  readonly atMs: number
  readonly who: string
  readonly deed: string
  readonly note?: string
}

export interface AlarmSubject {
  readonly kind: string
  readonly id: string
  readonly label: string
}

export interface AlarmView {
  readonly id: string
  readonly level: Level
  readonly state: AlarmTab
  readonly isAcknowledged: boolean
  /** The situation is over; unacknowledged ones stay, hollow, until somebody has seen them. */
  readonly isEnded: boolean
  /** False: judged from old reports; shown, not sounded. */
  readonly isLive: boolean
  readonly detector: string
  readonly ships: readonly number[]
  readonly subjects: readonly AlarmSubject[]
  readonly raisedAtMs: number
  readonly lastAtMs: number
  readonly endedAtMs?: number
  /** How often the situation was reported; above 1 it is shown as ×4. */
  readonly count: number
  readonly place?: { readonly lat: number; readonly lon: number }
  /** Where that is, in words. */
  readonly placeName?: Bilingual
  /** The name it is near: what alarms of one stretch of sea have in common. */
  readonly near?: Bilingual
  readonly why: Bilingual
  readonly reasons: readonly AlarmReason[]
  readonly history: readonly AlarmDeed[]
  /** A name to be shown, and the id beside it. */
  readonly acknowledgedBy?: string
  readonly acknowledgedById?: string
  readonly assignedTo?: string
  readonly shelvedUntilMs?: number
  readonly outcome?: string
  readonly revision: number
}
