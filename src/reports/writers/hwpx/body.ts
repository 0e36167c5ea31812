// section0.xml: the paper as paragraphs, tables and pictures of OWPML, in the order of the print. A picture that could not be drawn stays with the PDF: its line says so.
import type { Block, Cell, Line, Paper, Section, Tone } from '../../model.ts'
import { wordsIn } from '../../words.ts'
import { MM, type Pen, paragraph, run, WIDTH } from './flow.ts'
import type { BorderLook, CharLook, Looks, ParaLook } from './looks.ts'
import { columns, footer, sectionProperties } from './page.ts'
import { pictureXml } from './picture.ts'
import { type PlacedCell, tableXml } from './table.ts'
import { NAMESPACES, tag, XML } from './xml.ts'

const GREY: CharLook = { height: 850, font: 'sans', colour: '#595959' }
const TONES: Readonly<Record<Tone, string>> = {
  alert: '#B4232B',
  up: '#B4232B',
  down: '#1F5FAE',
  quiet: '#737373',
  done: '#1C6B3C',
  open: '#A15A00',
}
const THICK = { width: '0.5 mm', colour: '#111111' } as const
const THIN = { width: '0.12 mm', colour: '#C9CED8' } as const

export function bodyXml(paper: Paper, looks: Looks, pictures: ReadonlyMap<string, string>): string {
  let id = 0
  const pen: Pen = { looks, pictures, nextId: () => id++ }
  const annex = paper.sections.filter(one => one.id === 'annex' && one.state !== 'none')
  return `${XML}${tag(
    'hs:sec',
    NAMESPACES,
    paragraph(
      pen,
      { align: 'RIGHT' },
      tag('hp:run', { charPrIDRef: 0 }, sectionProperties(), columns(), footer(pen, paper)),
      tag('hp:run', { charPrIDRef: 0 }, ...(paper.boxes.length > 0 ? [approval(pen, paper)] : []), tag('hp:t')),
    ),
    ...head(pen, paper),
    ...paper.sections.filter(one => one.id !== 'annex').flatMap(one => section(pen, one, false)),
    ...annex.flatMap(one => section(pen, one, true)),
  )}`
}

function head(pen: Pen, paper: Paper): readonly string[] {
  const serif: CharLook = { height: 1050, font: 'serif' }
  return [
    paragraph(
      pen,
      { align: 'CENTER', above: 300, below: 300 },
      run(pen, { height: 2300, font: 'sans', bold: true, colour: '#1D3A66' }, paper.title),
    ),
    ...(paper.standing
      ? [paragraph(pen, { align: 'LEFT' }, run(pen, { height: 1100, font: 'sans', bold: true, colour: '#B4232B' }, paper.standing))]
      : []),
    paragraph(
      pen,
      { align: 'CENTER' },
      run(pen, serif, `${paper.asOf}    `),
      run(pen, { ...serif, height: 900, colour: '#444444' }, `${paper.span}    `),
      run(pen, serif, paper.room),
    ),
    ...(paper.number ? [paragraph(pen, { align: 'RIGHT' }, run(pen, GREY, paper.number))] : []),
  ]
}

function section(pen: Pen, { title, note, blocks }: Section, onNewPage: boolean): readonly string[] {
  return [
    paragraph(
      pen,
      { align: 'LEFT', above: 700, below: 200, keepWithNext: true, ...(onNewPage ? { pageBreakBefore: true } : {}) },
      run(pen, { height: 1250, font: 'sans', bold: true }, `□ ${title}`),
      ...(note ? [run(pen, GREY, `   ${note}`)] : []),
    ),
    ...blocks.flatMap(block => blockXml(pen, block)),
  ]
}

function blockXml(pen: Pen, block: Block): readonly string[] {
  switch (block.kind) {
    case 'lines':
      return block.lines.flatMap(line => [item(pen, line, '-', 850), ...line.details.map(one => item(pen, one, '*', 1900))])
    case 'table':
      return [paragraph(pen, { align: 'LEFT' }, tag('hp:run', { charPrIDRef: 0 }, dataTable(pen, block), tag('hp:t')))]
    case 'words':
      if (block.isTitle)
        return [
          paragraph(
            pen,
            { align: 'LEFT', above: 500, below: 200, keepWithNext: true },
            run(pen, { height: 1000, font: 'sans', bold: true }, block.text),
          ),
        ]
      return [paragraph(pen, { align: 'LEFT', left: 850 }, run(pen, { height: 900, font: 'serif', colour: '#404040' }, block.text))]
    case 'picture': {
      const image = pen.pictures.get(block.id)
      const title = run(pen, { height: 1000, font: 'sans', bold: true }, block.title)
      if (image === undefined) return [paragraph(pen, { align: 'LEFT' }, title, run(pen, GREY, '  (PDF)'))]
      return [
        paragraph(pen, { align: 'LEFT', above: 300, below: 150, keepWithNext: true }, title),
        paragraph(pen, { align: 'CENTER' }, tag('hp:run', { charPrIDRef: 0 }, pictureXml(pen, block, image), tag('hp:t'))),
      ]
    }
  }
}

