// What the header needs to know of the server.
export interface FeedLight {
  readonly name: string
  readonly label: string
  readonly state: 'ok' | 'late' | 'silent' | 'paused' | 'ended'
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
  readonly posts: readonly { readonly post: string; readonly organisation: string }[]
  readonly kind: 'person' | 'machine' | 'screen' | 'break-glass'
  readonly login: string
  readonly lastSignInAtMs?: number
  /** The desk locks itself after so long without a hand on it; 0: never. */
  readonly idleMinutes: number
  /** How this person proves it is still them. */
  readonly ways: readonly ('password' | 'totp' | 'passkey' | 'oidc' | 'demo')[]
  readonly hasSecondFactor: boolean
  /** Deeds this person may do; `second`: with a second officer. What is not named may not. */
  readonly deeds: ReadonlyMap<string, 'yes' | 'second'>
}
