// All feeds of the running product. What comes in goes to the ledger first, then through the pass, in one call; whole lines only, each connection for itself,
// so that two receivers on one port never mix their sentences.
// In each turn of the loop a feed is taken from for some ten milliseconds; what it has beyond that waits for the next turn, after the other feeds, the screens and
// the timers had theirs. So a flood delays nobody, and a feed that is alone gets all the time there is.
import { type Clock, ok, type Result, refused } from '#base/index.ts'
import type { Pass } from '../pass-contract.ts'
import { NETWORK } from '../report.ts'
import { type FeedKind, readFeedAddress } from './address.ts'
import type { FeedAddress, FeedDesk, FeedHealth } from './feed.ts'
import { FeedHealthBook } from './health.ts'
import { type FeedTrial, testFeed } from './test-feed.ts'
import type { Connection, Inlet, Line, WholeMessage } from './transport.ts'
import { TRANSPORTS } from './transports.ts'
import { systemWords, type Words } from './words.ts'

const LF = 10
/** A line longer than this is no line: what came is handed on as it is. */
const MAX_CARRY_BYTES = 1 << 16
/** A feed gives way after this much time in one turn of the loop. A chunk more may be under way: 64 KB, some 10 ms. */
const TURN_MS = 10
const SETTLE_LOOK_MS = 10
const STATION_RATE_MS = 60_000

/** Who takes what comes by feeds of other kinds than ours (electronic seals): it keeps, reads and answers it; the desk has the connections, the list and the health. */
export interface TakerConnection {
  /** A number: who sends is not read from for so many milliseconds. */
  bytes(chunk: Uint8Array): number | undefined
  /** True once it is on the disk; false where it has to be sent again. */
  message?(message: WholeMessage): Promise<boolean>
  closed(): void
}
export interface FeedTaker {
  readonly kinds: readonly FeedKind[]
  opened(feed: FeedAddress, peer: string, line: Line | undefined, book: TakerBook): TakerConnection
  counts(feed: string): { readonly sentences: number; readonly refused: Readonly<Record<string, number>>; readonly latencyMs: number }
  /** For listening to a feed that is not added yet: nobody is answered, nothing is kept. */
  trial?(kind: string): FeedTrial
}
export interface TakerBook {
  heard(frames: number): void
  sample(reason: string, bytes: Uint8Array): void
}

export interface FeedDeskOptions {
  readonly takers?: readonly FeedTaker[]
  readonly pass: Pass
  readonly clock: Clock
  /** Milliseconds that never jump, for shares of time. */
  monotonicMs(): number
  /** Runs the task when all that is ready in this turn of the loop was looked at (setImmediate). */
  nextTurn(task: () => void): void
  /** Writes to the ledger first; the entry's mark, -1 where there is no ledger. */
  keep(feedName: string, bytes: Uint8Array, receivedAtMs: number): number
  /** It is listened to from now on: whatever it does not bring is missing. */
  onOpened?(feed: FeedAddress): void
  /** A feed was stopped on purpose (paused or removed), or has ended as it should. */
  onStopped?(feed: FeedAddress): void
  /** Something of ours broke over this feed; it and the others go on. */
  onFault?(feed: FeedAddress, error: unknown): void
  isDemo?(name: string): boolean
  /** Of `user@host:port`; throws where the file that holds them cannot be read. */
  passwordOf?(account: string): string | undefined
  /** Told when a feed is added, paused or removed, for keeping the list. */
  onChange?(): void
}

interface OpenFeed {
  readonly address: FeedAddress
  /** In the pass; of other kinds -1. */
  readonly index: number
  readonly taker: FeedTaker | undefined
  readonly book: FeedHealthBook
  close: (() => void) | undefined
  /** In this turn of the loop. */
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

