// SQL of the room and nothing else: a function is a question or a statement. An incident's row holds it whole as JSON; columns stand beside it for what lists ask.
import type { SqlValue, Statement, Store } from '#platform/store/index.ts'
import { dayKst, numberOf } from './number.ts'
import type { Incident, Order, PersonFull, Step } from './schema.ts'
import { pairsOf } from './words.ts'

type Read = Pick<Store, 'read'>
/** `all`, or the organisations whose incidents may be seen. */
export type Whose = 'all' | ReadonlySet<string>
/** Letters of one incident that are searched; the rest of a very long story is not. */
const MAX_WORDS = 40_000

interface Row extends Record<string, SqlValue> {
  seq: number
  day: string
  n: number
  body: string
}
const incidentOf = (row: Row): Incident => ({ ...JSON.parse(row.body), number: numberOf(row.day, row.n) })
const json = (list: Iterable<string | number>): string => JSON.stringify([...list])
const ROW = 'i.seq, i.day, i.n, i.body'

/** Also takes its number: the next of its organisation on that day, without gaps, worked out inside the transaction. */
export function insertIncident(incident: Incident): readonly Statement[] {
  const day = dayKst(incident.reportedAtMs)
  return [
    {
      sql: `INSERT INTO incidents (id, organisation, day, n, kind, urgency, state, reported_ms, changed_ms, closed_ms, body)
        VALUES (?1, ?2, ?3, (SELECT coalesce(max(n), 0) + 1 FROM incidents WHERE organisation = ?2 AND day = ?3), ?4, ?5, ?6, ?7, ?8, NULL, ?9)`,
      values: [
        incident.id,
        incident.organisation,
        day,
        incident.kind,
        incident.urgency,
        incident.state,
        incident.reportedAtMs,
        incident.changedAtMs,
        JSON.stringify(incident),
      ],
    },
    ...audience(incident, incident.organisations),
    ...incident.links.map(link => insertLink(incident.id, link.kind, link.id)),
  ]
}

/** Who is told of it anew. */
export const audience = (incident: Incident, organisations: readonly string[]): readonly Statement[] =>
  organisations.map(organisation => ({
    sql: 'INSERT OR IGNORE INTO incident_audience (organisation, incident) SELECT ?, seq FROM incidents WHERE id = ?',
    values: [organisation, incident.id],
  }))

/** All that a new incident is made of, found at once by its words. */
export const incidentStatements = (incident: Incident): readonly Statement[] => [...insertIncident(incident), indexWords(incident, [], [])]

export const updateIncident = (incident: Incident): Statement => ({
  sql: 'UPDATE incidents SET kind = ?, urgency = ?, state = ?, changed_ms = ?, closed_ms = ?, body = ? WHERE id = ?',
  values: [
    incident.kind,
    incident.urgency,
    incident.state,
    incident.changedAtMs,
    incident.closedAtMs ?? null,
    JSON.stringify(incident),
    incident.id,
  ],
})

export const insertStep = (step: Step): Statement => ({
  sql: 'INSERT INTO incident_steps (id, incident, n, at_ms, who, body) VALUES (?, ?, ?, ?, ?, ?)',
  values: [step.id, step.incident, step.n, step.atMs, step.by.id, JSON.stringify(step)],
})
export const insertLink = (incident: string, kind: string, id: string): Statement => ({
  sql: 'INSERT OR IGNORE INTO incident_links (kind, id, incident) VALUES (?, ?, ?)',
  values: [kind, id, incident],
})
export const deleteLink = (incident: string, kind: string, id: string): Statement => ({
  sql: 'DELETE FROM incident_links WHERE kind = ? AND id = ? AND incident = ?',
  values: [kind, id, incident],
})
export const saveOrder = (order: Order): Statement => ({
  sql: `INSERT INTO incident_orders (id, incident, state, given_ms, due_ms, body) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET state = excluded.state, body = excluded.body`,
  values: [order.id, order.incident, order.state, order.givenAtMs, order.dueMs, JSON.stringify(order)],
})
export const savePerson = (incident: string, person: PersonFull): Statement => ({
  sql: 'INSERT INTO incident_people (id, incident, body) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
  values: [person.id, incident, JSON.stringify(person)],
})
/** Is one of these kept with another incident? */
export const areElsewhere = (store: Read, incident: string, people: readonly Pick<PersonFull, 'id'>[]): boolean =>
  people.length > 0 &&
  store.read('SELECT 1 FROM incident_people WHERE id IN (SELECT value FROM json_each(?)) AND incident <> ? LIMIT 1', [
    JSON.stringify(people.map(one => one.id)),
    incident,
  ]).length > 0
