// Orders: given on an incident to an organisation and post; the inbox; taken on, done, recalled.
import { Type } from 'typebox'
import type { Caller, Grant } from '#base/index.ts'
import { notFound } from '#platform/http/index.ts'
import { answered, byOf, finder, type IncidentRoutesOptions, Params, refusal, timeOf } from './route-parts.ts'
import type { Order } from './schema.ts'
import * as shapes from './shapes.ts'
import { headView, orderView } from './view.ts'

export function orderRoutes(options: IncidentRoutesOptions): void {
  const { http, incidents, grantOf } = options
  const find = finder(options)
  const reaches = (order: Order, grant: Grant | undefined): boolean => grant?.covers([order.to.organisation]) === true
  const seen = (order: Order | undefined, caller: Caller): Order | undefined => {
    const incident = order && incidents.get(order.incident)
    return incident && grantOf(caller, 'incidents.look')?.covers(incident.organisations) ? order : undefined
  }
  http.route({
    method: 'POST',
    path: '/api/incidents/:id/orders',
    deed: 'incidents.order',
    summary: 'Give an order: what, to whom, until when',
    tag: 'incidents',
    params: Params,
    body: Type.Object(
      {
        text: shapes.Text,
        to: Type.Object(
          { organisation: shapes.Organisation, post: Type.Optional(Type.String({ maxLength: 40 })) },
          { additionalProperties: false },
        ),
        due: shapes.Time,
        ...shapes.Deed,
      },
      { additionalProperties: false },
    ),
    answer: shapes.OrderShape,
    status: 201,
    async handle({ params, body, ...acting }) {
      const incident = find(params.id, acting)
      if (!acting.grant.covers([body.to.organisation])) throw refusal('not-yours')
      return orderView(
        await answered(incidents.give(incident.id, { text: body.text, to: body.to, dueMs: timeOf(body.due) }, byOf(acting, body))),
      )
    },
  })
  http.route({
    method: 'GET',
    path: '/api/orders',
    deed: 'incidents.look',
    summary: 'Open orders, the first due first: those the caller sees; with mine=true those to the caller’s own posts',
    tag: 'incidents',
    query: Type.Object({ mine: Type.Optional(Type.Boolean()) }),
    answer: Type.Array(shapes.OrderShape),
    handle: ({ query, caller }) =>
      incidents
        .openOrders()
        .filter(order => seen(order, caller) && (!query.mine || isFor(order, caller)))
        .map(order => {
          const incident = incidents.get(order.incident)
          return { ...orderView(order), mine: isFor(order, caller), ...(incident ? { about: headView(incident, [order]) } : {}) }
        }),
  })
  for (const [path, deed, right] of [
    ['acknowledge', 'order-acknowledge', 'incidents.write'],
    ['done', 'order-done', 'incidents.write'],
    ['recall', 'order-recall', 'incidents.order'],
  ] as const)
    http.route({
      method: 'POST',
      path: `/api/orders/:id/${path}`,
      deed: right,
      summary: path === 'done' ? 'Done, with what was done' : path === 'recall' ? 'Taken back, with the reason' : 'Seen and taken on',
      tag: 'incidents',
      params: Params,
      body: Type.Object({ text: Type.Optional(shapes.Text), ...shapes.Deed }, { additionalProperties: false }),
      answer: shapes.OrderShape,
      async handle({ params, body, ...acting }) {
        const order = seen(incidents.order(params.id), acting.caller)
        if (!order) throw notFound({ ko: `지시 ${params.id}`, en: `order ${params.id}` })
        if (!reaches(order, acting.grant)) throw refusal('not-yours')
        return orderView(await answered(incidents.carry(order.id, deed, body.text ?? '', byOf(acting, body))))
      },
    })
}

/** To a post the caller holds, or to the organisation of one. */
const isFor = (order: Order, caller: Caller): boolean =>
  caller.appointments.some(one => one.organisation === order.to.organisation && (order.to.post === undefined || one.post === order.to.post))
