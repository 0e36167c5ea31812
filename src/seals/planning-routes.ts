// What helps to plan: ways known between two places, templates, and the check before a seal is fitted.
import { Type } from 'typebox'
import type { Caller } from '#base/index.ts'
import { badInput, HttpRefusal, notFound } from '#platform/http/index.ts'
import { fittingCheck, sealNamed } from './fitting-check.ts'
import { byOf, journeyFinder, type SealRoutesOptions } from './route-parts.ts'
import { Anything, Id, TemplateBody } from './shapes.ts'
import { allTemplates, dropTemplate, type JourneyTemplate, saveTemplate, templateById } from './templates.ts'
import { placesOf, waysBetween } from './ways.ts'

const Params = Type.Object({ id: Id })
const DAY_MS = 86_400_000
/** Roads change: older journeys say nothing of the way. */
const WAY_DAYS = 366
const MOST_LOOKED_AT = 2000
const MOST_PLACES = 200
const Place = Type.String({ maxLength: 60, pattern: '^-?[0-9.]+,-?[0-9.]+$', description: 'lat,lon' })

const view = ({ savedAtMs, ...one }: JourneyTemplate) => ({ ...one, savedAt: new Date(savedAtMs).toISOString() })

export function planningRoutes(options: SealRoutesOptions): void {
  const { http, seals, clock, store, isOrganisation, audited } = options
  const find = journeyFinder(options)

  /** Journeys of a year that this caller may know of, newest first. */
  const known = (caller: Caller) => {
    const look = options.grantOf(caller, 'journeys.look')
    const nowMs = clock.now()
    return [...seals.open(), ...seals.over(nowMs - WAY_DAYS * DAY_MS, nowMs + 1, MOST_LOOKED_AT)]
      .filter(({ plan }) => look?.covers(plan.organisations))
      .sort((a, b) => b.plan.departFromMs - a.plan.departFromMs)
  }
  http.route({
    method: 'GET',
    path: '/api/journey-places',
    deed: 'journeys.plan',
    summary: 'Places where journeys begin and end, those used most first',
    tag: 'seals',
    answer: Type.Object({ places: Type.Array(Anything) }),
    handle: ({ caller }) => ({ places: [...placesOf(known(caller), MOST_PLACES)] }),
  })
  http.route({
    method: 'GET',
    path: '/api/journey-ways',
    deed: 'journeys.plan',
    summary: 'Ways known between two places, best first: as earlier journeys drove, as they were planned, straight',
    tag: 'seals',
    query: Type.Object({ from: Place, to: Place }),
    answer: Anything,
    handle({ query, caller }) {
      const nowMs = clock.now()
      return {
        ways: waysBetween({
          from: placeOf(query.from),
          to: placeOf(query.to),
          journeys: known(caller),
          track: id =>
            seals
              .track(id, nowMs - WAY_DAYS * DAY_MS, nowMs)
              .flatMap(({ lat, lon, fixValid }) =>
                lat === undefined || lon === undefined || fixValid === false ? [] : [[lon, lat] as const],
              ),
        }),
      }
    },
  })
  http.route({
    method: 'GET',
    path: '/api/journey-templates',
    deed: 'journeys.plan',
    summary: 'Plans kept to be used again, by name',
    tag: 'seals',
    answer: Type.Array(Anything),
    handle: ({ grant }) =>
      allTemplates(store)
        .filter(one => grant.covers([one.organisation]))
        .map(view),
  })
  http.route({
    method: 'PUT',
    path: '/api/journey-templates/:id',
    deed: 'journeys.plan',
    summary: 'Keep a plan to be used again, or change it',
    tag: 'seals',
    params: Params,
    body: Type.Object(
      { name: Type.String({ minLength: 1, maxLength: 80 }), organisation: Type.Optional(Id), body: TemplateBody },
      { additionalProperties: false },
    ),
    answer: Anything,
    async handle({ params, body, caller, grant }) {
      const before = templateById(store, params.id)
      if (before && !grant.covers([before.organisation])) throw notFound(words(params.id))
      const organisation =
        body.organisation ?? before?.organisation ?? caller.appointments.map(one => one.organisation).find(id => grant.covers([id]))
      if (organisation === undefined || !isOrganisation(organisation) || !grant.covers([organisation]))
        throw new HttpRefusal(403, 'not-yours', { ko: '그 소속의 서식은 둘 수 없습니다', en: 'you cannot keep templates of that office' })
      const template: JourneyTemplate = {
        id: params.id,
        organisation,
        name: body.name.trim() || params.id,
        savedAtMs: clock.now(),
        body: body.body,
      }
      await store.write([saveTemplate(template), audited(byOf(caller), 'journeys.template', params.id, template.name)])
      return view(template)
    },
  })
  http.route({
    method: 'DELETE',
    path: '/api/journey-templates/:id',
    deed: 'journeys.plan',
    summary: 'Drop a kept plan; journeys made from it stay',
    tag: 'seals',
    params: Params,
    answer: Type.Object({ dropped: Type.Boolean() }),
    async handle({ params, caller, grant }) {
      const before = templateById(store, params.id)
      if (!before || !grant.covers([before.organisation])) throw notFound(words(params.id))
      await store.write([dropTemplate(params.id), audited(byOf(caller), 'journeys.template-drop', params.id, before.name)])
      return { dropped: true }
    },
  })
  http.route({
    method: 'GET',
    path: '/api/journeys/:id/check',
    deed: 'journeys.look',
    summary:
      'The check before fitting: may this seal go on this container now? `seal` by its id, its number or what is printed in its code',
    tag: 'seals',
    params: Params,
    query: Type.Object({ seal: Type.Optional(Type.String({ maxLength: 80 })) }),
    answer: Anything,
    handle({ params, query, english, ...acting }) {
      const { plan } = find(params.id, acting)
      const look = options.grantOf(acting.caller, 'journeys.look')
      const asked = query.seal?.trim() || plan.seals.find(one => one.fitting !== 'tractor')?.seal
      const seal = asked === undefined ? undefined : sealNamed(seals.seals(), asked)
      const health = seal && seals.health(seal.id)
      const on = seal && seals.pass.journeyOf(seal.id)
      const other = on === undefined || on === params.id ? undefined : seals.journey(on)?.plan
      const checks = fittingCheck({
        plan,
        asked,
        seal,
        health,
        other: other && { id: other.id, container: look?.covers(other.organisations) ? other.container : '' },
        stock: seals.seals(),
        nowMs: clock.now(),
        isInOrigin: (lat, lon) => options.isIn(plan.origin, lat, lon),
      })
      return {
        isGo: checks.every(one => one.verdict !== 'no-go'),
        ...(seal ? { seal: seal.id, number: seal.number } : {}),
        checks: checks.map(({ words: said, ...one }) => ({ ...one, said: english ? said.en : said.ko })),
      }
    },
  })
}

const words = (id: string) => ({ ko: `서식 ${id}`, en: `template ${id}` })

function placeOf(text: string): { readonly lat: number; readonly lon: number } {
  const [lat, lon] = text.split(',').map(Number)
  if (lat === undefined || lon === undefined || !(Math.abs(lat) <= 90) || !(Math.abs(lon) <= 180))
    throw badInput({ ko: `‘${text}’은(는) 위도,경도가 아닙니다`, en: `‘${text}’ is not lat,lon` })
  return { lat, lon }
}
