// An incident’s life. Pure: what a report or a deed makes of it, or why it is refused. Each step keeps who, when, and the wording before (as-of.ts goes back by it).
import { ok } from '#base/index.ts'
import { erasedOf } from './person.ts'
import { no, type Outcome as Result } from './refusals.ts'
import {
  type Author,
  type Correctable,
  type Goods,
  INCIDENT_STATES,
  type Incident,
  type IncidentPlace,
  type IncidentState,
  type Link,
  type Mention,
  type Outcome,
  type PersonShort,
  type Responsible,
  type Step,
  type StepDeed,
} from './schema.ts'
import { cleaned } from './words.ts'

export const MAX_TEXT = 10_000
const MAX_LINKS = 100
const MAX_ATTACHMENTS = 200
const MAX_GOODS = 200
const MAX_PEOPLE = 200
const MAX_MENTIONS = 20
/** A phone's clock may be this much ahead of ours. */
const AHEAD_MS = 5 * 60_000

export interface NewIncident {
  readonly id: string
  readonly organisation: string
  /** Besides its own: in whose waters it lies, with whom it is shared. */
  readonly organisations: readonly string[]
  readonly kind: Incident['kind']
  readonly urgency: Incident['urgency']
  readonly text: string
  readonly occurredAtMs: number
  readonly place?: IncidentPlace
  readonly goods: readonly Goods[]
  readonly people: readonly PersonShort[]
  readonly links: readonly Link[]
  readonly attachments: readonly string[]
  readonly isInDailyReport: boolean
  /** An alarm in every room that is told of it. */
  readonly isAlarm?: boolean
  readonly writtenAtMs?: number
}

export type IncidentDeed =
  | {
      readonly deed: 'answer'
      readonly text: string
      readonly attachments: readonly string[]
      readonly mentions?: readonly Mention[]
      /** Where those named belong: told of it from now on. */
      readonly organisations?: readonly string[]
      readonly links?: readonly Link[]
    }
  | { readonly deed: 'correct'; readonly after: Partial<Correctable>; readonly reason: string }
  | { readonly deed: 'order'; readonly order: string; readonly text: string; readonly to: Responsible; readonly dueMs: number }
  | { readonly deed: 'order-acknowledge' | 'order-done' | 'order-recall'; readonly order: string; readonly text: string }
  | { readonly deed: 'state'; readonly to: IncidentState; readonly note: string; readonly outcome?: Outcome; readonly openOrders: number }
  | { readonly deed: 'merge-into' | 'merge-from' | 'relate'; readonly other: string }
  | { readonly deed: 'link' | 'unlink'; readonly link: Link }
  | { readonly deed: 'share'; readonly organisations: readonly string[] }
  | { readonly deed: 'daily-report'; readonly isIn: boolean; readonly text?: string }
  | { readonly deed: 'person'; readonly person: PersonShort }
  | { readonly deed: 'person-erase'; readonly person: string }
  | { readonly deed: 'told'; readonly ko: string; readonly en: string; readonly link: Link }

export interface When {
  readonly stepId: string
  readonly by: Author
  readonly atMs: number
  readonly writtenAtMs?: number
}

/** What still happens to one that went on as part of another. */
const ALSO_OF_MERGED: readonly IncidentDeed['deed'][] = ['told', 'person-erase', 'order-acknowledge', 'order-done', 'order-recall']
export const sameLink = (a: Link, b: Link): boolean => a.kind === b.kind && a.id === b.id
const unique = (list: readonly string[]): readonly string[] => [...new Set(list)]
const isNotNegative = (value: number | undefined): boolean => value === undefined || (Number.isFinite(value) && value >= 0 && value <= 1e15)

