// The feed of all: newest first, filtered, searched, paged by the last one shown; only what the asker may see. Lists that ask for open ones walk the few open rows,
// others the rows of the organisations asked for; a search walks the letter pairs (bench incidents-search prints its cost over a million).
import type { SqlValue, Store } from '#platform/store/index.ts'
import { numberOf, readNumber } from './number.ts'
import type { Incident, IncidentKind, IncidentState, Urgency } from './schema.ts'
import { incidentsByNumber, MARKS, type Whose } from './store.ts'
import { searchExpression } from './words.ts'

export interface ListQuery {
  readonly whose: Whose
  readonly states?: readonly IncidentState[]
  readonly kinds?: readonly IncidentKind[]
  readonly urgencies?: readonly Urgency[]
  /** Those that belong to one of these. */
  readonly organisations?: readonly string[]
  readonly isInDailyReport?: boolean
  readonly reportedFromMs?: number
  readonly reportedToMs?: number
  /** What was typed. */
  readonly words?: string
  /** Whose people's names may be searched too. */
  readonly peopleOf?: Whose
  /** By the last change instead of the report; a search is by the report always. */
  readonly isByChange?: boolean
  /** Id of the last one shown. */
  readonly before?: string
  readonly limit: number
}

interface Row extends Record<string, SqlValue> {
  seq: number
  day: string
  n: number
  body: string
}
const incidentOf = (row: Row): Incident => ({ ...JSON.parse(row.body), number: numberOf(row.day, row.n) })
const json = (list: Iterable<string | number>): string => JSON.stringify([...list])

export function listIncidents(store: Pick<Store, 'read'>, query: ListQuery): readonly Incident[] {
  const before = seqOf(store, query.before)
  const { sql, values } = filters(query)
  const number = readNumber(query.words ?? '')
  if (number) return incidentsByNumber(store, number.day, number.n).filter(incident => isAmong(query.whose, incident.organisations))
  if (query.words !== undefined && query.words.trim() !== '') {
    const match = searchExpression(query.words)
    if (match === undefined) return []
    return store
      .read<Row>(
        `SELECT i.seq, i.day, i.n, i.body FROM incident_words w JOIN incidents i ON i.seq = w.rowid
          WHERE incident_words MATCH ? AND w.rowid < ?${sql} ORDER BY w.rowid DESC LIMIT ?`,
        [matchFor(match, query), before, ...values, query.limit],
      )
      .map(incidentOf)
  }
  if (query.isByChange) return lastChanged(store, query)
  const isOpenOnly = query.states !== undefined && query.states.length > 0 && !query.states.includes('closed')
  if (query.whose === 'all' || isOpenOnly) {
    const [mine, whose]: [string, readonly SqlValue[]] =
      query.whose === 'all'
        ? ['', []]
        : [
            ' AND EXISTS (SELECT 1 FROM incident_audience a JOIN json_each(?) j ON a.organisation = j.value WHERE a.incident = i.seq)',
            [json(query.whose)],
          ]
    const open = isOpenOnly ? " AND i.state <> 'closed'" : ''
    return store
      .read<Row>(`SELECT i.seq, i.day, i.n, i.body FROM incidents i WHERE i.seq < ?${open}${sql}${mine} ORDER BY i.seq DESC LIMIT ?`, [
        before,
        ...values,
        ...whose,
        query.limit,
      ])
      .map(incidentOf)
  }
  const found = new Map<number, Row>()
  for (const organisation of query.whose)
    for (const row of store.read<Row>(
      `SELECT i.seq, i.day, i.n, i.body FROM incident_audience a JOIN incidents i ON i.seq = a.incident
        WHERE a.organisation = ? AND a.incident < ?${sql} ORDER BY a.incident DESC LIMIT ?`,
      [organisation, before, ...values, query.limit],
    ))
      found.set(row.seq, row)
  return [...found.values()]
    .sort((a, b) => b.seq - a.seq)
    .slice(0, query.limit)
    .map(incidentOf)
}

/** Whoever sees fewer than this: all of theirs are put in order; else the order is walked until enough are found. */
const FEW = 5000

