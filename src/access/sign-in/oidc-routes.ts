// The way to the agency's identity provider and back. The browser comes back from another site, so that our own strict cookies are not with it: what was found lies in a sealed
// cookie, and our page fetches its session by a request of its own. No secret stands in any address.

import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { HttpRefusal, notFound } from '#platform/http/index.ts'
import type { Parts } from './beyond-parts.ts'
import type { OidcFailure } from './oidc/index.ts'
import { closed, Desk, deskOf, Entered } from './route-parts.ts'

const BACK = '/sign-in/oidc/back'
const SENTENCES: Readonly<Record<OidcFailure, readonly [ko: string, en: string]>> = {
  'oidc-down': [
    '기관 통합인증이 응답하지 않습니다. 비밀번호나 봉인 계정으로 들어오십시오',
    'the identity provider does not answer; sign in by password, or by the sealed account',
  ],
  'oidc-expired': ['시간이 지났습니다. 처음부터 다시 하십시오', 'the time for this is over; begin again'],
  'oidc-refused': ['기관 통합인증에서 확인하지 못했습니다', 'the identity provider did not confirm it'],
  'oidc-unknown': ['이 제품에 등록되지 않은 사람입니다. 관리자에게 등록을 청하십시오', 'not registered here; ask an administrator'],
  'oidc-locked': ['잠긴 계정입니다. 관리자에게 물으십시오', 'this account is locked; ask an administrator'],
}
const failure = (code: OidcFailure): HttpRefusal => new HttpRefusal(401, code, { ko: SENTENCES[code][0], en: SENTENCES[code][1] })

export function oidcRoutes({ http, access, signIn, stepUp, oidc, isTls }: Parts): void {
  const { cookies } = signIn
  const none = (): HttpRefusal => notFound({ ko: '기관 통합인증', en: 'identity provider' })
  const failed = (reply: FastifyReply, code: OidcFailure): FastifyReply =>
    reply.header('set-cookie', cookies.endAway()).redirect(`/#sign-in-failed=${code}`)
  const redirectUri = ({ headers }: FastifyRequest): string =>
    // Behind a proxy of this machine that speaks TLS it is its word.
    `${isTls || headers['x-forwarded-proto'] === 'https' ? 'https' : 'http'}://${headers.host ?? ''}${BACK}`
  const open = { deed: 'open', tag: 'sign-in' } as const

  http.route({
    ...open,
    method: 'GET',
    path: '/sign-in/oidc',
    summary: 'Sends the browser to the agency’s identity provider; `again`: to prove anew who one is, in this session',
    query: Type.Object({ again: Type.Optional(Type.Literal('1')) }),
    async handle({ query, request, reply }) {
      if (!oidc) throw none()
      const session = query.again === '1' ? access.callerOf(request.raw)?.session : undefined
      if (query.again === '1' && session === undefined) return failed(reply, 'oidc-expired')
      const begun = await oidc.begin(redirectUri(request), session)
      return begun.ok
        ? reply.header('set-cookie', cookies.setAway(begun.value.kept)).redirect(begun.value.url)
        : failed(reply, begun.reason)
    },
  })
  http.route({
    ...open,
    method: 'GET',
    path: BACK,
    summary: 'Where the identity provider sends the browser back to',
    async handle({ request, reply }) {
      if (!oidc) throw none()
      const back = await oidc.back(request.url.split('?')[1] ?? '', cookies.away(request.raw))
      return back.ok ? reply.header('set-cookie', cookies.setAway(back.value.kept)).redirect('/#sign-in-oidc') : failed(reply, back.reason)
    },
  })
  http.route({
    ...open,
    method: 'POST',
    path: '/sign-in/oidc/enter',
    summary: 'Back from the identity provider: in, or what comes next; or confirmed, where one came to prove anew',
    body: Type.Object({ desk: Desk }, closed),
    answer: Entered,
    async handle({ body, ...rest }) {
      if (!oidc) throw none()
      const { request, reply } = rest
      const call = { ...rest, ...deskOf(body) }
      const arrived = oidc.arrived(cookies.away(request.raw))
      if (!arrived.ok) throw failure(arrived.reason)
      const { person, hasSecond, session } = arrived.value
      if (session !== undefined) {
        const caller = access.callerOf(request.raw)
        const known = caller && signIn.sessionOf(caller)
        // Somebody else has signed in there, or here, meanwhile.
        if (known?.id !== session || known.person !== person) throw failure('oidc-refused')
        stepUp.confirm(session)
        if (signIn.sessions.isLocked(known)) await signIn.sessions.unlock(known)
        reply.header('set-cookie', cookies.endAway())
        return { step: 'confirmed' }
      }
      const known = access.people.personById(person)
      if (known?.isActive !== true) throw failure('oidc-locked')
      const entered = hasSecond ? await signIn.enter(person, ['oidc', 'second'], call) : await signIn.proceed(known, ['oidc'], call)
      const own = reply.getHeader('set-cookie')
      reply.header('set-cookie', [...[own ?? []].flat().map(String), cookies.endAway()])
      return entered
    },
  })
}