/** What is wrong with the words, place, time or goods of a report or correction; undefined: nothing. */
function faultOf(from: Partial<Correctable>, nowMs: number) {
  if (from.text !== undefined && from.text === '') return 'text-missing' as const
  if (from.text !== undefined && from.text.length > MAX_TEXT) return 'text-long' as const
  if (from.occurredAtMs !== undefined && !(from.occurredAtMs <= nowMs + AHEAD_MS && from.occurredAtMs > 0)) return 'time-ahead' as const
  const { lat, lon } = from.place ?? {}
  if (
    (lat === undefined) !== (lon === undefined) ||
    (lat !== undefined && !(Math.abs(lat) <= 90)) ||
    (lon !== undefined && !(Math.abs(lon) <= 180))
  )
    return 'place-wrong' as const
  if (from.goods && from.goods.length > MAX_GOODS) return 'too-many' as const
  if (from.goods?.some(one => !isNotNegative(one.quantity) || !isNotNegative(one.valueWon))) return 'goods-wrong' as const
  return undefined
}

const cleanedGoods = (goods: readonly Goods[]): readonly Goods[] =>
  goods.map(one => ({ ...one, name: cleaned(one.name), ...(one.unit === undefined ? {} : { unit: cleaned(one.unit) }) }))
const cleanedPlace = (place: IncidentPlace): IncidentPlace => ({ ...place, label: cleaned(place.label) })
const cleanedLink = (link: Link): Link => ({ ...link, id: cleaned(link.id), label: cleaned(link.label) || cleaned(link.id) })

const distinct = (links: readonly Link[]): readonly Link[] =>
  links.map(cleanedLink).filter((link, i, all) => all.findIndex(other => sameLink(other, link)) === i)

/** The number is given by the store; until then it is empty. */
export function reported(from: NewIncident, { stepId, by, atMs }: When): Result<{ readonly incident: Incident; readonly step: Step }> {
  const text = cleaned(from.text)
  const place = from.place && (from.place.label.trim() !== '' || from.place.lat !== undefined) ? cleanedPlace(from.place) : undefined
  const fault = faultOf({ text, occurredAtMs: from.occurredAtMs, place, goods: from.goods }, atMs)
  if (fault) return no(fault)
  if (from.links.length > MAX_LINKS || from.attachments.length > MAX_ATTACHMENTS || from.people.length > MAX_PEOPLE) return no('too-many')
  const attachments = unique(from.attachments)
  const incident: Incident = {
    id: from.id,
    number: '',
    organisation: from.organisation,
    organisations: unique([from.organisation, ...from.organisations]),
    kind: from.kind,
    urgency: from.urgency,
    state: 'reported',
    text,
    occurredAtMs: from.occurredAtMs,
    reportedAtMs: atMs,
    reportedBy: by,
    goods: cleanedGoods(from.goods),
    people: from.people,
    links: distinct(from.links),
    attachments,
    dailyReport: { isIn: from.isInDailyReport },
    mergedFrom: [],
    related: [],
    answers: 0,
    steps: 1,
    changedAtMs: atMs,
    ...(place ? { place } : {}),
  }
  const written = from.writtenAtMs === undefined ? {} : { writtenAtMs: from.writtenAtMs }
  const alarm = from.isAlarm ? { isAlarm: true as const } : {}
  return ok({ incident, step: { id: stepId, incident: from.id, n: 1, atMs, by, deed: 'report', text, attachments, ...alarm, ...written } })
}

interface Change {
  readonly incident: Incident
  readonly step: StepDeed
}

/** What the deed makes of the incident and the step that tells it. */
export function done(incident: Incident, deed: IncidentDeed, when: When): Result<{ readonly incident: Incident; readonly step: Step }> {
  if (incident.mergedInto !== undefined && !ALSO_OF_MERGED.includes(deed.deed)) return no('merged')
  const change = changeOf(incident, deed, when)
  if (!change.ok) return change
  const n = incident.steps + 1
  const { stepId: id, by, atMs, writtenAtMs } = when
  return ok({
    incident: { ...change.value.incident, steps: n, changedAtMs: Math.max(incident.changedAtMs, atMs) },
    step: { id, incident: incident.id, n, atMs, by, ...(writtenAtMs === undefined ? {} : { writtenAtMs }), ...change.value.step },
  })
}

