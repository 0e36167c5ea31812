// What a count is asked and what it tells.
import type { Block, BlockDay } from './blocks.ts'
import type { By, Condition, Figure, MeasureFunction, PeriodUnit } from './schema.ts'

/** A measure, ready to be counted. */
export interface Wanted {
  readonly where: readonly Condition[]
  readonly function: MeasureFunction
  readonly number?: string
  readonly part?: readonly Condition[]
  readonly whole?: string
  readonly by: readonly By[]
  /** Cut of the curve where `by` holds `slot`. */
  readonly slot: PeriodUnit
  /** Organisations that count → the one they are shown as. What is not named does not count. */
  readonly organisations: Readonly<Record<string, string>> | 'all'
  /** Hours of the day and weekdays, where only some count (drilling down a heat map). */
  readonly hours?: readonly number[]
  readonly weekdays?: readonly number[]
}

export interface Counted {
  readonly rows: readonly { readonly key: readonly string[]; readonly figure: Figure }[]
  readonly total: Figure
}

/** Days of a block that are to be looked at. */
export interface Piece {
  readonly block: Block
  readonly days: readonly BlockDay[]
}
