// SQL of the room and nothing else: a function is a question or a statement.
import type { SqlValue, Statement, Store } from '#platform/store/index.ts'
import type { HeardFact } from './pass-contract.ts'
import type { JourneyLine, JourneyPlan, JourneyStanding, Seal, SealCommandView, UnknownSeal } from './schema.ts'

type Read = Pick<Store, 'read'>

export const saveSeal = (seal: Seal): Statement => ({
  sql: `INSERT INTO seals (id, life, organisation, number, body) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET life = excluded.life, organisation = excluded.organisation, number = excluded.number, body = excluded.body`,
  values: [seal.id, seal.life, seal.organisation, seal.number, JSON.stringify(seal)],
})
export const allSeals = (store: Read): readonly Seal[] =>
  store.read<{ body: string }>('SELECT body FROM seals').map((row): Seal => JSON.parse(row.body))

export const savePlan = (plan: JourneyPlan): Statement => ({
  sql: `INSERT INTO journeys (id, state, container, is_over, depart_ms, plan) VALUES (?, 'planned', ?, 0, ?, ?)
    ON CONFLICT (id) DO UPDATE SET container = excluded.container, depart_ms = excluded.depart_ms, plan = excluded.plan`,
  values: [plan.id, plan.container, plan.departFromMs, JSON.stringify(plan)],
})
const OVER = new Set(['closed', 'cancelled'])
export const saveStanding = (standing: JourneyStanding, nowMs: number): Statement => ({
  sql: 'UPDATE journeys SET state = ?, is_over = ?, over_ms = CASE WHEN ?2 = 1 THEN coalesce(over_ms, ?3) END, standing = ?4 WHERE id = ?5',
  values: [standing.state, OVER.has(standing.state) ? 1 : 0, nowMs, JSON.stringify(standing), standing.journey],
})
export const saveJudged = (journey: string, saved: unknown, fact: number): Statement => ({
  sql: 'UPDATE journeys SET saved = ?, saved_fact = ? WHERE id = ?',
  values: [JSON.stringify(saved), fact, journey],
})

export interface JourneyRecord {
  readonly plan: JourneyPlan
  readonly standing?: JourneyStanding
  readonly saved?: unknown
  readonly savedFact: number
  readonly isOver: boolean
}
interface JourneySql extends Record<string, SqlValue> {
  plan: string
  standing: string | null
  saved: string | null
  saved_fact: number
  is_over: number
}
const COLUMNS = 'plan, standing, saved, saved_fact, is_over'
const recordOf = (row: JourneySql): JourneyRecord => ({
  plan: JSON.parse(row.plan),
  savedFact: row.saved_fact,
  isOver: row.is_over === 1,
  ...(row.standing === null ? {} : { standing: JSON.parse(row.standing) }),
  ...(row.saved === null ? {} : { saved: JSON.parse(row.saved) }),
})
export const openJourneys = (store: Read): readonly JourneyRecord[] =>
  store.read<JourneySql>(`SELECT ${COLUMNS} FROM journeys WHERE is_over = 0 ORDER BY depart_ms`).map(recordOf)
export const journeyById = (store: Read, id: string): JourneyRecord | undefined =>
  store.read<JourneySql>(`SELECT ${COLUMNS} FROM journeys WHERE id = ?`, [id]).map(recordOf)[0]
/** Over in [from, to), newest first. */
export const journeysOver = (store: Read, fromMs: number, toMs: number, limit: number): readonly JourneyRecord[] =>
  store
    .read<JourneySql>(
      `SELECT plan, standing, NULL AS saved, saved_fact, is_over FROM journeys WHERE is_over = 1 AND over_ms >= ? AND over_ms < ? ORDER BY over_ms DESC LIMIT ?`,
      [fromMs, toMs, limit],
    )
    .map(recordOf)

export type FactKind = HeardFact['kind']
export const saveFact = (journey: string, kind: FactKind, atMs: number, body: unknown): Statement => ({
  sql: 'INSERT INTO journey_facts (journey, at_ms, kind, body) VALUES (?, ?, ?, ?)',
  values: [journey, atMs, kind, JSON.stringify(body)],
})
export type FactRecord = HeardFact & { readonly n: number }
/** In the order in which they came. */
export const factsAfter = (store: Read, journey: string, n: number): readonly FactRecord[] =>
  store
    .read<{ n: number; kind: string; body: string }>('SELECT n, kind, body FROM journey_facts WHERE journey = ? AND n > ? ORDER BY n', [
      journey,
      n,
    ])
    .map(factOf)
