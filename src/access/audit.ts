// The audit trail: who did what, when, to what. A row of a deed is in the same transaction as the deed. Each row carries the hash of the one before (worked
// out inside the transaction), and the newest hash goes to the ledger, so that neither a changed nor a missing row stays unseen.
import { createHash } from 'node:crypto'
import type { Migration, Statement, Store } from '#platform/store/index.ts'

export const ACCESS_MIGRATIONS: readonly Migration[] = [
  {
    id: 'access-0001',
    sql: `CREATE TABLE audit (
      n INTEGER PRIMARY KEY,
      at_ms INTEGER NOT NULL,
      who TEXT NOT NULL,
      deed TEXT NOT NULL,
      thing TEXT NOT NULL,
      note TEXT NOT NULL,
      hash TEXT NOT NULL
    ) STRICT`,
  },
]

export interface Deed {
  readonly atMs: number
  readonly who: string
  /** What was done: `alarm.acknowledge`, `area.save`, `evidence.read` … */
  readonly deed: string
  /** To what: an alarm's id, an MMSI, a feed's name. */
  readonly thing: string
  readonly note?: string
}

const textOf = (deed: Deed): string => JSON.stringify([deed.atMs, deed.who, deed.deed, deed.thing, deed.note ?? ''])

/** The statement that adds the deed to the trail; to be written with what was done. */
export const auditStatement = (deed: Deed): Statement => ({
  sql: `INSERT INTO audit (at_ms, who, deed, thing, note, hash) VALUES (?, ?, ?, ?, ?, chain((SELECT hash FROM audit ORDER BY n DESC LIMIT 1), ?))`,
  values: [deed.atMs, deed.who, deed.deed, deed.thing, deed.note ?? '', textOf(deed)],
})

export interface AuditEntry extends Deed {
  readonly n: number
}

interface Row extends Record<string, string | number> {
  n: number
  at_ms: number
  who: string
  deed: string
  thing: string
  note: string
  hash: string
}

const entryOf = (row: Row): AuditEntry => ({
  n: row.n,
  atMs: row.at_ms,
  who: row.who,
  deed: row.deed,
  thing: row.thing,
  ...(row.note ? { note: row.note } : {}),
})

/** Newest first; `before` pages on. */
export function readAudit(
  store: Pick<Store, 'read'>,
  { before, limit = 200 }: { readonly before?: number; readonly limit?: number } = {},
): readonly AuditEntry[] {
  return store.read<Row>('SELECT * FROM audit WHERE n < ? ORDER BY n DESC LIMIT ?', [before ?? Number.MAX_SAFE_INTEGER, limit]).map(entryOf)
}

export function auditHead(store: Pick<Store, 'read'>): { readonly n: number; readonly hash: string } | undefined {
  const [row] = store.read<Row>('SELECT n, hash FROM audit ORDER BY n DESC LIMIT 1')
  return row ? { n: row.n, hash: row.hash } : undefined
}

/** The number of the first row that does not follow from the one before, and why; undefined when the chain is whole. */
export function verifyAudit(store: Pick<Store, 'read'>): {
  readonly rows: number
  readonly bad?: { readonly n: number; readonly why: string }
} {
  let hash = ''
  let rows = 0
  for (let after = 0; ; ) {
    const page = store.read<Row>('SELECT * FROM audit WHERE n > ? ORDER BY n LIMIT 5000', [after])
    for (const row of page) {
      if (row.n !== rows + 1) return { rows, bad: { n: row.n, why: `row ${rows + 1} is missing` } }
      hash = createHash('sha256')
        .update(`${hash}\n${textOf(entryOf(row))}`)
        .digest('hex')
      if (hash !== row.hash) return { rows, bad: { n: row.n, why: 'its hash does not follow from its words and the row before' } }
      rows++
      after = row.n
    }
    if (page.length === 0) return { rows }
  }
}
