// All feeds of the running product. What comes in goes to the ledger first, then through the pass, in one call; whole lines only, each connection for itself,
// so that two receivers on one port never mix their sentences.
// A feed that takes more than its share of the time while others wait is asked to wait (TCP slows its sender; datagrams beyond it are dropped and counted).
import { type Clock, ok, type Result, refused } from '#base/index.ts'
import type { Pass } from '../pass-contract.ts'
import { NETWORK } from '../report.ts'
import { readFeedAddress } from './address.ts'
import type { FeedAddress, FeedDesk, FeedHealth } from './feed.ts'
import { FeedHealthBook } from './health.ts'
import { testFeed } from './test-feed.ts'
import type { Connection, Inlet } from './transport.ts'
import { TRANSPORTS } from './transports.ts'

const LF = 10
/** A line longer than this is no line: what came is handed on as it is. */
const MAX_CARRY_BYTES = 1 << 16
/** In each window a feed may use this share of the time, when it is not alone. */
const WINDOW_MS = 100
const MAX_SHARE = 0.5
const SETTLE_LOOK_MS = 10
const STATION_RATE_MS = 60_000

export interface FeedDeskOptions {
  readonly pass: Pass
  readonly clock: Clock
  /** Milliseconds that never jump, for shares of time. */
  monotonicMs(): number
  /** Writes to the ledger first; the entry's mark, -1 where there is no ledger. */
  keep(feedName: string, bytes: Uint8Array, receivedAtMs: number): number
  /** A feed was stopped on purpose (paused or removed). */
  onStopped?(feed: number): void
  isDemo?(name: string): boolean
  /** Told when a feed is added, paused or removed, for keeping the list. */
  onChange?(): void
}

interface OpenFeed {
  readonly address: FeedAddress
  readonly index: number
  readonly book: FeedHealthBook
  close: (() => void) | undefined
  spentMs: number
  readonly resumes: Set<() => void>
  /** It listens, is connected, or has said why not. */
  isSettled: boolean
}

export function createFeedDesk(options: FeedDeskOptions): FeedDesk & { refusedLine(feed: number, reason: string, line: Uint8Array): void } {
  const { pass, clock } = options
  const feeds = new Map<string, OpenFeed>()
  let stationsAt: ReadonlyMap<string, number> = new Map()
  let stationRates: ReadonlyMap<string, number> = new Map()

  const stopWindow = clock.every(WINDOW_MS, () => {
    for (const feed of feeds.values()) {
      feed.spentMs = 0
      for (const resume of feed.resumes) resume()
      feed.resumes.clear()
    }
  })
  const stopRates = clock.every(STATION_RATE_MS, () => {
    const now = new Map(pass.stations().map(station => [station.name, station.messages]))
    stationRates = new Map([...now].map(([name, messages]) => [name, messages - (stationsAt.get(name) ?? 0)]))
    stationsAt = now
  })

  const take = (feed: OpenFeed, bytes: Uint8Array): void => {
    const began = options.monotonicMs()
    const nowMs = clock.now()
    const mark = options.keep(feed.address.name, bytes, nowMs)
    let lines = 0
    for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) lines++
    feed.book.heard(lines, nowMs)
    pass.bytes(feed.index, bytes, nowMs, mark)
    feed.spentMs += options.monotonicMs() - began
  }

  const inletFor = (feed: OpenFeed): Inlet => ({
    clock,
    trouble: sentence => {
      feed.book.trouble = sentence
      feed.isSettled = true
    },
    dropped: bytes => {
      feed.book.droppedBytes += bytes
    },
    opened(): Connection {
      feed.isSettled = true
      let carry: Uint8Array | undefined
      let resume = (): void => {}
      return {
        bytes(chunk) {
          const whole = carry ? Buffer.concat([carry, chunk]) : chunk
          const end = whole.lastIndexOf(LF) + 1
          const upTo = end === 0 && whole.length > MAX_CARRY_BYTES ? whole.length : end
          if (upTo > 0) take(feed, whole.subarray(0, upTo))
          // A copy: the transport reuses its buffer.
          carry = upTo < whole.length ? Uint8Array.from(whole.subarray(upTo)) : undefined
          if (feeds.size < 2 || feed.spentMs < WINDOW_MS * MAX_SHARE) return 'go-on'
          feed.resumes.add(resume)
          return 'wait'
        },
        onResume(call) {
          resume = call
        },
        closed() {
          if (carry) take(feed, Buffer.concat([carry, Buffer.from([LF])]))
          carry = undefined
        },
      }
    },
  })

  const open = (feed: OpenFeed): void => {
    feed.close = TRANSPORTS[feed.address.transport]?.open(feed.address, inletFor(feed)).close
  }
  const stop = (feed: OpenFeed): void => {
    feed.close?.()
    feed.close = undefined
    options.onStopped?.(feed.index)
  }
  const viewOf = (feed: OpenFeed): FeedHealth =>
    feed.book.view(
      clock.now(),
      pass.feedCounts(feed.index),
      pass
        .stations()
        .filter(station => station.feed === feed.index)
        .map(station => ({
          name: station.name,
          perMinute: stationRates.get(station.name) ?? 0,
          ...(station.lastAtMs ? { lastAtMs: station.lastAtMs } : {}),
        })),
      options.isDemo?.(feed.address.name) ?? false,
    )

  return {
    list: () => [...feeds.values()].map(viewOf),
    add(url): Result<FeedHealth, string> {
      const address = readFeedAddress(url)
      if (!address.ok) return address
      const { name } = address.value
      if (feeds.has(name))
        return refused(`there is a feed named ${name} already (${feeds.get(name)?.address.url}); give this one another with ?name=`)
      const index = pass.feed(name, address.value.network === 'satellite' ? NETWORK.SATELLITE : NETWORK.COAST)
      const feed: OpenFeed = {
        address: address.value,
        index,
        book: new FeedHealthBook(address.value, clock.now()),
        close: undefined,
        spentMs: 0,
        resumes: new Set(),
        isSettled: false,
      }
      feeds.set(name, feed)
      open(feed)
      options.onChange?.()
      return ok(viewOf(feed))
    },
    remove(name) {
      const feed = feeds.get(name)
      if (!feed) return false
      stop(feed)
      feeds.delete(name)
      options.onChange?.()
      return true
    },
    pause(name, paused) {
      const feed = feeds.get(name)
      if (!feed) return false
      if (paused !== feed.book.paused) {
        feed.book.paused = paused
        feed.book.trouble = undefined
        if (paused) stop(feed)
        else open(feed)
        options.onChange?.()
      }
      return true
    },
    settled: limitMs =>
      new Promise(done => {
        const untilMs = clock.now() + limitMs
        const look = (): void => {
          if (clock.now() >= untilMs || [...feeds.values()].every(feed => feed.isSettled)) done()
          else clock.after(SETTLE_LOOK_MS, look)
        }
        look()
      }),
    test: url => testFeed(url, clock),
    async close() {
      stopWindow()
      stopRates()
      for (const feed of feeds.values()) feed.close?.()
      feeds.clear()
    },
    refusedLine(feed, reason, line) {
      for (const open of feeds.values()) if (open.index === feed) open.book.sample(reason, line, clock.now())
    },
  }
}
