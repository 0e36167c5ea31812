// What the pass knows of a feed: its stream, how late and how quick it is, the clocks of the stations it carries, what it counted.
import type { AisStream, Refusal } from '#wire/ais/index.ts'
import { Lateness, MAX_WAIT_MS } from './fusion/order.ts'
import { SourceClock } from './fusion/source-clock.ts'
import type { FeedCounts } from './pass-contract.ts'
import type { Network } from './report.ts'

/** A feed that brings only reports older than this trickles: the rest of what was sent before it stopped. It is given time. */
const OLD_MS = 4 * 60_000
const TRICKLES_MS = 15 * 60_000
/** Share of the difference by which a slower report lifts what counts as a feed's quickest. */
const QUICKEST_RISES = 1e-4
const SLOWEST_FALLS = 0.99
const LATENCIES = 64

export interface Feed {
  readonly name: string
  network: Network
  stream: AisStream
  /** Index in the stream's stations → index in the pass's. */
  stations: number[]
  readonly lateness: Lateness
  /** Clocks of the stations it carries, by the pass's index. */
  readonly clocks: SourceClock[]
  /** Receipt minus sending of its quickest reports; rises slowly, so that a clock that was set does not count for ever. */
  quickestMs: number
  /** Receipt minus sending of its newest arrival, and of its slowest lately (falls by a hundredth with each arrival). */
  tookMs: number
  slowestMs: number
  /** Counts of streams before a reconnection. */
  before: FeedCounts | undefined
  readonly latencies: Float64Array
  latencyAt: number
}

export interface SavedFeed {
  readonly name: string
  readonly network: Network
  readonly lateness: unknown
  readonly clocks?: readonly unknown[]
  readonly quickestMs: number
}

export const newFeed = (name: string, network: Network, stream: AisStream): Feed => ({
  name,
  network,
  stream,
  stations: [0],
  lateness: new Lateness(),
  clocks: [],
  quickestMs: Number.POSITIVE_INFINITY,
  tookMs: 0,
  slowestMs: 0,
  before: undefined,
  latencies: new Float64Array(LATENCIES).fill(Number.NaN),
  latencyAt: 0,
})

/** A report of this feed was so long under way. */
export function noteTook(feed: Feed, tookMs: number): void {
  feed.tookMs = tookMs
  feed.slowestMs = Math.max(tookMs, feed.slowestMs * SLOWEST_FALLS)
  feed.quickestMs = tookMs < feed.quickestMs ? tookMs : feed.quickestMs + (tookMs - feed.quickestMs) * QUICKEST_RISES
}

/** Receipt minus the source's own time of a message that had one. */
export function noteLatency(feed: Feed, ms: number): void {
  feed.latencies[feed.latencyAt++ % LATENCIES] = ms
}

/** How late what comes next from this feed may be. */
export const latenessOf = ({ tookMs, slowestMs, quickestMs, lateness }: Feed): number =>
  tookMs > OLD_MS ? TRICKLES_MS : Math.max(lateness.waitMs, Math.min(MAX_WAIT_MS, slowestMs - quickestMs))

/** The clock of a station, by the pass's index. */
export function clockAt(clocks: SourceClock[], station: number): SourceClock {
  const clock = clocks[station] ?? new SourceClock()
  clocks[station] = clock
  return clock
}

export function countsOf({ stream, before, latencies }: Feed): FeedCounts {
  const { counts } = stream
  const known = latencies.filter(ms => !Number.isNaN(ms)).sort()
  return {
    sentences: counts.sentences + (before?.sentences ?? 0),
    messages: counts.messages + (before?.messages ?? 0),
    other: counts.other + (before?.other ?? 0),
    refused: before ? sum(counts.refused, before.refused) : { ...counts.refused },
    latencyMs: known[known.length >> 1] ?? Number.NaN,
  }
}

export const saveFeed = ({ name, network, lateness, clocks, quickestMs }: Feed): SavedFeed => ({
  name,
  network,
  lateness: lateness.save(),
  clocks: clocks.map(clock => clock.save()),
  quickestMs,
})

export function restoreFeed(feed: Feed, saved: SavedFeed): void {
  feed.lateness.restore(saved.lateness)
  feed.quickestMs = saved.quickestMs
  for (const [station, clock] of (saved.clocks ?? []).entries()) if (clock) clockAt(feed.clocks, station).restore(clock)
}

const sum = (a: Readonly<Record<Refusal, number>>, b: Readonly<Record<Refusal, number>>): Record<Refusal, number> => {
  const total: Record<Refusal, number> = { ...a }
  for (const key of Object.keys(b) as Refusal[]) total[key] = (total[key] ?? 0) + b[key]
  return total
}
