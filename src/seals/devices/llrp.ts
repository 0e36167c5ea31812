// Fixed RFID readers at gates: the centre calls them (TCP 5084), tells them to look for tags, and hears who passes. The feed desk has the connection; here is what is said on it.
// What a reader says is kept as it came before anything is done with it. LLRP knows no acknowledgement of a report: a reader that can holds reports while nobody is connected.
import type { Clock } from '#base/index.ts'
import type { Sentence } from '#rules/index.ts'
import type { GateEvent } from '../pass-contract.ts'
import { Framer } from '../protocols/framing.ts'
import { LLRP_MAX_FRAME_BYTES, type LlrpSaid, llrpFrames, readLlrp } from '../protocols/llrp.ts'
import { keepaliveAck } from '../protocols/llrp-requests.ts'
import type { FrameLedger } from './devices.ts'
import { GATE_OPTIONS, type Gate, readGate } from './gate.ts'
import { createGateReads, type GateReads, type TagOwner, type UnknownTag } from './gate-reads.ts'
import { GATE_KIND, type SealKind } from './kinds.ts'
import { ledgerName, type SealFeed } from './ledger-name.ts'
import { createReaderSetup, KEEPALIVE_MS, type SetupOutcome } from './llrp-setup.ts'
import { createTrial, type Trial } from './trial.ts'

export interface GateReadersOptions {
  readonly clock: Clock
  readonly ledger: Pick<FrameLedger, 'append' | 'feed'>
  /** Whose tag it is, by its number in small hex letters. */
  ownerOf(epcHex: string): TagOwner | undefined
  onPassage(event: GateEvent): void
  /** A tag that nobody is known for; once a passage. */
  onUnknown?(tag: UnknownTag): void
  /** What an officer should know of a reader. */
  onNotice?(feed: string, words: Sentence): void
}

export interface GateFeed {
  readonly name: string
  readonly options: Readonly<Record<string, string>>
}

/** `calling`: its greeting is awaited; `telling`: it is told what to do. */
export type ReaderState = 'calling' | 'telling' | 'reading'

export interface GateReaders {
  readonly kinds: readonly SealKind[]
  /** A connection to a reader is open. Without a way back what comes is only read. */
  opened(
    feed: GateFeed,
    peer: string,
    line: { write(bytes: Uint8Array): void; close(): void } | undefined,
    book: { heard(frames: number): void; sample(reason: string, bytes: Uint8Array): void },
  ): { bytes(chunk: Uint8Array): number | undefined; closed(): void }
  counts(feed: string): { readonly sentences: number; readonly refused: Readonly<Record<string, number>>; readonly latencyMs: number }
  /** Listens only: for a feed that is not added yet. */
  trial(): Trial
  /** An entry of the ledger, once more; other feeds' are passed over. */
  replay(feed: SealFeed, bytes: Uint8Array, receivedAtMs: number, mark: number): void
  /** Of the feed's connection; undefined where there is none. */
  state(feed: string): ReaderState | undefined
  unknown(): readonly UnknownTag[]
  close(): void
}

const LOOK_MS = 1000
/** To greet, and for each answer. */
const ANSWER_MS = 10_000
const SILENT_MS = 3.5 * KEEPALIVE_MS
const CLOCK_NOTICE_MS = 60_000

interface Connection {
  readonly feed: string
  state: ReaderState
  askedAtMs: number
  lastAtMs: number
  isOver: boolean
  /** To whoever looks at the feed, and to the log. */
  tell(ko: string, en: string): void
  close(): void
}
interface Counts {
  frames: number
  readonly refused: Record<string, number>
}

/** Under which name what a reader says lies in the ledger: with where the gate was, so that it can be read again by itself. */
const keptAs = ({ name, options }: GateFeed): string =>
  ledgerName({
    protocol: GATE_KIND.name,
    feed: name,
    deviceId: new URLSearchParams(
      GATE_OPTIONS.flatMap(option => (options[option] === undefined ? [] : [[option, options[option]]])),
    ).toString(),
  })

