import { type ReactNode, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { momentKst } from '../i18n/format.ts'
import { wordFor } from '../i18n/text.ts'
import { useStore } from '../shell/store.ts'
import { Panel, PanelHead } from '../ui/parts.tsx'
import { FactorsPanel } from './FactorsPanel.tsx'
import { LookPicker, PasswordField, Trouble, useAttempt } from './parts.tsx'
import { SessionsPanel } from './SessionsPanel.tsx'
import './account.css'

/** 내 계정: who I am here, my password, my second factors, where I am signed in, how this desk looks. */
export function AccountPage() {
  const app = useApp()
  const say = useSay()
  const me = useStore(app.me)
  const isDemo = me?.ways.includes('demo') === true
  return (
    <div className="account scroll">
      <div className="account__column">
        <Me />
        {!isDemo && me?.ways.includes('password') && <NewPassword />}
        <Panel label={say('account.look')}>
          <PanelHead title={say('account.look')} />
          <div className="account__body">
            <LookPicker />
          </div>
        </Panel>
      </div>
      <div className="account__column">
        {isDemo ? (
          <Panel label={say('account.factors')}>
            <PanelHead title={say('account.factors')} />
            <p className="note account__body">{say('account.demo')}</p>
          </Panel>
        ) : (
          <FactorsPanel />
        )}
        <SessionsPanel path="/api/me/sessions" />
      </div>
    </div>
  )
}

function Me() {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const me = useStore(app.me)
  const offices = useStore(app.incidents.offices)
  const nameOf = (id: string): string => offices.find(one => one.id === id)?.[language] ?? id
  const line = (head: string, body: ReactNode) => (
    <>
      <dt>{head}</dt>
      <dd>{body}</dd>
    </>
  )
  return (
    <Panel label={say('account.me')} region="me">
      <PanelHead title={me?.name ?? ''} />
      <dl className="account__lines">
        {line(say('account.login'), me?.login)}
        {line(
          say('account.posts'),
          me?.posts.length
            ? me.posts.map(({ post, organisation }) => (
                <div key={`${post} ${organisation}`}>
                  {wordFor(say, 'post', post)} <span className="note">{nameOf(organisation)}</span>
                </div>
              ))
            : say('account.no-posts'),
        )}
        {line(say('account.last'), me?.lastSignInAtMs === undefined ? say('account.first-time') : momentKst(me.lastSignInAtMs, app.now()))}
      </dl>
    </Panel>
  )
}

function NewPassword() {
  const app = useApp()
  const say = useSay()
  const attempt = useAttempt()
  const [before, setBefore] = useState('')
  const [after, setAfter] = useState('')
  const send = async (): Promise<void> => {
    await app.api.json('POST', '/api/me/password', { old: before, new: after })
    setBefore('')
    setAfter('')
    app.toast(say('account.password-done'))
  }
  return (
    <Panel label={say('account.password')} region="password">
      <PanelHead title={say('account.password')} />
      <form
        className="account__body"
        onSubmit={event => {
          event.preventDefault()
          attempt.run(send)
        }}
      >
        <PasswordField label={say('account.password-old')} value={before} onChange={setBefore} />
        <PasswordField
          label={say('sign-in.new-password')}
          value={after}
          onChange={setAfter}
          isNew
          hint={`${say('sign-in.new-password-note')} ${say('account.password-note')}`}
        />
        <Trouble attempt={attempt} />
        <div className="form__acts">
          <button type="submit" className="button is-main" disabled={attempt.isBusy || attempt.waitS > 0 || before === '' || after === ''}>
            {say('account.password-change')}
          </button>
        </div>
      </form>
    </Panel>
  )
}
