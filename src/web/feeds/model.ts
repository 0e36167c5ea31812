export interface FeedView {
  readonly name: string
  readonly url: string
  readonly kind: string
  readonly network: string
  readonly state: 'ok' | 'late' | 'silent' | 'paused'
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
