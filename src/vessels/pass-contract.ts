// The one pass from received bytes to findings, as its users see it. Live, judge and replay run the same one; made by `createPass` (pass.ts).
// Deterministic: the same calls in the same order give the same picture and findings, bit for bit. No clock, no await, no store inside.
import type { AreaIndex } from '#places/index.ts'
import type { FindingSink } from '#rules/index.ts'
import type { Refusal } from '#wire/ais/index.ts'
import type { PictureColumns, Slot } from './picture/columns.ts'
import type { Network, PositionReport, StationClass } from './report.ts'

export interface PassOptions {
  readonly capacity?: number
  readonly sink: FindingSink
  /** Names of detectors to run; default: all not off by default. */
  readonly detectors?: readonly string[]
  readonly settings?: Readonly<Record<string, Readonly<Record<string, number>>>>
  milesOffshore?(lat: number, lon: number): number
  isLand?(lat: number, lon: number): boolean
  stationPlace?(name: string): { readonly lat: number; readonly lon: number } | undefined
  /** Every report that fusion has decided on, for the archive: `stray` 0 = accepted, 1 = kept out of the picture, 2 = late (in place, not newest). */
  archive?(report: PositionReport, stray: 0 | 1 | 2): void
  onFault?(detector: string, error: unknown): void
}

export interface FeedOptions {
  readonly network?: Network
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

export interface ObjectStatic {
  readonly atMs: number
  readonly mmsi: number
  readonly name?: string
  readonly callSign?: string
  readonly imoNumber?: number
  readonly shipType?: number
  readonly lengthM?: number
  readonly beamM?: number
  readonly draughtM?: number
  readonly destination?: string
}

/** What officers decide and a replay must know; written to the ledger as JSON control entries and handed to the pass in the same order. */
export type Control =
  | { readonly control: 'areas'; readonly areas: unknown }
  | { readonly control: 'watch'; readonly mmsi: number; readonly watched: boolean }
  | {
      readonly control: 'permits'
      readonly permits: readonly { readonly barge: number; readonly ship: number; readonly fromMs: number; readonly toMs: number }[]
    }
  | { readonly control: 'feed-stopped'; readonly feed: number }

export interface Pass {
  readonly picture: PictureColumns
  /** Slots changed since change number `since`, each once; returns the newest change number. */
  changesSince(since: number, visit: (slot: Slot) => void): number
  /** Opens a feed; its index. The same name gives the same index. */
  feed(name: string, options?: FeedOptions): number
  readonly feedNames: readonly string[]
  readonly stationNames: readonly string[]
  /** A connection was made anew: half sentences of the old one are dropped. */
  reconnected(feed: number): void
  /** Bytes as received. `mark` is the ledger entry's number, -1 where there is none. Advances the clock to `receivedAtMs`. */
  bytes(feed: number, chunk: Uint8Array, receivedAtMs: number, mark: number): void
  report(feed: number, report: ObjectReport, mark: number): void
  static(feed: number, facts: ObjectStatic): void
  control(entry: Control, atMs: number): void
  setAreas(areas: AreaIndex): void
  /** Moves the clock of receipt: waiting reports whose time has come are placed, minutes tick. */
  advanceTo(nowMs: number): void
  /** End of a recording: everything waiting is placed. */
  flush(): void
  readonly counts: PassCounts
  /** Health of a feed's input. */
  feedCounts(feed: number): {
    readonly sentences: number
    readonly messages: number
    readonly other: number
    readonly refused: Readonly<Record<Refusal, number>>
  }
  validate(): string[]
  save(): unknown
  restore(state: unknown): void
}

export interface PassCounts {
  messages: number
  positions: number
  duplicates: number
  late: number
  strays: number
  statics: number
}
