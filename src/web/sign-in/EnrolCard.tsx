import { useEffect, useState } from 'react'
import { useSay } from '../app.ts'
import { Refusal } from '../live/ask.ts'
import { Bones } from '../ui/parts.tsx'
import type { Doors } from './doors.ts'
import { Enrol } from './Enrol.tsx'
import type { Enrolment, Step } from './model.ts'
import { Trouble, useAttempt } from './parts.tsx'
import { canPasskey, makePasskey } from './passkey.ts'

interface EnrolProps {
  readonly doors: Doors
  readonly ticket: string
  taken(step: Step): void
  back(): void
}

/** A post that needs a second factor and a person who has none yet: registered at once, before anything else. */
export function EnrolCard({ doors, ticket, taken, back }: EnrolProps) {
  const say = useSay()
  const attempt = useAttempt()
  const [enrolment, setEnrolment] = useState<Enrolment>()
  const [trouble, setTrouble] = useState<string>()
  useEffect(
    () =>
      void doors.enrolTotp(ticket).then(setEnrolment, error => setTrouble(error instanceof Refusal ? error.sentence : say('sign-in.line'))),
    [doors, ticket],
  )
  return (
    <section className="gate__card is-wide" aria-labelledby="gate-title">
      <h1 id="gate-title">{say('sign-in.enrol-title')}</h1>
      <p className="note">{say('sign-in.enrol-note')}</p>
      {enrolment ? (
        <Enrol enrolment={enrolment} confirm={async code => taken(await doors.confirmTotp(enrolment.ticket ?? ticket, code))} />
      ) : (
        !trouble && <Bones blocks={2} />
      )}
      {trouble && (
        <p className="gate__trouble" role="alert">
          {trouble}
        </p>
      )}
      {canPasskey() && (
        <>
          <div className="gate__or">{say('sign-in.or')}</div>
          <button
            type="button"
            className="button gate__big"
            disabled={attempt.isBusy}
            onClick={() =>
              attempt.run(async () => taken(await doors.enrolPasskey(ticket, await makePasskey(await doors.enrolPasskeyOptions(ticket)))))
            }
          >
            {say('sign-in.enrol-passkey')}
          </button>
          <span className="note">{say('sign-in.enrol-passkey-note')}</span>
          <Trouble attempt={attempt} />
        </>
      )}
      <div className="gate__row">
        <button type="button" className="gate__link push" onClick={back}>
          {say('sign-in.back')}
        </button>
      </div>
    </section>
  )
}