export const erasePerson = (id: string, nowMs: number): Statement => ({
  sql: 'UPDATE incident_people SET body = NULL, erased_ms = ? WHERE id = ?',
  values: [nowMs, id],
})

/** What a search is narrowed by, as words of the index: filtering afterwards would walk all that hold the words. */
export const MARKS = {
  organisation: (id: string) => `o-${id}`,
  owner: (id: string) => `b-${id}`,
  state: (state: string) => `s-${state}`,
  kind: (kind: string) => `k-${kind}`,
  urgency: (urgency: number) => `u-${urgency}`,
} as const
const marksOf = (incident: Incident): readonly string[] => [
  ...incident.organisations.map(MARKS.organisation),
  MARKS.owner(incident.organisation),
  MARKS.state(incident.state),
  MARKS.kind(incident.kind),
  MARKS.urgency(incident.urgency),
]

/** What the incident is found by: its words, those of its story, its numbers; people's names apart, for those who may see them. */
export function indexWords(incident: Incident, steps: readonly Step[], people: readonly PersonFull[]): Statement {
  const told = steps.flatMap(step => ('text' in step && step.deed !== 'report' && step.text ? [step.text] : []))
  const words = [
    incident.text,
    incident.place?.label ?? '',
    ...incident.goods.map(goods => goods.name),
    ...incident.links.flatMap(link => [link.label, ...(link.label === link.id ? [] : [link.id])]),
    incident.dailyReport.text ?? '',
    ...told,
  ]
  const names = people.flatMap(person => [person.name, person.document ?? ''])
  // A mark that no search holds stands between texts, so that no word begins in one and ends in the next.
  const joined = (texts: readonly string[]): string =>
    texts
      .filter(text => text !== '')
      .map(pairsOf)
      .join(' - ')
      .slice(0, MAX_WORDS)
  return {
    sql: 'INSERT OR REPLACE INTO incident_words (rowid, words, people, whose) SELECT seq, ?, ?, ? FROM incidents WHERE id = ?',
    values: [joined(words), joined(names), marksOf(incident).join(' '), incident.id],
  }
}

export function incidentById(store: Read, id: string): Incident | undefined {
  const [row] = store.read<Row>(`SELECT ${ROW} FROM incidents i WHERE i.id = ?`, [id])
  return row && incidentOf(row)
}
/** Several organisations may have one of this number. */
export const incidentsByNumber = (store: Read, day: string, n: number): readonly Incident[] =>
  store.read<Row>(`SELECT ${ROW} FROM incidents i WHERE i.day = ? AND i.n = ?`, [day, n]).map(incidentOf)

export function stepById(store: Read, id: string): Step | undefined {
  const [row] = store.read<{ body: string }>('SELECT body FROM incident_steps WHERE id = ?', [id])
  return row && JSON.parse(row.body)
}
export const stepsOf = (store: Read, incident: string, after = 0): readonly Step[] =>
  store
    .read<{ body: string }>('SELECT body FROM incident_steps WHERE incident = ? AND n > ? ORDER BY n', [incident, after])
    .map((row): Step => JSON.parse(row.body))

export function orderById(store: Read, id: string): Order | undefined {
  const [row] = store.read<{ body: string }>('SELECT body FROM incident_orders WHERE id = ?', [id])
  return row && JSON.parse(row.body)
}
export const ordersOf = (store: Read, incident: string): readonly Order[] =>
  store
    .read<{ body: string }>('SELECT body FROM incident_orders WHERE incident = ? ORDER BY given_ms, id', [incident])
    .map((row): Order => JSON.parse(row.body))
export const openOrders = (store: Read): readonly Order[] =>
  store
    .read<{ body: string }>("SELECT body FROM incident_orders WHERE state IN ('open', 'acknowledged') ORDER BY due_ms")
    .map((row): Order => JSON.parse(row.body))
export const ordersBetween = (store: Read, fromMs: number, toMs: number): readonly Order[] =>
  store
    .read<{ body: string }>('SELECT body FROM incident_orders WHERE given_ms >= ? AND given_ms < ? ORDER BY given_ms, id', [fromMs, toMs])
    .map((row): Order => JSON.parse(row.body))

export const peopleOf = (store: Read, incident: string): readonly PersonFull[] =>
  store
    .read<{ body: string | null }>('SELECT body FROM incident_people WHERE incident = ? ORDER BY id', [incident])
    .flatMap((row): PersonFull[] => (row.body === null ? [] : [JSON.parse(row.body)]))
