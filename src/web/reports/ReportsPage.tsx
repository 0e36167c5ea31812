// The daily report: its parts and approval at the left, the paper in the middle, why each figure stands there and what people changed at the right (design/report-editor.png). On a
// phone: the paper to be read, and the deeds of the approval line below it.
import { useEffect } from 'react'
import { useApp, useSay } from '../app.ts'
import { clockKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { Bones, CommandButton, Panel, State, Strip } from '../ui/parts.tsx'
import { ApprovalPanel } from './ApprovalPanel.tsx'
import { CalendarView } from './CalendarView.tsx'
import { ChangesPanel } from './ChangesPanel.tsx'
import { ChecksPanel, ContentsPanel } from './ContentsPanel.tsx'
import { reportCommands } from './commands.ts'
import { dailyOf } from './desk.ts'
import { dayOf, isDecided, type ReportView } from './model.ts'
import { OfficeLines } from './OfficeLines.tsx'
import { PagesView } from './PagesView.tsx'
import { PaperSheet } from './PaperSheet.tsx'
import { Toolbar } from './Toolbar.tsx'
import { WhyPanel } from './WhyPanel.tsx'
import './reports.css'

export function ReportsPage() {
  const app = useApp()
  const say = useSay()
  const { item } = useStore(app.address)
  const open = useStore(app.reports.open)
  useEffect(() => {
    if (item === undefined) app.go({ item: dailyOf(app.now()) })
    else app.reports.show(item, app.reports.open.get()?.language ?? app.desk.get().language)
  }, [app, item])
  if (open?.isBelow)
    return (
      <div className="page reports is-below">
        <Panel label={say('reports.lines')}>
          <div className="report-calendar scroll">
            <p className="report-why__empty">{say('reports.below')}</p>
            <OfficeLines day={dayOf(app.now())} />
          </div>
        </Panel>
      </div>
    )
  const report = open?.report
  return (
    <div className="page reports">
      <div className="page__column reports__left scroll">
        {report ? (
          <>
            <ContentsPanel report={report} />
            <ChecksPanel report={report} />
            <ApprovalPanel report={report} />
          </>
        ) : (
          <Panel label={say('reports.contents')}>
            <Bones blocks={3} />
          </Panel>
        )}
      </div>
      <Middle report={report} />
      <div className="page__column reports__right">
        <WhyPanel />
        {report && <ChangesPanel report={report} />}
      </div>
    </div>
  )
}

function Middle({ report }: { report: ReportView | undefined }) {
  const app = useApp()
  const say = useSay()
  const open = useStore(app.reports.open)
  const { mode } = useStore(app.reports.look)
  const waiting = useStore(app.reports.waiting)
  const line = useStore(app.link.state)
  if (!open) return <Panel label={say('page.reports')}>{null}</Panel>
  return (
    <Panel label={say('page.reports')} region="report" className="reports__middle">
      <Toolbar id={open.id} language={open.language} report={report} />
      {waiting.length > 0 && <Strip tone="warn">{say('reports.waiting', { n: waiting.length })}</Strip>}
      {line.state !== 'open' && report && <Strip tone="warn">{say('reports.line-down', { time: clockKst(open.readAtMs) })}</Strip>}
      {report && <Standing report={report} />}
      <div className={`reports__desk scroll is-${mode}`}>
        {mode === 'calendar' ? (
          <CalendarView id={open.id} />
        ) : !report ? (
          open.trouble ? (
            <State title={open.trouble} />
          ) : (
            <Bones blocks={5} />
          )
        ) : mode === 'pages' ? (
          <PagesView key={`${report.id} ${report.paper.language} ${report.revision}`} report={report} />
        ) : (
          <div className="sheet-frame">
            <PaperSheet report={report} />
          </div>
        )}
      </div>
      {report && <PhoneActs report={report} />}
      {report && (
        <div className="panel__foot reports__foot">
          <span>{report.paper.foot[0]}</span>
          <span className="push">{report.paper.foot[1]}</span>
          <span>{say('reports.read-at', { time: clockKst(open.readAtMs) })}</span>
        </div>
      )}
    </Panel>
  )
}

/** What somebody who opens it must know at once. */
function Standing({ report }: { report: ReportView }) {
  const say = useSay()
  if (report.state === 'returned' && report.returned)
    return <Strip tone="bad">{say('reports.returned-strip', { name: report.returned.by.name, text: report.returned.text })}</Strip>
  if (report.state === 'corrected') return <Strip tone="warn">{say('reports.corrected-strip')}</Strip>
  if (isDecided(report)) return <Strip tone="plain">{say('reports.decided-strip')}</Strip>
  return null
}

/** On a phone the approver’s deeds stand below the paper, large enough for a thumb. */
function PhoneActs({ report }: { report: ReportView }) {
  const app = useApp()
  const say = useSay()
  const commands = reportCommands(app)
  const find = (id: string) => commands.find(command => command.id === id)
  if (isDecided(report)) return null
  return (
    <div className="reports__phone-acts">
      <p className="note">{report.boxes.map(box => `${box.title} ${box.by ? box.by.name : say('reports.box-waits')}`).join(' · ')}</p>
      <CommandButton command={find('reports.return')} withKey={false} />
      <CommandButton command={find('reports.final')} withKey={false} />
      <CommandButton command={find('reports.stand-in')} withKey={false} />
      <CommandButton command={find('reports.sign')} look="is-main" withKey={false} />
    </div>
  )
}
