// A store that is only read: for commands beside a running product and after kill -9. A folder without a store is an empty one; an older one is read from a copy brought up to
// date, so that nothing of the folder changes.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type Migration, migrate } from './migrations.ts'
import type { SqlValue, Store } from './store.ts'

/** Throws a sentence when the file is no store, or of a newer version. */
export function readStore(file: string, migrations: readonly Migration[]): Store {
  let copy: string | undefined
  let database: DatabaseSync
  try {
    if (existsSync(file) && isOfThisVersion(file, migrations)) database = openQuietly(file)
    else {
      copy = mkdtempSync(join(tmpdir(), 'mangru-read-'))
      const own = join(copy, 'store.db')
      if (existsSync(file)) copyInto(file, own)
      migrate(own, migrations)
      database = openQuietly(own)
    }
  } catch (error) {
    if (copy !== undefined) rmSync(copy, { recursive: true, force: true })
    throw error
  }
  return {
    write: () => Promise.reject(new Error(`${file} is only read here`)),
    read: <Row extends Record<string, SqlValue>>(sql: string, values: readonly SqlValue[] = []) =>
      database.prepare(sql).all(...values) as unknown as readonly Row[],
    figures: () => ({ commits: 0, statements: 0, waiting: 0 }),
    close() {
      database.close()
      if (copy !== undefined) rmSync(copy, { recursive: true, force: true })
      return Promise.resolve()
    },
  }
}

/** One picture of the store for all questions: what the product writes meanwhile is not seen. */
function openQuietly(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { readOnly: true })
  database.exec('PRAGMA busy_timeout = 5000; BEGIN')
  return database
}

function isOfThisVersion(file: string, migrations: readonly Migration[]): boolean {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const done = database.prepare('SELECT id FROM migrations').all()
    return done.length === migrations.length && migrations.every(one => done.some(row => row.id === one.id))
  } catch (error) {
    throw new Error(`${file} cannot be read: ${error instanceof Error ? error.message : error}`)
  } finally {
    database.close()
  }
}

function copyInto(file: string, own: string): void {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    database.prepare('VACUUM INTO ?').run(own)
  } finally {
    database.close()
  }
}
