// What can be done with a board that is being arranged. Pure: a board in, a board out. Widths go in steps of a quarter of the row.
import { type By, type ChartKind, type MeasureDefinition, ninetiethOf, type Widget } from '#statistics/schema.ts'
import type { BoardView, MeasureView } from './model.ts'

export const MAX_WIDGETS = 24
const WIDTHS = [3, 4, 6, 8, 9, 12] as const

const withWidgets = (board: BoardView, widgets: readonly Widget[]): BoardView => ({ ...board, widgets })
const change = (board: BoardView, id: string, to: (widget: Widget) => Widget): BoardView =>
  withWidgets(
    board,
    board.widgets.map(one => (one.id === id ? to(one) : one)),
  )

/** To another place: `to` counts as the board stands now. */
export function moved(board: BoardView, id: string, to: number): BoardView {
  const one = board.widgets.find(widget => widget.id === id)
  if (!one) return board
  const rest = board.widgets.filter(widget => widget.id !== id)
  const at = Math.max(0, Math.min(rest.length, to))
  return withWidgets(board, [...rest.slice(0, at), one, ...rest.slice(at)])
}
export const movedBy = (board: BoardView, id: string, by: number): BoardView =>
  moved(board, id, board.widgets.findIndex(widget => widget.id === id) + by)
export const removed = (board: BoardView, id: string): BoardView =>
  withWidgets(
    board,
    board.widgets.filter(widget => widget.id !== id),
  )
export const resized = (board: BoardView, id: string, by: 1 | -1): BoardView =>
  change(board, id, widget => {
    const at = WIDTHS.findIndex(width => width >= widget.width)
    return { ...widget, width: WIDTHS[Math.max(0, Math.min(WIDTHS.length - 1, (at < 0 ? WIDTHS.length - 1 : at) + by))] ?? 12 }
  })
export const added = (board: BoardView, widget: Widget): BoardView =>
  board.widgets.length >= MAX_WIDGETS ? board : withWidgets(board, [...board.widgets, widget])

/** As another chart: what it is divided by stays where that chart can show it. */
export const drawnAs = (board: BoardView, id: string, chart: ChartKind): BoardView =>
  change(board, id, ({ by, ...widget }) => {
    const measures = SEVERAL.has(chart) ? widget.measures : widget.measures.slice(0, 1)
    const kept = by !== undefined && bysOf(chart).includes(by) ? by : undefined
    return { ...widget, chart, measures, ...(kept === undefined ? {} : { by: kept }) }
  })
export const dividedBy = (board: BoardView, id: string, by: By): BoardView => change(board, id, widget => ({ ...widget, by }))
export const titled = (board: BoardView, id: string, title: string): BoardView =>
  change(board, id, ({ title: _old, ...widget }) =>
    title.trim() === '' ? widget : { ...widget, title: { ko: title.trim(), en: title.trim() } },
  )
/** One more measure, or one less; the last one stays. */
export const withMeasure = (board: BoardView, id: string, measure: string, isIn: boolean): BoardView =>
  change(board, id, widget => {
    const rest = widget.measures.filter(one => one !== measure)
    if (!isIn) return rest.length === 0 ? widget : { ...widget, measures: rest }
    return { ...widget, measures: SEVERAL.has(widget.chart) ? [...rest, measure].slice(0, MAX_MEASURES) : [measure] }
  })
const MAX_MEASURES = 12

/** Charts of several measures. */
export const SEVERAL: ReadonlySet<ChartKind> = new Set(['figure', 'times', 'lines', 'table'])
/** What a chart can be divided by. */
export function bysOf(chart: ChartKind): readonly By[] {
  switch (chart) {
    case 'bars':
      return ['kind', 'organisation', 'sub']
    case 'stack':
    case 'table':
      return ['kind', 'organisation']
    case 'map':
      return ['sub', 'organisation']
    default:
      return []
  }
}

/** The charts that say something of a measure. */
export function chartsFor(measure: MeasureView, all: readonly MeasureDefinition[]): readonly ChartKind[] {
  const isCount = measure.function === 'count'
  return [
    'figure',
    'bars',
    'lines',
    'table',
    'heat',
    ...(isCount ? (['stack'] as const) : []),
    ...(ninetiethOf(measure, all) ? (['times'] as const) : []),
    'map',
  ]
}
