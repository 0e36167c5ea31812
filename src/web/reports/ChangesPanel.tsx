// 기계 초안과 차이: each change by hand with what stood there, who, when and why, to be taken back; comments; versions.
import { useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { minuteKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { Panel, PanelHead } from '../ui/parts.tsx'
import type { CommentView, Mark, ReportView } from './model.ts'
import { isDecided } from './model.ts'
import { wordsThatDiffer } from './words-differ.ts'

export function ChangesPanel({ report }: { report: ReportView }) {
  const say = useSay()
  return (
    <Panel label={say('reports.changes-title')} className="report-changes">
      <PanelHead title={say('reports.changes-title')}>
        <span className="note">{report.marks.length}</span>
        <span className="push note">{say('reports.changes-note')}</span>
      </PanelHead>
      <div className="grow scroll">
        {report.marks.length === 0 && report.comments.length === 0 && <p className="report-why__empty">{say('reports.no-changes')}</p>}
        {report.marks.map(mark => (
          <Change key={mark.edit} mark={mark} report={report} />
        ))}
        {[...report.comments].reverse().map(comment => (
          <Comment key={comment.id} comment={comment} report={report} />
        ))}
      </div>
      <div className="panel__foot">
        <span className="report-versions">
          {report.versions.slice(-4).map((version, n, all) => (
            <span key={version.n} className={n === all.length - 1 ? 'is-now' : ''}>
              {say('reports.version', { n: version.n })} {minuteKst(version.atMs)}
            </span>
          ))}
        </span>
        <span className="push">{say(report.seal ? 'reports.is-sealed' : 'reports.will-be-sealed')}</span>
      </div>
    </Panel>
  )
}

const run = (app: ReturnType<typeof useApp>, task: Promise<unknown>): void =>
  void task.catch(refusal => app.toast(refusal instanceof Error ? refusal.message : String(refusal), { tone: 'bad' }))

function Change({ mark, report }: { mark: Mark; report: ReportView }) {
  const app = useApp()
  const say = useSay()
  const { target } = useStore(app.reports.look)
  const section = report.paper.sections.find(one => one.id === mark.section)?.title ?? mark.section
  return (
    <div className={`report-change ${target === mark.target ? 'is-on' : ''}`}>
      <div className="report-change__head">
        <button type="button" onClick={() => app.reports.choose(mark.target)}>
          <b>{say('reports.change-n', { n: mark.n })}</b>{' '}
          <span className="note">
            {section} · {mark.by.name} {minuteKst(mark.atMs)}
          </span>
        </button>
        {!isDecided(report) && app.may('reports.edit') && (
          <button
            type="button"
            className="report-change__undo push"
            onClick={() => run(app, app.reports.deed(`edits/${encodeURIComponent(mark.edit)}/undo`, { lang: report.paper.language }))}
          >
            {say('reports.take-back')}
          </button>
        )}
      </div>
      <p>
        <ChangeWords mark={mark} />
        {mark.reason && <span className="note"> · {say('reports.because', { reason: mark.reason })}</span>}
      </p>
      {mark.isGone && <p className="tone-warn">{say('reports.change-gone')}</p>}
      {mark.machineNow !== undefined && <p className="tone-warn">{say('reports.machine-now', { text: mark.machineNow })}</p>}
    </div>
  )
}

function ChangeWords({ mark }: { mark: Mark }) {
  const say = useSay()
  switch (mark.deed) {
    case 'text':
      return wordsThatDiffer(mark.before ?? '', mark.after ?? '')
        .filter((piece, n, all) => piece.kind !== 'same' || (n > 0 && n < all.length - 1 && piece.text.length < 12))
        .map(({ kind, text }, n) => {
          const key = `${n} ${text}`
          return kind === 'out' ? (
            <del key={key}>{text} </del>
          ) : kind === 'in' ? (
            <ins key={key}>{text} </ins>
          ) : (
            <span key={key}>{text} </span>
          )
        })
    case 'add':
      return <ins>+ {mark.after}</ins>
    case 'leave-out':
      return <del>{mark.before}</del>
    case 'move':
      return (
        <span>
          {say('reports.moved')} {mark.before?.slice(0, 40)}
        </span>
      )
    case 'order':
      return <span>{say('reports.reordered')}</span>
  }
}

function Comment({ comment, report }: { comment: CommentView; report: ReportView }) {
  const app = useApp()
  const say = useSay()
  const [isAnswering, setAnswering] = useState(false)
  return (
    <div className={`report-change is-comment ${comment.settled ? 'is-settled' : ''}`}>
      <div className="report-change__head">
        <button type="button" onClick={() => app.reports.choose(comment.target)}>
          <b className={comment.settled ? '' : 'tone-warn'}>{say('reports.comment')}</b>{' '}
          <span className="note">
            {comment.by.name} {minuteKst(comment.atMs)}
          </span>
        </button>
        {comment.settled ? (
          <b className="tone-good push">{say('reports.settled', { time: minuteKst(comment.settled.atMs) })}</b>
        ) : (
          !isDecided(report) &&
          app.may('reports.edit') && (
            <button type="button" className="report-change__undo push" onClick={() => setAnswering(true)}>
              {say('reports.settle')}
            </button>
          )
        )}
      </div>
      <p>
        “{comment.text}”
        {comment.settled?.text && (
          <span className="note">
            {' '}
            → “{comment.settled.text}” {comment.settled.by.name}
          </span>
        )}
      </p>
      {isAnswering && (
        <form
          className="report-comment"
          onSubmit={event => {
            event.preventDefault()
            const text = String(new FormData(event.currentTarget).get('words') ?? '')
            setAnswering(false)
            run(app, app.reports.deed(`comments/${encodeURIComponent(comment.id)}/settle`, { text, lang: report.paper.language }))
          }}
          onKeyDown={event => {
            if (event.code !== 'Escape') return
            event.stopPropagation()
            setAnswering(false)
          }}
        >
          <input
            className="input"
            name="words"
            aria-label={say('reports.answer')}
            placeholder={say('reports.answer')}
            maxLength={1000}
            autoFocus
          />
          <button type="submit" className="button">
            {say('reports.settle')}
          </button>
        </form>
      )}
    </div>
  )
}
