// Signing in, put together: what a right password, a link, a key or a click of the demo leads to. Routes are thin above this; second factors plug in (factors.ts).
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Caller, Clock } from '#base/index.ts'
import { HttpRefusal } from '#platform/http/index.ts'
import type { Statement, Store } from '#platform/store/index.ts'
import type { Access, Door } from '../access.ts'
import { auditStatement, authorOf } from '../audit.ts'
import { loginKey, type Person } from '../person.ts'
import { type CookieJar, createCookies } from './cookies.ts'
import { isDemoPerson } from './demo-people.ts'
import { createDoor } from './door.ts'
import type { Factors } from './factors.ts'
import { createKeys, type Keys } from './keys.ts'
import { createLinks, type Links } from './links.ts'
import { createHasher } from './password.ts'
import { createSessions, type Sessions } from './sessions.ts'
import {
  couldSignIn,
  forgetDevices,
  hasSignedInFrom,
  isDeviceOf,
  passwordOf,
  rememberDevice,
  type Session,
  setPassword,
  signedInBefore,
} from './store.ts'
import { createThrottle, SPAN_MS } from './throttle.ts'
import { createTickets, type Tickets } from './tickets.ts'
import { hashOf, newToken } from './token.ts'
import { TooMany } from './turns.ts'

/** An address from which somebody signed in this lately is no stranger to their account. */
const FAMILIAR_MS = 30 * 86_400_000
const DEVICE_MS = 400 * 86_400_000
const SWEEP_MS = 86_400_000
/** The same throttled account is in the trail once a minute. */
const NOTE_EVERY_MS = 60_000
/** So many wait for their turn that one more is sent away. */
const BUSY_MS = 5000

export interface SignInOptions {
  /** Called late: access asks the door, which is made here. */
  readonly access: Access
  readonly store: Store
  readonly clock: Clock
  readonly factors: Factors
  readonly isTls: boolean
  readonly sessionLastsMs: number
  /** 0: desks never lock by themselves. */
  readonly idleMs: number
  isDemo(): boolean
  /** Somebody has entered. */
  onEntered?(person: string, session: string): void
}

/** What a route has of its request. */
export interface Call {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /** The desk that was chosen. */
  readonly desk?: string
}

export interface SessionView {
  readonly id: string
  readonly startedAt: string
  readonly seenAt: string
  readonly address: string
  /** As it calls itself. */
  readonly browser: string
  readonly desk?: string
  readonly isThis: boolean
}

export type Step =
  | { readonly step: 'in'; readonly name: string; readonly login?: string }
  | { readonly step: 'second'; readonly ticket: string; readonly ways: readonly string[] }
  | { readonly step: 'enrol'; readonly ticket: string }

export interface SignIn {
  readonly door: Door
  readonly cookies: CookieJar
  readonly sessions: Sessions
  readonly tickets: Tickets
  readonly keys: Keys
  readonly links: Links
  readonly factors: Factors
  /** True while nobody who could sign in is administrator at head office. */
  needsFirst(): boolean
  /** Name and password to the next step; throws `wrong-credentials` for whatever is wrong, in the same time. */
  byPassword(login: string, password: string, call: Call): Promise<Step>
  /** The password was right, or something that stands for it: second factor, enrolment, or in. */
  proceed(person: Person, ways: readonly string[], call: Call): Promise<Step>
  /** Makes the session and its cookie. */
  enter<More extends object>(
    person: string,
    ways: readonly string[],
    call: Call,
    more?: More,
    how?: { readonly lastsMs?: number; readonly key?: string },
  ): Promise<Extract<Step, { step: 'in' }> & More>
  /** For unlocking and confirming. Counted like a sign-in. */
  checkPassword(person: string, password: string, request: FastifyRequest): Promise<boolean>
  hasPassword(person: string): boolean
  hash(password: string): Promise<string>
  /** A new password; sessions end, but perhaps the one they are in. */
  changePassword(
    person: string,
    password: string,
    by: {
      readonly who: string
      readonly session?: string
      readonly note?: string
      readonly but?: string
      readonly more?: readonly Statement[]
    },
  ): Promise<void>
  /** When this person signed in before that session. */
  lastSignIn(session: Session): number | undefined
  /** Where a person is signed in, as the screen shows it; `here`: the session that asks. */
  listSessions(person: string, here: string | undefined): readonly SessionView[]
  /** A look that stands in the trail. */
  note(deed: string, caller: Caller, thing: string): Promise<void>
  /** The session a person acts in; undefined for keys. */
  sessionOf(caller: Caller): Session | undefined
  readonly throttle: {
    /** Counts a try at a secret of this person; throws `try-later`. */
    mayTry(person: string, request: FastifyRequest): void
    /** It was right: the try is given back. */
    passed(person: string, request: FastifyRequest): void
    /** It was wrong: into the trail. */
    failed(person: string, request: FastifyRequest, what: string): Promise<void>
  }
  /** Ends the session and takes its cookie back. */
  signOut(caller: Caller, reply: FastifyReply): Promise<void>
  /** People have changed: who may not act any more is signed out for good. */
  peopleChanged(): void
  close(): Promise<void>
}

