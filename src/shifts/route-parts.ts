// What the routes of the room share.
import { Type } from 'typebox'
import type { Caller, Grant } from '#base/index.ts'
import { type Http, type HttpRefusal, refusalOf } from '#platform/http/index.ts'
import type { HandOvers } from './hand-overs.ts'
import type { DutyLog } from './log.ts'
import { type Outcome, REFUSALS, type RefusalCode } from './refusals.ts'
import type { LogLine, LogLink } from './schema.ts'

export interface ShiftRoutesOptions {
  readonly http: Http
  readonly log: DutyLog
  readonly handOvers: HandOvers
  now(): number
  grantOf(caller: Caller, deed: string): Grant | undefined
  /** Every organisation, in the order of the tree. */
  organisations(): readonly string[]
  /** The seat this person has in the watch of their organisation now. */
  seatOf(person: string, organisation: string): LogLine['seat']
  /** What can be named in a line: ships, people, posts. */
  findLinks(words: string, caller: Caller): readonly (LogLink & { readonly note?: string })[]
}

export const Id = Type.String({ minLength: 4, maxLength: 120, pattern: '^[A-Za-z0-9:._-]+$' })
export const Params = Type.Object({ id: Type.String({ maxLength: 200 }) })
export const strict = { additionalProperties: false } as const
export const refusal = (code: RefusalCode): HttpRefusal => refusalOf(REFUSALS, code)
export async function answered<T>(task: Promise<Outcome<T>>): Promise<T> {
  const outcome = await task
  if (!outcome.ok) throw refusal(outcome.reason)
  return outcome.value
}
