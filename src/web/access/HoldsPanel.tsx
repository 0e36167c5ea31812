import { type FormEvent, useCallback, useEffect, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { dateTimeKst } from '../i18n/format.ts'
import { text } from '../live/wire.ts'
import { Field, Panel, PanelHead, State } from '../ui/parts.tsx'
import { endHold, type HoldView, holds, kstField, kstMs, placeHold } from './holds.ts'

const DAY_MS = 86_400_000

/** Held evidence: times whose ledger and tracks no retention takes. Placed and ended with a reason; both stand in the audit trail. */
export function HoldsPanel() {
  const app = useApp()
  const say = useSay()
  const [held, setHeld] = useState<readonly HoldView[]>()
  const [problem, setProblem] = useState<string>()
  const [ending, setEnding] = useState<HoldView>()
  const [mayHold, mayEnd] = [app.may('evidence.hold'), app.may('evidence.release')]
  const load = useCallback(() => void holds(app.api, mayEnd).then(setHeld, reason => setProblem(wordsOf(reason))), [app, mayEnd])
  useEffect(() => {
    load()
    return app.link.onMessage(message => {
      if (text(message, 'kind') === 'second') load()
    })
  }, [app, load])
  const attempt = async (deed: () => Promise<void>): Promise<boolean> => {
    setProblem(undefined)
    try {
      await deed()
      load()
      return true
    } catch (refusal) {
      setProblem(wordsOf(refusal))
      return false
    }
  }
  return (
    <Panel label={say('holds.title')} region="holds" className="grow">
      <PanelHead title={say('holds.title')}>
        <span className="note">{held?.length || ''}</span>
      </PanelHead>
      {ending ? (
        <EndForm
          key={ending.id}
          hold={ending}
          onCancel={() => setEnding(undefined)}
          onEnd={async reason => {
            const isDone = await attempt(async () => {
              const asked = await endHold(app.api, ending.id, reason)
              if (asked !== undefined) app.toast(say('admin.asked', { n: asked }))
            })
            if (isDone) setEnding(undefined)
          }}
        />
      ) : (
        mayHold && (
          <PlaceForm nowMs={app.now()} onPlace={(fromMs, toMs, reason) => attempt(() => placeHold(app.api, fromMs, toMs, reason))} />
        )
      )}
      {problem && (
        <p className="form__error sheet__body" role="alert">
          {problem}
        </p>
      )}
      <div className="grow scroll">
        {held?.length === 0 && <State title={say('holds.none')} note={say('holds.none-note')} />}
        {held && held.length > 0 && (
          <table className="grid-table is-plain">
            <thead>
              <tr>
                <th>{say('holds.span')}</th>
                <th>{say('holds.reason')}</th>
                <th>{say('holds.placed')}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {held.map(hold => (
                <tr key={hold.id} className={hold.id === ending?.id ? 'is-selected' : ''}>
                  <td>
                    {dateTimeKst(hold.fromMs)} –<br />
                    {dateTimeKst(hold.toMs)}
                  </td>
                  <td className="wrap">{hold.reason}</td>
                  <td>
                    {hold.placedBy ?? '–'}
                    {hold.placedAtMs !== undefined && <div className="note">{dateTimeKst(hold.placedAtMs)}</div>}
                  </td>
                  <td className="is-number">
                    {hold.endAsked !== undefined && <span className="mark is-warn">{say('holds.end-asked', { n: hold.endAsked })}</span>}
                    {mayEnd && hold.endAsked === undefined && (
                      <button type="button" className="button button--plain" onClick={() => setEnding(hold)}>
                        {say('holds.end')}
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </Panel>
  )
}

interface PlaceFormProps {
  readonly nowMs: number
  readonly onPlace: (fromMs: number, toMs: number, reason: string) => Promise<boolean>
}

function PlaceForm({ nowMs, onPlace }: PlaceFormProps) {
  const say = useSay()
  const [from, setFrom] = useState(() => kstField(nowMs - DAY_MS))
  const [to, setTo] = useState(() => kstField(nowMs))
  const [reason, setReason] = useState('')
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (await onPlace(kstMs(from), kstMs(to), reason)) setReason('')
  }
  return (
    <form className="sheet__body form" onSubmit={event => void submit(event)}>
      <div className="form__row">
        <Field label={say('holds.from')}>
          <input className="input" type="datetime-local" required value={from} onChange={event => setFrom(event.target.value)} />
        </Field>
        <Field label={say('holds.to')}>
          <input className="input" type="datetime-local" required min={from} value={to} onChange={event => setTo(event.target.value)} />
        </Field>
      </div>
      <Field label={say('holds.reason')} hint={say('holds.reason-hint')}>
        <input className="input" required maxLength={500} value={reason} onChange={event => setReason(event.target.value)} />
      </Field>
      <div className="form__acts">
        <button type="submit" className="button is-main" disabled={reason.trim() === ''}>
          {say('holds.place')}
        </button>
      </div>
    </form>
  )
}

function EndForm({ hold, onCancel, onEnd }: { hold: HoldView; onCancel: () => void; onEnd: (reason: string) => Promise<void> }) {
  const say = useSay()
  const [reason, setReason] = useState('')
  return (
    <form
      className="sheet__body form"
      onSubmit={event => {
        event.preventDefault()
        void onEnd(reason)
      }}
    >
      <p>
        <b>{hold.reason}</b> <span className="note">{`${dateTimeKst(hold.fromMs)} – ${dateTimeKst(hold.toMs)}`}</span>
      </p>
      <Field label={say('holds.end-reason')} hint={say('holds.end-hint')}>
        <input className="input" required maxLength={500} autoFocus value={reason} onChange={event => setReason(event.target.value)} />
      </Field>
      <div className="form__acts">
        <button type="button" className="button" onClick={onCancel}>
          {say('act.cancel')}
        </button>
        <button type="submit" className="button is-main" disabled={reason.trim().length < 2}>
          {say('holds.end-ask')}
        </button>
      </div>
    </form>
  )
}

const wordsOf = (reason: unknown): string => (reason instanceof Error ? reason.message : String(reason))
