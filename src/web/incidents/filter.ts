// What the list of incidents shows, and how it stands in the address: a link handed to a colleague opens the same list.
import { INCIDENT_KINDS, INCIDENT_STATES, URGENCIES } from './kinds.ts'
import type { IncidentKind, IncidentState, Urgency } from './model.ts'

export const SPANS_DAYS = [1, 7, 30, 365] as const
export type SpanDays = (typeof SPANS_DAYS)[number]

export interface Filter {
  readonly states: readonly IncidentState[]
  readonly kind?: IncidentKind | undefined
  readonly organisation?: string | undefined
  /** This grave or graver. */
  readonly urgency?: Urgency | undefined
  /** Reported within the last … days. */
  readonly days?: SpanDays | undefined
  /** Only those marked for the daily report. */
  readonly report?: true | undefined
  /** The one changed last on top, instead of the newest report. */
  readonly sort?: 'changed' | undefined
  readonly words: string
  /** Search people's names too: never in a link, for each such search is audited with its reason. */
  readonly people: boolean
}
export const NO_FILTER: Filter = { states: INCIDENT_STATES, words: '', people: false }

export const isFiltered = (filter: Filter): boolean => formatFilter({ ...filter, sort: undefined }) !== ''

/** As it stands in the address; empty: everything. */
export function formatFilter({ states, kind, organisation, urgency, days, report, sort, words }: Filter): string {
  const values = new URLSearchParams()
  if (states.length > 0 && states.length < INCIDENT_STATES.length) values.set('state', states.join(','))
  if (kind) values.set('kind', kind)
  if (organisation) values.set('organisation', organisation)
  if (urgency) values.set('urgency', String(urgency))
  if (days) values.set('days', String(days))
  if (report) values.set('report', 'true')
  if (sort) values.set('sort', sort)
  if (words.trim() !== '') values.set('q', words.trim())
  return values.toString()
}

/** What makes no sense is left out. */
export function parseFilter(text: string | undefined): Filter {
  const values = new URLSearchParams(text ?? '')
  const states = INCIDENT_STATES.filter(one => (values.get('state') ?? '').split(',').includes(one))
  const organisation = values.get('organisation') ?? undefined
  return {
    states: states.length === 0 ? INCIDENT_STATES : states,
    kind: INCIDENT_KINDS.find(one => one === values.get('kind')),
    organisation: organisation && /^[\w-]{1,100}$/.test(organisation) ? organisation : undefined,
    urgency: URGENCIES.find(one => String(one) === values.get('urgency')),
    days: SPANS_DAYS.find(one => String(one) === values.get('days')),
    report: values.get('report') === 'true' ? true : undefined,
    sort: values.get('sort') === 'changed' ? 'changed' : undefined,
    words: values.get('q') ?? '',
    people: false,
  }
}

const DAY_MS = 86_400_000
/** The same as a question to the server. */
export function queryOf(filter: Filter, nowMs: number): URLSearchParams {
  const values = new URLSearchParams(formatFilter(filter))
  const { urgency, days, people, words } = filter
  if (urgency) values.set('urgency', URGENCIES.filter(one => one <= urgency).join(','))
  values.delete('days')
  if (days) values.set('from', new Date(nowMs - days * DAY_MS).toISOString())
  if (people && words.trim() !== '') values.set('people', 'true')
  return values
}
