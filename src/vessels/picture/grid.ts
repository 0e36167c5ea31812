// Who is near: ships by hashed cells of 0.05°, each cell a list through the slots.
// HOT PATH: a report that stays in its cell costs one comparison; one that leaves it, two list links.
import type { Slot } from './columns.ts'
import { hashOf } from './hash.ts'

const CELL_600K = 30_000
const CELLS_AROUND = 7200
const EMPTY = -1

export class Grid {
  readonly #lat600k: Int32Array
  readonly #lon600k: Int32Array
  // Bucket heads and, a slot, its cell and links.
  readonly #heads: Int32Array
  readonly #bucketMask: number
  readonly #cell: Int32Array
  readonly #nextInCell: Int32Array
  readonly #previousInCell: Int32Array

  /** `size`: a power of two above the capacity. The columns are the picture's. */
  constructor(size: number, lat600k: Int32Array, lon600k: Int32Array) {
    this.#lat600k = lat600k
    this.#lon600k = lon600k
    this.#heads = new Int32Array(size).fill(EMPTY)
    this.#bucketMask = size - 1
    this.#cell = new Int32Array(lat600k.length).fill(EMPTY)
    this.#nextInCell = new Int32Array(lat600k.length).fill(EMPTY)
    this.#previousInCell = new Int32Array(lat600k.length).fill(EMPTY)
  }

  /** The ship is where its columns say. */
  enter(slot: Slot): void {
    const cell = cellOf(this.#lat600k[slot]!, this.#lon600k[slot]!)
    if (this.#cell[slot] === cell) return
    this.leave(slot)
    const bucket = hashOf(cell) & this.#bucketMask
    const head = this.#heads[bucket]!
    this.#cell[slot] = cell
    this.#nextInCell[slot] = head
    this.#previousInCell[slot] = EMPTY
    if (head !== EMPTY) this.#previousInCell[head] = slot
    this.#heads[bucket] = slot
  }

  leave(slot: Slot): void {
    const cell = this.#cell[slot]!
    if (cell === EMPTY) return
    const next = this.#nextInCell[slot]!
    const previous = this.#previousInCell[slot]!
    if (previous === EMPTY) this.#heads[hashOf(cell) & this.#bucketMask] = next
    else this.#nextInCell[previous] = next
    if (next !== EMPTY) this.#previousInCell[next] = previous
    this.#cell[slot] = EMPTY
  }

  /** Whether the slot lies in the cell of its place. */
  isRight(slot: Slot): boolean {
    return this.#cell[slot] === cellOf(this.#lat600k[slot]!, this.#lon600k[slot]!)
  }

  /** Degrees; west > east means across 180°. Slots from `highWater` on were never used. */
  forEachInBox(west: number, south: number, east: number, north: number, highWater: number, visit: (slot: Slot) => void): void {
    const wide = east - west
    const [w, e] = wide >= 360 ? [-180, 180] : [wrap(west), wrap(east)]
    const row0 = Math.floor((Math.max(-90, south) * 600_000) / CELL_600K)
    const row1 = Math.floor((Math.min(90, north) * 600_000) / CELL_600K)
    const column0 = Math.floor((w * 600_000) / CELL_600K)
    const column1 = Math.floor((e * 600_000) / CELL_600K)
    const columns = ((column1 - column0 + CELLS_AROUND) % CELLS_AROUND) + 1
    const [s600, n600, w600, e600] = [south * 600_000, north * 600_000, w * 600_000, e * 600_000]
    const isInside = (slot: Slot): boolean => {
      const lat = this.#lat600k[slot]!
      const lon = this.#lon600k[slot]!
      return lat >= s600 && lat <= n600 && (w600 <= e600 ? lon >= w600 && lon <= e600 : lon >= w600 || lon <= e600)
    }
    // Many cells for few ships: the ships are walked instead.
    if ((row1 - row0 + 1) * columns > highWater) {
      for (let slot = 0; slot < highWater; slot++) if (this.#cell[slot] !== EMPTY && isInside(slot)) visit(slot)
      return
    }
    for (let row = row0; row <= row1; row++) {
      for (let n = 0; n < columns; n++) {
        const cell = cellNumber(row, column0 + n)
        let next: number
        for (let slot = this.#heads[hashOf(cell) & this.#bucketMask]!; slot !== EMPTY; slot = next) {
          next = this.#nextInCell[slot]!
          if (this.#cell[slot] === cell && isInside(slot)) visit(slot)
        }
      }
    }
  }
}

const cellNumber = (row: number, column: number): number =>
  (row + 1800) * CELLS_AROUND + ((((column + 3600) % CELLS_AROUND) + CELLS_AROUND) % CELLS_AROUND)
const cellOf = (lat600k: number, lon600k: number): number => cellNumber(Math.floor(lat600k / CELL_600K), Math.floor(lon600k / CELL_600K))
const wrap = (lon: number): number => (lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon)
