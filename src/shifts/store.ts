// SQL of the room and nothing else. The database itself refuses to change a line after its minute, to change a signed sheet, and to remove either: triggers stand below
// whatever the code above them does. Lines of the demo alone may go.
import type { Migration, SqlValue, Statement, Store } from '#platform/store/index.ts'
import { EDITABLE_MS, type HandOver, type LogLine } from './schema.ts'

export const SHIFTS_MIGRATIONS: readonly Migration[] = [
  {
    id: 'shifts-0001',
    sql: `CREATE TABLE duty_log (
      n INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      at_ms INTEGER NOT NULL,
      taken_ms INTEGER NOT NULL,
      edited_ms INTEGER NOT NULL,
      kind TEXT NOT NULL,
      is_hand INTEGER NOT NULL,
      corrects TEXT,
      body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX duty_log_at ON duty_log (at_ms, n);
    CREATE INDEX duty_log_kind ON duty_log (kind, at_ms);
    CREATE UNIQUE INDEX duty_log_corrects ON duty_log (corrects) WHERE corrects IS NOT NULL;
    CREATE TABLE duty_log_books (
      organisation TEXT NOT NULL,
      at_ms INTEGER NOT NULL,
      line INTEGER NOT NULL,
      PRIMARY KEY (organisation, at_ms, line)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER duty_log_is_fixed BEFORE UPDATE ON duty_log
      WHEN NEW.edited_ms > OLD.taken_ms + ${EDITABLE_MS} OR NEW.edited_ms <= OLD.edited_ms OR NEW.id <> OLD.id OR NEW.at_ms <> OLD.at_ms
        OR NEW.taken_ms <> OLD.taken_ms OR NEW.is_hand <> OLD.is_hand OR OLD.is_hand = 0
      BEGIN SELECT RAISE(ABORT, 'a line of the duty log is fixed'); END;
    CREATE TRIGGER duty_log_stays BEFORE DELETE ON duty_log WHEN OLD.id NOT LIKE 'demo-%'
      BEGIN SELECT RAISE(ABORT, 'a line of the duty log stays'); END;
    CREATE TABLE hand_overs (
      id TEXT PRIMARY KEY,
      organisation TEXT NOT NULL,
      ends_ms INTEGER NOT NULL,
      state TEXT NOT NULL,
      hash TEXT,
      body TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX hand_overs_of ON hand_overs (organisation, ends_ms);
    CREATE TRIGGER hand_over_is_fixed BEFORE UPDATE ON hand_overs WHEN OLD.state = 'done'
      BEGIN SELECT RAISE(ABORT, 'a signed hand-over is fixed'); END;
    CREATE TRIGGER hand_over_stays BEFORE DELETE ON hand_overs WHEN OLD.state = 'done' AND json_extract(OLD.body, '$.from.roster') NOT LIKE 'demo-%'
      BEGIN SELECT RAISE(ABORT, 'a signed hand-over stays'); END`,
  },
  {
    // The daily report asks for the sheets of all organisations in a span: without this, through all of them.
    id: 'shifts-0002',
    sql: 'CREATE INDEX hand_overs_ends ON hand_overs (ends_ms)',
  },
]

type Read = Pick<Store, 'read'>
/** `all`, or the organisations whose books may be seen. */
export type Whose = 'all' | Iterable<string>

interface Row extends Record<string, SqlValue> {
  n: number
  body: string
}
export const insertLine = (line: LogLine): readonly Statement[] => [
  {
    sql: 'INSERT INTO duty_log (id, at_ms, taken_ms, edited_ms, kind, is_hand, corrects, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    values: [
      line.id,
      line.atMs,
      line.takenAtMs,
      line.takenAtMs,
      line.kind,
      line.isByHand ? 1 : 0,
      line.corrects ?? null,
      JSON.stringify(line),
    ],
  },
  ...line.organisations.map(organisation => ({
    sql: 'INSERT OR IGNORE INTO duty_log_books (organisation, at_ms, line) SELECT ?, at_ms, n FROM duty_log WHERE id = ?',
    values: [organisation, line.id],
  })),
]
export const editLine = (line: LogLine, atMs: number): Statement => ({
  sql: 'UPDATE duty_log SET edited_ms = max(?, edited_ms + 1), body = ? WHERE id = ?',
  values: [atMs, JSON.stringify(line), line.id],
})

