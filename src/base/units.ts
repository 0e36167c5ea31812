// Branded numbers: a number with a dimension never travels naked through a public signature. Arithmetic drops the brand; re-brand once.
// Inside the product there is one unit each: knots, metres, degrees true, seconds, epoch milliseconds UTC.

declare const unit: unique symbol
type Branded<Base, Unit extends string> = Base & { readonly [unit]: Unit }

export type Knots = Branded<number, 'knots'>
export type Metres = Branded<number, 'metres'>
export type NauticalMiles = Branded<number, 'nautical miles'>
export type Degrees = Branded<number, 'degrees true'>
export type Seconds = Branded<number, 'seconds'>
/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = Branded<number, 'epoch milliseconds UTC'>
/** Maritime mobile service identity, nine digits (ITU-R M.585). */
export type Mmsi = Branded<number, 'MMSI'>

export const knots = (value: number): Knots => value as Knots
export const metres = (value: number): Metres => value as Metres
export const nauticalMiles = (value: number): NauticalMiles => value as NauticalMiles
export const degrees = (value: number): Degrees => value as Degrees
export const seconds = (value: number): Seconds => value as Seconds
export const epochMs = (value: number): EpochMs => value as EpochMs
export const mmsiOf = (value: number): Mmsi => value as Mmsi

/** International nautical mile, exact (Monaco 1929). */
export const METRES_PER_NAUTICAL_MILE = 1852
export const METRES_PER_SECOND_PER_KNOT = 1852 / 3600

/** A place on WGS 84, degrees. `[lon, lat]` exists only at GeoJSON borders. */
export interface Position {
  readonly lat: number
  readonly lon: number
}
