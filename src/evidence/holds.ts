// Held evidence: what was received in this time is kept, whatever its age. A hold names its reason; open alarms hold their own time too.
import { Type } from 'typebox'
import type { Clock } from '#base/index.ts'
import { badInput, type Caller, type Http, notFound } from '#platform/http/index.ts'
import type { Migration, Statement, Store } from '#platform/store/index.ts'
import type { Hold } from './retention.ts'

export const EVIDENCE_MIGRATIONS: readonly Migration[] = [
  {
    id: 'evidence-0001',
    sql: 'CREATE TABLE holds (id INTEGER PRIMARY KEY, from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL, reason TEXT NOT NULL) STRICT',
  },
]

interface Row extends Record<string, number | string> {
  id: number
  from_ms: number
  to_ms: number
  reason: string
}
const rows = (store: Pick<Store, 'read'>): readonly Row[] =>
  store.read<Row>('SELECT id, from_ms, to_ms, reason FROM holds ORDER BY from_ms')
export const loadHolds = (store: Pick<Store, 'read'>): readonly Hold[] =>
  rows(store).map(row => ({ fromMs: row.from_ms, toMs: row.to_ms, reason: row.reason }))

export interface HoldRoutesOptions {
  readonly http: Http
  readonly store: Store
  readonly clock: Clock
  audit(caller: Caller, deed: string, thing: string, note: string): Statement
}

const HoldShape = Type.Object({ id: Type.Integer(), from: Type.String(), to: Type.String(), reason: Type.String() })

export function holdRoutes({ http, store, audit }: HoldRoutesOptions): void {
  const view = (row: Row) => ({
    id: row.id,
    from: new Date(row.from_ms).toISOString(),
    to: new Date(row.to_ms).toISOString(),
    reason: row.reason,
  })
  http.route({
    method: 'GET',
    path: '/api/holds',
    right: 'read-records',
    summary: 'Held evidence',
    tag: 'records',
    answer: Type.Array(HoldShape),
    handle: () => rows(store).map(view),
  })
  http.route({
    method: 'POST',
    path: '/api/holds',
    right: 'read-records',
    summary: 'Hold what was received in this time, whatever its age',
    tag: 'records',
    body: Type.Object({ from: Type.String(), to: Type.String(), reason: Type.String({ minLength: 1, maxLength: 500 }) }),
    answer: Type.Array(HoldShape),
    status: 201,
    async handle({ body, caller }) {
      const [fromMs, toMs] = [Date.parse(body.from), Date.parse(body.to)]
      if (!(toMs >= fromMs))
        throw badInput({ ko: '기간은 ISO 8601 시각이고 끝이 시작 뒤여야 합니다', en: 'from and to are times in ISO 8601, from first' })
      await store.write([
        { sql: 'INSERT INTO holds (from_ms, to_ms, reason) VALUES (?, ?, ?)', values: [fromMs, toMs, body.reason] },
        audit(caller, 'evidence.hold', `${body.from} – ${body.to}`, body.reason),
      ])
      return rows(store).map(view)
    },
  })
  http.route({
    method: 'DELETE',
    path: '/api/holds/:id',
    right: 'read-records',
    summary: 'Let held evidence go',
    tag: 'records',
    params: Type.Object({ id: Type.Integer() }),
    async handle({ params, caller }) {
      const row = rows(store).find(one => one.id === params.id)
      if (!row) throw notFound({ ko: `보전 ${params.id}`, en: `hold ${params.id}` })
      await store.write([
        { sql: 'DELETE FROM holds WHERE id = ?', values: [params.id] },
        audit(caller, 'evidence.release', `${row.from_ms} – ${row.to_ms}`, row.reason),
      ])
    },
  })
}
