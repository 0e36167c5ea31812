// Above the paper: which report, how it is looked at, what is shown on it, and the files.
import { useApp, useSay } from '../app.ts'
import { useStore } from '../shell/store.ts'
import { Kbd } from '../ui/parts.tsx'
import { neighbour } from './desk.ts'
import { type Language, partsOf, type ReportView } from './model.ts'

const MODES = ['paper', 'pages', 'phone', 'calendar'] as const
const KEYS: Readonly<Record<(typeof MODES)[number], string | undefined>> = { paper: undefined, pages: 'P', phone: undefined, calendar: 'C' }

export function Toolbar({ id, language, report }: { id: string; language: Language; report: ReportView | undefined }) {
  const app = useApp()
  const say = useSay()
  const look = useStore(app.reports.look)
  const { day } = partsOf(id)
  const open = report?.comments.filter(one => !one.settled).length ?? 0
  return (
    <div className="report-bar">
      <DayChooser id={id} />
      <span className="segment">
        {MODES.map(mode => (
          <button key={mode} type="button" aria-pressed={look.mode === mode} onClick={() => app.reports.setLook({ mode })}>
            {say(`reports.mode.${mode}`)} {KEYS[mode] && <Kbd keys={KEYS[mode]} />}
          </button>
        ))}
      </span>
      <span className="segment">
        {(['ko', 'en'] as const).map(one => (
          <button key={one} type="button" lang={one} aria-pressed={language === one} onClick={() => app.reports.show(id, one)}>
            {one === 'ko' ? '한국어' : 'English'}
          </button>
        ))}
      </span>
      <span className="segment report-bar__marks">
        <button type="button" aria-pressed={look.marks} onClick={() => app.reports.setLook({ marks: !look.marks })}>
          {say('reports.show-marks')} {report?.marks.length ?? 0} <Kbd keys="D" />
        </button>
        <button
          type="button"
          aria-pressed={look.compareWith !== undefined}
          onClick={() => void app.reports.compare(look.compareWith === undefined ? neighbour(id, -1) : undefined).catch(() => undefined)}
        >
          {say('reports.compare')} <Kbd keys="Y" />
        </button>
        {look.compareWith !== undefined && day && (
          <input
            className="report-bar__day"
            type="date"
            aria-label={say('reports.compare-with')}
            value={partsOf(look.compareWith).day ?? ''}
            onChange={event => {
              if (event.target.value) void app.reports.compare(`${partsOf(id).kind}-${event.target.value}`).catch(() => undefined)
            }}
          />
        )}
        {open > 0 && <span className="report-bar__open">{say('reports.comments-n', { n: open })}</span>}
      </span>
      <Files id={id} language={language} />
    </div>
  )
}

function DayChooser({ id }: { id: string }) {
  const app = useApp()
  const say = useSay()
  const { kind, day } = partsOf(id)
  const [before, after] = [neighbour(id, -1), neighbour(id, 1)]
  return (
    <span className="report-bar__when">
      <button
        type="button"
        className="button button--icon"
        disabled={!before}
        aria-label={say('reports.earlier')}
        onClick={() => before && app.go({ item: before })}
      >
        ‹
      </button>
      <b>
        {say(`reports.kind.${kind}`)} {day ? day.slice(5).replace('-', '. ') : ''}
      </b>
      <button
        type="button"
        className="button button--icon"
        disabled={!after}
        aria-label={say('reports.later')}
        onClick={() => after && app.go({ item: after })}
      >
        ›
      </button>
    </span>
  )
}

export function Files({ id, language }: { id: string; language: Language }) {
  const say = useSay()
  const of = (form: string): string => `/api/reports/${encodeURIComponent(id)}/files/${form}?lang=${language}`
  return (
    <span className="report-bar__files">
      <a className="button" href={of('pdf')} target="_blank" rel="noreferrer">
        PDF
      </a>
      <a className="button" href={of('docx')} download>
        DOCX
      </a>
      <a className="button" href={of('hwpx')} download>
        HWPX
      </a>
      <button type="button" className="button" onClick={() => window.print()}>
        {say('reports.print')} <kbd>Ctrl P</kbd>
      </button>
    </span>
  )
}
