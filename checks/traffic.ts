// Traffic for the checks: real sentences whose content tells their number, so that what arrived can be compared with what was sent.
import type { Socket } from 'node:net'
import { encodeSentences } from '#wire/ais/index.ts'

/** A position of a ship; `n` moves her a little, so that no two are copies. */
export const positionSentence = (mmsi: number, n: number): string =>
  `${encodeSentences({ type: 1, repeat: 0, mmsi, navigationStatus: 0, sogKn: 10, accurate: true, lon: 125 + (mmsi % 977) * 0.004 + (n % 4000) * 0.00005, lat: 33 + (mmsi % 733) * 0.006, cogDeg: 90, headingDeg: 90, second: Math.floor(Date.now() / 1000) % 60, raim: false }).join('\r\n')}\r\n`

/** An active distress beacon: raises an alarm at once, one for each number. */
export const beaconSentence = (mmsi: number): string =>
  `${encodeSentences({ type: 1, repeat: 0, mmsi, navigationStatus: 14, sogKn: 0, accurate: true, lon: 129 + (mmsi % 500) * 0.002, lat: 34.5, cogDeg: 0, raim: false }).join('\r\n')}\r\n`

export interface Sender {
  /** Number of the next sentence. */
  count(): number
  /** The newest sentences (20,000 at most) that had been handed to the socket at this moment (performance.now()). */
  sentBefore(atMs: number): readonly string[]
  /** Number of the next sentence. */
  stop(): number
}

const TICK_MS = 10
const SHIPS = 500
const KEPT = 20_000

/** Sends numbered positions at a rate, as far as the socket takes them. */
export function startSender(socket: Socket, options: { readonly perSecond: number; readonly first?: number }): Sender {
  let n = options.first ?? 0
  const first = n
  const log: { readonly atMs: number; readonly sentence: string }[] = []
  const begun = performance.now()
  const timer = setInterval(() => {
    if (socket.destroyed || socket.writableLength > 1 << 20) return
    const atMs = performance.now()
    const due = first + Math.floor(((atMs - begun) / 1000) * options.perSecond)
    const until = Math.min(due, n + options.perSecond / 10)
    let text = ''
    while (n < until) {
      const sentence = positionSentence(440_000_000 + (n % SHIPS), n++)
      log.push({ atMs, sentence: sentence.trimEnd() })
      text += sentence
    }
    if (text !== '') socket.write(text)
    if (log.length > KEPT * 2) log.splice(0, log.length - KEPT)
  }, TICK_MS)
  return {
    count: () => n,
    sentBefore: atMs => log.filter(one => one.atMs <= atMs).map(one => one.sentence),
    stop() {
      clearInterval(timer)
      return n
    },
  }
}
