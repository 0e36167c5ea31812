import { useEffect, useRef, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { minuteKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { oidcAddress } from './doors.ts'
import { PasswordField, Trouble, useAttempt } from './parts.tsx'
import { canPasskey, givePasskey } from './passkey.ts'
import { keepWayBack } from './place.ts'

/** A desk that is locked: picture and sound go on, alarms are counted, and nothing can be done until who sits here shows a key. */
export function Lock() {
  const app = useApp()
  const say = useSay()
  const attempt = useAttempt()
  const me = useStore(app.me)
  const sinceMs = useStore(app.session.lockedAtMs)
  const { alarms } = useStore(app.alarms.state)
  const [password, setPassword] = useState('')
  const frame = useRef<HTMLFormElement>(null)
  useEffect(() => {
    // What had the focus is behind the lock now; it gets it back.
    const before = document.activeElement
    frame.current?.querySelector<HTMLElement>('input, a, button')?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  const fresh = [...alarms.values()].filter(alarm => alarm.state === 'new' && !alarm.isAcknowledged && alarm.level <= 3)
  const grave = fresh.filter(alarm => alarm.level <= 1).length
  const ways = me?.ways ?? []
  const byPasskey = ways.includes('passkey') && canPasskey()
  const isDemo = ways.includes('demo')
  const byAgency = ways.includes('oidc') && !ways.includes('password')
  const unlock = (proof: () => Promise<unknown>): void =>
    attempt.run(async () => {
      await app.api.json('POST', '/api/session/unlock', await proof())
      app.session.settle('unlock', true)
    })
  return (
    <div className="lock">
      <form
        ref={frame}
        className="lock__card"
        role="dialog"
        aria-modal="true"
        aria-labelledby="lock-title"
        onSubmit={event => {
          event.preventDefault()
          unlock(async () => (isDemo ? {} : { password }))
        }}
      >
        <div className="lock__head">
          <svg width="22" height="24" viewBox="0 0 22 24" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden="true">
            <path d="M4 11h14v10H4zM7 11V7.500a4 4 0 0 1 8 0V11M11 15v2.500" />
          </svg>
          <b id="lock-title">{say('session.locked')}</b>
          <span className="note">
            {say('session.locked-since', { at: sinceMs === undefined ? '' : minuteKst(sinceMs), name: me?.name ?? '' })}
          </span>
          <span className={`lock__count ${grave > 0 ? 'is-bad' : fresh.length > 0 ? 'is-warn' : ''}`} role="status">
            {say('session.locked-alarms', { n: fresh.length })}
            {grave > 0 && ` · ${say('session.locked-critical', { n: grave })}`}
          </span>
        </div>
        <p className="note">{say('session.locked-note')}</p>
        {byAgency ? (
          <a className="button is-main gate__big" href={oidcAddress(true)} onClick={() => keepWayBack(location.hash)}>
            {say('session.by-agency')}
          </a>
        ) : isDemo ? (
          <button type="submit" className="button is-main gate__big" disabled={attempt.isBusy}>
            {say('session.unlock')} <kbd>Enter</kbd>
          </button>
        ) : (
          <PasswordField label={say('sign-in.password')} value={password} onChange={setPassword} autoFocus>
            <button type="submit" className="button is-main" disabled={attempt.isBusy || attempt.waitS > 0 || password === ''}>
              {say('session.unlock')}
            </button>
            {byPasskey && (
              <button
                type="button"
                className="button"
                disabled={attempt.isBusy}
                onClick={() =>
                  unlock(async () => ({ response: await givePasskey(await app.api.json('POST', '/api/session/passkey/options')) }))
                }
              >
                {say('session.unlock-passkey')}
              </button>
            )}
          </PasswordField>
        )}
        <div className="gate__row is-spread">
          <Trouble attempt={attempt} />
          <button type="button" className="gate__link" onClick={() => attempt.run(() => app.session.signOut())}>
            {say('session.other')}
          </button>
        </div>
      </form>
    </div>
  )
}
