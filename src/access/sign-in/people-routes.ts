// What an administrator does for others' sign-in: a link for who comes new or has lost the password, sessions that are seen and ended, keys of machines and wall screens.
import { Type } from 'typebox'
import { HttpRefusal, notFound } from '#platform/http/index.ts'
import { authorOf } from '../audit.ts'
import { PersonId, personOf } from '../people-routes.ts'
import type { Person } from '../person.ts'
import { addressHere, closed, SessionShape, type SignInRoutesOptions } from './route-parts.ts'

const DAY_MS = 86_400_000
const iso = (ms: number): string => new Date(ms).toISOString()
const tag = 'sign-in'
const KeyShape = Type.Object({
  id: Type.String(),
  name: Type.String(),
  rights: Type.Array(Type.String()),
  createdAt: Type.String(),
  usedAt: Type.Optional(Type.String()),
  endsAt: Type.Optional(Type.String()),
  endedAt: Type.Optional(Type.String()),
})

export function peopleSignInRoutes(options: SignInRoutesOptions): void {
  linkRoutes(options)
  sessionsOfOthers(options)
  keyRoutes(options)
}

function linkRoutes({ http, access, signIn }: SignInRoutesOptions): void {
  http.route({
    method: 'POST',
    path: '/api/people/:id/link',
    deed: 'people.let-in',
    summary: 'A link by which a person sets a new password: once, within 72 hours; an older one ends',
    tag,
    params: PersonId,
    answer: Type.Object({ url: Type.String({ description: 'shown once; hand it to the person alone' }) }),
    async handle({ params, caller, grant, request }) {
      const person = personOf(access, grant, params.id)
      if (person.kind !== 'person' || !person.isActive)
        throw new HttpRefusal(409, 'not-a-person', {
          ko: '로그인하는 사람의 계정이 아니거나 잠겨 있습니다',
          en: 'that account is no person’s, or it is locked',
        })
      const kind = signIn.hasPassword(person.id) ? 'reset' : 'invitation'
      const fragment = await signIn.links.make(person.id, kind, authorOf(caller))
      return { url: `${addressHere(http, request)}/${fragment}` }
    },
  })
}

function sessionsOfOthers({ http, access, signIn }: SignInRoutesOptions): void {
  http.route({
    method: 'GET',
    path: '/api/people/:id/sessions',
    deed: 'sessions.look',
    summary: 'Where a person is signed in; the look is audited',
    tag,
    params: PersonId,
    answer: Type.Array(SessionShape),
    async handle({ params, caller, grant }) {
      const person = personOf(access, grant, params.id)
      await signIn.note('sessions.look', caller, person.id)
      return signIn.listSessions(person.id, caller.session)
    },
  })
  http.route({
    method: 'DELETE',
    path: '/api/people/:id/sessions/:session',
    deed: 'sessions.end',
    summary: 'Ends a session of a person; open lines are cut',
    tag,
    params: Type.Object({ id: Type.String(), session: Type.String() }),
    async handle({ params, caller, grant }) {
      const person = personOf(access, grant, params.id)
      if (signIn.sessions.byId(params.session)?.person !== person.id) throw notFound({ ko: '그런 세션', en: 'such session' })
      await signIn.sessions.end(params.session, { ...authorOf(caller), why: 'ended-by-administrator' })
    },
  })
}

function keyRoutes({ http, access, signIn, clock }: SignInRoutesOptions): void {
  const machine = (person: Person): Person => {
    if (person.kind === 'machine' || person.kind === 'screen') return person
    throw new HttpRefusal(409, 'not-a-machine', {
      ko: '키는 연계 기계와 상황판에만 줍니다',
      en: 'keys are for machines and wall screens',
    })
  }
  const deeds = new Set(access.policies.map(policy => policy.deed))
  http.route({
    method: 'GET',
    path: '/api/people/:id/keys',
    deed: 'keys.look',
    summary: 'Keys of a machine or wall screen, with when they were used last',
    tag,
    params: PersonId,
    answer: Type.Array(KeyShape),
    handle: ({ params, grant }) =>
      signIn.keys.of(personOf(access, grant, params.id).id).map(({ id, name, rights, madeMs, usedMs, endsMs, endedMs }) => ({
        id,
        name,
        rights,
        createdAt: iso(madeMs),
        ...(usedMs === undefined ? {} : { usedAt: iso(usedMs) }),
        ...(endsMs === undefined ? {} : { endsAt: iso(endsMs) }),
        ...(endedMs === undefined ? {} : { endedAt: iso(endedMs) }),
      })),
  })
  http.route({
    method: 'POST',
    path: '/api/people/:id/keys',
    deed: 'keys.change',
    summary: 'A new key of a machine or wall screen: what its posts allow and these rights name',
    tag,
    params: PersonId,
    body: Type.Object(
      {
        name: Type.String({ minLength: 1, maxLength: 80 }),
        rights: Type.Array(Type.String({ maxLength: 60 }), { minItems: 1, maxItems: 100, description: 'read, act, or deeds' }),
        days: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650 })),
      },
      closed,
    ),
    status: 201,
    answer: Type.Object({ id: Type.String(), key: Type.String({ description: 'shown once' }) }),
    async handle({ params, body, caller, grant }) {
      const person = machine(personOf(access, grant, params.id))
      const unknown = body.rights.find(right => right !== 'read' && right !== 'act' && !deeds.has(right))
      if (unknown !== undefined)
        throw new HttpRefusal(400, 'no-such-right', { ko: `‘${unknown}’이라는 권한 없음`, en: `there is no right ‘${unknown}’` })
      const { token, key } = await signIn.keys.make(
        {
          person: person.id,
          name: body.name.normalize('NFC').trim(),
          rights: body.rights,
          ...(body.days === undefined ? {} : { endsMs: clock.now() + body.days * DAY_MS }),
        },
        authorOf(caller),
      )
      return { id: key.id, key: token }
    },
  })
  http.route({
    method: 'DELETE',
    path: '/api/people/:id/keys/:key',
    deed: 'keys.change',
    summary: 'Ends a key, and the sessions that hang on it',
    tag,
    params: Type.Object({ id: Type.String(), key: Type.String() }),
    async handle({ params, caller, grant }) {
      const person = personOf(access, grant, params.id)
      if (signIn.keys.byId(params.key)?.person !== person.id) throw notFound({ ko: '그런 키', en: 'such key' })
      await signIn.keys.end(params.key, authorOf(caller))
    },
  })
}
