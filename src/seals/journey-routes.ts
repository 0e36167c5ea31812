// Journeys: the live list, one with its custody and track, planning one or many, and the deeds of officers.
import { Type } from 'typebox'
import { HttpRefusal } from '#platform/http/index.ts'
import { AHEAD_MS, judgedAtMs } from './journeys/facts.ts'
import { isUnderSeal } from './journeys/state.ts'
import type { JourneyDeed } from './pass-contract.ts'
import type { PlanFault } from './plan.ts'
import { type PlanInput, planOf } from './plan-input.ts'
import { byOf, checkOrganisations, journeyFinder, type SealRoutesOptions } from './route-parts.ts'
import { JOURNEY_STATES, JOURNEY_WORDS, type JourneyPlan, type JourneyRow, type JourneyStanding } from './schema.ts'
import type { By } from './seals.ts'
import { Anything, DeedInput, Id, Plan, Time } from './shapes.ts'
import { lineView, planView, rowOf } from './view.ts'

const Params = Type.Object({ id: Id })
const MAX_ROWS = 2000
const MAX_BULK = 2000
const DAY_MS = 86_400_000
/** Leave to open holds no longer than this. */
const MOST_AUTHORITY_MS = DAY_MS
const TWO = {
  ko: '위험도 높은 운송입니다. 봉인된 동안에는 두 사람이 개봉을 승인한 뒤에 합니다',
  en: 'a high-risk journey: while it is under seal two officers have to authorise the opening first',
}
const ORDER = ['opened', 'off-route', 'silent', 'late', 'normal'] as const

const faultView = (faults: readonly PlanFault[], english: boolean) =>
  faults.map(({ field, blocks, words }) => ({ field, blocks, said: english ? words.en : words.ko }))

