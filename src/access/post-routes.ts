// Posts over HTTP: given, ended and lent, each by two; the effect of a change before it is asked for; people imported from a list; the matrix of who may what.
import { type TObject, type TSchema, Type } from 'typebox'
import { type Clock, type Grant, POSTS, type Thing } from '#base/index.ts'
import { badInput, type Http, notFound } from '#platform/http/index.ts'
import { withParticle } from '#rules/index.ts'
import type { Access } from './access.ts'
import { deedChanges } from './effect.ts'
import { readPeople } from './import-people.ts'
import type { OrganisationTree } from './organisation.ts'
import { byCaller, PersonId, personOf } from './people-routes.ts'
import { type Delegation, type HeldPost, inForce, type Person } from './person.ts'
import { orRefuse, refusal } from './refusal.ts'
import { POST_NAMES } from './schema.ts'

const Reason = { reason: Type.Optional(Type.String({ maxLength: 500 })), deedId: Type.Optional(Type.String({ maxLength: 100 })) }
const PostWord = Type.Union(POSTS.map(post => Type.Literal(post)))
const Span = { from: Type.Optional(Type.String({ description: 'ISO 8601; now where absent' })), until: Type.Optional(Type.String()) }
const PostBody = Type.Object(
  { post: PostWord, organisation: Type.String({ maxLength: 40 }), ...Span, ...Reason },
  { additionalProperties: false },
)
const LoanBody = Type.Object(
  {
    giver: Type.String(),
    taker: Type.String(),
    post: PostWord,
    organisation: Type.String({ maxLength: 40 }),
    from: Type.Optional(Type.String()),
    until: Type.String(),
    ...Reason,
  },
  { additionalProperties: false },
)
/** Days are told as the officers' calendar has them. */
const KST_MS = 9 * 3_600_000
const Done = Type.Object({ ok: Type.Boolean() })
const Extent = Type.Object({ alone: Type.Unknown(), second: Type.Unknown() })
const EffectShape = Type.Object({
  people: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      deeds: Type.Array(Type.Object({ deed: Type.String(), before: Extent, after: Extent })),
    }),
  ),
})

