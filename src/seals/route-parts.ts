// What the routes of the room share: finding a journey for somebody who may see it, and who acts.
import { authorOf } from '#access/index.ts'
import type { Caller, Clock, Grant } from '#base/index.ts'
import { type Http, HttpRefusal, notFound } from '#platform/http/index.ts'
import type { Statement, Store } from '#platform/store/index.ts'
import type { CommandGuard } from './command-guard.ts'
import type { SealCommands } from './devices/commands.ts'
import type { Outline } from './places.ts'
import type { Corridor, JourneyPlan, PlanPlace } from './schema.ts'
import type { By, Seals } from './seals.ts'

export interface SealRoutesOptions {
  readonly http: Http
  readonly seals: Seals
  readonly commands: SealCommands
  readonly guard: CommandGuard
  readonly clock: Clock
  grantOf(caller: Caller, deed: string): Grant | undefined
  isOrganisation(id: string): boolean
  nameOf(person: string): string | undefined
  /** In whose area a place lies. */
  organisationsAt(lat: number, lon: number): readonly string[]
  corridorBetween(origin: string, destination: string): Corridor | undefined
  /** What the room keeps of its own beside the journeys. */
  readonly store: Store
  isIn(place: PlanPlace, lat: number, lon: number): boolean
  outlineOf(place: PlanPlace): Outline
  /** A row of the audit trail, written together with the change. */
  audited(by: By, deed: string, thing: string, note: string): Statement
  arePhotosOf(ids: readonly string[], journey: string): boolean
}

export interface Acting {
  readonly caller: Caller
  readonly grant: Grant
}

export const byOf = (caller: Caller): By => authorOf(caller)

export function journeyFinder({ seals, grantOf }: Pick<SealRoutesOptions, 'seals' | 'grantOf'>) {
  return (id: string, { caller, grant }: Acting) => {
    const found = seals.journey(id)
    if (!found || !grantOf(caller, 'journeys.look')?.covers(found.plan.organisations)) throw noJourney(id)
    if (!grant.covers(found.plan.organisations))
      throw new HttpRefusal(403, 'not-yours', { ko: '다른 소속의 운송입니다', en: 'this journey is another office’s' })
    return found
  }
}
export const noJourney = (id: string): HttpRefusal => notFound({ ko: `운송 ${id}`, en: `journey ${id}` })

/** Organisations a plan may name: known ones, and at least one that the caller covers. */
export function checkOrganisations(plan: JourneyPlan, grant: Grant, isOrganisation: (id: string) => boolean): void {
  const strange = plan.organisations.find(id => !isOrganisation(id))
  if (strange !== undefined)
    throw new HttpRefusal(422, 'no-organisation', { ko: `소속 ${strange}이(가) 없습니다`, en: `there is no organisation ${strange}` })
  if (!grant.covers(plan.organisations))
    throw new HttpRefusal(403, 'not-yours', { ko: '그 소속의 운송은 계획할 수 없습니다', en: 'you cannot plan journeys of that office' })
}
