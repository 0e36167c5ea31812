// Changes by hand: kept beside the machine's draft, never in it. Each says what it changes, what stood there when it was made, who, when and why; the paper is the draft with the
// changes put on. A newer draft under the same changes shows where the machine's value has moved on.

import { groundsOf } from './draft.ts'
import type { Block, Cell, Line, Paper, PaperLanguage, Row, Section, SectionId } from './model.ts'
import { wordsIn } from './words.ts'

export type EditDeed =
  /** Wording of a line, or of a cell (`ships/table/busan/alarms`). */
  | { readonly deed: 'text'; readonly target: string; readonly text: string }
  | { readonly deed: 'leave-out'; readonly target: string }
  /** A new line at the end of a section, or a detail of a line. */
  | { readonly deed: 'add'; readonly section: SectionId; readonly parent?: string; readonly lead?: string; readonly text: string }
  /** A line before another of its block; without `before` to the end. */
  | { readonly deed: 'move'; readonly target: string; readonly before?: string }
  | { readonly deed: 'order'; readonly sections: readonly SectionId[] }

export interface Author {
  readonly id: string
  readonly name: string
}

export type Edit = EditDeed & {
  /** Client-made: the same id is done once. */
  readonly id: string
  readonly language: PaperLanguage
  readonly by: Author
  readonly atMs: number
  readonly reason: string
  /** Revision of the report that it made. */
  readonly revision: number
  /** What stood there. */
  readonly before?: string
  /** 되돌림: it stays in the history and counts no more. */
  readonly undone?: { readonly by: Author; readonly atMs: number }
}

/** A change as the page shows it. */
export interface Mark {
  readonly edit: string
  /** 고침 1, 2, 3 … in order of making. */
  readonly n: number
  readonly deed: EditDeed['deed']
  readonly section: SectionId
  readonly target: string
  readonly before?: string
  readonly after?: string
  readonly by: Author
  readonly atMs: number
  readonly reason: string
  /** What the machine would write there now, where that is no longer what was changed. */
  readonly machineNow?: string
  /** What it changed is no longer in the draft. */
  readonly isGone?: true
}

const isLive = (edit: Edit): boolean => edit.undone === undefined

/** The draft with the changes of its language on it (what is left out and moved counts in both). */
export function edited(draft: Paper, edits: readonly Edit[]): { readonly paper: Paper; readonly marks: readonly Mark[] } {
  let paper = draft
  const marks: Mark[] = []
  edits.filter(isLive).forEach((edit, at) => {
    if (edit.language !== draft.language && edit.deed !== 'leave-out' && edit.deed !== 'move' && edit.deed !== 'order') return
    const was = targetText(paper, edit)
    const section = sectionOf(edit, paper)
    const isGone = 'target' in edit && was === undefined
    const mark: Mark = {
      edit: edit.id,
      n: at + 1,
      deed: edit.deed,
      section,
      target: 'target' in edit ? edit.target : edit.id,
      by: edit.by,
      atMs: edit.atMs,
      reason: edit.reason,
      ...(edit.before === undefined ? {} : { before: edit.before }),
      ...('text' in edit ? { after: edit.text } : {}),
      ...(isGone ? { isGone: true } : {}),
      ...(edit.deed === 'text' && was !== undefined && was !== edit.before && !editedBefore(edits, edit) ? { machineNow: was } : {}),
    }
    marks.push(mark)
    if (!isGone) paper = put(paper, edit)
  })
  return { paper: marks.length === 0 ? draft : { ...paper, grounds: groundsOf(paper.sections) }, marks }
}

/** Another change stands on the same words: what the machine says is not seen through it. */
const editedBefore = (edits: readonly Edit[], edit: Edit): boolean =>
  edits.some(
    one =>
      isLive(one) &&
      one !== edit &&
      one.deed === 'text' &&
      edit.deed === 'text' &&
      one.target === edit.target &&
      one.revision < edit.revision,
  )

/** Changes that count, by section: for the foot. */
export function changesBySection(marks: readonly Mark[]): ReadonlyMap<SectionId, number> {
  const counts = new Map<SectionId, number>()
  for (const { section } of marks) counts.set(section, (counts.get(section) ?? 0) + 1)
  return counts
}

/** The words a change is about, as they stand; undefined: no such line or cell. */
export function targetText(paper: Paper, edit: EditDeed): string | undefined {
  if (edit.deed === 'order') return paper.sections.map(one => one.id).join(' ')
  if (edit.deed === 'add') return edit.parent === undefined ? '' : findLine(paper, edit.parent)?.text
  return findLine(paper, edit.target)?.text ?? findCell(paper, edit.target)?.text
}

export function findLine(paper: Paper, id: string): Line | undefined {
  for (const { blocks } of paper.sections)
    for (const block of blocks)
      if (block.kind === 'lines')
        for (const line of block.lines) {
          if (line.id === id) return line
          const detail = line.details.find(one => one.id === id)
          if (detail) return detail
        }
  return undefined
}

export const cellId = (table: string, row: string, column: string): string => `${table}/${row}/${column}`

export function findCell(paper: Paper, id: string): Cell | undefined {
  for (const { blocks } of paper.sections)
    for (const block of blocks)
      if (block.kind === 'table')
        for (const row of block.rows) {
          const at = block.columns.findIndex(column => cellId(block.id, row.id, column.id) === id)
          if (at >= 0) return row.cells[at]
        }
  return undefined
}