function changeOf(incident: Incident, deed: IncidentDeed, when: When): Result<Change> {
  const change = (to: Partial<Incident>, step: StepDeed): Result<Change> => ok({ incident: { ...incident, ...to }, step })
  switch (deed.deed) {
    case 'answer':
      return answered(incident, deed)
    case 'correct':
      return corrected(incident, deed, when)
    case 'order':
      if (incident.state === 'closed') return no('closed')
      return change({ organisations: unique([...incident.organisations, deed.to.organisation]) }, deed)
    case 'order-acknowledge':
    case 'order-done':
    case 'order-recall':
      return change({}, { ...deed, text: cleaned(deed.text) })
    case 'state':
      return moved(incident, deed, when)
    case 'merge-into':
      return change(
        { mergedInto: deed.other, state: 'closed', closedAtMs: incident.closedAtMs ?? when.atMs },
        { deed: 'merge-into', other: deed.other, stateBefore: incident.state },
      )
    case 'merge-from':
      if (incident.mergedFrom.includes(deed.other)) return no('nothing-changed')
      return change({ mergedFrom: unique([...incident.mergedFrom, deed.other]) }, deed)
    case 'relate':
      if (incident.related.includes(deed.other)) return no('nothing-changed')
      return change({ related: [...incident.related, deed.other] }, deed)
    case 'link':
    case 'unlink':
      return linked(incident, deed)
    case 'share': {
      const organisations = unique(deed.organisations.filter(one => !incident.organisations.includes(one)))
      if (organisations.length === 0) return no('nothing-changed')
      return change({ organisations: [...incident.organisations, ...organisations] }, { deed: 'share', organisations })
    }
    case 'daily-report': {
      const text = deed.text === undefined ? '' : cleaned(deed.text)
      if (text.length > MAX_TEXT) return no('text-long')
      const mark = { isIn: deed.isIn, ...(text ? { text } : {}) }
      const before = incident.dailyReport
      if (before.isIn === mark.isIn && before.text === mark.text) return no('nothing-changed')
      return change({ dailyReport: mark }, { deed: 'daily-report', ...mark, before })
    }
    case 'person': {
      const before = incident.people.find(one => one.id === deed.person.id)
      if (before?.isErased) return no('nothing-changed')
      if (!before && incident.people.length >= MAX_PEOPLE) return no('too-many')
      const people = before ? incident.people.map(one => (one === before ? deed.person : one)) : [...incident.people, deed.person]
      return change({ people }, { deed: 'person', person: deed.person.id, ...(before ? { before } : {}) })
    }
    case 'person-erase':
      return change(
        { people: incident.people.map(one => (one.id === deed.person ? erasedOf(one) : one)) },
        { deed: 'person-erase', person: deed.person },
      )
    case 'told':
      return change({}, deed)
  }
}

function answered(incident: Incident, deed: IncidentDeed & { readonly deed: 'answer' }): Result<Change> {
  const text = cleaned(deed.text)
  const attachments = unique(deed.attachments)
  if (text === '' && attachments.length === 0) return no('text-missing')
  if (text.length > MAX_TEXT) return no('text-long')
  const mentions = deed.mentions ?? []
  const organisations = unique(deed.organisations ?? []).filter(one => !incident.organisations.includes(one))
  const links = distinct(deed.links ?? []).filter(link => !incident.links.some(known => sameLink(known, link)))
  if (incident.attachments.length + attachments.length > MAX_ATTACHMENTS) return no('too-many')
  if (incident.links.length + links.length > MAX_LINKS || mentions.length > MAX_MENTIONS) return no('too-many')
  return ok({
    incident: {
      ...incident,
      answers: incident.answers + 1,
      attachments: unique([...incident.attachments, ...attachments]),
      organisations: [...incident.organisations, ...organisations],
      links: [...incident.links, ...links],
    },
    step: {
      deed: 'answer',
      text,
      attachments,
      ...(mentions.length > 0 ? { mentions: mentions.map(one => ({ ...one, label: cleaned(one.label) })) } : {}),
      ...(organisations.length > 0 ? { organisations } : {}),
      ...(links.length > 0 ? { links } : {}),
    },
  })
}

