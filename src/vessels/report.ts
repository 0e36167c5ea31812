// The one canonical position report, whatever network brought it. Reused: copy what you keep. Units are those of the AIS integers
// (wire/ais/record.ts holds the NA_… codes), so nothing is rounded between wire, picture, archive and screen.
import type { StationClass } from './schema.ts'

/** The network's rhythm and reach. */
export const NETWORK = { COAST: 0, SATELLITE: 1 } as const
export type Network = (typeof NETWORK)[keyof typeof NETWORK]

export interface PositionReport {
  mmsi: number
  stationClass: StationClass
  network: Network
  /** Feed's index in the pass. */
  feed: number
  /** Index into the pass's station names; 0 = not named. */
  station: number
  /** When the ship sent it (event time), epoch ms. */
  sentAtMs: number
  /** When it reached us (receipt clock, never backwards), epoch ms. */
  receivedAtMs: number
  /** Ledger entry it came in; -1 when there is no ledger (judge). */
  mark: number
  lat600k: number
  lon600k: number
  sogDeciknots: number
  cogDecidegrees: number
  headingDeg: number
  rotRaw: number
  navigationStatus: number
  accurate: boolean
}
