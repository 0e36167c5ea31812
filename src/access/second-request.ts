// A deed that waits for a second officer, as it is kept.
import type { Thing } from '#base/index.ts'

export type SecondState = 'asked' | 'approved' | 'done' | 'failed' | 'refused' | 'withdrawn' | 'expired' | 'interrupted'

export interface SecondRequest {
  readonly number: number
  readonly deed: string
  /** Who knows how to do it, and with what. */
  readonly performer: string
  readonly input: unknown
  readonly thing: Thing
  /** Who asks. */
  readonly who: string
  readonly session: string
  readonly reason: string
  readonly askedAtMs: number
  readonly expiresAtMs: number
  readonly state: SecondState
  readonly second?: string
  readonly decidedAtMs?: number
  /** What the second officer said, or why it failed. */
  readonly note?: string
  /** What the deed gave. */
  readonly result?: unknown
}
