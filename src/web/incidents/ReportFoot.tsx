import { useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { useStore } from '../shell/store.ts'
import type { Draft } from './model.ts'
import { useOffice } from './parts.tsx'

/** Who is told, and what is done with it: sent, sent as an alarm, thrown away. */
export function ReportFoot({ draft, onRaise }: { draft: Draft; onRaise: () => void }) {
  const app = useApp()
  const say = useSay()
  const office = useOffice()
  const offices = useStore(app.incidents.offices)
  const me = useStore(app.me)
  const [isSure, setSure] = useState(false)
  useStore(app.incidents.form.readOut)
  const own = [...new Set(me?.posts.map(post => post.organisation) ?? [])]
  const organisation = draft.organisation ?? own[0] ?? ''
  const headOffice = offices.find(one => one.kind === 'head-office')?.id
  const place = app.incidents.form.place()?.office
  const told = [...new Set([headOffice, organisation, place].flatMap(one => (one ? [office(one, true)] : [])))]
  return (
    <div className="report-form__foot">
      <div className="note">
        {say('incidents.goes-to')} <b>{told.join(' · ')}</b>
        {own.length > 1 && (
          <select
            className="input"
            aria-label={say('incidents.as')}
            value={organisation}
            onChange={event => app.incidents.form.change({ organisation: event.target.value })}
          >
            {own.map(one => (
              <option key={one} value={one}>
                {office(one)}
              </option>
            ))}
          </select>
        )}
      </div>
      <div className="report-form__acts">
        <button
          type="submit"
          className={`button is-main ${draft.text.trim() === '' ? 'is-off' : ''}`}
          aria-disabled={draft.text.trim() === ''}
        >
          {say('incidents.report')} <kbd>Ctrl Enter</kbd>
        </button>
        <button type="button" className={`button ${draft.text.trim() === '' ? 'is-off' : ''}`} onClick={onRaise}>
          {say('incidents.raise')}
        </button>
      </div>
      <div className="note report-form__last">
        {say('incidents.offline-note')}
        <button
          type="button"
          className={isSure ? 'button is-grave' : 'link-button'}
          onBlur={() => setSure(false)}
          onClick={() => {
            // A draft thrown away cannot be brought back: asked once, in place.
            if (isSure) void app.incidents.form.discard()
            else setSure(true)
          }}
        >
          {say(isSure ? 'incidents.discard-sure' : 'incidents.discard')}
        </button>
      </div>
    </div>
  )
}
