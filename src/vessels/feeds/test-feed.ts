// Listens to a feed for a few seconds without adding it: is anything there, and is it AIS?
import type { Clock } from '#base/index.ts'
import { createAisStream } from '#wire/ais/index.ts'
import { type FeedKind, readFeedAddress } from './address.ts'
import type { FeedTestOutcome } from './feed.ts'
import { printable } from './health.ts'
import type { Inlet } from './transport.ts'
import { TRANSPORTS } from './transports.ts'
import { systemWords, type Words } from './words.ts'

const LISTEN_MS = 4000
const LINES_SHOWN = 12
/** Enough to know. */
const ENOUGH = 200
const LF = 10

/** What a few seconds of a feed are shown to, and what it makes of them. */
export interface FeedTrial {
  push(chunk: Uint8Array): void
  /** A message that came whole, from a device that its topic names. */
  message?(bytes: Uint8Array, deviceId: string | undefined): void
  /** Messages understood. */
  readonly messages: number
  /** What was heard, in words. */
  heard(): Words
  /** The first of it, to be looked at. */
  readonly lines: readonly string[]
}

export interface TestFeedOptions {
  readonly clock: Clock
  /** Beside AIS. */
  readonly kinds: readonly FeedKind[]
  /** How these are tried. */
  trialOf(kind: string): FeedTrial | undefined
  readonly passwordOf: Inlet['passwordOf']
}

export function testFeed(url: string, { clock, kinds, trialOf, passwordOf }: TestFeedOptions): Promise<FeedTestOutcome> {
  const read = readFeedAddress(url, kinds)
  if (!read.ok) return Promise.resolve({ ok: false, said: read.reason, lines: [] })
  const address = read.value
  if (address.transport === 'stdin')
    return Promise.resolve({
      ok: false,
      said: {
        ko: '표준 입력은 이 프로세스의 것이라 시험할 수 없습니다. --feed stdin: 으로 시작하십시오',
        en: 'standard input belongs to the process and cannot be tried; start with --feed stdin:',
      },
      lines: [],
    })
  return new Promise(done => {
    let trouble: Words | undefined
    let bytes = 0
    const trial = trialOf(address.kind) ?? aisTrial(clock)
    const flow = (): 'go-on' | 'wait' => {
      if (trial.messages < ENOUGH) return 'go-on'
      queueMicrotask(finish)
      return 'wait'
    }
    let isDone = false
    const finish = (): void => {
      if (isDone) return
      isDone = true
      stop()
      opened.close()
      const heard = trial.heard()
      const isHeard = trial.messages > 0
      done({ ok: isHeard, said: isHeard ? heard : (trouble ?? nothing(bytes, heard)), lines: trial.lines })
    }
    const stop = clock.after(LISTEN_MS, finish)
    let opened = { close: (): void => {} }
    try {
      opened = TRANSPORTS[address.transport]!.open(address, {
        clock,
        isTrial: true,
        ...(passwordOf ? { passwordOf } : {}),
        trouble(words) {
          trouble = words
        },
        // A short recording is known before the time is over.
        ended: () => queueMicrotask(finish),
        dropped: () => {},
        opened: () => ({
          ...(trial.message
            ? {
                message(whole) {
                  bytes += whole.bytes.length
                  trial.message?.(whole.bytes, whole.deviceId)
                  return { flow: flow(), kept: Promise.resolve(true) }
                },
              }
            : {}),
          bytes(chunk) {
            bytes += chunk.length
            trial.push(chunk)
            return flow()
          },
          onResume: () => {},
          closed: () => {},
        }),
      })
    } catch (error) {
      trouble = systemWords(error)
      finish()
    }
  })
}

function aisTrial(clock: Clock): FeedTrial {
  const stream = createAisStream({ message: () => {} })
  const lines: string[] = []
  return {
    push(chunk) {
      stream.push(chunk, clock.now())
      for (let at = 0; lines.length < LINES_SHOWN; ) {
        const end = chunk.indexOf(LF, at)
        if (end < 0) break
        lines.push(printable(chunk.subarray(at, end)).replace(/\.$/, ''))
        at = end + 1
      }
    },
    get messages() {
      return stream.counts.messages
    },
    heard() {
      const { sentences, messages, refused } = stream.counts
      const bad = Object.values(refused).reduce((sum, n) => sum + n, 0)
      return {
        ko: `문장 ${sentences}개, AIS 메시지 ${messages}건, 버림 ${bad}건`,
        en: `${sentences} sentences, ${messages} AIS messages, ${bad} refused`,
      }
    },
    lines,
  }
}

function nothing(bytes: number, heard: Words): Words {
  return bytes > 0
    ? { ko: `바이트는 왔으나 이해한 것이 없음: ${heard.ko}`, en: `bytes came, but nothing that is understood: ${heard.en}` }
    : {
        ko: `${LISTEN_MS / 1000}초 동안 아무것도 오지 않음. 보내는 쪽이 켜져 있고 이곳으로 보내고 있습니까?`,
        en: `nothing heard within ${LISTEN_MS / 1000} s; is the sender on, and does it send here?`,
      }
}
