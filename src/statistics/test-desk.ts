// For tests: a store of its own and the statistics on it, counting in this thread. Nothing here is part of the running product.
import { join } from 'node:path'
import { ACCESS_MIGRATIONS, seedOrganisations } from '#access/index.ts'
import { ALERTS_MIGRATIONS } from '#alerts/index.ts'
import { type Clock, epochMs } from '#base/index.ts'
import { INCIDENTS_MIGRATIONS } from '#incidents/index.ts'
import { openStore, type SqlValue, type Store } from '#platform/store/index.ts'
import { STATISTICS_MIGRATIONS } from './migrations.ts'
import type { Counting } from './questions.ts'
import { createReader } from './reader.ts'
import type { MeasureDefinition } from './schema.ts'
import type { Source } from './sources/index.ts'
import { createStatistics, type Statistics } from './statistics.ts'
import { ORGANISATION_TREE } from './test-tree.ts'

export interface TestDesk {
  readonly store: Store
  readonly clock: Clock & { nowMs: number }
  readonly statistics: Statistics
  sql<Row extends Record<string, SqlValue>>(sql: string, values?: readonly SqlValue[]): readonly Row[]
  close(): Promise<void>
}

/** Tasks run at once when time is moved by hand; `after` runs in the next turn. */
export function handClock(nowMs: number): Clock & { nowMs: number; tick(): void } {
  const tasks = new Set<() => void>()
  const clock = {
    nowMs,
    now: () => epochMs(clock.nowMs),
    every: (_everyMs: number, task: () => void) => {
      tasks.add(task)
      return (): void => {
        tasks.delete(task)
      }
    },
    after: (_afterMs: number, task: () => void) => {
      const timer = setImmediate(task)
      return () => clearImmediate(timer)
    },
    tick: () => {
      for (const task of tasks) task()
    },
  }
  return clock
}

export const sameThread = (store: Store): Counting => {
  const reader = createReader(store)
  return {
    count: async (...asked) => reader.count(...asked),
    records: async (...asked) => reader.records(...asked),
    made: async limit => reader.made(limit),
    kept: async span => reader.kept(span),
    readAhead: async (source, day) => reader.readAhead(source, day),
    isSame: async (source, day) => reader.isSame(source, day),
    close: async () => {},
  }
}

export async function openDesk(
  directory: string,
  options: { readonly sources?: readonly Source[]; readonly own?: readonly MeasureDefinition[]; readonly nowMs?: number } = {},
): Promise<TestDesk> {
  const store = await openStore({
    file: join(directory, 'store.db'),
    migrations: [...ACCESS_MIGRATIONS, ...INCIDENTS_MIGRATIONS, ...ALERTS_MIGRATIONS, ...STATISTICS_MIGRATIONS],
  })
  await seedOrganisations(store)
  const clock = handClock(options.nowMs ?? Date.UTC(2026, 10, 24, 5))
  const statistics = createStatistics({
    store,
    clock,
    counting: sameThread(store),
    organisations: () => ORGANISATION_TREE,
    ownMeasure: id => options.own?.find(one => one.id === id),
    ...(options.sources ? { sources: options.sources } : {}),
    onFault: sentence => {
      throw new Error(sentence)
    },
  })
  return {
    store,
    clock,
    statistics,
    sql: (sql, values) => store.read(sql, values),
    async close() {
      await statistics.settled()
      await store.close()
    },
  }
}
