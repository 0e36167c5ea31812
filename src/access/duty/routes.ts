// Rosters and who is on duty over HTTP: every colleague looks, leaders and administrators write. Requests and the phone book have files of their own.
import { type Static, Type } from 'typebox'
import { addKstDays, type Caller, DAY_MS, kstDay, kstDayBegins } from '#base/index.ts'
import { notFound } from '#platform/http/index.ts'
import { authorOf } from '../audit.ts'
import { orRefuse } from '../refusal.ts'
import type { Duty } from './duty.ts'
import { PATTERNS } from './patterns.ts'
import { phoneRoutes } from './phone-routes.ts'
import { requestRoutes } from './request-routes.ts'
import { letterOn } from './roster.ts'
import { Day, type DutyRoutesOptions, dayOf, Id, Organisation, strict, Words, within } from './route-parts.ts'
import type { Leave, Roster, Swap } from './schema.ts'

const RosterBody = Type.Object(
  {
    ko: Words,
    en: Words,
    watches: Type.Array(
      Type.Object(
        {
          id: Id,
          ko: Words,
          en: Words,
          short: Type.String({ minLength: 1, maxLength: 2 }),
          shortEn: Type.String({ minLength: 1, maxLength: 2 }),
          fromMinute: Type.Integer({ minimum: 0, maximum: 1440 }),
          toMinute: Type.Integer({ minimum: 0, maximum: 1440 }),
        },
        strict,
      ),
      { maxItems: 12 },
    ),
    cycle: Type.String({ maxLength: 400 }),
    firstDay: Day,
    fromDay: Day,
    isWorkdaysOnly: Type.Optional(Type.Boolean()),
    crews: Type.Array(
      Type.Object(
        {
          id: Id,
          ko: Words,
          en: Words,
          offset: Type.Integer({ minimum: 0, maximum: 400 }),
          seats: Type.Array(Type.Object({ id: Id, ko: Words, en: Words, person: Type.Optional(Type.String({ maxLength: 60 })) }, strict), {
            maxItems: 30,
          }),
        },
        strict,
      ),
      { maxItems: 12 },
    ),
  },
  strict,
)
const Params = Type.Object({ organisation: Organisation })
const RosterParams = Type.Object({ organisation: Organisation, id: Id })

const rosterOf = (id: string, organisation: string, { isWorkdaysOnly, ...body }: Static<typeof RosterBody>): Roster => ({
  ...body,
  id,
  organisation,
  firstDay: dayOf(body.firstDay),
  fromDay: dayOf(body.fromDay),
  ...(isWorkdaysOnly ? { isWorkdaysOnly: true } : {}),
})

export function dutyRoutes(options: DutyRoutesOptions): void {
  const { http, access, duty } = options
  lookRoutes(options)
  requestRoutes(options)
  phoneRoutes(options)
  http.route({
    method: 'PUT',
    path: '/api/duty/:organisation/rosters/:id',
    deed: 'duty.change',
    summary: 'Write a roster: watches, cycle, crews and who sits where; refused with the day of the cycle on which it cannot be stood',
    tag: 'duty',
    params: RosterParams,
    body: RosterBody,
    answer: Type.Unknown(),
    async handle({ params, body, caller, grant }) {
      const roster = rosterOf(params.id, within(grant, params.organisation), body)
      const stranger = roster.crews
        .flatMap(crew => crew.seats)
        .find(seat => seat.person !== undefined && !access.people.personById(seat.person))
      if (stranger) throw notFound({ ko: `직원 ${stranger.person}`, en: `person ${stranger.person}` })
      return orRefuse(await duty.saveRoster(roster, authorOf(caller)))
    },
  })
  http.route({
    method: 'DELETE',
    path: '/api/duty/:organisation/rosters/:id',
    deed: 'duty.change',
    summary: 'Remove a roster that has not begun',
    tag: 'duty',
    params: RosterParams,
    answer: Type.Unknown(),
    async handle({ params, caller, grant }) {
      const organisation = within(grant, params.organisation)
      if (!duty.rosters(organisation).some(one => one.id === params.id))
        throw notFound({ ko: `근무표 ${params.id}`, en: `roster ${params.id}` })
      return orRefuse(await duty.removeRoster(params.id, authorOf(caller)))
    },
  })
}

