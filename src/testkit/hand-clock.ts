// A clock that a test moves by hand; what is due is called in its order.
import { type Clock, epochMs } from '#base/index.ts'

export interface HandClock extends Clock {
  /** Moves on, calling what falls due at its own time. */
  move(byMs: number): void
  /** How many wait. */
  waiting(): number
}

export function createHandClock(startMs = Date.UTC(2026, 10, 24, 0)): HandClock {
  let nowMs = startMs
  let count = 0
  const due = new Map<number, { atMs: number; everyMs?: number; task: () => void }>()
  const add = (atMs: number, task: () => void, everyMs?: number) => {
    const key = count++
    due.set(key, { atMs, task, ...(everyMs === undefined ? {} : { everyMs }) })
    return () => void due.delete(key)
  }
  return {
    now: () => epochMs(nowMs),
    every: (everyMs, task) => add(nowMs + everyMs, task, everyMs),
    after: (afterMs, task) => add(nowMs + afterMs, task),
    move(byMs) {
      const end = nowMs + byMs
      for (;;) {
        const [next] = [...due].filter(([, one]) => one.atMs <= end).sort(([m, a], [n, b]) => a.atMs - b.atMs || m - n)
        if (!next) break
        const [key, one] = next
        nowMs = Math.max(nowMs, one.atMs)
        if (one.everyMs === undefined) due.delete(key)
        else one.atMs += one.everyMs
        one.task()
      }
      nowMs = end
    },
    waiting: () => due.size,
  }
}
