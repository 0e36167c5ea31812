import { useState } from 'react'
import { useSay } from '../app.ts'
import { momentKst } from '../i18n/format.ts'
import { wordFor } from '../i18n/text.ts'
import { type Doors, oidcAddress } from './doors.ts'
import type { SignInState, Step } from './model.ts'
import { Card, LoginField, LookPicker, PasswordField, Trouble, useAttempt } from './parts.tsx'
import { canPasskey, givePasskey } from './passkey.ts'
import { keepWayBack, type Place } from './place.ts'

export interface StartProps {
  readonly state: SignInState
  readonly doors: Doors
  readonly place: Place
  setPlace(change: Partial<Place>): void
  /** Over a standing screen: whose it is. */
  readonly again?: { readonly login: string; readonly name: string } | undefined
  taken(step: Step, login: string, byPasskey?: boolean): void
  /** Why the last try elsewhere came to nothing. */
  readonly failed?: string | undefined
  /** Back to the demo's posts. */
  toDemo?: (() => void) | undefined
  readonly nowMs: number
}

/** Name and password, passkey, the agency's account. Who signed in last by a passkey gets there by Enter alone. */
export function StartCard({ state, doors, place, setPlace, again, failed, taken, toDemo, nowMs }: StartProps) {
  const say = useSay()
  const attempt = useAttempt()
  const known = again ?? place.last
  const [isOther, setOther] = useState(false)
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [isHelp, setHelp] = useState(false)
  const remembered = known !== undefined && !isOther ? known : undefined
  const who = remembered?.login ?? login.trim()
  const hasPasskeys = state.hasPasskeys && canPasskey()
  const passkeyFirst = hasPasskeys && place.last?.byPasskey === true
  const byPasskey = (): void =>
    attempt.run(async () => taken(await doors.passkey(await givePasskey(await doors.passkeyOptions())), who, true))
  const byPassword = (): void =>
    attempt.run(async () => {
      const step = await doors.password(who, password)
      setPassword('')
      taken(step, who)
    })

  const passkey = hasPasskeys && (
    <button
      type="button"
      className={`button gate__big ${passkeyFirst ? 'is-main' : ''}`}
      autoFocus={passkeyFirst}
      disabled={attempt.isBusy}
      onClick={byPasskey}
    >
      <svg width="20" height="20" fill="none" stroke="currentColor" strokeWidth="1.9" aria-hidden="true">
        <circle cx="7" cy="7" r="4.2" />
        <path d="M10.5 9.5 17 16v2.500h-3v-2h-2v-2" />
      </svg>
      {say('sign-in.passkey')} {passkeyFirst && <kbd>Enter</kbd>}
    </button>
  )
  const sso = state.oidcName !== undefined && (
    <a className="button gate__big" href={oidcAddress()} onClick={() => keepWayBack(location.hash)}>
      {state.oidcName === '' ? say('sign-in.sso') : say('sign-in.sso-named', { name: state.oidcName })}
    </a>
  )
  const passwordRow = (
    <PasswordField
      label={say('sign-in.password')}
      value={password}
      onChange={setPassword}
      autoFocus={remembered !== undefined && !passkeyFirst}
      hint={
        <span className="gate__row is-spread">
          <span>{say('sign-in.paste-note')}</span>
          <button type="button" className="gate__link" aria-expanded={isHelp} onClick={() => setHelp(!isHelp)}>
            {say('sign-in.cannot')}
          </button>
        </span>
      }
    >
      <button
        type="submit"
        className={`button ${passkeyFirst ? '' : 'is-main'}`}
        disabled={attempt.isBusy || attempt.waitS > 0 || who === '' || password === ''}
      >
        {say('sign-in.enter')}
      </button>
    </PasswordField>
  )
  const others = passkey || sso
  return (
    <Card title={say(again ? 'sign-in.again-title' : 'sign-in.title')} onSubmit={byPassword}>
      <p className="note">{say(again ? 'sign-in.again-note' : 'sign-in.sound-note')}</p>

      {remembered ? (
        <div className="gate__field">
          <span>{say('sign-in.login')}</span>
          <div className="gate__box is-known">
            <b>{remembered.name}</b> <span className="note">{remembered.login}</span>
            {/* Browsers' own password keepers look for the name here. */}
            <input type="hidden" name="username" autoComplete="username" value={remembered.login} />
            <button
              type="button"
              className="gate__link push"
              onClick={() => {
                setOther(true)
                if (!again) setPlace({ last: undefined })
              }}
            >
              {say('sign-in.somebody-else')}
            </button>
          </div>
        </div>
      ) : (
        <LoginField label={say('sign-in.login')} value={login} onChange={setLogin} autoFocus={!passkeyFirst} />
      )}
      {again && isOther && <p className="note tone-warn">{say('sign-in.again-other')}</p>}
      {!again && (
        <label className="gate__field">
          <span>{say('sign-in.desk')}</span>
          <input
            className="gate__box"
            name="desk"
            autoComplete="off"
            maxLength={40}
            placeholder={say('sign-in.desk-example')}
            value={place.desk}
            onChange={event => setPlace({ desk: event.target.value })}
          />
          <span className="note">{say('sign-in.desk-note')}</span>
        </label>
      )}

      {passkeyFirst ? (
        <>
          <div className="gate__stack">
            {passkey}
            {sso}
          </div>
          <div className="gate__or">{say('sign-in.or-password')}</div>
          {passwordRow}
        </>
      ) : (
        <>
          {passwordRow}
          {others && <div className="gate__or">{say('sign-in.or')}</div>}
          {others && (
            <div className="gate__stack">
              {passkey}
              {sso}
            </div>
          )}
        </>
      )}
      <Trouble attempt={attempt} />
      {failed !== undefined && attempt.trouble === undefined && (
        <p className="gate__trouble" role="alert">
          {wordFor(say, 'sign-in.failed', failed)}
        </p>
      )}
      {isHelp && (
        <ul className="gate__help">
          <li>{say('sign-in.cannot-password')}</li>
          <li>{say('sign-in.cannot-factor')}</li>
          <li>{say('sign-in.cannot-house')}</li>
        </ul>
      )}
      {toDemo && (
        <button type="button" className="gate__link" onClick={toDemo}>
          {say('sign-in.demo-back')}
        </button>
      )}
      {!again && (
        <LookPicker>
          {place.last && (
            <span className="note">
              {place.desk === ''
                ? say('sign-in.last', { at: momentKst(place.last.atMs, nowMs) })
                : say('sign-in.last-desk', { at: momentKst(place.last.atMs, nowMs), desk: place.desk })}
            </span>
          )}
        </LookPicker>
      )}
    </Card>
  )
}
