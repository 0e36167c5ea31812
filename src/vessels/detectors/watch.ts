// The watch: all detectors of one run on their shared ground. The pass hands it every accepted report, stray, static, text and tick; findings go to one sink.
// A detector that throws is counted, named and left out of that call; the others go on.
import type { AreaIndex } from '#places/index.ts'
import type { FindingSink } from '#rules/index.ts'
import type { PictureColumns, Slot } from '../picture/columns.ts'
import type { PositionReport } from '../report.ts'
import type { BulkIn, BulkOut } from '../saving.ts'
import type { StrayReport } from './contract.ts'

/** What the pass lends the watch. */
export interface WatchOptions {
  readonly picture: PictureColumns
  /** The areas now; replaced as a whole when an officer changes them. */
  areas(): AreaIndex
  isWatched(mmsi: number): boolean
  hasPermit(bargeMmsi: number, shipMmsi: number, atMs: number): boolean
  /** NaN when no coast is loaded. */
  milesOffshore(lat: number, lon: number): number
  stationName(station: number): string
  feedName(feed: number): string
  /** Where a coast station stands, when known. */
  stationPlace(name: string): { readonly lat: number; readonly lon: number } | undefined
  /** Names of the detectors to run; default: all that are not off by default. */
  readonly detectors?: readonly string[]
  /** Settings by detector and field that differ from the defaults. */
  readonly settings?: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly sink: FindingSink
  onFault?(detector: string, error: unknown): void
}

/** One run's detectors. All calls come from the pass, in its order. */
export interface Watch {
  onReport(slot: Slot, now: PositionReport, previous: PositionReport): void
  onStray(slot: Slot, stray: StrayReport): void
  onLateReport(slot: Slot, late: PositionReport): void
  onStatic(slot: Slot, atMs: number): void
  onText(mmsi: number, text: string, atMs: number, receivedAtMs: number, mark: number): void
  /** A message came by this station (0: the feed names none), a copy of a known report included. */
  onHeard(station: number, feed: number, sentAtMs: number, receivedAtMs: number): void
  /** A copy of a known report of this ship came by this station. */
  onCopy(slot: Slot, station: number, feed: number, sentAtMs: number): void
  /** Bytes came on this feed (any bytes); of a satellite's, which brings hours at once; and how late its reports come behind younger ones. */
  onFeedHeard(feed: number, receivedAtMs: number, isSatellite: boolean, latenessMs: number): void
  /** The feed was paused or removed on purpose: its silence is nobody's alarm. */
  onFeedStopped(feed: number): void
  /** Every 5 s of the receipt clock. */
  onShortTick(nowMs: number): void
  /** Every 60 s of the receipt clock, on the minute. */
  onTick(nowMs: number): void
  onForget(slot: Slot): void
  /** Broken invariants, in words. */
  validate(): string[]
  /** How often each detector threw. */
  readonly faults: ReadonlyMap<string, number>
  save(out: BulkOut): unknown
  restore(state: unknown, from: BulkIn): void
}
