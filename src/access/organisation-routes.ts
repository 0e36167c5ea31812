// The tree of organisations over HTTP. Everybody sees it (names stand on every screen); administrators change it, by two.
import { Type } from 'typebox'
import { type Http, notFound } from '#platform/http/index.ts'
import type { Access } from './access.ts'
import { authorOf } from './audit.ts'
import { ORGANISATION_KINDS, type Organisation } from './organisation.ts'
import type { OrganisationWords } from './organisations.ts'
import { orRefuse } from './refusal.ts'

const Name = Type.String({ minLength: 1, maxLength: 60 })
const Place = Type.Object({ lat: Type.Number({ minimum: -90, maximum: 90 }), lon: Type.Number({ minimum: -180, maximum: 180 }) })
const Reason = { reason: Type.Optional(Type.String({ maxLength: 500 })), deedId: Type.Optional(Type.String({ maxLength: 100 })) }
const WORDS = {
  parent: Type.Optional(Type.String({ maxLength: 40 })),
  shortKo: Type.Optional(Name),
  shortEn: Type.Optional(Name),
  phone: Type.Optional(Type.String({ maxLength: 32 })),
  place: Type.Optional(Place),
  isExample: Type.Optional(Type.Boolean()),
}
const Changed = Type.Object({ ko: Type.Optional(Name), en: Type.Optional(Name), ...WORDS, ...Reason }, { additionalProperties: false })
const Added = Type.Object(
  {
    id: Type.String({ minLength: 2, maxLength: 40 }),
    kind: Type.Union(ORGANISATION_KINDS.map(kind => Type.Literal(kind))),
    ko: Name,
    en: Name,
    ...WORDS,
    ...Reason,
  },
  { additionalProperties: false },
)
const OrganisationShape = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  parent: Type.Optional(Type.String()),
  ko: Type.String(),
  en: Type.String(),
  shortKo: Type.String(),
  shortEn: Type.String(),
  isExample: Type.Boolean({ description: 'public sources do not give it; nobody has confirmed it yet' }),
  closedAt: Type.Optional(Type.String()),
})
const Id = Type.Object({ id: Type.String() })

const view = ({ closedAtMs, ...one }: Organisation) => ({
  ...one,
  ...(closedAtMs === undefined ? {} : { closedAt: new Date(closedAtMs).toISOString() }),
})
const wordsOf = ({ reason: _reason, deedId: _deedId, ...words }: OrganisationWords & { reason?: string; deedId?: string }) => words

export function organisationRoutes(http: Http, access: Access): void {
  const desk = access.organisationDesk
  const nameOf = (id: string): Organisation => {
    const one = desk.tree().get(id)
    if (!one) throw notFound({ ko: `조직 ${id}`, en: `organisation ${id}` })
    return one
  }
  const common = { deed: 'organisations.change', tag: 'access', answer: OrganisationShape, aloneWhileNobodyElse: true } as const
  http.route({
    method: 'GET',
    path: '/api/organisations',
    deed: 'organisations.look',
    summary: 'Head office, customs offices and centres, in the order of the tree',
    tag: 'access',
    answer: Type.Array(OrganisationShape),
    handle: () => desk.tree().all.map(view),
  })
  http.route({
    ...common,
    method: 'POST',
    path: '/api/organisations',
    summary: 'Add a customs office or centre (two administrators)',
    body: Added,
    status: 201,
    thing: ({ body }) => ({
      id: body.id,
      organisations: [body.parent ?? ''],
      ko: `조직 더하기: ${body.ko} (${nameOf(body.parent ?? '').ko} 아래)`,
      en: `add the organisation ${body.en} under ${nameOf(body.parent ?? '').en}`,
    }),
    handle: async ({ body, caller }) => {
      const { reason: _reason, deedId: _deedId, ...one } = body
      return view(orRefuse(await desk.add(one, authorOf(caller))))
    },
  })
  http.route({
    ...common,
    method: 'PUT',
    path: '/api/organisations/:id',
    summary: 'Rename, move, or confirm an organisation (two administrators)',
    params: Id,
    body: Changed,
    thing({ params, body, grant }) {
      const one = nameOf(params.id)
      if (body.parent !== undefined && !grant.covers([body.parent]))
        throw notFound({ ko: `조직 ${body.parent}`, en: `organisation ${body.parent}` })
      orRefuse(desk.changed(params.id, wordsOf(body)))
      const moved = body.parent === undefined || body.parent === one.parent ? undefined : nameOf(body.parent)
      const renamed = body.ko === undefined || body.ko === one.ko ? undefined : body.ko
      return {
        id: one.id,
        organisations: [one.id],
        ko: `조직 고치기: ${one.ko}${renamed ? ` → ${renamed}` : ''}${moved ? ` · ${moved.ko} 아래로 옮김` : ''}`,
        en: `change ${one.en}${body.en && body.en !== one.en ? ` → ${body.en}` : ''}${moved ? `, moved under ${moved.en}` : ''}`,
      }
    },
    handle: async ({ params, body, caller }) => view(orRefuse(await desk.change(params.id, wordsOf(body), authorOf(caller)))),
  })
  http.route({
    ...common,
    method: 'DELETE',
    path: '/api/organisations/:id',
    summary: 'Close an organisation; its records stay (two administrators)',
    params: Id,
    query: Type.Object(Reason),
    thing: ({ params }) => ({
      id: params.id,
      organisations: [params.id],
      ko: `조직 폐지: ${nameOf(params.id).ko}`,
      en: `close ${nameOf(params.id).en}`,
    }),
    handle: async ({ params, caller }) => view(orRefuse(await desk.close(params.id, authorOf(caller)))),
  })
}
