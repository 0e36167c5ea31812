import { useState } from 'react'
import type { ChartKind } from '#statistics/schema.ts'
import { useStore } from '../shell/store.ts'
import { added, bysOf, chartsFor, MAX_WIDGETS } from './board.ts'
import type { BoardView } from './model.ts'
import { useStatistics } from './use-statistics.ts'

const WIDTH: Readonly<Record<ChartKind, number>> = { figure: 12, bars: 6, stack: 6, times: 6, heat: 6, lines: 6, map: 6, table: 12 }

/** One more part: a measure and how it is drawn. */
export function NewPart({ board }: { board: BoardView }) {
  const context = useStatistics()
  const { app, say, word, catalogue } = context
  const saving = useStore(app.statistics.saving)
  const [id, setId] = useState(catalogue.measures[0]?.id ?? '')
  const measure = context.measure(id)
  const charts = measure ? chartsFor(measure, catalogue.measures) : []
  const add = (chart: ChartKind): void => {
    const [by] = bysOf(chart)
    const group = measure && bysOf(chart).includes(measure.group) ? measure.group : by
    app.statistics.keepBoard(
      added(board, {
        id: `p-${crypto.randomUUID().slice(0, 8)}`,
        chart,
        measures: [id],
        width: WIDTH[chart],
        ...(group ? { by: group } : {}),
      }),
    )
  }
  return (
    <section className="panel stat-part w-12 stat-new" aria-label={say('statistics.add-part')}>
      <div className="stat-new__row">
        <b>{say('statistics.add-part')}</b>
        <select
          className="input stat-select"
          aria-label={say('statistics.measure')}
          value={id}
          onChange={event => setId(event.target.value)}
        >
          {catalogue.measures.map(one => (
            <option key={one.id} value={one.id}>
              {word(one)}
              {one.isLinked ? '' : ` (${say('statistics.lack.not-linked')})`}
            </option>
          ))}
        </select>
        {charts.map(chart => (
          <button key={chart} type="button" className="button" disabled={board.widgets.length >= MAX_WIDGETS} onClick={() => add(chart)}>
            + {say(`statistics.chart.${chart}`)}
          </button>
        ))}
        <span className="push note" role="status">
          {typeof saving === 'string' ? (
            say(saving === 'saved' ? 'statistics.saved' : 'statistics.saving')
          ) : (
            <span className="tone-bad">{saving.trouble}</span>
          )}
        </span>
      </div>
      <BoardName board={board} />
    </section>
  )
}

function BoardName({ board }: { board: BoardView }) {
  const { app, say } = useStatistics()
  const rename = (change: { readonly ko?: string; readonly en?: string }): void => {
    const next = { ...board, ...change }
    if (next.ko.trim() !== '') app.statistics.keepBoard({ ...next, en: next.en.trim() === '' ? next.ko : next.en })
  }
  const remove = app.commands().find(command => command.id === 'statistics.board-remove')
  return (
    <div className="stat-new__row">
      <label className="stat-name">
        <span className="note">{say('statistics.board-name')}</span>
        <input
          className="input"
          defaultValue={board.ko}
          maxLength={80}
          onBlur={event => event.target.value !== board.ko && rename({ ko: event.target.value })}
          onKeyDown={event => event.code === 'Enter' && event.currentTarget.blur()}
        />
      </label>
      <label className="stat-name">
        <span className="note">{say('statistics.name-en')}</span>
        <input
          className="input"
          defaultValue={board.en}
          maxLength={80}
          onBlur={event => event.target.value !== board.en && rename({ en: event.target.value })}
          onKeyDown={event => event.code === 'Enter' && event.currentTarget.blur()}
        />
      </label>
      {remove && (
        <button type="button" className="button push" onClick={() => app.run(remove)}>
          {say('statistics.board-remove')}
        </button>
      )}
    </div>
  )
}
