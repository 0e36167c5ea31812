// The second track under a ship's number: where it was last, how steady it is, and when the two took turns. Jamming or an inland feed can give every ship one,
// so they are rows of numbers, lent in slabs: nothing for the collector to walk, and saved by copying.
import type { Slot } from '../picture/columns.ts'
import type { PositionReport } from '../report.ts'
import { type BulkIn, type BulkOut, fill } from '../saving.ts'

const TURNS_WINDOW_MS = 30 * 60_000
const TURNS_KEPT = 8
const SLAB_ROWS = 2048

const LAT = 0
const LON = 1
const SENT_AT = 2
/** Strays since the last report of the first track. */
const IN_ROW = 3
/** Of these, how many could be one hull's. */
const STEADY = 4
/** 1 when the last report was the second track's. */
const IS_LAST = 5
/** How often the tracks took turns; the times of the last ones follow, as a ring. */
const TURNS = 6
const ROW = TURNS + 1 + TURNS_KEPT

interface SavedTracks {
  readonly lent: number
  readonly free: readonly number[]
  readonly row: number
  readonly slabs: readonly number[]
}

export class SecondTracks {
  readonly #slabs: Float64Array[] = []
  readonly #free: number[] = []
  #lent = 0
  /** Row of each slot, -1 = no second track. */
  readonly #row: Int32Array

  constructor(capacity: number) {
    this.#row = new Int32Array(capacity).fill(-1)
  }

  has(slot: Slot): boolean {
    return this.#row[slot]! >= 0
  }
  /** What the last report of the second track said. Only where there is one. */
  lat600k(slot: Slot): number {
    return this.#get(slot, LAT)
  }
  lon600k(slot: Slot): number {
    return this.#get(slot, LON)
  }
  sentAtMs(slot: Slot): number {
    return this.#get(slot, SENT_AT)
  }
  inRow(slot: Slot): number {
    return this.#get(slot, IN_ROW)
  }
  steady(slot: Slot): number {
    return this.#get(slot, STEADY)
  }
  /** Was the ship's last report the second track's? */
  isLast(slot: Slot): boolean {
    return this.has(slot) && this.#get(slot, IS_LAST) === 1
  }

  /** A report off the first track; `isSteady`: it could be the hull of the last such one. */
  add(slot: Slot, report: PositionReport, isSteady: boolean): void {
    if (!this.has(slot)) this.#row[slot] = this.#lend()
    const slab = this.#slabOf(slot)
    const at = this.#start(slot)
    if (slab[at + IS_LAST] === 0) this.#turn(slot, report.sentAtMs)
    slab[at + IS_LAST] = 1
    slab[at + IN_ROW]!++
    slab[at + STEADY] = isSteady ? slab[at + STEADY]! + 1 : 1
    slab[at + LAT] = report.lat600k
    slab[at + LON] = report.lon600k
    slab[at + SENT_AT] = report.sentAtMs
  }

  /** The first track was heard again. */
  turnBack(slot: Slot, atMs: number): void {
    this.#turn(slot, atMs)
    const slab = this.#slabOf(slot)
    const at = this.#start(slot)
    slab[at + IS_LAST] = slab[at + IN_ROW] = slab[at + STEADY] = 0
  }

  /** Changes between the tracks within the half hour before, as far as they are remembered. */
  turnsBefore(slot: Slot, atMs: number): number {
    const slab = this.#slabOf(slot)
    const at = this.#start(slot) + TURNS
    let turns = 0
    for (let n = 0; n < Math.min(TURNS_KEPT, slab[at]!); n++) if (atMs - slab[at + 1 + n]! <= TURNS_WINDOW_MS) turns++
    return turns
  }

  forget(slot: Slot): void {
    if (!this.has(slot)) return
    this.#free.push(this.#row[slot]!)
    this.#row[slot] = -1
  }

  save(out: BulkOut, slots: number): unknown {
    return {
      lent: this.#lent,
      free: [...this.#free],
      row: out.copy(this.#row.subarray(0, slots)),
      slabs: this.#slabs.map(slab => out.copy(slab)),
    } satisfies SavedTracks
  }

  restore(saved: unknown, from: BulkIn): void {
    const state = saved as SavedTracks
    fill(this.#row, from, state.row)
    this.#lent = state.lent
    this.#free.push(...state.free)
    for (const id of state.slabs) {
      const slab = new Float64Array(SLAB_ROWS * ROW)
      fill(slab, from, id)
      this.#slabs.push(slab)
    }
  }

  #turn(slot: Slot, atMs: number): void {
    const slab = this.#slabOf(slot)
    const at = this.#start(slot) + TURNS
    slab[at + 1 + (slab[at]! % TURNS_KEPT)] = atMs
    slab[at]!++
  }

  #lend(): number {
    const reused = this.#free.pop()
    if (reused === undefined && this.#lent % SLAB_ROWS === 0) this.#slabs.push(new Float64Array(SLAB_ROWS * ROW))
    const row = reused ?? this.#lent++
    this.#slabs[Math.floor(row / SLAB_ROWS)]!.fill(0, (row % SLAB_ROWS) * ROW, (row % SLAB_ROWS) * ROW + ROW)
    return row
  }
  #slabOf(slot: Slot): Float64Array {
    return this.#slabs[Math.floor(this.#row[slot]! / SLAB_ROWS)]!
  }
  #start(slot: Slot): number {
    return (this.#row[slot]! % SLAB_ROWS) * ROW
  }
  #get(slot: Slot, field: number): number {
    return this.#slabOf(slot)[this.#start(slot) + field]!
  }
}
