export interface FeedView {
  readonly name: string
  readonly url: string
  readonly kind: string
  readonly network: string
  readonly state: 'ok' | 'late' | 'silent' | 'paused' | 'ended'
  readonly perSecond: number
  readonly lastAtMs?: number
  readonly latencyMs?: number
  readonly sentences: number
  readonly bad: number
  readonly badBy: readonly (readonly [string, number])[]
  /** Sentences a minute of the last hour, oldest first. */
  readonly lastHour: readonly number[]
  readonly samples: readonly { readonly atMs?: number; readonly reason: string; readonly line: string }[]
  readonly stations: readonly { readonly name: string; readonly lastAtMs?: number; readonly perMinute: number }[]
  readonly trouble?: string
  readonly isDemo: boolean
}

export interface FeedTest {
  readonly ok: boolean
  readonly said: string
  readonly lines: readonly string[]
}

/** A coast station forwards within seconds; minutes are a clock that is wrong (or a recording). Satellites bring what is hours old. */
const OFF_MS = 5 * 60_000
export const clockIsOff = ({ latencyMs = 0, network, state }: Pick<FeedView, 'latencyMs' | 'network' | 'state'>): boolean =>
  latencyMs >= OFF_MS && network === 'coast' && state !== 'ended'
