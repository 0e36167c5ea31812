// The shapes of this room's screens: the paper as the server draws it (#reports/schema.ts), and what stands around it.
import type { Cell, Line, Paper, PaperKind, PaperLanguage, SectionId } from '#reports/schema.ts'

export type { Block, Cell, Column, Line, Paper, PaperKind, Row, Section, SectionId } from '#reports/schema.ts'

export const REPORT_STATES = ['writing', 'review', 'returned', 'approved', 'corrected'] as const
export type ReportState = (typeof REPORT_STATES)[number]

export interface Author {
  readonly id: string
  readonly name: string
}

/** A change by hand as it stands on the page. */
export interface Mark {
  readonly edit: string
  readonly n: number
  readonly deed: 'text' | 'leave-out' | 'add' | 'move' | 'order'
  readonly section: SectionId
  readonly target: string
  readonly before?: string
  readonly after?: string
  readonly by: Author
  readonly atMs: number
  readonly reason: string
  readonly machineNow?: string
  readonly isGone: boolean
}

export const CHECKS = ['sums', 'grounds', 'empty', 'offices', 'late', 'machine'] as const
export interface Check {
  readonly id: (typeof CHECKS)[number]
  readonly isGood: boolean
  readonly blocks: boolean
  readonly done: number
  readonly all: number
  readonly where: readonly string[]
}

export interface BoxView {
  readonly title: string
  readonly post: string
  readonly by?: Author
  readonly atMs?: number
  readonly mark?: 'stand-in' | 'final'
  readonly isSkipped: boolean
  /** What was signed is what stands here now. */
  readonly isSame: boolean
}

export interface CommentView {
  readonly id: string
  readonly target: string
  readonly text: string
  readonly by: Author
  readonly atMs: number
  readonly settled?: { readonly by: Author; readonly atMs: number; readonly text: string }
}

export const MAIL_STATES = ['waiting', 'handing-over', 'sent', 'refused', 'unclear'] as const
export interface MailView {
  readonly to: string
  readonly state: (typeof MAIL_STATES)[number]
  readonly why: string
  readonly atMs: number
}

export interface ReportView {
  readonly id: string
  readonly state: ReportState
  readonly revision: number
  readonly isFrozen: boolean
  readonly paper: Paper
  readonly fingerprint: string
  readonly marks: readonly Mark[]
  readonly undone: number
  readonly checks: readonly Check[]
  /** Offices that have handed in no line. */
  readonly missing: readonly string[]
  /** -1: all are done. */
  readonly nextBox: number
  readonly boxes: readonly BoxView[]
  /** What the one who looks may do with the box that is next. */
  readonly you: {
    readonly sign: boolean
    readonly standIn: boolean
    readonly final: boolean
    readonly return: boolean
    readonly early: boolean
  }
  readonly comments: readonly CommentView[]
  readonly versions: readonly { readonly n: number; readonly atMs: number; readonly by: string }[]
  readonly corrections: readonly { readonly id: string; readonly text: string; readonly by: Author; readonly atMs: number }[]
  readonly returned?: { readonly by: Author; readonly atMs: number; readonly text: string }
  readonly seal?: {
    readonly atMs: number
    readonly sha256: Readonly<Record<string, string>>
    readonly key: string
    readonly signature: string
  }
  readonly mail: readonly MailView[]
}

/** A report in a list. */
export interface HeadView {
  readonly id: string
  readonly kind: PaperKind
  readonly day: string
  readonly asOfMs: number
  readonly number: string
  readonly state: ReportState
  readonly revision: number
  readonly version: number
  readonly signed: number
  readonly boxes: number
  /** Post of the box that is next. */
  readonly next?: string
  readonly signers: readonly string[]
}

