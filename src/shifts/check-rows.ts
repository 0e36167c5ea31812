// What must hold of the room's rows: each line of the log and each signed sheet has the hash that the audit trail says it has. A line changed behind the product's back is
// found and named.
import type { Store } from '#platform/store/index.ts'
import { lineHash, sheetHash } from './hash.ts'
import type { HandOver, LogLine } from './schema.ts'

const PAGE = 2000
/** A line is audited in the transaction that writes it: within this, by the clock. */
const AUDITED_WITHIN_MS = 60_000
const DEEDS = "('log.write', 'log.correct', 'log.edit')"

interface Row extends Record<string, number | string> {
  readonly n: number
  readonly id: string
  readonly body: string
  readonly taken_ms: number
  readonly edited_ms: number
}

/** Says what is there; throws the first fault. */
export function checkShifts(store: Pick<Store, 'read'>): string {
  let lines = 0
  for (let after = 0; ; ) {
    const rows = store.read<Row>('SELECT n, id, body, taken_ms, edited_ms FROM duty_log WHERE n > ? ORDER BY n LIMIT ?', [after, PAGE])
    const audited = auditedOf(store, rows)
    for (const row of rows) {
      const line: LogLine = JSON.parse(row.body)
      if (audited.get(row.id) !== lineHash(line))
        throw new Error(`line ${row.id} of the duty log is not what the audit trail says was written`)
      lines++
      after = row.n
    }
    if (rows.length < PAGE) break
  }
  const sheets = store.read<{ id: string; hash: string; body: string }>("SELECT id, hash, body FROM hand_overs WHERE state = 'done'")
  for (const row of sheets) {
    const sheet: HandOver = JSON.parse(row.body)
    const [audited] = store.read<{ note: string }>(
      "SELECT note FROM audit WHERE deed = 'hand-over.sign-in' AND thing = ? ORDER BY n DESC LIMIT 1",
      [row.id],
    )
    const hash = sheetHash(sheet)
    if (hash !== row.hash || hash !== audited?.note || hash !== sheet.incoming?.hash)
      throw new Error(`hand-over ${row.id} is not what was signed`)
  }
  return `${lines} lines of the duty log, ${sheets.length} signed hand-overs`
}

/** The newest hash that the trail has of each line. A look at the time they were written; one that is not found there is looked for everywhere. */
function auditedOf(store: Pick<Store, 'read'>, rows: readonly Row[]): ReadonlyMap<string, string> {
  const times = rows.flatMap(({ taken_ms, edited_ms }) => [taken_ms, edited_ms])
  // The plus: by time, not by deed, whose rows are most of the trail.
  const found = store.read<{ thing: string; note: string }>(
    `SELECT thing, note FROM audit WHERE +deed IN ${DEEDS} AND at_ms BETWEEN ? AND ? AND thing IN (SELECT value FROM json_each(?)) ORDER BY n`,
    [Math.min(...times) - AUDITED_WITHIN_MS, Math.max(...times) + AUDITED_WITHIN_MS, JSON.stringify(rows.map(({ id }) => id))],
  )
  const hashes = new Map(found.map(({ thing, note }) => [thing, note]))
  for (const { id } of rows) {
    if (hashes.has(id)) continue
    const [one] = store.read<{ note: string }>(`SELECT note FROM audit WHERE deed IN ${DEEDS} AND thing = ? ORDER BY n DESC LIMIT 1`, [id])
    if (one) hashes.set(id, one.note)
  }
  return hashes
}
