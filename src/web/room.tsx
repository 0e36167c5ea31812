// The control room itself: all of it that needs somebody signed in. Fetched by the gate (sign-in/Gate.tsx), never before.
import { useEffect, useState } from 'react'
import { type App, AppProvider, type Desk, useDesk } from './app.ts'
import { momentKst } from './i18n/format.ts'
import { createApp } from './shell/create-app.ts'
import { recall } from './shell/desk-memory.ts'
import { Screen } from './shell/Screen.tsx'
import type { Person } from './shell/status.ts'
import type { Store } from './shell/store.ts'
import { Barriers } from './sign-in/Barriers.tsx'
import type { Doors } from './sign-in/doors.ts'
import type { SignInState } from './sign-in/model.ts'
import './ui/frame.css'
import './ui/icons.css'
import './ui/overlays.css'
import './ui/page.css'
import './ui/alarms.css'
import './ui/chart.css'
import './ui/time.css'
import './ui/dossier.css'
import './ui/card.css'
import './ui/wall.css'
import './ui/motion.css'

export interface RoomStart {
  /** What the server said when it let this screen in. */
  readonly state: SignInState
  readonly me: Person
  /** Somebody has signed in just now, this is no reload. */
  readonly isFresh: boolean
  /** Begins in the form of a report. */
  readonly isReporting: boolean
}

/** React may begin to draw a room more than once before it stands (what the first look brought in interrupts it). An app is a live line, a clock, a place of what
 * waits to be sent: a start has one, or two of them send each other's reports. */
const apps = new WeakMap<RoomStart, App>()
function appOf(start: RoomStart, desk: Store<Desk>): App {
  const app =
    apps.get(start) ??
    createApp({
      desk,
      sound: recall(location.search, localStorage).sound,
      me: start.me,
      isLocked: start.state.signedIn?.isLocked === true,
    })
  apps.set(start, app)
  return app
}

export function Room({ start, doors }: { start: RoomStart; doors: Doors }) {
  const desk = useDesk()
  const [app] = useState(() => appOf(start, desk))
  useEffect(() => {
    const { lastSignInAtMs } = start.me
    if (start.isFresh && lastSignInAtMs !== undefined && !start.state.isDemo)
      app.toast(app.say('sign-in.welcome-last', { at: momentKst(lastSignInAtMs, app.now()) }))
    if (start.isReporting) app.incidents.form.begin()
  }, [app])
  return (
    <AppProvider value={app}>
      <Screen />
      <Barriers start={start.state} doors={doors} />
    </AppProvider>
  )
}
