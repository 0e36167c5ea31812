// The room's thread: a reading connection of its own, so that counting five years never makes the live picture wait.
import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import type { SqlValue } from '#platform/store/index.ts'
import type { Asked, Told } from './questions.ts'
import { createReader } from './reader.ts'

const database = new DatabaseSync(workerData.file, { readOnly: true })
database.exec('PRAGMA busy_timeout = 5000; PRAGMA cache_size = -64000')
const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>()
const reader = createReader({
  read<Row extends Record<string, SqlValue>>(sql: string, values: readonly SqlValue[] = []): readonly Row[] {
    let statement = prepared.get(sql)
    if (!statement) {
      statement = database.prepare(sql)
      prepared.set(sql, statement)
    }
    return statement.all(...values) as Row[]
  },
})

/** One view of the store for all that a question looks at. */
function inOneView<T>(task: () => T): T {
  database.exec('BEGIN')
  try {
    return task()
  } finally {
    database.exec('COMMIT')
  }
}

function answer(asked: Asked): Told {
  const { id } = asked
  try {
    switch (asked.kind) {
      case 'count':
        return { id, counted: inOneView(() => reader.count(asked.source, asked.spans, asked.wanted)) }
      case 'records':
        return { id, records: inOneView(() => reader.records(asked.source, asked.span, asked.wanted, asked.limit, asked.after)) }
      case 'made':
        return { id, made: inOneView(() => reader.made(asked.limit)) }
      case 'kept':
        return { id, kept: inOneView(() => reader.kept(asked.span)) }
      case 'ahead':
        inOneView(() => reader.readAhead(asked.source, asked.day))
        return { id }
      case 'same':
        return { id, isSame: inOneView(() => reader.isSame(asked.source, asked.day)) }
    }
  } catch (error) {
    return { id, fault: error instanceof Error ? error.message : String(error) }
  }
}

parentPort?.on('message', (asked: Asked | 'close') => {
  if (asked === 'close') {
    database.close()
    parentPort?.close()
    return
  }
  parentPort?.postMessage(answer(asked))
})
