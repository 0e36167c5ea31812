// Commands pressed while the line is down wait here and show "보내는 중"; each carries an id of its own, so that sending it twice does it once. It either
// happens or says why not: nothing is lost by the screen (ui.md §1.6).
import { createStore, type Store } from './store.ts'

export interface Deed {
  readonly id: string
  /** What it is about, so that its card can show that it waits: an alarm's id, a ship's number. */
  readonly about: string
  readonly send: (id: string) => Promise<void>
}

export interface Outbox {
  readonly waiting: Store<readonly Deed[]>
  /** Resolves when it happened; rejects when the server refused it (not when the line is down: then it waits). */
  put(about: string, send: (id: string) => Promise<void>): Promise<void>
  /** Tries what waits again; called when the line is back and every few seconds. */
  flush(): Promise<void>
}

/** A failure of the line, not of the deed: try again. */
export class LineDown extends Error {}

export function createOutbox(newId: () => string): Outbox {
  const waiting = createStore<readonly Deed[]>([])
  const settles = new Map<string, { done: () => void; fail: (reason: unknown) => void }>()
  let isFlushing = false
  const drop = (deed: Deed): void => waiting.set(list => list.filter(other => other !== deed))

  async function flush(): Promise<void> {
    if (isFlushing) return
    isFlushing = true
    try {
      for (const deed of waiting.get()) {
        const settle = settles.get(deed.id)
        try {
          await deed.send(deed.id)
          settle?.done()
        } catch (reason) {
          if (reason instanceof LineDown) return
          settle?.fail(reason)
        }
        settles.delete(deed.id)
        drop(deed)
      }
    } finally {
      isFlushing = false
    }
    if (waiting.get().length > 0) await flush()
  }

  return {
    waiting,
    flush,
    put(about, send) {
      const deed: Deed = { id: newId(), about, send }
      const outcome = new Promise<void>((done, fail) => settles.set(deed.id, { done, fail }))
      waiting.set(list => [...list, deed])
      void flush()
      return outcome
    },
  }
}
