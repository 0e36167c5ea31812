// The centre's side of the wire: connections → frames → ledger → reports, and what goes back down. Of all feeds whose kind is a seal's protocol. A frame is kept as it
// came before anything is done with it; its device is answered once it is on the disk. HOT PATH: a frame is framed, kept and decoded in some 15 µs.
import type { Clock } from '#base/index.ts'
import { type DecodedFrame, Framer, SEAL_PROTOCOLS, type SealProtocol, type SealReport } from '../protocols/index.ts'
import { PROTOCOL_KINDS, type SealKind } from './kinds.ts'
import { ledgerName, sealFeedOf } from './ledger-name.ts'
import { createTrial, type Trial } from './trial.ts'
import { createWaitingAnswers } from './waiting-answers.ts'
import { createWholeMessages, type MessageFrom, type TakenMessage } from './whole-messages.ts'

/** Where frames are kept. */
export interface FrameLedger {
  feed(name: string): number
  append(feed: number, bytes: Uint8Array, receivedAtMs: number): number
  /** `syncedMark`: the first entry that is not on the disk yet. */
  figures(): { readonly syncedMark: number; readonly droppedEntries: number }
}

export interface SealLine {
  write(bytes: Uint8Array): void
  close(): void
}

export interface BrokerMessage extends MessageFrom {
  readonly bytes: Uint8Array
  reply?(bytes: Uint8Array): void
}

/** One report, with what the connection knows. */
export interface Received {
  readonly protocol: string
  readonly deviceId: string
  readonly feed: string
  readonly report: SealReport
  readonly receivedAtMs: number
  readonly mark: number
}

export interface DevicesOptions {
  readonly clock: Clock
  readonly ledger: FrameLedger
  onReport(received: Received): void
  /** How far a device's clock is known to be set from UTC. */
  offsetOf?(protocol: string, deviceId: string): number | undefined
  onTrouble?(what: string): void
}

export interface SealDevices {
  readonly kinds: readonly SealKind[]
  opened(
    feed: { readonly name: string; readonly kind: string },
    peer: string,
    line: SealLine | undefined,
    book: { heard(frames: number): void; sample(reason: string, bytes: Uint8Array): void },
  ): {
    bytes(chunk: Uint8Array): number | undefined
    /** By a broker. True once it is on the disk; false where it has to be sent again. */
    message(whole: BrokerMessage): Promise<boolean>
    closed(): void
  }
  counts(feed: string): { readonly sentences: number; readonly refused: Readonly<Record<string, number>>; readonly latencyMs: number }
  /** An entry of the ledger, once more: nobody is answered. */
  replay(feedName: string, bytes: Uint8Array, receivedAtMs: number, mark: number): void
  /** Listens only: for a feed that is not added yet. */
  trial(kind: string): Trial
  /**
   * A message that came whole, by HTTPS or a broker: kept, decoded and told. `durable` says when it is on the disk, or that the disk did not take it. `deviceId`: who speaks,
   * where the message need not say.
   */
  message(feed: { readonly name: string; readonly kind: string }, bytes: Uint8Array, deviceId?: string): TakenMessage
  /** Bytes to a device that is connected now; false where it is not. */
  send(protocol: string, deviceId: string, bytes: Uint8Array): boolean
  isConnected(protocol: string, deviceId: string): boolean
  /** Two lines have said within the last ten minutes that they are this device: nobody knows which is. */
  isDoubled(protocol: string, deviceId: string): boolean
  readonly connections: number
  close(): void
}

/** Who says nothing at all is not kept; who has spoken may be quiet for hours. */
const MUTE_MS = 60_000
const QUIET_MS = 2 * 3_600_000
const LOOK_MS = 10_000
const DOUBLED_MS = 600_000
/**
 * Who sends more than this is not read from until the ten seconds are over. Nobody is cut for it: days of reports kept in a dead zone come in a burst too, and who is cut before its
 * answers begins again with the first. A device that floods for good goes on at this pace, and is told of.
 */
const FLOOD_FRAMES = 3000
const FLOOD_MS = 10_000