export function journeyRoutes(options: SealRoutesOptions): void {
  const { http, seals, clock, grantOf } = options
  const find = journeyFinder(options)
  const row = (one: { plan: Parameters<typeof rowOf>[0]; standing: Parameters<typeof rowOf>[1] }): JourneyRow =>
    rowOf(one.plan, one.standing, seals.seal)
  const matches = (one: JourneyRow, words: string): boolean =>
    [one.container, one.vehicle, one.declaration, one.origin, one.destination, one.officer, one.id].some(text =>
      text?.toLowerCase().replace(/\s/g, '').includes(words),
    )

  http.route({
    method: 'GET',
    path: '/api/journeys',
    deed: 'journeys.look',
    summary: 'Sealed journeys that are not over, the worst first; with over=N also those that ended in the last N days',
    tag: 'seals',
    query: Type.Object({
      word: Type.Optional(Type.Union(JOURNEY_WORDS.map(word => Type.Literal(word)))),
      state: Type.Optional(Type.Union(JOURNEY_STATES.map(state => Type.Literal(state)))),
      q: Type.Optional(Type.String({ maxLength: 100 })),
      over: Type.Optional(Type.Integer({ minimum: 1, maximum: 366 })),
      after: Type.Optional(
        Type.String({ maxLength: 80, description: 'page by page: those after this id, by id; begin with an empty one' }),
      ),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_ROWS })),
    }),
    answer: Anything,
    handle({ query, grant }) {
      const nowMs = clock.now()
      const over = query.over === undefined ? [] : seals.over(nowMs - query.over * DAY_MS, nowMs + 1, MAX_ROWS)
      const mine = [...seals.open(), ...over].filter(({ plan }) => grant.covers(plan.organisations)).map(row)
      const counts = Object.fromEntries(JOURNEY_WORDS.map(word => [word, mine.filter(one => one.word === word).length]))
      const words = (query.q ?? '').toLowerCase().replace(/\s/g, '')
      const rows = mine
        .filter(one => (query.word === undefined || one.word === query.word) && (query.state === undefined || one.state === query.state))
        .filter(one => words === '' || matches(one, words))
        .sort((a, b) => ORDER.indexOf(a.word) - ORDER.indexOf(b.word) || (a.container < b.container ? -1 : 1))
      const { after, limit = 500 } = query
      if (after !== undefined) {
        const page = rows.filter(one => one.id > after).sort((a, b) => (a.id < b.id ? -1 : 1))
        return { journeys: page.slice(0, limit), total: rows.length, counts, all: mine.length, isLast: page.length <= limit }
      }
      return { journeys: rows.slice(0, limit), total: rows.length, counts, all: mine.length }
    },
  })
  http.route({
    method: 'GET',
    path: '/api/journeys/:id',
    deed: 'journeys.look',
    summary: 'A journey: plan, standing and its custody',
    tag: 'seals',
    params: Params,
    answer: Anything,
    handle({ params, ...acting }) {
      const found = find(params.id, acting)
      return { ...row(found), plan: planView(found.plan), lines: seals.lines(params.id).map(line => lineView(line, options.nameOf)) }
    },
  })
  http.route({
    method: 'GET',
    path: '/api/journeys/:id/track',
    deed: 'journeys.look',
    summary: 'Where it was: reports of its seals between two times of the device, at most a week',
    tag: 'seals',
    params: Params,
    query: Type.Object({ from: Type.Optional(Time), to: Type.Optional(Time) }),
    answer: Anything,
    handle({ params, query, ...acting }) {
      const { plan, standing } = find(params.id, acting)
      // One that is over is looked at to its end, however long ago that was.
      const last = standing.state === 'closed' || standing.state === 'cancelled' ? seals.lines(params.id).at(-1) : undefined
      const toMs = query.to === undefined ? (last?.atMs ?? clock.now()) + AHEAD_MS : Date.parse(query.to)
      const fromMs = query.from === undefined ? plan.departFromMs - DAY_MS : Date.parse(query.from)
      if (Number.isNaN(toMs) || Number.isNaN(fromMs))
        throw new HttpRefusal(400, 'time-wrong', { ko: '시각은 ISO 8601 형식이어야 합니다', en: 'times are ISO 8601' })
      return {
        points: seals.track(params.id, Math.max(fromMs, toMs - 7 * DAY_MS), toMs).map(report => ({
          at: new Date(judgedAtMs(report)).toISOString(),
          ...(judgedAtMs(report) === report.atMs ? {} : { deviceAt: new Date(report.atMs).toISOString() }),
          seal: report.seal,
          ...(report.lat === undefined ? {} : { lat: report.lat, lon: report.lon }),
          ...(report.speedKmh === undefined ? {} : { speedKmh: report.speedKmh }),
          ...(report.locked === undefined ? {} : { locked: report.locked }),
          ...(report.events.length === 0 ? {} : { events: report.events }),
        })),
      }
    },
  })

  const defaults = (input: PlanInput, own: readonly string[]) => ({
    nowMs: clock.now(),
    organisations: [
      ...new Set([
        ...options.organisationsAt(input.origin.lat, input.origin.lon),
        ...options.organisationsAt(input.destination.lat, input.destination.lon),
        ...own,
      ]),
    ],
    corridorBetween: options.corridorBetween,
  })
  /** What would take the two officers' word out of the way of an opening is done with it only. */
  const checkTwo = ({ plan, standing }: { readonly plan: JourneyPlan; readonly standing: JourneyStanding }): void => {
    if (plan.risk === 'high' && isUnderSeal(standing) && seals.authority(plan.id).length < 2) throw new HttpRefusal(409, 'two-needed', TWO)
  }
  const refusedPlan = (faults: readonly PlanFault[], english: boolean): HttpRefusal => {
    const first = faults.find(one => one.blocks) ?? faults[0]
    return new HttpRefusal(422, 'plan-refused', {
      ko: first?.words.ko ?? '계획을 받을 수 없습니다',
      en: first?.words.en ?? (english ? 'the plan cannot be taken' : 'the plan cannot be taken'),
    })
  }
  /** The seal at hand goes on, also where the plan names none or another that is not fitted yet. */
  const nameSeal = async (plan: JourneyPlan, seal: string, by: By, english: boolean): Promise<void> => {
    if (plan.seals.some(one => one.seal === seal)) return
    const fitted = new Set(seals.pass.now(plan.id)?.seals.flatMap(one => (one.isFitted ? [one.seal] : [])))
    const others = plan.seals.filter(one => one.fitting !== 'container' || fitted.has(one.seal))
    const isSecond = others.some(one => one.fitting === 'container')
    const named = await seals.plan({ ...plan, seals: [...others, { seal, fitting: isSecond ? 'second' : 'container' }] }, by, false)
    if (!named.ok) throw refusedPlan(named.reason, english)
  }
  for (const [method, path, isNew] of [
    ['POST', '/api/journeys', true],
    ['PUT', '/api/journeys/:id', false],
  ] as const)
    http.route({
      method,
      path,
      deed: 'journeys.plan',
      summary: isNew ? 'Plan a journey; what is not said gets the usual value' : 'Change the plan of a journey',
      tag: 'seals',
      ...(isNew ? {} : { params: Params }),
      body: Plan,
      answer: Anything,
      status: isNew ? 201 : 200,
      async handle({ params, body, caller, grant, english }) {
        const own = caller.appointments.map(one => one.organisation).filter(one => grant.covers([one]))
        const plan = planOf(body, defaults(body, own))
        if (!isNew) {
          const { id } = params as { id: string }
          const before = find(id, { caller, grant })
          const isLess = plan.risk !== 'high' || before.plan.seals.some(({ seal }) => !plan.seals.some(one => one.seal === seal))
          if (isLess) checkTwo(before)
          if (id !== plan.id)
            throw new HttpRefusal(422, 'id-differs', { ko: 'id가 주소와 다릅니다', en: 'the id is not that of the address' })
        }
        checkOrganisations(plan, grant, options.isOrganisation)
        const planned = await seals.plan(plan, byOf(caller), isNew)
        if (!planned.ok) throw refusedPlan(planned.reason, english)
        const found = seals.journey(plan.id)
        return { ...(found ? row(found) : {}), plan: planView(plan), warnings: faultView(planned.value, english) }
      },
    })
  http.route({
    method: 'POST',
    path: '/api/journeys/bulk',
    deed: 'journeys.plan',
    summary: 'Plan many: each is answered by itself, the good ones are kept; with dryRun=true nothing is',
    tag: 'seals',
    query: Type.Object({ dryRun: Type.Optional(Type.Boolean()) }),
    body: Type.Object({ journeys: Type.Array(Plan, { maxItems: MAX_BULK }) }, { additionalProperties: false }),
    answer: Anything,
    async handle({ query, body, caller, grant, english }) {
      const own = caller.appointments.map(one => one.organisation).filter(one => grant.covers([one]))
      const results: object[] = []
      for (const [n, input] of body.journeys.entries()) {
        try {
          const plan = planOf(input, defaults(input, own))
          checkOrganisations(plan, grant, options.isOrganisation)
          const planned = query.dryRun ? seals.try(plan) : await seals.plan(plan, byOf(caller), true)
          results.push({
            n: n + 1,
            id: plan.id,
            taken: planned.ok,
            said: faultView(planned.ok ? planned.value : planned.reason, english),
          })
        } catch (error) {
          if (!(error instanceof HttpRefusal)) throw error
          results.push({
            n: n + 1,
            id: input.id,
            taken: false,
            said: [{ field: '', blocks: true, said: english ? error.sentence.en : error.sentence.ko }],
          })
        }
      }
      return { results, taken: results.filter(one => (one as { taken: boolean }).taken).length, dryRun: query.dryRun === true }
    },
  })
  http.route({
    method: 'POST',
    path: '/api/journeys/:id/deeds',
    deed: 'journeys.handle',
    summary: 'What an officer did: fitted, authorised opening, opened, suspended, closed …; the same id is done once',
    tag: 'seals',
    params: Params,
    body: DeedInput,
    answer: Anything,
    async handle({ params, body, ...acting }) {
      const { caller, english } = acting
      const before = find(params.id, acting)
      const { plan } = before
      if (body.deed === 'close' || body.deed === 'cancel') checkTwo(before)
      if (body.photos && !options.arePhotosOf(body.photos, params.id))
        throw new HttpRefusal(422, 'no-photo', {
          ko: '사진이 아직 오지 않았거나 이 운송의 것이 아닙니다',
          en: 'a photo is not here yet, or not of this journey',
        })
      if (body.deed === 'fit' && body.seal !== undefined) await nameSeal(plan, body.seal, byOf(caller), english)
      const { id, deed, lat, lon, until, ...rest } = body
      const untilMs = until === undefined ? undefined : Date.parse(until)
      if (Number.isNaN(untilMs))
        throw new HttpRefusal(400, 'time-wrong', { ko: '시각은 ISO 8601 형식이어야 합니다', en: 'times are ISO 8601' })
      if (untilMs !== undefined && (untilMs <= clock.now() || untilMs > clock.now() + MOST_AUTHORITY_MS))
        throw new HttpRefusal(422, 'until-wrong', {
          ko: '시한(until)은 지금부터 24시간 안이어야 합니다',
          en: 'until lies within 24 h from now',
        })
      const done: JourneyDeed = {
        ...rest,
        id,
        deed,
        journey: params.id,
        atMs: clock.now(),
        who: caller.id,
        ...(lat === undefined || lon === undefined ? {} : { place: { lat, lon } }),
        ...(untilMs === undefined ? {} : { untilMs }),
        ...(deed === 'authorise-unseal' ? { officers: [caller.id] } : {}),
      }
      const outcome = await seals.deed(done, byOf(caller))
      if (outcome === 'over') throw new HttpRefusal(409, 'journey-over', { ko: '이미 끝난 운송입니다', en: 'this journey is over' })
      const found = find(params.id, { ...acting, grant: grantOf(caller, 'journeys.look') ?? acting.grant })
      return { ...row(found), guards: seals.guards(params.id), lines: seals.lines(params.id).map(line => lineView(line, options.nameOf)) }
    },
  })
  http.route({
    method: 'GET',
    path: '/api/journeys/:id/guards',
    deed: 'journeys.look',
    summary: 'What still hinders arming: the check before fitting',
    tag: 'seals',
    params: Params,
    answer: Anything,
    handle({ params, ...acting }) {
      find(params.id, acting)
      return { guards: seals.guards(params.id) }
    },
  })
}
