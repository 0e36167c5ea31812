// DuckDB over the archive's files. Given file names, not patterns; threads and memory capped. One connection, asked in turn.
import { existsSync } from 'node:fs'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'

const MEMORY = '512MB'
const THREADS = 2

/** Files to ask, or how to list them: a merge may take a piece away between listing and reading it. */
export type Files = readonly string[] | (() => readonly string[])

export interface TrackDatabase {
  /**
   * Rows as arrays, in the order of the columns asked for. `from` in the SQL stands for the files; without files the answer is empty. A damaged file is told
   * once, passed over from then on, and hides nothing of the others.
   */
  rows(files: Files, sql: (from: string) => string): Promise<readonly (readonly number[])[]>
  /** The same in chunks of columns, for long answers. */
  stream(files: readonly string[], sql: (from: string) => string, take: (columns: readonly (readonly number[])[]) => void): Promise<void>
  /** Which of these cannot be read; told as above. */
  damagedOf(files: readonly string[]): Promise<readonly string[]>
  close(): void
}

export interface TrackDatabaseOptions {
  onDamaged?(file: string, why: string): void
}

export async function openTrackDatabase(options: TrackDatabaseOptions = {}): Promise<TrackDatabase> {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(THREADS), memory_limit: MEMORY })
  const connection: DuckDBConnection = await instance.connect()
  const damaged = new Set<string>()
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work, work)
    turn = mine.catch(() => undefined)
    return mine
  }
  const ask = async (files: readonly string[], sql: (from: string) => string): Promise<readonly (readonly number[])[]> => {
    if (files.length === 0) return []
    const reader = await connection.runAndReadAll(sql(fromOf(files)))
    return reader.getRows().map(row => row.map(plain))
  }
  /** One by one, to know which it is. A file that is gone meanwhile is no damage. */
  const findDamaged = async (files: readonly string[], sql: (from: string) => string): Promise<readonly string[]> => {
    const found: string[] = []
    for (const file of files) {
      try {
        await ask([file], sql)
      } catch (error) {
        if (!existsSync(file)) continue
        found.push(file)
        damaged.add(file)
        options.onDamaged?.(file, error instanceof Error ? error.message : String(error))
      }
    }
    return found
  }
  return {
    rows: (files, sql) =>
      inTurn(async () => {
        const list = (): readonly string[] => (typeof files === 'function' ? files() : files).filter(file => !damaged.has(file))
        const listed = list()
        try {
          return await ask(listed, sql)
        } catch {
          // Listed anew: what was merged meanwhile stands in its hour's file.
          const again = list()
          try {
            return await ask(again, sql)
          } catch (error) {
            if ((await findDamaged(again, sql)).length === 0) throw error
            return ask(list(), sql)
          }
        }
      }),
    stream: (files, sql, take) =>
      files.length === 0
        ? Promise.resolve()
        : inTurn(async () => {
            const result = await connection.stream(sql(fromOf(files)))
            for (;;) {
              const chunk = await result.fetchChunk()
              if (!chunk || chunk.rowCount === 0) return
              take(chunk.getColumns().map(column => column.map(plain)))
            }
          }),
    damagedOf: files => inTurn(() => findDamaged(files, from => `SELECT sum(hash(COLUMNS(*))::DOUBLE) FROM ${from}`)),
    close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

const fromOf = (files: readonly string[]): string => `read_parquet([${files.map(file => `'${file.replaceAll("'", "''")}'`).join(',')}])`
const plain = (value: unknown): number => (typeof value === 'number' ? value : Number(value))
