// Shapes of the room that others may know: the duty log, and the hand-over from watch to watch. A line stands as it was written from its second minute on; what was wrong is
// put right by a new line. A hand-over both have signed is never changed. Times are epoch milliseconds UTC.
import type { WatchTime } from '#access/duty/schema.ts'
import type { Topic } from '#platform/bus/index.ts'

/** What an officer writes: a note, the weather, a plan of the day. The daily report takes weather and plans from here. */
export const HAND_KINDS = ['note', 'weather', 'plan'] as const
/** What the product writes itself. */
export const MACHINE_KINDS = ['alarm', 'incident', 'order', 'feed', 'watch', 'hand-over', 'sign-in', 'report', 'evidence'] as const
export const LOG_KINDS = [...HAND_KINDS, ...MACHINE_KINDS] as const
export type HandKind = (typeof HAND_KINDS)[number]
export type MachineKind = (typeof MACHINE_KINDS)[number]
export type LogKind = (typeof LOG_KINDS)[number]

/** Its own author may still change a line this long. */
export const EDITABLE_MS = 60_000
export const MAX_LINE_LETTERS = 500

/** A ship, a person, a post, an alarm … named in a line: `#PACIFIC SUN 21`, `@상황실장`. */
export const LOG_LINK_KINDS = ['ship', 'person', 'post', 'alarm', 'incident', 'order', 'feed', 'hand-over', 'report'] as const
export interface LogLink {
  readonly kind: (typeof LOG_LINK_KINDS)[number]
  readonly id: string
  readonly label: string
}

export interface Author {
  readonly id: string
  readonly name: string
  /** For whom: an organisation's id. */
  readonly organisation: string
}

export interface LogLine {
  /** Client-made, or made of the fact it tells: the same is written once. */
  readonly id: string
  /** In whose books it stands, its own organisation first. Head office sees all. */
  readonly organisations: readonly string[]
  /** When it happened. */
  readonly atMs: number
  /** When the product took it. */
  readonly takenAtMs: number
  readonly isByHand: boolean
  readonly kind: LogKind
  readonly text: string
  /** Of machine lines, which are written in both languages. */
  readonly en?: string
  readonly by: Author
  /** The author's seat in the watch: 당직 1. */
  readonly seat?: { readonly ko: string; readonly en: string }
  readonly links: readonly LogLink[]
  /** The line it puts right; that one stays, struck out. */
  readonly corrects?: string
  /** A plan: when it is. */
  readonly dueMs?: number
  /** An alarm's or incident's level. */
  readonly level?: number
  /** What it said before, within its minute. */
  readonly edits?: readonly { readonly atMs: number; readonly text: string }[]
}

export const HAND_OVER_PARTS = ['alarms', 'incidents', 'patrols', 'equipment', 'watched'] as const
export type HandOverPart = (typeof HAND_OVER_PARTS)[number]

/** Something that is carried from watch to watch. */
export interface Carried {
  /** `alarm:…`, `incident:…`, `feed:…`: the same thing has the same id on every sheet. */
  readonly id: string
  readonly part: HandOverPart
  readonly link?: LogLink
  /** What it is, in the product's words. */
  readonly ko: string
  readonly en: string
  /** How it stands; when this changes, the tick is asked for anew. */
  readonly state: { readonly ko: string; readonly en: string }
  readonly level?: number
  /** Shelved until, due at, begins at. */
  readonly untilMs?: number
  /** What the record says of it last: shown where no remark is written. */
  readonly note?: string
}

export interface HandOverItem extends Carried {
  readonly remark?: string
  /** Came, or changed, after the outgoing watch had signed. */
  readonly isNew?: true
  /** It is over (closed, back): carried still, so that it is seen. */
  readonly goneAtMs?: number
  readonly tick?: { readonly by: string; readonly atMs: number /** Of what was seen: see `seenOf`. */; readonly seen: string }
}

export interface Signature {
  readonly person: string
  readonly name: string
  readonly atMs: number
  readonly seat?: { readonly ko: string; readonly en: string }
  /** False where the roster names people for this watch and not this one. */
  readonly isOnRoster: boolean
  /** SHA-256 of what was signed. */
  readonly hash: string
}

/** Open → signed by the outgoing watch (`given`) → signed by the incoming (`done`). */
export const HAND_OVER_STATES = ['open', 'given', 'done'] as const
export type HandOverState = (typeof HAND_OVER_STATES)[number]

export interface HandOver {
  /** Made of the watch that goes: one sheet a watch. */
  readonly id: string
  readonly organisation: string
  readonly from: WatchTime
  readonly to: WatchTime
  readonly state: HandOverState
  readonly openedAtMs: number
  readonly items: readonly HandOverItem[]
  /** Parts whose room does not stand yet: 연계 전. */
  readonly unlinked: readonly HandOverPart[]
  readonly outgoing?: Signature
  readonly incoming?: Signature
  readonly changedAtMs: number
  /** Counts changes: a screen that shows an older one is told. */
  readonly revision: number
}

/** What of an item must have been seen for its tick to count. */
export const seenOf = (item: HandOverItem): string => JSON.stringify([item.state.ko, item.untilMs ?? 0, item.level ?? 0, item.remark ?? ''])
/** Over, or ticked as it stands now. */
export const isTicked = (item: HandOverItem): boolean => item.tick !== undefined && item.tick.seen === seenOf(item)
export const isSettled = (item: HandOverItem): boolean => item.goneAtMs !== undefined || isTicked(item)

/** The watch has ended and its sheet is not signed by both. */
export const isUnfinished = (sheet: Pick<HandOver, 'state' | 'from'>, nowMs: number): boolean =>
  sheet.state !== 'done' && nowMs >= sheet.from.toMs

/** Told after it is on the disk. Catch up from `logBetween` and `handOversBetween`. */
export const LOG_WRITTEN: Topic<{ readonly line: LogLine }> = { name: 'log.written' }
export const SHIFT_BEGAN: Topic<{ readonly watch: WatchTime }> = { name: 'shift.began' }
export const HAND_OVER_CHANGED: Topic<{ readonly sheet: HandOver }> = { name: 'hand-over.changed' }
