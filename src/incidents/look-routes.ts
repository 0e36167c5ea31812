// Looking: the feed with filters, search and pages; its table; counts; one incident whole; having read it; names of people, each look audited.
import { Readable } from 'node:stream'
import { type Static, Type } from 'typebox'
import { type Caller, ok } from '#base/index.ts'
import { type CellValue, tablesXlsx } from '#platform/sheets/index.ts'
import { exportHead, exportRow, incidentsCsv, kstMinute, pagesOf } from './export.ts'
import type { ListQuery } from './list.ts'
import { maskedName } from './person.ts'
import { type Acting, answered, finder, type IncidentRoutesOptions, noSuch, Params, refusal, timeOf, whose } from './route-parts.ts'
import { INCIDENT_KINDS, INCIDENT_STATES, type Incident, URGENCIES } from './schema.ts'
import * as shapes from './shapes.ts'
import { fullView, headView } from './view.ts'

const PAGE = 50
const MAX_PAGE = 200
const MAX_SHEET_ROWS = 10_000
const DAY_MS = 86_400_000
const words = (name: string): string[] => name.split(',').filter(Boolean)

export function lookRoutes(options: IncidentRoutesOptions): void {
  const { http, incidents, grantOf } = options
  const find = finder(options)
  const heads = (list: readonly Incident[], caller: Caller) => {
    const read = options.readBy(
      caller.id,
      list.map(incident => incident.id),
    )
    return list.map(incident => ({ ...headView(incident, incidents.ordersOf(incident.id)), readSteps: read.get(incident.id) ?? 0 }))
  }
  const Query = Type.Object({
    state: Type.Optional(Type.String({ description: 'reported,confirmed,in-hand,closed' })),
    kind: Type.Optional(Type.String()),
    urgency: Type.Optional(Type.String()),
    organisation: Type.Optional(Type.String()),
    report: Type.Optional(Type.Boolean({ description: 'those marked for the daily report' })),
    from: Type.Optional(shapes.Time),
    to: Type.Optional(shapes.Time),
    q: Type.Optional(Type.String({ maxLength: 200 })),
    people: Type.Optional(Type.Boolean({ description: 'search people’s names too (a right of its own, audited)' })),
    sort: Type.Optional(Type.Unsafe<'changed'>({ enum: ['changed'], description: 'the one changed last first; not in a search' })),
    before: Type.Optional(Type.String({ description: 'id of the last one shown' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE })),
  })
  http.route({
    method: 'GET',
    path: '/api/incidents',
    deed: 'incidents.look',
    summary: 'Incidents, newest first or changed last first: filtered, searched, paged by before',
    tag: 'incidents',
    query: Query,
    answer: Type.Object({ incidents: Type.Array(shapes.Head), isLast: Type.Boolean() }),
    async handle({ query, caller, grant }) {
      const list = await listed(query, { caller, grant })
      return { incidents: heads(list.slice(0, query.limit ?? PAGE), caller), isLast: list.length <= (query.limit ?? PAGE) }
    },
  })
  async function listed(query: Static<typeof Query>, acting: Acting): Promise<readonly Incident[]> {
    return incidents.list({ ...(await asked(query, acting)), limit: (query.limit ?? PAGE) + 1 })
  }
  async function asked(query: Static<typeof Query>, { caller, grant }: Acting): Promise<Omit<ListQuery, 'limit'>> {
    const people = query.people ? grantOf(caller, 'incidents.people') : undefined
    if (query.people && !people) throw refusal('not-yours')
    if (people && query.q) await options.audit(caller, 'incident.search-people', '', maskedName(query.q))
    return {
      whose: whose(grant),
      ...(query.state ? { states: INCIDENT_STATES.filter(one => words(query.state ?? '').includes(one)) } : {}),
      ...(query.kind ? { kinds: INCIDENT_KINDS.filter(one => words(query.kind ?? '').includes(one)) } : {}),
      ...(query.urgency ? { urgencies: URGENCIES.filter(one => words(query.urgency ?? '').includes(String(one))) } : {}),
      ...(query.organisation ? { organisations: words(query.organisation) } : {}),
      ...(query.report ? { isInDailyReport: true } : {}),
      ...(query.from ? { reportedFromMs: timeOf(query.from) } : {}),
      ...(query.to ? { reportedToMs: timeOf(query.to) } : {}),
      ...(query.q ? { words: query.q } : {}),
      ...(people ? { peopleOf: whose(people) } : {}),
      ...(query.sort === 'changed' ? { isByChange: true } : {}),
      ...(query.before ? { before: query.before } : {}),
    }
  }
  http.route({
    method: 'GET',
    path: '/api/incidents.csv',
    deed: 'incidents.look',
    summary: 'The incidents that fit as CSV (UTF-8 with a byte-order mark; cells are no formulas; names masked)',
    tag: 'incidents',
    query: Query,
    produces: 'text/csv; charset=utf-8',
    async handle({ query, english, reply, ...acting }) {
      const pages = await pagesAsked(query, acting)
      reply.header('content-disposition', 'attachment; filename="mangru-incidents.csv"')
      return Readable.from(incidentsCsv(pages, english, id => options.officeName(id, english)))
    },
  })
  http.route({
    method: 'GET',
    path: '/api/incidents.xlsx',
    deed: 'incidents.look',
    summary: `The incidents that fit as XLSX, up to ${MAX_SHEET_ROWS} (texts are no formulas; names masked)`,
    tag: 'incidents',
    query: Query,
    produces: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    async handle({ query, english, reply, ...acting }) {
      const rows: (readonly CellValue[])[] = []
      for (const page of await pagesAsked(query, acting)) {
        rows.push(...page.map(one => exportRow(one, english, id => options.officeName(id, english))))
        if (rows.length > MAX_SHEET_ROWS) throw refusal('sheet-long')
      }
      const title = english ? 'Incidents' : '사건'
      const bytes = await tablesXlsx([{ title, notes: [], head: exportHead(english), rows }], [kstMinute(options.now())])
      reply.header('content-disposition', 'attachment; filename="mangru-incidents.xlsx"')
      return reply.send(bytes)
    },
  })
  async function pagesAsked(query: Static<typeof Query>, acting: Acting): Promise<Iterable<readonly Incident[]>> {
    const filter = await asked(query, acting)
    await options.audit(
      acting.caller,
      'incident.export',
      '',
      JSON.stringify(query.q && query.people ? { ...query, q: maskedName(query.q) } : query),
    )
    return pagesOf(before => incidents.list({ ...filter, limit: MAX_PAGE, ...(before === undefined ? {} : { before }) }))
  }
  http.route({
    method: 'GET',
    path: '/api/incidents/counts',
    deed: 'incidents.look',
    summary: 'How many are open by state, and how many came in the last 24 hours',
    tag: 'incidents',
    answer: Type.Object({
      reported: Type.Integer(),
      confirmed: Type.Integer(),
      inHand: Type.Integer(),
      closed: Type.Integer(),
      since: Type.Integer(),
    }),
    handle: ({ grant }) => incidents.counts(whose(grant), options.now() - DAY_MS),
  })
  http.route({
    method: 'GET',
    path: '/api/incidents/:id',
    deed: 'incidents.look',
    summary: 'One incident with its story; with after=n only the steps after the nth',
    tag: 'incidents',
    params: Params,
    query: Type.Object({ after: Type.Optional(Type.Integer({ minimum: 0 })) }),
    answer: shapes.Full,
    handle({ params, query, ...acting }) {
      const incident = find(params.id, acting)
      const isVisible = (other: Incident | undefined): other is Incident => other !== undefined && acting.grant.covers(other.organisations)
      const others = [...incident.related, ...incident.mergedFrom, ...(incident.mergedInto ? [incident.mergedInto] : [])]
      return fullView(incident, {
        orders: incidents.ordersOf(incident.id),
        steps: incidents.steps(incident.id, query.after),
        others: others.map(incidents.get).filter(isVisible),
        reads: incidents.readsOf(incident.id),
        files: options.attachments.many(incident.attachments),
        recipients: options.audience.told(incident.organisations).length,
        nameOf: options.nameOf,
      })
    },
  })
  http.route({
    method: 'POST',
    path: '/api/incidents/:id/read',
    deed: 'incidents.look',
    summary: 'The caller has read it, up to this step',
    tag: 'incidents',
    params: Params,
    body: Type.Object({ steps: Type.Integer({ minimum: 1 }) }, { additionalProperties: false }),
    async handle({ params, body, ...acting }) {
      const incident = find(params.id, acting)
      const organisation = acting.caller.appointments.find(one => acting.grant.covers([one.organisation]))?.organisation ?? ''
      const receipt = { person: acting.caller.id, organisation, steps: Math.min(body.steps, incident.steps) }
      await answered(incidents.markRead(incident.id, receipt).then(ok))
      options.onRead(incident, receipt)
    },
  })
  http.route({
    method: 'GET',
    path: '/api/incidents/:id/people',
    deed: 'incidents.people',
    summary: 'Names and papers of the people in it; the look is audited with its reason',
    tag: 'incidents',
    params: Params,
    query: Type.Object({ reason: Type.String({ minLength: 2, maxLength: 500 }) }),
    answer: Type.Array(shapes.Person),
    async handle({ params, query, caller, grant }) {
      const incident = incidents.get(params.id)
      const isSeen = incident && (grantOf(caller, 'incidents.look')?.covers(incident.organisations) || grant.covers(incident.organisations))
      if (!incident || !isSeen) throw noSuch(params.id)
      if (!grant.covers(incident.organisations)) throw refusal('not-yours')
      await options.audit(caller, 'incident.look-people', incident.id, query.reason)
      return incidents.peopleOf(incident.id)
    },
  })
}
