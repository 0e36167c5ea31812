// People over HTTP: who works where, their personal data (every look is audited), registering, locking, leaving. What a person may do hangs on posts (post-routes.ts).
import { Type } from 'typebox'
import type { Caller, Clock, Grant } from '#base/index.ts'
import { type Http, notFound } from '#platform/http/index.ts'
import type { Store } from '#platform/store/index.ts'
import type { Access } from './access.ts'
import { auditStatement, authorOf } from './audit.ts'
import type { By } from './people.ts'
import { PERSON_KINDS, type Person } from './person.ts'
import { orRefuse } from './refusal.ts'

export const byCaller = (caller: Caller, note?: string): By => ({ ...authorOf(caller), ...(note === undefined ? {} : { note }) })
const iso = (ms: number): string => new Date(ms).toISOString()

const PostShape = Type.Object({ post: Type.String(), organisation: Type.String(), delegatedBy: Type.Optional(Type.String()) })
const PersonShape = Type.Object({
  id: Type.String(),
  name: Type.String(),
  organisation: Type.String(),
  kind: Type.String(),
  isActive: Type.Boolean(),
  posts: Type.Array(PostShape, { description: 'held now, own and lent' }),
})
/** The sealed account is made with the first administrator, and by nobody else: it needs no second factor. */
const REGISTERED = PERSON_KINDS.filter(kind => kind !== 'break-glass')
export const PersonId = Type.Object({ id: Type.String() })
const Words = {
  name: Type.String({ minLength: 1, maxLength: 80 }),
  organisation: Type.String({ maxLength: 40 }),
  email: Type.Optional(Type.String({ maxLength: 200 })),
  phone: Type.Optional(Type.String({ maxLength: 32 })),
}

/** The person, where it is one the caller may know of. */
export function personOf(access: Access, grant: Grant, id: string): Person {
  const person = access.people.personById(id)
  if (!person || !grant.covers([person.organisation])) throw notFound({ ko: `사람 ${id}`, en: `person ${id}` })
  return person
}

