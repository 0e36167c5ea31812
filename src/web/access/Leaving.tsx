import { useState } from 'react'
import { useApp, useSay } from '../app.ts'
import type { PersonView } from './admin-model.ts'
import { ReasonLine } from './ReasonLine.tsx'

interface LeavingProps {
  readonly person: PersonView
  /** Their personal data are gone already. */
  readonly isErased: boolean
  post(method: 'POST', path: string, body?: unknown): Promise<void>
}

/** Who leaves the house: what ends now, what stays, what is erased later. Cannot be undone, so it is asked. */
export function Leaving({ person, isErased, post }: LeavingProps) {
  const app = useApp()
  const say = useSay()
  const [reason, setReason] = useState('')
  const path = `/api/people/${encodeURIComponent(person.id)}`
  if (!person.hasLeft)
    return (
      <div className="section">
        <p>{say('admin.leave-what', { name: person.name })}</p>
        <button type="button" className="button is-grave" onClick={() => void post('POST', `${path}/end`)}>
          {say('admin.leave-really')}
        </button>
      </div>
    )
  if (isErased) return <p className="note section">{say('admin.erased')}</p>
  if (!app.may('people.erase')) return null
  return (
    <form
      className="section"
      onSubmit={event => {
        event.preventDefault()
        void post('POST', `${path}/erase`, { reason: reason.trim() }).then(() => setReason(''))
      }}
    >
      <p className="note">{say('admin.erase-what')}</p>
      <div className="inbox__acts">
        <ReasonLine value={reason} onChange={setReason} />
        <button type="submit" className="button is-grave" disabled={reason.trim().length < 2}>
          {say('admin.erase-ask')}
        </button>
        <span className="note">{say('admin.two-needed')}</span>
      </div>
    </form>
  )
}
