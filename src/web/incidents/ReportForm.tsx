import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useApp, useSay } from '../app.ts'
import { clockKst, momentKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { useNow } from '../ui/use-now.ts'
import { GoodsField, PeopleField } from './GoodsAndPeople.tsx'
import { INCIDENT_KINDS, URGENCIES } from './kinds.ts'
import { LinkField } from './LinkField.tsx'
import type { Draft } from './model.ts'
import { Part, useGoodsWords } from './parts.tsx'
import { ReportFiles } from './ReportFiles.tsx'
import { ReportFoot } from './ReportFoot.tsx'
import { ReportPlace } from './ReportPlace.tsx'

const KIND_KEYS = ['Digit1', 'Digit2', 'Digit3', 'Digit4', 'Digit5', 'Digit6', 'Digit7', 'Digit8', 'Digit9', 'Digit0', 'Minus', 'Equal']

/** One field is enough to send; the rest is read from it, or chosen. Ctrl Enter sends. */
export function ReportForm() {
  const app = useApp()
  const say = useSay()
  const { form } = app.incidents
  const draft = useStore(form.draft)
  const savedAtMs = useStore(form.savedAtMs)
  const text = useRef<HTMLTextAreaElement>(null)
  const id = draft?.id
  useEffect(() => text.current?.focus(), [id])
  if (!draft) return null

  const send = async (raiseAlarm = false): Promise<void> => {
    const sent = await form.send(raiseAlarm)
    if (!sent) return text.current?.focus()
    app.toast(say(app.link.state.get().state === 'open' ? 'incidents.sending' : 'incidents.waits'))
    sent.number.then(
      number => {
        if (number === undefined) return
        app.toast(say('incidents.sent', { number }))
        app.go({ page: 'incidents', item: sent.id })
        void app.incidents.load()
      },
      refusal => {
        app.toast(refusal instanceof Error ? refusal.message : String(refusal), { tone: 'bad' })
        // Nothing is lost: what was written is back.
        form.take(draft)
      },
    )
  }
  const keys = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    if ((event.code === 'Enter' || event.code === 'NumpadEnter') && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      event.stopPropagation()
      void send()
    }
    const kind = event.altKey ? INCIDENT_KINDS[KIND_KEYS.indexOf(event.code)] : undefined
    if (kind) {
      event.preventDefault()
      form.change({ kind })
    }
    if (event.code === 'Escape' && !event.defaultPrevented) {
      event.stopPropagation()
      form.close()
    }
  }
  return (
    <form
      className="panel report-form"
      aria-label={say('incidents.report-new')}
      data-region="report-form"
      tabIndex={-1}
      onKeyDown={keys}
      onSubmit={event => {
        event.preventDefault()
        void send()
      }}
      onPaste={event => event.clipboardData.files.length > 0 && void form.addFiles(event.clipboardData.files)}
      onDragOver={event => event.preventDefault()}
      onDrop={event => {
        event.preventDefault()
        void form.addFiles(event.dataTransfer.files)
      }}
    >
      <div className="panel__head">
        <h2>{say('incidents.report-new')}</h2>
        <span className="note" aria-live="polite">
          {draft.text.trim() !== '' &&
            say(savedAtMs === 0 ? 'incidents.saved-here' : 'incidents.saved', {
              time: clockKst(savedAtMs === 0 ? draft.savedAtMs : savedAtMs),
            })}
        </span>
        <LineState />
        <button type="button" className="button button--plain push" onClick={() => form.close()}>
          <kbd>Esc</kbd> {say('act.close')}
        </button>
      </div>
      <div className="grow scroll report-form__body">
        <OtherDrafts />
        <Part label={say('incidents.what-where')} isNeeded note={say('incidents.enough')}>
          <textarea
            ref={text}
            className="report-form__text"
            value={draft.text}
            rows={3}
            aria-label={say('incidents.what-where')}
            placeholder={say('incidents.what-example')}
            onChange={event => form.change({ text: event.target.value })}
          />
          <ReadOutLine />
        </Part>
        <Kinds draft={draft} />
        <ReportPlace draft={draft} />
        <Part label={say('incidents.links')} note={say('incidents.link-note')}>
          <div className="report-form__chips">
            {draft.links.map(link => (
              <span key={`${link.kind}:${link.id}`} className="token">
                <i>{say(`incidents.link.${link.kind}`)}</i>
                {link.label}
                <button
                  type="button"
                  aria-label={say('incidents.unlink', { label: link.label })}
                  onClick={() => form.change({ links: draft.links.filter(one => one !== link) })}
                >
                  ×
                </button>
              </span>
            ))}
          </div>
          <LinkField
            onAdd={link => form.change({ links: [...draft.links.filter(one => one.kind !== link.kind || one.id !== link.id), link] })}
          />
        </Part>
        <ReportFiles draft={draft} />
        <Part label={say('incidents.urgency')} note={say('incidents.urgency-note')}>
          <div className="urgency-choices" role="radiogroup" aria-label={say('incidents.urgency')}>
            {[...URGENCIES].reverse().map(urgency => (
              <button
                key={urgency}
                type="button"
                role="radio"
                aria-checked={urgency === draft.urgency}
                className={`urgency-choice level-${urgency} ${urgency === draft.urgency ? 'is-on' : ''}`}
                onClick={() => form.change({ urgency })}
              >
                {URGENCY_SHAPES[urgency]} {say(`incidents.urgency.${urgency}`)}
              </button>
            ))}
          </div>
        </Part>
        <GoodsField draft={draft} />
        <PeopleField draft={draft} />
        <label className="report-form__switch">
          <input
            type="checkbox"
            checked={draft.isInDailyReport}
            onChange={event => form.change({ isInDailyReport: event.target.checked })}
          />
          <b>{say('incidents.in-report')}</b> <span className="note">{say('incidents.in-report-later')}</span>
        </label>
      </div>
      <ReportFoot draft={draft} onRaise={() => void send(true)} />
    </form>
  )
}