export function postRoutes(http: Http, access: Access, clock: Clock): void {
  const { people } = access
  const organisation = (id: string, grant: Grant) => {
    const one = access.organisations().get(id)
    if (!one || !grant.covers([id])) throw notFound({ ko: `조직 ${id}`, en: `organisation ${id}` })
    return one
  }
  const timeOf = (text: string | undefined, otherwise: number): number => {
    const ms = text === undefined ? otherwise : Date.parse(text)
    if (Number.isNaN(ms))
      throw badInput({ ko: `시각 ${withParticle(`‘${text}’`, '은')} ISO 8601이어야 합니다`, en: `the time ‘${text}’ must be ISO 8601` })
    return ms
  }
  const spanOf = (body: { readonly from?: string; readonly until?: string }) => ({
    fromMs: timeOf(body.from, clock.now()),
    ...(body.until === undefined ? {} : { untilMs: timeOf(body.until, 0) }),
  })
  const dayOf = (ms: number): string => new Date(ms + KST_MS).toISOString().slice(0, 10)
  const spanWords = (body: { readonly from?: string; readonly until?: string }, now: string, open: string): string =>
    // What ends at midnight counts its last day whole, and is called by it.
    `${body.from === undefined ? now : dayOf(Date.parse(body.from))} ~ ${body.until === undefined ? open : dayOf(Date.parse(body.until) - 1)}`
  const postThing = (
    person: Person,
    body: { readonly post: HeldPost['post']; readonly organisation: string },
    grant: Grant,
    ko: string,
    en: string,
  ): Thing => {
    const place = organisation(body.organisation, grant)
    const name = POST_NAMES[body.post]
    return {
      id: person.id,
      organisations: [body.organisation],
      ko: `${ko}: ${person.name} · ${name.ko} · ${place.ko}`,
      en: `${en}: ${person.name}, ${name.en}, ${place.en}`,
    }
  }
  const heldOf = (id: string, grant: Grant): HeldPost => {
    const post = people.posts().find(one => String(one.id) === id)
    if (!post || !grant.covers([post.organisation])) throw notFound({ ko: `맡은 일 ${id}`, en: `appointment ${id}` })
    return post
  }
  const change = { deed: 'rights.change', tag: 'access', answer: Done, aloneWhileNobodyElse: true } as const

  http.route({
    method: 'GET',
    path: '/api/rights',
    deed: 'rights.look',
    summary: 'Every deed and how far each post reaches with it',
    tag: 'access',
    answer: Type.Object({ posts: Type.Array(Type.Unknown()), deeds: Type.Array(Type.Unknown()) }),
    handle: () => ({ posts: POSTS.map(post => ({ post, ...POST_NAMES[post] })), deeds: access.policies }),
  })
  http.route({
    ...change,
    method: 'POST',
    path: '/api/people/:id/posts',
    summary: 'Give a post in an organisation, with dates (two administrators)',
    params: PersonId,
    body: PostBody,
    thing: ({ params, body, grant }) => {
      const thing = postThing(personOf(access, grant, params.id), body, grant, '맡은 일 더하기', 'give a post')
      return { ...thing, ko: `${thing.ko} · ${spanWords(body, '지금', '계속')}`, en: `${thing.en}, ${spanWords(body, 'now', 'open')}` }
    },
    async handle({ params, body, caller }) {
      orRefuse(await people.give(params.id, { post: body.post, organisation: body.organisation, ...spanOf(body) }, byCaller(caller)))
      return { ok: true }
    },
  })
  http.route({
    ...change,
    method: 'DELETE',
    path: '/api/people/:id/posts/:post',
    summary: 'End a post now (two administrators)',
    params: Type.Object({ id: Type.String(), post: Type.String() }),
    query: Type.Object(Reason),
    thing: ({ params, grant }) =>
      postThing(personOf(access, grant, params.id), heldOf(params.post, grant), grant, '맡은 일 끝내기', 'end a post'),
    async handle({ params, caller }) {
      orRefuse(await people.takeBack(Number(params.post), byCaller(caller)))
      return { ok: true }
    },
  })

  const loanOf = (body: {
    readonly giver: string
    readonly taker: string
    readonly post: Delegation['post']
    readonly organisation: string
    readonly from?: string
    readonly until: string
  }) => ({
    from: body.giver,
    to: body.taker,
    post: body.post,
    organisation: body.organisation,
    fromMs: timeOf(body.from, clock.now()),
    untilMs: timeOf(body.until, 0),
  })
  http.route({
    method: 'POST',
    path: '/api/delegations',
    deed: 'rights.delegate',
    summary: 'Lend a post to a colleague until an end, with a reason (two officers)',
    tag: 'access',
    body: LoanBody,
    answer: Done,
    thing({ body, grant }) {
      const [giver, taker] = [people.personById(body.giver), people.personById(body.taker)]
      if (!giver || !taker) throw notFound({ ko: '위임할 사람', en: 'person to lend from or to' })
      const thing = postThing(giver, body, grant, '위임', 'lend')
      return {
        ...thing,
        ko: `${thing.ko} → ${taker.name} · ${spanWords(body, '지금', '')}`,
        en: `${thing.en} → ${taker.name}, ${spanWords(body, 'now', '')}`,
      }
    },
    async handle({ body, caller }) {
      orRefuse(await people.delegate({ ...loanOf(body), reason: body.reason ?? '' }, byCaller(caller)))
      return { ok: true }
    },
  })
  http.route({
    method: 'DELETE',
    path: '/api/delegations/:id',
    deed: 'rights.return',
    summary: 'End a loan early: who gave, who got, or an administrator',
    tag: 'access',
    params: PersonId,
    answer: Done,
    async handle({ params, caller }) {
      const loan = people.delegations().find(one => String(one.id) === params.id)
      const mayRule = loan && access.grantOf(caller, 'rights.change')?.covers([loan.organisation]) === true
      if (!loan || !(loan.from === caller.id || loan.to === caller.id || mayRule))
        throw notFound({ ko: `위임 ${params.id}`, en: `delegation ${params.id}` })
      orRefuse(await people.endDelegation(loan.id, byCaller(caller)))
      return { ok: true }
    },
  })

  http.route({
    method: 'POST',
    path: '/api/rights/effect',
    deed: 'people.change',
    summary: 'What a change of posts or of the tree would do to whom; changes nothing',
    tag: 'access',
    body: Type.Object({
      give: Type.Optional(Type.Object({ person: Type.String(), post: PostWord, organisation: Type.String(), ...Span })),
      end: Type.Optional(Type.Object({ post: Type.Integer() })),
      lend: Type.Optional(LoanBody),
      move: Type.Optional(Type.Object({ organisation: Type.String(), parent: Type.String() })),
    }),
    answer: EffectShape,
    handle({ body, grant }) {
      const { give, end, lend, move } = body
      const after = {
        posts: people
          .posts()
          .map(post => (post.id === end?.post ? { ...post, untilMs: post.fromMs } : post))
          .concat(give ? [{ id: -1, person: give.person, post: give.post, organisation: give.organisation, ...spanOf(give) }] : []),
        delegations: [...people.delegations(), ...(lend ? [{ id: -1, ...loanOf(lend), reason: '' }] : [])],
        tree: move ? orRefuse(access.organisationDesk.changed(move.organisation, { parent: move.parent })) : access.organisations(),
      }
      // Looked at when the change acts: a post from next month on is compared then.
      const atMs = Math.max(clock.now(), give ? spanOf(give).fromMs : 0, lend ? loanOf(lend).fromMs : 0)
      const touched = people
        .all()
        .filter(person => person.isActive && grant.covers([person.organisation]))
        .flatMap(person => {
          const before = {
            appointments: inForce(person.id, people.posts(), people.delegations(), atMs).appointments,
            tree: access.organisations(),
          }
          const then = { appointments: inForce(person.id, after.posts, after.delegations, atMs).appointments, tree: after.tree }
          const deeds = deedChanges(before, then, access.policies)
          return deeds.length === 0 ? [] : [{ id: person.id, name: person.name, deeds }]
        })
      return { people: touched }
    },
  })
  importRoutes(http, access, clock)
}

