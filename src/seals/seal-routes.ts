// The stock of seals, the devices nobody knows yet, and what gates and machines report.
import { Type } from 'typebox'
import { HttpRefusal, notFound } from '#platform/http/index.ts'
import { containerFault, plainContainer } from './plan.ts'
import { byOf, type SealRoutesOptions } from './route-parts.ts'
import type { Seal } from './schema.ts'
import { Anything, Id, SealInput, Time } from './shapes.ts'
import { stockLines } from './stock.ts'

const Params = Type.Object({ id: Type.String({ maxLength: 80 }) })
const USUAL_S = 60

const iso = (ms: number): string => new Date(ms).toISOString()

export function sealRoutes({ http, seals, clock, isOrganisation }: SealRoutesOptions): void {
  const view = (seal: Seal) => {
    const health = seals.health(seal.id)
    const journey = seals.pass.journeyOf(seal.id)
    return {
      ...seal,
      isConnected: seals.devices.isConnected(seal.protocol, seal.deviceId),
      ...(seals.devices.isDoubled(seal.protocol, seal.deviceId) ? { isDoubled: true } : {}),
      ...(journey === undefined ? {} : { journey }),
      ...(health === undefined
        ? {}
        : {
            lastAt: iso(health.lastAtMs),
            reports: health.reports,
            ...(health.batteryPercent === undefined ? {} : { batteryPercent: health.batteryPercent }),
            ...(health.lat === undefined ? {} : { lat: health.lat, lon: health.lon }),
            ...(health.lagMs === undefined ? {} : { lagMs: health.lagMs }),
            ...(health.locked === undefined ? {} : { locked: health.locked }),
          }),
    }
  }
  const own = (organisation: string | undefined, appointments: readonly { readonly organisation: string }[]): string =>
    organisation ?? appointments[0]?.organisation ?? 'hq'
  http.route({
    method: 'GET',
    path: '/api/seals',
    deed: 'seals.look',
    summary: 'The stock of seals and how each is',
    tag: 'seals',
    answer: Type.Array(Anything),
    handle: ({ grant }) =>
      seals
        .seals()
        .filter(seal => grant.covers([seal.organisation]))
        .map(view),
  })
  http.route({
    method: 'POST',
    path: '/api/seals',
    deed: 'seals.change',
    summary: 'Register seals, or change them: all or none; with dryRun=true each is judged and nothing is kept',
    tag: 'seals',
    query: Type.Object({ dryRun: Type.Optional(Type.Boolean()) }),
    body: Type.Object(
      {
        seals: Type.Array(SealInput, { minItems: 1, maxItems: 5000 }),
        reason: Type.Optional(Type.String({ maxLength: 300, description: 'for the audit trail' })),
      },
      { additionalProperties: false },
    ),
    answer: Type.Array(Anything),
    status: 201,
    async handle({ query, body, caller, grant, english }) {
      const lines = stockLines(body.seals, {
        seal: seals.seal,
        journeyOf: seals.pass.journeyOf,
        isOrganisation,
        covers: organisation => grant.covers([organisation]),
        organisation: own(undefined, caller.appointments),
      })
      if (query.dryRun)
        return lines.map(({ n, seal, isNew, fault }) => ({
          n,
          id: seal.id,
          number: seal.number,
          isNew,
          taken: fault === undefined,
          ...(fault ? { said: english ? fault.words.en : fault.words.ko } : {}),
        }))
      const fault = lines.find(one => one.fault)?.fault
      if (fault) throw new HttpRefusal(fault.status, fault.code, fault.words)
      const list = lines.map(one => one.seal)
      await seals.saveSeals(list, byOf(caller), 'seals.register', body.reason)
      return list.map(view)
    },
  })
  http.route({
    method: 'GET',
    path: '/api/seals/unknown',
    deed: 'seals.look',
    summary: 'Devices that speak and are not in the stock: kept and acknowledged, to be adopted or let be',
    tag: 'seals',
    answer: Type.Array(Anything),
    // Nobody’s yet: whoever may see all of the country sees them.
    handle: ({ grant }) =>
      grant.covers([])
        ? seals.unknown().map(({ firstAtMs, lastAtMs, ...one }) => ({ ...one, firstAt: iso(firstAtMs), lastAt: iso(lastAtMs) }))
        : [],
  })
  http.route({
    method: 'POST',
    path: '/api/seals/unknown/:id/adopt',
    deed: 'seals.change',
    summary: 'Take an unknown device into the stock',
    tag: 'seals',
    params: Params,
    body: Type.Object(
      {
        number: Type.Optional(Type.String({ maxLength: 40 })),
        organisation: Type.Optional(Id),
        reportEveryS: Type.Optional(Type.Number({ minimum: 1 })),
      },
      { additionalProperties: false },
    ),
    answer: Anything,
    async handle({ params, body, caller, grant }) {
      const organisation = own(body.organisation, caller.appointments)
      if (!isOrganisation(organisation) || !grant.covers([organisation]))
        throw new HttpRefusal(403, 'not-yours', {
          ko: '그 소속의 재고에는 넣을 수 없습니다',
          en: 'you cannot add to the stock of that office',
        })
      const deviceId = params.id.slice(params.id.indexOf(':') + 1)
      const seal = await seals.adopt(
        params.id,
        { number: body.number ?? deviceId, life: 'in-stock', organisation, reportEveryS: body.reportEveryS ?? USUAL_S },
        byOf(caller),
      )
      if (!seal) throw notFound({ ko: `등록되지 않은 봉인 ${params.id}`, en: `unknown seal ${params.id}` })
      return view(seal)
    },
  })
  http.route({
    method: 'POST',
    path: '/api/gates/events',
    deed: 'seals.report',
    summary: 'What a gate saw: seal, container, vehicle; compared with the journeys under way',
    tag: 'seals',
    body: Type.Object(
      {
        id: Id,
        gate: Type.String({ minLength: 1, maxLength: 80 }),
        lat: Type.Number({ minimum: -90, maximum: 90 }),
        lon: Type.Number({ minimum: -180, maximum: 180 }),
        at: Type.Optional(Time),
        direction: Type.Optional(Type.Union([Type.Literal('in'), Type.Literal('out')])),
        seal: Type.Optional(Id),
        container: Type.Optional(Type.String({ maxLength: 40 })),
        vehicle: Type.Optional(Type.String({ maxLength: 30 })),
      },
      { additionalProperties: false },
    ),
    answer: Anything,
    async handle({ body }) {
      const { at, container, ...event } = body
      const wrong = container === undefined ? undefined : containerFault(plainContainer(container))
      if (wrong) throw new HttpRefusal(422, 'container-wrong', wrong)
      const nowMs = clock.now()
      const atMs = at === undefined ? nowMs : Date.parse(at)
      if (Number.isNaN(atMs))
        throw new HttpRefusal(400, 'time-wrong', { ko: '시각은 ISO 8601 형식이어야 합니다', en: 'times are ISO 8601' })
      const isKept = await seals.gate({
        ...event,
        atMs,
        receivedAtMs: nowMs,
        mark: -1,
        ...(container === undefined ? {} : { container: plainContainer(container) }),
      })
      if (!isKept)
        throw new HttpRefusal(503, 'not-kept', {
          ko: '디스크에 쓰지 못했습니다. 보관했다가 다시 보내십시오',
          en: 'the disk did not take it; keep it and send it again',
        })
      return { taken: true }
    },
  })
}
