// The incidents of the product. What a person does is answered only when it is on the disk; each deed carries an id made by whoever does it, so that a resend after a
// lost line never doubles. Deeds on one incident follow one another; reports of many go into one commit. After the commit the room tells the bus and the live line.
import { auditStatement } from '#access/index.ts'
import { ok } from '#base/index.ts'
import type { Statement } from '#platform/store/index.ts'
import { asOf } from './as-of.ts'
import { answerCalls, type Call, calledTo, callsOf, saveCall } from './calls.ts'
import { createTurns } from './in-turn.ts'
import { done, type IncidentDeed, reported } from './incident.ts'
import type { By, Incidents, IncidentsOptions, PlainDeed } from './incidents-contract.ts'
import { countIncidents, listIncidents } from './list.ts'
import { carried, given, type OrderDeed } from './order.ts'
import { shortOf } from './person.ts'
import { no, type Outcome } from './refusals.ts'
import {
  type Author,
  type CallFact,
  INCIDENT_CALLED,
  INCIDENT_CHANGED,
  type Incident,
  isOrderOpen,
  ORDER_CHANGED,
  type Order,
  type OrderFact,
  type PersonFull,
  type Step,
} from './schema.ts'
import * as kept from './store.ts'

export function createIncidents(options: IncidentsOptions): Incidents {
  const { store, clock, bus } = options
  const turns = createTurns()
  const orders = new Map<string, Order>(kept.openOrders(store).map(order => [order.id, order]))

  const audit = (by: By, deed: string, thing: string, note = ''): Statement =>
    auditStatement({
      atMs: clock.now(),
      who: by.author.id,
      deed: `incident.${deed}`,
      thing,
      note,
      ...(by.session === undefined ? {} : { session: by.session }),
      ...(by.second === undefined ? {} : { second: by.second }),
    })
  /** Undefined: new. Else: done already by the same hand, or the id is another's. */
  const before = (stepId: string, incident: string, by: By): 'done' | 'taken' | undefined => {
    const step = kept.stepById(store, stepId)
    if (!step) return undefined
    return step.incident === incident && step.by.id === by.author.id ? 'done' : 'taken'
  }
  const told = (incident: Incident, steps: readonly Step[]): void => bus.tell(INCIDENT_CHANGED, { incident, steps })
  // Heard from the bus, not only from here: the demo writes through a room with another clock.
  bus.on(ORDER_CHANGED, ({ order }) => {
    if (isOrderOpen(order)) orders.set(order.id, order)
    else orders.delete(order.id)
  })
  const tellCalled = (incident: Incident, call: Omit<CallFact, 'incident'>): void => {
    if (call.people.length > 0) bus.tell(INCIDENT_CALLED, { incident, ...call })
  }
  const tellOrder = (order: Order, incident: Incident, change: OrderFact['change']): void =>
    bus.tell(ORDER_CHANGED, { order, incident, change })

  /** Whoever writes has read so far. */
  const readByAuthor = (incident: Incident, { author }: By): readonly Statement[] =>
    author === PRODUCT
      ? []
      : [
          kept.saveRead(incident.id, { person: author.id, organisation: author.organisation, steps: incident.steps, atMs: clock.now() }),
          answerCalls(author.id, incident.id, incident.steps),
        ]

  /** An answer with those it names by @: they are called, and where they belong is told of it. */
  const calling = (known: Incident, deed: PlainDeed & { readonly deed: 'answer' }, by: By): Outcome<Prepared> => {
    if (!options.areAttached(deed.attachments, known.id)) return no('attachment-missing')
    const called = (deed.mentions ?? []).map(mention => options.called?.(mention, known))
    if (called.includes(undefined)) return no('nobody-called')
    const people = new Set(called.flatMap(one => one?.people ?? []).filter(one => one !== by.author.id))
    const call: Call = { incident: known.id, n: known.steps + 1, why: 'mention', by: by.author.id, atMs: clock.now() }
    return ok({
      deed: { ...deed, organisations: called.flatMap(one => one?.organisations ?? []) },
      more: [...people].map(person => saveCall(person, call)),
      called: [...people],
    })
  }

  /** One deed on one incident, in its turn: kept, then told. `more` goes into the same transaction. */
  const doIn = (id: string, by: By, deedOf: (known: Incident) => Outcome<Prepared>): Promise<Outcome<Incident>> =>
    turns.take([id], async () => {
      const known = kept.incidentById(store, id)
      if (!known) return no('no-incident')
      const earlier = before(by.stepId, id, by)
      if (earlier) return earlier === 'done' ? ok(known) : no('id-taken')
      const prepared = deedOf(known)
      if (!prepared.ok) return prepared
      const { deed, more = [], people, called = [] } = prepared.value
      const result = done(known, deed, { stepId: by.stepId, by: by.author, atMs: clock.now(), ...written(by) })
      if (!result.ok) return result
      const { incident, step } = result.value
      await store.write([
        ...changed(known, incident, [step], people),
        ...more,
        ...readByAuthor(incident, by),
        audit(by, deed.deed, id, noteOf(deed)),
      ])
      told(incident, [step])
      tellCalled(incident, { n: step.n, why: 'mention', people: called, by: by.author })
      return ok(incident)
    })

  /** The statements that keep what became of it, its new steps and the words it is found by. */
  const changed = (known: Incident, incident: Incident, steps: readonly Step[], people?: readonly PersonFull[]): readonly Statement[] => [
    kept.updateIncident(incident),
    ...steps.map(kept.insertStep),
    ...kept.audience(
      incident,
      incident.organisations.filter(one => !known.organisations.includes(one)),
    ),
    ...incident.links.filter(link => !known.links.includes(link)).map(link => kept.insertLink(incident.id, link.kind, link.id)),
    ...known.links.filter(link => !incident.links.includes(link)).map(link => kept.deleteLink(incident.id, link.kind, link.id)),
    kept.indexWords(incident, [...kept.stepsOf(store, incident.id), ...steps], people ?? kept.peopleOf(store, incident.id)),
  ]

  const incidents: Incidents = {
    report: (from, by) =>
      turns.take([from.id], async () => {
        const known = kept.incidentById(store, from.id)
        if (known) return known.reportedBy.id === by.author.id ? ok(known) : no('id-taken')
        if (kept.stepById(store, by.stepId)) return no('id-taken')
        const { people, shareWith, ...words } = from
        if (kept.areElsewhere(store, from.id, people)) return no('id-taken')
        if (![from.organisation, ...shareWith].every(options.isOrganisation)) return no('no-organisation')
        if (!options.areAttached(from.attachments, from.id)) return no('attachment-missing')
        const organisations = [...(from.place ? options.organisationsAt(from.place).filter(options.isOrganisation) : []), ...shareWith]
        const result = reported(
          { ...words, organisations, people: people.map(shortOf) },
          { stepId: by.stepId, by: by.author, atMs: clock.now(), ...written(by) },
        )
        if (!result.ok) return result
        const { incident, step } = result.value
        await store.write([
          ...kept.insertIncident(incident),
          kept.insertStep(step),
          ...people.map(person => kept.savePerson(incident.id, person)),
          kept.indexWords(incident, [], people),
          kept.removeDraft(incident.id, by.author.id),
          ...readByAuthor(incident, by),
          audit(by, 'report', incident.id, incident.kind),
        ])
        const numbered = kept.incidentById(store, incident.id) ?? incident
        told(numbered, [step])
        return ok(numbered)
      }),

    act: (id, deed, by) =>
      doIn(id, by, known => {
        if (deed.deed === 'answer') return calling(known, deed, by)
        if (deed.deed === 'share' && !deed.organisations.every(options.isOrganisation)) return no('no-organisation')
        if (deed.deed !== 'state') return ok({ deed })
        return ok({ deed: { ...deed, openOrders: kept.ordersOf(store, known.id).filter(isOrderOpen).length } })
      }),

    merge: (from, into, by) =>
      turns.take([from, into], async () => {
        if (from === into) return no('merge-itself')
        const [gone, stays] = [kept.incidentById(store, from), kept.incidentById(store, into)]
        if (!gone || !stays) return no('no-incident')
        const earlier = before(by.stepId, from, by)
        if (earlier) return earlier === 'done' ? ok(stays) : no('id-taken')
        const when = { by: by.author, atMs: clock.now(), ...written(by) }
        const closed = done(gone, { deed: 'merge-into', other: into }, { ...when, stepId: by.stepId })
        if (!closed.ok) return closed
        const holds = done(stays, { deed: 'merge-from', other: from }, { ...when, stepId: `${by.stepId}:into` })
        if (!holds.ok) return holds
        let joined = holds.value.incident
        const steps = [holds.value.step]
        for (const link of gone.links) {
          const linked = done(joined, { deed: 'link', link }, { ...when, stepId: `${by.stepId}:${link.kind}:${link.id}` })
          if (!linked.ok) continue
          joined = linked.value.incident
          steps.push(linked.value.step)
        }
        await store.write([
          ...changed(gone, closed.value.incident, [closed.value.step]),
          ...changed(stays, joined, steps),
          audit(by, 'merge', from, into),
        ])
        told(closed.value.incident, [closed.value.step])
        told(joined, steps)
        return ok(joined)
      }),

    relate: (id, other, by) =>
      turns.take([id, other], async () => {
        if (id === other) return no('merge-itself')
        const [one, two] = [kept.incidentById(store, id), kept.incidentById(store, other)]
        if (!one || !two) return no('no-incident')
        const earlier = before(by.stepId, id, by)
        if (earlier) return earlier === 'done' ? ok(one) : no('id-taken')
        const when = { by: by.author, atMs: clock.now(), ...written(by) }
        const here = done(one, { deed: 'relate', other }, { ...when, stepId: by.stepId })
        if (!here.ok) return here
        const there = done(two, { deed: 'relate', other: id }, { ...when, stepId: `${by.stepId}:back` })
        if (!there.ok) return there
        await store.write([
          ...changed(one, here.value.incident, [here.value.step]),
          ...changed(two, there.value.incident, [there.value.step]),
          audit(by, 'relate', id, other),
        ])
        told(here.value.incident, [here.value.step])
        told(there.value.incident, [there.value.step])
        return ok(here.value.incident)
      }),

    addPerson: (id, person, by) =>
      doIn(id, by, () =>
        kept.areElsewhere(store, id, [person])
          ? no('id-taken')
          : ok({
              deed: { deed: 'person', person: shortOf(person) },
              more: [kept.savePerson(id, person)],
              people: [...kept.peopleOf(store, id).filter(one => one.id !== person.id), person],
            }),
      ),
    erasePerson: (id, person, by) =>
      doIn(id, by, known =>
        known.people.some(one => one.id === person && !one.isErased)
          ? ok({
              deed: { deed: 'person-erase', person },
              more: [kept.erasePerson(person, clock.now())],
              people: kept.peopleOf(store, id).filter(one => one.id !== person),
            })
          : no('nothing-changed'),
      ),

    async eraseDue(closedBeforeMs) {
      const due = kept.peopleDue(store, closedBeforeMs, ERASED_AT_ONCE)
      await Promise.all(
        due.map(({ id, incident }) => incidents.erasePerson(incident, id, { author: PRODUCT, stepId: `erase:${id}:${clock.now()}` })),
      )
      return due.length
    },

    async give(id, order, by) {
      if (!options.isOrganisation(order.to.organisation)) return no('no-organisation')
      let made: Order | undefined
      const outcome = await doIn(id, by, () => {
        const n = kept.ordersOf(store, id).length + 1
        const result = given({ ...order, id: by.stepId }, id, n, by.author, clock.now())
        if (!result.ok) return result
        made = result.value
        const { text, to, dueMs } = made
        return ok({ deed: { deed: 'order', order: by.stepId, text, to, dueMs }, more: [kept.saveOrder(made)] })
      })
      if (!outcome.ok) return outcome
      if (made) tellOrder(made, outcome.value, 'given')
      const known = made ?? kept.orderById(store, by.stepId)
      return known ? ok(known) : no('no-order')
    },
    async carry(id, deed, text, by) {
      const order = kept.orderById(store, id)
      if (!order) return no('no-order')
      let made: Order | undefined
      const outcome = await doIn(order.incident, by, () => {
        const result = carried(kept.orderById(store, id) ?? order, deed, text, by.author, clock.now())
        if (!result.ok) return result
        made = result.value
        return ok({ deed: { deed, order: id, text }, more: [kept.saveOrder(made)] })
      })
      if (!outcome.ok) return outcome
      if (made) tellOrder(made, outcome.value, CHANGES[deed])
      return ok(made ?? kept.orderById(store, id) ?? order)
    },

    async tell(link, words, factId) {
      const linked = kept.linkedTo(store, link.kind, link.id).filter(incident => incident.state !== 'closed')
      await Promise.all(
        linked.map(({ id }) =>
          doIn(id, { author: PRODUCT, stepId: `${factId}:${id}` }, () => ok({ deed: { deed: 'told', link, ...words } })),
        ),
      )
    },

    get: id => kept.incidentById(store, id),
    asOf(id, atMs) {
      const known = kept.incidentById(store, id)
      return known && asOf(known, kept.stepsOf(store, id), atMs)
    },
    steps: (id, after) => kept.stepsOf(store, id, after),
    between: (fromMs, toMs) => kept.between(store, 'reported', fromMs, toMs),
    changedBetween: (fromMs, toMs) => kept.between(store, 'changed', fromMs, toMs),
    closedBetween: (fromMs, toMs) => kept.between(store, 'closed', fromMs, toMs),
    touchedBetween: (fromMs, toMs) => kept.touchedBetween(store, fromMs, toMs),
    seizedBetween: (fromMs, toMs) => kept.seizedBetween(store, fromMs, toMs),
    list: query => listIncidents(store, query),
    search: (words, query) => listIncidents(store, { ...query, words }),
    counts: (whose, sinceMs) => countIncidents(store, whose, sinceMs),
    linkedTo: (kind, id) => kept.linkedTo(store, kind, id),
    order: id => orders.get(id) ?? kept.orderById(store, id),
    ordersOf: incident => kept.ordersOf(store, incident),
    openOrders: () => [...orders.values()].sort((a, b) => a.dueMs - b.dueMs),
    ordersBetween: (fromMs, toMs) => kept.ordersBetween(store, fromMs, toMs),
    peopleOf: incident => kept.peopleOf(store, incident),
    async remind(id, n, people, by) {
      const known = kept.incidentById(store, id)
      if (!known) return no('no-incident')
      if (known.mergedInto !== undefined) return no('merged')
      const read = new Map(kept.readsOf(store, id).map(one => [one.person, one.steps]))
      const asked = people.filter(person => person !== by.author.id && (read.get(person) ?? 0) < n)
      if (asked.length === 0) return no('all-have-read')
      const call: Call = { incident: id, n, why: 'reminder', by: by.author.id, atMs: clock.now() }
      await store.write([...asked.map(person => saveCall(person, call)), audit(by, 'remind', id, `${n}: ${asked.length}`)])
      tellCalled(known, { n, why: 'reminder', people: asked, by: by.author })
      return ok(asked)
    },
    callsOf: person => callsOf(store, person),
    calledTo: incident => calledTo(store, incident),
    markRead: (id, receipt) =>
      store.write([kept.saveRead(id, { ...receipt, atMs: clock.now() }), answerCalls(receipt.person, id, receipt.steps)]),
    readsOf: id => kept.readsOf(store, id),
  }
  return incidents
}

