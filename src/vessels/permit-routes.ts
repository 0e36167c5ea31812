// Permits to lie alongside (bunkering): this barge at this ship within this time. Detectors of meetings ask for them.
import { Type } from 'typebox'
import { auditStatement, authorOf } from '#access/index.ts'
import type { Clock } from '#base/index.ts'
import { badInput, type Http, notFound } from '#platform/http/index.ts'
import type { Store } from '#platform/store/index.ts'
import type { Control, Permit } from './pass-contract.ts'

interface Row extends Record<string, number> {
  id: number
  barge: number
  ship: number
  from_ms: number
  to_ms: number
}

const rows = (store: Pick<Store, 'read'>): readonly Row[] =>
  store.read<Row>('SELECT id, barge, ship, from_ms, to_ms FROM permits ORDER BY to_ms DESC')

export const loadPermits = (store: Pick<Store, 'read'>): readonly Permit[] =>
  rows(store).map(row => ({ barge: row.barge, ship: row.ship, fromMs: row.from_ms, toMs: row.to_ms }))

const Mmsi = Type.Integer({ minimum: 1, maximum: 999_999_999 })
const PermitBody = Type.Object({
  barge: Mmsi,
  ship: Mmsi,
  from: Type.String({ description: 'ISO 8601' }),
  to: Type.String({ description: 'ISO 8601' }),
})
const PermitShape = Type.Object({ id: Type.Integer(), barge: Mmsi, ship: Mmsi, from: Type.String(), to: Type.String() })

export function permitRoutes({
  http,
  store,
  clock,
  decide,
}: {
  readonly http: Http
  readonly store: Store
  readonly clock: Clock
  decide(entry: Control): void
}): void {
  const view = (row: Row) => ({
    id: row.id,
    barge: row.barge,
    ship: row.ship,
    from: new Date(row.from_ms).toISOString(),
    to: new Date(row.to_ms).toISOString(),
  })
  const tell = (): void => decide({ control: 'permits', permits: loadPermits(store) })

  http.route({
    method: 'GET',
    path: '/api/permits',
    deed: 'areas.look',
    summary: 'Permits to lie alongside',
    tag: 'permits',
    answer: Type.Array(PermitShape),
    handle: () => rows(store).map(view),
  })
  http.route({
    method: 'POST',
    path: '/api/permits',
    deed: 'permits.change',
    summary: 'Permit a barge to lie at a ship within a time',
    tag: 'permits',
    body: PermitBody,
    answer: PermitShape,
    status: 201,
    async handle({ body, caller }) {
      const [fromMs, toMs] = [Date.parse(body.from), Date.parse(body.to)]
      if (Number.isNaN(fromMs) || Number.isNaN(toMs))
        throw badInput({ ko: '기간은 ISO 8601 시각이어야 합니다', en: 'from and to are times in ISO 8601' })
      if (toMs <= fromMs) throw badInput({ ko: '끝나는 때가 시작보다 앞섭니다', en: 'it ends before it begins' })
      if (body.barge === body.ship) throw badInput({ ko: '급유선과 대상 선박이 같습니다', en: 'barge and ship are the same' })
      await store.write([
        { sql: 'INSERT INTO permits (barge, ship, from_ms, to_ms) VALUES (?, ?, ?, ?)', values: [body.barge, body.ship, fromMs, toMs] },
        auditStatement({
          atMs: clock.now(),
          ...authorOf(caller),
          deed: 'permit.add',
          thing: `${body.barge} ↔ ${body.ship}`,
          note: `${body.from} – ${body.to}`,
        }),
      ])
      tell()
      const made = rows(store).find(
        row => row.barge === body.barge && row.ship === body.ship && row.from_ms === fromMs && row.to_ms === toMs,
      )
      return made && view(made)
    },
  })
  http.route({
    method: 'DELETE',
    path: '/api/permits/:id',
    deed: 'permits.change',
    summary: 'Withdraw a permit',
    tag: 'permits',
    params: Type.Object({ id: Type.Integer() }),
    async handle({ params, caller }) {
      const row = rows(store).find(one => one.id === params.id)
      if (!row) throw notFound({ ko: `허가 ${params.id}`, en: `permit ${params.id}` })
      await store.write([
        { sql: 'DELETE FROM permits WHERE id = ?', values: [params.id] },
        auditStatement({ atMs: clock.now(), ...authorOf(caller), deed: 'permit.remove', thing: `${row.barge} ↔ ${row.ship}` }),
      ])
      tell()
    },
  })
}
