// SQL of the room and nothing else: a function is a question or a statement.
import type { SqlValue, Statement, Store } from '#platform/store/index.ts'
import type { Paper, PaperLanguage } from './model.ts'
import type { By, Report, ReportDeed } from './report.ts'
import type { OfficeLine, ReportSources, RoomSources } from './sources.ts'

type Read = Pick<Store, 'read'>

export const saveReport = (report: Report): Statement => ({
  sql: `INSERT INTO reports (id, kind, day, to_ms, state, body) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET state = excluded.state, body = excluded.body`,
  values: [report.id, report.kind, report.day, report.toMs, report.state, JSON.stringify(report)],
})
export function reportById(store: Read, id: string): Report | undefined {
  const [row] = store.read<{ body: string }>('SELECT body FROM reports WHERE id = ?', [id])
  return row && JSON.parse(row.body)
}
/** Newest first; `before` is the end of the last one shown. */
export const reportsBefore = (store: Read, beforeMs: number, limit: number): readonly Report[] =>
  store
    .read<{ body: string }>('SELECT body FROM reports WHERE to_ms < ? ORDER BY to_ms DESC, id LIMIT ?', [beforeMs, limit])
    .map((row): Report => JSON.parse(row.body))

export interface ReportStep {
  readonly id: string
  readonly n: number
  readonly atMs: number
  readonly who: string
  readonly deed: ReportDeed
}
export const saveStep = (report: Report, by: By, deed: ReportDeed): Statement => ({
  sql: 'INSERT INTO report_steps (id, report, n, at_ms, who, body) VALUES (?, ?, ?, ?, ?, ?)',
  values: [by.id, report.id, report.revision, by.atMs, by.author.id, JSON.stringify({ ...deed, name: by.author.name })],
})
export function stepById(store: Read, id: string): { readonly report: string; readonly who: string } | undefined {
  const [row] = store.read<{ report: string; who: string }>('SELECT report, who FROM report_steps WHERE id = ?', [id])
  return row
}
export const stepsOf = (store: Read, report: string): readonly ReportStep[] =>
  store
    .read<{ id: string; n: number; at_ms: number; who: string; body: string }>(
      'SELECT id, n, at_ms, who, body FROM report_steps WHERE report = ? ORDER BY n',
      [report],
    )
    .map(row => ({ id: row.id, n: row.n, atMs: row.at_ms, who: row.who, deed: JSON.parse(row.body) }))

/** The machine's draft as it was frozen: from then on nothing of it moves. */
export const savePaper = (report: string, paper: Paper): Statement => ({
  sql: 'INSERT INTO report_papers (report, language, body) VALUES (?, ?, ?) ON CONFLICT (report, language) DO NOTHING',
  values: [report, paper.language, JSON.stringify(paper)],
})
export function frozenPaper(store: Read, report: string, language: PaperLanguage): Paper | undefined {
  const [row] = store.read<{ body: string }>('SELECT body FROM report_papers WHERE report = ? AND language = ?', [report, language])
  return row && JSON.parse(row.body)
}

export const saveLine = (day: string, line: OfficeLine): Statement => ({
  sql: `INSERT INTO report_lines (id, day, organisation, at_ms, who, is_nothing, text) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
  values: [line.id, day, line.organisation, line.atMs, line.by, line.isNothing ? 1 : 0, line.text],
})
/** The newest of each office, in the order they came. */
export const officeLines = (store: Read, day: string): readonly OfficeLine[] =>
  store
    .read<Record<string, SqlValue>>(
      `SELECT id, organisation, at_ms, who, is_nothing, text FROM report_lines AS one WHERE day = ? AND NOT EXISTS (
        SELECT 1 FROM report_lines AS later WHERE later.day = one.day AND later.organisation = one.organisation AND (later.at_ms, later.id) > (one.at_ms, one.id))
      ORDER BY at_ms, id`,
      [day],
    )
    .map(row => ({
      id: String(row.id),
      organisation: String(row.organisation),
      atMs: Number(row.at_ms),
      by: String(row.who),
      isNothing: row.is_nothing === 1,
      text: String(row.text),
    }))

export const firstLines = (store: Read, day: string): ReadonlyMap<string, number> =>
  new Map(
    store
      .read<{ organisation: string; at_ms: number }>(
        'SELECT organisation, min(at_ms) AS at_ms FROM report_lines WHERE day = ? GROUP BY organisation',
        [day],
      )
      .map(row => [row.organisation, row.at_ms]),
  )

/** What is done once a report: reminded, drafted, frozen, sent … Fails where it was done already, and takes its transaction with it. */
export const markDone = (report: string, deed: string, atMs: number): Statement => ({
  sql: 'INSERT INTO report_deeds (report, deed, at_ms) VALUES (?, ?, ?)',
  values: [report, deed, atMs],
})
export const deedsDone = (store: Read, report: string): ReadonlyMap<string, number> =>
  new Map(
    store
      .read<{ deed: string; at_ms: number }>('SELECT deed, at_ms FROM report_deeds WHERE report = ?', [report])
      .map(row => [row.deed, row.at_ms]),
  )
export const sealedUnwitnessed = (store: Read): readonly Report[] =>
  store
    .read<{ body: string }>(
      "SELECT body FROM reports WHERE state IN ('approved', 'corrected') AND NOT EXISTS (SELECT 1 FROM report_deeds WHERE report = id AND deed = 'witnessed')",
    )
    .map((row): Report => JSON.parse(row.body))

/** What the rooms give, with what is this room's own. */
export const withOwn = (sources: RoomSources, store: Read): ReportSources => ({
  ...sources,
  officeLines: day => officeLines(store, day),
  sealedAtMs({ kind, toMs }) {
    const [row] = store.read<{ body: string }>('SELECT body FROM reports WHERE kind = ? AND to_ms = ?', [kind, toMs])
    const report: Report | undefined = row && JSON.parse(row.body)
    return report?.seal?.atMs
  },
})
