// The contract of a source of facts: one file a source, one line in index.ts. A source knows its room's records and says which facts each of them is; it neither counts nor
// stores. Facts of one origin are replaced together, so news may be repeated and corrected at any time, and what was missed is made good by `catchUp` after a restart.
import type { Access } from '#access/index.ts'
import type { Alerts } from '#alerts/index.ts'
import type { Clock } from '#base/index.ts'
import type { Incidents } from '#incidents/index.ts'
import type { Bus } from '#platform/bus/index.ts'
import type { Store } from '#platform/store/index.ts'
import type { FeedHealth, PictureColumns } from '#vessels/index.ts'
import type { Change, Unit, Words } from '../schema.ts'

/** A word of `kind` or `sub`, with a place where it is one. */
export interface KindWords extends Words {
  readonly lat?: number
  readonly lon?: number
}

export interface SourceWords extends Words {
  readonly id: string
  /** Whoever sees figures of it must also hold this right of its room; each figure holds only what that right reaches. */
  readonly deed: string
  /** False: the room does not stand yet; its measures answer ‘연계 전’ until facts are brought by the room itself. */
  readonly isLinked: boolean
  readonly kinds: Readonly<Record<string, KindWords>>
  readonly subs: Readonly<Record<string, KindWords>>
  /** Its facts name what `distinct` tells apart. */
  readonly hasSubject?: boolean
  readonly numbers: readonly (Words & { readonly id: string; readonly unit: Unit })[]
}

/** When daily reports and the lines of offices were due, and when they were there. Days are written 2026-11-24. */
export interface ReportTimes {
  /** The day of the first daily report there is. */
  firstDay(): string | undefined
  daily(day: string): { readonly dueMs: number; readonly decidedAtMs?: number }
  /** The first line of each office that handed one in. */
  lines(day: string): { readonly dueMs: number; readonly handedIn: ReadonlyMap<string, number> }
}

/** What sources may ask of the rooms below. */
export interface Rooms {
  readonly store: Store
  readonly clock: Clock
  readonly bus: Bus
  readonly alerts: Pick<Alerts, 'get' | 'open' | 'between' | 'closedSince'>
  readonly incidents: Pick<Incidents, 'get' | 'between' | 'changedBetween'>
  readonly access: Pick<Access, 'organisations'>
  readonly picture: PictureColumns
  /** Of the room above: wired by the roof. */
  readonly reports: ReportTimes
  feeds(): readonly FeedHealth[]
  /** Ships and feeds are simulated: what is counted of them goes when real ones come. */
  isDemo(): boolean
  /** Whose water a place is. */
  organisationsAt(lat: number, lon: number): readonly string[]
  /** The one organisation a thing of several is counted at: the lowest in the tree, the first among equals; head office's where it is nobody's. */
  ownerOf(organisations: readonly string[]): string
}

/** Facts of the demo's own are known by their origin. */
export const DEMO_ORIGIN = 'demo-'

export interface Source extends SourceWords {
  /** When its first record was made; absent: it has none yet. Asked once in the life of a data folder. */
  earliestMs?(rooms: Rooms): number | undefined
  /** What may have changed since, piece by piece; each piece is kept before the next is asked for. */
  catchUp?(rooms: Rooms, sinceMs: number): Iterable<readonly Change[]>
  /** Tells news as it comes; returns what stops it. */
  listen?(rooms: Rooms, take: (change: Change) => void): () => void
}
