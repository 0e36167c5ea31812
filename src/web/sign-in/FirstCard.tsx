import { useState } from 'react'
import { useSay } from '../app.ts'
import type { Step } from './model.ts'
import { Card, LoginField, LookPicker, PasswordField, Trouble, useAttempt } from './parts.tsx'

interface FirstProps {
  make(login: string, name: string, password: string): Promise<Step>
  taken(step: Step, login: string): void
}

/** The one-time link of the first start: who opens it becomes the administrator of head office. */
export function FirstCard({ make, taken }: FirstProps) {
  const say = useSay()
  const attempt = useAttempt()
  const [login, setLogin] = useState('')
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  return (
    <Card
      title={say('sign-in.first-title')}
      onSubmit={() => attempt.run(async () => taken(await make(login.trim(), name.trim(), password), login.trim()))}
    >
      <p className="note">{say('sign-in.first-note')}</p>
      <label className="gate__field">
        <span>{say('sign-in.own-name')}</span>
        <input
          className="gate__box"
          name="name"
          autoComplete="name"
          autoFocus
          required
          maxLength={80}
          value={name}
          onChange={event => setName(event.target.value)}
        />
      </label>
      <LoginField label={say('sign-in.own-login')} value={login} onChange={setLogin} minLength={2} />
      <PasswordField
        label={say('sign-in.new-password')}
        value={password}
        onChange={setPassword}
        isNew
        hint={say('sign-in.new-password-note')}
      />
      <button
        type="submit"
        className="button is-main gate__big"
        disabled={attempt.isBusy || attempt.waitS > 0 || name.trim() === '' || login.trim() === '' || password === ''}
      >
        {say('sign-in.make')}
      </button>
      <Trouble attempt={attempt} />
      <LookPicker />
    </Card>
  )
}