export function peopleRoutes(http: Http, access: Access, store: Store, clock: Clock): void {
  const { people } = access
  const short = (person: Person) => ({
    id: person.id,
    name: person.name,
    organisation: person.organisation,
    kind: person.kind,
    isActive: person.isActive,
    posts: people.appointmentsOf(person.id, clock.now()),
    ...(person.endedAtMs === undefined ? {} : { endedAt: iso(person.endedAtMs) }),
  })
  const nameOf = (id: string) => ({ id, name: people.personById(id)?.name ?? id })
  const full = (person: Person) => ({
    ...short(person),
    createdAt: iso(person.createdAtMs),
    ...(person.loginName === undefined ? {} : { loginName: person.loginName }),
    ...(person.email === undefined ? {} : { email: person.email }),
    ...(person.phone === undefined ? {} : { phone: person.phone }),
    ...(person.erasedAtMs === undefined ? {} : { erasedAt: iso(person.erasedAtMs) }),
    held: people
      .posts()
      .filter(post => post.person === person.id)
      .map(({ person: _person, fromMs, untilMs, ...post }) => ({
        ...post,
        from: iso(fromMs),
        ...(untilMs === undefined ? {} : { until: iso(untilMs) }),
      })),
    delegations: people
      .delegations()
      .filter(one => one.from === person.id || one.to === person.id)
      .map(({ from, to, fromMs, untilMs, ...one }) => ({
        ...one,
        giver: nameOf(from),
        taker: nameOf(to),
        from: iso(fromMs),
        until: iso(untilMs),
      })),
  })

  http.route({
    method: 'GET',
    path: '/api/people',
    deed: 'people.look',
    summary: 'Who works where, with the posts held now; no personal data beside the name',
    tag: 'access',
    query: Type.Object({
      organisation: Type.Optional(Type.String({ description: 'with those below it' })),
      q: Type.Optional(Type.String({ maxLength: 80 })),
      left: Type.Optional(Type.Boolean({ description: 'with who has left' })),
    }),
    answer: Type.Array(PersonShape),
    handle({ query, grant }) {
      const below = query.organisation === undefined ? undefined : access.organisations().below(query.organisation)
      const words = query.q?.trim().toLowerCase() ?? ''
      return people
        .all()
        .filter(
          person =>
            grant.covers([person.organisation]) &&
            (below === undefined || below.has(person.organisation)) &&
            (query.left === true || person.endedAtMs === undefined) &&
            person.name.toLowerCase().includes(words),
        )
        .map(short)
    },
  })
  http.route({
    method: 'GET',
    path: '/api/people/:id',
    deed: 'people.details',
    summary: 'A person with personal data, posts and loans; the look is audited',
    tag: 'access',
    params: PersonId,
    query: Type.Object({ reason: Type.Optional(Type.String({ maxLength: 500 })) }),
    answer: PersonShape,
    async handle({ params, query, caller, grant }) {
      const person = personOf(access, grant, params.id)
      // First the trail, then the data: who looks without a record sees nothing.
      await store.write([
        auditStatement({
          atMs: clock.now(),
          ...authorOf(caller),
          deed: 'person.look',
          thing: person.id,
          ...(query.reason ? { note: query.reason } : {}),
        }),
      ])
      return full(person)
    },
  })
  http.route({
    method: 'POST',
    path: '/api/people',
    deed: 'people.change',
    summary: 'Register a person (machine, screen); without posts they may do nothing yet',
    tag: 'access',
    body: Type.Object(
      {
        loginName: Type.String({ maxLength: 64 }),
        kind: Type.Optional(Type.Union(REGISTERED.map(kind => Type.Literal(kind)))),
        ...Words,
      },
      { additionalProperties: false },
    ),
    answer: PersonShape,
    status: 201,
    async handle({ body, caller, grant }) {
      if (!grant.covers([body.organisation])) throw notFound({ ko: `조직 ${body.organisation}`, en: `organisation ${body.organisation}` })
      return full(orRefuse(await people.add(body, byCaller(caller))))
    },
  })
  http.route({
    method: 'PUT',
    path: '/api/people/:id',
    deed: 'people.change',
    summary: 'Change name, place, e-mail, telephone; lock or unlock',
    tag: 'access',
    params: PersonId,
    body: Type.Object(
      {
        name: Type.Optional(Words.name),
        organisation: Type.Optional(Words.organisation),
        email: Words.email,
        phone: Words.phone,
        isActive: Type.Optional(Type.Boolean()),
      },
      { additionalProperties: false },
    ),
    answer: PersonShape,
    async handle({ params, body, caller, grant }) {
      personOf(access, grant, params.id)
      if (body.organisation !== undefined && !grant.covers([body.organisation]))
        throw notFound({ ko: `조직 ${body.organisation}`, en: `organisation ${body.organisation}` })
      return full(orRefuse(await people.change(params.id, body, byCaller(caller))))
    },
  })
  http.route({
    method: 'POST',
    path: '/api/people/:id/end',
    deed: 'people.change',
    summary: 'Has left: posts end at once, the name and the records stay',
    tag: 'access',
    params: PersonId,
    answer: PersonShape,
    async handle({ params, caller, grant }) {
      personOf(access, grant, params.id)
      return full(orRefuse(await people.end(params.id, byCaller(caller))))
    },
  })
  http.route({
    method: 'POST',
    path: '/api/people/:id/erase',
    deed: 'people.erase',
    summary: 'Erase the personal data of who has left (two administrators); the name stays beside the records',
    tag: 'access',
    params: PersonId,
    body: Type.Object({ reason: Type.Optional(Type.String({ maxLength: 500 })), deedId: Type.Optional(Type.String({ maxLength: 100 })) }),
    answer: PersonShape,
    thing({ params, grant }) {
      const person = personOf(access, grant, params.id)
      return {
        id: person.id,
        organisations: [person.organisation],
        ko: `${person.name}의 개인정보 파기`,
        en: `erase the personal data of ${person.name}`,
      }
    },
    handle: async ({ params, caller }) => full(orRefuse(await people.erase(params.id, byCaller(caller)))),
  })
}
