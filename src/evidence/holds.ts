// Held evidence: what was received in this time is kept, whatever its age. A hold names its reason; open alarms hold their own time too.
import { Type } from 'typebox'
import type { Caller, Clock } from '#base/index.ts'
import { badInput, type Http, notFound } from '#platform/http/index.ts'
import type { Migration, Statement, Store } from '#platform/store/index.ts'
import { EXPORT_MIGRATIONS, spanKst } from './export/index.ts'
import type { Hold } from './retention.ts'

export const EVIDENCE_MIGRATIONS: readonly Migration[] = [
  {
    id: 'evidence-0001',
    sql: 'CREATE TABLE holds (id INTEGER PRIMARY KEY, from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL, reason TEXT NOT NULL) STRICT',
  },
  ...EXPORT_MIGRATIONS,
  {
    id: 'evidence-0003',
    sql: "ALTER TABLE holds ADD COLUMN placed_by TEXT NOT NULL DEFAULT ''; ALTER TABLE holds ADD COLUMN placed_ms INTEGER NOT NULL DEFAULT 0",
  },
]

interface Row extends Record<string, number | string> {
  id: number
  from_ms: number
  to_ms: number
  reason: string
  placed_by: string
  placed_ms: number
}
const rows = (store: Pick<Store, 'read'>): readonly Row[] =>
  store.read<Row>('SELECT id, from_ms, to_ms, reason, placed_by, placed_ms FROM holds ORDER BY from_ms, id')
export const loadHolds = (store: Pick<Store, 'read'>): readonly Hold[] =>
  rows(store).map(row => ({ fromMs: row.from_ms, toMs: row.to_ms, reason: row.reason }))

export interface HoldRoutesOptions {
  readonly http: Http
  readonly store: Store
  readonly clock: Clock
  audit(caller: Caller, deed: string, thing: string, note: string): Statement
  /** A person's name by id. */
  nameOf(person: string): string | undefined
}

const HoldShape = Type.Object({
  id: Type.Integer(),
  from: Type.String(),
  to: Type.String(),
  reason: Type.String(),
  placedBy: Type.Optional(Type.String()),
  placedByName: Type.Optional(Type.String()),
  placedAt: Type.Optional(Type.String()),
})
const Reason = Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' })
const iso = (ms: number): string => new Date(ms).toISOString()

export function holdRoutes({ http, store, clock, audit, nameOf }: HoldRoutesOptions): void {
  const view = (row: Row) => {
    const name = nameOf(row.placed_by)
    return {
      id: row.id,
      from: iso(row.from_ms),
      to: iso(row.to_ms),
      reason: row.reason,
      ...(row.placed_by === '' ? {} : { placedBy: row.placed_by, placedAt: iso(row.placed_ms) }),
      ...(name === undefined ? {} : { placedByName: name }),
    }
  }
  const need = (id: number): Row => {
    const row = rows(store).find(one => one.id === id)
    if (!row) throw notFound({ ko: `보전 ${id}`, en: `hold ${id}` })
    return row
  }
  http.route({
    method: 'GET',
    path: '/api/holds',
    deed: 'evidence.look',
    summary: 'Held evidence',
    tag: 'records',
    answer: Type.Array(HoldShape),
    handle: () => rows(store).map(view),
  })
  http.route({
    method: 'POST',
    path: '/api/holds',
    deed: 'evidence.hold',
    summary: 'Hold what was received in this time, whatever its age; the same hold twice is one',
    tag: 'records',
    body: Type.Object({ from: Type.String(), to: Type.String(), reason: Reason }),
    answer: Type.Array(HoldShape),
    status: 201,
    async handle({ body, caller }) {
      const [from_ms, to_ms] = [Date.parse(body.from), Date.parse(body.to)]
      if (!(to_ms >= from_ms))
        throw badInput({ ko: '기간은 ISO 8601 시각이고 끝이 시작 뒤여야 합니다', en: 'from and to are times in ISO 8601, from first' })
      const reason = body.reason.trim()
      if (rows(store).some(row => row.from_ms === from_ms && row.to_ms === to_ms && row.reason === reason)) return rows(store).map(view)
      await store.write([
        {
          sql: 'INSERT INTO holds (from_ms, to_ms, reason, placed_by, placed_ms) VALUES (?, ?, ?, ?, ?)',
          values: [from_ms, to_ms, reason, caller.id, clock.now()],
        },
        audit(caller, 'evidence.hold', spanKst(from_ms, to_ms), reason),
      ])
      return rows(store).map(view)
    },
  })
  http.route({
    method: 'DELETE',
    path: '/api/holds/:id',
    deed: 'evidence.release',
    summary: 'Let held evidence go (two officers); why is written into the audit trail',
    tag: 'records',
    params: Type.Object({ id: Type.Integer() }),
    query: Type.Object({ reason: Reason, deedId: Type.Optional(Type.String({ maxLength: 100 })) }),
    thing({ params }) {
      const { from_ms, to_ms, reason } = need(params.id)
      const span = spanKst(from_ms, to_ms)
      return { id: String(params.id), ko: `증거 보전 해제: ${span} · ${reason}`, en: `let held evidence go: ${span}, ${reason}` }
    },
    async handle({ params, query, caller }) {
      const row = need(params.id)
      await store.write([
        { sql: 'DELETE FROM holds WHERE id = ?', values: [params.id] },
        audit(caller, 'evidence.release', spanKst(row.from_ms, row.to_ms), `${row.reason} → ${query.reason.trim()}`),
      ])
    },
  })
}