interface Prepared {
  readonly deed: IncidentDeed
  readonly more?: readonly Statement[]
  readonly people?: readonly PersonFull[]
  /** Who is called by it. */
  readonly called?: readonly string[]
}

const ERASED_AT_ONCE = 500
/** The product itself, where no person acts. */
export const PRODUCT: Author = { id: 'mangru', name: 'mangru', organisation: '' }
const CHANGES: Readonly<Record<OrderDeed, OrderFact['change']>> = {
  'order-acknowledge': 'acknowledged',
  'order-done': 'done',
  'order-recall': 'recalled',
}
const written = ({ writtenAtMs }: By): { readonly writtenAtMs?: number } => (writtenAtMs === undefined ? {} : { writtenAtMs })

/** What stands in the audit trail beside the deed: never words of people, who may be named in them. */
function noteOf(deed: IncidentDeed): string {
  switch (deed.deed) {
    case 'state':
      return deed.to
    case 'correct':
      return Object.keys(deed.after).join(' ')
    case 'order':
      return `${deed.to.organisation}${deed.to.post ? ` ${deed.to.post}` : ''}`
    case 'order-acknowledge':
    case 'order-done':
    case 'order-recall':
      return deed.order
    case 'link':
    case 'unlink':
      return `${deed.link.kind} ${deed.link.id}`
    case 'answer':
      return (deed.mentions ?? []).map(one => `${one.kind} ${one.id}`).join(' ')
    case 'share':
      return deed.organisations.join(' ')
    case 'daily-report':
      return deed.isIn ? 'in' : 'out'
    case 'person':
      return deed.person.id
    case 'person-erase':
      return deed.person
    default:
      return ''
  }
}
