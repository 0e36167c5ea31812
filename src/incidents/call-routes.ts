// Who has read what, by person; reminding those who have not; what calls the reader; names that can be typed after @.
import { Type } from 'typebox'
import { answered, byOf, finder, type IncidentRoutesOptions, Params } from './route-parts.ts'
import * as shapes from './shapes.ts'
import { headView } from './view.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

export function callRoutes(options: IncidentRoutesOptions): void {
  const { http, incidents, audience, grantOf, nameOf } = options
  const find = finder(options)
  http.route({
    method: 'GET',
    path: '/api/incidents/:id/receipts',
    deed: 'incidents.look',
    summary: 'Who is told of it, by person and post: how far each has read, and since when they are reminded',
    tag: 'incidents',
    params: Params,
    answer: Type.Array(shapes.ReceiptShape),
    handle({ params, ...acting }) {
      const incident = find(params.id, acting)
      const told = new Map(audience.told(incident.organisations).map(one => [one.person, one]))
      const reads = new Map(incidents.readsOf(incident.id).map(read => [read.person, read]))
      const called = incidents.calledTo(incident.id)
      // Who wrote in it is named as they signed, also when nobody of that id is known any more.
      const signed = new Map(incidents.steps(incident.id).map(step => [step.by.id, step.by.name]))
      return [...new Set([...told.keys(), ...reads.keys()])].map(person => {
        const [one, read, calledAtMs] = [told.get(person), reads.get(person), called.get(person)]
        return {
          person,
          name: one?.name ?? signed.get(person) ?? nameOf(person),
          organisation: one?.organisation ?? read?.organisation ?? '',
          posts: one?.posts ?? [],
          steps: read?.steps ?? 0,
          ...(read ? { at: iso(read.atMs) } : {}),
          ...(calledAtMs === undefined ? {} : { calledAt: iso(calledAtMs) }),
        }
      })
    },
  })
  http.route({
    method: 'POST',
    path: '/api/incidents/:id/remind',
    deed: 'incidents.write',
    summary: 'Remind those who have not read up to this step',
    tag: 'incidents',
    params: Params,
    body: Type.Object({ step: Type.Integer({ minimum: 1 }), ...shapes.Deed }, { additionalProperties: false }),
    answer: Type.Object({ reminded: Type.Integer() }),
    async handle({ params, body, ...acting }) {
      const incident = find(params.id, acting)
      const people = audience.told(incident.organisations).map(one => one.person)
      const asked = await answered(incidents.remind(incident.id, Math.min(body.step, incident.steps), people, byOf(acting, body)))
      return { reminded: asked.length }
    },
  })
  http.route({
    method: 'GET',
    path: '/api/incidents/calls',
    deed: 'incidents.look',
    summary: 'Where the caller is asked to look: named in an answer, or reminded of what they have not read',
    tag: 'incidents',
    answer: Type.Array(
      Type.Object({
        why: Type.String({ description: 'mention reminder' }),
        n: Type.Integer({ description: 'the step to be read' }),
        by: Type.String(),
        at: shapes.Time,
        text: Type.String(),
        about: shapes.Head,
      }),
    ),
    handle: ({ caller }) =>
      incidents.callsOf(caller.id).flatMap(call => {
        const incident = incidents.get(call.incident)
        if (!incident || !grantOf(caller, 'incidents.look')?.covers(incident.organisations)) return []
        const [step] = incidents.steps(incident.id, call.n - 1)
        return [
          {
            why: call.why,
            n: call.n,
            by: nameOf(call.by),
            at: iso(call.atMs),
            text: step && 'text' in step ? (step.text ?? '') : '',
            about: headView(incident, incidents.ordersOf(incident.id)),
          },
        ]
      }),
  })
  http.route({
    method: 'GET',
    path: '/api/incidents/names',
    deed: 'incidents.write',
    summary: 'People, posts and organisations that can be named in an answer',
    tag: 'incidents',
    query: Type.Object({ q: Type.String({ minLength: 1, maxLength: 100 }) }),
    answer: Type.Array(Type.Intersect([shapes.MentionShape, Type.Object({ note: Type.Optional(Type.String()) })])),
    handle: ({ query }) => audience.named(query.q),
  })
}