/** The one changed last first. */
function lastChanged(store: Pick<Store, 'read'>, query: ListQuery): readonly Incident[] {
  const { sql, values } = filters(query)
  const [last] = store.read<{ seq: number; changed_ms: number }>('SELECT seq, changed_ms FROM incidents WHERE id = ?', [query.before ?? ''])
  const { seq, changed_ms } = last ?? { seq: Number.MAX_SAFE_INTEGER, changed_ms: Number.MAX_SAFE_INTEGER }
  const whose = query.whose === 'all' ? [] : [json(query.whose)]
  const audience = 'SELECT a.incident FROM json_each(?) j JOIN incident_audience a ON a.organisation = j.value'
  const isFew = query.whose !== 'all' && store.read(`SELECT 1 FROM (${audience} LIMIT ${FEW})`, whose).length < FEW
  // `+` keeps the planner from the index of changes where that would be the long way.
  const order = isFew ? '+i.changed_ms' : 'i.changed_ms'
  const mine = query.whose === 'all' ? '' : isFew ? ` AND i.seq IN (${audience})` : ` AND EXISTS (${audience} WHERE a.incident = i.seq)`
  return store
    .read<Row>(
      `SELECT i.seq, i.day, i.n, i.body FROM incidents i WHERE (${order}, i.seq) < (?, ?)${sql}${mine} ORDER BY ${order} DESC, i.seq DESC LIMIT ?`,
      [changed_ms, seq, ...values, ...whose, query.limit],
    )
    .map(incidentOf)
}

const isAmong = (whose: Whose, organisations: readonly string[]): boolean => whose === 'all' || organisations.some(one => whose.has(one))

/** Words anywhere in what may be seen; names only where names may be seen; narrowed by the same filters as the list, inside the index. */
function matchFor(match: string, query: ListQuery): string {
  const { whose, peopleOf } = query
  const among = (marks: readonly string[] | undefined): string =>
    marks === undefined || marks.length === 0 ? '' : ` AND whose : (${marks.map(mark => `"${mark.replaceAll('"', '')}"`).join(' OR ')})`
  const of = (reach: Whose): string => (reach === 'all' ? '' : among(reach.size === 0 ? ['-'] : [...reach].map(MARKS.organisation)))
  const narrowed = [
    among(query.states?.map(MARKS.state)),
    among(query.kinds?.map(MARKS.kind)),
    among(query.urgencies?.map(MARKS.urgency)),
    among(query.organisations?.map(MARKS.owner)),
  ].join('')
  const words = `(words : (${match})${of(whose)}${narrowed})`
  if (peopleOf === undefined || (peopleOf !== 'all' && peopleOf.size === 0)) return words
  return `${words} OR (people : (${match})${of(peopleOf)}${narrowed})`
}

function seqOf(store: Pick<Store, 'read'>, id: string | undefined): number {
  if (id === undefined) return Number.MAX_SAFE_INTEGER
  return store.read<{ seq: number }>('SELECT seq FROM incidents WHERE id = ?', [id])[0]?.seq ?? Number.MAX_SAFE_INTEGER
}

function filters(query: ListQuery): { readonly sql: string; readonly values: readonly SqlValue[] } {
  const parts: string[] = []
  const values: SqlValue[] = []
  const among = (column: string, list: readonly (string | number)[] | undefined): void => {
    if (list === undefined || list.length === 0) return
    parts.push(`i.${column} IN (SELECT value FROM json_each(?))`)
    values.push(json(list))
  }
  among('state', query.states)
  among('kind', query.kinds)
  among('urgency', query.urgencies)
  among('organisation', query.organisations)
  if (query.isInDailyReport) parts.push("json_extract(i.body, '$.dailyReport.isIn') = 1")
  if (query.reportedFromMs !== undefined) {
    parts.push('i.reported_ms >= ?')
    values.push(query.reportedFromMs)
  }
  if (query.reportedToMs !== undefined) {
    parts.push('i.reported_ms < ?')
    values.push(query.reportedToMs)
  }
  return { sql: parts.map(part => ` AND ${part}`).join(''), values }
}

export interface Counts {
  readonly reported: number
  readonly confirmed: number
  readonly inHand: number
  /** Closed ones of those reported since `sinceMs`, and all of those. */
  readonly closed: number
  readonly since: number
}

/** Of what may be seen. */
export function countIncidents(store: Pick<Store, 'read'>, whose: Whose, sinceMs: number): Counts {
  const [mine, values]: [string, readonly SqlValue[]] =
    whose === 'all'
      ? ['', []]
      : [
          ' AND EXISTS (SELECT 1 FROM incident_audience a JOIN json_each(?) j ON a.organisation = j.value WHERE a.incident = i.seq)',
          [json(whose)],
        ]
  const open = new Map(
    store
      .read<{ state: string; n: number }>(
        `SELECT i.state, count(*) AS n FROM incidents i WHERE i.state <> 'closed'${mine} GROUP BY i.state`,
        values,
      )
      .map(row => [row.state, row.n]),
  )
  const [recent] = store.read<{ since: number; closed: number | null }>(
    `SELECT count(*) AS since, sum(i.state = 'closed') AS closed FROM incidents i WHERE i.reported_ms >= ?${mine}`,
    [sinceMs, ...values],
  )
  return {
    reported: open.get('reported') ?? 0,
    confirmed: open.get('confirmed') ?? 0,
    inHand: open.get('in-hand') ?? 0,
    closed: recent?.closed ?? 0,
    since: recent?.since ?? 0,
  }
}
