// A ship as the screen holds it: the server's card with absent values left out. Only live/api.ts knows the wire.
import type { ShipKind, ShipSort, ShipState } from '#vessels/schema.ts'
import type { AlarmReason, Bilingual } from '../alerts/model.ts'

export interface ShipCardView {
  readonly mmsi: number
  readonly name?: string
  readonly callSign?: string
  readonly imoNumber?: number
  readonly shipType?: number
  readonly stationClass: number
  readonly lengthM?: number
  readonly beamM?: number
  readonly draughtM?: number
  readonly destination?: string
  /** As sent: month, day, hour, minute UTC; no year. */
  readonly eta?: { readonly month: number; readonly day: number; readonly hour: number; readonly minute: number }
  readonly lat?: number
  readonly lon?: number
  readonly sogKn?: number
  readonly cogDeg?: number
  readonly headingDeg?: number
  readonly navigationStatus?: number
  readonly sentAtMs?: number
  readonly receivedAtMs?: number
  readonly staticAtMs?: number
  /** Coast or satellite. */
  readonly network?: string
  readonly feed?: string
  readonly station?: string
  readonly isWatched: boolean
  readonly watchNote?: string
  readonly isLost: boolean
  readonly isDoubtful: boolean
  readonly isShared: boolean
  /** Findings that are no alarm (level 4): only shown here. */
  readonly findings: readonly ShipFinding[]
}

export type ShipFinding = AlarmReason

/** A stop of half an hour or more. */
export interface Stay {
  readonly fromMs: number
  /** Absent: still there. */
  readonly toMs?: number
  readonly lat: number
  readonly lon: number
  readonly placeName?: Bilingual
  readonly areaName?: string
  readonly areaKind?: string
}

export interface TrackPoint {
  readonly atMs: number
  readonly lat: number
  readonly lon: number
  /** NaN = not available. */
  readonly sogKn: number
  readonly cogDeg: number
}

/** What the list of ships is asked for. */
export interface ShipListAsked {
  readonly words: string
  readonly kind?: ShipKind | undefined
  readonly state?: ShipState | undefined
  readonly sort: ShipSort
  readonly isDescending: boolean
  readonly limit: number
}
export interface ShipListView {
  /** How many fit; `ships` are the first of them. */
  readonly total: number
  readonly ships: readonly ShipCardView[]
}

export interface SearchHit {
  readonly mmsi: number
  readonly name: string
  readonly note: string
  readonly lat?: number
  readonly lon?: number
}
