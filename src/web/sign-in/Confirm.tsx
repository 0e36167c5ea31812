import { useEffect, useRef, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { useStore } from '../shell/store.ts'
import { oidcAddress } from './doors.ts'
import { CodeField, PasswordField, Trouble, useAttempt } from './parts.tsx'
import { canPasskey, givePasskey } from './passkey.ts'
import { keepWayBack } from './place.ts'

/** Before a grave deed: is it still you? Confirmed, the deed that was refused is done; turned away, it is not. */
export function Confirm() {
  const app = useApp()
  const say = useSay()
  const attempt = useAttempt()
  const me = useStore(app.me)
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const frame = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const before = document.activeElement
    frame.current?.querySelector<HTMLElement>('input, .form__acts > *')?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  const ways = me?.ways ?? []
  const byPasskey = ways.includes('passkey') && canPasskey()
  const isDemo = ways.includes('demo')
  // The second factor alone is proof enough; a password only where there is no other.
  const byCode = ways.includes('totp')
  const byPassword = !isDemo && !byCode && !byPasskey && ways.includes('password')
  const byAgency = ways.includes('oidc') && !byCode && !byPasskey
  const turnAway = (): void => app.session.settle('confirm', false)
  const isReady = isDemo || (byCode ? code.length === 6 : password !== '')
  const confirm = (proof: () => Promise<object>): void =>
    attempt.run(async () => {
      try {
        await app.api.json('POST', '/api/session/confirm', await proof())
        app.session.settle('confirm', true)
      } catch (error) {
        setCode('')
        throw error
      }
    })
  return (
    <div className="overlay is-above">
      <form
        ref={frame}
        className="sheet confirm"
        role="dialog"
        aria-modal="true"
        aria-labelledby="confirm-title"
        onKeyDown={event => event.code === 'Escape' && turnAway()}
        onSubmit={event => {
          event.preventDefault()
          confirm(async () => (isDemo ? {} : byCode ? { code } : { password }))
        }}
      >
        <div className="sheet__head">
          <span id="confirm-title">{say('session.confirm-title')}</span>
          <button type="button" className="button button--plain push" onClick={turnAway}>
            {say('act.cancel')} <kbd>Esc</kbd>
          </button>
        </div>
        <div className="sheet__body form">
          <p className="note">{say('session.confirm-note')}</p>
          {byPassword && <PasswordField label={say('sign-in.password')} value={password} onChange={setPassword} autoFocus />}
          {byCode && (
            <CodeField
              label={say('sign-in.second-totp')}
              value={code}
              onChange={setCode}
              onWhole={digits => confirm(async () => ({ code: digits }))}
            />
          )}
          <Trouble attempt={attempt} />
          <div className="form__acts">
            {byAgency && (
              <a className="button is-main" href={oidcAddress(true)} onClick={() => keepWayBack(location.hash)}>
                {say('session.by-agency')}
              </a>
            )}
            {byPasskey && (
              <button
                type="button"
                className={`button ${byCode ? '' : 'is-main'}`}
                autoFocus={!byCode}
                disabled={attempt.isBusy}
                onClick={() =>
                  confirm(async () => ({ response: await givePasskey(await app.api.json('POST', '/api/session/passkey/options')) }))
                }
              >
                {say('sign-in.second-passkey')}
              </button>
            )}
            {(isDemo || byCode || byPassword) && (
              <button type="submit" className="button is-main" disabled={attempt.isBusy || attempt.waitS > 0 || !isReady}>
                {say('sign-in.check')}
              </button>
            )}
          </div>
        </div>
      </form>
    </div>
  )
}
