// Whom a rule names, now: from the rosters, the posts and the people of the house, and from the officers that a journey's plan names.
import { type Duty, isRestDay } from '#access/duty/index.ts'
import type { Access } from '#access/index.ts'
import { type Clock, kstDay, kstMinute } from '#base/index.ts'
import type { Way, Whom } from '../schema.ts'
import { numberKey } from './answers.ts'
import type { EscalationWorld, Recipient } from './escalation.ts'
import type { TellingFacts, TellingOfficer } from './facts.ts'
import { POST_WORDS } from './post-words.ts'

/** An address its owner has confirmed, and the language they read. */
export interface OwnAddress {
  readonly way: Way
  readonly address: string
  readonly language: 'ko' | 'en'
}

export interface PeopleWorldOptions {
  readonly access: Pick<Access, 'people' | 'organisations'>
  readonly duty: Pick<Duty, 'onDuty' | 'holidays'>
  readonly clock: Clock
  /** Confirmed ones, the newest last. */
  ownAddresses(person: string): readonly OwnAddress[]
}

export interface AlarmPlace {
  /** Whose place it is; none: head office's. */
  readonly organisations: readonly string[]
  readonly facts: TellingFacts
}

const WORK_FROM = 540
const WORK_TO = 1080
const FRESH_MS = 1000

export interface PeopleWorld {
  /** For one alarm: what `place` and the journey's officers mean. */
  /** `momentMs`: by the roster of another moment; asked for at each look. */
  at(alarm: AlarmPlace, canReach: EscalationWorld['canReach'], momentMs?: () => number): EscalationWorld
  person(id: string): Recipient | undefined
  isSomebodyOnDuty(organisation: string): boolean
  /** The organisations and all above them. */
  withThoseAbove(organisations: readonly string[]): readonly string[]
}

