// Two pages and no more: what does not fit goes to the annex (붙임), longest first. Rows of long tables first, then the details of the longest items; every item keeps its
// first line on the front, with a word where the rest stands.
import type { Block, Line, Paper, Section } from './model.ts'
import { wordsIn } from './words.ts'

/** How many pages the part before the annex takes; undefined: it cannot be said. */
export type CountPages = (paper: Paper) => Promise<number | undefined>

/** Rows that a long table keeps on the front. */
const KEPT_ROWS = 8
/** The annex's own pictures are 1 and 2. */
const FIRST_ANNEX = 3

interface Move {
  readonly weight: number
  apply(moved: Moved): Moved
}
/** The paper so far, and what has gone behind. */
interface Moved {
  readonly paper: Paper
  readonly rows: readonly Block[]
  readonly lines: readonly Line[]
}

export async function fitted(paper: Paper, countPages: CountPages, limit = 2): Promise<Paper> {
  if (((await countPages(paper)) ?? 0) <= limit) return paper
  const moves = movesOf(paper)
  const upTo = (count: number): Paper =>
    together(moves.slice(0, count).reduce((moved: Moved, move) => move.apply(moved), { paper, rows: [], lines: [] }))
  // The fewest moves that make it fit, by halves.
  let [low, high] = [1, moves.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (((await countPages(upTo(middle))) ?? 0) <= limit) high = middle
    else low = middle + 1
  }
  return moves.length === 0 ? paper : upTo(low)
}

function movesOf(paper: Paper): readonly Move[] {
  const tables = paper.sections.flatMap(section =>
    section.blocks.flatMap(block =>
      block.kind === 'table' && block.rows.length > KEPT_ROWS && !block.rows.some(row => row.isSum) ? [rowMove(section, block)] : [],
    ),
  )
  const details = paper.sections
    .filter(section => section.id !== 'annex')
    .flatMap(section =>
      section.blocks.flatMap(block => (block.kind === 'lines' ? block.lines.filter(line => line.details.length > 0) : [])),
    )
    .map(detailMove)
  const whole = paper.sections
    .filter(section => section.id !== 'annex')
    .flatMap(section =>
      section.blocks.flatMap(block => (block.kind === 'lines' && block.lines.length > KEPT_ROWS ? [tailMove(section, block)] : [])),
    )
  return [...tables, ...details.sort((a, b) => b.weight - a.weight), ...whole]
}

const replaced = (paper: Paper, id: string, by: (block: Block) => Block): Paper => ({
  ...paper,
  sections: paper.sections.map(section => ({ ...section, blocks: section.blocks.map(block => (block.id === id ? by(block) : block)) })),
})

function rowMove(section: Section, table: Extract<Block, { kind: 'table' }>): Move {
  return {
    weight: table.rows.length,
    apply: ({ paper, rows, lines }) => ({
      paper: withNote(
        replaced(paper, table.id, block => (block.kind === 'table' ? { ...block, rows: block.rows.slice(0, KEPT_ROWS) } : block)),
        section,
      ),
      rows: [
        ...rows,
        titled(paper, section.title, `${table.id}/title`),
        { ...table, id: `${table.id}/more`, rows: table.rows.slice(KEPT_ROWS) },
      ],
      lines,
    }),
  }
}

function tailMove(section: Section, list: Extract<Block, { kind: 'lines' }>): Move {
  return {
    weight: list.lines.length,
    apply: ({ paper, rows, lines }) => ({
      paper: withNote(
        replaced(paper, list.id, block => (block.kind === 'lines' ? { ...block, lines: block.lines.slice(0, KEPT_ROWS) } : block)),
        section,
      ),
      rows: [
        ...rows,
        titled(paper, section.title, `${list.id}/title`),
        { ...list, id: `${list.id}/more`, lines: list.lines.slice(KEPT_ROWS).map(line => ({ ...line, id: `${line.id}/more` })) },
      ],
      lines,
    }),
  }
}

function detailMove(line: Line): Move {
  return {
    weight: line.details.reduce((sum, one) => sum + one.text.length + 20, 0),
    apply({ paper, rows, lines }) {
      const see = wordsIn(paper.language)('annex.see', { n: FIRST_ANNEX })
      const shorter: Paper = {
        ...paper,
        sections: paper.sections.map(section => ({
          ...section,
          blocks: section.blocks.map(block =>
            block.kind === 'lines'
              ? {
                  ...block,
                  lines: block.lines.map(one => (one.id === line.id ? { ...one, text: `${one.text} ${see}`, details: [] } : one)),
                }
              : block,
          ),
        })),
      }
      return {
        paper: shorter,
        rows,
        lines: [...lines, { ...line, id: `${line.id}/annex`, details: line.details.map(one => ({ ...one, id: `${one.id}/annex` })) }],
      }
    },
  }
}

/** 조치 현황 … (붙임 3에 계속) */
function withNote(paper: Paper, { id }: Section): Paper {
  const see = wordsIn(paper.language)('annex.see', { n: FIRST_ANNEX })
  return {
    ...paper,
    sections: paper.sections.map(section =>
      section.id === id ? { ...section, note: section.note ? `${section.note} ${see}` : see } : section,
    ),
  }
}

const titled = (paper: Paper, title: string, id: string): Block => ({
  kind: 'words',
  id,
  isTitle: true,
  text: wordsIn(paper.language)('annex.more', { n: FIRST_ANNEX, title }),
})

function together({ paper, rows, lines }: Moved): Paper {
  const say = wordsIn(paper.language)
  const more: readonly Block[] = [
    ...(lines.length > 0
      ? [titled(paper, say('section.events'), 'annex/lines-title'), { kind: 'lines' as const, id: 'annex/lines', lines }]
      : []),
    ...rows,
  ]
  return {
    ...paper,
    sections: paper.sections.map(section =>
      section.id === 'annex'
        ? {
            ...section,
            state: 'machine',
            blocks: [...section.blocks.filter(block => block.kind !== 'words' || block.id !== 'annex/none'), ...more],
          }
        : section,
    ),
  }
}
