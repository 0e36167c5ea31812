// A feed's health as an officer reads it: rate, age of the last line, what was bad and samples of it. Counters only; a view is made when asked for.
import type { FeedAddress, FeedHealth } from './feed.ts'
import type { Words } from './words.ts'

const SECOND_MS = 1000
const MINUTES_SHOWN = 60
const SAMPLES_KEPT = 20
const RATE_SECONDS = 10
const LATE_MS = 15_000
const SILENT_MS = 60_000
const SAMPLE_CHARACTERS = 300

export class FeedHealthBook {
  readonly address: FeedAddress
  readonly openedAtMs: number
  paused = false
  hasEnded = false
  trouble: Words | undefined
  lastAtMs = 0
  droppedBytes = 0
  readonly #samples: { atMs: number; reason: string; line: string }[] = []
  readonly #bySecond = new Uint32Array(RATE_SECONDS)
  readonly #byMinute = new Uint32Array(MINUTES_SHOWN)
  #second = 0
  #minute = 0

  constructor(address: FeedAddress, nowMs: number) {
    this.address = address
    this.openedAtMs = nowMs
    this.#second = Math.floor(nowMs / SECOND_MS)
    this.#minute = Math.floor(nowMs / 60_000)
  }

  heard(lines: number, nowMs: number): void {
    this.#turnTo(nowMs)
    this.#bySecond[this.#second % RATE_SECONDS]! += lines
    this.#byMinute[this.#minute % MINUTES_SHOWN]! += lines
    this.lastAtMs = nowMs
  }

  sample(reason: string, bytes: Uint8Array, nowMs: number): void {
    this.#samples.push({ atMs: nowMs, reason, line: printable(bytes) })
    if (this.#samples.length > SAMPLES_KEPT) this.#samples.shift()
  }

  view(
    nowMs: number,
    counts: { readonly sentences: number; readonly refused: Readonly<Record<string, number>>; readonly latencyMs: number },
    stations: FeedHealth['stations'],
    isDemo: boolean,
  ): FeedHealth {
    this.#turnTo(nowMs)
    const badBy = Object.fromEntries(Object.entries(counts.refused).filter(([, times]) => times > 0))
    const { name, url, kind, network } = this.address
    return {
      name,
      url,
      kind,
      network,
      state: this.#state(nowMs - (this.lastAtMs || this.openedAtMs)),
      perSecond: this.#bySecond.reduce((sum, n) => sum + n, 0) / RATE_SECONDS,
      sentences: counts.sentences,
      bad: Object.values(badBy).reduce((sum, n) => sum + n, 0),
      badBy,
      // Only minutes since it was opened: before that nothing could be missing.
      lastHour: Array.from(this.#byMinute, (_, n) => this.#byMinute[(this.#minute + 1 + n) % MINUTES_SHOWN]!).slice(
        -Math.min(MINUTES_SHOWN, Math.floor(nowMs / 60_000) - Math.floor(this.openedAtMs / 60_000) + 1),
      ),
      samples: [...this.#samples].reverse(),
      stations,
      demo: isDemo,
      droppedBytes: this.droppedBytes,
      ...(this.lastAtMs ? { lastAtMs: this.lastAtMs } : {}),
      ...(Number.isNaN(counts.latencyMs) ? {} : { latencyMs: counts.latencyMs }),
      ...(this.trouble === undefined ? {} : { trouble: this.trouble }),
    }
  }

  #state(unheardMs: number): FeedHealth['state'] {
    if (this.paused) return 'paused'
    if (this.hasEnded) return 'ended'
    if (unheardMs > SILENT_MS) return 'silent'
    return unheardMs > LATE_MS || this.trouble !== undefined ? 'late' : 'ok'
  }

  #turnTo(nowMs: number): void {
    const second = Math.floor(nowMs / SECOND_MS)
    if (second - this.#second >= RATE_SECONDS) this.#bySecond.fill(0)
    else for (let at = this.#second + 1; at <= second; at++) this.#bySecond[at % RATE_SECONDS] = 0
    this.#second = Math.max(this.#second, second)
    const minute = Math.floor(nowMs / 60_000)
    if (minute - this.#minute >= MINUTES_SHOWN) this.#byMinute.fill(0)
    else for (let at = this.#minute + 1; at <= minute; at++) this.#byMinute[at % MINUTES_SHOWN] = 0
    this.#minute = Math.max(this.#minute, minute)
  }
}

/** What was received, readable: control characters as dots. */
export const printable = (bytes: Uint8Array): string =>
  Buffer.from(bytes.subarray(0, SAMPLE_CHARACTERS))
    .toString('latin1')
    .replace(/[^\x20-\x7e]/g, '.')
