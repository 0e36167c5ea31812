// sheets: tables as XLSX files, written in a thread of their own.
import { Worker } from 'node:worker_threads'
import type { Table } from './table.ts'

export type { CellValue, Table } from './table.ts'

/** One sheet a table; `above` stands over each. */
export function tablesXlsx(tables: readonly Table[], above: readonly string[]): Promise<Buffer> {
  return new Promise((done, fail) => {
    const thread = new Worker(new URL('./sheet-thread.ts', import.meta.url), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      workerData: { tables, above },
    })
    thread.once('message', (bytes: Uint8Array) => done(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)))
    thread.once('error', fail)
    thread.once('exit', code => fail(new Error(`the thread that writes the sheet ended with ${code}`)))
  })
}
