import { lazy, Suspense, useEffect, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { useStore } from '../shell/store.ts'
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx'
import { Confirm } from './Confirm.tsx'
import type { Doors } from './doors.ts'
import { Lock } from './Lock.tsx'
import type { SignInState } from './model.ts'
import { wallKey } from './place.ts'
import './session.css'

const loadPage = () => import('./SignInPage.tsx')
const SignInPage = lazy(async () => ({ default: (await loadPage()).SignInPage }))
/** Fetched in a quiet moment: when the session ends the line may be bad. */
const FETCH_AFTER_MS = 20_000
const WALL_RETRY_MS = 10_000

/** What stands between the person and the screen behind: sign in again, unlock, confirm. The screen keeps standing with all that was written. */
export function Barriers({ start, doors }: { start: SignInState; doors: Doors }) {
  const app = useApp()
  const barrier = useStore(app.session.barrier)
  useEffect(() => {
    const timer = setTimeout(() => void loadPage().catch(() => undefined), FETCH_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  if (barrier === 'sign-in') return <SignInAgain start={start} doors={doors} />
  if (barrier === 'unlock') return <Lock />
  if (barrier === 'confirm') return <Confirm />
  return null
}

function SignInAgain({ start, doors }: { start: SignInState; doors: Doors }) {
  const app = useApp()
  const say = useSay()
  const [state, setState] = useState(start)
  const [round, setRound] = useState(0)
  useEffect(() => {
    const key = wallKey()
    // A wall signs in by itself, as long as its key opens.
    if (key !== undefined)
      void doors.key(key).then(
        () => app.session.returned(),
        () => undefined,
      )
    // Another screen of this desk may have signed in meanwhile.
    void doors.state().then(
      now => (now.signedIn ? app.session.returned() : setState(now)),
      () => undefined,
    )
    const timer = setTimeout(() => setRound(round + 1), WALL_RETRY_MS)
    return () => clearTimeout(timer)
  }, [app, doors, round])
  const me = start.signedIn
  return (
    <ErrorBoundary name={say('sign-in.title')}>
      <Suspense>
        <SignInPage
          state={state}
          doors={doors}
          again={{ login: me?.login ?? '', name: me?.name ?? '' }}
          nowMs={() => app.now()}
          dropEntry={() => undefined}
          entered={() => void app.session.returned()}
        />
      </Suspense>
    </ErrorBoundary>
  )
}