export interface SourceView {
  readonly kind: string
  readonly id: string
  readonly label?: { readonly ko: string; readonly en: string }
  readonly note?: { readonly ko: string; readonly en: string }
  readonly atMs?: number
  readonly level?: number
}
export interface WhyView {
  readonly target: string
  readonly text: string
  readonly query?: { readonly ko: string; readonly en: string }
  readonly recount?: { readonly text: string; readonly isSame: boolean }
  readonly total: number
  readonly sources: readonly SourceView[]
}

export interface OfficeLineView {
  readonly id: string
  readonly organisation: string
  readonly text: string
  readonly isNothing: boolean
  readonly by: string
  readonly atMs: number
}
export interface LinesView {
  readonly day: string
  readonly lines: readonly OfficeLineView[]
  readonly missing: readonly string[]
  /** Minutes of the KST day. */
  readonly closeMinute: number
}

export interface Rules {
  /** KST day of the first record. */
  readonly since?: string

  readonly finalFrom: number
  readonly timetable: { readonly remind: number; readonly close: number; readonly draft: number; readonly send: number }
  readonly mailTo: readonly string[]
  readonly mailUnapprovedTo: readonly string[]
}

/** A change as it is sent. */
export type EditDeed =
  | { readonly deed: 'text'; readonly target: string; readonly text: string }
  | { readonly deed: 'leave-out'; readonly target: string }
  | { readonly deed: 'add'; readonly section: SectionId; readonly parent?: string; readonly lead?: string; readonly text: string }
  | { readonly deed: 'move'; readonly target: string; readonly before?: string }
  | { readonly deed: 'order'; readonly sections: readonly SectionId[] }

export const isDecided = ({ state }: Pick<ReportView, 'state'>): boolean => state === 'approved' || state === 'corrected'

export const cellId = (table: string, row: string, column: string): string => `${table}/${row}/${column}`

/** Something on the paper that can be chosen, changed and asked ‘why?’: a line or a cell. */
export interface Target {
  readonly id: string
  readonly section: SectionId
  readonly text: string
  readonly line?: Line
  /** The item a detail stands below. */
  readonly parent?: string
  /** Lines of the same list, in order: where it may be moved to. */
  readonly siblings?: readonly string[]
  readonly cell?: Cell
  /** Cells of one row share it: the keys step over rows. */
  readonly row: string
}

/** Everything that can be chosen, in reading order. */
export function targetsOf(paper: Paper): readonly Target[] {
  return paper.sections.flatMap(({ id: section, blocks }) =>
    blocks.flatMap((block): readonly Target[] => {
      if (block.kind === 'lines') {
        const siblings = block.lines.map(line => line.id)
        return block.lines.flatMap((line): readonly Target[] => [
          { id: line.id, section, text: line.text, line, siblings, row: line.id },
          ...line.details.map(one => ({ id: one.id, section, text: one.text, line: one, parent: line.id, row: one.id })),
        ])
      }
      if (block.kind === 'table')
        return block.rows.flatMap(row =>
          row.cells.map((cell, n): Target => {
            const id = cellId(block.id, row.id, block.columns[n]?.id ?? '')
            return { id, section, text: cell.text, cell, row: `${block.id}/${row.id}` }
          }),
        )
      return []
    }),
  )
}

const DAY_MS = 86_400_000
const KST_MS = 9 * 3_600_000

/** The KST calendar day of an instant. */
export const dayOf = (ms: number): string => new Date(ms + KST_MS).toISOString().slice(0, 10)
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))
/** `daily-2026-11-24` in its parts; special reports have a name of their own. */
export function partsOf(id: string): { readonly kind: PaperKind; readonly day?: string } {
  const [, word = '', rest = ''] = /^([a-z]+)-(.+)$/.exec(id) ?? []
  if (word === 'special') return { kind: 'special' }
  const kind = word === 'weekly' || word === 'monthly' ? word : 'daily'
  return isDay(rest) ? { kind, day: rest } : { kind }
}
/** A report’s hour: 07:00 KST of its day. */
export const asOfMs = (day: string): number => Date.parse(`${day}T07:00:00+09:00`)

export type Language = PaperLanguage
