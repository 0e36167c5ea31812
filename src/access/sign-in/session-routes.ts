// One's own session: who acts, sign out, lock and unlock the desk, the list of sessions, a new password.
import { Type } from 'typebox'
import { HttpRefusal, notFound } from '#platform/http/index.ts'
import { checkNewPassword } from './new-password.ts'
import { closed, Password, SessionShape, type SignInRoutesOptions } from './route-parts.ts'
import { wrongCredentials } from './sign-in.ts'

const iso = (ms: number): string => new Date(ms).toISOString()
export function sessionRoutes({ http, access, signIn, idleMinutes, isDemo }: SignInRoutesOptions): void {
  const own = { deed: 'session', tag: 'sign-in' } as const
  const notASession = (): HttpRefusal =>
    new HttpRefusal(409, 'no-session', { ko: '키로 온 요청에는 세션이 없습니다', en: 'a key has no session' })

  http.route({
    method: 'GET',
    path: '/api/me',
    deed: 'self',
    summary: 'Who is acting, what they may do, and how their session stands',
    tag: 'access',
    answer: Type.Object({
      id: Type.String(),
      name: Type.String(),
      posts: Type.Array(Type.Object({ post: Type.String(), organisation: Type.String() })),
      deeds: Type.Record(Type.String(), Type.String(), { description: 'what the caller may do: yes, or second (with a second officer)' }),
      login: Type.Optional(Type.String()),
      lastSignInAt: Type.Optional(Type.String()),
      isLocked: Type.Boolean(),
      idleMinutes: Type.Number({ description: 'nobody works there this long: the desk locks; 0 = never' }),
      isDemo: Type.Boolean(),
      ways: Type.Array(Type.String(), { description: 'what unlocks the desk and confirms: password, totp, passkey, demo (nothing)' }),
      hasSecondFactor: Type.Boolean(),
    }),
    handle({ caller }) {
      const session = signIn.sessionOf(caller)
      const person = access.people.personById(caller.id)
      const before = session && signIn.lastSignIn(session)
      const second = signIn.factors.ways(caller.id)
      const isOfDemo = session?.ways.includes('demo') === true
      return {
        id: caller.id,
        name: caller.name,
        posts: caller.appointments,
        deeds: access.deedsOf(caller),
        ...(person?.loginName === undefined ? {} : { login: person.loginName }),
        ...(before === undefined ? {} : { lastSignInAt: iso(before) }),
        isLocked: session !== undefined && signIn.sessions.isLocked(session),
        idleMinutes: session === undefined || isOfDemo || session.key !== undefined ? 0 : idleMinutes,
        isDemo: isDemo(),
        ways: isOfDemo
          ? ['demo']
          : [
              ...(signIn.hasPassword(caller.id) ? ['password'] : []),
              ...second.filter(way => way !== 'recovery'),
              ...(signIn.factors.isVouched?.(caller.id) ? ['oidc'] : []),
            ],
        hasSecondFactor: second.length > 0,
      }
    },
  })
  http.route({
    ...own,
    method: 'POST',
    path: '/api/session/sign-out',
    summary: 'Ends this session; its lines are cut at once',
    handle: ({ caller, reply }) => signIn.signOut(caller, reply),
  })
  http.route({
    ...own,
    method: 'POST',
    path: '/api/session/active',
    summary: 'Somebody works at this desk: said by the screen, at most once a minute',
    handle({ caller }) {
      const session = signIn.sessionOf(caller)
      if (session) signIn.sessions.active(session)
    },
  })
  http.route({
    ...own,
    method: 'POST',
    path: '/api/session/lock',
    summary: 'Locks the desk: the picture runs on, nothing can be done until it is unlocked',
    async handle({ caller }) {
      const session = signIn.sessionOf(caller)
      if (!session) throw notASession()
      await signIn.sessions.lock(session)
    },
  })
  http.route({
    ...own,
    method: 'POST',
    path: '/api/session/unlock',
    summary: 'Unlocks the desk by password or passkey (in the demo by a click)',
    body: Type.Object({ password: Type.Optional(Password), response: Type.Optional(Type.Unknown()) }, closed),
    async handle({ caller, body, request }) {
      const session = signIn.sessionOf(caller)
      if (!session) throw notASession()
      const isRight =
        session.ways.includes('demo') ||
        (body.response !== undefined
          ? await signIn.factors.verifyPasskey(caller.id, body.response, request)
          : await signIn.checkPassword(caller.id, body.password ?? '', request))
      if (!isRight) throw wrongCredentials()
      await signIn.sessions.unlock(session)
    },
  })
  http.route({
    method: 'GET',
    path: '/api/me/sessions',
    deed: 'self',
    summary: 'Where one is signed in',
    tag: 'sign-in',
    answer: Type.Array(SessionShape),
    handle: ({ caller }) => signIn.listSessions(caller.id, caller.session),
  })
  http.route({
    method: 'DELETE',
    path: '/api/me/sessions/:id',
    deed: 'self.secure',
    summary: 'Ends one of one’s own sessions',
    tag: 'sign-in',
    params: Type.Object({ id: Type.String() }),
    async handle({ params, caller }) {
      if (signIn.sessions.byId(params.id)?.person !== caller.id) throw notFound({ ko: '그런 세션', en: 'such session' })
      await signIn.sessions.end(params.id, {
        who: caller.id,
        ...(caller.session === undefined ? {} : { session: caller.session }),
        why: 'ended-by-self',
      })
    },
  })
  http.route({
    method: 'POST',
    path: '/api/me/password',
    deed: 'self.secure',
    summary: 'A new password; one’s other sessions end',
    tag: 'sign-in',
    body: Type.Object({ old: Password, new: Password }, closed),
    async handle({ body, caller, request }) {
      if (!signIn.sessionOf(caller)) throw notASession()
      if (!(await signIn.checkPassword(caller.id, body.old, request))) throw wrongCredentials()
      const person = access.people.personById(caller.id)
      await checkNewPassword(body.new, [person?.loginName, person?.name])
      await signIn.changePassword(caller.id, body.new, {
        who: caller.id,
        ...(caller.session === undefined ? {} : { session: caller.session, but: caller.session }),
      })
    },
  })
}
