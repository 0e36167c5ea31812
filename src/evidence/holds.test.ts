// Holds over the doors: placed with a reason, listed with who and when, ended with a reason; all of it in the audit trail.
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type Caller, type Clock, EVERYTHING, epochMs } from '#base/index.ts'
import { createHttp } from '#platform/http/index.ts'
import { openStore } from '#platform/store/index.ts'
import { temporaryFolder } from '../testkit/product.ts'
import { EVIDENCE_MIGRATIONS, holdRoutes, loadHolds } from './index.ts'

const NOW = Date.UTC(2026, 10, 24, 3)
const clock: Clock = { now: () => epochMs(NOW), every: () => () => {}, after: () => () => {} }
const KIM: Caller = { id: 'kim', name: '김', kind: 'person', appointments: [] }
const closing: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function doors() {
  const folder = temporaryFolder()
  const store = await openStore({
    file: join(folder.path, 'store.db'),
    migrations: [...EVIDENCE_MIGRATIONS, { id: 'test-0001', sql: 'CREATE TABLE trail (words TEXT NOT NULL) STRICT' }],
  })
  const http = await createHttp({
    host: '127.0.0.1',
    port: 0,
    version: '',
    decide: () => ({ outcome: 'granted', caller: KIM, grant: EVERYTHING }),
    contentSecurityPolicy: '',
    files: [],
  })
  closing.push(
    () => folder.remove(),
    () => store.close(),
    () => http.close(),
  )
  holdRoutes({
    http,
    store,
    clock,
    nameOf: id => (id === 'kim' ? '김' : undefined),
    audit: (caller, deed, thing, note) => ({
      sql: 'INSERT INTO trail (words) VALUES (?)',
      values: [[caller.id, deed, thing, note].join(' | ')],
    }),
  })
  const bound = await http.listen()
  if (!bound.ok) throw new Error(bound.reason)
  const ask = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${bound.value}${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
  }
  return { ask, store, trail: () => store.read<{ words: string }>('SELECT words FROM trail').map(row => row.words) }
}
const HOLD = { from: '2026-11-23T00:00:00+09:00', to: '2026-11-23T06:00:00Z', reason: ' 사건 7 ' }

test('a hold says what, why, who and when, exempts that time, and is let go with a reason; each step is in the trail', async () => {
  const { ask, store, trail } = await doors()
  const placed = await ask('POST', '/api/holds', HOLD)
  expect(placed).toMatchObject({
    status: 201,
    body: [
      {
        from: '2026-11-22T15:00:00.000Z',
        to: '2026-11-23T06:00:00.000Z',
        reason: '사건 7',
        placedBy: 'kim',
        placedByName: '김',
        placedAt: '2026-11-24T03:00:00.000Z',
      },
    ],
  })
  expect(loadHolds(store)).toEqual([{ fromMs: Date.UTC(2026, 10, 22, 15), toMs: Date.UTC(2026, 10, 23, 6), reason: '사건 7' }])
  const { id } = placed.body[0]
  expect(await ask('DELETE', `/api/holds/${id}`)).toMatchObject({ status: 400 })
  expect(await ask('DELETE', `/api/holds/${id}?reason=%20`)).toMatchObject({ status: 400 })
  expect(await ask('DELETE', `/api/holds/${id}?reason=${encodeURIComponent('재판 종결')}`)).toMatchObject({ status: 204 })
  expect(await ask('DELETE', `/api/holds/${id}?reason=again`)).toMatchObject({ status: 404 })
  expect((await ask('GET', '/api/holds')).body).toEqual([])
  const span = '2026-11-23 00:00:00 ~ 2026-11-23 15:00:00 KST'
  expect(trail()).toEqual([`kim | evidence.hold | ${span} | 사건 7`, `kim | evidence.release | ${span} | 사건 7 → 재판 종결`])
})

test('the same hold sent again is one hold and one line of the trail', async () => {
  const { ask, trail } = await doors()
  await ask('POST', '/api/holds', HOLD)
  expect((await ask('POST', '/api/holds', HOLD)).body).toHaveLength(1)
  expect(trail()).toHaveLength(1)
})

test.each([
  ['an end before its begin', { ...HOLD, to: '2026-11-22T00:00:00Z' }],
  ['a time that is none', { ...HOLD, from: 'yesterday' }],
  ['no reason', { ...HOLD, reason: '   ' }],
  ['a reason longer than a page', { ...HOLD, reason: 'x'.repeat(501) }],
  ['nothing', {}],
])('a hold with %s is refused and not kept', async (_what, body) => {
  const { ask, store } = await doors()
  expect((await ask('POST', '/api/holds', body)).status).toBe(400)
  expect(loadHolds(store)).toEqual([])
})
