// The contract of a detector about ships. A detector is one file: its settings with units, its defaults, its texts, and a function that starts it on a
// ground. It sees reports of one ship in order of sending (fusion/order puts them so), keeps its own columns by slot, neither waits nor stores.
import type { AreaIndex } from '#places/index.ts'
import type { FindingDesk } from '#rules/index.ts'
import type { PictureColumns, Slot } from '../picture/columns.ts'
import type { PositionReport } from '../report.ts'

/** What a detector may look at. */
export interface Ground {
  readonly picture: PictureColumns
  /** Replaced as a whole when areas change: read it through the ground each time. */
  readonly areas: AreaIndex
  readonly coverage: Coverage
  readonly stations: StationLife
  /** Thinned past of each ship, event order. */
  readonly past: Past
  isWatched(mmsi: number): boolean
  stationName(station: number): string
  feedName(feed: number): string
  /** A bunkering permit for barge and ship at this time. */
  hasPermit(bargeMmsi: number, shipMmsi: number, atMs: number): boolean
  /** Nautical miles from the nearest coast, NaN when no coast is loaded. */
  milesOffshore(lat: number, lon: number): number
  /** True between local sunset and sunrise (plain solar altitude below -6°). */
  isNight(lat: number, lon: number, atMs: number): boolean
}

/** Who is heard where: detectors.md §2. */
export interface Coverage {
  /** Share of expected reports heard over the ship's own last 30 minutes, and ≥ 2 others of the same station heard since within 15 NM. */
  isGoodFor(slot: Slot, nowMs: number): boolean
  isStationAlive(station: number, nowMs: number): boolean
  /** Event time of the first report of the ship in this slot; 0 = none yet. */
  firstHeardMs(slot: Slot): number
  /** Median of the ship's last 20 intervals, ms. */
  expectedIntervalMs(slot: Slot): number
}

/** Which coast stations are heard at all. Brought up to the minute before the detectors' own tick. */
export interface StationLife {
  /** Neither silent nor back for less than eight minutes. Stations without a name always are. */
  isAlive(station: number, nowMs: number): boolean
  /** When the newest report that came by it was sent; 0 = none yet. Station 0 stands for all without a name. */
  lastSentMs(station: number): number
  /** Stations silent now: the time of their last report and how many ships they had in the ten minutes before. */
  readonly silent: ReadonlyMap<number, { readonly lastSentMs: number; readonly ships: number }>
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
  /** A message came by this station, a copy of a known report included. */
  onHeard?(station: number, sentAtMs: number): void
  /** Bytes came on this feed. */
  onFeedHeard?(feed: number, receivedAtMs: number): void
  /** The feed was paused or removed on purpose. */
  onFeedStopped?(feed: number): void
  onStatic?(slot: Slot, atMs: number): void
  /** Safety text of messages 12 and 14. */
  onText?(mmsi: number, text: string, atMs: number, receivedAtMs: number, mark: number): void
  /** Every 5 s of the receipt clock: for what cannot wait a minute. */
  onShortTick?(nowMs: number): void
  /** Every 60 s of the receipt clock, on the minute. */
  onTick?(nowMs: number): void
  /** The slot was given to another ship. */
  onForget?(slot: Slot): void
  /** Broken invariants, in words. */
  validate?(): string[]
  /** All state, structured-cloneable, for the snapshot; `restore` takes it back. Slots keep their numbers across a restart. */
  save(): unknown
  restore(state: unknown): void
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
