// The store's thread: one connection that writes. Each message is the transactions of one commit; the answer says for each whether it is kept.
import { createHash } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import type { CommitAnswer, Statement } from './store.ts'

const say = (answer: CommitAnswer): void => parentPort?.postMessage(answer)
const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function open(): DatabaseSync | undefined {
  try {
    const database = new DatabaseSync(workerData.file)
    // chain(previous, text): for rows that carry the hash of the one before; worked out inside the transaction, so the chain never has a gap.
    database.function('chain', { deterministic: true }, (previous, text) =>
      createHash('sha256')
        .update(`${previous ?? ''}\n${text}`)
        .digest('hex'),
    )
    // What is erased is overwritten: the law's clock means the disk, too.
    database.exec(
      'PRAGMA secure_delete = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000; PRAGMA cache_size = -16000',
    )
    return database
  } catch (error) {
    say({ fatal: sentence(error) })
    return undefined
  }
}

const database = open()
const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>()
const MAX_PREPARED = 200

function run(db: DatabaseSync, { sql, values = [] }: Statement): void {
  let statement = prepared.get(sql)
  if (!statement) {
    if (prepared.size > MAX_PREPARED) prepared.clear()
    statement = db.prepare(sql)
    prepared.set(sql, statement)
  }
  statement.run(...values)
}

/** Primary result codes that speak of the disk and not of the statement: SQLITE_READONLY, IOERR, CORRUPT, FULL. */
const DISK_CODES = [8, 10, 11, 13]
const isOfDisk = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && DISK_CODES.includes(error.errcode & 0xff)

function commit(db: DatabaseSync, transactions: readonly (readonly Statement[])[]): CommitAnswer {
  const reasons: (string | undefined)[] = []
  let diskFault: string | undefined
  try {
    db.exec('BEGIN IMMEDIATE')
    for (const statements of transactions) {
      db.exec('SAVEPOINT one')
      try {
        for (const statement of statements) run(db, statement)
        db.exec('RELEASE one')
        reasons.push(undefined)
      } catch (error) {
        // A full disk makes SQLite take the whole transaction back by itself; there is no savepoint left then.
        if (!db.isTransaction) throw error
        db.exec('ROLLBACK TO one; RELEASE one')
        reasons.push(sentence(error))
        if (isOfDisk(error)) diskFault = sentence(error)
      }
    }
    db.exec('COMMIT')
    return {
      reasons,
      ...(diskFault === undefined ? {} : { commitFault: diskFault }),
    }
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    if (transactions.length > 1) return oneByOne(db, transactions)
    return {
      reasons: [`the store could not keep it: ${sentence(error)}`],
      commitFault: sentence(error),
    }
  }
}

/** What does not fit spoils nobody else's: each gets a commit of its own. */
function oneByOne(db: DatabaseSync, transactions: readonly (readonly Statement[])[]): CommitAnswer {
  const answers = transactions.map(one => commit(db, [one]))
  const fault = answers.find(one => 'commitFault' in one && one.commitFault !== undefined)
  return {
    reasons: answers.map(one => ('reasons' in one ? one.reasons[0] : undefined)),
    ...(fault && 'commitFault' in fault && fault.commitFault !== undefined ? { commitFault: fault.commitFault } : {}),
  }
}

parentPort?.on('message', (message: readonly (readonly Statement[])[] | 'close') => {
  if (!database) return
  if (message === 'close') {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    database.close()
    parentPort?.close()
    return
  }
  say(commit(database, message))
})
if (database) say({ ready: true })
