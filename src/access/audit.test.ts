import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type Store } from '#platform/store/index.ts'
import { temporaryFolder } from '#testkit/product.ts'
import { AUDIT_MIGRATIONS, auditHead, auditRowOf, auditStatement, countAudit, readAudit, verifyAudit } from './audit.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
const file = () => join(folder.path, 'store.db')
beforeEach(async () => {
  folder = temporaryFolder()
  store = await openStore({ file: file(), migrations: AUDIT_MIGRATIONS })
})
afterEach(async () => {
  await store.close()
  folder.remove()
})
const ROWS = [
  { atMs: 1000, who: 'kim', deed: 'person.look', thing: 'p-1', note: '사건 7' },
  { atMs: 2000, who: 'lee', deed: 'alarm.acknowledge', thing: 'alarm-1', session: 's-1' },
  { atMs: 3000, who: 'kim', deed: 'refused', thing: 'evidence.export', note: '100% _sure' },
  { atMs: 4000, who: 'lee', deed: 'session.begin', thing: 'lee', session: 's-2' },
  { atMs: 5000, who: 'kim', deed: 'personal', thing: 'x', session: 's-3', second: 'lee' },
]
const fill = () => store.write(ROWS.map(auditStatement))

test.each([
  [{}, [5, 4, 3, 2, 1]],
  [{ who: ['kim'] }, [5, 3, 1]],
  [{ who: [] }, []],
  [{ deed: 'person' }, [1]],
  [{ deed: 'alarm.acknowledge' }, [2]],
  [{ thing: 'alarm-1' }, [2]],
  [{ kind: 'look' as const }, [1]],
  [{ kind: 'refused' as const }, [3]],
  [{ kind: 'sign-in' as const }, [4]],
  [{ kind: 'change' as const }, [5, 2]],
  [{ fromMs: 2000, toMs: 4000 }, [3, 2]],
  [{ text: '사건' }, [1]],
  [{ text: '0% _s' }, [3]],
  [{ text: '%' }, [3]],
  [{ text: 'no such', textWho: ['lee'] }, [4, 2]],
  [{ before: 3, limit: 1 }, [2]],
])('the search %j finds the rows %j', async (search, rows) => {
  await fill()
  expect(readAudit(store, search).map(row => row.n)).toEqual(rows)
})

test('rows are counted by kind', async () => {
  await fill()
  expect(countAudit(store, { who: ['kim'] })).toEqual({ all: 3, look: 1, refused: 1, 'sign-in': 0, change: 1 })
})

test('a trail written before sessions were kept goes on, and both halves are whole', async () => {
  await store.close()
  const old = join(folder.path, 'old.db')
  const before = await openStore({ file: old, migrations: AUDIT_MIGRATIONS.slice(0, 1) })
  // As version 0.1 wrote it.
  const row = JSON.stringify([1000, 'kim', 'alarm.acknowledge', 'a', ''])
  await before.write([
    {
      sql: `INSERT INTO audit (at_ms, who, deed, thing, note, hash) VALUES (1000, 'kim', 'alarm.acknowledge', 'a', '', chain((SELECT hash FROM audit ORDER BY n DESC LIMIT 1), ?))`,
      values: [row],
    },
  ])
  await before.close()
  store = await openStore({ file: old, migrations: AUDIT_MIGRATIONS })
  await fill()
  expect(verifyAudit(store)).toEqual({ rows: 6 })
})

test.each([
  ['a changed note', "UPDATE audit SET note = 'other' WHERE n = 3", 3],
  ['a changed session', "UPDATE audit SET session = '' WHERE n = 2", 2],
  ['a second officer taken out', "UPDATE audit SET second = '' WHERE n = 5", 5],
  ['a second officer moved into the session', "UPDATE audit SET session = 's-3lee', second = '' WHERE n = 5", 5],
  ['a row taken out', 'DELETE FROM audit WHERE n = 2', 3],
  ['a row put in the place of another', "UPDATE audit SET who = 'lee' WHERE n = 1", 1],
])('%s is found and named', async (_what, sql, n) => {
  await fill()
  await store.close()
  const database = new DatabaseSync(file())
  database.exec(sql)
  database.close()
  store = await openStore({ file: file(), migrations: AUDIT_MIGRATIONS })
  expect(verifyAudit(store).bad?.n).toBe(n)
})

test('the head of a day is the newest row of it, and a printed head is found by its first letters', async () => {
  await fill()
  const head = auditHead(store, 3500)
  expect(head?.n).toBe(3)
  expect(auditRowOf(store, head?.hash.slice(0, 8) ?? '')?.n).toBe(3)
  for (const wrong of ['ffffffff', 'abc', "' OR 1=1", '%%%%%%%%']) expect(auditRowOf(store, wrong)).toBeUndefined()
})
