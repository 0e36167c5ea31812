import { Type } from 'typebox'
import type { Caller, Grant } from '#base/index.ts'
import { badInput, type Http, HttpRefusal, notFound } from '#platform/http/index.ts'
import type { Alarm, AlarmDeed } from './alarm.ts'
import type { Alerts } from './alerts.ts'
import type { alarmView } from './view.ts'

const Words = Type.Object({ ko: Type.String(), en: Type.String() })
const Reason = Type.Object({
  detector: Type.String(),
  level: Type.Integer(),
  from: Type.String(),
  to: Type.Optional(Type.String()),
  why: Words,
})
const AlarmShape = Type.Object({
  id: Type.String(),
  level: Type.Integer({ minimum: 0, maximum: 4, description: '0 emergency, 1 critical, 2 high, 3 medium' }),
  state: Type.String({ description: 'raised acknowledged assigned shelved resolved false closed' }),
  detector: Type.String(),
  ships: Type.Array(Type.Integer(), { description: 'MMSI' }),
  raisedAt: Type.String({ format: 'date-time' }),
  endedAt: Type.Optional(Type.String()),
  place: Type.Optional(Type.Object({ lat: Type.Number(), lon: Type.Number() })),
  placeName: Type.Optional(Type.Object({ ko: Type.String(), en: Type.String() }, { description: 'where that is in words' })),
  near: Type.Optional(Type.Object({ ko: Type.String(), en: Type.String() }, { description: 'the name it is near' })),
  why: Words,
  reasons: Type.Array(Reason),
  history: Type.Array(Type.Object({ at: Type.String(), who: Type.String(), deed: Type.String(), note: Type.Optional(Type.String()) })),
  revision: Type.Integer(),
})
const Id = Type.Object({ id: Type.String() })
const DeedId = { deedId: Type.Optional(Type.String({ maxLength: 100, description: 'the same deed id does it once' })) }
const PAGE = 200

interface Acting {
  readonly caller: Caller
  readonly grant: Grant
}

/** /api/alarms and what officers do with them. `view` makes the API's form of an alarm; `withNames` puts persons' names for their ids. */
export function alertRoutes(
  http: Http,
  alerts: Alerts,
  view: (alarm: Alarm) => ReturnType<typeof alarmView>,
  withNames: (sentence: string) => string = sentence => sentence,
): void {
  http.route({
    method: 'GET',
    path: '/api/alarms',
    deed: 'alarms.look',
    summary: 'The open alarms, newest first; with state=closed the closed ones, paged by before; with ship all of that ship',
    tag: 'alarms',
    query: Type.Object({
      state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('closed')])),
      ship: Type.Optional(Type.Integer({ minimum: 1, maximum: 999_999_999, description: 'MMSI' })),
      before: Type.Optional(Type.String()),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
    }),
    answer: Type.Array(AlarmShape),
    handle({ query, grant }) {
      const isVisible = (alarm: Alarm): boolean => grant.covers(alarm.organisations ?? [])
      if (query.ship !== undefined) return alerts.ofShip(query.ship, query.limit ?? PAGE, isVisible).map(view)
      const before = query.before === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(query.before)
      if (Number.isNaN(before)) throw badInput({ ko: 'before는 ISO 8601 시각이어야 합니다', en: 'before is a time in ISO 8601' })
      const alarms =
        query.state === 'closed'
          ? alerts.closed(before, query.limit ?? PAGE, isVisible)
          : alerts
              .open()
              .filter(isVisible)
              .sort((a, b) => b.joined.raisedAtMs - a.joined.raisedAtMs)
      return alarms.map(view)
    },
  })
  http.route({
    method: 'GET',
    path: '/api/alarms/:id',
    deed: 'alarms.look',
    summary: 'One alarm, open or closed',
    tag: 'alarms',
    params: Id,
    answer: AlarmShape,
    handle({ params, grant }) {
      const alarm = alerts.get(params.id)
      if (!alarm || !grant.covers(alarm.organisations ?? [])) throw notFound({ ko: `경보 ${params.id}`, en: `alarm ${params.id}` })
      return view(alarm)
    },
  })

  const act = async ({ id }: { readonly id: string }, deed: AlarmDeed, { caller, grant }: Acting, deedId: string | undefined) => {
    const known = alerts.get(id)
    if (!known || !grant.covers(known.organisations ?? [])) throw notFound({ ko: `경보 ${id}`, en: `alarm ${id}` })
    const outcome = await alerts.act(id, deed, caller.id, deedId)
    if (!outcome) throw notFound({ ko: `경보 ${id}`, en: `alarm ${id}` })
    if ('code' in outcome) throw new HttpRefusal(409, outcome.code, { ko: withNames(outcome.ko), en: withNames(outcome.en) })
    return view(outcome)
  }
  const common = { method: 'POST' as const, deed: 'alarms.act', tag: 'alarms', params: Id, answer: AlarmShape }
  http.route({
    ...common,
    path: '/api/alarms/:id/acknowledge',
    summary: 'Seen and taken on',
    body: Type.Object(DeedId),
    handle: ({ params, body, ...acting }) => act(params, { deed: 'acknowledge' }, acting, body.deedId),
  })
  http.route({
    ...common,
    path: '/api/alarms/:id/assign',
    summary: 'Given to somebody',
    body: Type.Object({
      to: Type.String({ minLength: 1, maxLength: 100 }),
      note: Type.Optional(Type.String({ maxLength: 2000 })),
      ...DeedId,
    }),
    handle: ({ params, body, ...acting }) => act(params, { deed: 'assign', to: body.to, note: body.note ?? '' }, acting, body.deedId),
  })
  http.route({
    ...common,
    path: '/api/alarms/:id/shelve',
    summary: 'Put aside until a time, with a reason',
    body: Type.Object({ reason: Type.String({ maxLength: 2000 }), until: Type.String(), ...DeedId }),
    handle: ({ params, body, ...acting }) =>
      act(params, { deed: 'shelve', reason: body.reason, untilMs: Date.parse(body.until) }, acting, body.deedId),
  })
  http.route({
    ...common,
    path: '/api/alarms/:id/unshelve',
    summary: 'Back from the shelf',
    body: Type.Object(DeedId),
    handle: ({ params, body, ...acting }) => act(params, { deed: 'unshelve' }, acting, body.deedId),
  })
  http.route({
    ...common,
    path: '/api/alarms/:id/resolve',
    summary: 'Closed, with its outcome (false = false alarm)',
    body: Type.Object({
      outcome: Type.String({ minLength: 1, maxLength: 100 }),
      note: Type.Optional(Type.String({ maxLength: 2000 })),
      ...DeedId,
    }),
    handle: ({ params, body, ...acting }) =>
      act(params, { deed: 'resolve', outcome: body.outcome, note: body.note ?? '' }, acting, body.deedId),
  })
  http.route({
    ...common,
    path: '/api/alarms/:id/note',
    summary: 'A note',
    body: Type.Object({ text: Type.String({ maxLength: 2000 }), ...DeedId }),
    handle: ({ params, body, ...acting }) => act(params, { deed: 'note', text: body.text }, acting, body.deedId),
  })
  http.route({
    ...common,
    path: '/api/alarms/:id/seen',
    summary: 'An ended alarm was seen: it leaves the list',
    body: Type.Object(DeedId),
    handle: ({ params, body, ...acting }) => act(params, { deed: 'seen' }, acting, body.deedId),
  })
}
