// 결재: the boxes from the bottom up, who has signed, who is next, what may be done now; after the last one, the seal.
import { useApp, useSay } from '../app.ts'
import { minuteKst, momentKst, stopwatch } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { CommandButton, Panel, PanelHead, Tick } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { reportCommands } from './commands.ts'
import { asOfMs, type BoxView, isDecided, partsOf, type ReportView } from './model.ts'

export function ApprovalPanel({ report }: { report: ReportView }) {
  const say = useSay()
  const app = useApp()
  const commands = reportCommands(app)
  const find = (id: string) => commands.find(command => command.id === id)
  const version = report.versions.at(-1)?.n
  return (
    <Panel label={say('reports.approval')} className="report-approval">
      <PanelHead title={say('reports.approval')}>
        <span className="note">
          {say(`reports.state.${report.state}`)}
          {version !== undefined && ` · ${say('reports.version', { n: version })}`}
        </span>
        <Deadline report={report} />
      </PanelHead>
      {report.returned && report.state === 'returned' && (
        <p className="report-approval__returned" role="status">
          <b>{say('reports.returned-by', { name: report.returned.by.name, time: minuteKst(report.returned.atMs) })}</b>{' '}
          {report.returned.text}
        </p>
      )}
      <ol className="report-boxes">
        {report.boxes.map((box, n) => (
          <Box key={box.title} box={box} n={n} report={report} />
        ))}
      </ol>
      {isDecided(report) ? (
        <Sealed report={report} />
      ) : (
        <div className="report-approval__acts">
          <CommandButton command={find('reports.sign')} look="is-main" />
          <CommandButton command={find('reports.return')} />
          <CommandButton command={find('reports.final')} />
          <CommandButton command={find('reports.stand-in')} />
        </div>
      )}
    </Panel>
  )
}

function Deadline({ report }: { report: ReportView }) {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow()
  const { kind, day } = partsOf(report.id)
  if (kind !== 'daily' || !day || isDecided(report)) return null
  const leftMs = asOfMs(day) - nowMs
  if (leftMs > 3_600_000 * 2) return null
  return leftMs > 0 ? (
    <span className="push note">
      {say('reports.until')} <b className="tone-warn">{stopwatch(leftMs)}</b>
    </span>
  ) : (
    <b className="push tone-warn" title={say('reports.late-note')}>
      {say('reports.late-by', { day: momentKst(asOfMs(day), app.now()) })}
    </b>
  )
}

function Box({ box, n, report }: { box: BoxView; n: number; report: ReportView }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const isNext = n === report.nextBox && !isDecided(report)
  const state = box.by || box.isSkipped ? 'done' : isNext ? 'next' : 'waiting'
  const act = n === 0 ? 'draft' : n === report.boxes.length - 1 ? 'decide' : 'review'
  return (
    <li className={`report-box is-${state}`}>
      <span className="report-box__sign" aria-hidden="true">
        {state === 'done' ? <Tick /> : n + 1}
      </span>
      <span>
        <b>
          {say(`reports.act.${act}`)} · {box.title} {box.by?.name ?? ''}
        </b>
        <small>
          {box.isSkipped
            ? say('reports.skipped')
            : box.by
              ? `${box.mark ? `${say(`reports.mark.${box.mark}`)} · ` : ''}${box.isSame ? say('reports.signed-same') : say('reports.signed-other')}`
              : isNext
                ? say('reports.next', { post: wordOfPost(say, box.post, language) })
                : wordOfPost(say, box.post, language)}
        </small>
      </span>
      <span className="report-box__time">
        {box.atMs === undefined ? (box.isSkipped ? '' : say('reports.box-waits')) : minuteKst(box.atMs)}
      </span>
    </li>
  )
}

const POSTS = ['watch-officer', 'watch-leader', 'report-editor', 'director'] as const
const wordOfPost = (say: ReturnType<typeof useSay>, post: string, _language: string): string => {
  const known = POSTS.find(one => one === post)
  return known ? say(`reports.post.${known}`) : post
}

function Sealed({ report }: { report: ReportView }) {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow(60_000)
  const commands = reportCommands(app)
  const { seal } = report
  if (!seal) return null
  return (
    <div className="report-seal">
      <p>
        <Tick /> {say('reports.sealed', { time: momentKst(seal.atMs, nowMs) })}
      </p>
      <dl>
        <dt>SHA-256 (PDF)</dt>
        <dd>
          <code>{seal.sha256['report.pdf'] ?? '–'}</code>
        </dd>
        <dt>{say('reports.seal-key')}</dt>
        <dd>
          <code>{seal.key}</code>
        </dd>
      </dl>
      {report.corrections.map(one => (
        <p key={one.id} className="report-seal__correction">
          <b>{say('reports.corrected')}</b> {one.text}{' '}
          <span className="note">
            {one.by.name} {momentKst(one.atMs, nowMs)}
          </span>
        </p>
      ))}
      <CommandButton command={commands.find(command => command.id === 'reports.correct')} />
    </div>
  )
}
