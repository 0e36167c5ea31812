// Storm control, for each officer: in ten minutes so many messages and then one that counts the rest. Critical ones go out at once, and keep room for themselves: ordinary ones stop
// before the ten are used up. Pure.

export const WINDOW_MS = 600_000
/** Most messages to one person in the window while fewer than four of them are critical. */
export const MOST_IN_WINDOW = 10
/** Ordinary ones stop here; then one counts. */
const ORDINARY_MOST = 5
const COUNT_MOST = 6
/** So many critical situations in ten minutes are read on the screen or not at all: the rest is counted, once a minute. */
const CRITICAL_MOST = 30
const GATHER_MS = 15_000
const CRITICAL_GATHER_MS = 5000
const CRITICAL_EVERY_MS = 60_000

/** Times of what went to one person, oldest first. */
export type Sent = readonly number[]

export const inWindow = (sent: Sent, nowMs: number): Sent => sent.filter(atMs => atMs > nowMs - WINDOW_MS)
/** A critical alarm goes to each person at once, the first time; told again to who has it already, it is one of the ordinary ones. */
export const mayGo = (sent: Sent, level: number, isRepeat: boolean, nowMs: number): boolean =>
  inWindow(sent, nowMs).length < (level <= 1 && !isRepeat ? CRITICAL_MOST : ORDINARY_MOST)

/** That something is over leaves room for what begins. */
const CLOSING_MOST = 3
export const mayTellEnd = (sent: Sent, nowMs: number): boolean => inWindow(sent, nowMs).length < CLOSING_MOST

export interface Held {
  readonly sinceMs: number
  readonly hasCritical: boolean
  readonly lastCountMs?: number
}

/** Whether the message that counts goes out now. */
export function isCountDue(sent: Sent, held: Held, nowMs: number): boolean {
  if (nowMs - held.sinceMs < (held.hasCritical ? CRITICAL_GATHER_MS : GATHER_MS)) return false
  if (held.hasCritical && nowMs - (held.lastCountMs ?? 0) >= CRITICAL_EVERY_MS) return true
  const { length } = inWindow(sent, nowMs)
  return length < COUNT_MOST || (length < MOST_IN_WINDOW && nowMs - (held.lastCountMs ?? Number.NEGATIVE_INFINITY) >= WINDOW_MS)
}
