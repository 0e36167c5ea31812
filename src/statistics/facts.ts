// SQL of facts and roll-ups, and nothing else.
import type { SqlValue, Statement, Store } from '#platform/store/index.ts'
import { dayOf } from './day.ts'
import { type FactRow, packDay } from './pack.ts'
import type { Change, Fact, RecordLink } from './schema.ts'

export type Read = Pick<Store, 'read'>

/** The facts an origin has now instead of those it had. */
export const replaceFacts = (source: string, { origin, facts }: Change): readonly Statement[] => [
  { sql: 'DELETE FROM statistics_facts WHERE origin = ? AND source = ?', values: [origin, source] },
  ...facts.map((fact, n) => insertFact(source, origin, fact, n)),
]

const insertFact = (source: string, origin: string, fact: Fact, n: number): Statement => ({
  sql: 'INSERT INTO statistics_facts (source, day, at_ms, id, origin, organisation, kind, sub, numbers, subject, link_kind, link_id, label) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  values: [
    source,
    dayOf(fact.atMs),
    Math.floor(fact.atMs),
    n === 0 ? origin : `${origin}#${n}`,
    origin,
    fact.organisation,
    fact.kind,
    fact.sub ?? '',
    fact.numbers && Object.keys(fact.numbers).length > 0 ? JSON.stringify(fact.numbers) : null,
    fact.subject ?? null,
    fact.link.kind,
    fact.link.id,
    fact.link.label,
  ],
})

interface Row extends Record<string, SqlValue> {
  at_ms: number
  organisation: string
  kind: string
  sub: string
  numbers: string | null
  subject: string | null
}
const rowOf = (row: Row): FactRow => ({
  atMs: row.at_ms,
  organisation: row.organisation,
  kind: row.kind,
  sub: row.sub,
  numbers: row.numbers === null ? {} : JSON.parse(row.numbers),
  ...(row.subject === null ? {} : { subject: row.subject }),
})

/** The roll-up of a day, made from its facts. */
export const buildDay = (store: Read, source: string, day: number): ReturnType<typeof packDay> =>
  packDay(
    store
      .read<Row>('SELECT at_ms, organisation, kind, sub, numbers, subject FROM statistics_facts WHERE source = ? AND day = ?', [
        source,
        day,
      ])
      .map(rowOf),
  )

export interface DirtyDay extends Record<string, SqlValue> {
  source: string
  day: number
  n: number
}
export const dirtyDays = (store: Read, limit: number): readonly DirtyDay[] =>
  store.read<DirtyDay>('SELECT source, day, n FROM statistics_dirty ORDER BY day DESC LIMIT ?', [limit])
export const dirtyDaysOf = (store: Read, source: string): ReadonlySet<number> =>
  new Set(store.read<{ day: number }>('SELECT day FROM statistics_dirty WHERE source = ?', [source]).map(row => row.day))

export interface KeptDay extends Record<string, SqlValue> {
  day: number
  revision: number
}
export const keptDays = (store: Read, source: string, fromDay: number, toDay: number): readonly KeptDay[] =>
  store.read<KeptDay>('SELECT day, revision FROM statistics_days WHERE source = ? AND day BETWEEN ? AND ? ORDER BY day', [
    source,
    fromDay,
    toDay,
  ])
export const keptSourceDays = (store: Read, fromDay: number, toDay: number): readonly { readonly source: string; readonly day: number }[] =>
  store.read<{ source: string; day: number }>(
    'SELECT source, day FROM statistics_days WHERE day BETWEEN ? AND ? ORDER BY day DESC, source',
    [fromDay, toDay],
  )
export const packOf = (store: Read, source: string, day: number): Uint8Array | undefined =>
  store.read<{ pack: Uint8Array }>('SELECT pack FROM statistics_days WHERE source = ? AND day = ?', [source, day])[0]?.pack

/** A roll-up as it was made when `n` was the mark; not kept if something came meanwhile. */
export interface MadeDay {
  readonly source: string
  readonly day: number
  readonly n: number
  readonly facts: number
  readonly bytes: Uint8Array
}
export function keepDay({ source, day, n, facts, bytes }: MadeDay, revision: number): readonly Statement[] {
  const isSame = 'EXISTS (SELECT 1 FROM statistics_dirty WHERE source = ?1 AND day = ?2 AND n = ?3)'
  return [
    facts === 0
      ? { sql: `DELETE FROM statistics_days WHERE source = ?1 AND day = ?2 AND ${isSame}`, values: [source, day, n] }
      : {
          sql: `INSERT OR REPLACE INTO statistics_days (source, day, revision, facts, pack) SELECT ?1, ?2, ?4, ?5, ?6 WHERE ${isSame}`,
          values: [source, day, n, revision, facts, bytes],
        },
    { sql: 'DELETE FROM statistics_dirty WHERE source = ? AND day = ? AND n = ?', values: [source, day, n] },
  ]
}
export const newestRevision = (store: Read): number =>
  store.read<{ revision: number | null }>('SELECT max(revision) AS revision FROM statistics_days')[0]?.revision ?? 0

