// Two ships near each other, kept while they are: what rendezvous and small-craft-meeting share. A pair is found by either ship and forgotten with either.
import { distanceM, METRES_PER_NAUTICAL_MILE, offset } from '#base/index.ts'
import type { PictureColumns, Slot } from '../picture/columns.ts'
import type { PositionReport } from '../report.ts'
import { type BulkIn, type BulkOut, recordPieces, recordsOf } from '../saving.ts'

const NA_SOG = 1023
const STEERS_DECIKNOTS = 5
/** Below it a course is as good as none: she may as well have stayed. */
const DRIFTS_DECIKNOTS = 20
/** Nobody is carried on by her last course for longer. */
const CARRIED_H = 1

export class Pairs<State extends object> {
  readonly #pairs = new Map<number, State>()
  readonly #partners = new Map<Slot, Set<Slot>>()
  readonly #capacity: number

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get(a: Slot, b: Slot): State | undefined {
    return this.#pairs.get(this.#key(a, b))
  }
  set(a: Slot, b: Slot, state: State): void {
    this.#pairs.set(this.#key(a, b), state)
    this.#partnersOf(a).add(b)
    this.#partnersOf(b).add(a)
  }
  delete(a: Slot, b: Slot): void {
    this.#pairs.delete(this.#key(a, b))
    this.#part(a, b)
    this.#part(b, a)
  }
  /** Partners of the ship; a copy, so that pairs may end meanwhile. */
  partners(slot: Slot): readonly Slot[] {
    const own = this.#partners.get(slot)
    return own ? [...own] : []
  }
  hasPartners(slot: Slot): boolean {
    return this.#partners.has(slot)
  }
  *all(): IterableIterator<[Slot, Slot, State]> {
    for (const [key, state] of this.#pairs) yield [Math.floor(key / this.#capacity), key % this.#capacity, state]
  }
  save(out: BulkOut): unknown {
    return out.later(recordPieces([...this.all()].map(([a, b, one]) => [a, b, { ...one }])))
  }
  restore(state: unknown, from: BulkIn): void {
    for (const [a, b, one] of recordsOf(from, Number(state)) as [Slot, Slot, State][]) this.set(a, b, one)
  }

  #key(a: Slot, b: Slot): number {
    return a < b ? a * this.#capacity + b : b * this.#capacity + a
  }
  #partnersOf(slot: Slot): Set<Slot> {
    let own = this.#partners.get(slot)
    if (!own) {
      own = new Set()
      this.#partners.set(slot, own)
    }
    return own
  }
  #part(slot: Slot, from: Slot): void {
    const own = this.#partners.get(slot)
    if (own?.delete(from) && own.size === 0) this.#partners.delete(slot)
  }
}

/**
 * Metres between a ship's report and where another is at that moment, carried on by her own course and speed. One that drifts may as well have stayed: the
 * nearer of the two places counts.
 */
export function distanceNowM(report: PositionReport, picture: PictureColumns, other: Slot): number {
  const lat = picture.lat600k[other]! / 600_000
  const lon = picture.lon600k[other]! / 600_000
  const plain = distanceM(report.lat600k / 600_000, report.lon600k / 600_000, lat, lon)
  const sog = picture.sogDeciknots[other]!
  const cog = picture.cogDecidegrees[other]!
  const hours = (report.sentAtMs - picture.sentAtMs[other]!) / 3_600_000
  if (hours === 0 || hours > CARRIED_H || sog < STEERS_DECIKNOTS || sog === NA_SOG || cog >= 3600) return plain
  const carried = offset(lat, lon, cog / 10, (sog / 10) * hours * METRES_PER_NAUTICAL_MILE)
  const metres = distanceM(report.lat600k / 600_000, report.lon600k / 600_000, carried.lat, carried.lon)
  return sog < DRIFTS_DECIKNOTS ? Math.min(plain, metres) : metres
}