function lookRoutes(options: DutyRoutesOptions): void {
  const { http, duty, clock } = options
  http.route({
    method: 'GET',
    path: '/api/duty',
    deed: 'duty.look',
    summary: 'Who is on duty now and next, at every organisation that has a roster',
    tag: 'duty',
    answer: Type.Array(Type.Unknown()),
    handle: () =>
      duty.organisations().map(organisation => ({
        organisation,
        now: duty.onDuty(organisation, clock.now()),
        next: duty.nextWatch(organisation, clock.now()),
      })),
  })
  http.route({
    method: 'GET',
    path: '/api/duty/patterns',
    deed: 'duty.look',
    summary: 'The ready patterns of rosters',
    tag: 'duty',
    answer: Type.Array(Type.Unknown()),
    handle: () => PATTERNS,
  })
  http.route({
    method: 'GET',
    path: '/api/duty/:organisation',
    deed: 'duty.look',
    summary:
      'The roster of an organisation: days and letters, the watch of now and the next with their people, swaps and leave that are open',
    tag: 'duty',
    params: Params,
    query: Type.Object({ from: Type.Optional(Day), days: Type.Optional(Type.Integer({ minimum: 1, maximum: 62 })) }),
    answer: Type.Unknown(),
    handle: ({ params, query, caller }) => dutyView(options, caller, params.organisation, query.from, query.days ?? 7),
  })
}

/** Why somebody wishes to be away is for them and for who decides. */
const withoutReason = <Asked extends Swap | Leave>({ note: _note, ...asked }: Asked) => ({ ...asked, reason: '' })

function dutyView(
  { access, duty, clock }: DutyRoutesOptions,
  caller: Caller,
  organisation: string,
  from: string | undefined,
  count: number,
) {
  if (!access.organisations().get(organisation)) throw notFound({ ko: `조직 ${organisation}`, en: `organisation ${organisation}` })
  const nowMs = clock.now()
  const now = duty.onDuty(organisation, nowMs)
  const next = duty.nextWatch(organisation, nowMs)
  const first = from === undefined ? weekOf(now?.watch.day ?? kstDay(nowMs)) : dayOf(from)
  const days = Array.from({ length: count }, (_, n) => addKstDays(first, n))
  const roster = duty.rosterOn(organisation, days.at(-1) ?? first)
  const mayDecide = access.grantOf(caller, 'duty.decide')?.covers([organisation]) === true
  const knows = (...people: readonly string[]): boolean => mayDecide || people.includes(caller.id)
  const nameOf = (person: string | undefined): string | undefined =>
    person === undefined ? undefined : access.people.personById(person)?.name
  return {
    organisation,
    nowMs,
    ...(roster ? { roster } : {}),
    rosters: duty.rosters(organisation).map(({ id, ko, en, fromDay }) => ({ id, ko, en, fromDay })),
    days: days.map(day => ({
      day,
      holiday: duty.holidays(Number(day.slice(0, 4))).find(one => one.day === day),
      letters: dayLetters(duty, organisation, day),
    })),
    ...(now ? { now } : {}),
    ...(next ? { next: { watch: next, people: duty.standing(next) } } : {}),
    swaps: duty
      .swaps(organisation)
      .filter(one => one.state === 'asked' || one.state === 'agreed' || kstDayBegins(one.to.day) > nowMs - 7 * DAY_MS)
      .map(one => ({
        ...(knows(one.from.person, one.to.person) ? one : withoutReason(one)),
        from: { ...one.from, name: nameOf(one.from.person) },
        to: { ...one.to, name: nameOf(one.to.person) },
      })),
    leaves: duty
      .leaves(organisation)
      .filter(one => kstDayBegins(one.toDay) > nowMs - 7 * DAY_MS)
      .map(one => ({ ...(knows(one.person) ? one : withoutReason(one)), name: nameOf(one.person), standInName: nameOf(one.standIn) })),
  }
}
/** What each crew stands that day: its letter in the roster in force, or off on a day of rest. */
function dayLetters(duty: Duty, organisation: string, day: string): readonly { readonly crew: string; readonly letter: string }[] {
  const roster = duty.rosterOn(organisation, day)
  if (!roster) return []
  const stood = duty.watchesBetween(organisation, kstDayBegins(day), kstDayBegins(day) + DAY_MS).filter(one => one.day === day)
  return roster.crews.map(crew => {
    const letter = letterOn(roster, crew, day)
    const isStood = stood.some(one => one.crew.id === crew.id)
    return { crew: crew.id, letter: isStood || !roster.watches.some(one => one.short === letter) ? letter : '휴' }
  })
}

/** Monday of the week in which the day lies. */
const weekOf = (day: string): string => addKstDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))
