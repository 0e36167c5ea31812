import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { temporaryFolder } from '#testkit/product.ts'
import { openStore, type Store } from './index.ts'

const MIGRATIONS = [
  {
    id: 'test-0001',
    sql: 'CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT',
  },
]
const INSERT = 'INSERT INTO notes (id, words) VALUES (?, ?)'
const folders: { remove(): void }[] = []
const stores: Store[] = []

async function open(file: string, migrations = MIGRATIONS): Promise<Store> {
  const store = await openStore({ file, migrations })
  stores.push(store)
  return store
}
function newFile(): string {
  const folder = temporaryFolder()
  folders.push(folder)
  return join(folder.path, 'store.db')
}
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close()
  for (const folder of folders.splice(0)) folder.remove()
})

test('what was written is read back, also by the next opening', async () => {
  const file = newFile()
  const first = await open(file)
  await first.write([{ sql: INSERT, values: [1, '진입'] }])
  expect(first.read('SELECT words FROM notes')).toEqual([{ words: '진입' }])
  await stores.pop()?.close()
  expect((await open(file)).read('SELECT id, words FROM notes')).toEqual([{ id: 1, words: '진입' }])
})

test('transactions written together share commits, and a bad one spoils nobody else’s', async () => {
  const store = await open(newFile())
  const outcomes = await Promise.allSettled(
    Array.from({ length: 100 }, (_, n) => store.write([{ sql: INSERT, values: [n === 50 ? 1 : n, 'x'] }])),
  )
  expect(outcomes.filter(one => one.status === 'rejected')).toHaveLength(1)
  expect(store.read('SELECT count(*) AS n FROM notes')).toEqual([{ n: 99 }])
  expect(store.figures().commits).toBeLessThan(10)
})

test('a transaction is kept whole or not at all', async () => {
  const store = await open(newFile())
  await expect(
    store.write([
      { sql: INSERT, values: [1, 'a'] },
      { sql: INSERT, values: [1, 'b'] },
    ]),
  ).rejects.toThrow(/UNIQUE/)
  expect(store.read('SELECT * FROM notes')).toEqual([])
})

test('a store from a newer version is refused by name', async () => {
  const file = newFile()
  await open(file, [...MIGRATIONS, { id: 'test-0002', sql: 'CREATE TABLE more (id INTEGER) STRICT' }])
  await stores.pop()?.close()
  await expect(open(file)).rejects.toThrow(/newer version.*test-0002/)
})

test('a full disk rejects with the reason, is told once it begins and once it ends, and spoils nothing that was kept', async () => {
  const faults: (string | undefined)[] = []
  const store = await openStore({
    file: newFile(),
    migrations: MIGRATIONS,
    onFault: sentence => faults.push(sentence),
  })
  stores.push(store)
  await store.write([{ sql: INSERT, values: [1, 'kept'] }])
  // SQLite's own limit stands in for the disk: the same error code, SQLITE_FULL.
  await store.write([{ sql: 'PRAGMA max_page_count = 40' }])
  const big = 'x'.repeat(50_000)
  const outcomes: string[] = []
  for (let n = 2; n < 12; n++)
    outcomes.push(
      await store.write([{ sql: INSERT, values: [n, big] }]).then(
        () => 'kept',
        error => String(error.message),
      ),
    )
  expect(outcomes[0]).toBe('kept')
  expect(outcomes.at(-1)).toMatch(/full/)
  expect(faults).toEqual([expect.stringMatching(/full/)])
  expect(store.read('SELECT count(*) AS n FROM notes')).toEqual([{ n: 1 + outcomes.filter(one => one === 'kept').length }])
  await store.write([{ sql: 'PRAGMA max_page_count = 100000' }])
  await store.write([{ sql: INSERT, values: [99, big] }])
  expect(faults).toEqual([expect.stringMatching(/full/), undefined])
})

test('with a full disk, those who share a commit with one that fits nowhere are answered each for itself', async () => {
  const store = await open(newFile())
  await store.write([{ sql: 'PRAGMA max_page_count = 40' }])
  const outcomes = await Promise.allSettled([
    store.write([{ sql: INSERT, values: [1, 'small'] }]),
    store.write([{ sql: INSERT, values: [2, 'x'.repeat(500_000)] }]),
    store.write([{ sql: INSERT, values: [3, 'small'] }]),
  ])
  const kept = outcomes.flatMap((one, n) => (one.status === 'fulfilled' ? [n + 1] : []))
  expect(outcomes[1]?.status).toBe('rejected')
  expect(store.read<{ id: number }>('SELECT id FROM notes ORDER BY id').map(row => row.id)).toEqual(kept)
})

test('a migration that fails leaves the store as it was, and a changed one is refused by name', async () => {
  const file = newFile()
  const bad = [
    ...MIGRATIONS,
    {
      id: 'test-0002',
      sql: 'CREATE TABLE more (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1)',
    },
  ]
  await expect(open(file, bad)).rejects.toThrow(/nowhere/)
  const good = [...MIGRATIONS, { id: 'test-0002', sql: 'CREATE TABLE more (id INTEGER) STRICT' }]
  await open(file, good)
  await stores.pop()?.close()
  const other = [...MIGRATIONS, { id: 'test-0002', sql: 'CREATE TABLE more (id TEXT) STRICT' }]
  await expect(open(file, other)).rejects.toThrow(/another text of test-0002/)
})

test('a file that is no store is refused with its name', async () => {
  const file = newFile()
  writeFileSync(file, 'this is no database at all'.repeat(100))
  await expect(open(file)).rejects.toThrow(/store\.db.*not a database/)
})

test('references between rows are watched', async () => {
  const store = await open(newFile(), [
    {
      id: 'test-0001',
      sql: 'CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT; CREATE TABLE b (a INTEGER NOT NULL REFERENCES a(id)) STRICT',
    },
  ])
  await expect(store.write([{ sql: 'INSERT INTO b (a) VALUES (7)' }])).rejects.toThrow(/FOREIGN KEY/)
})

test('closing waits for what was asked, may be done twice, and what comes after is refused', async () => {
  const file = newFile()
  const store = await openStore({ file, migrations: MIGRATIONS })
  const writing = Promise.all(Array.from({ length: 50 }, (_, n) => store.write([{ sql: INSERT, values: [n, 'x'] }])))
  await Promise.all([store.close(), store.close()])
  await writing
  await expect(store.write([{ sql: INSERT, values: [100, 'late'] }])).rejects.toThrow(/closed/)
  expect((await open(file)).read('SELECT count(*) AS n FROM notes')).toEqual([{ n: 50 }])
})
