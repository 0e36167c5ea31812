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
}

export interface Person {
  readonly id: string
  readonly name: string
}
