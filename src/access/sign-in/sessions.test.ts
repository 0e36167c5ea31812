import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Clock, epochMs } from '#base/index.ts'
import { openStore, type Store } from '#platform/store/index.ts'
import { temporaryFolder } from '#testkit/product.ts'
import { ACCESS_MIGRATIONS } from '../migrations.ts'
import { createSessions, type Sessions } from './sessions.ts'
import { SIGN_IN_MIGRATIONS } from './store.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
const BY = { who: 'test', why: 'test' }
let nowMs: number
let folder: ReturnType<typeof temporaryFolder>
let store: Store
let sessions: Sessions
const clock: Clock = { now: () => epochMs(nowMs), every: () => () => {}, after: () => () => {} }
const start = (): Sessions => createSessions({ store, clock, lastsMs: 14 * HOUR_MS, idleMs: 15 * MINUTE_MS })
const opened = (person = 'kim', more: object = {}) =>
  sessions.open({ person, ways: ['password'], agent: 'browser', address: '10.0.0.1', ...more })

beforeEach(async () => {
  nowMs = Date.UTC(2026, 10, 24, 9)
  folder = temporaryFolder()
  store = await openStore({ file: join(folder.path, 'store.db'), migrations: [...ACCESS_MIGRATIONS, ...SIGN_IN_MIGRATIONS] })
  await store.write(
    ['kim', 'lee'].map(id => ({
      sql: "INSERT INTO people (id, login_name, name, organisation, kind, is_active, created_ms) VALUES (?, ?, ?, 'hq', 'person', 1, 0)",
      values: [id, id, id],
    })),
  )
  sessions = start()
})
afterEach(async () => {
  await store.close()
  folder.remove()
})

test('a session is found by its token, after a restart too, and the store does not know the token', async () => {
  const { token, session } = await opened('kim', { desk: '자리 3' })
  sessions = start()
  expect(sessions.byToken(token)).toMatchObject({ id: session.id, person: 'kim', desk: '자리 3' })
  expect(sessions.byToken(`${token}x`)).toBeUndefined()
  expect(JSON.stringify(store.read('SELECT * FROM sessions'))).not.toContain(token)
  expect(JSON.stringify(store.read('SELECT * FROM audit'))).not.toContain(token)
})

test('a session ends with the watch, whatever is done in it', async () => {
  const { token } = await opened()
  for (let hour = 0; hour < 14; hour++) {
    expect(sessions.byToken(token)).toBeDefined()
    nowMs += HOUR_MS
  }
  expect(sessions.byToken(token)).toBeUndefined()
  expect(sessions.of('kim')).toEqual([])
})

test('one that was ended is nobody’s, after a restart too; of the others of that person all end but the one that is kept', async () => {
  const [one, two, three, other] = [await opened(), await opened(), await opened(), await opened('lee')]
  await sessions.end(one.session.id, BY)
  expect(sessions.byToken(one.token)).toBeUndefined()
  await sessions.endAllOf('kim', BY, two.session.id)
  sessions = start()
  expect([one, two, three, other].map(({ token }) => sessions.byToken(token)?.person)).toEqual([undefined, 'kim', undefined, 'lee'])
})

test('a desk at which nobody works locks by itself and unlocks by its own; a lock outlives a restart, a wall screen never locks', async () => {
  const { session } = await opened()
  const wall = await opened('lee', { key: 'k-1' })
  nowMs += 14 * MINUTE_MS
  sessions.active(session)
  nowMs += 14 * MINUTE_MS
  expect(sessions.isLocked(session)).toBe(false)
  nowMs += 2 * MINUTE_MS
  expect([sessions.isLocked(session), sessions.isLocked(wall.session)]).toEqual([true, false])
  // Whoever only moves the pointer does not unlock it.
  sessions.active(session)
  expect(sessions.isLocked(session)).toBe(true)
  await sessions.unlock(session)
  expect(sessions.isLocked(session)).toBe(false)
  await sessions.lock(session)
  sessions = start()
  expect(sessions.of('kim').map(one => sessions.isLocked(one))).toEqual([true])
})

test('beginnings, locks and ends are in the trail with their session', async () => {
  const { session } = await opened()
  await sessions.lock(session)
  await sessions.unlock(session)
  await sessions.end(session.id, { who: 'admin', session: 's-of-admin', why: 'ended-by-administrator' })
  const rows = store.read<{ who: string; deed: string; session: string; note: string }>(
    'SELECT who, deed, session, note FROM audit ORDER BY n',
  )
  expect(rows).toEqual([
    { who: 'kim', deed: 'sign-in', session: session.id, note: 'password · 10.0.0.1' },
    { who: 'kim', deed: 'session.lock', session: session.id, note: '' },
    { who: 'kim', deed: 'session.unlock', session: session.id, note: '' },
    { who: 'admin', deed: 'session.end', session: 's-of-admin', note: 'kim · ended-by-administrator' },
  ])
})
