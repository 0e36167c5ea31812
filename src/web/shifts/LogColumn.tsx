import { useApp, useSay } from '../app.ts'
import { momentKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { Panel, PanelHead } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { LogEntry } from './LogEntry.tsx'
import { LogLines } from './LogLines.tsx'
import { useOfficeName } from './parts.tsx'
import './shifts.css'

/** The duty log of the organisation looked at: what was written by hand and by the product, a line to write, a day back at a time. */
export function LogColumn() {
  const app = useApp()
  const say = useSay()
  const office = useOfficeName()
  const organisation = useStore(app.shifts.organisation)
  const { lines, fromMs, source } = useStore(app.shifts.log)
  const nowMs = useNow(60_000)
  const byHand = lines.filter(line => line.isByHand).length
  const counts = { all: lines.length, hand: byHand, machine: lines.length - byHand } as const
  return (
    <Panel label={say('shifts.log')} region="log" className="log-column">
      <PanelHead title={say('shifts.log')}>
        <span className="note">{fromMs > 0 && say('shifts.log-since', { time: momentKst(fromMs, nowMs), n: lines.length })}</span>
        <span className="segment push">
          {(['all', 'hand', 'machine'] as const).map(one => (
            <button key={one} type="button" aria-pressed={source === one} onClick={() => app.shifts.setSource(one)}>
              {say(`shifts.source.${one}`)} {counts[one]}
            </button>
          ))}
        </span>
      </PanelHead>
      <LogEntry />
      <div className="grow scroll">
        <LogLines />
      </div>
      <div className="panel__foot">
        <span>{say('shifts.log-rule')}</span>
        <button type="button" className="button button--plain push" onClick={() => void app.shifts.earlier()}>
          {say('shifts.earlier')}
        </button>
      </div>
      <span className="hidden-text">{office(organisation)}</span>
    </Panel>
  )
}

/** In the situation room, below the alarms: the newest lines and one to write. */
export function SituationLog() {
  const app = useApp()
  const say = useSay()
  const { lines } = useStore(app.shifts.log)
  if (!app.may('log.look')) return null
  return (
    <Panel label={say('shifts.log')} region="log" className="situation-log">
      <PanelHead title={say('shifts.log')}>
        <span className="note">{say('shifts.lines', { n: lines.length })}</span>
        <button type="button" className="button button--plain push" onClick={() => app.go({ page: 'shifts', item: undefined })}>
          {say('shifts.open-page')}
        </button>
      </PanelHead>
      <LogEntry />
      <div className="grow scroll">
        <LogLines most={30} />
      </div>
    </Panel>
  )
}
