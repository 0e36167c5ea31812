import { useEffect } from 'react'
import { useApp } from '../app.ts'
import { useStore } from '../shell/store.ts'
import { Bones, Panel, State } from '../ui/parts.tsx'
import { Bar } from './Bar.tsx'
import { BoardGrid } from './BoardGrid.tsx'
import { Definitions } from './Definitions.tsx'
import { MeasurePanel } from './MeasurePanel.tsx'
import { Patterns } from './parts.tsx'
import { printInDaylight } from './print.ts'
import { RecordsPanel } from './RecordsPanel.tsx'
import { useStatistics } from './use-statistics.ts'
import './statistics.css'

/** Figures of the hour under way grow: asked for anew so often, while somebody looks. */
const REFRESH_MS = 60_000

/** A board of figures over a period, at the right the records behind one of them, or a measure being put together (design/statistics.png). */
export function StatisticsPage() {
  const app = useApp()
  const { say, view, catalogue } = useStatistics()
  const loaded = useStore(app.statistics.catalogue)
  const records = useStore(app.statistics.records)
  const measure = useStore(app.statistics.measure)
  const isReady = loaded.value !== undefined
  const board = catalogue.boards.find(one => one.id === view.board) ?? (view.board === 'definitions' ? undefined : catalogue.boards[0])
  const widgets = board?.widgets
  const { item } = useStore(app.address)

  useEffect(() => void app.statistics.load(), [app])
  useEffect(() => printInDaylight(), [])
  useEffect(() => {
    if (!isReady || !widgets) return
    void app.statistics.ask(view, widgets)
    const timer = setInterval(() => {
      const { answers } = app.statistics.answers.get()
      if (document.visibilityState === 'visible' && answers?.period.isRunning) void app.statistics.ask(view, widgets)
    }, REFRESH_MS)
    return () => clearInterval(timer)
  }, [app, isReady, item, widgets])
  useEffect(() => {
    const drill = app.statistics.records.get()?.drill
    if (drill) void app.statistics.open(drill.slotMs === undefined ? drill : undefined, view)
    app.statistics.recounted.set(undefined)
  }, [app, item])

  if (!loaded.value)
    return (
      <div className="page statistics">
        <Panel label={say('page.statistics')}>
          {loaded.trouble ? (
            <State title={say('statistics.trouble')} note={loaded.trouble}>
              <button type="button" className="button" onClick={() => void app.statistics.load()}>
                {say('act.again')}
              </button>
            </State>
          ) : (
            <Bones blocks={4} />
          )}
        </Panel>
      </div>
    )
  return (
    <div className={`page statistics ${records || measure ? 'has-panel' : ''}`}>
      <div className="statistics__main">
        <Bar board={board} />
        {board ? <BoardGrid board={board} /> : <Definitions />}
        <Patterns />
      </div>
      {records && <RecordsPanel state={records} />}
      {!records && measure && <MeasurePanel state={measure} />}
    </div>
  )
}
