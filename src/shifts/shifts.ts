// The room's own door for other rooms: what the duty log says, what is written into it, and the hand-overs. Reports and statistics ask here.

import type { HandOverBy, HandOvers } from './hand-overs.ts'
import type { DutyLog, LogBy, MachineLine, NewLine } from './log.ts'
import type { Outcome } from './refusals.ts'
import type { HandOver, LogLine } from './schema.ts'
import type { LogQuery, Whose } from './store.ts'

export interface Shifts {
  /** Lines of [from, to) in the books of these organisations (`all`: every one), oldest first. Corrected lines are there too: `correctionOf` says by what. */
  logBetween(fromMs: number, toMs: number, whose: Whose, more?: Pick<LogQuery, 'kinds' | 'source' | 'limit'>): readonly LogLine[]
  correctionOf(line: string): string | undefined
  /** An officer's line. */
  write(line: NewLine, by: LogBy): Promise<Outcome<LogLine>>
  /** The product's line: the same id is written once. */
  tell(line: MachineLine): Promise<void>
  openHandOver(organisation: string, by: HandOverBy): Promise<Outcome<HandOver>>
  /** Sheets of watches that end in [from, to), oldest first: signed ones and those that are not. */
  handOversBetween(fromMs: number, toMs: number): readonly HandOver[]
}

export const shiftsDoor = (log: DutyLog, handOvers: HandOvers): Shifts => ({
  logBetween: (fromMs, toMs, whose, more = {}) => log.find({ ...more, fromMs, toMs, whose }),
  correctionOf: log.correctionOf,
  write: log.write,
  tell: log.tell,
  openHandOver: (organisation, by) => handOvers.open(organisation, by),
  handOversBetween: handOvers.between,
})
