// What a feed is: a way to receive. One file a transport; feeds/index.ts lists them. The desk (feed-desk.ts) owns all feeds of the product.
import type { Result } from '#base/index.ts'
import type { Words } from './words.ts'

/** A feed URL, read: tcp://host:port, tcp-server://:port, udp://:port, file:PATH, stdin:, mqtts://user@host/topic with options as query (name, kind, network). */
export interface FeedAddress {
  readonly url: string
  readonly name: string
  readonly transport: string
  readonly host: string
  readonly port: number
  /** Of a file; at a broker the topics asked for. */
  readonly path: string
  /** Who asks, at a broker. */
  readonly user?: string
  readonly kind: string
  readonly network: 'coast' | 'satellite'
  readonly options: Readonly<Record<string, string>>
}

export interface FeedHealth {
  readonly name: string
  readonly url: string
  readonly kind: string
  readonly network: 'coast' | 'satellite'
  /** `late` also while it says why it does not work; `ended`: a recording that was read to its end. */
  readonly state: 'ok' | 'late' | 'silent' | 'paused' | 'ended'
  readonly perSecond: number
  readonly lastAtMs?: number
  /** Median of receipt minus the source's own time, ms. */
  readonly latencyMs?: number
  readonly sentences: number
  readonly bad: number
  readonly badBy: Readonly<Record<string, number>>
  /** Sentences a minute of the last hour, oldest first. */
  readonly lastHour: readonly number[]
  readonly samples: readonly { readonly atMs: number; readonly reason: string; readonly line: string }[]
  readonly stations: readonly { readonly name: string; readonly lastAtMs?: number; readonly perMinute: number }[]
  /** Why it does not work just now, or that it has ended. */
  readonly trouble?: Words
  readonly demo: boolean
  /** Bytes not taken in because the feed flooded. */
  readonly droppedBytes: number
}

export interface FeedTestOutcome {
  readonly ok: boolean
  readonly said: Words
  readonly lines: readonly string[]
}

/** All feeds of the running product. */
export interface FeedDesk {
  list(): readonly FeedHealth[]
  add(url: string): Result<FeedHealth, Words>
  remove(name: string): boolean
  pause(name: string, paused: boolean): boolean
  /** Listens for a few seconds without adding it: what was heard. */
  test(url: string): Promise<FeedTestOutcome>
  /** Resolves when every feed listens, is connected or has said why not; at the latest after so many ms. */
  settled(limitMs: number): Promise<void>
  close(): Promise<void>
}
