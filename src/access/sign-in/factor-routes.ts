// One's own second factors, proving anew who one is, and the administrators' way out when a second factor is lost. What changes a factor asks for a proof of the last minutes.
import { Type } from 'typebox'
import type { Caller } from '#base/index.ts'
import { HttpRefusal, notFound } from '#platform/http/index.ts'
import { byCaller, PersonId, personOf } from '../people-routes.ts'
import type { Person } from '../person.ts'
import { orRefuse, refusal } from '../refusal.ts'
import type { Parts } from './beyond-parts.ts'
import { AssertionShape, RegistrationShape } from './factors/index.ts'
import { closed, Password } from './route-parts.ts'
import { Code, FactorName } from './second-step-routes.ts'
import { wrongCredentials } from './sign-in.ts'
import { dropPassword, endLinksOf, type Session } from './store.ts'

const iso = (ms: number): string => new Date(ms).toISOString()
const FactorShape = Type.Object({
  id: Type.String(),
  kind: Type.String({ description: 'totp or passkey' }),
  name: Type.String(),
  createdAt: Type.String(),
  usedAt: Type.Optional(Type.String()),
  site: Type.Optional(Type.String({ description: 'the host name a passkey is good at' })),
  isCopied: Type.Optional(Type.Boolean({ description: 'exists twice and is stopped' })),
})
const AddedShape = Type.Object({ id: Type.String(), recoveryCodes: Type.Optional(Type.Array(Type.String())) })

export function factorRoutes(parts: Parts): void {
  const { http, access, signIn, factors, site } = parts
  confirmRoutes(parts)
  resetRoute(parts)
  const self = (caller: Caller): Person => {
    const person = access.people.personById(caller.id)
    if (person?.kind !== 'person') throw notFound({ ko: '이 계정의 인증 수단', en: 'second factor of this account' })
    return person
  }
  const sessionOf = (caller: Caller): string => signIn.sessionOf(caller)?.id ?? ''
  const change = { deed: 'factors.change', tag: 'sign-in' } as const
  const added = ({ id, codes }: { readonly id: string; readonly codes?: readonly string[] }) => ({
    id,
    ...(codes ? { recoveryCodes: codes } : {}),
  })

  http.route({
    method: 'GET',
    path: '/api/me/factors',
    deed: 'self',
    summary: 'What one has beyond the password',
    tag: 'sign-in',
    answer: Type.Object({ factors: Type.Array(FactorShape), recoveryCodesLeft: Type.Integer() }),
    handle: ({ caller }) => ({
      factors: factors.list(caller.id).map(({ addedAtMs, usedAtMs, ...one }) => ({
        ...one,
        createdAt: iso(addedAtMs),
        ...(usedAtMs === undefined ? {} : { usedAt: iso(usedAtMs) }),
      })),
      recoveryCodesLeft: factors.codesLeft(caller.id),
    }),
  })
  http.route({
    ...change,
    method: 'POST',
    path: '/api/me/factors/totp',
    summary: 'The secret for one more authenticator app',
    answer: Type.Object({ secret: Type.String(), uri: Type.String() }),
    handle: ({ caller }) => factors.beginTotp(self(caller)),
  })
  http.route({
    ...change,
    method: 'POST',
    path: '/api/me/factors/totp/confirm',
    summary: 'The app’s first code proves that it has the secret',
    body: Type.Object({ code: Code, name: FactorName }, closed),
    answer: AddedShape,
    status: 201,
    handle: async ({ body, caller }) =>
      added(orRefuse(await factors.confirmTotp(self(caller), body.code, body.name ?? '', byCaller(caller)))),
  })
  http.route({
    ...change,
    method: 'POST',
    path: '/api/me/factors/passkey/options',
    summary: 'What the browser makes a passkey with',
    answer: Type.Unknown(),
    handle: ({ caller, request }) => factors.passkeys.registration(self(caller), sessionOf(caller), site(request)),
  })
  http.route({
    ...change,
    method: 'POST',
    path: '/api/me/factors/passkey',
    summary: 'The new passkey',
    body: Type.Object({ response: RegistrationShape, name: FactorName }, closed),
    answer: AddedShape,
    status: 201,
    handle: async ({ body, caller, request }) =>
      added(
        orRefuse(
          await factors.addPasskey(self(caller), sessionOf(caller), site(request), body.response, body.name ?? '', byCaller(caller)),
        ),
      ),
  })
  http.route({
    ...change,
    method: 'DELETE',
    path: '/api/me/factors/:id',
    summary: 'Takes one away; the last one stays until there is another',
    params: Type.Object({ id: Type.String() }),
    async handle({ params, caller }) {
      orRefuse(await factors.remove(self(caller).id, params.id, byCaller(caller)))
    },
  })
  http.route({
    ...change,
    method: 'POST',
    path: '/api/me/recovery-codes',
    summary: 'Ten new recovery codes, shown once; the old ones are worth nothing any more',
    answer: Type.Object({ recoveryCodes: Type.Array(Type.String()) }),
    async handle({ caller }) {
      const person = self(caller)
      if (factors.list(person.id).length === 0)
        throw refusal({ code: 'not-begun', ko: '인증 수단을 먼저 등록하십시오', en: 'set up a second factor first' })
      return { recoveryCodes: await factors.newCodes(person.id, byCaller(caller)) }
    },
  })
}