/** The smallest organisation that has all these below it: who agrees to the list must reach them all. */
const commonOf = (tree: OrganisationTree, ids: readonly string[]): string =>
  tree.all
    .filter(one => ids.every(id => tree.below(one.id).has(id)))
    .reduce((best, one) => (tree.below(one.id).size < tree.below(best).size ? one.id : best), tree.headOffice)

const ImportAnswer = Type.Object({
  lines: Type.Array(
    Type.Object({
      line: Type.Integer(),
      login: Type.String(),
      name: Type.String(),
      does: Type.String(),
      why: Type.Optional(Type.Unknown()),
    }),
  ),
  good: Type.Integer(),
  bad: Type.Integer(),
})

function importRoutes(http: Http, access: Access, clock: Clock): void {
  const { people } = access
  const Body: TSchema = Type.Object({ csv: Type.String({ maxLength: 1_000_000 }), ...Reason })
  const csvOf = (body: unknown): string => String(Object(body).csv ?? '')
  const read = (csv: string, grant: Grant) => {
    const lines = readPeople(csv, access, clock.now())
    return lines.map(line =>
      line.ok &&
      ![line.value.organisation, ...(line.value.posts ?? []).map(post => post.organisation)].every(place => grant.covers([place]))
        ? {
            ...line,
            ok: false as const,
            reason: { code: 'not-yours', ko: '권한이 미치지 않는 조직입니다', en: 'an organisation beyond your reach' },
          }
        : line,
    )
  }
  const report = (lines: ReturnType<typeof read>) => ({
    lines: lines.map(line => ({
      line: line.line,
      login: line.login,
      name: line.name,
      does: line.ok ? 'add' : 'refused',
      ...(line.ok ? {} : { why: { ko: line.reason.ko, en: line.reason.en } }),
    })),
    good: lines.filter(line => line.ok).length,
    bad: lines.filter(line => !line.ok).length,
  })
  http.route<TObject, TObject, TSchema>({
    method: 'POST',
    path: '/api/people/import/preview',
    deed: 'people.change',
    summary: 'What a list of people (CSV) would bring, line by line; keeps nothing',
    tag: 'access',
    body: Body,
    answer: ImportAnswer,
    handle: ({ body, grant }) => report(read(csvOf(body), grant)),
  })
  http.route<TObject, TObject, TSchema>({
    method: 'POST',
    path: '/api/people/import',
    deed: 'rights.change',
    summary: 'Bring a list of people with their posts (two administrators); a list with a bad line is not taken at all',
    tag: 'access',
    body: Body,
    answer: ImportAnswer,
    aloneWhileNobodyElse: true,
    thing({ body, grant }) {
      const lines = read(csvOf(body), grant)
      const bad = lines.find(line => !line.ok)
      if (bad && !bad.ok)
        throw refusal({ code: 'bad-line', ko: `${bad.line}번째 줄: ${bad.reason.ko}`, en: `line ${bad.line}: ${bad.reason.en}` })
      const good = lines.flatMap(line => (line.ok ? [line.value] : []))
      if (good.length === 0) throw badInput({ ko: '가져올 사람이 없습니다', en: 'there is nobody in the list' })
      return {
        id: `${good.length}`,
        organisations: [
          commonOf(
            access.organisations(),
            good.flatMap(person => [person.organisation, ...(person.posts ?? []).map(post => post.organisation)]),
          ),
        ],
        ko: `직원 ${good.length}명 가져오기: ${good
          .slice(0, 3)
          .map(person => person.name)
          .join(', ')}${good.length > 3 ? ' 등' : ''}`,
        en: `bring ${good.length} people: ${good
          .slice(0, 3)
          .map(person => person.name)
          .join(', ')}${good.length > 3 ? ' …' : ''}`,
      }
    },
    async handle({ body, caller, grant }) {
      const lines = read(csvOf(body), grant)
      orRefuse(
        await people.addAll(
          lines.flatMap(line => (line.ok ? [line.value] : [])),
          byCaller(caller),
        ),
      )
      // What came of it is kept with the request: how many, not who.
      return { ...report(lines), lines: [] }
    },
  })
}
