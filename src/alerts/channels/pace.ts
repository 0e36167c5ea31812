// How fast a channel may hand over: so many a second, evenly, and not at all for a while after the other side has said that it is too much.
import type { Clock } from '#base/index.ts'

const FIRST_HOLD_MS = 500
const LONGEST_HOLD_MS = 8000
/** Held back this often without one that went: whoever waits is told. */
const MAX_HOLDS = 6

export interface Pace {
  /** True: one may go now. False: `onMay` will be called. */
  take(): boolean
  /** One went: the next hold is a short one again. */
  went(): void
  /** Too much: wait, longer each time. True: too often now. */
  hold(): boolean
  close(): void
}

export function createPace(clock: Clock, perSecond: number, onMay: () => void): Pace {
  const burst = Math.max(1, perSecond / 10)
  let allowance = burst
  let atMs: number = clock.now()
  let holdUntilMs = 0
  let holds = 0
  let cancel: (() => void) | undefined
  let isClosed = false
  const later = (waitMs: number): void => {
    if (isClosed || cancel) return
    cancel = clock.after(Math.max(1, Math.ceil(waitMs)), () => {
      cancel = undefined
      onMay()
    })
  }
  return {
    take() {
      const now = clock.now()
      if (now < holdUntilMs) {
        later(holdUntilMs - now)
        return false
      }
      allowance = Math.min(burst, allowance + ((now - atMs) * perSecond) / 1000)
      atMs = now
      // A hair below one counts as one: times are whole milliseconds.
      if (allowance < 0.999) {
        later(((1 - allowance) * 1000) / perSecond)
        return false
      }
      allowance -= 1
      return true
    },
    went() {
      holds = 0
    },
    hold() {
      // Several of one window come back together: they are one hold.
      if (clock.now() < holdUntilMs) return false
      holds++
      holdUntilMs = clock.now() + Math.min(FIRST_HOLD_MS * 2 ** (holds - 1), LONGEST_HOLD_MS)
      return holds > MAX_HOLDS
    },
    close() {
      isClosed = true
      cancel?.()
    },
  }
}