export const wrongCredentials = (): HttpRefusal =>
  new HttpRefusal(401, 'wrong-credentials', { ko: '이름 또는 비밀번호가 맞지 않습니다', en: 'the name or the password is not right' })

export function createSignIn(options: SignInOptions): SignIn {
  const { access, store, clock, factors } = options
  const { people } = access
  const hasher = createHasher()
  const cookies = createCookies(options.isTls)
  const sessions = createSessions({ store, clock, lastsMs: options.sessionLastsMs, idleMs: options.idleMs })
  const tickets = createTickets(clock)
  const throttle = createThrottle(clock)
  const keys = createKeys({ store, clock, onChange: people.reload })
  const links = createLinks({ store, clock })
  const door = createDoor({
    policies: access.policies,
    people,
    sessions,
    keys,
    cookies,
    isDemo: options.isDemo,
    isConfirmed: factors.isConfirmed,
  })

  const addressOf = (request: FastifyRequest): string => (request.raw.socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/, '')
  /** What makes this caller no stranger to the account. */
  const familiarOf = (person: string, request: FastifyRequest): string | undefined => {
    const device = cookies.device(request.raw)
    if (device !== undefined && isDeviceOf(store, hashOf(device), person)) return hashOf(device)
    const address = addressOf(request)
    return hasSignedInFrom(store, person, address, clock.now() - FAMILIAR_MS) ? address : undefined
  }
  const attemptOf = (account: string, person: string | undefined, request: FastifyRequest) => {
    const familiar = person === undefined ? undefined : familiarOf(person, request)
    return { account, address: addressOf(request), ...(familiar === undefined ? {} : { familiar }) }
  }
  const noted = new Map<string, number>()
  const noteTry = async (deed: string, who: string, request: FastifyRequest, what: string): Promise<void> => {
    await store.write([auditStatement({ atMs: clock.now(), who, deed, thing: addressOf(request), note: what })])
  }
  const noteThrottled = (who: string, request: FastifyRequest): void => {
    const key = `${who} ${addressOf(request)}`
    if (clock.now() - (noted.get(key) ?? 0) < NOTE_EVERY_MS) return
    if (noted.size > 10_000) noted.clear()
    noted.set(key, clock.now())
    void noteTry('sign-in.throttled', who, request, '').catch(() => undefined)
  }
  /** Counts the try, or says when to come again. */
  const begin = (account: string, person: string | undefined, request: FastifyRequest): ReturnType<typeof attemptOf> => {
    const attempt = attemptOf(account, person, request)
    const { waitMs } = throttle.begin(attempt)
    if (waitMs > 0) {
      noteThrottled(person ?? NOBODY, request)
      throw tryLater(waitMs)
    }
    return attempt
  }
  const inTurn = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      if (error instanceof TooMany) throw tryLater(BUSY_MS)
      throw error
    }
  }
  const verify = (password: string, kept: string | undefined, isFamiliar: boolean): Promise<boolean> =>
    inTurn(hasher.verify(password, kept, isFamiliar))
  const hash = (password: string): Promise<string> => inTurn(hasher.hash(password))

  const stopSweeping = clock.every(SWEEP_MS, () => void store.write([forgetDevices(clock.now() - DEVICE_MS)]).catch(() => undefined))

  const signIn: SignIn = {
    door,
    cookies,
    sessions,
    tickets,
    keys,
    links,
    factors,
    needsFirst() {
      const could = couldSignIn(store)
      const { headOffice } = access.organisations()
      return !people
        .all()
        .some(
          person =>
            person.kind === 'person' &&
            !isDemoPerson(person.id) &&
            (could.has(person.id) || factors.ways(person.id).length > 0) &&
            people.appointmentsOf(person.id, clock.now()).some(held => held.post === 'administrator' && held.organisation === headOffice),
        )
    },
    async byPassword(login, password, call) {
      const person = people.personByLogin(login)
      const account = person?.id ?? `name ${loginKey(login).slice(0, 64)}`
      const attempt = begin(account, person?.id, call.request)
      const isRight = await verify(password, person && passwordOf(store, person.id), attempt.familiar !== undefined)
      if (!isRight || !person || !maySignIn(person)) {
        await noteTry('sign-in.failed', person?.id ?? NOBODY, call.request, 'password')
        throw wrongCredentials()
      }
      throttle.passed(attempt)
      return signIn.proceed(person, ['password'], call)
    },
    async proceed(person, ways, call) {
      // The sealed account lies in a safe: its password alone is enough, and its use is an alarm.
      if (person.kind !== 'break-glass') {
        const second = factors.ways(person.id)
        if (second.length > 0) return { step: 'second', ticket: tickets.open(person.id, 'second', ways), ways: second }
        if (factors.demands(person.id)) return { step: 'enrol', ticket: tickets.open(person.id, 'enrol', ways) }
      }
      return signIn.enter(person.id, ways, call)
    },
    async enter(id, ways, { request, reply, desk }, more, how = {}) {
      const person = people.personById(id)
      if (!person || !maySignIn(person)) throw wrongCredentials()
      const old = cookies.session(request.raw)
      const before = old === undefined ? undefined : sessions.byToken(old)
      const isOwnDevice = how.key === undefined && person.kind === 'person' && !ways.includes('demo')
      const device = cookies.device(request.raw) ?? newToken()
      const { token, session } = await sessions.open(
        {
          person: id,
          ways,
          agent: String(request.headers['user-agent'] ?? ''),
          address: addressOf(request),
          ...(desk === undefined ? {} : { desk }),
          ...how,
        },
        isOwnDevice ? [rememberDevice(hashOf(device), id, clock.now())] : [],
      )
      reply.header('set-cookie', [
        cookies.setSession(token, session.endsMs - clock.now()),
        ...(isOwnDevice ? [cookies.setDevice(device)] : []),
      ])
      // A token that was there before (perhaps laid there by another) is worth nothing after a sign-in.
      if (before) await sessions.end(before.id, { who: before.person, why: 'replaced' })
      if (person.kind === 'break-glass') await factors.usedBreakGlass?.(id)
      options.onEntered?.(id, session.id)
      return {
        step: 'in',
        name: person.name,
        ...(person.loginName === undefined ? {} : { login: person.loginName }),
        ...more,
      } as never
    },
    async checkPassword(person, password, request) {
      const attempt = begin(person, person, request)
      const isRight = await verify(password, passwordOf(store, person), attempt.familiar !== undefined)
      if (isRight) throttle.passed(attempt)
      else await noteTry('sign-in.failed', person, request, 'password')
      return isRight
    },
    hasPassword: person => passwordOf(store, person) !== undefined,
    hash,
    async changePassword(person, password, { more = [], but, ...by }) {
      const kept = await hash(password)
      await store.write([
        setPassword(person, kept, clock.now()),
        ...more,
        auditStatement({ atMs: clock.now(), ...by, deed: 'password.set', thing: person }),
      ])
      await sessions.endAllOf(person, { ...by, why: 'new-password' }, but)
    },
    lastSignIn: session => signedInBefore(store, session.person, session.id),
    listSessions: (person, here) =>
      sessions.of(person).map(({ id, madeMs, seenMs, address, agent, desk }) => ({
        id,
        startedAt: new Date(madeMs).toISOString(),
        seenAt: new Date(seenMs).toISOString(),
        address,
        browser: agent,
        ...(desk === undefined ? {} : { desk }),
        isThis: id === here,
      })),
    note: (deed, caller, thing) => store.write([auditStatement({ atMs: clock.now(), ...authorOf(caller), deed, thing })]),
    sessionOf: caller => sessions.byId(caller.session ?? ''),
    throttle: {
      mayTry: (person, request) => void begin(person, person, request),
      passed: (person, request) => throttle.passed(attemptOf(person, person, request)),
      failed: (person, request, what) => noteTry('sign-in.failed', person, request, what),
    },
    async signOut(caller, reply) {
      reply.header('set-cookie', cookies.endSession())
      await sessions.end(caller.session ?? '', {
        who: caller.id,
        ...(caller.session === undefined ? {} : { session: caller.session }),
        why: 'signed-out',
      })
    },
    peopleChanged() {
      void sessions
        .endWhere(session => people.personById(session.person)?.isActive !== true, { who: 'mangru', why: 'may-not-act' })
        .catch(() => undefined)
    },
    async close() {
      stopSweeping()
      keys.close()
      await sessions.close()
    },
  }
  return signIn
}

/** Written in the trail where nobody has the name that was typed: the name itself may be a password in the wrong field. */
const NOBODY = 'nobody'
const tryLater = (waitMs: number): HttpRefusal => {
  const minutes = Math.max(1, Math.ceil(Math.min(waitMs, SPAN_MS) / 60_000))
  return new HttpRefusal(
    429,
    'try-later',
    { ko: `시도가 너무 많았습니다. ${minutes}분 뒤에 다시 하십시오`, en: `too many tries; try again in ${minutes} min` },
    { 'retry-after': String(Math.max(1, Math.ceil(waitMs / 1000))) },
  )
}
const maySignIn = (person: Person): boolean => person.isActive && person.kind !== 'machine'
