// Tables as XLSX, one sheet a table. Numbers are numbers; a text is written as a text, never as a formula, whatever it begins with.
import type { CellValue, Table } from './table.ts'

const MAX_SHEET_NAME = 31

/** Excel takes no longer cell; the rest of a very long text is cut. */
const MAX_CELL_LETTERS = 32_000

export async function writeTables(tables: readonly Table[], above: readonly string[]): Promise<Buffer> {
  const { default: write } = await import('write-excel-file/node')
  const names = new Set<string>()
  const sheets = tables.map(({ title, notes, head, rows }) => ({
    sheet: sheetName(title, names),
    columns: head.map((_, k) => ({ width: k === 0 ? 26 : 16 })),
    stickyRowsCount: above.length + notes.length + 2,
    data: [
      [{ value: title, fontWeight: 'bold' as const, fontSize: 13 }],
      ...[...above, ...notes].map(line => [{ value: line, textColor: '#555555' }]),
      head.map(value => ({ value, fontWeight: 'bold' as const, backgroundColor: '#DCE9F5' })),
      // A text is written as a text, never as a formula.
      ...rows.map(row => row.map(cellOf)),
    ],
  }))
  return write(sheets).toBuffer()
}

function cellOf(value: CellValue) {
  if (value === undefined) return null
  if (typeof value === 'number') return { value, type: Number, format: Number.isInteger(value) ? '#,##0' : '#,##0.000' }
  return { value: value.length > MAX_CELL_LETTERS ? `${value.slice(0, MAX_CELL_LETTERS)}…` : value, type: String }
}

/** Excel takes no more than 31 letters, none of these, and each name once. */
function sheetName(title: string, taken: Set<string>): string {
  const plain = title.replace(/[[\]:*?/\\']/g, ' ').trim() || '표'
  for (let n = 1; ; n++) {
    const tail = n === 1 ? '' : ` ${n}`
    const name = plain.slice(0, MAX_SHEET_NAME - tail.length) + tail
    if (taken.has(name.toLowerCase())) continue
    taken.add(name.toLowerCase())
    return name
  }
}
