// The thread that looks at uploaded files, so that a large photo never holds up the picture of the sea.
import { parentPort } from 'node:worker_threads'
import { examine, type Order } from './examine.ts'

parentPort?.on('message', ({ n, order }: { readonly n: number; readonly order: Order }) => {
  try {
    parentPort?.postMessage({ n, outcome: examine(order) })
  } catch (error) {
    parentPort?.postMessage({
      n,
      error: error instanceof Error ? error.message : String(error),
      isDisk: error instanceof Error && 'syscall' in error,
    })
  }
})
