// Shapes of the room that others may know: the browser, the daily report, rooms that bring facts of their own. A fact is one countable thing that happened at one time at one
// organisation; a measure says which facts are counted and how; an answer holds figures. Times are epoch milliseconds UTC, days and hours are those of KST.

/** Both languages, Korean first. */
export interface Words {
  readonly ko: string
  readonly en: string
}

/** What a record is found by in the room it came from. */
export interface RecordLink {
  readonly kind: string
  readonly id: string
  readonly label: string
}

/** One countable thing. Which facts an origin has may change later: all of an origin's facts are replaced together. */
export interface Fact {
  readonly atMs: number
  /** The one organisation it is counted at; those above it hold it in their sums. */
  readonly organisation: string
  readonly kind: string
  /** What a kind is divided into: a verdict, an outcome, a port. */
  readonly sub?: string
  /** By the names the source declares, each with its unit; what is not known is left out, never 0. */
  readonly numbers?: Readonly<Record<string, number>>
  /** Whom `distinct` tells apart: a ship. */
  readonly subject?: string
  readonly link: RecordLink
}

/** The facts an origin (an alarm, an incident) has now; none: it counts no longer. The same change twice is the same as once. */
export interface Change {
  readonly origin: string
  readonly facts: readonly Fact[]
}

export const FUNCTIONS = ['count', 'sum', 'mean', 'median', 'p90', 'share', 'distinct'] as const
export type MeasureFunction = (typeof FUNCTIONS)[number]

/** Which facts: `field` is kind, sub or a number of the source. All conditions must hold. A fact without the number fulfils no condition on it. */
export interface Condition {
  readonly field: string
  readonly is?: readonly string[]
  readonly not?: readonly string[]
  readonly atLeast?: number
  readonly below?: number
}

export const UNITS = ['cases', 'won', 'g', 'pieces', 's', 'min', 'share', 'ships', 'times', 'h', 'plain'] as const
export type Unit = (typeof UNITS)[number]

export interface MeasureDefinition extends Words {
  readonly id: string
  readonly unit: Unit
  /** How it is counted, in words. */
  readonly formula: Words
  readonly source: string
  readonly where: readonly Condition[]
  readonly function: MeasureFunction
  /** Of sum, mean, median and 90th percentile: which number. Of a share of sums: the part. */
  readonly number?: string
  /** Of a share of facts: the part of them. */
  readonly part?: readonly Condition[]
  /** Of a share of sums: the whole. */
  readonly whole?: string
  /** What it is divided by when nobody says otherwise. */
  readonly group: 'kind' | 'sub' | 'organisation'
  /** More is better, worse, or neither: what the colour of a change says. */
  readonly better?: 'more' | 'less'
}

export const BYS = ['organisation', 'kind', 'sub', 'slot', 'hour', 'weekday'] as const
export type By = (typeof BYS)[number]

export const PERIOD_UNITS = ['hour', 'day', 'week', 'month', 'quarter', 'year'] as const
export type PeriodUnit = (typeof PERIOD_UNITS)[number]

/** From (included) to (not included); both are taken at the hour they lie in. */
export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

export interface Figure {
  /** Facts behind it. */
  readonly n: number
  /** Absent where there is nothing to say: no facts for a median, nothing measured. Never 0 for ‘not known’. */
  readonly value?: number
}

export interface Row extends Figure {
  /** One word for each `by`, in its order: an id, a start of a slot in ms, an hour 0–23, a weekday 1 (Monday) – 7. */
  readonly key: readonly string[]
  readonly before?: Figure
  readonly yearBefore?: Figure
}

export interface Answer {
  readonly measure: string
  /** False: the room or feed it comes from does not stand yet (연계 전). */
  readonly isLinked: boolean
  /** Since when this is recorded at all; absent while nothing is. */
  readonly measuredFromMs?: number
  readonly by: readonly By[]
  readonly rows: readonly Row[]
  readonly total: Row
}

/** What it is compared with. */
export interface Spans extends Span {
  readonly before?: Span
  readonly yearBefore?: Span
}

export const CHARTS = ['figure', 'bars', 'stack', 'times', 'heat', 'lines', 'map', 'table'] as const
export type ChartKind = (typeof CHARTS)[number]

/** One part of a board. */
export interface Widget {
  readonly id: string
  readonly chart: ChartKind
  /** One for most charts; several for a table's columns or a row of times. */
  readonly measures: readonly string[]
  readonly by?: By
  /** Columns of twelve. */
  readonly width: number
  readonly title?: Words
}

export interface Board extends Words {
  readonly id: string
  readonly widgets: readonly Widget[]
}

export interface OwnBoard extends Board {
  readonly owner: string
  readonly ownerName?: string
  readonly organisation: string
  readonly isShared: boolean
  readonly changedAtMs: number
}

export interface OwnMeasure extends MeasureDefinition {
  readonly owner: string
  readonly ownerName?: string
  readonly organisation: string
  readonly isShared: boolean
  readonly edition: number
  readonly changedAtMs: number
}

/** One question of a board: a measure and what it is divided by. */
export interface Ask {
  readonly measure: string
  readonly by: readonly By[]
}

/** The same counted at the 90th percentile, where there is such a measure: what stands beside a median. */
export function ninetiethOf<Measure extends Omit<MeasureDefinition, keyof Words>>(
  median: Measure | undefined,
  all: readonly Measure[],
): Measure | undefined {
  if (median?.function !== 'median') return undefined
  const where = JSON.stringify(median.where)
  return all.find(
    one => one.function === 'p90' && one.source === median.source && one.number === median.number && JSON.stringify(one.where) === where,
  )
}

/** What a part of a board asks: the same for the screen, for files and for the bench. Absent `by`: what the chart is usually divided by. */
export function asksOf(
  { chart, measures, by }: Pick<Widget, 'chart' | 'measures' | 'by'>,
  all: readonly MeasureDefinition[],
): readonly Ask[] {
  const [first = ''] = measures
  switch (chart) {
    case 'figure':
      return measures.map(measure => ({ measure, by: [] }))
    case 'bars':
      return [{ measure: first, by: [by ?? 'kind'] }]
    case 'map':
      return [{ measure: first, by: [by ?? 'sub'] }]
    case 'stack':
      return [{ measure: first, by: [by ?? 'kind', 'sub'] }]
    case 'heat':
      return [{ measure: first, by: ['weekday', 'hour'] }]
    case 'lines':
      return measures.map(measure => ({ measure, by: ['slot'] }))
    case 'table':
      return [
        ...measures.map((measure): Ask => ({ measure, by: [by ?? 'organisation'] })),
        // The small curve at the end of each row.
        { measure: first, by: [by ?? 'organisation', 'slot'] },
      ]
    case 'times': {
      const nineties = measures.map(
        id =>
          ninetiethOf(
            all.find(one => one.id === id),
            all,
          )?.id,
      )
      const last = nineties.findLast(id => id !== undefined)
      return [
        ...measures.map((measure): Ask => ({ measure, by: [] })),
        ...nineties.flatMap((measure): readonly Ask[] => (measure === undefined ? [] : [{ measure, by: [] }])),
        // Where it takes longest.
        ...(last === undefined ? [] : [{ measure: last, by: ['organisation'] } satisfies Ask]),
      ]
    }
  }
}
