// The embedded store: SQLite in a worker thread with group commit. write() resolves when its transaction is on the disk; transactions that come while a commit
// runs share the next one, each in a savepoint of its own, so that a bad one spoils nobody else's. Reads are synchronous, on a connection of this thread.
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Worker } from 'node:worker_threads'
import { type Migration, migrate } from './migrations.ts'

export type SqlValue = string | number | bigint | null | Uint8Array

export interface Statement {
  readonly sql: string
  readonly values?: readonly SqlValue[]
}

export interface Store {
  /** Runs the statements as one transaction; resolves after the commit that holds them is synced. Rejects with the reason and leaves nothing. */
  write(statements: readonly Statement[]): Promise<void>
  /** Reads in this thread; sees everything whose write() has resolved. */
  read<Row extends Record<string, SqlValue>>(sql: string, values?: readonly SqlValue[]): readonly Row[]
  figures(): {
    readonly commits: number
    readonly statements: number
    readonly waiting: number
  }
  close(): Promise<void>
}

/** The disk did not take a commit: nothing of it was done, and it may be tried again. */
export class NotKept extends Error {}

export interface StoreOptions {
  readonly file: string
  readonly migrations: readonly Migration[]
  /** Told when the disk begins to refuse (full, gone) and, with undefined, when it takes a commit again. */
  readonly onFault?: (sentence: string | undefined) => void
}

/** What the thread answers for each transaction of a commit: undefined = kept. */
export type CommitAnswer =
  | { readonly ready: true }
  | { readonly fatal: string }
  | {
      readonly reasons: readonly (string | undefined)[]
      readonly commitFault?: string
    }

interface Waiting {
  readonly statements: readonly Statement[]
  readonly done: () => void
  readonly fail: (reason: Error) => void
}

/** At most this many transactions share a commit: bounds the time anybody waits. */
const MAX_IN_COMMIT = 5000

/** Opens (and makes or brings up to date) the file. Rejects with a sentence when it cannot be used. */
export async function openStore(options: StoreOptions): Promise<Store> {
  mkdirSync(dirname(options.file), { recursive: true })
  migrate(options.file, options.migrations)
  const reader = new DatabaseSync(options.file, { readOnly: true })
  const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>()
  const worker = new Worker(new URL('./store-thread.ts', import.meta.url), {
    workerData: { file: options.file },
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  const waiting: Waiting[] = []
  let committing: Waiting[] = []
  let commits = 0
  let statements = 0
  let isFaulty = false
  let dead: Error | undefined
  let onIdle: (() => void) | undefined
  let closing: Promise<void> | undefined
  const ended = new Promise<void>(done => worker.once('exit', () => done()))

  try {
    await new Promise<void>((done, fail) => {
      worker.once('message', (answer: CommitAnswer) => ('fatal' in answer ? fail(new Error(`${options.file}: ${answer.fatal}`)) : done()))
      worker.once('error', fail)
    })
  } catch (error) {
    reader.close()
    await worker.terminate()
    throw error
  }

  const next = (): void => {
    if (committing.length > 0 || waiting.length === 0) {
      if (committing.length === 0) onIdle?.()
      return
    }
    committing = waiting.splice(0, MAX_IN_COMMIT)
    worker.postMessage(committing.map(one => one.statements))
  }
  worker.on('message', (answer: CommitAnswer) => {
    if (!('reasons' in answer)) return
    commits++
    const answered = committing
    committing = []
    if ((answer.commitFault !== undefined) !== isFaulty) {
      isFaulty = !isFaulty
      options.onFault?.(answer.commitFault)
    }
    for (const [n, one] of answered.entries()) {
      const reason = answer.reasons[n]
      if (reason === undefined) {
        statements += one.statements.length
        one.done()
      } else one.fail(answer.commitFault === undefined ? new Error(reason) : new NotKept(reason))
    }
    next()
  })
  worker.on('error', fault => {
    const error = fault instanceof Error ? fault : new Error(String(fault))
    dead = error
    for (const one of [...committing.splice(0), ...waiting.splice(0)]) one.fail(error)
    onIdle?.()
    options.onFault?.(error.message)
  })
  const close = async (): Promise<void> => {
    if (waiting.length > 0 || committing.length > 0) await new Promise<void>(done => (onIdle = done))
    worker.postMessage('close')
    await ended
    reader.close()
  }

  return {
    write: list =>
      new Promise((done, fail) => {
        if (dead) return fail(dead)
        if (closing) return fail(new Error('the store is closed'))
        waiting.push({ statements: list, done, fail })
        // One turn of the loop gathers what is written together.
        if (waiting.length === 1) setImmediate(next)
      }),
    read<Row extends Record<string, SqlValue>>(sql: string, values: readonly SqlValue[] = []): readonly Row[] {
      let statement = prepared.get(sql)
      if (!statement) {
        statement = reader.prepare(sql)
        prepared.set(sql, statement)
      }
      return statement.all(...values) as Row[]
    },
    figures: () => ({
      commits,
      statements,
      waiting: waiting.length + committing.length,
    }),
    close() {
      closing ??= close()
      return closing
    },
  }
}
