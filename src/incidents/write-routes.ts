// Writing: reports, answers, corrections, links, sharing, people, states, merging and relating, the mark for the daily report. Each carries a client-made id.
import { Type } from 'typebox'
import type { PlainDeed, StateDeed } from './incidents-contract.ts'
import { type Acting, answered, byOf, finder, type IncidentRoutesOptions, Params, refusal, timeOf } from './route-parts.ts'
import type { Incident } from './schema.ts'
import * as shapes from './shapes.ts'
import { headView } from './view.ts'

export function writeRoutes(options: IncidentRoutesOptions): void {
  const { http, incidents } = options
  const find = finder(options)
  const view = (incident: Incident) => headView(incident, incidents.ordersOf(incident.id))
  const common = { method: 'POST' as const, deed: 'incidents.write', tag: 'incidents', params: Params, answer: shapes.Head }
  const act = async (id: string, acting: Acting, deed: PlainDeed | StateDeed, body: Parameters<typeof byOf>[1]) =>
    view(await answered(incidents.act(find(id, acting).id, deed, byOf(acting, body))))

  http.route({
    method: 'POST',
    path: '/api/incidents',
    deed: 'incidents.write',
    summary: 'Report an incident; the same id is reported once',
    tag: 'incidents',
    body: shapes.Report,
    answer: shapes.Head,
    status: 201,
    async handle({ body, ...acting }) {
      const by = byOf(acting, { deedId: `${body.id}:report`, ...(body.writtenAt ? { writtenAt: body.writtenAt } : {}) })
      const organisation = body.organisation ?? by.author.organisation
      if (!acting.grant.covers([organisation])) throw refusal('not-yours')
      const { id, text, place } = body
      const incident = await answered(
        incidents.report(
          {
            id,
            organisation,
            text,
            kind: body.kind ?? 'other',
            urgency: body.urgency ?? 3,
            occurredAtMs: body.occurredAt ? timeOf(body.occurredAt) : (by.writtenAtMs ?? options.now()),
            goods: body.goods ?? [],
            people: body.people ?? [],
            links: body.links ?? [],
            attachments: body.attachments ?? [],
            isInDailyReport: body.isInDailyReport ?? false,
            shareWith: body.shareWith ?? [],
            isAlarm: body.raiseAlarm ?? false,
            ...(place ? { place } : {}),
          },
          { ...by, author: { ...by.author, organisation } },
        ),
      )
      return view(incident)
    },
  })
  http.route({
    ...common,
    path: '/api/incidents/:id/answers',
    summary: 'An answer in its thread',
    body: Type.Object(
      {
        text: shapes.Text,
        attachments: Type.Optional(Type.Array(shapes.Id)),
        mentions: Type.Optional(Type.Array(shapes.MentionShape, { description: 'called by @; where they belong is told of it' })),
        links: Type.Optional(Type.Array(shapes.LinkShape, { description: 'named by #' })),
        ...shapes.Deed,
      },
      { additionalProperties: false },
    ),
    handle: ({ params, body, ...acting }) =>
      act(
        params.id,
        acting,
        {
          deed: 'answer',
          text: body.text,
          attachments: body.attachments ?? [],
          ...(body.mentions ? { mentions: body.mentions } : {}),
          ...(body.links ? { links: body.links } : {}),
        },
        body,
      ),
  })
  http.route({
    ...common,
    path: '/api/incidents/:id/corrections',
    summary: 'Put right; the wording before stays in the story',
    body: shapes.Correction,
    handle({ params, body, ...acting }) {
      const { occurredAt, reason = '', deedId: _id, writtenAt: _at, as: _as, ...fields } = body
      const after = { ...fields, ...(occurredAt === undefined ? {} : { occurredAtMs: timeOf(occurredAt) }) }
      return act(params.id, acting, { deed: 'correct', after, reason }, body)
    },
  })
  for (const deed of ['link', 'unlink'] as const)
    http.route({
      ...common,
      path: `/api/incidents/:id/${deed}s`,
      summary: deed === 'link' ? 'Link a ship, alarm, container, vehicle, camera …' : 'Take a link off',
      body: Type.Object({ link: shapes.LinkShape, ...shapes.Deed }, { additionalProperties: false }),
      handle: ({ params, body, ...acting }) => act(params.id, acting, { deed, link: body.link }, body),
    })
  http.route({
    ...common,
    path: '/api/incidents/:id/share',
    summary: 'Tell more organisations of it',
    body: Type.Object({ organisations: Type.Array(shapes.Organisation, { minItems: 1 }), ...shapes.Deed }, { additionalProperties: false }),
    handle: ({ params, body, ...acting }) => act(params.id, acting, { deed: 'share', organisations: body.organisations }, body),
  })
  http.route({
    ...common,
    path: '/api/incidents/:id/people',
    summary: 'Add a person, or put right what is known of them',
    body: Type.Object({ person: shapes.Person, ...shapes.Deed }, { additionalProperties: false }),
    handle: async ({ params, body, ...acting }) =>
      view(await answered(incidents.addPerson(find(params.id, acting).id, body.person, byOf(acting, body)))),
  })
  http.route({
    ...common,
    path: '/api/incidents/:id/people/:person/erase',
    deed: 'incidents.erase',
    summary: 'Erase the name and papers of a person before their time (two officers); that there was somebody stays',
    params: Type.Object({ id: Type.String({ maxLength: 100 }), person: shapes.Id }),
    body: Type.Object({ reason: Type.String({ minLength: 2, maxLength: 500 }), deedId: shapes.Id }, { additionalProperties: false }),
    // Each by name: what is done later has no request to hand on.
    thing({ params, caller, grant }) {
      const incident = find(params.id, { caller, grant })
      return {
        id: `${incident.id} ${params.person}`,
        organisations: incident.organisations,
        ko: `사건 ${incident.number}의 인적 사항 지우기`,
        en: `erase a person’s data of incident ${incident.number}`,
      }
    },
    handle: async ({ params, body, caller, grant }) =>
      view(await answered(incidents.erasePerson(find(params.id, { caller, grant }).id, params.person, byOf({ caller, grant }, body)))),
  })
  http.route({
    ...common,
    deed: 'incidents.mark-report',
    path: '/api/incidents/:id/daily-report',
    summary: 'Put it into the daily report or not, and in which words',
    body: Type.Object({ isIn: Type.Boolean(), text: Type.Optional(shapes.Text), ...shapes.Deed }, { additionalProperties: false }),
    handle: ({ params, body, ...acting }) =>
      act(params.id, acting, { deed: 'daily-report', isIn: body.isIn, ...(body.text === undefined ? {} : { text: body.text }) }, body),
  })
  http.route({
    ...common,
    deed: 'incidents.handle',
    path: '/api/incidents/:id/state',
    summary: 'Confirmed, in hand, closed with an outcome; a closed one again in hand with a reason',
    body: Type.Object(
      { to: shapes.State, note: Type.Optional(shapes.Text), outcome: Type.Optional(shapes.Outcome), ...shapes.Deed },
      { additionalProperties: false },
    ),
    handle: ({ params, body, ...acting }) =>
      act(
        params.id,
        acting,
        { deed: 'state', to: body.to, note: body.note ?? '', ...(body.outcome ? { outcome: body.outcome } : {}) },
        body,
      ),
  })
  for (const deed of ['merge', 'relate'] as const)
    http.route({
      ...common,
      deed: 'incidents.handle',
      path: `/api/incidents/:id/${deed}`,
      summary: deed === 'merge' ? 'It goes on as part of another; answers the other' : 'It has to do with another',
      body: Type.Object({ other: Type.String({ maxLength: 100 }), ...shapes.Deed }, { additionalProperties: false }),
      handle: async ({ params, body, ...acting }) =>
        view(await answered(incidents[deed](find(params.id, acting).id, find(body.other, acting).id, byOf(acting, body)))),
    })
}
