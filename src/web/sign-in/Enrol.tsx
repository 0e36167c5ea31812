import { useState } from 'react'
import { useSay } from '../app.ts'
import type { Enrolment } from './model.ts'
import { CodeField, Trouble, useAttempt } from './parts.tsx'
import { Qr } from './Qr.tsx'

/** The authenticator's secret as a picture and as letters, then the first six digits as the proof that it was taken. Before sign-in and in the account alike. */
export function Enrol({ enrolment, confirm }: { enrolment: Enrolment; confirm: (code: string) => Promise<void> }) {
  const say = useSay()
  const attempt = useAttempt()
  const [code, setCode] = useState('')
  const send = (digits: string): void =>
    attempt.run(async () => {
      try {
        await confirm(digits)
      } catch (error) {
        setCode('')
        throw error
      }
    })
  return (
    <form
      className="enrol"
      aria-label={say('sign-in.enrol-title')}
      onSubmit={event => {
        event.preventDefault()
        send(code)
      }}
    >
      <Qr text={enrolment.uri} label={say('sign-in.enrol-picture')} />
      <div className="enrol__side">
        <div className="gate__field">
          <span>{say('sign-in.enrol-secret')}</span>
          <code className="enrol__secret">{enrolment.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
        </div>
        <CodeField label={say('sign-in.enrol-code')} value={code} onChange={setCode} onWhole={send} />
        <button type="submit" className="button is-main gate__big" disabled={attempt.isBusy || attempt.waitS > 0 || code.length !== 6}>
          {say('sign-in.enrol-done')}
        </button>
        <Trouble attempt={attempt} />
      </div>
    </form>
  )
}
