// The store as it is at one moment, while the product goes on writing: a read transaction holds that moment (SQLite's WAL keeps it for us), and SQLite's own backup
// copies it page by page. The copy is one file without a log beside it.
import { existsSync } from 'node:fs'
import { backup, DatabaseSync } from 'node:sqlite'

const PAGES_AT_ONCE = 2000

export interface PinnedStore {
  /** Newest row of the audit trail at that moment; 0 where there is none. */
  readonly auditRows: number
  readonly auditHead: string
  readonly atMs: number
  copyTo(path: string, onPages: (done: number, total: number) => void): Promise<void>
  release(): void
}

/** Undefined where there is no store yet. Throws what SQLite says. */
export function pinStore(file: string, nowMs: () => number): PinnedStore | undefined {
  if (!existsSync(file)) return undefined
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5000 })
  // The moment is the first read's, not BEGIN's.
  database.exec('BEGIN')
  const hasTrail = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'audit'").all().length > 0
  const atMs = nowMs()
  const row = hasTrail ? database.prepare('SELECT n, hash FROM audit ORDER BY n DESC LIMIT 1').get() : undefined
  return {
    auditRows: Number(row?.n ?? 0),
    auditHead: String(row?.hash ?? ''),
    atMs,
    async copyTo(path, onPages) {
      await backup(database, path, {
        rate: PAGES_AT_ONCE,
        progress: ({ totalPages, remainingPages }) => onPages(totalPages - remainingPages, totalPages),
      })
      makeSingle(path)
    },
    release: () => database.close(),
  }
}

/** One file, whole, with nothing beside it; throws when SQLite finds a fault in it. */
function makeSingle(path: string): void {
  const copy = new DatabaseSync(path)
  try {
    copy.exec('PRAGMA journal_mode = DELETE')
    const [verdict] = copy.prepare('PRAGMA quick_check(1)').all()
    if (verdict?.quick_check !== 'ok') throw new Error(`the copy of the store is damaged: SQLite says ${String(verdict?.quick_check)}`)
  } finally {
    copy.close()
  }
}
