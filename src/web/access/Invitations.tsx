import { useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { dateTimeKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { saveFile } from '../statistics/save.ts'
import { Panel, PanelHead, State } from '../ui/parts.tsx'
import type { House } from './admin-model.ts'
import { csvOf, type Invitation, invitations } from './invitations.ts'

/** Links for everybody who has never come in, shown once: kept as a file or printed, a slip for each. */
export function Invitations({ house }: { house: House }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const [organisation, setOrganisation] = useState('')
  const [isAgain, setAgain] = useState(false)
  const [made, setMade] = useState<readonly Invitation[]>()
  const [isBusy, setBusy] = useState(false)
  const nameOf = (id: string): string => house.organisations.find(one => one.id === id)?.[language] ?? id
  const make = async (): Promise<void> => {
    setBusy(true)
    try {
      const body = { ...(organisation === '' ? {} : { organisation }), ...(isAgain ? { again: true } : {}) }
      setMade(invitations(await app.api.json('POST', '/api/people/links', body)))
    } catch (error) {
      app.toast(error instanceof Error ? error.message : String(error), { tone: 'bad' })
    }
    setBusy(false)
  }
  const save = (): void => {
    const head = [say('admin.login'), say('admin.name'), say('admin.place'), say('admin.invite-link'), say('admin.invite-ends')]
    const rows = (made ?? []).map(one => [one.login, one.name, nameOf(one.organisation), one.url, dateTimeKst(one.endsAtMs)])
    saveFile(new Blob([csvOf([head, ...rows])], { type: 'text/csv;charset=utf-8' }), `${say('admin.invite-file')}.csv`)
  }
  return (
    <Panel label={say('admin.invite')} region="invitations" className="invitations">
      <PanelHead title={say('admin.invite')}>
        <span className="note">{say('admin.invite-what')}</span>
      </PanelHead>
      <div className="admin__form">
        <select
          className="input"
          aria-label={say('admin.place')}
          value={organisation}
          onChange={event => setOrganisation(event.target.value)}
        >
          <option value="">{say('admin.invite-everywhere')}</option>
          {house.organisations
            .filter(one => !one.isClosed && one.parent !== undefined)
            .map(one => (
              <option key={one.id} value={one.id}>
                {one[language]}
              </option>
            ))}
        </select>
        <label className="switch">
          <input type="checkbox" checked={isAgain} onChange={event => setAgain(event.target.checked)} /> {say('admin.invite-again')}
        </label>
        <button type="button" className="button is-main" disabled={isBusy} onClick={() => void make()}>
          {say('admin.invite-make')}
        </button>
        {made !== undefined && made.length > 0 && (
          <>
            <button type="button" className="button" onClick={save}>
              {say('admin.invite-save')}
            </button>
            <button type="button" className="button" onClick={() => window.print()}>
              {say('sign-in.keep-print')}
            </button>
            <b className="tone-warn">{say('admin.invite-once', { n: made.length })}</b>
          </>
        )}
      </div>
      {made?.length === 0 && <State title={say('admin.invite-none')} note={say('admin.invite-none-note')} />}
      {made !== undefined && made.length > 0 && (
        <ul className="slips grow scroll">
          {made.map(one => (
            <li key={one.login} className="slip">
              <div>
                <b>{one.name}</b> <span className="note">{nameOf(one.organisation)}</span>
              </div>
              <div className="note">
                {say('admin.login')} <b>{one.login}</b> · {say('admin.invite-until', { at: dateTimeKst(one.endsAtMs) })}
              </div>
              <code className="code once">{one.url}</code>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
