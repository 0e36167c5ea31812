// Shapes of the room that others and the browser may know: rosters, watches, who stands them, swaps and leave, the phone book. Days are KST days (YYYY-MM-DD); a watch
// belongs to the day on which it begins.
import type { Topic } from '#platform/bus/index.ts'

export interface Watch {
  readonly id: string
  /** 주간 */
  readonly ko: string
  readonly en: string
  /** One letter, as in the cycle: 주. 비 and 휴 are off. */
  readonly short: string
  readonly shortEn: string
  /** Minutes after midnight KST. Not later than `fromMinute` begins: it ends on the next day. */
  readonly fromMinute: number
  readonly toMinute: number
}

/** A seat of a crew: 조장, 당직 1, 통신·장비. Who sits there may be open. */
export interface Seat {
  readonly id: string
  readonly ko: string
  readonly en: string
  /** A person's id. */
  readonly person?: string
}

export interface Crew {
  readonly id: string
  readonly ko: string
  readonly en: string
  /** Letters by which the crew is ahead in the cycle. */
  readonly offset: number
  readonly seats: readonly Seat[]
}

export interface Roster {
  readonly id: string
  readonly organisation: string
  /** 4조 3교대; one of the ready patterns, or in the words of whoever wrote the cycle. */
  readonly ko: string
  readonly en: string
  readonly watches: readonly Watch[]
  /** A letter a day: 주주저저야야비비. */
  readonly cycle: string
  /** Day on which a crew of offset 0 stands the first letter. */
  readonly firstDay: string
  readonly crews: readonly Crew[]
  /** Nobody stands it on Saturdays, Sundays and public holidays. */
  readonly isWorkdaysOnly?: true
  /** In force from this day until another one of the organisation begins. */
  readonly fromDay: string
  readonly isDemo?: true
}

/** Off, in the letters of a cycle: 비번, 휴무. */
export const OFF_LETTERS = ['비', '휴'] as const

/** A watch on a day. */
export interface WatchTime {
  /** `hq:2026-11-23:night`: the same watch has the same id always. */
  readonly id: string
  readonly organisation: string
  readonly roster: string
  readonly day: string
  readonly watch: Watch
  readonly crew: { readonly id: string; readonly ko: string; readonly en: string }
  readonly fromMs: number
  readonly toMs: number
}

/** Who sits there in this watch. */
export interface Standing {
  readonly seat: { readonly id: string; readonly ko: string; readonly en: string }
  readonly person?: string
  readonly name?: string
  /** Whom they stand in for: by a swap, or during leave. */
  readonly insteadOf?: string
  readonly insteadOfName?: string
  readonly why?: 'swap' | LeaveKind
}

export interface OnDuty {
  readonly watch: WatchTime
  readonly people: readonly Standing[]
}

/** A seat of a crew in one watch. */
export interface Slot {
  readonly day: string
  readonly watch: string
  readonly crew: string
  readonly seat: string
}

export const REQUEST_STATES = ['asked', 'agreed', 'approved', 'refused', 'withdrawn'] as const
export type RequestState = (typeof REQUEST_STATES)[number]

/** Two people exchange a watch each: asked by the one, agreed by the other, approved by the leader. Everybody stands as many watches as before. */
export interface Swap {
  readonly id: string
  readonly organisation: string
  readonly from: Slot & { readonly person: string }
  readonly to: Slot & { readonly person: string }
  readonly reason: string
  readonly state: RequestState
  readonly askedAtMs: number
  readonly agreedAtMs?: number
  readonly decidedAtMs?: number
  readonly decidedBy?: string
  /** Why it was refused. */
  readonly note?: string
}

export const LEAVE_KINDS = ['annual', 'sick', 'official', 'trip', 'training'] as const
export type LeaveKind = (typeof LEAVE_KINDS)[number]

/** Watches that begin from `fromDay` to `toDay` (both included) are stood by the stand-in, or by nobody. */
export interface Leave {
  readonly id: string
  readonly organisation: string
  readonly person: string
  readonly kind: LeaveKind
  readonly fromDay: string
  readonly toDay: string
  readonly standIn?: string
  readonly reason: string
  readonly state: Exclude<RequestState, 'agreed'>
  readonly askedAtMs: number
  readonly decidedAtMs?: number
  readonly decidedBy?: string
  readonly note?: string
}

export interface PhoneEntry {
  readonly id: string
  /** In whose book it stands. */
  readonly organisation: string
  readonly ko: string
  readonly en: string
  readonly number: string
  /** Somebody of the organisation has rung it: by whom and when. Absent: nobody has yet. */
  readonly confirmed?: { readonly by: string; readonly name: string; readonly atMs: number }
  /** From the tree of organisations: changed there. */
  readonly isOfOrganisation?: true
}

export interface Holiday {
  readonly day: string
  readonly ko: string
  readonly en: string
  readonly isSubstitute?: true
  /** Named by the government or an administrator for this once: elections, temporary holidays. */
  readonly isDesignated?: true
}

/** Rosters, swaps, leave or a phone book of an organisation have changed. */
export const DUTY_CHANGED: Topic<{ readonly organisation: string }> = { name: 'duty.changed' }
