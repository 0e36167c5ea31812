// Durable rows: audit rows (with their hash chain) in group commit, each acknowledged only after its commit is synced.
import { join } from 'node:path'
import { ACCESS_MIGRATIONS, auditStatement } from '#access/index.ts'
import { openStore } from '#platform/store/index.ts'
import { temporaryFolder } from '../src/testkit/product.ts'
import type { Bench } from './bench.ts'

const ROWS = 200_000
/** Rows under way at once: as many people and detectors at the same moment. */
const AT_ONCE = 5000

export const bench: Bench = {
  name: 'store',
  question: 'how many audit rows a second are kept, each answered after the sync?',
  async run() {
    const folder = temporaryFolder()
    const store = await openStore({ file: join(folder.path, 'store.db'), migrations: ACCESS_MIGRATIONS })
    try {
      const begun = performance.now()
      for (let n = 0; n < ROWS; n += AT_ONCE) {
        await Promise.all(
          Array.from({ length: AT_ONCE }, (_, k) =>
            store.write([auditStatement({ atMs: n + k, who: 'bench', deed: 'row', thing: String(k) })]),
          ),
        )
      }
      const seconds = (performance.now() - begun) / 1000
      const single: number[] = []
      for (let n = 0; n < 200; n++) {
        const at = performance.now()
        await store.write([auditStatement({ atMs: n, who: 'bench', deed: 'alone', thing: '' })])
        single.push(performance.now() - at)
      }
      single.sort((a, b) => a - b)
      return [
        {
          name: 'audit rows in group commit',
          value: ROWS / seconds,
          unit: 'rows/s',
          size: `${ROWS} rows, ${store.figures().commits} commits`,
          goal: '≥ 50,000',
        },
        { name: 'one row alone, p50', value: single[100] ?? Number.NaN, unit: 'ms' },
        { name: 'one row alone, p99', value: single[198] ?? Number.NaN, unit: 'ms' },
      ]
    } finally {
      await store.close()
      folder.remove()
    }
  },
}