export function createPeopleWorld({ access, duty, clock, ownAddresses }: PeopleWorldOptions): PeopleWorld {
  const person = (id: string): Recipient | undefined => {
    const known = access.people.personById(id)
    if (known?.isActive !== true) return undefined
    const own = ownAddresses(id)
    const sms = own.findLast(one => one.way === 'sms')?.address ?? known.phone
    const call = own.findLast(one => one.way === 'call')?.address ?? sms
    const email = own.findLast(one => one.way === 'email')?.address ?? known.email
    return {
      key: id,
      person: id,
      name: known.name,
      language: own.at(-1)?.language ?? 'ko',
      addresses: { ...(sms ? { sms } : {}), ...(call ? { call } : {}), ...(email ? { email } : {}) },
    }
  }
  const people = (ids: readonly (string | undefined)[]): readonly Recipient[] => [
    ...new Map(ids.flatMap(id => (id === undefined ? undefined : person(id)) ?? []).map(one => [one.key, one])).values(),
  ]
  /** Asked for at each step of thousands of escalations: worked out once a second. */
  const duties = new Map<string, { readonly atMs: number; readonly people: readonly Recipient[] }>()
  const standing = (organisation: string, atMs: number): readonly Recipient[] =>
    people((duty.onDuty(organisation, atMs)?.people ?? []).map(one => one.person))
  const onDuty = (organisation: string): readonly Recipient[] => {
    const nowMs = clock.now()
    const known = duties.get(organisation)
    if (known && Math.abs(nowMs - known.atMs) < FRESH_MS) return known.people
    const now = standing(organisation, nowMs)
    duties.set(organisation, { atMs: nowMs, people: now })
    return now
  }
  const holders = (post: string, organisation: string, nowMs: number): readonly Recipient[] => {
    const candidates = new Set([
      ...access.people.posts().flatMap(one => (one.post === post && one.organisation === organisation ? [one.person] : [])),
      ...access.people.delegations().flatMap(one => (one.post === post && one.organisation === organisation ? [one.to] : [])),
    ])
    return people(
      [...candidates].filter(id =>
        access.people.appointmentsOf(id, nowMs).some(one => one.post === post && one.organisation === organisation),
      ),
    )
  }
  const officer = ({ person: id, name, phone }: TellingOfficer): Recipient => {
    const known = id === undefined ? undefined : person(id)
    if (known?.addresses.sms !== undefined) return known
    return {
      key: id ?? (phone === undefined ? `officer:${name}` : `tel:${numberKey(phone)}`),
      ...(id === undefined ? {} : { person: id }),
      name,
      language: 'ko',
      addresses: phone === undefined ? {} : { sms: phone, call: phone },
    }
  }
  const tree = access.organisations
  const above = (organisation: string): string => tree().get(organisation)?.parent ?? tree().headOffice
  const placesOf = (of: string, organisations: readonly string[]): readonly string[] => {
    const here = organisations.length > 0 ? organisations : [tree().headOffice]
    if (of === 'place') return here
    if (of === 'above') return [...new Set(here.map(above))]
    if (of === 'head-office') return [tree().headOffice]
    return [of]
  }

  return {
    person,
    isSomebodyOnDuty: organisation => onDuty(organisation).some(one => Object.keys(one.addresses).length > 0),
    withThoseAbove(organisations) {
      const found = new Set<string>()
      for (const one of organisations.length > 0 ? organisations : [tree().headOffice])
        for (let at: string | undefined = one; at !== undefined && !found.has(at); at = tree().get(at)?.parent) found.add(at)
      return [...found]
    },
    at: ({ organisations, facts }, canReach, momentMs) => ({
      canReach,
      isWorkingHours(nowMs) {
        const day = kstDay(nowMs)
        const minute = kstMinute(nowMs)
        return minute >= WORK_FROM && minute < WORK_TO && !isRestDay(day, duty.holidays(Number(day.slice(0, 4))))
      },
      find(whom) {
        switch (whom.who) {
          case 'journey-officers': {
            const { officers, near = 'destination' } = facts
            if (!officers) return []
            const wanted =
              whom.end === 'both' ? [...officers.origin, ...officers.destination] : officers[whom.end === 'near' ? near : whom.end]
            return [...new Map(wanted.map(officer).map(one => [one.key, one])).values()]
          }
          case 'on-duty':
            return placesOf(whom.of, organisations).flatMap(one => (momentMs ? standing(one, momentMs()) : onDuty(one)))
          case 'post':
            return placesOf(whom.of, organisations).flatMap(one => holders(whom.post, one, momentMs?.() ?? clock.now()))
          case 'person': {
            const one = person(whom.person)
            return one ? [one] : []
          }
          case 'channel':
            return [{ key: `channel:${whom.channel}`, name: whom.channel, language: 'ko', addresses: {}, channel: whom.channel }]
        }
      },
      namesOf: whom =>
        namesOf(
          whom,
          placesOf('of' in whom ? whom.of : 'place', organisations),
          id => tree().get(id),
          id => person(id)?.name,
        ),
    }),
  }
}

function namesOf(
  whom: Whom,
  organisations: readonly string[],
  organisation: (id: string) => { readonly ko: string; readonly en: string } | undefined,
  nameOf: (person: string) => string | undefined,
): { readonly ko: string; readonly en: string; readonly organisations: readonly string[] } {
  const names = (language: 'ko' | 'en'): string => organisations.map(id => organisation(id)?.[language] ?? id).join(', ')
  switch (whom.who) {
    case 'journey-officers':
      return { ko: '운송 담당자', en: 'officers of the journey', organisations: [] }
    case 'on-duty':
      return { ko: `${names('ko')} 당직자`, en: `on duty at ${names('en')}`, organisations }
    case 'post':
      return {
        ko: `${names('ko')} ${POST_WORDS[whom.post]?.ko ?? whom.post}`,
        en: `${POST_WORDS[whom.post]?.en ?? whom.post} of ${names('en')}`,
        organisations,
      }
    case 'person':
      return { ko: nameOf(whom.person) ?? whom.person, en: nameOf(whom.person) ?? whom.person, organisations: [] }
    case 'channel':
      return { ko: whom.channel, en: whom.channel, organisations: [] }
  }
}
