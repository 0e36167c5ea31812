// DuckDB over the archive's files. Given file names, not patterns; threads and memory capped. One connection, asked in turn.
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'

const MEMORY = '512MB'
const THREADS = 2

export interface TrackDatabase {
  /** Rows as arrays, in the order of the columns asked for. `from` in the SQL stands for the files; without files the answer is empty. */
  rows(files: readonly string[], sql: (from: string) => string): Promise<readonly (readonly number[])[]>
  /** The same in chunks of columns, for long answers. */
  stream(files: readonly string[], sql: (from: string) => string, take: (columns: readonly (readonly number[])[]) => void): Promise<void>
  close(): void
}

export async function openTrackDatabase(): Promise<TrackDatabase> {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(THREADS), memory_limit: MEMORY })
  const connection: DuckDBConnection = await instance.connect()
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work, work)
    turn = mine.catch(() => undefined)
    return mine
  }
  const fromOf = (files: readonly string[]): string => `read_parquet([${files.map(file => `'${file.replaceAll("'", "''")}'`).join(',')}])`
  const plain = (value: unknown): number => (typeof value === 'number' ? value : Number(value))
  return {
    rows: (files, sql) =>
      files.length === 0
        ? Promise.resolve([])
        : inTurn(async () => {
            const reader = await connection.runAndReadAll(sql(fromOf(files)))
            return reader.getRows().map(row => row.map(plain))
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
    close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}
