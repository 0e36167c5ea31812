// The paper as data: sections → blocks → lines and cells, each with the words that are printed, the question it answers and the records behind it. One model, many writers
// (PDF, DOCX, HWPX, HTML); no writer invents content. Plain JSON, so that the same paper is the same text and hash for ever.
import type { QueryId } from './queries.ts'

export const PAPER_KINDS = ['daily', 'weekly', 'monthly', 'special'] as const
export type PaperKind = (typeof PAPER_KINDS)[number]
export type PaperLanguage = 'ko' | 'en'

export const SECTION_IDS = [
  'summary',
  'events',
  'ships',
  'cctv',
  'seals',
  'seizures',
  'actions',
  'equipment',
  'patrols',
  'staffing',
  'weather',
  'hand-over',
  'annex',
] as const
export type SectionId = (typeof SECTION_IDS)[number]

/** A record behind a figure or line: `alarm:…`, `incident:…`, `order:…`, `log:…`, `feed:…`; the id is what its room knows it by. */
export type Source = string

/** Why it stands there: the question that was asked, and the rows that answered. */
export interface Why {
  readonly query: QueryId
  readonly sources: readonly Source[]
}

/** How it is set: red only for what needs reading; up, down: compared with the day before; quiet: small and grey. */
export type Tone = 'alert' | 'up' | 'down' | 'quiet' | 'done' | 'open'

export interface Cell extends Partial<Why> {
  /** As printed. */
  readonly text: string
  /** The figure behind the words, where sums are made of it. */
  readonly n?: number
  readonly tone?: Tone
}

export interface Line extends Partial<Why> {
  /** Stable: made of the record it tells of, so that a hand change finds it again in a newer draft. */
  readonly id: string
  /** 담당 과·세관, in bold brackets. */
  readonly lead?: string
  readonly text: string
  readonly details: readonly Line[]
}

export interface Column {
  readonly id: string
  readonly title: string
  /** Share of the width. */
  readonly width: number
  readonly align?: 'left'
  /** Its figures make the figure of the sum row. */
  readonly adds?: true
}
export interface Row {
  readonly id: string
  /** In the order of the columns. */
  readonly cells: readonly Cell[]
  readonly isSum?: true
}

export type Block =
  | { readonly kind: 'lines'; readonly id: string; readonly lines: readonly Line[] }
  | {
      readonly kind: 'table'
      readonly id: string
      readonly columns: readonly Column[]
      readonly rows: readonly Row[]
      /** The first row is set large: the headline figures. */
      readonly isHeadline?: true
      /** In each row the last of these columns is the sum of the others. */
      readonly across?: readonly string[]
    }
  | {
      readonly kind: 'picture'
      readonly id: string
      readonly title: string
      readonly svg: string
      readonly widthMm: number
      readonly heightMm: number
    }
  /** A sentence below a table, or what stands where nothing is: 해당 없음, 연계 전. */
  | ({
      readonly kind: 'words'
      readonly id: string
      readonly text: string
      /** The title of what stands below it (붙임 3. …). */
      readonly isTitle?: true
    } & Partial<Why>)

/** `none`: asked, nothing there (해당 없음). `not-linked`: nobody could be asked yet (연계 전): never 0. `hand`: typed by people. */
export type SectionState = 'machine' | 'none' | 'not-linked' | 'hand'

export interface Section {
  readonly id: SectionId
  readonly title: string
  /** Small, at the right of the heading: units, what brackets mean. */
  readonly note?: string
  readonly state: SectionState
  /** Two narrow ones stand side by side. */
  readonly isNarrow?: true
  readonly blocks: readonly Block[]
}

export interface ApprovalBox {
  readonly title: string
  /** Who signed; absent: waiting. */
  readonly name?: string
  readonly at?: string
  /** 대결, 전결. */
  readonly mark?: string
}

export interface Paper {
  readonly kind: PaperKind
  readonly language: PaperLanguage
  readonly title: string
  /** 〈2026. 11. 24.(화) 07시 현재〉 */
  readonly asOf: string
  readonly span: string
  readonly room: string
  readonly fromMs: number
  readonly toMs: number
  /** 감시-2026-328 */
  readonly number?: string
  /** In red below the title: 결재 진행 중 (2/4), 초안. */
  readonly standing?: string
  readonly boxes: readonly ApprovalBox[]
  readonly sections: readonly Section[]
  /** How many of each record stand behind it. */
  readonly grounds: Readonly<Record<string, number>>
  /** Lines at the foot: how many changes by hand, grounds, audit head, fingerprint. */
  readonly foot: readonly string[]
  /** ※ 시연 자료 … */
  readonly warning?: string
}

/** Words of a cell that nothing can be said of yet. */
export const cell = (text: string, why?: Why, more: Partial<Cell> = {}): Cell => ({ text, ...why, ...more })

/** Every line of a block list, details included, in reading order. */
export const linesOf = (blocks: readonly Block[]): readonly Line[] =>
  blocks.flatMap(block => (block.kind === 'lines' ? block.lines.flatMap(line => [line, ...line.details]) : []))
