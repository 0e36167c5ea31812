// Brings a store up to date: each room's migrations run once, in order, and are remembered with the hash of their text. A store from a newer version, or one
// whose past was written differently, is refused.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

export interface Migration {
  /** Room and number: `alerts-0001`. */
  readonly id: string
  readonly sql: string
}

const hashOf = (sql: string): string => createHash('sha256').update(sql.replace(/\s+/g, ' ').trim()).digest('hex').slice(0, 16)

/**
 * Runs what is not done yet, each as one transaction with its own record: killed anywhere, a migration is done or not begun, and the next opening goes on.
 * `onDone` hears of each. Throws a sentence that names the file and the migration when it cannot be done.
 */
export function migrate(file: string, migrations: readonly Migration[], onDone: (id: string) => void = () => {}): void {
  const database = new DatabaseSync(file)
  try {
    prepareFile(database, file)
    for (const { id, sql } of toDo(database, file, migrations)) {
      database.exec('BEGIN IMMEDIATE')
      database.exec(sql)
      database.prepare('INSERT INTO migrations (id, hash) VALUES (?, ?)').run(id, hashOf(sql))
      database.exec('COMMIT')
      onDone(id)
    }
  } finally {
    database.close()
  }
}

/** What `migrate` would do, without doing it. Throws as it does. */
export function pendingMigrations(file: string, migrations: readonly Migration[]): readonly string[] {
  if (!existsSync(file)) return migrations.map(one => one.id)
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const isBegun = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").all().length > 0
    return (isBegun ? toDo(database, file, migrations) : migrations).map(one => one.id)
  } finally {
    database.close()
  }
}

function toDo(database: DatabaseSync, file: string, migrations: readonly Migration[]): readonly Migration[] {
  const done = new Map(
    database
      .prepare('SELECT id, hash FROM migrations')
      .all()
      .map(row => [String(row.id), String(row.hash)]),
  )
  const known = new Set(migrations.map(one => one.id))
  for (const id of done.keys())
    if (!known.has(id)) throw new Error(`${file} was written by a newer version (it knows ${id}); use that version, or another data folder`)
  return migrations.filter(({ id, sql }) => {
    const before = done.get(id)
    if (before !== undefined && before !== hashOf(sql))
      throw new Error(`${file} was made by another text of ${id}; the store and this version do not belong together`)
    return before === undefined
  })
}

function prepareFile(database: DatabaseSync, file: string): void {
  try {
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE IF NOT EXISTS migrations (id TEXT PRIMARY KEY, hash TEXT NOT NULL) STRICT',
    )
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(`${file} cannot be used: ${why}; restore it from a backup, or use another data folder`)
  }
}
