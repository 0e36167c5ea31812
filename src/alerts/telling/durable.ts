// What telling and its outbox stand on: writes that are tried until the disk takes them, and tasks of one thing done one after another.
import type { Clock } from '#base/index.ts'
import type { Log } from '#platform/log/index.ts'
import type { Statement, Store } from '#platform/store/index.ts'

/** Tasks of the same id run one after another. */
export function createTurns() {
  const turns = new Map<string, Promise<unknown>>()
  return {
    inTurn<T>(id: string, task: () => Promise<T>): Promise<T> {
      const turn = (turns.get(id) ?? Promise.resolve()).then(task, task)
      turns.set(id, turn)
      const over = (): void => {
        if (turns.get(id) === turn) turns.delete(id)
      }
      turn.then(over, over)
      return turn
    },
    /** Those under way. */
    all: (): readonly Promise<unknown>[] => [...turns.values()],
  }
}

export interface SureWritesOptions {
  readonly store: Pick<Store, 'write'>
  readonly clock: Clock
  readonly log: Log
  readonly againMs: number
  /** Begins the line of the log. */
  readonly what: string
  isClosed(): boolean
}

/** On the disk, however often it refuses; throws only once closed. */
export const sureWrites =
  ({ store, clock, log, againMs, what, isClosed }: SureWritesOptions) =>
  async (statements: readonly Statement[]): Promise<void> => {
    for (let times = 0; ; times++) {
      try {
        return await store.write(statements)
      } catch (error) {
        if (isClosed()) throw error
        if (times === 0) log.error(`${what}: ${error instanceof Error ? error.message : error}`)
        await new Promise<void>(done => clock.after(againMs, done))
      }
    }
  }
