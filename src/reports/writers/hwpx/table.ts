// A table of cells that know their place.
import { asLetter, type Pen, subList } from './flow.ts'
import type { BorderLook } from './looks.ts'
import { tag } from './xml.ts'

export interface PlacedCell {
  readonly column: number
  readonly row: number
  readonly width: number
  readonly height: number
  readonly rowSpan?: number
  readonly border: BorderLook
  readonly paragraphs: readonly string[]
}

export function tableXml(
  pen: Pen,
  rows: readonly (readonly PlacedCell[])[],
  { width, columnCount }: { width: number; columnCount: number },
): string {
  const heights = rows.map(row => Math.max(...row.filter(one => !one.rowSpan).map(one => one.height), 0))
  const height = heights.reduce((sum, one) => sum + one, 0)
  return tag(
    'hp:tbl',
    {
      id: pen.nextId() + 1_000_000,
      zOrder: 0,
      numberingType: 'TABLE',
      textWrap: 'TOP_AND_BOTTOM',
      textFlow: 'BOTH_SIDES',
      lock: 0,
      dropcapstyle: 'None',
      pageBreak: 'CELL',
      repeatHeader: 1,
      rowCnt: rows.length,
      colCnt: columnCount,
      cellSpacing: 0,
      borderFillIDRef: 1,
      noAdjust: 0,
    },
    ...asLetter({ width, height }),
    tag('hp:inMargin', { left: 170, right: 170, top: 110, bottom: 110 }),
    ...rows.map(cells => tag('hp:tr', {}, ...cells.map(one => cellXml(pen, one)))),
  )
}

const cellXml = (pen: Pen, { column, row, width, height, rowSpan = 1, border, paragraphs }: PlacedCell): string =>
  tag(
    'hp:tc',
    { name: '', header: row === 0 ? 1 : 0, hasMargin: 0, protect: 0, editable: 0, dirty: 0, borderFillIDRef: pen.looks.border(border) },
    subList({ align: 'CENTER' }, ...paragraphs),
    tag('hp:cellAddr', { colAddr: column, rowAddr: row }),
    tag('hp:cellSpan', { colSpan: 1, rowSpan }),
    tag('hp:cellSz', { width, height }),
    tag('hp:cellMargin', { left: 170, right: 170, top: 110, bottom: 110 }),
  )