export function createGateReaders(options: GateReadersOptions): GateReaders {
  const { clock, ledger } = options
  const open = new Set<Connection>()
  const gates = new Map<string, Gate>()
  const reads = new Map<string, GateReads>()
  const counts = new Map<string, Counts>()
  const numbers = new Map<string, number>()

  const readsOf = (feed: string): GateReads =>
    had(reads, feed, () =>
      createGateReads({
        feed,
        gate: () => gates.get(feed)!,
        ownerOf: options.ownerOf,
        onPassage: options.onPassage,
        onUnknown: tag => options.onUnknown?.(tag),
      }),
    )
  const countsOf = (feed: string): Counts => had(counts, feed, () => ({ frames: 0, refused: {} }))
  const refuse = (feed: string, reason: string): void => {
    const { refused } = countsOf(feed)
    refused[reason] = (refused[reason] ?? 0) + 1
  }
  /** The gate by the feed's options, or why there is none. */
  const know = (feed: GateFeed): Sentence | undefined => {
    const gate = readGate(feed.options, feed.name)
    if (!gate.ok) return gate.reason
    gates.set(feed.name, gate.value)
    return undefined
  }
  const hear = (feed: string, said: LlrpSaid, receivedAtMs: number, mark: number): void => {
    if (said.kind === 'event') readsOf(feed).event(said.event, receivedAtMs)
    if (said.kind === 'tags') readsOf(feed).tags(said.tags, receivedAtMs, mark)
  }

  const stop = clock.every(LOOK_MS, () => {
    const nowMs = clock.now()
    for (const one of reads.values()) one.tick(nowMs)
    for (const one of open) {
      if (one.state !== 'reading' && nowMs - one.askedAtMs > ANSWER_MS) {
        one.tell(`판독기가 ${ANSWER_MS / 1000}초 동안 응답하지 않음`, `the reader did not answer for ${ANSWER_MS / 1000} s`)
        one.close()
      } else if (one.state === 'reading' && nowMs - one.lastAtMs > SILENT_MS) {
        one.tell(`판독기가 ${SILENT_MS / 1000}초 동안 조용함`, `the reader was silent for ${SILENT_MS / 1000} s`)
        one.close()
      }
    }
  })

  return {
    kinds: [GATE_KIND],
    opened(feed, peer, line, book) {
      const { name } = feed
      const openedAtMs = clock.now()
      const mine: Connection = {
        feed: name,
        state: line ? 'calling' : 'reading',
        askedAtMs: openedAtMs,
        lastAtMs: openedAtMs,
        isOver: false,
        tell(ko, en) {
          options.onNotice?.(name, { ko, en })
          book.sample('reader', new TextEncoder().encode(en))
        },
        close() {
          mine.isOver = true
          open.delete(mine)
          line?.close()
        },
      }
      const fault = know(feed)
      if (fault) {
        mine.tell(fault.ko, fault.en)
        mine.close()
        return { bytes: () => undefined, closed() {} }
      }
      if (line) open.add(mine)
      const setup = createReaderSetup(gates.get(name)!.antennas)
      const kept = keptAs(feed)
      const number = had(numbers, kept, () => ledger.feed(kept))
      const goOn = (outcome: SetupOutcome): void => {
        if (!outcome || !line) return
        if ('refused' in outcome) {
          const { code, words } = outcome.status
          mine.tell(
            `판독기 ${peer}가 ${outcome.refused}을(를) 거절함: ${code} ${words}`,
            `the reader ${peer} refused ${outcome.refused}: ${code} ${words}`,
          )
          mine.close()
          return
        }
        mine.askedAtMs = clock.now()
        mine.state = 'isReading' in outcome ? 'reading' : 'telling'
        if (outcome.send) line.write(outcome.send)
      }
      const happened = (said: Extract<LlrpSaid, { readonly kind: 'event' }>): void => {
        const { attempt, antenna, exception, hasOverflowed, isClosing } = said.event
        if (attempt === 'success') {
          const behindMs = readsOf(name).clockBehindMs ?? 0
          if (Math.abs(behindMs) > CLOCK_NOTICE_MS)
            mine.tell(
              `판독기 시계가 ${Math.round(behindMs / 1000)}초 늦음(음수는 빠름). 시각은 고쳐서 씀`,
              `the reader's clock is ${Math.round(behindMs / 1000)} s behind (negative: ahead); its times are mended`,
            )
          goOn(setup.begin())
        } else if (attempt === 'another-tried') {
          mine.tell('다른 프로그램이 이 판독기에 연결하려 함', 'another program tried to connect to this reader')
        } else if (attempt) {
          mine.tell(`판독기 ${peer}가 연결을 받지 않음: ${attempt}`, `the reader ${peer} does not take us: ${attempt}`)
          mine.close()
        }
        if (antenna && !antenna.isConnected) mine.tell(`안테나 ${antenna.id} 연결 끊김`, `antenna ${antenna.id} is disconnected`)
        if (exception !== undefined) mine.tell(`판독기 이상: ${exception}`, `the reader says: ${exception}`)
        if (hasOverflowed) mine.tell('판독기에서 보고가 넘쳐 일부를 잃음', 'reports overflowed in the reader, some are lost')
        if (isClosing) mine.close()
      }
      let isEnding = false
      const framer = new Framer(llrpFrames, LLRP_MAX_FRAME_BYTES, {
        frame(frame) {
          if (mine.isOver) return
          const nowMs = clock.now()
          mine.lastAtMs = nowMs
          const mark = ledger.append(number, frame, nowMs)
          countsOf(name).frames++
          book.heard(1)
          const said = readLlrp(frame)
          if (said === 'malformed') {
            refuse(name, said)
            book.sample(said, frame)
            return
          }
          if (said.kind === 'tags' && said.unreadHex !== undefined) book.sample('unread', frame)
          hear(name, said, nowMs, mark)
          if (said.kind === 'keepalive') line?.write(keepaliveAck(said.id))
          if (said.kind === 'answer') goOn(setup.answered(said))
          if (said.kind === 'event') happened(said)
        },
        skipped(bytes) {
          if (mine.isOver) return
          ledger.append(number, bytes, clock.now())
          refuse(name, 'no-frame')
          book.sample('no-frame', bytes)
          // A message that was not finished when the line broke.
          if (isEnding) return
          // There is no mark by which a beginning could be found again.
          mine.tell(`${peer}은(는) LLRP가 아님`, `what ${peer} says is not LLRP`)
          mine.close()
        },
      })
      return {
        bytes(chunk) {
          if (!mine.isOver) framer.push(chunk)
          return undefined
        },
        closed() {
          isEnding = true
          framer.end()
          mine.isOver = true
          open.delete(mine)
        },
      }
    },
    counts(feed) {
      const { frames, refused } = countsOf(feed)
      return { sentences: frames, refused, latencyMs: reads.get(feed)?.latencyMs ?? Number.NaN }
    },
    trial: () =>
      createTrial({
        name: GATE_KIND.name,
        frames: llrpFrames,
        maxFrameBytes: LLRP_MAX_FRAME_BYTES,
        devicesIn: frame => (readLlrp(frame) === 'malformed' ? undefined : []),
      }),
    replay({ protocol, feed: name, deviceId = '' }, bytes, receivedAtMs, mark) {
      if (protocol !== GATE_KIND.name || know({ name, options: Object.fromEntries(new URLSearchParams(deviceId)) })) return
      readsOf(name).tick(receivedAtMs)
      const said = readLlrp(bytes)
      if (said !== 'malformed') hear(name, said, receivedAtMs, mark)
    },
    state: feed => [...open].find(one => one.feed === feed)?.state,
    unknown: () => [...reads.values()].flatMap(one => one.unknown),
    close() {
      stop()
      for (const one of open) one.close()
    },
  }
}

function had<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const fresh = make()
  map.set(key, fresh)
  return fresh
}
