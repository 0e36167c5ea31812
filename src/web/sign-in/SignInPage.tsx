import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { useDesk, useSay } from '../app.ts'
import { clockKst, clockUtc, dateKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { Bones } from '../ui/parts.tsx'
import { Coast } from './Coast.tsx'
import { DemoCard } from './DemoCard.tsx'
import type { Doors } from './doors.ts'
import { FirstCard } from './FirstCard.tsx'
import { KeepCard } from './KeepCard.tsx'
import { LinkCard } from './LinkCard.tsx'
import type { Sealed, SignInState, Step } from './model.ts'
import { LookPicker, Trouble, useAttempt } from './parts.tsx'
import { keepPlace, readPlace } from './place.ts'
import { SecondCard } from './SecondCard.tsx'
import { StartCard } from './StartCard.tsx'
import './sign-in.css'

const EnrolCard = lazy(async () => ({ default: (await import('./EnrolCard.tsx')).EnrolCard }))

/** How somebody came here: with a link (its token), or back from the agency's own sign-in (`failed`: with the reason). */
export interface Entry {
  readonly kind: 'first' | 'link' | 'oidc' | 'failed'
  readonly token: string
}

export interface SignInPageProps {
  readonly state: SignInState
  readonly doors: Doors
  readonly entry?: Entry | undefined
  /** Over a screen that stands: whose session has ended. */
  readonly again?: { readonly login: string; readonly name: string } | undefined
  nowMs(): number
  /** The link is used or given up: it leaves the address. */
  dropEntry(): void
  entered(): void
}

type Stage =
  | { readonly at: 'start' }
  | (Step & { readonly at: 'second' | 'enrol' })
  | { readonly at: 'keep'; readonly codes: readonly string[]; readonly sealed?: Sealed }

/** Before the house: the coast, the card that fits what is asked now, what state the product is in. */
export function SignInPage(props: SignInPageProps) {
  const { again } = props
  return (
    <div className={`gate ${again ? 'is-over' : ''}`}>
      {!again && <Coast />}
      <GateHead {...props} />
      <main className="gate__main">
        <Cards {...props} />
      </main>
      <GateFoot {...props} />
    </div>
  )
}

function Cards({ state, doors, entry, again, nowMs, dropEntry, entered }: SignInPageProps): ReactNode {
  const say = useSay()
  const [stage, setStage] = useState<Stage>({ at: 'start' })
  const [sealed, setSealed] = useState<Sealed>()
  const [login, setLogin] = useState('')
  const [place, setPlaceState] = useState(() => readPlace(localStorage))
  const [isByPassword, setByPassword] = useState(again !== undefined || entry?.kind === 'failed')
  const setPlace = (change: Partial<typeof place>): void => {
    const next = { ...readPlace(localStorage), ...change }
    setPlaceState(next)
    keepPlace(localStorage, next)
  }

  const taken = (step: Step, who = login, byPasskey = false): void => {
    setLogin(who)
    if (step.step !== 'in') {
      if (step.step === 'enrol' && step.breakGlass) setSealed(step.breakGlass)
      setStage(step.step === 'enrol' ? { ...step, at: 'enrol' } : { ...step, at: 'second' })
      return
    }
    const [name, of] = [step.name || who, step.login || who]
    // A post of the demo is nobody to remember; nor is who has only proved anew at the agency's sign-in.
    const last = (!state.isDemo || isByPassword) && of !== '' ? { last: { login: of, name, atMs: nowMs(), byPasskey } } : {}
    setPlace({ ...last, wasIn: true })
    dropEntry()
    const shut = step.breakGlass ?? sealed
    if (step.recoveryCodes.length > 0 || shut) setStage({ at: 'keep', codes: step.recoveryCodes, ...(shut ? { sealed: shut } : {}) })
    else entered()
  }
  const back = (): void => setStage({ at: 'start' })

  if (stage.at === 'second' && stage.step === 'second')
    return <SecondCard doors={doors} ticket={stage.ticket} ways={stage.ways} taken={taken} back={back} />
  if (stage.at === 'enrol' && stage.step === 'enrol')
    return (
      <Suspense>
        <EnrolCard doors={doors} ticket={stage.ticket} taken={taken} back={back} />
      </Suspense>
    )
  if (stage.at === 'keep') return <KeepCard codes={stage.codes} sealed={stage.sealed} login={login} done={entered} />
  if (entry?.kind === 'first') {
    if (state.needsFirst) return <FirstCard make={(who, name, password) => doors.first(entry.token, who, name, password)} taken={taken} />
    return (
      <Told title={say('sign-in.first-over')} note={say('sign-in.first-over-note')}>
        <button type="button" className="button is-main gate__big" autoFocus onClick={dropEntry}>
          {say('sign-in.to-sign-in')}
        </button>
      </Told>
    )
  }
  if (entry?.kind === 'oidc')
    return <BackFromAgency enter={doors.oidc} taken={taken} failed={() => location.replace('#sign-in-failed=oidc-expired')} />
  if (entry?.kind === 'link') return <LinkCard doors={doors} token={entry.token} taken={taken} toSignIn={dropEntry} />
  if (again && state.demoPosts.some(one => one.person === again.login))
    return <DemoAgain name={again.name} enter={async () => taken(await doors.demo(again.login), again.login)} />
  if (state.isDemo && state.demoPosts.length > 0 && !isByPassword)
    return <DemoCard posts={state.demoPosts} enter={doors.demo} taken={taken} toPassword={() => setByPassword(true)} />
  if (state.needsFirst && !state.isDemo) return <Told title={say('sign-in.first-needed')} note={say('sign-in.first-needed-note')} />
  return (
    <StartCard
      state={state}
      doors={doors}
      place={place}
      setPlace={setPlace}
      again={again}
      failed={entry?.kind === 'failed' ? entry.token : undefined}
      taken={taken}
      toDemo={state.isDemo ? () => setByPassword(false) : undefined}
      nowMs={nowMs()}
    />
  )
}

/** A post of the demonstration whose session has ended: one press, as at the beginning. */
function DemoAgain({ name, enter }: { name: string; enter: () => Promise<void> }) {
  const say = useSay()
  const attempt = useAttempt()
  return (
    <section className="gate__card" aria-labelledby="gate-title">
      <h1 id="gate-title">{say('sign-in.again-title')}</h1>
      <p className="note">{say('sign-in.again-note')}</p>
      <button type="button" className="button is-main gate__big" autoFocus disabled={attempt.isBusy} onClick={() => attempt.run(enter)}>
        {name} <kbd>Enter</kbd>
      </button>
      <Trouble attempt={attempt} />
    </section>
  )
}

/** The provider has sent the browser back; the server knows by a cookie of its own what was agreed. */
function BackFromAgency({ enter, taken, failed }: { enter: () => Promise<Step>; taken: (step: Step) => void; failed: () => void }) {
  useEffect(() => void enter().then(taken, failed), [])
  return (
    <section className="gate__card">
      <Bones blocks={1} />
    </section>
  )
}

/** One sentence and what to do. */
function Told({ title, note, children }: { title: string; note: string; children?: ReactNode }) {
  return (
    <section className="gate__card" aria-labelledby="gate-title">
      <h1 id="gate-title">{title}</h1>
      <p>{note}</p>
      {children}
      <LookPicker />
    </section>
  )
}

function GateHead({ state, nowMs }: SignInPageProps) {
  const say = useSay()
  const { language } = useStore(useDesk())
  const [now, setNow] = useState(nowMs)
  useEffect(() => {
    const timer = setInterval(() => setNow(nowMs()), 500)
    return () => clearInterval(timer)
  }, [nowMs])
  return (
    <header className="gate__head">
      <svg width="26" height="29" viewBox="0 0 20 22" fill="none" strokeWidth="2" aria-hidden="true">
        <path d="M2 9 10 2l8 7M4.6 8v5.400h10.800V8M7 13.400 4.600 21M13 13.400l2.400 7.600M6 18h8" />
      </svg>
      <b>{say('app.name')}</b>
      <span className="gate__room">{say('app.room')}</span>
      {state.isDemo && <span className="demo">{say('header.demo')}</span>}
      <div className="gate__clock">
        <b>{clockKst(now)} KST</b>
        <small>
          {dateKst(now, language)} · {clockUtc(now)} UTC
        </small>
      </div>
    </header>
  )
}

function GateFoot({ state }: SignInPageProps) {
  const say = useSay()
  return (
    <footer className="gate__foot">
      <span>
        {state.isWell !== undefined && (
          <>
            <i className={`gate__dot ${state.isWell ? '' : 'is-bad'}`} /> {say(state.isWell ? 'sign-in.well' : 'sign-in.unwell')}
          </>
        )}
      </span>
      <span>{say('sign-in.recorded')}</span>
      <span>{state.version && say('sign-in.version', { version: state.version })}</span>
    </footer>
  )
}
