import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { useDesk, useSay } from '../app.ts'
import { createAsk, Refusal } from '../live/ask.ts'
import type { RoomStart } from '../room.tsx'
import type { Person } from '../shell/status.ts'
import { useStore } from '../shell/store.ts'
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx'
import { createDoors } from './doors.ts'
import { beginningOf } from './first-page.ts'
import type { SignInState } from './model.ts'
import { keepPlace, keepWallKey, readPlace, takeWayBack, wallKey } from './place.ts'
import type { Entry } from './SignInPage.tsx'

const RETRY_MS = 3000
/** A key that was refused may be let in again; nobody is there to press anything. */
const WALL_RETRY_MS = 60_000
const loadRoom = () => import('../room.tsx')
const Room = lazy(async () => ({ default: (await loadRoom()).Room }))
const SignInPage = lazy(async () => ({ default: (await import('./SignInPage.tsx')).SignInPage }))

type Stage =
  | { readonly at: 'asking' }
  | { readonly at: 'down' }
  /** A wall screen's key does not open; why. */
  | { readonly at: 'wall'; readonly why: string }
  | { readonly at: 'out'; readonly state: SignInState }
  | { readonly at: 'in'; readonly start: RoomStart }

/** A link handed over by somebody stands behind the #: it never reaches a server's log. */
function readEntry(hash: string): Entry | { readonly kind: 'wall'; readonly token: string } | undefined {
  if (hash === '#sign-in-oidc') return { kind: 'oidc', token: '' }
  const [, failed] = /^#sign-in-failed=([\w-]{1,40})$/.exec(hash) ?? []
  if (failed !== undefined) return { kind: 'failed', token: failed }
  const [, kind, token] = /^#(first|link|wall)=([\w.~-]{8,512})$/.exec(hash) ?? []
  if (token === undefined) return undefined
  return kind === 'first' ? { kind, token } : kind === 'link' ? { kind, token } : { kind: 'wall', token }
}

/**
 * Who is signed in gets the room, everybody else the sign-in page; each is fetched only when it is shown. Where the last start found a session the room is fetched
 * while the server is asked, so that signing in costs a start nothing.
 */
export function Gate(): ReactNode {
  const say = useSay()
  const desk = useDesk()
  const { language } = useStore(desk)
  const [stage, setStage] = useState<Stage>({ at: 'asking' })
  const [entry, setEntry] = useState(() => readEntry(location.hash))
  const [doors] = useState(() =>
    createDoors(createAsk({ origin: location.origin, language: () => desk.get().language }), () => readPlace(localStorage).desk),
  )
  const dropEntry = (): void => {
    history.replaceState(null, '', `${location.pathname}${location.search}${takeWayBack()}`)
    setEntry(undefined)
  }
  const look = async (from: typeof entry, isFresh = false): Promise<void> => {
    try {
      if (from?.kind === 'wall') {
        keepWallKey(from.token)
        history.replaceState(null, '', `${location.pathname}?wall=1`)
      }
      let state = await doors.state()
      const key = wallKey()
      if (!state.signedIn && key !== undefined) {
        const refusal = await doors.key(key).catch(error => error)
        if (refusal instanceof Refusal) return setStage({ at: 'wall', why: refusal.sentence })
        state = await doors.state()
      }
      keepPlace(localStorage, { ...readPlace(localStorage), wasIn: state.signedIn !== undefined })
      // A link is looked at whoever is signed in; what came of a trip to the agency's sign-in matters only to who is not.
      const hasLink = from !== undefined && from.kind !== 'wall' && !(from.kind === 'failed' && state.signedIn)
      if (state.signedIn === undefined || hasLink) return setStage({ at: 'out', state })
      const me = await doors.me()
      setStage({ at: 'in', start: { state, me, isFresh, isReporting: openFirstPage(me) } })
    } catch {
      setStage({ at: 'down' })
    }
  }
  useEffect(() => {
    if (readPlace(localStorage).wasIn) void loadRoom()
    void look(entry)
    const changed = (): void => {
      if (readEntry(location.hash)) location.reload()
    }
    window.addEventListener('hashchange', changed)
    return () => window.removeEventListener('hashchange', changed)
  }, [])
  useEffect(() => {
    if (stage.at === 'out') void loadRoom()
    if (stage.at !== 'down' && stage.at !== 'wall') return
    const timer = setTimeout(() => void look(entry), stage.at === 'down' ? RETRY_MS : WALL_RETRY_MS)
    return () => clearTimeout(timer)
  }, [stage])

  switch (stage.at) {
    case 'asking':
      return null
    case 'down':
      return (
        <main className="down" lang={language}>
          <b>{say('sign-in.line-title')}</b>
          <p className="note">{say('sign-in.line-again')}</p>
        </main>
      )
    case 'wall':
      return (
        <main className="down" lang={language}>
          <b>{say('sign-in.wall-not')}</b>
          <p className="note">{stage.why}</p>
        </main>
      )
    case 'out':
      return (
        <ErrorBoundary name={say('sign-in.title')}>
          <Suspense>
            <SignInPage
              state={stage.state}
              doors={doors}
              entry={entry?.kind === 'wall' ? undefined : entry}
              nowMs={machineNow}
              dropEntry={dropEntry}
              entered={() => void look(undefined, true)}
            />
          </Suspense>
        </ErrorBoundary>
      )
    case 'in':
      return (
        <ErrorBoundary name={say('app.room')}>
          <Suspense>
            <Room start={stage.start} doors={doors} />
          </Suspense>
        </ErrorBoundary>
      )
  }
}

const PHONE = '(max-width: 640px)'

/** Who opened no page of their own begins where their post does; true: in the form of a report. */
function openFirstPage({ posts }: Person): boolean {
  if (/^#\/\w/.test(location.hash) || /[?&]wall=(?!0)/.test(location.search)) return false
  const { page, item, isReporting } = beginningOf(
    posts.map(one => one.post),
    matchMedia(PHONE).matches,
  )
  if (page !== 'situation')
    history.replaceState(null, '', `${location.pathname}${location.search}#/${page}${item === undefined ? '' : `/${item}`}`)
  return isReporting
}

const machineNow = (): number => performance.timeOrigin + performance.now()
