// /api/incident-drafts: each writer's own.
import { Type } from 'typebox'
import { ok } from '#base/index.ts'
import { badInput, type Http } from '#platform/http/index.ts'
import { type Drafts, MAX_DRAFT_LETTERS } from './drafts.ts'
import { answered } from './route-parts.ts'
import { Id, Time } from './shapes.ts'

const Params = Type.Object({ id: Id })

export function draftRoutes(http: Http, drafts: Drafts): void {
  const common = { deed: 'incidents.write', tag: 'incidents' } as const
  http.route({
    ...common,
    method: 'GET',
    path: '/api/incident-drafts',
    summary: 'The caller’s drafts, newest first',
    answer: Type.Array(Type.Object({ id: Type.String(), savedAt: Time, body: Type.Unknown() })),
    handle: ({ caller }) =>
      drafts.of(caller.id).map(({ savedAtMs, ...draft }) => ({ ...draft, savedAt: new Date(savedAtMs).toISOString() })),
  })
  http.route({
    ...common,
    method: 'PUT',
    path: '/api/incident-drafts/:id',
    summary: 'Save a draft under the id the report will have',
    params: Params,
    body: Type.Object({}, { additionalProperties: true }),
    answer: Type.Object({ savedAt: Time }),
    async handle({ params, body, caller }) {
      if (JSON.stringify(body).length > MAX_DRAFT_LETTERS)
        throw badInput({ ko: `초안은 ${MAX_DRAFT_LETTERS}자까지입니다`, en: `a draft has up to ${MAX_DRAFT_LETTERS} letters` })
      const savedMs = await answered(drafts.save(params.id, caller.id, body).then(ok))
      return { savedAt: new Date(savedMs).toISOString() }
    },
  })
  http.route({
    ...common,
    method: 'DELETE',
    path: '/api/incident-drafts/:id',
    summary: 'Throw a draft away',
    params: Params,
    handle: async ({ params, caller }) => void (await drafts.remove(params.id, caller.id)),
  })
}
