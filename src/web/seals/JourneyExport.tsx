import { useState } from 'react'
import { request } from '../access/admin-model.ts'
import { useApp, useSay } from '../app.ts'
import { field } from '../live/wire.ts'
import { Field } from '../ui/parts.tsx'

/** The journey as evidence: asked for here, made when another officer agrees, taken on the page of records by those two. */
export function JourneyExport({ journey }: { readonly journey: string }) {
  const app = useApp()
  const say = useSay()
  const [reason, setReason] = useState('')
  const [isAsking, setAsking] = useState(false)
  if (!app.may('evidence.export')) return null
  const ask = async (): Promise<void> => {
    setAsking(true)
    try {
      const answer = await app.api.json('POST', '/api/evidence/exports', { journey, reason: reason.trim() })
      app.toast(say('admin.asked', { n: request(field(answer, 'request')).number }))
      setReason('')
    } catch (error) {
      app.toast(error instanceof Error ? error.message : String(error), { tone: 'bad' })
    } finally {
      setAsking(false)
    }
  }
  return (
    <details className="facts-part">
      <summary>{say('seals.export')}</summary>
      <form
        onSubmit={event => {
          event.preventDefault()
          void ask()
        }}
      >
        <p className="note">{say('seals.export-note')}</p>
        <Field label={say('admin.reason')}>
          <input className="input" value={reason} maxLength={500} onChange={event => setReason(event.target.value)} />
        </Field>
        <button type="submit" className="button" disabled={isAsking || reason.trim().length < 2}>
          {say('exports.ask')}
        </button>
      </form>
    </details>
  )
}