const [CR, LF] = [13, 10]

interface Connection {
  readonly openedAtMs: number
  readonly line: SealLine | undefined
  lastAtMs: number
  device: string | undefined
  frames: number
  windowMs: number
  hasFlooded: boolean
  /** When an older line last said that it is this device, too. */
  doubledAtMs: number
}
interface Counts {
  frames: number
  readonly refused: Record<string, number>
  latencyMs: number
}

const protocolsByName = new Map<string, SealProtocol>(SEAL_PROTOCOLS.map(one => [one.name, one]))
const protocolOf = (name: string): SealProtocol => {
  const protocol = protocolsByName.get(name)
  if (!protocol) throw new Error(`no protocol ${name}`)
  return protocol
}
const keyOf = (protocol: string, deviceId: string): string => `${protocol}:${deviceId}`

export function createSealDevices(options: DevicesOptions): SealDevices {
  const { clock, ledger } = options
  const answers = createWaitingAnswers(clock, () => ledger.figures())
  const open = new Set<Connection>()
  /** The newest connection of each device. */
  const byDevice = new Map<string, Connection>()
  const counts = new Map<string, Counts>()
  const numbers = new Map<string, number>()
  const countsOf = (feed: string): Counts => {
    const known = counts.get(feed)
    if (known) return known
    const fresh: Counts = { frames: 0, refused: {}, latencyMs: Number.NaN }
    counts.set(feed, fresh)
    return fresh
  }
  const refuse = (feed: string, reason: string): void => {
    const { refused } = countsOf(feed)
    refused[reason] = (refused[reason] ?? 0) + 1
  }
  const numberOf = (name: string): number => {
    const known = numbers.get(name)
    if (known !== undefined) return known
    const fresh = ledger.feed(name)
    numbers.set(name, fresh)
    return fresh
  }
  const stop = clock.every(LOOK_MS, () => {
    const nowMs = clock.now()
    for (const one of open) {
      const isQuiet = one.device === undefined ? nowMs - one.openedAtMs > MUTE_MS : nowMs - one.lastAtMs > QUIET_MS
      if (isQuiet) one.line?.close()
    }
  })

  /** Reports of a frame to whoever judges; those that no device is known for, or whose checksum is wrong, are counted and kept only. */
  const tell = (
    protocol: string,
    feed: string,
    decoded: DecodedFrame,
    deviceId: string | undefined,
    receivedAtMs: number,
    mark: number,
  ): void => {
    for (const report of decoded.reports) {
      // A broker's word for a device that broke off: nothing was heard of it.
      if (report.kind === 'other' && report.more.gone === true) continue
      const id = report.deviceId ?? deviceId
      if (id === undefined) refuse(feed, 'no-device')
      else if (report.checksumValid === false) refuse(feed, 'bad-checksum')
      else options.onReport({ protocol, deviceId: id, feed, report, receivedAtMs, mark })
    }
  }
  const idIn = (decoded: DecodedFrame): string | undefined => decoded.reports.find(report => report.deviceId !== undefined)?.deviceId

  const decode = (protocol: SealProtocol, frame: Uint8Array, nowMs: number, deviceId: string | undefined) => {
    const utcOffsetMin = deviceId === undefined ? undefined : options.offsetOf?.(protocol.name, deviceId)
    return protocol.decode(frame, {
      nowMs,
      ...(deviceId === undefined ? {} : { deviceId }),
      ...(utcOffsetMin === undefined ? {} : { utcOffsetMin }),
    })
  }

  const takeMessage = createWholeMessages({
    answers,
    now: () => clock.now(),
    append: (name, bytes, atMs) => ledger.append(numberOf(name), bytes, atMs),
    decode,
    tell,
    count(feed, lateMs) {
      const counted = countsOf(feed)
      counted.frames++
      if (lateMs !== undefined && Math.abs(lateMs) < 60_000) counted.latencyMs = lateMs
    },
    refuse,
  })

  return {
    kinds: PROTOCOL_KINDS,
    opened(feed, peer, line, book) {
      const protocol = protocolOf(feed.kind)
      const connectionOf = (way: SealLine | undefined): Connection => {
        const nowMs = clock.now()
        return {
          openedAtMs: nowMs,
          line: way,
          lastAtMs: nowMs,
          device: undefined,
          frames: 0,
          windowMs: nowMs,
          hasFlooded: false,
          doubledAtMs: Number.NEGATIVE_INFINITY,
        }
      }
      const mine = connectionOf(line)
      open.add(mine)
      const identify = (deviceId: string): void => {
        const key = keyOf(protocol.name, deviceId)
        const before = byDevice.get(key)
        if (mine.device === deviceId) {
          // A line that was left for a new one says nothing any more: where it goes on, there are two. Where the new one is gone, it is the one again.
          if (before === undefined) byDevice.set(key, mine)
          else if (before !== mine) before.doubledAtMs = clock.now()
          return
        }
        if (before && before !== mine && open.has(before) && clock.now() - before.lastAtMs < MUTE_MS)
          options.onTrouble?.(`two connections say they are the seal ${key}; the newest counts (${peer})`)
        mine.device = deviceId
        byDevice.set(key, mine)
      }
      /** Those who speak by a broker, each as if it had a line of its own. */
      const behind = new Map<string, Connection>()
      /** By which topic each spoke last, and how it is answered. */
      const ways = new Map<string, Pick<BrokerMessage, 'deviceId' | 'reply'>>()
      const spoke = (deviceId: string, way: Pick<BrokerMessage, 'deviceId' | 'reply'>): void => {
        const key = keyOf(protocol.name, deviceId)
        const atMs = clock.now()
        let one = behind.get(key)
        if (!one) {
          one = connectionOf({ write: answer => ways.get(key)?.reply?.(answer), close: () => {} })
          behind.set(key, one)
        }
        const [before, earlier] = [byDevice.get(key), ways.get(key)]
        const isElsewhere = before !== undefined && before !== one && atMs - before.lastAtMs < MUTE_MS
        const isOther = earlier !== undefined && earlier.deviceId !== way.deviceId && atMs - one.lastAtMs < MUTE_MS
        if (isElsewhere || isOther) {
          if (atMs - one.doubledAtMs > MUTE_MS)
            options.onTrouble?.(`two say they are the seal ${key}, by topics or lines of their own; the newest counts (${peer})`)
          one.doubledAtMs = atMs
        }
        one.lastAtMs = atMs
        ways.set(key, way)
        if (way.reply) byDevice.set(key, one)
        if (atMs - one.windowMs > FLOOD_MS) {
          one.windowMs = atMs
          one.frames = 0
        }
        // One of many on this connection: it cannot be read slower by itself.
        if (++one.frames !== FLOOD_FRAMES + 1) return
        refuse(feed.name, 'flood')
        options.onTrouble?.(`${key} sends more than ${FLOOD_FRAMES} messages within ${FLOOD_MS / 1000} s by ${peer}`)
      }
      const take = (frame: Uint8Array): void => {
        const atMs = clock.now()
        mine.lastAtMs = atMs
        if (atMs - mine.windowMs > FLOOD_MS) {
          mine.windowMs = atMs
          mine.frames = 0
        }
        mine.frames++
        const counted = countsOf(feed.name)
        counted.frames++
        book.heard(1)
        const decoded = decode(protocol, frame, atMs, mine.device)
        const own = typeof decoded === 'string' ? undefined : idIn(decoded)
        const saysWho = own !== undefined || mine.device === undefined
        const mark = ledger.append(
          numberOf(ledgerName({ protocol: protocol.name, feed: feed.name, ...(saysWho ? {} : { deviceId: mine.device! }) })),
          frame,
          atMs,
        )
        if (typeof decoded === 'string') {
          refuse(feed.name, decoded)
          book.sample(decoded, frame)
          return
        }
        if (own !== undefined) identify(own)
        if (decoded.reports.some(report => report.checksumValid === false)) book.sample('bad-checksum', frame)
        const sentAtMs = decoded.reports.at(-1)?.sentAtMs
        if (sentAtMs !== undefined && Math.abs(atMs - sentAtMs) < 60_000) counted.latencyMs = atMs - sentAtMs
        tell(protocol.name, feed.name, decoded, mine.device, atMs, mark)
        const { answer } = decoded
        if (answer && line) {
          const bytes = Uint8Array.from(answer)
          answers.add(mark, () => {
            if (open.has(mine)) line.write(bytes)
          })
        }
      }
      const framer = new Framer(protocol.frames, protocol.maxFrameBytes, {
        frame: take,
        skipped(bytes) {
          // Ends of lines between frames are no noise.
          if (bytes.every(byte => byte === CR || byte === LF)) return
          // Noise is evidence too: it is kept as it came, and belongs to no frame.
          ledger.append(numberOf(ledgerName({ protocol: protocol.name, feed: feed.name })), bytes, clock.now())
          refuse(feed.name, 'no-frame')
          book.sample('no-frame', bytes)
        },
      })
      return {
        bytes(chunk) {
          framer.push(chunk)
          if (mine.frames <= FLOOD_FRAMES) return undefined
          refuse(feed.name, 'flood')
          if (!mine.hasFlooded)
            options.onTrouble?.(
              `${peer} (${mine.device ?? 'unknown seal'}) sends more than ${FLOOD_FRAMES} frames within ${FLOOD_MS / 1000} s and is read slower`,
            )
          mine.hasFlooded = true
          const leftMs = mine.windowMs + FLOOD_MS - clock.now()
          mine.windowMs = clock.now() + leftMs
          mine.frames = 0
          return Math.max(1, leftMs)
        },
        message({ bytes, reply, ...from }) {
          book.heard(1)
          const { refused, deviceId, durable } = takeMessage(protocol, feed.name, bytes, from)
          if (refused !== undefined) book.sample(refused, bytes)
          if (deviceId !== undefined) spoke(deviceId, { ...from, ...(reply ? { reply } : {}) })
          return durable
        },
        closed() {
          framer.end()
          for (const [key, one] of behind) if (byDevice.get(key) === one) byDevice.delete(key)
          open.delete(mine)
          if (mine.device === undefined) return
          const key = keyOf(protocol.name, mine.device)
          if (byDevice.get(key) === mine) byDevice.delete(key)
        },
      }
    },
    trial(kind) {
      const protocol = protocolOf(kind)
      const devicesIn = (frame: Uint8Array, deviceId?: string) => {
        const decoded = decode(protocol, frame, clock.now(), deviceId)
        return typeof decoded === 'string' ? undefined : decoded.reports.flatMap(({ deviceId }) => deviceId ?? [])
      }
      return createTrial({ name: protocol.name, frames: protocol.frames, maxFrameBytes: protocol.maxFrameBytes, devicesIn })
    },
    message: (feed, bytes, deviceId) => takeMessage(protocolOf(feed.kind), feed.name, bytes, deviceId === undefined ? {} : { deviceId }),
    counts(feed) {
      const { frames, refused, latencyMs } = countsOf(feed)
      return { sentences: frames, refused, latencyMs }
    },
    replay(feedName, bytes, receivedAtMs, mark) {
      const from = sealFeedOf(feedName)
      const protocol = from && protocolsByName.get(from.protocol)
      if (!protocol) return
      const decoded = decode(protocol, bytes, receivedAtMs, from.deviceId)
      if (typeof decoded !== 'string') tell(protocol.name, from.feed, decoded, from.deviceId, receivedAtMs, mark)
    },
    send(protocol, deviceId, bytes) {
      const connection = byDevice.get(keyOf(protocol, deviceId))
      if (!connection?.line) return false
      connection.line.write(bytes)
      return true
    },
    isConnected: (protocol, deviceId) => byDevice.has(keyOf(protocol, deviceId)),
    isDoubled(protocol, deviceId) {
      const newest = byDevice.get(keyOf(protocol, deviceId))
      return newest !== undefined && clock.now() - newest.doubledAtMs < DOUBLED_MS
    },
    get connections() {
      return open.size
    },
    close() {
      stop()
      answers.close()
      open.clear()
    },
  }
}
