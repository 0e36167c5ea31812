import { useState } from 'react'
import { asksOf, type ChartKind, type Widget } from '#statistics/schema.ts'
import { momentKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx'
import { Bones, Panel, State, Strip } from '../ui/parts.tsx'
import { ArrangeTools } from './ArrangeTools.tsx'
import { moved } from './board.ts'
import { Bars } from './charts/Bars.tsx'
import type { ChartProps } from './charts/chart.ts'
import { Figures } from './charts/Figures.tsx'
import { Heat, HeatLegend } from './charts/Heat.tsx'
import { Lines, LinesLegend } from './charts/Lines.tsx'
import { PortMap } from './charts/PortMap.tsx'
import { SiteTable } from './charts/SiteTable.tsx'
import { Stack } from './charts/Stack.tsx'
import { TableTwin } from './charts/TableTwin.tsx'
import { Times, TimesLegend } from './charts/Times.tsx'
import { type Answers, askKey, type BoardView } from './model.ts'
import { NewPart } from './NewPart.tsx'
import { PeriodLegend } from './parts.tsx'
import { partTitle } from './titles.ts'
import { type StatisticsContext, useStatistics } from './use-statistics.ts'

/** The parts of a board in a grid of twelve; while it is arranged each can be moved by hand or keys, made wider, drawn otherwise, taken away. */
export function BoardGrid({ board }: { board: BoardView }) {
  const context = useStatistics()
  const { app, say } = context
  const { answers, trouble, isLoading } = useStore(app.statistics.answers)
  const isArranging = useStore(app.statistics.isArranging) && board.own?.isOwn === true
  const [dragged, setDragged] = useState<string>()
  const [over, setOver] = useState<number>()
  const drop = (): void => {
    if (dragged !== undefined && over !== undefined) {
      const from = board.widgets.findIndex(one => one.id === dragged)
      app.statistics.keepBoard(moved(board, dragged, over > from ? over - 1 : over))
    }
    setDragged(undefined)
    setOver(undefined)
  }
  if (!answers)
    return (
      <Panel label={say('page.statistics')} className="grow">
        {trouble && !isLoading ? (
          <State title={say('statistics.trouble')} note={trouble}>
            <button type="button" className="button" onClick={() => void app.statistics.load()}>
              {say('act.again')}
            </button>
          </State>
        ) : (
          <Bones blocks={5} />
        )}
      </Panel>
    )
  return (
    <div className="stat-board scroll" data-region="board" tabIndex={-1}>
      {trouble && (
        <Strip
          tone="warn"
          push={
            <button type="button" className="button" onClick={() => void app.statistics.load()}>
              {say('act.again')}
            </button>
          }
        >
          {say('statistics.stale')} {trouble}
        </Strip>
      )}
      <Since answers={answers} board={board} />
      <div className="stat-grid">
        {board.widgets.map((widget, k) => (
          <section
            key={widget.id}
            className={`panel stat-part w-${widget.width} ${dragged === widget.id ? 'is-dragged' : ''} ${over === k ? 'is-before' : ''} ${over === k + 1 && k === board.widgets.length - 1 ? 'is-after' : ''}`}
            aria-label={partTitle(widget, context)}
            data-part={widget.id}
            draggable={isArranging}
            onDragStart={event => {
              event.dataTransfer.effectAllowed = 'move'
              setDragged(widget.id)
            }}
            onDragOver={event => {
              if (dragged === undefined) return
              event.preventDefault()
              const { left, width } = event.currentTarget.getBoundingClientRect()
              setOver(event.clientX < left + width / 2 ? k : k + 1)
            }}
            onDrop={event => {
              event.preventDefault()
              drop()
            }}
            onDragEnd={() => {
              setDragged(undefined)
              setOver(undefined)
            }}
          >
            {isArranging && <ArrangeTools board={board} widget={widget} />}
            <Part widget={widget} answers={answers} />
          </section>
        ))}
        {board.widgets.length === 0 && (
          <div className="panel stat-part w-12">
            <State title={say('statistics.empty-board')} note={say('statistics.empty-board-note')} />
          </div>
        )}
        {isArranging && <NewPart board={board} />}
      </div>
    </div>
  )
}

const CHART: Readonly<Record<ChartKind, React.ComponentType<ChartProps>>> = {
  figure: Figures,
  bars: Bars,
  stack: Stack,
  times: Times,
  heat: Heat,
  lines: Lines,
  map: PortMap,
  table: SiteTable,
}

function Part({ widget, answers }: ChartProps) {
  const context = useStatistics()
  const isTable = useStore(context.app.statistics.asTables) && widget.chart !== 'table'
  const Chart = isTable ? TableTwin : CHART[widget.chart]
  const title = partTitle(widget, context)
  return (
    <ErrorBoundary name={title}>
      {(widget.chart !== 'figure' || isTable) && (
        <div className="panel__head stat-part__head">
          <h2>{title}</h2>
          <small className="note">{total(widget, answers, context)}</small>
          <span className="push">{!isTable && <Legend widget={widget} answers={answers} />}</span>
        </div>
      )}
      <Chart widget={widget} answers={answers} />
    </ErrorBoundary>
  )
}

function Legend(props: ChartProps) {
  switch (props.widget.chart) {
    case 'bars':
      return <PeriodLegend />
    case 'times':
      return <TimesLegend />
    case 'heat':
      return <HeatLegend {...props} />
    case 'lines':
      return props.widget.measures.length > 1 ? <LinesLegend widget={props.widget} /> : <PeriodLegend isLine />
    default:
      return null
  }
}

/** How many facts or how much stand behind the whole part. */
function total(widget: Widget, answers: Answers, { measure, text, catalogue }: StatisticsContext): string {
  if (widget.chart === 'figure' || widget.chart === 'table' || widget.chart === 'times') return ''
  const [ask] = asksOf(widget, catalogue.measures)
  const first = measure(ask?.measure ?? '')
  const value = ask && answers.of.get(askKey(ask))?.total.value
  return first && value !== undefined ? text(value, first) : ''
}

/** Recording began within the period: what is shown is of the time since. */
function Since({ board, answers }: { board: BoardView; answers: Answers }) {
  const { app, say, word, catalogue } = useStatistics()
  const { period } = answers
  const later = catalogue.sources.flatMap(source => {
    const ids = new Set(board.widgets.flatMap(widget => widget.measures))
    const answer = [...answers.of.values()].find(
      one => ids.has(one.measure) && catalogue.measures.find(measure => measure.id === one.measure)?.source === source.id,
    )
    const since = answer?.measuredFromMs
    return since !== undefined && since > period.fromMs && since < period.toMs ? [{ source, since }] : []
  })
  if (later.length === 0) return null
  return (
    <div className="stat-since" role="note">
      {say('statistics.since')} {later.map(({ source, since }) => `${word(source)} ${momentKst(since, app.now())}`).join(' · ')}
    </div>
  )
}
