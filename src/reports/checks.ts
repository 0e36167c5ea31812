// What is looked at before anybody may sign: sums of tables, that each figure has its grounds, that no line is empty, that the offices have handed in. Only sums and empty
// lines block; the rest is told.
import { cellId } from './edits.ts'
import type { Block, Paper } from './model.ts'
import { linesOf } from './model.ts'

export interface Check {
  readonly id: 'sums' | 'grounds' | 'empty' | 'offices' | 'late' | 'machine'
  readonly isGood: boolean
  readonly blocks: boolean
  readonly done: number
  readonly all: number
  /** Cells and lines to look at. */
  readonly where: readonly string[]
}

export interface OfficesState {
  readonly due: number
  readonly done: number
  readonly late: number
}

export function checksOf(paper: Paper, offices: OfficesState | undefined, machineMoved: readonly string[]): readonly Check[] {
  const blocks = paper.sections.flatMap(section => section.blocks)
  const sums = sumsOf(blocks)
  const wrong = sums.filter(one => !one.isRight)
  const figures = blocks.flatMap(block =>
    block.kind === 'table'
      ? block.rows.flatMap(row =>
          row.cells.flatMap((one, n) => (one.n === undefined ? [] : [{ id: cellId(block.id, row.id, block.columns[n]?.id ?? ''), one }])),
        )
      : [],
  )
  // The figures of the span before are grounded by its own report.
  const grounded = figures.filter(({ id, one }) => one.query !== undefined || id.startsWith('summary/table/before/'))
  const empty = linesOf(blocks).filter(line => line.text.trim() === '')
  return [
    {
      id: 'sums',
      isGood: wrong.length === 0,
      blocks: true,
      done: sums.length - wrong.length,
      all: sums.length,
      where: wrong.map(one => one.id),
    },
    {
      id: 'grounds',
      isGood: grounded.length === figures.length,
      blocks: false,
      done: grounded.length,
      all: figures.length,
      where: figures.filter(one => !grounded.includes(one)).map(({ id }) => id),
    },
    { id: 'empty', isGood: empty.length === 0, blocks: true, done: empty.length, all: empty.length, where: empty.map(line => line.id) },
    ...(offices
      ? [
          { id: 'offices' as const, isGood: offices.done === offices.due, blocks: false, done: offices.done, all: offices.due, where: [] },
          { id: 'late' as const, isGood: offices.late === 0, blocks: false, done: offices.late, all: offices.late, where: [] },
        ]
      : []),
    {
      id: 'machine',
      isGood: machineMoved.length === 0,
      blocks: false,
      done: machineMoved.length,
      all: machineMoved.length,
      where: machineMoved,
    },
  ]
}

/** Every sum that a table promises: a sum row of each adding column, and the last of columns that add across. */
export function sumsOf(blocks: readonly Block[]): readonly { readonly id: string; readonly isRight: boolean }[] {
  return blocks.flatMap(block => (block.kind === 'table' ? [...downSums(block), ...acrossSums(block)] : []))
}
type Table = Extract<Block, { kind: 'table' }>

function downSums({ id, columns, rows }: Table): readonly { readonly id: string; readonly isRight: boolean }[] {
  const sum = rows.find(row => row.isSum)
  if (!sum) return []
  return columns.flatMap((column, at) => {
    const told = sum.cells[at]?.n
    if (!column.adds || told === undefined) return []
    const parts = rows.filter(row => !row.isSum).reduce((all, row) => all + (row.cells[at]?.n ?? 0), 0)
    return [{ id: cellId(id, sum.id, column.id), isRight: parts === told }]
  })
}

function acrossSums({ id, columns, rows, across }: Table): readonly { readonly id: string; readonly isRight: boolean }[] {
  if (!across) return []
  const places = across.map(name => columns.findIndex(column => column.id === name))
  const last = places.at(-1) ?? -1
  return rows.flatMap(row => {
    const told = row.cells[last]?.n
    if (told === undefined) return []
    const parts = places.slice(0, -1).reduce((all, at) => all + (row.cells[at]?.n ?? 0), 0)
    return [{ id: cellId(id, row.id, across.at(-1) ?? ''), isRight: parts === told }]
  })
}
