// What the doors of the room share: what they are given, the shapes of bodies, who asks.
import { Type } from 'typebox'
import type { OrganisationTree } from '#access/index.ts'
import type { Caller, Grant, Post } from '#base/index.ts'
import type { Http } from '#platform/http/index.ts'
import type { Mail } from '#platform/mail/index.ts'
import type { OfficesState } from './checks.ts'
import type { Composed } from './compose.ts'
import { type PaperLanguage, SECTION_IDS } from './model.ts'
import type { Press } from './press.ts'
import { refusal } from './refusals.ts'
import type { Report, ReportDeed } from './report.ts'
import type { Doer, Reports } from './reports.ts'
import type { ReportsSettings } from './settings.ts'
import type { ReportSources } from './sources.ts'

export interface ReportRoutesOptions {
  readonly http: Pick<Http, 'route'>
  readonly reports: Reports
  readonly press: Press
  readonly mail: Pick<Mail, 'lines'>
  readonly data: string
  readonly settings: ReportsSettings
  readonly sources: Pick<ReportSources, 'record' | 'recordsSinceMs'>
  now(): number
  organisations(): OrganisationTree
  isFrozen(id: string): boolean
  /** Offices due, done and late for a day; undefined for reports without lines. */
  offices(report: {
    readonly kind: string
    readonly day: string
  }): { readonly state: OfficesState; readonly missing: readonly string[] } | undefined
  /** Has this person proved again who they are, lately enough to sign? */
  confirmed(caller: Caller): boolean
  /** Nobody but this one can act: one person fills all boxes. */
  isAlone(caller: Caller): boolean
}

export interface Acting {
  readonly caller: Caller
  readonly grant: Grant
}

/** Does a deed on a report and answers with the report whole. */
export type Act = (
  id: string,
  acting: Acting,
  deedId: string,
  deedOf: (report: Report, paper: Composed) => ReportDeed,
  language?: PaperLanguage,
) => Promise<unknown>

export const closed = { additionalProperties: false } as const
export const Id = Type.Object({ id: Type.String({ maxLength: 90 }) })
export const DeedId = Type.String({ minLength: 8, maxLength: 100, description: 'client-made: the same is done once' })
export const Text = Type.String({ maxLength: 2000 })
export const Target = Type.String({ minLength: 1, maxLength: 300 })
export const Language = Type.Optional(Type.Union([Type.Literal('ko'), Type.Literal('en')]))
const Section = Type.Union(SECTION_IDS.map(id => Type.Literal(id)))
export const EditShape = Type.Union([
  Type.Object({ deed: Type.Literal('text'), target: Target, text: Text }, closed),
  Type.Object({ deed: Type.Literal('leave-out'), target: Target }, closed),
  Type.Object(
    {
      deed: Type.Literal('add'),
      section: Section,
      parent: Type.Optional(Target),
      lead: Type.Optional(Type.String({ maxLength: 40 })),
      text: Text,
    },
    closed,
  ),
  Type.Object({ deed: Type.Literal('move'), target: Target, before: Type.Optional(Target) }, closed),
  Type.Object({ deed: Type.Literal('order'), sections: Type.Array(Section, { maxItems: SECTION_IDS.length }) }, closed),
])
export const Head = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  day: Type.String(),
  state: Type.String(),
  revision: Type.Integer(),
})
export const Full = Type.Object({ id: Type.String(), state: Type.String(), revision: Type.Integer(), fingerprint: Type.String() })

/** What is head office's is not known of below. */
export const mine = ({ grant }: Acting): void => {
  if (!grant.covers([])) throw refusal('no-report')
}

export const doerOf = (caller: Caller, id: string): Doer => ({
  author: { id: caller.id, name: caller.name },
  id,
  ...(caller.session === undefined ? {} : { session: caller.session }),
  ...(caller.second === undefined ? {} : { second: caller.second }),
})

/** Posts at head office, where boxes are signed. */
export const postsOf = (caller: Caller, headOffice: string): readonly Post[] =>
  caller.appointments.filter(one => one.organisation === headOffice).map(one => one.post)
