// Where each source hears whom: for every 0.1° cell × source × class (A, B) the share of expected reports really heard, fading over 24 h. Flat columns under one
// open-addressed table, 21 bytes a cell; what has not been heard or missed for a week is left behind when the table grows. design/detectors.md §2 'Coverage model'.
// HOT PATH: one look-up for each source of the ship, 20–40 ns.

import { type BulkIn, type BulkOut, fill } from '../saving.ts'

const CELL_600K = 60_000
const CELLS_AROUND = 3600
const FIRST_SIZE = 1 << 12
const FADES_S = 24 * 3600
const FORGOTTEN_S = 7 * FADES_S
/** With fewer expected reports than this nothing is known of a cell. */
const MIN_EXPECTED = 8

export interface CoverageMap {
  /** Reports heard and expected in this cell by this source. */
  note(lat600k: number, lon600k: number, source: number, isClassB: boolean, heard: number, expected: number, atS: number): void
  /** Share of expected reports heard, 0–1; NaN where nothing is known. */
  share(lat600k: number, lon600k: number, source: number, isClassB: boolean, atS: number): number
  /** Whether this source heard anybody in this cell, of either class, since a day. */
  isHeard(lat600k: number, lon600k: number, source: number, atS: number): boolean
  /** Cells known of this source. */
  cellsOf(source: number): number
  save(out: BulkOut): unknown
  restore(state: unknown, from: BulkIn): void
}

interface Table {
  /** Key in two halves: cell and class; source. Source 0 = empty. */
  cell: Uint32Array
  source: Uint32Array
  heard: Float32Array
  expected: Float32Array
  atS: Uint32Array
}

const COLUMNS = ['cell', 'source', 'heard', 'expected', 'atS'] as const

const tableOf = (size: number): Table => ({
  cell: new Uint32Array(size),
  source: new Uint32Array(size),
  heard: new Float32Array(size),
  expected: new Float32Array(size),
  atS: new Uint32Array(size),
})

export function createCoverageMap(): CoverageMap {
  let table = tableOf(FIRST_SIZE)
  let used = 0
  const cells = new Map<number, number>()
  const countCells = (): void => {
    cells.clear()
    for (const source of table.source) if (source !== 0) cells.set(source, (cells.get(source) ?? 0) + 1)
  }

  /** Where the key stands, or where it would. */
  const find = (cell: number, source: number): number => {
    const mask = table.cell.length - 1
    let at = hashOf(cell, source) & mask
    while (table.source[at] !== 0 && (table.cell[at] !== cell || table.source[at] !== source)) at = (at + 1) & mask
    return at
  }

  const grow = (nowS: number): void => {
    const old = table
    let kept = 0
    for (let n = 0; n < old.cell.length; n++) if (old.source[n] !== 0 && nowS - old.atS[n]! < FORGOTTEN_S) kept++
    table = tableOf(2 ** Math.ceil(Math.log2(Math.max(FIRST_SIZE, kept * 4))))
    used = kept
    for (let n = 0; n < old.cell.length; n++) {
      if (old.source[n] === 0 || nowS - old.atS[n]! >= FORGOTTEN_S) continue
      const at = find(old.cell[n]!, old.source[n]!)
      for (const column of COLUMNS) table[column][at] = old[column][n]!
    }
    countCells()
  }

  return {
    note(lat600k, lon600k, source, isClassB, heard, expected, atS) {
      const cell = cellOf(lat600k, lon600k, isClassB)
      let at = find(cell, source)
      if (table.source[at] === 0) {
        if (used * 2 >= table.cell.length) {
          grow(atS)
          at = find(cell, source)
        }
        used++
        cells.set(source, (cells.get(source) ?? 0) + 1)
        table.cell[at] = cell
        table.source[at] = source
        table.heard[at] = table.expected[at] = 0
        table.atS[at] = atS
      }
      const passedS = atS - table.atS[at]!
      // Faded once a minute at most: that is fine enough, and cheap.
      if (passedS >= 60) {
        const left = Math.exp(-passedS / FADES_S)
        table.heard[at]! *= left
        table.expected[at]! *= left
        table.atS[at] = atS
      }
      table.heard[at]! += heard
      table.expected[at]! += expected
    },
    share(lat600k, lon600k, source, isClassB, atS) {
      const at = find(cellOf(lat600k, lon600k, isClassB), source)
      if (table.source[at] === 0) return Number.NaN
      const left = Math.exp(-Math.max(0, atS - table.atS[at]!) / FADES_S)
      return table.expected[at]! * left < MIN_EXPECTED ? Number.NaN : Math.min(1, table.heard[at]! / table.expected[at]!)
    },
    isHeard(lat600k, lon600k, source, atS) {
      for (const isClassB of [false, true]) {
        const at = find(cellOf(lat600k, lon600k, isClassB), source)
        if (table.source[at] !== 0 && table.heard[at]! > 0 && atS - table.atS[at]! < FADES_S) return true
      }
      return false
    },
    cellsOf: source => cells.get(source) ?? 0,
    save: out => ({ size: table.cell.length, used, columns: COLUMNS.map(column => out.copy(table[column])) }),
    restore(state, from) {
      const saved = state as { size: number; used: number; columns: readonly number[] }
      table = tableOf(saved.size)
      used = saved.used
      for (const [n, column] of COLUMNS.entries()) fill(table[column], from, saved.columns[n] ?? -1)
      countCells()
    },
  }
}

const cellOf = (lat600k: number, lon600k: number, isClassB: boolean): number => {
  const column = (Math.floor(lon600k / CELL_600K) + CELLS_AROUND * 1.5) % CELLS_AROUND
  return ((Math.floor(lat600k / CELL_600K) + 900) * CELLS_AROUND + column) * 2 + (isClassB ? 1 : 0)
}
const hashOf = (cell: number, source: number): number => {
  const h = Math.imul(cell ^ Math.imul(source, 0x85ebca6b), 0x9e3779b1)
  return (h ^ (h >>> 15)) >>> 0
}
