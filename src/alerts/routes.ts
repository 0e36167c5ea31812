import { Type } from 'typebox'
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
  why: Words,
  reasons: Type.Array(Reason),
  history: Type.Array(Type.Object({ at: Type.String(), who: Type.String(), deed: Type.String(), note: Type.Optional(Type.String()) })),
  revision: Type.Integer(),
})
const Id = Type.Object({ id: Type.String() })
const DeedId = { deedId: Type.Optional(Type.String({ maxLength: 100, description: 'the same deed id does it once' })) }
const PAGE = 200

/** /api/alarms and what officers do with them. `view` makes the API's form of an alarm. */
export function alertRoutes(http: Http, alerts: Alerts, view: (alarm: Alarm) => ReturnType<typeof alarmView>): void {
  http.route({
    method: 'GET',
    path: '/api/alarms',
    right: 'look',
    summary: 'The open alarms, newest first; with state=closed the closed ones, paged by before',
    tag: 'alarms',
    query: Type.Object({
      state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('closed')])),
      before: Type.Optional(Type.String()),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
    }),
    answer: Type.Array(AlarmShape),
    handle({ query }) {
      const before = query.before === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(query.before)
      if (Number.isNaN(before)) throw badInput({ ko: 'before는 ISO 8601 시각이어야 합니다', en: 'before is a time in ISO 8601' })
      const alarms =
        query.state === 'closed'
          ? alerts.closed(before, query.limit ?? PAGE)
          : [...alerts.open()].sort((a, b) => b.joined.raisedAtMs - a.joined.raisedAtMs)
      return alarms.map(view)
    },
  })
  http.route({
    method: 'GET',
    path: '/api/alarms/:id',
    right: 'look',
    summary: 'One alarm, open or closed',
    tag: 'alarms',
    params: Id,
    answer: AlarmShape,
    handle({ params }) {
      const alarm = alerts.get(params.id)
      if (!alarm) throw notFound({ ko: `경보 ${params.id}`, en: `alarm ${params.id}` })
      return view(alarm)
    },
  })

  const act = async (id: string, deed: AlarmDeed, who: string, deedId: string | undefined) => {
    let outcome: Awaited<ReturnType<Alerts['act']>>
    try {
      outcome = await alerts.act(id, deed, who, deedId)
    } catch (error) {
      throw new HttpRefusal(507, 'not-kept', {
        ko: `저장하지 못해 처리하지 않았습니다(${error instanceof Error ? error.message : error}). 디스크를 확인하고 다시 하십시오`,
        en: `it could not be kept and so was not done (${error instanceof Error ? error.message : error}); look after the disk and try again`,
      })
    }
    if (!outcome) throw notFound({ ko: `경보 ${id}`, en: `alarm ${id}` })
    if ('code' in outcome) throw new HttpRefusal(409, outcome.code, outcome)
    return view(outcome)
  }
  const common = { method: 'POST' as const, right: 'act-on-alarms', tag: 'alarms', params: Id, answer: AlarmShape }
  http.route({
    ...common,
    path: '/api/alarms/:id/acknowledge',
    summary: 'Seen and taken on',
    body: Type.Object(DeedId),
    handle: ({ params, body, caller }) => act(params.id, { deed: 'acknowledge' }, caller.id, body.deedId),
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
    handle: ({ params, body, caller }) => act(params.id, { deed: 'assign', to: body.to, note: body.note ?? '' }, caller.id, body.deedId),
  })
  http.route({
    ...common,
    path: '/api/alarms/:id/shelve',
    summary: 'Put aside until a time, with a reason',
    body: Type.Object({ reason: Type.String({ maxLength: 2000 }), until: Type.String(), ...DeedId }),
    handle: ({ params, body, caller }) =>
      act(params.id, { deed: 'shelve', reason: body.reason, untilMs: Date.parse(body.until) }, caller.id, body.deedId),
  })
  http.route({
    ...common,
    path: '/api/alarms/:id/unshelve',
    summary: 'Back from the shelf',
    body: Type.Object(DeedId),
    handle: ({ params, body, caller }) => act(params.id, { deed: 'unshelve' }, caller.id, body.deedId),
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
    handle: ({ params, body, caller }) =>
      act(params.id, { deed: 'resolve', outcome: body.outcome, note: body.note ?? '' }, caller.id, body.deedId),
  })
  http.route({
    ...common,
    path: '/api/alarms/:id/note',
    summary: 'A note',
    body: Type.Object({ text: Type.String({ maxLength: 2000 }), ...DeedId }),
    handle: ({ params, body, caller }) => act(params.id, { deed: 'note', text: body.text }, caller.id, body.deedId),
  })
  http.route({
    ...common,
    path: '/api/alarms/:id/seen',
    summary: 'An ended alarm was seen: it leaves the list',
    body: Type.Object(DeedId),
    handle: ({ params, body, caller }) => act(params.id, { deed: 'seen' }, caller.id, body.deedId),
  })
}
