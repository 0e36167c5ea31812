// Reports of one ship leave in the order of sending. A feed that delivers in order is not delayed at all: only where more than one report in fifty comes out
// of order does the pass wait, and only as long as that feed's own lateness asks (two minutes at most). What comes later than that is a late report.
import type { Slot } from '../picture/columns.ts'
import type { PositionReport } from '../report.ts'
import { type BulkIn, type BulkOut, recordPieces, recordsOf } from '../saving.ts'

/** Upper edges of the lateness classes, ms. The first is 'in order'. */
const EDGES_MS = [0, 500, 1000, 2000, 4000, 8000, 15_000, 30_000, 60_000, 90_000, 120_000]
export const MAX_WAIT_MS = 120_000
const TOLERATED = 0.02
/** Counts are halved when they reach this: about the last few hundred reports of the feed decide. */
const FORGET_AT = 512

/** How late a feed's reports come behind younger ones of the same ship. */
export class Lateness {
  readonly #counts = new Float64Array(EDGES_MS.length)
  #total = 0
  waitMs = 0

  /** `behindMs`: how long ago (receipt) a younger report of this ship came; 0 = in order. */
  note(behindMs: number): void {
    if (behindMs > MAX_WAIT_MS) return
    let at = 0
    while (EDGES_MS[at]! < behindMs) at++
    this.#counts[at]!++
    this.#total++
    if (at === 0 && this.waitMs === 0 && this.#total < FORGET_AT) return
    if (this.#total >= FORGET_AT) {
      this.#total = 0
      for (let n = 0; n < EDGES_MS.length; n++) this.#total += this.#counts[n]! /= 2
    }
    let beyond = 0
    let edge = EDGES_MS.length - 1
    while (edge > 0 && beyond + this.#counts[edge]! <= this.#total * TOLERATED) beyond += this.#counts[edge--]!
    this.waitMs = EDGES_MS[edge]!
  }

  save(): unknown {
    return { counts: this.#counts, total: this.#total, waitMs: this.waitMs }
  }
  restore(saved: unknown): void {
    const state = saved as { counts: Float64Array; total: number; waitMs: number }
    this.#counts.set(state.counts)
    this.#total = state.total
    this.waitMs = state.waitMs
  }
}

interface Waiting {
  report: PositionReport
  slot: Slot
  dueMs: number
  gone: boolean
}

/** Reports that wait for earlier ones still under way. */
export class WaitingRoom {
  /** A ship's waiting reports, by time of sending. */
  readonly #bySlot = new Map<Slot, Waiting[]>()
  /** Binary heap by due time. */
  readonly #heap: Waiting[] = []

  get size(): number {
    return this.#heap.length
  }

  /** Lowest ledger mark of those that wait; infinity when nobody does. */
  get oldestMark(): number {
    let oldest = Number.POSITIVE_INFINITY
    for (const { report, gone } of this.#heap) if (!gone && report.mark >= 0) oldest = Math.min(oldest, report.mark)
    return oldest
  }

  has(slot: Slot): boolean {
    return this.#bySlot.has(slot)
  }

  /** Keeps a copy of the report until `dueMs` of the receipt clock. */
  add(slot: Slot, report: PositionReport, dueMs: number): void {
    const waiting: Waiting = { report: { ...report }, slot, dueMs, gone: false }
    const own = this.#bySlot.get(slot)
    if (!own) this.#bySlot.set(slot, [waiting])
    else {
      let at = own.length
      while (at > 0 && own[at - 1]!.report.sentAtMs > report.sentAtMs) at--
      own.splice(at, 0, waiting)
    }
    this.#push(waiting)
  }

  /** Due time of the next one, infinity when nobody waits. */
  get nextDueMs(): number {
    while (this.#heap[0]?.gone) this.#pop()
    return this.#heap[0]?.dueMs ?? Number.POSITIVE_INFINITY
  }

  /** Lets out what is due first, and before it all of that ship that was sent earlier. */
  release(visit: (slot: Slot, report: PositionReport) => void): void {
    const due = this.#pop()
    if (!due || due.gone) return
    const own = this.#bySlot.get(due.slot) ?? []
    const upTo = own.indexOf(due) + 1
    const leaving = own.splice(0, upTo)
    if (own.length === 0) this.#bySlot.delete(due.slot)
    for (const one of leaving) {
      one.gone = true
      visit(one.slot, one.report)
    }
  }

  /** The slot goes to another ship: what waits of the old one is let go. */
  forget(slot: Slot): void {
    for (const one of this.#bySlot.get(slot) ?? []) one.gone = true
    this.#bySlot.delete(slot)
  }

  save(out: BulkOut): unknown {
    return out.later(recordPieces([...this.#bySlot.values()].flat()))
  }
  restore(saved: unknown, from: BulkIn): void {
    for (const { report, slot, dueMs } of recordsOf(from, Number(saved)) as Waiting[]) this.add(slot, report, dueMs)
  }

  #push(waiting: Waiting): void {
    const heap = this.#heap
    let at = heap.length
    heap.push(waiting)
    while (at > 0) {
      const up = (at - 1) >> 1
      if (isBefore(heap[up]!, waiting)) break
      heap[at] = heap[up]!
      at = up
    }
    heap[at] = waiting
  }

  #pop(): Waiting | undefined {
    const heap = this.#heap
    const top = heap[0]
    const last = heap.pop()
    if (!last || heap.length === 0) return top
    let at = 0
    for (;;) {
      let down = at * 2 + 1
      if (down >= heap.length) break
      if (down + 1 < heap.length && isBefore(heap[down + 1]!, heap[down]!)) down++
      if (isBefore(last, heap[down]!)) break
      heap[at] = heap[down]!
      at = down
    }
    heap[at] = last
    return top
  }
}

/** By due time; equal ones by sending, then by ship, so that a replay releases them alike. */
const isBefore = (a: Waiting, b: Waiting): boolean =>
  a.dueMs !== b.dueMs
    ? a.dueMs < b.dueMs
    : a.report.sentAtMs !== b.report.sentAtMs
      ? a.report.sentAtMs < b.report.sentAtMs
      : a.report.mmsi <= b.report.mmsi
