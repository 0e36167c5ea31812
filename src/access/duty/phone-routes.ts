// Phone books and named holidays over HTTP. A number is marked as confirmed only when somebody of the organisation says they have rung it; changing it takes the mark away.
import { Type } from 'typebox'
import { type Grant, isKstDay } from '#base/index.ts'
import { badInput, notFound } from '#platform/http/index.ts'
import { authorOf } from '../audit.ts'
import { orRefuse } from '../refusal.ts'
import { type DutyRoutesOptions, dayOf, Id, Organisation, strict, Words, within } from './route-parts.ts'
import type { PhoneEntry } from './schema.ts'

const Params = Type.Object({ id: Id })
const InBook = Type.Object({ organisation: Organisation })
const Line = Type.Object({ organisation: Organisation, id: Id })

export function phoneRoutes({ http, access, duty }: DutyRoutesOptions): void {
  const entryOf = (organisation: string, id: string, grant: Grant): PhoneEntry => {
    const one = duty.phoneBook(within(grant, organisation)).find(other => other.id === id)
    if (!one) throw notFound({ ko: `전화번호 ${id}`, en: `telephone number ${id}` })
    return one
  }
  const common = { tag: 'duty', answer: Type.Unknown() } as const
  http.route({
    ...common,
    method: 'GET',
    path: '/api/phones/:organisation',
    deed: 'duty.look',
    summary: 'The phone book of an organisation (the look is in the trail once an hour); `confirmed` says who has rung the number and when',
    params: InBook,
    async handle({ params, caller }) {
      if (!access.organisations().get(params.organisation))
        throw notFound({ ko: `조직 ${params.organisation}`, en: `organisation ${params.organisation}` })
      await duty.lookedAtPhones(params.organisation, authorOf(caller))
      return duty.phoneBook(params.organisation)
    },
  })
  http.route({
    ...common,
    method: 'PUT',
    path: '/api/phones/:organisation/:id',
    deed: 'phones.change',
    summary: 'Write a line of the phone book',
    params: Line,
    body: Type.Object({ ko: Words, en: Words, number: Type.String({ minLength: 2, maxLength: 32 }) }, strict),
    handle: async ({ params, body, caller, grant }) =>
      orRefuse(await duty.savePhone({ ...body, id: params.id, organisation: within(grant, params.organisation) }, authorOf(caller))),
  })
  http.route({
    ...common,
    method: 'POST',
    path: '/api/phones/:organisation/:id/confirm',
    deed: 'phones.change',
    summary: 'I have rung this number: it is right',
    params: Line,
    handle: async ({ params, caller, grant }) =>
      orRefuse(await duty.confirmPhone(entryOf(params.organisation, params.id, grant), { ...authorOf(caller), name: caller.name })),
  })
  http.route({
    ...common,
    method: 'DELETE',
    path: '/api/phones/:organisation/:id',
    deed: 'phones.change',
    summary: 'Take a line out of the phone book',
    params: Line,
    handle: async ({ params, caller, grant }) =>
      orRefuse(await duty.removePhone(entryOf(params.organisation, params.id, grant).id, authorOf(caller))),
  })

  http.route({
    ...common,
    method: 'GET',
    path: '/api/holidays/:year',
    deed: 'duty.look',
    summary: 'Public holidays of Korea with their substitutes, and those named here',
    params: Type.Object({ year: Type.String({ pattern: '^[0-9a-z-]{1,20}$' }) }),
    handle: ({ params }) => {
      const year = Number(params.year)
      if (!Number.isInteger(year) || year < 1900 || year > 2200)
        throw badInput({ ko: `‘${params.year}’년은 없습니다`, en: `there is no year ‘${params.year}’` })
      return duty.holidays(year)
    },
  })
  http.route({
    ...common,
    method: 'PUT',
    path: '/api/holidays/:id',
    deed: 'holidays.change',
    summary: 'Name a day as a holiday for this once: an election, a temporary holiday',
    params: Params,
    body: Type.Object({ ko: Words, en: Words }, strict),
    handle: async ({ params, body, caller }) => orRefuse(await duty.nameHoliday({ ...body, day: dayOf(params.id) }, authorOf(caller))),
  })
  http.route({
    ...common,
    method: 'DELETE',
    path: '/api/holidays/:id',
    deed: 'holidays.change',
    summary: 'Take back a holiday named here',
    params: Params,
    handle: async ({ params, caller }) => {
      if (!isKstDay(params.id)) throw notFound({ ko: `휴일 ${params.id}`, en: `holiday ${params.id}` })
      return orRefuse(await duty.unnameHoliday(params.id, authorOf(caller)))
    },
  })
}
