// Incidents as the API gives them: times ISO 8601, absent values left out. Lists and the live line carry heads, never whole texts.
import type { Attachment } from './attachments/rows.ts'
import type { Incident, Order, Step } from './schema.ts'
import { isOrderOpen, titleOf } from './schema.ts'
import type { Receipt } from './store.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

export const headView = (incident: Incident, orders: readonly Order[]) => ({
  id: incident.id,
  number: incident.number,
  organisation: incident.organisation,
  organisations: incident.organisations,
  kind: incident.kind,
  urgency: incident.urgency,
  state: incident.state,
  title: titleOf(incident.text),
  occurredAt: iso(incident.occurredAtMs),
  reportedAt: iso(incident.reportedAtMs),
  changedAt: iso(incident.changedAtMs),
  reportedBy: incident.reportedBy.name,
  answers: incident.answers,
  attachmentCount: incident.attachments.length,
  openOrders: orders.filter(isOrderOpen).length,
  isInDailyReport: incident.dailyReport.isIn,
  steps: incident.steps,
  ...(incident.place ? { place: incident.place } : {}),
  ...(incident.mergedInto === undefined ? {} : { mergedInto: incident.mergedInto }),
})

/** Another incident beside this one: enough to go there. */
export const shortView = (incident: Incident) => ({
  id: incident.id,
  number: incident.number,
  organisation: incident.organisation,
  state: incident.state,
  title: titleOf(incident.text),
})

export const stepView = (step: Step) => {
  const { atMs, writtenAtMs, ...rest } = step
  const times = { at: iso(atMs), ...(writtenAtMs === undefined ? {} : { writtenAt: iso(writtenAtMs) }) }
  if (rest.deed === 'order') {
    const { dueMs, ...order } = rest
    return { ...order, ...times, due: iso(dueMs) }
  }
  if (rest.deed === 'correct') return { ...rest, ...times, before: timed(rest.before), after: timed(rest.after) }
  return { ...rest, ...times }
}
const timed = ({ occurredAtMs, ...rest }: { readonly occurredAtMs?: number }) => ({
  ...rest,
  ...(occurredAtMs === undefined ? {} : { occurredAt: iso(occurredAtMs) }),
})

export const orderView = (order: Order) => {
  const { givenAtMs, dueMs, acknowledgedAtMs, doneAtMs, ...rest } = order
  return {
    ...rest,
    givenAt: iso(givenAtMs),
    due: iso(dueMs),
    ...(acknowledgedAtMs === undefined ? {} : { acknowledgedAt: iso(acknowledgedAtMs) }),
    ...(doneAtMs === undefined ? {} : { doneAt: iso(doneAtMs) }),
  }
}

export const receiptView = ({ person, organisation, steps, atMs }: Receipt, nameOf: (person: string) => string) => ({
  person,
  name: nameOf(person),
  organisation,
  steps,
  at: iso(atMs),
})

/** Never where it was taken: that is for whoever may see originals. */
export const attachmentView = (one: Attachment) => ({
  id: one.id,
  incident: one.incident,
  name: one.name,
  kind: one.kind,
  type: one.type,
  bytes: one.sharedBytes,
  sha256: one.sha256,
  by: one.by,
  at: iso(one.doneAtMs),
  hasThumbnail: one.hasThumbnail,
  ...(one.takenAtMs === undefined ? {} : { takenAt: iso(one.takenAtMs) }),
})

export interface Beside {
  readonly orders: readonly Order[]
  readonly steps: readonly Step[]
  /** Those of the related and merged ones that the caller may see. */
  readonly others: readonly Incident[]
  readonly reads: readonly Receipt[]
  readonly files: readonly Attachment[]
  /** People who should read it. */
  readonly recipients: number
  nameOf(person: string): string
}

export const fullView = (incident: Incident, { orders, steps, others, reads, files, recipients, nameOf }: Beside) => {
  const short = (ids: readonly string[]) => others.filter(other => ids.includes(other.id)).map(shortView)
  const { text, goods, people, links, dailyReport, outcome, closedAtMs } = incident
  return {
    ...headView(incident, orders),
    text,
    goods,
    people,
    links,
    attachments: files.map(attachmentView),
    dailyReport,
    reporter: incident.reportedBy,
    orders: orders.map(orderView),
    thread: steps.map(stepView),
    mergedFrom: short(incident.mergedFrom),
    related: short(incident.related),
    ...(incident.mergedInto === undefined ? {} : { merged: short([incident.mergedInto])[0] }),
    reads: reads.map(read => receiptView(read, nameOf)),
    recipients,
    ...(outcome ? { outcome } : {}),
    ...(closedAtMs === undefined ? {} : { closedAt: iso(closedAtMs) }),
  }
}
