// The one pass from received bytes to findings, as its users see it. Live, judge and replay run the same one; made by `createPass` (pass.ts).
// Deterministic: the same calls in the same order give the same picture and findings, bit for bit. No clock, no await, no store inside.
import type { AreaIndex, Coast } from '#places/index.ts'
import type { FindingSink } from '#rules/index.ts'
import type { Refusal } from '#wire/ais/index.ts'
import type { Picture, StaticFacts } from './picture/picture.ts'
import type { Network, PositionReport } from './report.ts'
import type { BulkIn, BulkOut } from './saving.ts'
import type { StationClass } from './schema.ts'

/** 0 accepted · 1 kept out of the picture (impossible) · 2 late: in its place in the past, not the newest. */
export type Standing = 0 | 1 | 2

export interface PassOptions {
  readonly capacity?: number
  readonly sink: FindingSink
  /** Names of detectors to run; default: all not off by default. */
  readonly detectors?: readonly string[]
  readonly settings?: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly coast?: Pick<Coast, 'isLand' | 'milesOffshore' | 'isFartherThan'>
  stationPlace?(name: string): { readonly lat: number; readonly lon: number } | undefined
  /**
   * Where the clock of receipt comes from: `received`, the time given with the bytes (live, replay of the ledger); `source`, the times the sentences carry
   * (a recording; base stations' reports stand in where nothing else tells the time).
   */
  readonly clock?: 'received' | 'source'
  /** Every report that fusion has decided on, for the archive. The record is reused. */
  archive?(report: PositionReport, standing: Standing): void
  /** A line that was refused; `bytes[from, to)`, valid during the call. */
  refused?(feed: number, reason: Refusal, bytes: Uint8Array, from: number, to: number): void
  onFault?(detector: string, error: unknown): void
}

/** A report that came as an object, not as bytes (judge's JSON, later other networks). Absent = not available. */
export interface ObjectReport {
  readonly sentAtMs: number
  readonly receivedAtMs: number
  readonly network: Network
  readonly station?: string
  readonly mmsi: number
  readonly stationClass: StationClass
  readonly lat: number
  readonly lon: number
  readonly sogKn?: number
  readonly cogDeg?: number
  readonly headingDeg?: number
  readonly navigationStatus?: number
}

/** What officers decide and a replay must know; written to the ledger as JSON control entries and handed to the pass in the same order. */
export type Control =
  | { readonly control: 'watch'; readonly mmsi: number; readonly watched: boolean }
  | { readonly control: 'permits'; readonly permits: readonly Permit[] }
  /** By name: a replay meets the feeds in another order. */
  | { readonly control: 'feed-opened'; readonly feed: string; readonly network: Network }
  | { readonly control: 'feed-stopped'; readonly feed: string }
  | { readonly control: 'areas'; readonly areas: unknown }

/** Bunkering permit: this barge at this ship within this time. */
export interface Permit {
  readonly barge: number
  readonly ship: number
  readonly fromMs: number
  readonly toMs: number
}

export interface StationHealth {
  readonly name: string
  readonly feed: number
  readonly lastAtMs: number
  /** Messages since the start of the pass. */
  readonly messages: number
}

export interface FeedCounts {
  readonly sentences: number
  readonly messages: number
  readonly other: number
  readonly refused: Readonly<Record<Refusal, number>>
  /** Receipt minus the source's own time, median of the last 64 messages that had one; NaN when none had. */
  readonly latencyMs: number
}

export interface Pass {
  readonly picture: Picture
  /** Opens a feed; its index. The same name gives the same index. */
  feed(name: string, network?: Network): number
  readonly feedNames: readonly string[]
  readonly stationNames: readonly string[]
  /** A connection was made anew: half sentences of the old one are dropped. */
  reconnected(feed: number): void
  /** Bytes as received. `mark` is the ledger entry's number, -1 where there is none. Advances the clock to `receivedAtMs`. */
  bytes(feed: number, chunk: Uint8Array, receivedAtMs: number, mark: number): void
  /** The stream of this feed ended: a last line without line end is taken. */
  end(feed: number): void
  report(feed: number, report: ObjectReport, mark: number): void
  static(mmsi: number, facts: StaticFacts, atMs: number): void
  control(entry: Control): void
  setAreas(areas: AreaIndex): void
  /** Marks or unmarks the ship as having an open alarm (told by the alerts room; no detector looks at it). */
  setAlarmed(mmsi: number, isAlarmed: boolean): void
  /** Moves the clock of receipt: waiting reports whose time has come are placed, minutes tick. */
  advanceTo(nowMs: number): void
  /** End of a recording: everything waiting is placed. */
  flush(): void
  /** The clock of receipt now, epoch ms; 0 before the first call. */
  readonly nowMs: number
  readonly counts: PassCounts
  /** Lowest ledger mark whose report waits for its order and is not decided yet; infinity when none does. */
  readonly oldestWaitingMark: number
  readonly faults: ReadonlyMap<string, number>
  feedCounts(feed: number): FeedCounts
  stations(): readonly StationHealth[]
  isWatched(mmsi: number): boolean
  readonly watched: ReadonlySet<number>
  validate(): string[]
  /** All state as of now: what is returned is structured-cloneable, what is large goes to `out`. */
  save(out: BulkOut): unknown
  /** Into a new pass of the same detectors. */
  restore(state: unknown, from: BulkIn): void
}

export interface PassCounts {
  messages: number
  positions: number
  duplicates: number
  late: number
  strays: number
  /** Places that are no places (latitude 109°), MMSI 0: kept in the ledger only. */
  nowhere: number
  statics: number
}