/** Throws every roll-up away; they are made anew from the facts. */
export const forgetRollUps = (): readonly Statement[] => [
  { sql: 'DELETE FROM statistics_days' },
  {
    sql: 'INSERT INTO statistics_dirty (source, day, n) SELECT source, day, 1 FROM (SELECT DISTINCT source, day FROM statistics_facts) WHERE true ON CONFLICT DO UPDATE SET n = n + 1',
  },
]

export interface SourceState {
  readonly sinceMs: number
  readonly caughtUpMs: number
}
export function sourceState(store: Read, source: string): SourceState | undefined {
  const [row] = store.read<{ since_ms: number; caught_up_ms: number }>(
    'SELECT since_ms, caught_up_ms FROM statistics_sources WHERE source = ?',
    [source],
  )
  return row && { sinceMs: row.since_ms, caughtUpMs: row.caught_up_ms }
}
/** `since` is said once and stays: a record that tells of older times does not make those times measured. */
export const saveSource = (source: string, { sinceMs, caughtUpMs }: SourceState): Statement => ({
  sql: `INSERT INTO statistics_sources (source, since_ms, caught_up_ms) VALUES (?, ?, ?)
    ON CONFLICT (source) DO UPDATE SET caught_up_ms = excluded.caught_up_ms`,
  values: [source, Math.floor(sinceMs), Math.floor(caughtUpMs)],
})

/**
 * Real feeds have come: what the demo told goes, of incidents (roles/demo-incidents.ts) and of simulated ships and feeds; what was only measured of them is measured anew from now on.
 */
export const forgetDemoFacts = (): readonly Statement[] => [
  ...['demo-', 'incident:demo-'].map(prefix => ({
    sql: 'DELETE FROM statistics_facts WHERE origin >= ? AND origin < ?',
    values: [prefix, `${prefix}\uFFFF`],
  })),
  { sql: 'DELETE FROM statistics_sources WHERE source NOT IN (SELECT source FROM statistics_facts)' },
]

/** The demo tells of nights before it was started: as if it had been recorded then. */
export const recordedSince = (sources: readonly string[], sinceMs: number): readonly Statement[] =>
  sources.map(source => ({
    sql: `INSERT INTO statistics_sources (source, since_ms, caught_up_ms) VALUES (?1, ?2, 0)
      ON CONFLICT (source) DO UPDATE SET since_ms = min(since_ms, excluded.since_ms)`,
    values: [source, Math.floor(sinceMs)],
  }))

/** A fact as the drill-down shows it. */
export interface FactRecord {
  readonly id: string
  readonly atMs: number
  readonly organisation: string
  readonly kind: string
  readonly sub: string
  readonly numbers: Readonly<Record<string, number>>
  readonly subject?: string
  readonly link: RecordLink
}
interface RecordRow extends Row {
  id: string
  link_kind: string
  link_id: string
  label: string
}
/** Newest first within one day, before a time and id. */
export const recordsOfDay = (store: Read, source: string, day: number): readonly FactRecord[] =>
  store
    .read<RecordRow>(
      `SELECT id, at_ms, organisation, kind, sub, numbers, subject, link_kind, link_id, label FROM statistics_facts
        WHERE source = ? AND day = ? ORDER BY at_ms DESC, id DESC`,
      [source, day],
    )
    .map(row => ({ ...rowOf(row), id: row.id, link: { kind: row.link_kind, id: row.link_id, label: row.label } }))
/** Of [from, to), oldest first: for papers that show each. */
export const factsBetween = (store: Read, source: string, fromMs: number, toMs: number): readonly FactRecord[] => {
  const days: FactRecord[] = []
  for (let day = dayOf(fromMs); day <= dayOf(toMs - 1); day++)
    days.push(...recordsOfDay(store, source, day).filter(one => one.atMs >= fromMs && one.atMs < toMs))
  return days.sort((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1))
}
export const originsOf = (store: Read, source: string, prefix: string): readonly Fact[] =>
  store
    .read<RecordRow>('SELECT * FROM statistics_facts WHERE origin >= ? AND origin < ? AND source = ?', [prefix, `${prefix}\uFFFF`, source])
    .map(row => ({ ...rowOf(row), link: { kind: row.link_kind, id: row.link_id, label: row.label } }))