const sectionOf = (edit: EditDeed, paper: Paper): SectionId => {
  if (edit.deed === 'add') return edit.section
  const word = edit.deed === 'order' ? '' : (edit.target.split('/')[0] ?? '')
  // Lines that were added carry the id of their change: look where they stand.
  const known = paper.sections.find(one => one.id === word)
  if (known) return known.id
  const holder =
    edit.deed === 'order'
      ? undefined
      : paper.sections.find(one =>
          one.blocks.some(
            block =>
              block.kind === 'lines' &&
              block.lines.some(line => line.id === edit.target || line.details.some(detail => detail.id === edit.target)),
          ),
        )
  return holder?.id ?? 'summary'
}

function put(paper: Paper, edit: Edit): Paper {
  switch (edit.deed) {
    case 'text':
      return eachBlock(paper, block =>
        block.kind === 'lines'
          ? { ...block, lines: block.lines.map(line => reworded(line, edit)) }
          : block.kind === 'table'
            ? {
                ...block,
                rows: block.rows.map(row =>
                  rewordedRow(
                    block.id,
                    block.columns.map(one => one.id),
                    row,
                    edit,
                  ),
                ),
              }
            : block,
      )
    case 'leave-out':
      return eachSection(paper, section => withoutLine(section, edit.target, paper.language))
    case 'add':
      return eachSection(paper, section => (section.id === edit.section ? withLine(section, edit) : section))
    case 'move':
      return eachBlock(paper, block => (block.kind === 'lines' ? { ...block, lines: moved(block.lines, edit.target, edit.before) } : block))
    case 'order': {
      const place = (id: SectionId): number => {
        const at = edit.sections.indexOf(id)
        return at < 0 ? edit.sections.length : at
      }
      // The annex is always last.
      return {
        ...paper,
        sections: [...paper.sections].sort((a, b) => (a.id === 'annex' ? 1 : b.id === 'annex' ? -1 : place(a.id) - place(b.id))),
      }
    }
  }
}

const eachSection = (paper: Paper, change: (section: Section) => Section): Paper => ({ ...paper, sections: paper.sections.map(change) })
const eachBlock = (paper: Paper, change: (block: Block) => Block): Paper =>
  eachSection(paper, section => ({ ...section, blocks: section.blocks.map(change) }))

const reworded = (line: Line, edit: Extract<Edit, { deed: 'text' }>): Line =>
  line.id === edit.target
    ? { ...line, text: edit.text }
    : { ...line, details: line.details.map(one => (one.id === edit.target ? { ...one, text: edit.text } : one)) }

function rewordedRow(table: string, columns: readonly string[], row: Row, edit: Extract<Edit, { deed: 'text' }>): Row {
  const at = columns.findIndex(column => cellId(table, row.id, column) === edit.target)
  if (at < 0) return row
  return {
    ...row,
    cells: row.cells.map((one, n) => {
      if (n !== at) return one
      const { n: _figure, ...rest } = one
      const figure = figureOf(edit.text)
      return { ...rest, text: edit.text, ...(figure === undefined ? {} : { n: figure }) }
    }),
  }
}

/** The figure at the beginning of a cell's words: 3건 / 214백만 → 3. */
export function figureOf(text: string): number | undefined {
  const found = /^\s*(-?\d[\d,]*(?:\.\d+)?)/.exec(text)?.[1]
  return found === undefined ? undefined : Number(found.replaceAll(',', ''))
}

function withoutLine(section: Section, target: string, language: PaperLanguage): Section {
  let isHere = false
  const blocks = section.blocks.flatMap((block): readonly Block[] => {
    if (block.kind !== 'lines') return [block]
    const lines = block.lines
      .filter(line => line.id !== target)
      .map(line =>
        line.details.some(one => one.id === target) ? { ...line, details: line.details.filter(one => one.id !== target) } : line,
      )
    if (lines.length < block.lines.length) isHere = true
    return lines.length === 0 ? [] : [{ ...block, lines }]
  })
  const isEmpty = isHere && blocks.every(block => block.kind === 'words')
  // Never left out: an empty section says so.
  return isEmpty
    ? { ...section, state: 'none', blocks: [{ kind: 'words', id: `${section.id}/none`, text: wordsIn(language)('none') }, ...blocks] }
    : { ...section, blocks }
}

function withLine(section: Section, edit: Extract<Edit, { deed: 'add' }>): Section {
  const line: Line = { id: edit.id, text: edit.text, details: [], query: 'typed', sources: [], ...(edit.lead ? { lead: edit.lead } : {}) }
  if (edit.parent !== undefined)
    return {
      ...section,
      blocks: section.blocks.map(block =>
        block.kind === 'lines'
          ? { ...block, lines: block.lines.map(one => (one.id === edit.parent ? { ...one, details: [...one.details, line] } : one)) }
          : block,
      ),
    }
  const state = section.state === 'none' || section.state === 'not-linked' ? 'hand' : section.state
  const blocks = section.blocks.filter(block => !(block.kind === 'words' && block.id === `${section.id}/none`))
  const list = blocks.find(block => block.kind === 'lines')
  if (!list) return { ...section, state, blocks: [...blocks, { kind: 'lines', id: `${section.id}/lines`, lines: [line] }] }
  return {
    ...section,
    state,
    blocks: blocks.map(block => (block === list && block.kind === 'lines' ? { ...block, lines: [...block.lines, line] } : block)),
  }
}

function moved(lines: readonly Line[], target: string, before: string | undefined): readonly Line[] {
  const line = lines.find(one => one.id === target)
  if (!line || target === before) return lines
  const rest = lines.filter(one => one.id !== target)
  const at = before === undefined ? rest.length : rest.findIndex(one => one.id === before)
  return at < 0 ? lines : [...rest.slice(0, at), line, ...rest.slice(at)]
}
