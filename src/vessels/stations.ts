// The coast stations whose names the feeds carry: an index each, when it was last heard and how often. Index 0: not named.
import type { StationHealth } from './pass-contract.ts'

const MAX_STATIONS = 65_000

export interface SavedStations {
  readonly names: readonly string[]
  readonly feed: readonly number[]
  readonly last: readonly number[]
  readonly messages: readonly number[]
}

export class Stations {
  readonly names: string[] = ['']
  readonly #index = new Map<string, number>([['', 0]])
  readonly #feed: number[] = [0]
  readonly #lastMs: number[] = [0]
  readonly #messages: number[] = [0]

  /** The station's index, made when it is new; 0 when there are too many. */
  of(name: string, feed: number, nowMs: number): number {
    const known = this.#index.get(name)
    if (known !== undefined) return known
    if (this.names.length >= MAX_STATIONS) return 0
    const index = this.names.length
    this.names.push(name)
    this.#index.set(name, index)
    this.#feed.push(feed)
    this.#lastMs.push(nowMs)
    this.#messages.push(0)
    return index
  }

  heard(station: number, nowMs: number): void {
    this.#lastMs[station] = nowMs
    this.#messages[station]!++
  }

  health(): readonly StationHealth[] {
    return this.names.slice(1).map((name, n) => ({
      name,
      feed: this.#feed[n + 1] ?? 0,
      lastAtMs: this.#lastMs[n + 1] ?? 0,
      messages: this.#messages[n + 1] ?? 0,
    }))
  }

  save(): SavedStations {
    return { names: this.names, feed: this.#feed, last: this.#lastMs, messages: this.#messages }
  }

  restore(saved: SavedStations, nowMs: number): void {
    for (const [n, name] of saved.names.entries()) {
      this.of(name, saved.feed[n] ?? 0, nowMs)
      this.#lastMs[n] = saved.last[n] ?? 0
      this.#messages[n] = saved.messages[n] ?? 0
    }
  }
}
