// The person's session as this desk has it: what stands between the person and the house (sign in again, unlock, confirm), the lock of the desk by hand or after
// idle minutes, and the screens of one desk in step (three monitors are three pages of one session). The server decides; this only asks in time and keeps the
// picture and every draft standing meanwhile.
import type { Ask, Barrier } from '../live/ask.ts'
import { Refusal } from '../live/ask.ts'
import { LineDown } from '../shell/outbox.ts'
import { createStore, type Store } from '../shell/store.ts'

export interface SessionDesk {
  /** What is asked of the person now, the outermost first; undefined: nothing. */
  readonly barrier: Store<Barrier | undefined>
  /** Since when the desk is locked, epoch ms; undefined: it is not. */
  readonly lockedAtMs: Store<number | undefined>
  /** Asks the person; true once it is gone and the call may be made again, false when they turned away (only `confirm` can be turned away). */
  clear(barrier: Barrier): Promise<boolean>
  /** The dialog's answer to `unlock` and `confirm`. */
  settle(barrier: 'unlock' | 'confirm', isCleared: boolean): void
  /** Somebody has signed in again at this desk: the same person goes on where they were, anybody else gets a screen of their own. */
  returned(): Promise<void>
  /** Locks this desk, all its screens: at once here, at the server as soon as the line carries it. */
  lock(): void
  signOut(): Promise<void>
  /** A key, a pointer: somebody works here. */
  worked(): void
  /** Locks after the idle minutes of who sits here; called every second or so. */
  tick(idleMinutes: number): void
}

export interface Screens {
  tell(word: string): void
  listen(take: (word: unknown) => void): void
}

export interface SessionDeps {
  /** Without barriers of its own. */
  readonly ask: Ask
  now(): number
  /** Is who is signed in now the one whose screen this is? */
  isSamePerson(): Promise<boolean>
  /** The other screens of this desk; absent where the browser has no such channel. */
  readonly screens?: Screens
  /** Shows the page anew: nothing of the person is left in memory. */
  leave(): void
}

type Word = 'locked' | 'unlocked' | 'in' | 'out' | 'worked'
const WORDS: readonly Word[] = ['locked', 'unlocked', 'in', 'out', 'worked']
/** The outermost first: without a session nothing else can be answered. */
const ORDER: readonly Barrier[] = ['sign-in', 'unlock', 'confirm']
const TELL_EVERY_MS = 60_000
const RETRY_MS = 3000

export function createSession({ ask, now, isSamePerson, screens, leave }: SessionDeps): SessionDesk {
  const waiting = new Map<Barrier, ((isCleared: boolean) => void)[]>()
  const barrier = createStore<Barrier | undefined>(undefined)
  const lockedAtMs = createStore<number | undefined>(undefined)
  let workedAtMs = now()
  let toldAtMs = Number.NEGATIVE_INFINITY
  const show = (): void => barrier.set(ORDER.find(one => waiting.has(one)))
  const tell = (word: Word): void => screens?.tell(word)

  function raise(one: Barrier): void {
    if (one === 'unlock' && lockedAtMs.get() === undefined) lockedAtMs.set(now())
    if (!waiting.has(one)) waiting.set(one, [])
    show()
  }
  function drop(one: Barrier, isCleared: boolean): void {
    const answers = waiting.get(one) ?? []
    waiting.delete(one)
    if (one === 'unlock') lockedAtMs.set(undefined)
    workedAtMs = now()
    show()
    for (const answer of answers) answer(isCleared)
  }
  /** Says it to the server until it has heard; a desk unlocked meanwhile needs it no more. */
  async function tellServer(): Promise<void> {
    while (waiting.has('unlock')) {
      try {
        await ask('POST', '/api/session/lock')
        return
      } catch (error) {
        if (error instanceof Refusal && error.code === 'not-signed-in') raise('sign-in')
        if (!(error instanceof LineDown)) return
        await new Promise(done => setTimeout(done, RETRY_MS))
      }
    }
  }
  function lockHere(): void {
    if (waiting.has('unlock')) return
    raise('unlock')
    void tellServer()
  }

  async function back(): Promise<void> {
    if (!waiting.has('sign-in')) return
    if (!(await isSamePerson())) return leave()
    // Who has just signed in has shown who they are: the lock of the session before is gone with it.
    drop('unlock', true)
    drop('sign-in', true)
  }

  screens?.listen(heard => {
    const word = WORDS.find(one => one === heard)
    if (word === 'locked') raise('unlock')
    if (word === 'unlocked' && waiting.has('unlock')) drop('unlock', true)
    if (word === 'in') void back()
    if (word === 'out') leave()
    if (word === 'worked') workedAtMs = now()
  })

  return {
    barrier,
    lockedAtMs,
    clear: one =>
      new Promise(answer => {
        raise(one)
        waiting.get(one)?.push(answer)
      }),
    settle(one, isCleared) {
      if (!waiting.has(one)) return
      drop(one, isCleared)
      if (one === 'unlock') tell('unlocked')
    },
    async returned() {
      await back()
      tell('in')
    },
    lock() {
      lockHere()
      tell('locked')
    },
    async signOut() {
      await ask('POST', '/api/session/sign-out').catch(error => {
        // Already gone is gone; a broken line leaves the session standing, and that is said.
        if (!(error instanceof Refusal && error.status === 401)) throw error
      })
      tell('out')
      leave()
    },
    worked() {
      if (barrier.get() !== undefined) return
      workedAtMs = now()
      if (now() - toldAtMs < TELL_EVERY_MS) return
      toldAtMs = now()
      tell('worked')
      void ask('POST', '/api/session/active').catch(() => undefined)
    },
    tick(idleMinutes) {
      if (idleMinutes > 0 && barrier.get() === undefined && now() - workedAtMs >= idleMinutes * 60_000) {
        lockHere()
        tell('locked')
      }
    },
  }
}

/** The other pages of this browser. */
export function otherScreens(): Screens | undefined {
  if (!('BroadcastChannel' in globalThis)) return undefined
  const channel = new BroadcastChannel('mangru.session')
  return {
    tell: word => channel.postMessage(word),
    listen(take) {
      channel.onmessage = event => take(event.data)
    },
  }
}
