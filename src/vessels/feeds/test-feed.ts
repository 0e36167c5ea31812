// Listens to a feed for a few seconds without adding it: is anything there, and is it AIS?
import type { Clock } from '#base/index.ts'
import { createAisStream } from '#wire/ais/index.ts'
import { readFeedAddress } from './address.ts'
import { printable } from './health.ts'
import { TRANSPORTS } from './transports.ts'

const LISTEN_MS = 4000
const LINES_SHOWN = 12
/** Enough to know. */
const LINES_ENOUGH = 200
const LF = 10

export interface FeedTestOutcome {
  readonly ok: boolean
  readonly said: string
  readonly lines: readonly string[]
}

export function testFeed(url: string, clock: Clock): Promise<FeedTestOutcome> {
  const read = readFeedAddress(url)
  if (!read.ok) return Promise.resolve({ ok: false, said: read.reason, lines: [] })
  const address = read.value
  if (address.transport === 'stdin')
    return Promise.resolve({
      ok: false,
      said: 'standard input belongs to the process and cannot be tried; start with --feed stdin:',
      lines: [],
    })
  return new Promise(done => {
    const lines: string[] = []
    let trouble: string | undefined
    let bytes = 0
    const stream = createAisStream({ message: () => {} })
    let isDone = false
    const finish = (): void => {
      if (isDone) return
      isDone = true
      stop()
      opened.close()
      const { messages, refused } = stream.counts
      const bad = Object.values(refused).reduce((sum, n) => sum + n, 0)
      const heard = `${stream.counts.sentences} sentences, ${messages} AIS messages, ${bad} refused`
      done(
        messages > 0
          ? { ok: true, said: heard, lines }
          : {
              ok: false,
              said:
                trouble ??
                (bytes > 0
                  ? `bytes came, but no AIS message: ${heard}`
                  : `nothing heard within ${LISTEN_MS / 1000} s; is the sender on, and does it send here?`),
              lines,
            },
      )
    }
    const stop = clock.after(LISTEN_MS, finish)
    const opened = TRANSPORTS[address.transport]!.open(address, {
      clock,
      trouble: sentence => {
        trouble = sentence
      },
      dropped: () => {},
      opened: () => ({
        bytes(chunk) {
          bytes += chunk.length
          stream.push(chunk, clock.now())
          for (let at = 0; lines.length < LINES_SHOWN; ) {
            const end = chunk.indexOf(LF, at)
            if (end < 0) break
            lines.push(printable(chunk.subarray(at, end)).replace(/\.$/, ''))
            at = end + 1
          }
          if (stream.counts.messages >= LINES_ENOUGH) queueMicrotask(finish)
          return stream.counts.messages >= LINES_ENOUGH ? 'wait' : 'go-on'
        },
        onResume: () => {},
        closed: () => {},
      }),
    })
  })
}
