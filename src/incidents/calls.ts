// Who is asked to look at an incident: named in an answer (`@여수 당직관`), or reminded of what they have not read. A call stands until they have read as far; it is no
// step of the story, for whoever has read it all has nothing new.
import type { SqlValue, Statement, Store } from '#platform/store/index.ts'
import type { CallFact } from './schema.ts'

export interface Call {
  readonly incident: string
  /** The step to be read. */
  readonly n: number
  readonly why: CallFact['why']
  /** Who calls. */
  readonly by: string
  readonly atMs: number
}

type Read = Pick<Store, 'read'>
interface Row extends Record<string, SqlValue> {
  incident: string
  n: number
  why: string
  called_by: string
  at_ms: number
}
const callOf = (row: Row): Call => ({
  incident: row.incident,
  n: row.n,
  why: row.why === 'mention' ? 'mention' : 'reminder',
  by: row.called_by,
  atMs: row.at_ms,
})

/** The newest call of a kind stands for those before it. */
export const saveCall = (person: string, { incident, n, why, by, atMs }: Call): Statement => ({
  sql: `INSERT INTO incident_calls (person, incident, why, n, called_by, at_ms) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (person, incident, why) DO UPDATE SET n = excluded.n, called_by = excluded.called_by, at_ms = excluded.at_ms`,
  values: [person, incident, why, n, by, atMs],
})
/** They have read as far. */
export const answerCalls = (person: string, incident: string, steps: number): Statement => ({
  sql: 'DELETE FROM incident_calls WHERE person = ? AND incident = ? AND n <= ?',
  values: [person, incident, steps],
})
/** Newest first. */
export const callsOf = (store: Read, person: string): readonly Call[] =>
  store
    .read<Row>('SELECT incident, n, why, called_by, at_ms FROM incident_calls WHERE person = ? ORDER BY at_ms DESC LIMIT 200', [person])
    .map(callOf)
/** When each person was last called to this one and has not come yet. */
export const calledTo = (store: Read, incident: string): ReadonlyMap<string, number> =>
  new Map(
    store
      .read<{ person: string; at_ms: number }>(
        'SELECT person, max(at_ms) AS at_ms FROM incident_calls WHERE incident = ? GROUP BY person',
        [incident],
      )
      .map(row => [row.person, row.at_ms]),
  )
