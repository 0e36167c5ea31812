// DOCX for editing: heading styles, real tables with repeated heads, fonts by name as offices have them (맑은 고딕, 함초롬바탕). The library stamps the time of making; it is put out
// again, so that the same paper is the same file.
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  ImageRun,
  type ISectionOptions,
  LineRuleType,
  Packer,
  PageBreak,
  PageNumber,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx'
import type { Block, Cell, Line, Paper, Section, Tone } from '../model.ts'
import { wordsIn } from '../words.ts'
import { unzipped, zipped } from './zip.ts'

const SANS = { ascii: '맑은 고딕', eastAsia: '맑은 고딕', hAnsi: '맑은 고딕', cs: '맑은 고딕' }
const SERIF = { ascii: '함초롬바탕', eastAsia: '함초롬바탕', hAnsi: '함초롬바탕', cs: '함초롬바탕' }
/** Twentieths of a point in a millimetre. */
const MM = 56.7
/** The library's pixels: 96 an inch. */
const PX_IN_MM = 96 / 25.4
const WIDTH = Math.round(176 * MM)
const TONES: Readonly<Record<Tone, string>> = {
  alert: 'B4232B',
  up: 'B4232B',
  down: '1F5FAE',
  quiet: '737373',
  done: '1C6B3C',
  open: 'A15A00',
}
const THIN = { style: BorderStyle.SINGLE, size: 4, color: 'C9CED8' }
const THICK = { style: BorderStyle.SINGLE, size: 12, color: '111111' }
const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' }
/** A white point: what readers without SVG show. */
const NO_PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==', 'base64')

type Node = Paragraph | Table

export async function docxOf(paper: Paper, pictures: ReadonlyMap<string, Buffer>): Promise<Buffer> {
  const document = new Document({
    creator: paper.room,
    lastModifiedBy: paper.room,
    title: paper.title,
    description: paper.asOf,
    styles: {
      default: {
        document: { run: { font: SERIF, size: 21 }, paragraph: { spacing: { after: 20, line: 276, lineRule: LineRuleType.AUTO } } },
        heading1: { run: { font: SANS, size: 44, bold: true, color: '1D3A66' } },
        heading2: {
          run: { font: SANS, size: 25, bold: true, color: '000000' },
          paragraph: { spacing: { before: 200, after: 60 }, keepNext: true },
        },
      },
    },
    sections: [sectionOf(paper, pictures)],
  })
  return steady(await Packer.toBuffer(document), paper)
}

function sectionOf(paper: Paper, pictures: ReadonlyMap<string, Buffer>): ISectionOptions {
  const [main, annex] = [
    paper.sections.filter(one => one.id !== 'annex'),
    paper.sections.filter(one => one.id === 'annex' && one.state !== 'none'),
  ]
  return {
    properties: {
      page: {
        size: { width: 11906, height: 16838 },
        margin: { top: 14 * MM, bottom: 18 * MM, left: 17 * MM, right: 17 * MM, footer: 8 * MM },
      },
    },
    footers: { default: new Footer({ children: footOf(paper) }) },
    children: [
      ...headOf(paper),
      ...main.flatMap(one => nodesOf(one, pictures)),
      ...(annex.length > 0 ? [new Paragraph({ children: [new PageBreak()] })] : []),
      ...annex.flatMap(one => nodesOf(one, pictures)),
    ],
  }
}

function headOf(paper: Paper): readonly Node[] {
  const say = wordsIn(paper.language)
  const approval = paper.boxes.length === 0 ? [] : [approvalOf(paper, say('approval'), say('waiting'))]
  return [
    ...approval,
    new Paragraph({
      heading: HeadingLevel.HEADING_1,
      alignment: AlignmentType.CENTER,
      shading: { type: ShadingType.CLEAR, fill: 'EDF1F9', color: 'auto' },
      border: { top: { ...THICK, color: '1D3A66', size: 18 }, bottom: { ...THICK, color: '1D3A66', size: 18 } },
      spacing: { before: 120, after: 80, line: 360, lineRule: LineRuleType.AUTO },
      text: paper.title,
    }),
    ...(paper.standing ? [new Paragraph({ children: [sans(paper.standing, { bold: true, color: 'B4232B', size: 22 })] })] : []),
    new Paragraph({
      children: [
        new TextRun({ text: paper.asOf }),
        new TextRun({ text: `    ${paper.span}    `, size: 18, color: '444444' }),
        new TextRun({ text: paper.room }),
      ],
      alignment: AlignmentType.CENTER,
    }),
    ...(paper.number
      ? [new Paragraph({ alignment: AlignmentType.RIGHT, children: [sans(paper.number, { size: 16, color: '595959' })] })]
      : []),
  ]
}

