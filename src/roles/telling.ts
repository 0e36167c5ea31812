// What the texts of alarms need to know, asked of the rooms that know it: the journey's container, vehicle, ends and officers, the ship's name, the place in words.
import type { Access } from '#access/index.ts'
import type { Alarm } from '#alerts/index.ts'
import type { TellingFacts } from '#alerts/telling/index.ts'
import { whereIs } from '#places/index.ts'
import type { JourneyPlan, JourneyStanding, RunningSeals } from '#seals/index.ts'

export interface FactsOptions {
  readonly seals: Pick<RunningSeals, 'journey' | 'pass'>
  readonly access: Pick<Access, 'organisations'>
  labelOf(kind: string, id: string): string | undefined
  isDemo(): boolean
}

const STATE_WORDS: Readonly<Record<JourneyStanding['word'], { readonly ko: string; readonly en: string }>> = {
  normal: { ko: '정상', en: 'normal' },
  late: { ko: '지연', en: 'late' },
  'off-route': { ko: '이탈', en: 'off route' },
  opened: { ko: '개봉', en: 'opened' },
  silent: { ko: '두절', en: 'silent' },
}

export function createFacts({ seals, access, labelOf, isDemo }: FactsOptions): (alarm: Alarm) => TellingFacts {
  const journeyOf = (alarm: Alarm): { readonly plan: JourneyPlan; readonly standing: JourneyStanding } | undefined => {
    for (const { kind, id } of alarm.joined.subjects) {
      const journey = kind === 'journey' ? id : kind === 'seal' ? seals.pass.journeyOf(id) : undefined
      const found = journey === undefined ? undefined : seals.journey(journey)
      if (found) return found
    }
    return undefined
  }
  return alarm => {
    const { joined } = alarm
    const subjects = joined.subjects.map(({ kind, id }) => ({ kind, id, label: labelOf(kind, id) ?? id }))
    const place = joined.place && whereIs(joined.place.lat, joined.place.lon)?.placeName
    const phone = [...(alarm.organisations ?? []), access.organisations().headOffice].flatMap(
      id => access.organisations().get(id)?.phone ?? [],
    )[0]
    const shared = {
      subjects,
      ...(place ? { place } : {}),
      ...(phone === undefined ? {} : { callPhone: phone }),
    }
    const journey = journeyOf(alarm)
    if (!journey) return { subject: subjects.map(one => one.label).join(' ↔ '), ...shared, ...(isDemo() ? { isDemo: true } : {}) }
    const { plan, standing } = journey
    return {
      subject: plan.container,
      ...shared,
      state: STATE_WORDS[standing.word],
      origin: plan.origin.name,
      destination: plan.destination.name,
      officers: plan.officers,
      near: standing.departedAtMs === undefined ? 'origin' : 'destination',
      ...(plan.vehicle === undefined ? {} : { vehicle: plan.vehicle }),
      ...(plan.isDemo || isDemo() ? { isDemo: true } : {}),
    }
  }
}
