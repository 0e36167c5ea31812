import { useEffect, useState } from 'react'
import { useSay } from '../app.ts'
import { Refusal } from '../live/ask.ts'
import { Bones } from '../ui/parts.tsx'
import type { Doors } from './doors.ts'
import type { Step } from './model.ts'
import { Card, LookPicker, PasswordField, Trouble, useAttempt } from './parts.tsx'

interface LinkProps {
  readonly doors: Doors
  readonly token: string
  taken(step: Step, login: string): void
  toSignIn(): void
}

/** An invitation or a reset by an administrator: whose it is, then the new password. A used link is told before anything is typed. */
export function LinkCard({ doors, token, taken, toSignIn }: LinkProps) {
  const say = useSay()
  const attempt = useAttempt()
  const [holder, setHolder] = useState<Awaited<ReturnType<Doors['lookAtLink']>>>()
  const [over, setOver] = useState<string>()
  const [password, setPassword] = useState('')
  useEffect(
    () => void doors.lookAtLink(token).then(setHolder, error => setOver(error instanceof Refusal ? error.sentence : say('sign-in.line'))),
    [doors, token],
  )
  if (over !== undefined)
    return (
      <div className="gate__card" role="alert">
        <h1>{say('sign-in.link-over')}</h1>
        <p>{over}</p>
        <button type="button" className="button is-main gate__big" autoFocus onClick={toSignIn}>
          {say('sign-in.to-sign-in')}
        </button>
        <LookPicker />
      </div>
    )
  if (!holder)
    return (
      <div className="gate__card">
        <Bones blocks={2} />
      </div>
    )
  return (
    <Card
      title={say(holder.isReset ? 'sign-in.link-reset' : 'sign-in.link-invitation', { name: holder.name })}
      onSubmit={() => attempt.run(async () => taken(await doors.link(token, password), holder.login))}
    >
      <p className="note">{say('sign-in.link-note', { login: holder.login })}</p>
      <input type="hidden" name="username" autoComplete="username" value={holder.login} />
      <PasswordField
        label={say('sign-in.new-password')}
        value={password}
        onChange={setPassword}
        isNew
        autoFocus
        hint={say('sign-in.new-password-note')}
      />
      <button type="submit" className="button is-main gate__big" disabled={attempt.isBusy || attempt.waitS > 0 || password === ''}>
        {say('sign-in.link-take')}
      </button>
      <Trouble attempt={attempt} />
      <LookPicker />
    </Card>
  )
}