export const lineById = (store: Read, id: string): LogLine | undefined =>
  store.read<{ body: string }>('SELECT body FROM duty_log WHERE id = ?', [id]).map((row): LogLine => JSON.parse(row.body))[0]
export const isWritten = (store: Read, id: string): boolean => store.read('SELECT n FROM duty_log WHERE id = ?', [id]).length > 0
export const correctionOf = (store: Read, id: string): string | undefined =>
  store.read<{ id: string }>('SELECT id FROM duty_log WHERE corrects = ?', [id])[0]?.id

export interface LogQuery {
  readonly whose: Whose
  readonly fromMs: number
  readonly toMs: number
  readonly source?: 'hand' | 'machine'
  readonly kinds?: readonly string[]
  /** The newest so many. */
  readonly limit?: number
}

/** Oldest first. */
export function linesBetween(store: Read, { whose, fromMs, toMs, source, kinds, limit = 100_000 }: LogQuery): readonly LogLine[] {
  const values: SqlValue[] = []
  const mine = whose === 'all' ? undefined : [...whose]
  if (mine) values.push(JSON.stringify(mine), fromMs, toMs)
  values.push(fromMs, toMs)
  if (kinds) values.push(JSON.stringify(kinds))
  const rows = store.read<Row>(
    `SELECT n, body FROM duty_log WHERE ${
      mine
        ? 'n IN (SELECT line FROM duty_log_books WHERE organisation IN (SELECT value FROM json_each(?)) AND at_ms >= ? AND at_ms < ?) AND '
        : ''
    }at_ms >= ? AND at_ms < ?${source ? ` AND is_hand = ${source === 'hand' ? 1 : 0}` : ''}${
      kinds ? ' AND kind IN (SELECT value FROM json_each(?))' : ''
    } ORDER BY at_ms DESC, n DESC LIMIT ?`,
    [...values, limit],
  )
  return rows.map((row): LogLine => JSON.parse(row.body)).reverse()
}

/** The newest machine line of a kind: where catching up begins. */
export const newestMachineMs = (store: Read): number | undefined =>
  store.read<{ ms: number }>("SELECT taken_ms AS ms FROM duty_log WHERE is_hand = 0 AND id NOT LIKE 'demo-%' ORDER BY n DESC LIMIT 1")[0]
    ?.ms

export const saveHandOver = (sheet: HandOver, hash?: string): Statement => ({
  sql: `INSERT INTO hand_overs (id, organisation, ends_ms, state, hash, body) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET state = excluded.state, hash = excluded.hash, body = excluded.body`,
  values: [sheet.id, sheet.organisation, sheet.from.toMs, sheet.state, hash ?? null, JSON.stringify(sheet)],
})
const sheets = (rows: readonly { readonly body: string }[]): readonly HandOver[] => rows.map((row): HandOver => JSON.parse(row.body))
export const handOverById = (store: Read, id: string): HandOver | undefined =>
  sheets(store.read<{ body: string }>('SELECT body FROM hand_overs WHERE id = ?', [id]))[0]
/** Of watches that end in [from, to), oldest first. */
export const handOversBetween = (store: Read, fromMs: number, toMs: number): readonly HandOver[] =>
  sheets(
    store.read<{ body: string }>('SELECT body FROM hand_overs WHERE ends_ms >= ? AND ends_ms < ? ORDER BY ends_ms, id', [fromMs, toMs]),
  )
/** The newest sheets of an organisation. */
export const handOversOf = (store: Read, organisation: string, limit: number): readonly HandOver[] =>
  sheets(
    store.read<{ body: string }>('SELECT body FROM hand_overs WHERE organisation = ? ORDER BY ends_ms DESC LIMIT ?', [organisation, limit]),
  )