function linked(incident: Incident, deed: IncidentDeed & { readonly deed: 'link' | 'unlink' }): Result<Change> {
  const link = cleanedLink(deed.link)
  const known = incident.links.find(other => sameLink(other, link))
  if ((known === undefined) === (deed.deed === 'unlink')) return no('nothing-changed')
  if (known)
    return ok({ incident: { ...incident, links: incident.links.filter(other => other !== known) }, step: { deed: 'unlink', link: known } })
  if (incident.links.length >= MAX_LINKS) return no('too-many')
  return ok({ incident: { ...incident, links: [...incident.links, link] }, step: { deed: 'link', link } })
}

function corrected(incident: Incident, deed: IncidentDeed & { readonly deed: 'correct' }, { atMs }: When): Result<Change> {
  const wanted: Partial<Correctable> = {
    ...deed.after,
    ...(deed.after.text === undefined ? {} : { text: cleaned(deed.after.text) }),
    ...(deed.after.place === undefined ? {} : { place: cleanedPlace(deed.after.place) }),
    ...(deed.after.goods === undefined ? {} : { goods: cleanedGoods(deed.after.goods) }),
  }
  const fault = faultOf(wanted, atMs)
  if (fault) return no(fault)
  const changed = Object.entries(wanted).filter(([name, value]) => JSON.stringify(Reflect.get(incident, name)) !== JSON.stringify(value))
  if (changed.length === 0) return no('nothing-changed')
  const after: Partial<Correctable> = Object.fromEntries(changed)
  const before: Partial<Correctable> = Object.fromEntries(changed.map(([name]) => [name, Reflect.get(incident, name)]))
  return ok({ incident: put(incident, after), step: { deed: 'correct', before, after, reason: cleaned(deed.reason) } })
}

/** The incident with these values; a place that is undefined goes away. */
export function put(incident: Incident, values: Partial<Correctable>): Incident {
  const { place, ...others } = values
  const { place: known, ...rest } = incident
  const next = 'place' in values ? place : known
  return { ...rest, ...others, ...(next ? { place: next } : {}) }
}

function moved(incident: Incident, deed: IncidentDeed & { readonly deed: 'state' }, { atMs }: When): Result<Change> {
  const [from, to] = [INCIDENT_STATES.indexOf(incident.state), INCIDENT_STATES.indexOf(deed.to)]
  const note = cleaned(deed.note)
  if (from === to) return no('nothing-changed')
  const { outcome: outcomeBefore, closedAtMs: closedBeforeMs, ...open } = incident
  const isReopened = incident.state === 'closed' && deed.to === 'in-hand'
  if (isReopened) {
    if (note === '') return no('reason-missing')
    const was = { ...(outcomeBefore ? { outcomeBefore } : {}), ...(closedBeforeMs === undefined ? {} : { closedBeforeMs }) }
    return ok({ incident: { ...open, state: 'in-hand' }, step: { deed: 'state', from: 'closed', to: 'in-hand', note, ...was } })
  }
  if (to < from) return no('state-order')
  if (deed.to !== 'closed')
    return ok({ incident: { ...open, state: deed.to }, step: { deed: 'state', from: incident.state, to: deed.to, note } })
  if (deed.outcome === undefined) return no('outcome-missing')
  if (deed.openOrders > 0) return no('orders-open')
  return ok({
    incident: { ...open, state: 'closed', outcome: deed.outcome, closedAtMs: atMs },
    step: { deed: 'state', from: incident.state, to: 'closed', note, outcome: deed.outcome },
  })
}
