import { useEffect, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { bytes, dateTimeKst } from '../i18n/format.ts'
import { field, list, number, text, time } from '../live/wire.ts'
import { Field, Panel, PanelHead, State } from '../ui/parts.tsx'
import { request } from './admin-model.ts'
import './admin.css'

/** Evidence that leaves the house: asked for here, made when another officer agrees, taken here by those two. */
export function ExportsPanel() {
  const app = useApp()
  const say = useSay()
  const [rows, setRows] = useState<readonly unknown[]>([])
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [alarm, setAlarm] = useState('')
  const [journey, setJourney] = useState('')
  const [ships, setShips] = useState('')
  const [reason, setReason] = useState('')
  const load = (): void =>
    void app.api.json('GET', '/api/evidence/exports').then(
      answer => setRows(list(answer)),
      () => setRows([]),
    )
  useEffect(() => {
    load()
    return app.link.onMessage(message => {
      if (text(message, 'kind') === 'second') load()
    })
  }, [])
  const iso = (local: string): string => new Date(`${local}:00+09:00`).toISOString()
  const isReady = reason.trim().length >= 2 && (alarm.trim() !== '' || journey.trim() !== '' || (from !== '' && to !== ''))
  const ask = async (): Promise<void> => {
    const mmsis = ships.split(/[\s,]+/).flatMap(word => (/^\d{1,9}$/.test(word) ? [Number(word)] : []))
    try {
      const answer = await app.api.json('POST', '/api/evidence/exports', {
        ...(journey.trim() ? { journey: journey.trim() } : alarm.trim() ? { alarm: alarm.trim() } : { from: iso(from), to: iso(to) }),
        ...(mmsis.length > 0 ? { ships: mmsis } : {}),
        reason: reason.trim(),
      })
      app.toast(say('admin.asked', { n: request(field(answer, 'request')).number }))
      setReason('')
    } catch (error) {
      app.toast(error instanceof Error ? error.message : String(error), { tone: 'bad' })
    }
  }
  return (
    <Panel label={say('exports.title')} region="exports" className="exports">
      <PanelHead title={say('exports.title')} />
      <p className="note section">{say('exports.note')}</p>
      <form
        className="admin__form"
        onSubmit={event => {
          event.preventDefault()
          void ask()
        }}
      >
        <Field label={say('exports.from')}>
          <input className="input" type="datetime-local" value={from} onChange={event => setFrom(event.target.value)} />
        </Field>
        <Field label={say('exports.to')}>
          <input className="input" type="datetime-local" value={to} onChange={event => setTo(event.target.value)} />
        </Field>
        <Field label={say('exports.alarm')}>
          <input className="input" value={alarm} onChange={event => setAlarm(event.target.value)} />
        </Field>
        <Field label={say('exports.journey')}>
          <input className="input" value={journey} onChange={event => setJourney(event.target.value)} />
        </Field>
        <Field label={say('exports.ships')}>
          <input className="input" value={ships} onChange={event => setShips(event.target.value)} />
        </Field>
        <Field label={say('admin.reason')}>
          <input className="input" value={reason} onChange={event => setReason(event.target.value)} />
        </Field>
        <button type="submit" className="button is-main" disabled={!isReady}>
          {say('exports.ask')}
        </button>
      </form>
      {rows.length === 0 ? (
        <State title={say('exports.none')} />
      ) : (
        <div className="grow scroll">
          <table className="grid-table is-plain">
            <thead>
              <tr>
                <th>{say('exports.made')}</th>
                <th>{say('exports.what')}</th>
                <th className="is-number">{say('exports.size')}</th>
                <th>{say('exports.hash')}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {rows.map(row => (
                <tr key={number(row, 'id')}>
                  <td>{dateTimeKst(time(row, 'madeAt') ?? 0)}</td>
                  <td className="wrap">
                    {text(row, 'what')} <span className="note">{text(row, 'reason')}</span>
                  </td>
                  <td className="is-number">{bytes(number(row, 'bytes') ?? 0)}</td>
                  <td>
                    <span className="code" title={text(row, 'sha256')}>
                      {text(row, 'sha256')?.slice(0, 12)}
                    </span>
                  </td>
                  <td>
                    <a className="button button--plain" href={`/api/evidence/exports/${number(row, 'id')}`} download={text(row, 'name')}>
                      {say('exports.take')}
                    </a>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  )
}
