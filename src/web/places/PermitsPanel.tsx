import { useCallback, useEffect, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { dateTimeKst } from '../i18n/format.ts'
import { Field, Panel, PanelHead, State } from '../ui/parts.tsx'
import type { PermitView } from './model.ts'

const HOUR_MS = 3_600_000
const DEFAULT_HOURS = 12

/** Permits to lie alongside: which barge at which ship until when. While one holds, their meeting is no alarm. */
export function PermitsPanel() {
  const app = useApp()
  const say = useSay()
  const [permits, setPermits] = useState<readonly PermitView[]>()
  const [barge, setBarge] = useState('')
  const [ship, setShip] = useState('')
  const [hours, setHours] = useState(String(DEFAULT_HOURS))
  const [problem, setProblem] = useState<string>()
  const load = useCallback(
    () => void app.api.permits().then(setPermits, reason => setProblem(reason instanceof Error ? reason.message : String(reason))),
    [app],
  )
  useEffect(load, [load])
  const attempt = async (deed: () => Promise<void>): Promise<void> => {
    setProblem(undefined)
    try {
      await deed()
      load()
    } catch (refusal) {
      setProblem(refusal instanceof Error ? refusal.message : String(refusal))
    }
  }
  const mayChange = app.may('permits.change')
  return (
    <Panel label={say('permit.title')} region="permits">
      <PanelHead title={say('permit.title')}>
        <span className="note">{permits?.length ?? ''}</span>
      </PanelHead>
      {mayChange && (
        <form
          className="sheet__body form"
          onSubmit={event => {
            event.preventDefault()
            void attempt(async () => {
              await app.api.addPermit(Number(barge), Number(ship), app.now(), app.now() + Number(hours) * HOUR_MS)
              setBarge('')
              setShip('')
            })
          }}
        >
          <div className="form__row">
            <MmsiField label={say('permit.barge')} value={barge} onChange={setBarge} example="440123456" />
            <MmsiField label={say('permit.ship')} value={ship} onChange={setShip} example="538123456" />
            <Field label={say('permit.hours')}>
              <input
                className="input"
                required
                type="number"
                min="1"
                max="720"
                value={hours}
                onChange={event => setHours(event.target.value)}
              />
            </Field>
          </div>
          {problem && (
            <p className="form__error" role="alert">
              {problem}
            </p>
          )}
          <div className="form__acts">
            <button type="submit" className="button is-main">
              {say('permit.add')}
            </button>
          </div>
        </form>
      )}
      <div className="grow scroll">
        {permits?.length === 0 && <State title={say('permit.none')} note={say('permit.none-note')} />}
        {permits && permits.length > 0 && (
          <table className="grid-table is-plain">
            <thead>
              <tr>
                <th>{say('permit.barge')}</th>
                <th>{say('permit.ship')}</th>
                <th>{say('permit.until')}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {permits.map(permit => (
                <tr key={permit.id} className={permit.toMs < app.now() ? 'is-off' : ''}>
                  <td>{app.link.nameOf(permit.barge) ?? permit.barge}</td>
                  <td>{app.link.nameOf(permit.ship) ?? permit.ship}</td>
                  <td>{dateTimeKst(permit.toMs)}</td>
                  <td className="is-number">
                    {mayChange && (
                      <button
                        type="button"
                        className="button button--plain"
                        onClick={() => void attempt(() => app.api.removePermit(permit.id))}
                      >
                        {say('act.remove')}
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

function MmsiField({
  label,
  value,
  onChange,
  example,
}: {
  label: string
  value: string
  onChange: (value: string) => void
  example: string
}) {
  return (
    <Field label={label}>
      <input
        className="input"
        required
        inputMode="numeric"
        pattern="\d{6,9}"
        value={value}
        onChange={event => onChange(event.target.value.trim())}
        placeholder={example}
      />
    </Field>
  )
}