function confirmRoutes({ http, signIn, factors, stepUp, site }: Parts): void {
  const own = { deed: 'session', tag: 'sign-in', method: 'POST' } as const
  const sessionOf = (caller: Caller): Session => {
    const session = signIn.sessionOf(caller)
    if (!session) throw new HttpRefusal(409, 'no-session', { ko: '키로 온 요청에는 세션이 없습니다', en: 'a key has no session' })
    return session
  }
  http.route({
    ...own,
    path: '/api/session/passkey/options',
    summary: 'What the browser asks a passkey with, to unlock the desk or to prove anew',
    answer: Type.Unknown(),
    handle: async ({ caller, request }) =>
      orRefuse(await factors.passkeys.options({ for: 'confirm', session: sessionOf(caller).id, person: caller.id }, site(request))),
  })
  http.route({
    ...own,
    path: '/api/session/confirm',
    summary: 'Proves anew who one is: by the second factor, or by the password where there is none; good for some minutes, in this session',
    body: Type.Object({ password: Type.Optional(Password), code: Type.Optional(Code), response: Type.Optional(AssertionShape) }, closed),
    async handle({ body, caller, request }) {
      const session = sessionOf(caller)
      const { password, code, response } = body
      const hasSecond = factors.ways(caller.id).length > 0
      if (session.ways.includes('demo')) return
      if (!hasSecond) {
        if (password === undefined || !(await signIn.checkPassword(caller.id, password, request))) throw wrongCredentials()
        return stepUp.confirm(session.id)
      }
      if (code === undefined && response === undefined)
        throw new HttpRefusal(401, 'second-needed', {
          ko: '두 번째 인증으로 확인하십시오',
          en: 'confirm by your second factor',
        })
      signIn.throttle.mayTry(caller.id, request)
      const proved =
        response !== undefined
          ? await factors.passkeys.used({ for: 'confirm', session: session.id, person: caller.id }, site(request), response)
          : // Six digits are an app's; whoever has left the phone at home has the recovery codes.
            /^[\d\s-]{6,8}$/.test(code ?? '')
            ? await factors.takeTotp(caller.id, code ?? '')
            : await factors.takeRecovery(caller.id, code ?? '')
      if (!proved.ok) {
        await signIn.throttle.failed(caller.id, request, 'confirm')
        throw refusal(proved.reason)
      }
      signIn.throttle.passed(caller.id, request)
      stepUp.confirm(session.id)
    },
  })
}

/** Phone lost, key drowned: two administrators take all of it away, the password too (whoever found it must not be the first to come); a link begins anew. */
function resetRoute({ http, access, signIn, factors }: Parts): void {
  http.route({
    method: 'POST',
    path: '/api/people/:id/reset-factors',
    deed: 'factors.reset',
    summary:
      'A second factor is lost: all of a person’s go, the password too, and their sessions end; then make them a link (two administrators)',
    tag: 'access',
    params: PersonId,
    body: Type.Object({ reason: Type.Optional(Type.String({ maxLength: 500 })), deedId: Type.Optional(Type.String({ maxLength: 100 })) }),
    answer: Type.Object({ ok: Type.Boolean() }),
    aloneWhileNobodyElse: true,
    thing({ params, grant }) {
      const person = personOf(access, grant, params.id)
      return {
        id: person.id,
        organisations: [person.organisation],
        cannotAgree: person.id,
        ko: `${person.name}의 인증 수단 초기화`,
        en: `reset the second factors of ${person.name}`,
      }
    },
    async handle({ params, caller, grant }) {
      const person = personOf(access, grant, params.id)
      const by = byCaller(caller)
      await factors.reset(person.id, { ...by, more: [dropPassword(person.id), endLinksOf(person.id)] })
      const { who, session, second } = by
      await signIn.sessions.endAllOf(person.id, {
        who,
        ...(session === undefined ? {} : { session }),
        ...(second === undefined ? {} : { second }),
        why: 'factors-reset',
      })
      return { ok: true }
    },
  })
}
