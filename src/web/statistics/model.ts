// Statistics as this screen knows them: times are numbers, absent is absent. A figure without a value says why by what is beside it: not linked yet, not measured then, nothing there.
import type { Ask, Board, By, Figure, MeasureDefinition, PeriodUnit, Words } from '#statistics/schema.ts'

export interface MeasureView extends MeasureDefinition {
  /** False: the room it comes from does not stand yet (연계 전). */
  readonly isLinked: boolean
  /** Made by officers. */
  readonly own?: OwnFacts
}
export interface OwnFacts {
  readonly ownerName: string
  readonly isOwn: boolean
  readonly isShared: boolean
  readonly edition: number
  readonly changedAtMs: number
}
export interface BoardView extends Board {
  readonly own?: Omit<OwnFacts, 'edition'>
}

export interface PlaceWords extends Words {
  readonly lat?: number
  readonly lon?: number
}
export interface NumberWords extends Words {
  readonly id: string
  readonly unit: MeasureDefinition['unit']
}
/** Records that can be counted. */
export interface SourceView extends Words {
  readonly id: string
  readonly isLinked: boolean
  /** False: this person may not look at them, so nothing of them is counted. */
  readonly isSeen: boolean
  readonly hasSubject: boolean
  readonly kinds: ReadonlyMap<string, PlaceWords>
  readonly subs: ReadonlyMap<string, PlaceWords>
  readonly numbers: readonly NumberWords[]
}

/** An organisation by name; its short one stands in narrow columns. */
export interface SiteView extends Words {
  readonly id: string
  readonly kind: string
  readonly parent?: string
  readonly shortKo: string
  readonly shortEn: string
}

export interface Catalogue {
  readonly sites: readonly SiteView[]
  readonly measures: readonly MeasureView[]
  readonly sources: readonly SourceView[]
  readonly boards: readonly BoardView[]
}

export interface SpanView {
  readonly fromMs: number
  readonly toMs: number
}
export interface PeriodView extends SpanView {
  readonly unit: PeriodUnit
  /** Where the whole period ends, also while it runs. */
  readonly endMs: number
  readonly isRunning: boolean
  readonly before?: SpanView
  readonly yearBefore?: SpanView
  readonly earlierMs?: number
  readonly laterMs?: number
}

export interface RowView extends Figure {
  readonly key: readonly string[]
  readonly before?: Figure
  readonly yearBefore?: Figure
}
export interface AnswerView {
  readonly measure: string
  readonly isKnown: boolean
  readonly isLinked: boolean
  readonly measuredFromMs?: number
  readonly by: readonly By[]
  /** Starts of slots stand as epoch ms. */
  readonly rows: readonly RowView[]
  readonly total: RowView
}
export interface Answers {
  readonly period: PeriodView
  readonly slot: PeriodUnit
  readonly countedAtMs: number
  readonly of: ReadonlyMap<string, AnswerView>
}
export const askKey = ({ measure, by }: Ask): string => `${measure} ${by.join('+')}`

/** One record behind a figure. */
export interface RecordView {
  readonly id: string
  readonly atMs: number
  readonly organisation: string
  readonly kind: string
  readonly sub: string
  readonly numbers: ReadonlyMap<string, number>
  readonly link: { readonly kind: string; readonly id: string; readonly label: string; readonly title?: string }
}
export interface RecordsPage {
  readonly total?: RowView
  readonly records: readonly RecordView[]
  readonly after?: string
}

/** Which records: of a measure, narrowed to a part of the board’s period. */
export interface Drill {
  readonly measure: string
  readonly organisation?: string
  readonly kind?: string
  readonly sub?: string
  readonly hour?: number
  readonly weekday?: number
  /** Start of a slot of the curve. */
  readonly slotMs?: number
}

export interface CoastView extends Readonly<Record<'west' | 'east' | 'south' | 'north', number>> {
  readonly rings: readonly (readonly number[])[]
}
