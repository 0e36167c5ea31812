import { useState } from 'react'
import { useApp, useSay } from '../app.ts'
import type { Full, PersonFull } from './model.ts'
import { ReasonSheet, subject } from './Sheet.tsx'

/** Names are shown after a reason is given; the look stands in the audit trail. They go again with the sheet. */
export function PeopleForm({ incident }: { incident: Full }) {
  const app = useApp()
  const say = useSay()
  const [reason, setReason] = useState('')
  const [people, setPeople] = useState<readonly PersonFull[]>()
  if (people)
    return (
      <div className="sheet" role="dialog" aria-modal="true" aria-label={say('incidents.people')}>
        <div className="sheet__head">
          {say('incidents.people')} <span className="note">{say('incidents.look-kept')}</span>
          <button type="button" className="button button--plain push" onClick={() => app.overlay.set(undefined)}>
            {say('act.close')} <kbd>Esc</kbd>
          </button>
        </div>
        <div className="sheet__body">
          <table className="grid-table is-plain">
            <tbody>
              {people.map(person => (
                <tr key={person.id}>
                  <td>{say(`incidents.role.${person.role}`)}</td>
                  <td>
                    <b>{person.name}</b>
                  </td>
                  <td>{person.nationality}</td>
                  <td>{person.document}</td>
                  <td>{person.birth}</td>
                  <td className="wrap">{person.note}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    )
  return (
    <ReasonSheet
      title={say('incidents.unmask')}
      note={subject(incident)}
      reason={reason}
      onReason={setReason}
      onDo={() => {
        app.incidents
          .people(incident.id, reason)
          .then(setPeople, refusal => app.toast(refusal instanceof Error ? refusal.message : String(refusal), { tone: 'bad' }))
        return undefined
      }}
    />
  )
}

export function OriginalForm({ id }: { id: string }) {
  const app = useApp()
  const say = useSay()
  const [reason, setReason] = useState('')
  const file = app.incidents.open.get()?.full?.files.find(one => one.id === id)
  return (
    <ReasonSheet
      title={say('incidents.original')}
      note={file ? `${file.name} · SHA-256 ${file.sha256.slice(0, 16)}…` : ''}
      reason={reason}
      onReason={setReason}
      onDo={() => {
        window.open(`/api/attachments/${encodeURIComponent(id)}/original?reason=${encodeURIComponent(reason)}`, '_blank', 'noreferrer')
        app.overlay.set(undefined)
        return undefined
      }}
    />
  )
}
