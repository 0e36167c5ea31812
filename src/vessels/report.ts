// The one canonical position report, whatever network brought it. Reused: copy what you keep. Units are those of the AIS integers
// (wire/ais/record.ts holds the NA_… codes), so nothing is rounded between wire, picture, archive and screen.

/** What kind of transmitter speaks; decided by message type and number, not by number alone (half of class B gear carries odd numbers). */
export const STATION_CLASS = { A: 0, B: 1, SAR_AIRCRAFT: 2, BASE_STATION: 3, AID_TO_NAVIGATION: 4, DISTRESS: 5, LONG_RANGE: 6 } as const
export type StationClass = (typeof STATION_CLASS)[keyof typeof STATION_CLASS]

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