/** People of incidents that were closed before this. */
export const peopleDue = (
  store: Read,
  closedBeforeMs: number,
  limit: number,
): readonly { readonly id: string; readonly incident: string }[] =>
  store.read<{ id: string; incident: string }>(
    `SELECT p.id, p.incident FROM incidents i JOIN incident_people p ON p.incident = i.id
      WHERE i.closed_ms < ? AND p.erased_ms IS NULL ORDER BY i.closed_ms LIMIT ?`,
    [closedBeforeMs, limit],
  )

export const linkedTo = (store: Read, kind: string, id: string): readonly Incident[] =>
  store
    .read<Row>(
      `SELECT ${ROW} FROM incident_links l JOIN incidents i ON i.id = l.incident WHERE l.kind = ? AND l.id = ? ORDER BY i.seq DESC LIMIT 200`,
      [kind, id],
    )
    .map(incidentOf)

export interface Receipt {
  readonly person: string
  readonly organisation: string
  readonly steps: number
  readonly atMs: number
}
export const saveRead = (incident: string, { person, organisation, steps, atMs }: Receipt): Statement => ({
  sql: `INSERT INTO incident_reads (incident, person, organisation, steps, at_ms) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (incident, person) DO UPDATE SET steps = excluded.steps, at_ms = excluded.at_ms WHERE excluded.steps > steps`,
  values: [incident, person, organisation, steps, atMs],
})
export const readsOf = (store: Read, incident: string): readonly Receipt[] =>
  store.read<{ person: string; organisation: string; steps: number; atMs: number }>(
    'SELECT person, organisation, steps, at_ms AS atMs FROM incident_reads WHERE incident = ? ORDER BY at_ms, person',
    [incident],
  )
/** How far this person has read each of these. */
export const readBy = (store: Read, person: string, incidents: readonly string[]): ReadonlyMap<string, number> =>
  new Map(
    store
      .read<{ incident: string; steps: number }>(
        'SELECT r.incident, r.steps FROM json_each(?) j JOIN incident_reads r ON r.incident = j.value AND r.person = ?',
        [json(incidents), person],
      )
      .map(row => [row.incident, row.steps]),
  )

export const between = (store: Read, column: 'reported' | 'changed' | 'closed', fromMs: number, toMs: number): readonly Incident[] =>
  store
    .read<Row>(`SELECT ${ROW} FROM incidents i WHERE i.${column}_ms >= ? AND i.${column}_ms < ? ORDER BY i.${column}_ms, i.seq`, [
      fromMs,
      toMs,
    ])
    .map(incidentOf)

/** Incidents with a step in [from, to): what was told, changed or closed then, whatever came later. */
export const touchedBetween = (store: Read, fromMs: number, toMs: number): readonly string[] =>
  store
    .read<{ incident: string }>('SELECT DISTINCT incident FROM incident_steps WHERE at_ms >= ? AND at_ms < ? ORDER BY incident', [
      fromMs,
      toMs,
    ])
    .map(row => row.incident)
/** Incidents that were closed as seized in [from, to), whatever came later. */
export const seizedBetween = (store: Read, fromMs: number, toMs: number): readonly string[] =>
  store
    .read<{ incident: string }>(
      "SELECT DISTINCT incident FROM incident_steps WHERE json_extract(body, '$.outcome') = 'seized' AND at_ms >= ? AND at_ms < ? ORDER BY incident",
      [fromMs, toMs],
    )
    .map(row => row.incident)

export interface Draft {
  readonly id: string
  readonly savedAtMs: number
  readonly body: unknown
}
export const saveDraft = (id: string, person: string, savedMs: number, body: string): Statement => ({
  sql: `INSERT INTO incident_drafts (id, person, saved_ms, body) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET saved_ms = excluded.saved_ms, body = excluded.body WHERE person = excluded.person`,
  values: [id, person, savedMs, body],
})
export const removeDraft = (id: string, person: string): Statement => ({
  sql: 'DELETE FROM incident_drafts WHERE id = ? AND person = ?',
  values: [id, person],
})
export const removeOldDrafts = (beforeMs: number): Statement => ({
  sql: 'DELETE FROM incident_drafts WHERE saved_ms < ?',
  values: [beforeMs],
})
export const draftsOf = (store: Read, person: string): readonly Draft[] =>
  store
    .read<{ id: string; saved_ms: number; body: string }>(
      'SELECT id, saved_ms, body FROM incident_drafts WHERE person = ? ORDER BY saved_ms DESC LIMIT 50',
      [person],
    )
    .map(row => ({ id: row.id, savedAtMs: row.saved_ms, body: JSON.parse(row.body) }))