function item(pen: Pen, line: Line, mark: string, left: number): string {
  const look: CharLook = { height: mark === '-' ? 1060 : 1010, font: 'serif' }
  return paragraph(
    pen,
    { align: 'LEFT', left: left + 900, intent: -900 },
    run(pen, look, `${mark} `),
    ...(line.lead ? [run(pen, { ...look, bold: true }, `(${line.lead}) `)] : []),
    run(pen, look, line.text),
  )
}

function dataTable(pen: Pen, { columns, rows, isHeadline }: Extract<Block, { kind: 'table' }>): string {
  const all = columns.reduce((sum, one) => sum + one.width, 0)
  const widths = columns.map(one => Math.round((one.width / all) * WIDTH))
  const border = (row: number, column: number, fill: string | undefined): BorderLook => ({
    top: row === 0 ? THICK : THIN,
    bottom: row === rows.length ? THICK : THIN,
    ...(column < columns.length - 1 ? { right: THIN } : {}),
    ...(fill ? { fill } : {}),
  })
  const small: ParaLook = { align: 'CENTER', lineSpacing: 120 }
  const cellOf = (one: Cell, row: number, column: number, look: CharLook, fill?: string): PlacedCell => ({
    column,
    row,
    width: widths[column] ?? 0,
    height: 1700,
    border: border(row, column, fill),
    paragraphs: [
      paragraph(
        pen,
        row > 0 && columns[column]?.align === 'left' ? { ...small, align: 'LEFT' } : small,
        run(pen, one.tone ? { ...look, colour: TONES[one.tone] } : look, one.text),
      ),
    ],
  })
  const plain: CharLook = { height: 900, font: 'sans' }
  return tableXml(
    pen,
    [
      columns.map((one, column) => cellOf({ text: one.title }, 0, column, { ...plain, bold: true }, '#E1E7F1')),
      ...rows.map((row, at) =>
        row.cells.map((one, column) =>
          cellOf(
            one,
            at + 1,
            column,
            isHeadline && at === 0 && one.tone !== 'quiet'
              ? { height: 1300, font: 'sans', bold: true }
              : row.isSum
                ? { ...plain, bold: true }
                : plain,
            row.isSum ? '#F3F5FA' : undefined,
          ),
        ),
      ),
    ],
    { width: WIDTH, columnCount: columns.length },
  )
}

function approval(pen: Pen, paper: Paper): string {
  const say = wordsIn(paper.language)
  const [first, box] = [Math.round(7 * MM), Math.round(15 * MM)]
  const edge = { width: '0.12 mm', colour: '#555555' } as const
  const border: BorderLook = { left: edge, right: edge, top: edge, bottom: edge }
  const head: BorderLook = { ...border, fill: '#F3F5F9' }
  const small: ParaLook = { align: 'CENTER', lineSpacing: 115 }
  const line = (text: string, look: CharLook): string => paragraph(pen, small, run(pen, look, text))
  const rows: readonly (readonly PlacedCell[])[] = [
    [
      {
        column: 0,
        row: 0,
        width: first,
        height: 4800,
        rowSpan: 2,
        border: head,
        paragraphs: [line(say('approval'), { height: 760, font: 'sans' })],
      },
      ...paper.boxes.map((one, n) => ({
        column: n + 1,
        row: 0,
        width: box,
        height: 1400,
        border: head,
        paragraphs: [line(one.title, { height: 760, font: 'sans', bold: true })],
      })),
    ],
    paper.boxes.map((one, n) => ({
      column: n + 1,
      row: 1,
      width: box,
      height: 3400,
      border,
      paragraphs:
        one.name === undefined
          ? [line(say('waiting'), { height: 760, font: 'sans', colour: '#8C8C8C' })]
          : [
              line([one.mark, one.name].filter(Boolean).join(' '), { height: 850, font: 'sans', bold: true, colour: '#B4232B' }),
              ...(one.at ? [line(one.at, { height: 660, font: 'sans', colour: '#595959' })] : []),
            ],
    })),
  ]
  return tableXml(pen, rows, { width: first + box * paper.boxes.length, columnCount: paper.boxes.length + 1 })
}