const factOf = (row: { n: number; kind: string; body: string }) => ({ n: row.n, kind: row.kind, body: JSON.parse(row.body) }) as FactRecord
export const newestFact = (store: Read, journey: string): number =>
  store.read<{ n: number | null }>('SELECT max(n) AS n FROM journey_facts WHERE journey = ?', [journey])[0]?.n ?? 0
/** By device time. */
export const factsBetween = (store: Read, journey: string, fromMs: number, toMs: number): readonly FactRecord[] =>
  store
    .read<{ n: number; kind: string; body: string }>(
      'SELECT n, kind, body FROM journey_facts WHERE journey = ? AND at_ms >= ? AND at_ms < ? ORDER BY at_ms, n',
      [journey, fromMs, toMs],
    )
    .map(factOf)

export const isDeedDone = (store: Read, id: string): boolean => store.read('SELECT 1 FROM journey_deeds WHERE id = ?', [id]).length > 0
/** Fails where it was done before: then the whole transaction does. */
export const markDeed = (id: string, journey: string): Statement => ({
  sql: 'INSERT INTO journey_deeds (id, journey) VALUES (?, ?)',
  values: [id, journey],
})

export const saveLine = (journey: string, line: JourneyLine): Statement => ({
  sql: 'INSERT INTO journey_lines (journey, n, at_ms, body) VALUES (?, ?, ?, ?) ON CONFLICT (journey, n) DO UPDATE SET at_ms = excluded.at_ms, body = excluded.body',
  values: [journey, line.n, line.atMs, JSON.stringify(line)],
})
export const dropLine = (journey: string, n: number): Statement => ({
  sql: 'DELETE FROM journey_lines WHERE journey = ? AND n = ?',
  values: [journey, n],
})
export const linesOf = (store: Read, journey: string): readonly JourneyLine[] =>
  store
    .read<{ body: string }>('SELECT body FROM journey_lines WHERE journey = ? ORDER BY at_ms, n', [journey])
    .map((row): JourneyLine => JSON.parse(row.body))

export const saveUnknown = (one: UnknownSeal): Statement => ({
  sql: `INSERT INTO seals_unknown (id, first_ms, last_ms, frames, body) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET last_ms = excluded.last_ms, frames = excluded.frames, body = excluded.body`,
  values: [one.id, one.firstAtMs, one.lastAtMs, one.reports, JSON.stringify(one)],
})
export const dropUnknown = (id: string): Statement => ({ sql: 'DELETE FROM seals_unknown WHERE id = ?', values: [id] })
export const allUnknown = (store: Read): readonly UnknownSeal[] =>
  store
    .read<{ body: string }>('SELECT body FROM seals_unknown ORDER BY last_ms DESC LIMIT 1000')
    .map((row): UnknownSeal => JSON.parse(row.body))

export const saveCommand = (command: SealCommandView): Statement => ({
  sql: `INSERT INTO seal_commands (id, seal, state, asked_ms, body) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET state = excluded.state, body = excluded.body`,
  values: [command.id, command.seal, command.state, command.askedAtMs, JSON.stringify(command)],
})
export const commandById = (store: Read, id: string): SealCommandView | undefined =>
  store.read<{ body: string }>('SELECT body FROM seal_commands WHERE id = ?', [id]).map((row): SealCommandView => JSON.parse(row.body))[0]
export const commandsOf = (store: Read, seal: string, limit: number): readonly SealCommandView[] =>
  store
    .read<{ body: string }>('SELECT body FROM seal_commands WHERE seal = ? ORDER BY asked_ms DESC LIMIT ?', [seal, limit])
    .map((row): SealCommandView => JSON.parse(row.body))
export const openCommands = (store: Read): readonly SealCommandView[] =>
  store
    .read<{ body: string }>("SELECT body FROM seal_commands WHERE state IN ('queued', 'sent') ORDER BY asked_ms")
    .map((row): SealCommandView => JSON.parse(row.body))

/** Entries of the ledger up to here are in the tables. */
export const saveMark = (mark: number): Statement => ({
  sql: 'INSERT INTO seals_mark (one, mark) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET mark = max(mark, excluded.mark)',
  values: [mark],
})
export const markKept = (store: Read): number => store.read<{ mark: number }>('SELECT mark FROM seals_mark')[0]?.mark ?? -1

/** Ids of the demo begin with DEMO. */
export const dropDemo = (): readonly Statement[] => [
  ...['journey_facts', 'journey_lines', 'journey_deeds'].map(table => ({ sql: `DELETE FROM ${table} WHERE journey LIKE 'DEMO-%'` })),
  { sql: "DELETE FROM journeys WHERE id LIKE 'DEMO-%'" },
  { sql: "DELETE FROM seals WHERE number LIKE 'DEMO-%'" },
]
