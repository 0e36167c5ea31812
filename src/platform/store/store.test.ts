import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { temporaryFolder } from '#testkit/product.ts'
import { openStore, type Store } from './index.ts'

const MIGRATIONS = [{ id: 'test-0001', sql: 'CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT' }]
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
