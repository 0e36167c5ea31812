// What the routes of the room share: finding a thing for somebody who may look, as whom they write, refusals as HTTP. What a caller may not see is not there (404); what they
// see and may not do is refused with the reason (403).
import { Type } from 'typebox'
import type { Caller, Grant } from '#base/index.ts'
import { badInput, type Http, HttpRefusal, notFound, refusalOf } from '#platform/http/index.ts'
import type { Attachments } from './attachments/attachments.ts'
import type { Audience } from './audience.ts'
import type { By, Incidents } from './incidents-contract.ts'
import type { ListQuery } from './list.ts'
import { type Outcome, REFUSALS, type RefusalCode } from './refusals.ts'
import type { Incident } from './schema.ts'

export interface IncidentRoutesOptions {
  readonly http: Http
  readonly incidents: Incidents
  readonly attachments: Pick<Attachments, 'many'>
  now(): number
  grantOf(caller: Caller, deed: string): Grant | undefined
  officeName(id: string, english: boolean): string
  /** Name of a person who has read it. */
  nameOf(person: string): string
  readonly audience: Audience
  /** Adds a row to the audit trail: somebody looked at people's names. */
  audit(caller: Caller, deed: string, thing: string, note: string): Promise<void>
  /** How far the caller has read these. */
  readBy(person: string, incidents: readonly string[]): ReadonlyMap<string, number>
  /** Somebody has read it: for the screens. */
  onRead(incident: Incident, receipt: { readonly person: string; readonly organisation: string; readonly steps: number }): void
}

export interface Acting {
  readonly caller: Caller
  readonly grant: Grant
}

export const Params = Type.Object({ id: Type.String({ maxLength: 100 }) })

export const refusal = (code: RefusalCode): HttpRefusal => refusalOf(REFUSALS, code)

/** The room's answer, or its refusal as HTTP; a disk that refuses is 507, and nothing was done. */
export async function answered<T>(task: Promise<Outcome<T>>): Promise<T> {
  let outcome: Outcome<T>
  try {
    outcome = await task
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new HttpRefusal(507, 'not-kept', {
      ko: `저장하지 못해 처리하지 않았습니다(${why}). 디스크를 확인하고 다시 하십시오`,
      en: `it could not be kept and so was not done (${why}); look after the disk and try again`,
    })
  }
  if (!outcome.ok) throw refusal(outcome.reason)
  return outcome.value
}

export const timeOf = (text: string): number => {
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) throw badInput({ ko: `시각 ‘${text}’은(는) ISO 8601 형식이어야 합니다`, en: `‘${text}’ is no time in ISO 8601` })
  return ms
}

export const noSuch = (id: string): HttpRefusal => notFound({ ko: `사건 ${id}`, en: `incident ${id}` })

/** Finds it for somebody who may look, and says whether they may do this. */
export function finder({ incidents, grantOf }: Pick<IncidentRoutesOptions, 'incidents' | 'grantOf'>) {
  return (id: string, { caller, grant }: Acting): Incident => {
    const incident = incidents.get(id)
    if (!incident || !grantOf(caller, 'incidents.look')?.covers(incident.organisations)) throw noSuch(id)
    if (!grant.covers(incident.organisations)) throw refusal('not-yours')
    return incident
  }
}

/** As whom the caller writes: the organisation asked for, where it is theirs; else the first of theirs. */
export function authorOf({ caller, grant }: Acting, asked: string | undefined): By['author'] {
  const mine = caller.appointments.map(one => one.organisation)
  const organisation = asked ?? mine.find(one => grant.covers([one]))
  if (organisation === undefined || !grant.covers([organisation])) throw refusal('not-yours')
  return { id: caller.id, name: caller.name, organisation }
}
export const byOf = (acting: Acting, body: { readonly deedId: string; readonly writtenAt?: string; readonly as?: string }): By => ({
  author: authorOf(acting, body.as),
  stepId: body.deedId,
  ...(acting.caller.session === undefined ? {} : { session: acting.caller.session }),
  ...(acting.caller.second === undefined ? {} : { second: acting.caller.second }),
  ...(body.writtenAt === undefined ? {} : { writtenAtMs: timeOf(body.writtenAt) }),
})

export const whose = (grant: Grant | undefined): ListQuery['whose'] => grant?.organisations ?? new Set<string>()
