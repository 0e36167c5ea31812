import { useState } from 'react'
import { useSay } from '../app.ts'
import type { Doors } from './doors.ts'
import type { Step, Way } from './model.ts'
import { Card, CodeField, Trouble, useAttempt } from './parts.tsx'
import { canPasskey, givePasskey } from './passkey.ts'

interface SecondProps {
  readonly doors: Doors
  readonly ticket: string
  readonly ways: readonly Way[]
  taken(step: Step): void
  back(): void
}

/** The second factor: digits, a passkey, or one of the codes that were kept apart. */
export function SecondCard({ doors, ticket, ways, taken, back }: SecondProps) {
  const say = useSay()
  const attempt = useAttempt()
  const byPasskey = ways.includes('passkey') && canPasskey()
  const [isRecovery, setRecovery] = useState(!ways.includes('totp') && !byPasskey)
  const [code, setCode] = useState('')
  const send = (digits: string): void =>
    attempt.run(async () => {
      try {
        taken(isRecovery ? await doors.recovery(ticket, digits.trim()) : await doors.second(ticket, digits))
      } catch (error) {
        if (!isRecovery) setCode('')
        throw error
      }
    })
  return (
    <Card title={say('sign-in.second-title')} onSubmit={() => send(code)}>
      {isRecovery ? (
        <label className="gate__field">
          <span>{say('sign-in.second-recovery')}</span>
          <input
            className="gate__code"
            name="recovery"
            autoComplete="off"
            spellCheck={false}
            autoCapitalize="none"
            autoFocus
            required
            maxLength={64}
            value={code}
            onChange={event => setCode(event.target.value)}
          />
          <span className="note">{say('sign-in.second-recovery-note')}</span>
        </label>
      ) : (
        ways.includes('totp') && <CodeField label={say('sign-in.second-totp')} value={code} onChange={setCode} onWhole={send} />
      )}
      {(isRecovery || ways.includes('totp')) && (
        <button
          type="submit"
          className="button is-main gate__big"
          disabled={attempt.isBusy || attempt.waitS > 0 || (isRecovery ? code.trim() === '' : code.length !== 6)}
        >
          {say('sign-in.check')}
        </button>
      )}
      {byPasskey && (
        <button
          type="button"
          className={`button gate__big ${isRecovery || ways.includes('totp') ? '' : 'is-main'}`}
          autoFocus={!isRecovery && !ways.includes('totp')}
          disabled={attempt.isBusy}
          onClick={() => attempt.run(async () => taken(await doors.passkey(await givePasskey(await doors.passkeyOptions(ticket)), ticket)))}
        >
          {say('sign-in.second-passkey')}
        </button>
      )}
      <Trouble attempt={attempt} />
      <div className="gate__row is-spread">
        {ways.includes('recovery') && (
          <button
            type="button"
            className="gate__link"
            onClick={() => {
              setCode('')
              setRecovery(!isRecovery)
            }}
          >
            {say(isRecovery ? 'sign-in.second-by-totp' : 'sign-in.second-by-recovery')}
          </button>
        )}
        <button type="button" className="gate__link push" onClick={back}>
          {say('sign-in.back')}
        </button>
      </div>
    </Card>
  )
}
