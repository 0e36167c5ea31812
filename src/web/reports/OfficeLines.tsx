// 소속 보고: what the offices have handed in for a day, who is missing; and the field in which an office hands in its own.
import { useEffect, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { minuteKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { clockOf, useOfficeName } from './parts.tsx'

export function OfficeLines({ day }: { day: string }) {
  const app = useApp()
  const say = useSay()
  const office = useOfficeName()
  const view = useStore(app.reports.lines)
  useEffect(() => {
    if (app.reports.lines.get()?.day !== day) void app.reports.loadLines(day).catch(() => undefined)
  }, [app, day])
  if (!app.may('reports.line') || view?.day !== day) return null
  const all = view.lines.length + view.missing.length
  return (
    <section className="report-lines" aria-label={say('reports.lines')}>
      <h3>
        {say('reports.lines')}{' '}
        <small className="note">
          {day.slice(5).replace('-', '. ')} ·{' '}
          {say('reports.lines-done', { done: view.lines.length, of: all, time: clockOf(view.closeMinute) })}
        </small>
      </h3>
      <ul>
        {view.lines.map(line => (
          <li key={line.organisation}>
            <b>{office(line.organisation)}</b>
            <span>{line.isNothing ? say('reports.line-nothing') : line.text}</span>
            <span className="note">
              {line.by} {minuteKst(line.atMs)}
            </span>
          </li>
        ))}
      </ul>
      {view.missing.length > 0 && (
        <p className="report-lines__missing">
          <b>{say('reports.lines-missing', { n: view.missing.length })}</b> {view.missing.map(one => office(one)).join(' · ')}
        </p>
      )}
      <HandIn day={day} />
    </section>
  )
}

/** For the office of one’s own post; head office may hand in for any, and it stands by whose name it was. */
function HandIn({ day }: { day: string }) {
  const app = useApp()
  const say = useSay()
  const office = useOfficeName()
  const offices = useStore(app.shifts.offices)
  const me = useStore(app.me)
  const view = useStore(app.reports.lines)
  const known = [...(view?.missing ?? []), ...(view?.lines.map(line => line.organisation) ?? [])]
  const own = me?.posts.map(one => one.organisation).find(id => known.includes(id))
  const [organisation, setOrganisation] = useState<string>()
  const [words, setWords] = useState('')
  const [trouble, setTrouble] = useState<string>()
  const to = organisation ?? own ?? known[0]
  if (known.length === 0) return null
  const send = (text: string): void => {
    if (!to) return
    setTrouble(undefined)
    app.reports.handIn(day, to, text).then(
      () => {
        setWords('')
        app.toast(say('reports.line-taken', { office: office(to) }))
      },
      refusal => setTrouble(refusal instanceof Error ? refusal.message : String(refusal)),
    )
  }
  return (
    <form
      className="report-lines__form"
      onSubmit={event => {
        event.preventDefault()
        if (words.trim() !== '') send(words)
      }}
    >
      {known.length > 1 ? (
        <select className="input" aria-label={say('reports.office')} value={to} onChange={event => setOrganisation(event.target.value)}>
          {offices
            .filter(one => known.includes(one.id))
            .map(one => (
              <option key={one.id} value={one.id}>
                {office(one.id)}
              </option>
            ))}
        </select>
      ) : (
        <b>{to && office(to)}</b>
      )}
      <textarea
        className="input"
        aria-label={say('reports.line-words')}
        placeholder={say('reports.line-words')}
        value={words}
        maxLength={2000}
        rows={2}
        onChange={event => setWords(event.target.value)}
      />
      <button type="submit" className="button is-main">
        {say('reports.line-do')}
      </button>
      <button type="button" className="button" onClick={() => send('')}>
        {say('reports.line-nothing-do')}
      </button>
      {trouble && (
        <p className="form__error" role="alert">
          {trouble}
        </p>
      )}
    </form>
  )
}
