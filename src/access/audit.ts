// The audit trail: who did what, when, to what. A row of a deed is in the same transaction as the deed. Each row carries the hash of the one before (worked
// out inside the transaction), and the newest hash goes to the ledger, so that neither a changed nor a missing row stays unseen.
import { createHash } from 'node:crypto'
import type { Caller } from '#base/index.ts'
import type { Migration, SqlValue, Statement, Store } from '#platform/store/index.ts'

export const AUDIT_MIGRATIONS: readonly Migration[] = [
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
  {
    // Rows of earlier versions have neither, and their hash is of five words as it was.
    id: 'access-0003',
    sql: `ALTER TABLE audit ADD COLUMN session TEXT NOT NULL DEFAULT '';
    ALTER TABLE audit ADD COLUMN second TEXT NOT NULL DEFAULT '';
    CREATE INDEX audit_who ON audit (who, n);
    CREATE INDEX audit_deed ON audit (deed, n);
    CREATE INDEX audit_at ON audit (at_ms, n)`,
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
  /** Session or key it was done with. */
  readonly session?: string
  /** Who agreed, where it took two. */
  readonly second?: string
}

/** Who did it, as the trail keeps it: `auditStatement({ atMs, ...authorOf(caller), deed, thing })`. */
export const authorOf = ({ id, session, second }: Caller): Pick<Deed, 'who' | 'session' | 'second'> => ({
  who: id,
  ...(session === undefined ? {} : { session }),
  ...(second === undefined ? {} : { second }),
})

const textOf = ({ atMs, who, deed, thing, note = '', session = '', second = '' }: Deed): string =>
  JSON.stringify([atMs, who, deed, thing, note, ...(session || second ? [session, second] : [])])

/** The statement that adds the deed to the trail; to be written with what was done. */
export const auditStatement = (deed: Deed): Statement => ({
  sql: `INSERT INTO audit (at_ms, who, deed, thing, note, session, second, hash)
    VALUES (?, ?, ?, ?, ?, ?, ?, chain((SELECT hash FROM audit ORDER BY n DESC LIMIT 1), ?))`,
  values: [deed.atMs, deed.who, deed.deed, deed.thing, deed.note ?? '', deed.session ?? '', deed.second ?? '', textOf(deed)],
})

export interface AuditEntry extends Deed {
  readonly n: number
}

interface Row extends Record<string, SqlValue> {
  n: number
  at_ms: number
  who: string
  deed: string
  thing: string
  note: string
  session: string
  second: string
  hash: string
}

const entryOf = (row: Row): AuditEntry => ({
  n: row.n,
  atMs: row.at_ms,
  who: row.who,
  deed: row.deed,
  thing: row.thing,
  ...(row.note ? { note: row.note } : {}),
  ...(row.session ? { session: row.session } : {}),
  ...(row.second ? { second: row.second } : {}),
})

/** What to look for; all of it must fit. */
export interface AuditSearch {
  /** Persons: only rows of these. */
  readonly who?: readonly string[]
  /** A deed, or all that begin so: `person` finds `person.look`. */
  readonly deed?: string
  readonly thing?: string
  readonly kind?: AuditKind
  readonly fromMs?: number
  readonly toMs?: number
  /** Part of thing, note or deed; or rows of `textWho`, done by them or to them. */
  readonly text?: string
  /** Persons whose name holds the text. */
  readonly textWho?: readonly string[]
}

export const AUDIT_KINDS = ['look', 'change', 'refused', 'sign-in'] as const
export type AuditKind = (typeof AUDIT_KINDS)[number]
/** `incident.look-people` and `incident.search-people` too. */
const LOOKS = "(deed LIKE '%.look' OR deed LIKE '%.read' OR deed LIKE '%.export' OR deed LIKE '%.look-%' OR deed LIKE '%.search-%')"
const SIGN_INS = "(deed LIKE 'session.%' OR deed LIKE 'sign-in%' OR deed LIKE 'sign-out%')"
const KIND_SQL: Readonly<Record<AuditKind, string>> = {
  look: LOOKS,
  refused: "deed = 'refused'",
  'sign-in': SIGN_INS,
  change: `NOT (${LOOKS} OR ${SIGN_INS} OR deed = 'refused')`,
}

const marks = (list: readonly string[]): string => `(${list.map(() => '?').join(', ')})`
const like = (words: string): string => `%${words.replace(/[\\%_]/g, letter => `\\${letter}`)}%`

function whereOf({ who, deed, thing, kind, fromMs, toMs, text, textWho = [] }: AuditSearch): {
  readonly sql: string
  readonly values: SqlValue[]
} {
  const parts: string[] = []
  const values: SqlValue[] = []
  const add = (sql: string, ...more: SqlValue[]): void => {
    parts.push(sql)
    values.push(...more)
  }
  if (who) add(who.length === 0 ? '0' : `who IN ${marks(who)}`, ...who)
  if (deed) add("(deed = ? OR deed LIKE ? ESCAPE '\\')", deed, `${like(deed).slice(1, -1)}.%`)
  if (thing) add('thing = ?', thing)
  if (kind) add(KIND_SQL[kind])
  if (fromMs !== undefined) add('at_ms >= ?', fromMs)
  if (toMs !== undefined) add('at_ms < ?', toMs)
  if (text)
    add(
      `(thing LIKE ? ESCAPE '\\' OR note LIKE ? ESCAPE '\\' OR deed LIKE ? ESCAPE '\\'${
        textWho.length > 0 ? ` OR who IN ${marks(textWho)} OR thing IN ${marks(textWho)}` : ''
      })`,
      like(text),
      like(text),
      like(text),
      ...textWho,
      ...textWho,
    )
  return { sql: parts.map(part => ` AND ${part}`).join(''), values }
}

/** Newest first; `before` pages on. */
export function readAudit(
  store: Pick<Store, 'read'>,
  { before, limit = 200, ...search }: AuditSearch & { readonly before?: number; readonly limit?: number } = {},
): readonly AuditEntry[] {
  const { sql, values } = whereOf(search)
  return store
    .read<Row>(`SELECT * FROM audit WHERE n < ?${sql} ORDER BY n DESC LIMIT ?`, [before ?? Number.MAX_SAFE_INTEGER, ...values, limit])
    .map(entryOf)
}

/** Rows after number `after` whose deed is one of these (or begins with one and a dot), oldest first: for who follows the trail. */
export function auditAfter(store: Pick<Store, 'read'>, after: number, deeds: readonly string[], limit = 1000): readonly AuditEntry[] {
  const some = deeds.map(() => "(deed = ? OR deed LIKE ? ESCAPE '\\')").join(' OR ')
  return store
    .read<Row>(`SELECT * FROM audit WHERE n > ? AND (${some}) ORDER BY n LIMIT ?`, [
      after,
      ...deeds.flatMap(deed => [deed, `${like(deed).slice(1, -1)}.%`]),
      limit,
    ])
    .map(entryOf)
}
/** The number of the last row before a moment: where following begins. */
export const auditNumberAt = (store: Pick<Store, 'read'>, atMs: number): number =>
  store.read<{ n: number | null }>('SELECT max(n) AS n FROM audit WHERE at_ms < ?', [atMs])[0]?.n ?? 0

/** How many rows of each kind fit, for a person or a span; at most `MAX_COUNTED` are counted. */
export function countAudit(store: Pick<Store, 'read'>, search: Omit<AuditSearch, 'kind'>): Readonly<Record<AuditKind | 'all', number>> {
  const { sql, values } = whereOf(search)
  const [row] = store.read<Record<'n_all' | 'look' | 'refused' | 'sign', number>>(
    `SELECT count(*) AS n_all, total(${LOOKS}) AS look, total(deed = 'refused') AS refused, total(${SIGN_INS}) AS sign
     FROM (SELECT deed FROM audit WHERE 1${sql} ORDER BY n DESC LIMIT ${MAX_COUNTED})`,
    values,
  )
  const { n_all = 0, look = 0, refused = 0, sign = 0 } = row ?? {}
  return { all: n_all, look, refused, 'sign-in': sign, change: n_all - look - refused - sign }
}
const MAX_COUNTED = 100_000

/** The newest row, or the newest up to a moment: the hash printed at the foot of the daily report. */
export function auditHead(store: Pick<Store, 'read'>, atMs?: number): { readonly n: number; readonly hash: string } | undefined {
  const [row] =
    atMs === undefined
      ? store.read<Row>('SELECT n, hash FROM audit ORDER BY n DESC LIMIT 1')
      : store.read<Row>('SELECT n, hash FROM audit WHERE at_ms <= ? ORDER BY at_ms DESC, n DESC LIMIT 1', [atMs])
  return row ? { n: row.n, hash: row.hash } : undefined
}

/** The row with this hash (or one that begins so, from eight letters on): a head printed on paper is a row of this trail. */
export function auditRowOf(store: Pick<Store, 'read'>, head: string): AuditEntry | undefined {
  if (!/^[0-9a-f]{8,64}$/.test(head)) return undefined
  return store.read<Row>('SELECT * FROM audit WHERE hash LIKE ? ORDER BY n LIMIT 1', [`${head}%`]).map(entryOf)[0]
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
