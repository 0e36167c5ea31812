import { useCallback, useEffect, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { momentKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { Bones, Field, Panel, PanelHead, State } from '../ui/parts.tsx'
import { Enrol } from './Enrol.tsx'
import { KeepCard } from './KeepCard.tsx'
import { type Enrolment, enrolment, type FactorView, factors, step } from './model.ts'
import { Trouble, useAttempt } from './parts.tsx'
import { canPasskey, makePasskey } from './passkey.ts'

/** One's second factors: authenticators and passkeys, added and removed; recovery codes, made anew. Each change asks first whether it is still you. */
export function FactorsPanel() {
  const app = useApp()
  const say = useSay()
  const me = useStore(app.me)
  const attempt = useAttempt()
  const [known, setKnown] = useState<ReturnType<typeof factors>>()
  const [adding, setAdding] = useState<Enrolment | 'passkey'>()
  const [removing, setRemoving] = useState<FactorView>()
  const [name, setName] = useState('')
  const [codes, setCodes] = useState<readonly string[]>([])
  const load = useCallback(
    () =>
      app.api.json('GET', '/api/me/factors').then(
        answer => setKnown(factors(answer)),
        () => undefined,
      ),
    [app],
  )
  useEffect(() => void load(), [load])
  /** What a change gives out once, then the list as it is now. */
  const changed = async (answer: unknown): Promise<void> => {
    const given = step({ step: 'in', ...Object(answer) })
    if (given.step === 'in' && given.recoveryCodes.length > 0) setCodes(given.recoveryCodes)
    setAdding(undefined)
    setRemoving(undefined)
    app.me.set(await app.api.me())
    await load()
  }
  const nameOf = (one: FactorView): string => one.name || say(`account.kind-${one.kind}`)

  if (codes.length > 0) return <KeepCard codes={codes} login={me?.login ?? ''} done={() => setCodes([])} isInside />
  return (
    <Panel label={say('account.factors')} region="factors">
      <PanelHead title={say('account.factors')} />
      {!known && <Bones blocks={1} />}
      {known?.factors.length === 0 && <State title={say('account.factors-none')} note={say('account.factors-none-note')} />}
      {known?.factors.map(one => (
        <div key={one.id} className="account__row">
          <div>
            <b>{nameOf(one)}</b> {one.name && <span className="note">{say(`account.kind-${one.kind}`)}</span>}
          </div>
          <div className="note">
            {say('account.registered', { at: momentKst(one.createdAtMs, app.now()) })}
            <br />
            {one.usedAtMs === undefined ? say('account.never-used') : say('account.used', { at: momentKst(one.usedAtMs, app.now()) })}
          </div>
          <button type="button" className="button" onClick={() => setRemoving(one)}>
            {say('act.remove')}
          </button>
        </div>
      ))}
      {removing && (
        <div className="account__body">
          <p>{say('account.remove-really', { name: nameOf(removing) })}</p>
          <div className="form__acts">
            <button type="button" className="button" onClick={() => setRemoving(undefined)}>
              {say('act.cancel')}
            </button>
            <button
              type="button"
              className="button is-grave"
              disabled={attempt.isBusy}
              onClick={() =>
                attempt.run(async () => {
                  await changed(await app.api.json('DELETE', `/api/me/factors/${encodeURIComponent(removing.id)}`))
                  app.toast(say('account.removed', { name: nameOf(removing) }))
                })
              }
            >
              {say('act.remove')}
            </button>
          </div>
        </div>
      )}
      {known && known.factors.length > 0 && (
        <div className="account__row">
          <b>{say('account.codes-left', { n: known.recoveryCodesLeft })}</b>
          <span className="note">{say('account.codes-old-die')}</span>
          <button
            type="button"
            className="button"
            disabled={attempt.isBusy}
            onClick={() => attempt.run(async () => changed(await app.api.json('POST', '/api/me/recovery-codes')))}
          >
            {say('account.codes-new')}
          </button>
        </div>
      )}
      {adding === 'passkey' && (
        <form
          className="account__body"
          onSubmit={event => {
            event.preventDefault()
            attempt.run(async () => {
              const response = await makePasskey(await app.api.json('POST', '/api/me/factors/passkey/options'))
              await changed(await app.api.json('POST', '/api/me/factors/passkey', { name: name.trim(), response }))
              setName('')
            })
          }}
        >
          <Field label={say('account.passkey-name')}>
            <input
              className="input"
              autoFocus
              required
              maxLength={60}
              placeholder={say('account.passkey-example')}
              value={name}
              onChange={event => setName(event.target.value)}
            />
          </Field>
          <div className="form__acts">
            <button type="button" className="button" onClick={() => setAdding(undefined)}>
              {say('act.cancel')}
            </button>
            <button type="submit" className="button is-main" disabled={attempt.isBusy || name.trim() === ''}>
              {say('account.add-passkey')}
            </button>
          </div>
        </form>
      )}
      {typeof adding === 'object' && (
        <div className="account__body">
          <Enrol
            enrolment={adding}
            confirm={async code =>
              changed(
                await app.api.json('POST', '/api/me/factors/totp/confirm', { ...(adding.ticket ? { ticket: adding.ticket } : {}), code }),
              )
            }
          />
        </div>
      )}
      <div className="account__body">
        <Trouble attempt={attempt} />
        {adding === undefined && (
          <div className="form__acts">
            <button
              type="button"
              className="button"
              disabled={attempt.isBusy}
              onClick={() => attempt.run(async () => setAdding(enrolment(await app.api.json('POST', '/api/me/factors/totp'))))}
            >
              {say('account.add-totp')}
            </button>
            <button
              type="button"
              className={`button ${canPasskey() ? '' : 'is-off'}`}
              aria-disabled={!canPasskey()}
              title={canPasskey() ? undefined : say('account.passkey-not-here')}
              onClick={() => (canPasskey() ? setAdding('passkey') : app.toast(say('account.passkey-not-here')))}
            >
              {say('account.add-passkey')}
            </button>
          </div>
        )}
      </div>
    </Panel>
  )
}