function approvalOf({ boxes }: Paper, word: string, waiting: string): Table {
  const box = Math.round(15 * MM)
  const row = (height: number, cells: readonly TextRun[][], first?: TableCell): TableRow =>
    new TableRow({
      height: { value: height, rule: 'exact' },
      children: [...(first ? [first] : []), ...cells.map(runs => plainCell(runs, box))],
    })
  return new Table({
    alignment: AlignmentType.RIGHT,
    width: { size: box * boxes.length + 400, type: WidthType.DXA },
    columnWidths: [400, ...boxes.map(() => box)],
    rows: [
      row(
        300,
        boxes.map(one => [sans(one.title, { size: 15, bold: true })]),
        new TableCell({
          rowSpan: 2,
          verticalAlign: VerticalAlign.CENTER,
          width: { size: 400, type: WidthType.DXA },
          children: [centred([sans(word, { size: 15 })])],
        }),
      ),
      row(
        680,
        boxes.map(one =>
          one.name === undefined
            ? [sans(waiting, { size: 15, color: '8C8C8C' })]
            : [
                ...(one.mark ? [sans(`${one.mark} `, { size: 13, bold: true, color: '1D3A66' })] : []),
                sans(one.name, { size: 17, bold: true, color: 'B4232B' }),
                ...(one.at ? [sans(one.at, { size: 13, break: 1, color: '595959' })] : []),
              ],
        ),
      ),
    ],
  })
}

const plainCell = (runs: readonly TextRun[], width: number): TableCell =>
  new TableCell({ verticalAlign: VerticalAlign.CENTER, width: { size: width, type: WidthType.DXA }, children: [centred(runs)] })
const centred = (children: readonly TextRun[]): Paragraph =>
  new Paragraph({ alignment: AlignmentType.CENTER, spacing: { after: 0, line: 240, lineRule: LineRuleType.AUTO }, children: [...children] })
const sans = (text: string, more: { size?: number; bold?: boolean; color?: string; break?: number } = {}): TextRun =>
  new TextRun({ text, font: SANS, size: 18, ...more })

function nodesOf(section: Section, pictures: ReadonlyMap<string, Buffer>): readonly Node[] {
  return [
    new Paragraph({
      heading: HeadingLevel.HEADING_2,
      children: [
        new TextRun({ text: `□ ${section.title}` }),
        ...(section.note ? [sans(`   ${section.note}`, { size: 16, color: '595959', bold: false })] : []),
      ],
    }),
    ...section.blocks.flatMap(block => blockNodes(block, pictures)),
  ]
}

function blockNodes(block: Block, pictures: ReadonlyMap<string, Buffer>): readonly Node[] {
  switch (block.kind) {
    case 'lines':
      return block.lines.flatMap(line => [itemOf(line, '-', 0.35), ...line.details.map(one => itemOf(one, '*', 0.75))])
    case 'table':
      return [tableOf(block)]
    case 'words':
      if (block.isTitle)
        return [new Paragraph({ keepNext: true, spacing: { before: 160 }, children: [sans(block.text, { bold: true, size: 20 })] })]
      return [new Paragraph({ indent: { left: 200 }, children: [new TextRun({ text: block.text, size: 18, color: '404040' })] })]
    case 'picture':
      return [
        new Paragraph({ keepNext: true, children: [sans(block.title, { bold: true, size: 20 })] }),
        new Paragraph({ children: [pictureOf(block, pictures.get(block.id))] }),
      ]
  }
}

/** As drawn; undrawn as SVG, which newer Word shows. */
function pictureOf({ svg, widthMm, heightMm, title }: Extract<Block, { kind: 'picture' }>, png: Buffer | undefined): ImageRun {
  const look = {
    transformation: { width: Math.round(widthMm * PX_IN_MM), height: Math.round(heightMm * PX_IN_MM) },
    altText: { name: title, description: title, title },
  }
  return png
    ? new ImageRun({ type: 'png', data: png, ...look })
    : new ImageRun({ type: 'svg', data: Buffer.from(svg), fallback: { type: 'png', data: NO_PICTURE }, ...look })
}

