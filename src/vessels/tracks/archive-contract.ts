// The archive of positions as its users see it: hourly Parquet files, one point a report, strays and late ones marked. Made by openTracks (archive.ts).
import type { Standing } from '../pass-contract.ts'
import type { PositionReport } from '../report.ts'

/** One archived report. NaN and undefined = not available. */
export interface TrackPoint {
  readonly mmsi: number
  readonly sentAtMs: number
  readonly receivedAtMs: number
  readonly lat600k: number
  readonly lon600k: number
  readonly sogDeciknots: number
  readonly cogDecidegrees: number
  readonly headingDeg: number
  readonly navigationStatus: number
  readonly stationClass: number
  readonly standing: Standing
}

export interface NearHit {
  readonly mmsi: number
  readonly nearestM: number
  readonly nearestAtMs: number
  /** Where she was then. */
  readonly lat: number
  readonly lon: number
  readonly points: number
  readonly firstAtMs: number
  readonly lastAtMs: number
}

export interface Box {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

export interface TrackFigures {
  readonly added: number
  readonly waiting: number
  readonly dropped: number
  readonly pieces: number
}

export interface TrackArchive {
  /** HOT PATH: copies into columns, never waits. */
  add(report: PositionReport, standing: Standing): void
  /** Points of one ship in order of sending, the newest unwritten ones included; strays only when asked. */
  track(mmsi: number, fromMs: number, toMs: number, options?: { readonly strays?: boolean }): Promise<readonly TrackPoint[]>
  /** Which ships were within so many metres of the place, and when nearest. */
  near(lat: number, lon: number, withinM: number, fromMs: number, toMs: number): Promise<readonly NearHit[]>
  /** Last point of every ship in the box at the moment, not older than half an hour. */
  past(atMs: number, box: Box): Promise<readonly TrackPoint[]>
  timeline(fromMs: number, toMs: number, bins: number): Promise<readonly { readonly fromMs: number; readonly positions: number }[]>
  /** Everything added whose ledger mark is at most this is on the disk. */
  readonly durableMark: number
  flush(): Promise<void>
  figures(): TrackFigures
  close(): Promise<void>
}
