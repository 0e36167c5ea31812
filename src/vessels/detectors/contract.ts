// The contract of a detector about ships. A detector is one file: its settings with units, its defaults, its texts, and a function that starts it on a
// ground. It sees reports of one ship in order of sending (fusion/order puts them so), keeps its own columns by slot, neither waits nor stores.
import type { AreaIndex } from '#places/index.ts'
import type { FindingDesk } from '#rules/index.ts'
import type { PictureColumns, Slot } from '../picture/columns.ts'
import type { PositionReport } from '../report.ts'
import type { BulkIn, BulkOut } from '../saving.ts'
import type { HeardBy, Source } from './heard-by.ts'

/** What a detector may look at. */
export interface Ground {
  readonly picture: PictureColumns
  /** Replaced as a whole when areas change: read it through the ground each time. */
  readonly areas: AreaIndex
  readonly coverage: Coverage
  readonly stations: StationLife
  readonly heardBy: HeardBy
  /** Thinned past of each ship, event order. */
  readonly past: Past
  isWatched(mmsi: number): boolean
  stationName(station: number): string
  feedName(feed: number): string
  /** A bunkering permit for barge and ship at this time. */
  hasPermit(bargeMmsi: number, shipMmsi: number, atMs: number): boolean
  /** Nautical miles from the nearest coast, NaN when no coast is loaded. */
  milesOffshore(lat: number, lon: number): number
  /** An anchorage, berth, port, waiting or works area is drawn here, or ships were seen to wait here (waiting-places.ts): stopping is usual. */
  isStoppingUsual(lat: number, lon: number): boolean
  /** True between local sunset and sunrise (plain solar altitude below -6°). */
  isNight(lat: number, lon: number, atMs: number): boolean
}

/** Who is heard where: detectors.md §2. */
export interface Coverage {
  /**
   * Share of expected reports heard over the ship's own last 30 minutes, all sources that brought her alive, the cells where she would be now not known as bad,
   * and ≥ 2 others of the same source heard since within 15 NM.
   */
  isGoodFor(slot: Slot, nowMs: number): boolean
  /** She has not been heard again where she would be now: the map learns it, whatever was told of her. */
  vanished(slot: Slot, nowMs: number): void
  /** Event time of the first report of the ship in this slot; 0 = none yet. */
  firstHeardMs(slot: Slot): number
  /** Event time up to which this source's reports have been judged: what was sent before has come, or comes late. 0 = nothing yet. */
  judgedUpToMs(source: Source): number
  /** Median of the ship's last 20 intervals, ms. */
  expectedIntervalMs(slot: Slot): number
}

/** Which sources (coast stations, feeds that name none) are heard at all. Brought up to the minute before the detectors' own tick. */
export interface StationLife {
  /** Neither silent nor back for less than eight minutes. */
  isAlive(source: Source, nowMs: number): boolean
  /** When the newest report that came by it was sent, whether judged yet or waiting for its order; 0 = none yet. */
  lastSentMs(source: Source): number
  /** Sources silent now: the time of their last report and how many ships they had in the ten minutes before. */
  readonly silent: ReadonlyMap<Source, { readonly lastSentMs: number; readonly ships: number }>
}

/** Thinned past of a ship (a sample about every 2 minutes, 4 h). */
export interface Past {
  /** Visits samples from newest to oldest until `visit` returns false. */
  backwards(
    slot: Slot,
    visit: (atMs: number, lat600k: number, lon600k: number, sogDeciknots: number, cogDecidegrees: number) => boolean,
  ): void
}

/** One run of a detector: live, judge and replay each have their own. */
export interface DetectorRun {
  /** An accepted report of ship `slot`, in order of sending. Both records are reused; `previous.sentAtMs` is 0 for the first. */
  onReport?(slot: Slot, now: PositionReport, previous: PositionReport): void
  /** A report that fusion kept out of the picture: one she cannot have sent from where she was, or the second track under her number. */
  onStray?(slot: Slot, stray: StrayReport): void
  /** Reports that came too late to be judged in order (they filled a silence): for withdrawing. */
  onLateReport?(slot: Slot, late: PositionReport): void
  /** Bytes came on this feed; of a satellite's, which brings hours at once; and how late its reports come behind younger ones. */
  onFeedHeard?(feed: number, receivedAtMs: number, isSatellite: boolean, latenessMs: number): void
  /** The feed was paused or removed on purpose. */
  onFeedStopped?(feed: number): void
  onStatic?(slot: Slot, atMs: number): void
  /** Safety text of messages 12 and 14. */
  onText?(mmsi: number, text: string, atMs: number, receivedAtMs: number, mark: number): void
  /** Every 5 s of the receipt clock: for what cannot wait a minute. */
  onShortTick?(nowMs: number): void
  /** Every 60 s of the receipt clock, on the minute. */
  onTick?(nowMs: number): void
  /** The ship left the picture: what is open about her ends, so that it can be told anew when she comes back. */
  onForget?(slot: Slot): void
  /** Broken invariants, in words. */
  validate?(): string[]
  /** All state, structured-cloneable and small, for the snapshot (what may grow large goes to `out`); `restore` takes it back. Slots keep their numbers across a restart. */
  save(out: BulkOut): unknown
  restore(state: unknown, from: BulkIn): void
}

export interface StrayReport {
  readonly report: PositionReport
  /** `jump`: cannot be the same hull's next place; `second-track`: belongs to the other track under this number. */
  readonly reason: 'jump' | 'second-track' | 'impossible-speed' | 'far-inland'
  /** The place she was expected from (her own track). */
  readonly fromLat600k: number
  readonly fromLon600k: number
  readonly fromSentAtMs: number
  /** Strays in a row without a report of the true track between, this one included. */
  readonly inRow: number
  /** Changes between the two tracks within the last 30 minutes. */
  readonly alternations: number
}

export interface SettingField {
  readonly unit: string
  readonly default: number
  readonly min: number
  readonly max: number
  readonly sentence: { readonly ko: string; readonly en: string }
}

export interface VesselDetector {
  readonly name: string
  /** What it tells the officer, one sentence a language. */
  readonly tells: { readonly ko: string; readonly en: string }
  readonly settings: Readonly<Record<string, SettingField>>
  /** A situation that begins again within this of its end is the same one; default 0. */
  readonly mergeMin?: number
  /** Further names under which it raises (area-left of area-entered). */
  readonly alsoRaises?: readonly string[]
  /** Off by default? (collision-risk) */
  readonly offByDefault?: boolean
  /** `desks` has one desk for each of `alsoRaises`, by name. */
  start(
    ground: Ground,
    settings: Readonly<Record<string, number>>,
    desk: FindingDesk,
    desks: Readonly<Record<string, FindingDesk>>,
  ): DetectorRun
}