function itemOf(line: Line, mark: string, indentCm: number): Paragraph {
  const left = Math.round((indentCm + 0.35) * 567)
  return new Paragraph({
    indent: { left, hanging: 200 },
    children: [
      new TextRun({ text: `${mark} ` }),
      ...(line.lead ? [new TextRun({ text: `(${line.lead}) `, bold: true })] : []),
      new TextRun({ text: line.text, ...(mark === '*' ? { size: 20 } : {}) }),
    ],
  })
}

function tableOf({ columns, rows, isHeadline }: Extract<Block, { kind: 'table' }>): Table {
  const all = columns.reduce((sum, one) => sum + one.width, 0)
  const widths = columns.map(one => Math.round((one.width / all) * WIDTH))
  const cellOf = (one: Cell, n: number, look: { bold?: boolean; size?: number; fill?: string }): TableCell =>
    new TableCell({
      verticalAlign: VerticalAlign.CENTER,
      width: { size: widths[n] ?? 0, type: WidthType.DXA },
      margins: { left: 60, right: 60, top: 20, bottom: 20 },
      ...(look.fill ? { shading: { type: ShadingType.CLEAR, fill: look.fill, color: 'auto' } } : {}),
      children: [
        new Paragraph({
          alignment: columns[n]?.align === 'left' && look.fill !== 'E1E7F1' ? AlignmentType.LEFT : AlignmentType.CENTER,
          spacing: { after: 0, line: 240, lineRule: LineRuleType.AUTO },
          children: [
            sans(one.text, {
              ...(look.bold ? { bold: true } : {}),
              ...(look.size ? { size: look.size } : {}),
              ...(one.tone ? { color: TONES[one.tone] } : {}),
            }),
          ],
        }),
      ],
    })
  return new Table({
    width: { size: WIDTH, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: { top: THICK, bottom: THICK, left: NONE, right: NONE, insideHorizontal: THIN, insideVertical: THIN },
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: columns.map((one, n) => cellOf({ text: one.title }, n, { bold: true, fill: 'E1E7F1' })),
      }),
      ...rows.map(
        (row, at) =>
          new TableRow({
            cantSplit: true,
            children: row.cells.map((one, n) =>
              cellOf(one, n, {
                ...(row.isSum || (isHeadline && at === 0) ? { bold: true } : {}),
                ...(isHeadline && at === 0 && one.tone !== 'quiet' ? { size: 26 } : {}),
                ...(row.isSum ? { fill: 'F3F5FA' } : {}),
              }),
            ),
          }),
      ),
    ],
  })
}

const footOf = (paper: Paper): readonly Paragraph[] => [
  ...paper.foot.map(
    text =>
      new Paragraph({
        spacing: { after: 0, line: 240, lineRule: LineRuleType.AUTO },
        children: [sans(text, { size: 14, color: '595959' })],
      }),
  ),
  ...(paper.warning
    ? [new Paragraph({ spacing: { after: 0 }, children: [new TextRun({ text: paper.warning, size: 15, color: '595959' })] })]
    : []),
  new Paragraph({
    alignment: AlignmentType.RIGHT,
    children: [new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES], size: 15 })],
  }),
]

/** The as-of time in the place of the time of making; members named by chance get names in their order. */
function steady(bytes: Buffer, paper: Paper): Buffer {
  const asOf = new Date(paper.toMs).toISOString().replace(/\.\d+Z$/, 'Z')
  const members = unzipped(bytes)
  const renamed = new Map<string, string>()
  for (const { name } of members) {
    const found = /^word\/media\/(.+)\.(\w+)$/.exec(name)
    if (found?.[1] && !renamed.has(found[1])) renamed.set(found[1], `picture${renamed.size + 1}`)
  }
  const plain = (text: string): string => [...renamed].reduce((all, [from, to]) => all.replaceAll(from, to), text)
  return zipped(
    members.map(({ name, bytes: content }) => {
      if (!/\.(xml|rels)$/.test(name)) return { name: plain(name), bytes: content }
      const text = plain(Buffer.from(content).toString())
      const timed = name === 'docProps/core.xml' ? text.replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${asOf}`) : numbered(text)
      return { name, bytes: Buffer.from(timed) }
    }),
    paper.toMs,
  )
}

/** The library counts drawings over all documents it has made: from 1 in each. */
function numbered(xml: string): string {
  let n = 0
  return xml.replace(/(<wp:docPr id=")\d+/g, (_whole, before: string) => `${before}${++n}`)
}