  let isTurn = false
  const endTurn = (): void => {
    isTurn = false
    for (const feed of feeds.values()) {
      feed.spentMs = 0
      const waiting = [...feed.resumes]
      feed.resumes.clear()
      for (const resume of waiting) resume()
    }
  }
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
    try {
      pass.bytes(feed.index, bytes, nowMs, mark)
    } catch (error) {
      // A fault of ours in one piece: it is in the ledger, can be read again when we are mended, and the next one is taken.
      options.onFault?.(feed.address, error)
    }
    feed.spentMs += options.monotonicMs() - began
    if (isTurn) return
    isTurn = true
    options.nextTurn(endTurn)
  }

  const takerOf = (kind: string): FeedTaker | undefined => options.takers?.find(one => one.kinds.some(spoken => spoken.name === kind))
  const kinds = (options.takers ?? []).flatMap(one => one.kinds)

  /** A connection of another kind: its turn in the loop is ours, what it says is the taker's. */
  const handOver = (feed: OpenFeed, taker: FeedTaker, peer: string, line: Line | undefined): Connection => {
    const taken = taker.opened(feed.address, peer, line, {
      heard: frames => feed.book.heard(frames, clock.now()),
      sample: (reason, bytes) => feed.book.sample(reason, bytes, clock.now()),
    })
    let resume = (): void => {}
    let cancelHold = (): void => {}
    const timed = <Value>(work: () => Value): Value | undefined => {
      const began = options.monotonicMs()
      try {
        return work()
      } catch (error) {
        options.onFault?.(feed.address, error)
        return undefined
      } finally {
        feed.spentMs += options.monotonicMs() - began
        if (!isTurn) {
          isTurn = true
          options.nextTurn(endTurn)
        }
      }
    }
    const { message } = taken
    return {
      ...(message
        ? {
            message(whole: WholeMessage) {
              // What breaks us would break us again: it is told of, and not asked for once more.
              const kept = timed(() => message(whole)) ?? Promise.resolve(true)
              if (feed.spentMs < TURN_MS) return { flow: 'go-on', kept } as const
              feed.resumes.add(resume)
              return { flow: 'wait', kept } as const
            },
          }
        : {}),
      bytes(chunk) {
        const holdMs = timed(() => taken.bytes(chunk))
        if (holdMs !== undefined) {
          cancelHold = clock.after(holdMs, resume)
          return 'wait'
        }
        if (feed.spentMs < TURN_MS) return 'go-on'
        feed.resumes.add(resume)
        return 'wait'
      },
      onResume(call) {
        resume = call
      },
      closed() {
        cancelHold()
        taken.closed()
      },
    }
  }

  const inletFor = (feed: OpenFeed): Inlet => ({
    clock,
    trouble(words) {
      feed.book.trouble = words
      feed.isSettled = true
    },
    ended(words) {
      feed.book.trouble = words
      feed.book.hasEnded = true
      if (!feed.taker) options.onStopped?.(feed.address)
    },
    dropped: bytes => {
      feed.book.droppedBytes += bytes
    },
    note: (reason, words) => feed.book.sample(reason, Buffer.from(words), clock.now()),
    ...(options.passwordOf ? { passwordOf: options.passwordOf } : {}),
    opened(peer, line): Connection {
      feed.isSettled = true
      if (feed.taker) return handOver(feed, feed.taker, peer, line)
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
          if (feed.spentMs < TURN_MS) return 'go-on'
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
    feed.book.hasEnded = false
    feed.close = TRANSPORTS[feed.address.transport]!.open(feed.address, inletFor(feed)).close
    if (!feed.taker) options.onOpened?.(feed.address)
  }
  /** One that does not close as it should is no reason for the others not to. */
  const close = (feed: OpenFeed): void => {
    try {
      feed.close?.()
    } catch (error) {
      options.onFault?.(feed.address, error)
    }
    feed.close = undefined
  }
  const stop = (feed: OpenFeed): void => {
    close(feed)
    if (!feed.taker) options.onStopped?.(feed.address)
  }
  const viewOf = (feed: OpenFeed): FeedHealth =>
    feed.book.view(
      clock.now(),
      feed.taker?.counts(feed.address.name) ?? pass.feedCounts(feed.index),
      pass
        .stations()
        .filter(station => !feed.taker && station.feed === feed.index)
        .map(station => ({
          name: station.name,
          perMinute: stationRates.get(station.name) ?? 0,
          ...(station.lastAtMs ? { lastAtMs: station.lastAtMs } : {}),
        })),
      options.isDemo?.(feed.address.name) ?? false,
    )

  return {
    list: () => [...feeds.values()].map(viewOf),
    add(url): Result<FeedHealth, Words> {
      const address = readFeedAddress(url, kinds)
      if (!address.ok) return address
      const { name } = address.value
      if (feeds.has(name))
        return refused({
          ko: `이름이 ${name}인 수신망이 이미 있습니다(${feeds.get(name)?.address.url}). ?name=으로 다른 이름을 주십시오`,
          en: `there is a feed named ${name} already (${feeds.get(name)?.address.url}); give this one another with ?name=`,
        })
      const taker = takerOf(address.value.kind)
      const index = taker ? -1 : pass.feed(name, address.value.network === 'satellite' ? NETWORK.SATELLITE : NETWORK.COAST)
      const feed: OpenFeed = {
        address: address.value,
        index,
        taker,
        book: new FeedHealthBook(address.value, clock.now()),
        close: undefined,
        spentMs: 0,
        resumes: new Set(),
        isSettled: false,
      }
      try {
        open(feed)
      } catch (error) {
        return refused(systemWords(error))
      }
      feeds.set(name, feed)
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
    test: url => testFeed(url, { clock, kinds, trialOf: kind => takerOf(kind)?.trial?.(kind), passwordOf: options.passwordOf }),
    async close() {
      stopRates()
      for (const feed of feeds.values()) close(feed)
      feeds.clear()
    },
    refusedLine(feed, reason, line) {
      for (const open of feeds.values()) if (open.index === feed) open.book.sample(reason, line, clock.now())
    },
  }
}
