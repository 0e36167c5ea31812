// Answers wait until what they acknowledge is on the disk: a device forgets a report once it is acknowledged. In the order of the ledger; a connection that is gone meanwhile
// is answered nothing, and sends again.
import type { Clock } from '#base/index.ts'

const LOOK_MS = 25

export interface WaitingAnswers {
  /** `lost`: the disk did not take it, whoever waits has to send again. */
  add(mark: number, send: () => void, lost?: () => void): void
  readonly count: number
  close(): void
}

export function createWaitingAnswers(
  clock: Clock,
  figures: () => { readonly syncedMark: number; readonly droppedEntries: number },
): WaitingAnswers {
  let waiting: { readonly mark: number; readonly send: () => void; readonly lost?: (() => void) | undefined }[] = []
  let dropped = figures().droppedEntries
  const giveUp = (): void => {
    const all = waiting
    waiting = []
    for (const one of all) one.lost?.()
  }
  const look = (): void => {
    if (waiting.length === 0) return
    const { syncedMark: safe, droppedEntries } = figures()
    // The disk did not take some: nobody is told that it did, whoever is not answered sends again.
    if (droppedEntries !== dropped) {
      dropped = droppedEntries
      giveUp()
      return
    }
    const until = waiting.findIndex(one => one.mark >= safe)
    const ready = until < 0 ? waiting : waiting.slice(0, until)
    waiting = until < 0 ? [] : waiting.slice(until)
    for (const one of ready) one.send()
  }
  const stop = clock.every(LOOK_MS, look)
  return {
    add: (mark, send, lost) => void waiting.push({ mark, send, lost }),
    get count() {
      return waiting.length
    },
    close() {
      look()
      stop()
      giveUp()
    },
  }
}
