// Who has proved anew, in which session and when: some deeds (a report signed, a factor taken away) ask for that within minutes. In memory alone: after a restart one is asked again.
import type { Caller, Clock } from '#base/index.ts'

export interface StepUp {
  /** The session's person has just shown their second factor (or what they have). */
  confirm(session: string): void
  /** `withinMs`: no longer ago than this. A key proves nothing anew. */
  isConfirmed(caller: Caller, withinMs: number): boolean
}

/** Longer ago than any deed accepts. */
const KEPT_MS = 3_600_000

export function createStepUp(clock: Pick<Clock, 'now'>): StepUp {
  const confirmed = new Map<string, number>()
  return {
    confirm(session) {
      for (const [one, atMs] of confirmed) if (clock.now() - atMs > KEPT_MS) confirmed.delete(one)
      confirmed.set(session, clock.now())
    },
    isConfirmed({ session }, withinMs) {
      const atMs = confirmed.get(session ?? '')
      return atMs !== undefined && clock.now() - atMs <= Math.min(withinMs, KEPT_MS)
    },
  }
}
