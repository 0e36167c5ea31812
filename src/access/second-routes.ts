// The inbox of deeds that take two: what waits for me, what I asked for; agree, refuse, withdraw.
import { Type } from 'typebox'
import type { Caller } from '#base/index.ts'
import type { Http } from '#platform/http/index.ts'
import type { Access } from './access.ts'
import { orRefuse } from './refusal.ts'
import type { SecondRequest } from './second-request.ts'

const RequestShape = Type.Object({
  number: Type.Integer(),
  deed: Type.String(),
  thing: Type.String(),
  organisations: Type.Array(Type.String()),
  what: Type.Object({ ko: Type.String(), en: Type.String() }),
  reason: Type.String(),
  who: Type.Object({ id: Type.String(), name: Type.String() }),
  askedAt: Type.String(),
  expiresAt: Type.String(),
  state: Type.String({ description: 'asked approved done failed refused withdrawn expired interrupted' }),
  second: Type.Optional(Type.Object({ id: Type.String(), name: Type.String() })),
  decidedAt: Type.Optional(Type.String()),
  note: Type.Optional(Type.String()),
  result: Type.Optional(Type.Unknown()),
})
const Number_ = Type.Object({ number: Type.Integer({ minimum: 1 }) })
const Said = Type.Object({ note: Type.Optional(Type.String({ maxLength: 500 })) })

/** A request as whoever may know of it sees it; what it gave is for the one who asked alone. */
export function secondView(access: Pick<Access, 'people'>, request: SecondRequest) {
  const named = (id: string) => ({ id, name: access.people.personById(id)?.name ?? id })
  return {
    number: request.number,
    deed: request.deed,
    thing: request.thing.id,
    organisations: request.thing.organisations ?? [],
    what: { ko: request.thing.ko, en: request.thing.en },
    reason: request.reason,
    who: named(request.who),
    askedAt: new Date(request.askedAtMs).toISOString(),
    expiresAt: new Date(request.expiresAtMs).toISOString(),
    state: request.state,
    ...(request.second === undefined ? {} : { second: named(request.second) }),
    ...(request.decidedAtMs === undefined ? {} : { decidedAt: new Date(request.decidedAtMs).toISOString() }),
    ...(request.note === undefined ? {} : { note: request.note }),
  }
}

export function secondRoutes(http: Http, access: Access): void {
  const { fourEyes } = access
  const view = (request: SecondRequest, caller: Caller) => ({
    ...secondView(access, request),
    isMine: request.who === caller.id,
    mayDecide: fourEyes.mayDecide(request, caller),
    ...(request.who === caller.id && request.result !== undefined ? { result: request.result } : {}),
  })
  const common = { method: 'POST' as const, deed: 'second.look', tag: 'access', params: Number_, answer: RequestShape }
  http.route({
    method: 'GET',
    path: '/api/second',
    deed: 'second.look',
    summary: 'Deeds that wait for a second officer: those I may agree to and those I asked for, newest first',
    tag: 'access',
    query: Type.Object({ before: Type.Optional(Type.Integer()), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })) }),
    answer: Type.Array(RequestShape),
    handle: ({ caller, query }) => fourEyes.list(caller, query).map(request => view(request, caller)),
  })
  http.route({
    ...common,
    deed: 'second.decide',
    path: '/api/second/:number/approve',
    summary: 'Agree: it is done now, with both in the audit',
    body: Said,
    handle: async ({ caller, params, body }) => view(orRefuse(await fourEyes.approve(params.number, caller, body.note)), caller),
  })
  http.route({
    ...common,
    deed: 'second.decide',
    path: '/api/second/:number/refuse',
    summary: 'Refuse, with a word why',
    body: Type.Object({ note: Type.String({ minLength: 1, maxLength: 500 }) }),
    handle: async ({ caller, params, body }) => view(orRefuse(await fourEyes.refuse(params.number, caller, body.note)), caller),
  })
  http.route({
    ...common,
    path: '/api/second/:number/withdraw',
    summary: 'Take back what one asked for',
    body: Said,
    handle: async ({ caller, params }) => view(orRefuse(await fourEyes.withdraw(params.number, caller)), caller),
  })
}
