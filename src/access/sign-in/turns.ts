// Costly work a few at a time, in turn: known callers before strangers. A queue that is full refuses; who is refused may come again.

export class TooMany extends Error {}

export interface Turns {
  take<T>(work: () => Promise<T>, isFirst: boolean): Promise<T>
}

export function createTurns(atOnce: number, mostWaiting: number): Turns {
  const first: (() => void)[] = []
  const others: (() => void)[] = []
  let running = 0
  const next = (): void => {
    while (running < atOnce) {
      const begin = first.shift() ?? others.shift()
      if (!begin) return
      running++
      begin()
    }
  }
  return {
    async take(work, isFirst) {
      const queue = isFirst ? first : others
      // Strangers cannot take the places of those we know.
      if (queue.length >= mostWaiting) throw new TooMany(`${mostWaiting} wait already`)
      await new Promise<void>(done => {
        queue.push(done)
        next()
      })
      try {
        return await work()
      } finally {
        running--
        next()
      }
    },
  }
}
