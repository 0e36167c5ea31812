// What a feed is: a way to receive. One file a transport; feeds/index.ts lists them. The desk (feed-desk.ts) owns all feeds of the product.
import type { Result } from '#base/index.ts'

/** A feed URL, read: tcp://host:port, tcp-server://:port, udp://:port, file:PATH, stdin: with options as query (name, kind, network, speed). */
export interface FeedAddress {
  readonly url: string
  readonly name: string
  readonly transport: string
  readonly host: string
  readonly port: number
  readonly path: string
  readonly kind: string
  readonly network: 'coast' | 'satellite'
  readonly options: Readonly<Record<string, string>>
}

export interface FeedHealth {
  readonly name: string
  readonly url: string
  readonly kind: string
  readonly network: 'coast' | 'satellite'
  readonly state: 'ok' | 'late' | 'silent' | 'paused'
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
  /** Why it does not work just now, in words. */
  readonly trouble?: string
  readonly demo: boolean
  /** Bytes not taken in because the feed flooded. */
  readonly droppedBytes: number
}

/** All feeds of the running product. */
export interface FeedDesk {
  list(): readonly FeedHealth[]
  add(url: string): Result<FeedHealth, string>
  remove(name: string): boolean
  pause(name: string, paused: boolean): boolean
  /** Listens for a few seconds without adding it: what was heard. */
  test(url: string): Promise<{ readonly ok: boolean; readonly said: string; readonly lines: readonly string[] }>
  /** Resolves when every feed listens, is connected or has said why not; at the latest after so many ms. */
  settled(limitMs: number): Promise<void>
  close(): Promise<void>
}