const URGENCY_SHAPES = { 1: '▲', 2: '●', 3: '■', 4: '○' } as const

/** Without a line it is said, and how much waits here; so too while something is on its way. */
function LineState() {
  const app = useApp()
  const say = useSay()
  const isOpen = useStore(app.link.state).state === 'open'
  const waiting = useStore(app.incidents.waiting).length
  if (isOpen && waiting === 0) return null
  return (
    <span className={`mark ${isOpen ? 'is-act' : 'is-warn'}`} role="status">
      {say(isOpen ? 'incidents.line-sending' : 'incidents.line-down', { n: waiting })}
    </span>
  )
}

/** What was begun before and not sent: each is taken up again by a press. */
function OtherDrafts() {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow(30_000)
  const others = useStore(app.incidents.form.others)
  if (others.length === 0) return null
  return (
    <div className="report-form__others">
      <span className="note">{say('incidents.drafts-other')}</span>
      {others.slice(0, 4).map(one => (
        <button key={one.id} type="button" className="token" onClick={() => app.incidents.form.take(one)}>
          <i>{momentKst(one.savedAtMs, nowMs)}</i>
          {one.text.trim().slice(0, 16) || one.links[0]?.label || say('incidents.files', { n: one.files.length })}
        </button>
      ))}
    </div>
  )
}

/** 읽어 낸 것: what the words say, as a help. */
function ReadOutLine() {
  const app = useApp()
  const say = useSay()
  const goods = useGoodsWords()
  const read = useStore(app.incidents.form.readOut)
  if (!read) return null
  const tokens: readonly (readonly [string, string])[] = [
    ...(read.place ? [[say('incidents.place'), read.place.label] as const] : []),
    ...(read.kind ? [[say('incidents.kind'), say(`incidents.kind.${read.kind}`)] as const] : []),
    ...(read.people === undefined ? [] : [[say('incidents.people'), String(read.people)] as const]),
    ...(read.vessels === undefined ? [] : [[say('incidents.vessels'), String(read.vessels)] as const]),
    ...read.goods.map(one => [say('incidents.goods'), goods(one)] as const),
    ...read.links.map(link => [say(`incidents.link.${link.kind}`), link.label] as const),
  ]
  if (tokens.length === 0) return null
  return (
    <div className="report-form__chips" aria-live="polite">
      <span className="note">{say('incidents.read-out')}</span>
      {tokens.map(([name, value]) => (
        <span key={`${name}${value}`} className="token">
          <i>{name}</i>
          {value}
        </span>
      ))}
    </div>
  )
}

function Kinds({ draft }: { draft: Draft }) {
  const app = useApp()
  const say = useSay()
  useStore(app.incidents.form.readOut)
  const chosen = app.incidents.form.kind()
  return (
    <Part label={say('incidents.kind')} note={say(draft.kind ? 'incidents.kind-chosen' : 'incidents.kind-read')}>
      <div className="kind-grid" role="radiogroup" aria-label={say('incidents.kind')}>
        {INCIDENT_KINDS.map((kind, i) => (
          <button
            key={kind}
            type="button"
            role="radio"
            aria-checked={kind === chosen}
            className={kind === chosen ? 'is-on' : ''}
            title={`Alt ${['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '-', '='][i]}`}
            onClick={() => app.incidents.form.change({ kind })}
          >
            {say(`incidents.kind.${kind}`)}
          </button>
        ))}
      </div>
    </Part>
  )
}
