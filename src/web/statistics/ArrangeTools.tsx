import type { Widget } from '#statistics/schema.ts'
import { bysOf, chartsFor, dividedBy, drawnAs, movedBy, removed, resized, SEVERAL, titled, withMeasure } from './board.ts'
import type { BoardView } from './model.ts'
import { useStatistics } from './use-statistics.ts'

/** What can be done with a part of one’s own board: everything that the hand does by dragging has its button, and so its key. */
export function ArrangeTools({ board, widget }: { board: BoardView; widget: Widget }) {
  const context = useStatistics()
  const { app, say, word, catalogue } = context
  const keep = (next: BoardView): void => app.statistics.keepBoard(next)
  const first = context.measure(widget.measures[0] ?? '')
  const charts = first ? chartsFor(first, catalogue.measures) : []
  const bys = bysOf(widget.chart)
  const isSeveral = SEVERAL.has(widget.chart)
  /** Curves and times stand on one axis: measures of one unit. */
  const fitting = catalogue.measures.filter(one => (widget.chart === 'lines' || widget.chart === 'times' ? one.unit === first?.unit : true))
  const button = (words: string, sign: string, next: () => BoardView) => (
    <button type="button" className="button button--icon" aria-label={words} title={words} onClick={() => keep(next())}>
      {sign}
    </button>
  )
  return (
    <div className="stat-tools" role="toolbar" aria-label={say('statistics.arrange-part')}>
      <span className="stat-tools__grip" aria-hidden="true" />
      {button(say('statistics.move-left'), '←', () => movedBy(board, widget.id, -1))}
      {button(say('statistics.move-right'), '→', () => movedBy(board, widget.id, 1))}
      {button(say('statistics.narrower'), '−', () => resized(board, widget.id, -1))}
      {button(say('statistics.wider'), '+', () => resized(board, widget.id, 1))}
      <select
        className="input stat-select"
        aria-label={say('statistics.chart')}
        value={widget.chart}
        onChange={event => keep(drawnAs(board, widget.id, charts.find(one => one === event.target.value) ?? widget.chart))}
      >
        {[...new Set([widget.chart, ...charts])].map(chart => (
          <option key={chart} value={chart}>
            {say(`statistics.chart.${chart}`)}
          </option>
        ))}
      </select>
      {bys.length > 1 && (
        <select
          className="input stat-select"
          aria-label={say('statistics.divided-by')}
          value={widget.by ?? bys[0]}
          onChange={event => keep(dividedBy(board, widget.id, bys.find(one => one === event.target.value) ?? bys[0] ?? 'kind'))}
        >
          {bys.map(by => (
            <option key={by} value={by}>
              {say(`statistics.by.${by}`)}
            </option>
          ))}
        </select>
      )}
      <select
        className="input stat-select"
        aria-label={say('statistics.measure')}
        value=""
        onChange={event => {
          const id = event.target.value
          if (id !== '') keep(withMeasure(board, widget.id, id, !widget.measures.includes(id) || !isSeveral))
        }}
      >
        <option value="">{isSeveral ? say('statistics.measures-n', { n: widget.measures.length }) : first ? word(first) : ''}</option>
        {fitting.map(one => (
          <option key={one.id} value={one.id}>
            {isSeveral ? (widget.measures.includes(one.id) ? '✓ ' : '\u2003') : ''}
            {word(one)}
          </option>
        ))}
      </select>
      <input
        className="input stat-tools__title"
        aria-label={say('statistics.title')}
        placeholder={say('statistics.title')}
        defaultValue={widget.title ? word(widget.title) : ''}
        maxLength={80}
        onBlur={event =>
          event.target.value !== (widget.title ? word(widget.title) : '') && keep(titled(board, widget.id, event.target.value))
        }
        onKeyDown={event => event.code === 'Enter' && event.currentTarget.blur()}
      />
      <button
        type="button"
        className="button button--icon push"
        aria-label={say('statistics.take-off')}
        title={say('statistics.take-off')}
        onClick={() => {
          keep(removed(board, widget.id))
          app.toast(say('statistics.taken-off'), { undo: { said: 'statistics.taken-off', undo: () => keep(board) } })
        }}
      >
        ×
      </button>
    </div>
  )
}
