// What the header needs to know of the server.
export interface FeedLight {
  readonly name: string
  readonly label: string
  readonly state: 'ok' | 'late' | 'silent' | 'paused'
  readonly perSecond: number
  readonly lastAtMs?: number
}

export interface ServerStatus {
  readonly version: string
  readonly isDemo: boolean
  readonly ships: number
  readonly feeds: readonly FeedLight[]
  /** What does not work just now in the server, a sentence each. */
  readonly impaired: readonly string[]
}

export interface Person {
  readonly id: string
  readonly name: string
}
