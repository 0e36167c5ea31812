// The incidents of the product as their users see them; made by `createIncidents` (incidents.ts).
import type { Clock } from '#base/index.ts'
import type { Bus } from '#platform/bus/index.ts'
import type { Store } from '#platform/store/index.ts'
import type { Call } from './calls.ts'
import type { IncidentDeed, NewIncident } from './incident.ts'
import type { Counts, ListQuery } from './list.ts'
import type { NewOrder, OrderDeed } from './order.ts'
import type { Outcome } from './refusals.ts'
import type { Author, Incident, IncidentPlace, Link, Mention, Order, PersonFull, Step } from './schema.ts'
import type * as kept from './store.ts'

export type NewReport = Omit<NewIncident, 'people' | 'organisations'> & {
  readonly people: readonly PersonFull[]
  /** With whom it is shared besides those it concerns by place and office. */
  readonly shareWith: readonly string[]
}
/** Deeds that need nothing but the incident. */
export type PlainDeed = Exclude<
  IncidentDeed,
  { readonly deed: 'order' | OrderDeed | 'merge-into' | 'merge-from' | 'relate' | 'state' | 'person' | 'told' }
>
export type StateDeed = Omit<Extract<IncidentDeed, { readonly deed: 'state' }>, 'openOrders'>

/** Who does it, with a client-made id: the same id is done once. */
export interface By {
  readonly author: Author
  readonly stepId: string
  readonly writtenAtMs?: number
  /** Session or key it came with, and who agreed where it took two: for the audit trail. */
  readonly session?: string
  readonly second?: string
}

export interface IncidentsOptions {
  readonly store: Store
  readonly clock: Clock
  readonly bus: Bus
  /** In whose waters a place lies. */
  organisationsAt(place: IncidentPlace): readonly string[]
  isOrganisation(id: string): boolean
  /** Whom a mention calls to this incident, and which organisations are told of it by that; undefined: nobody is called so. Absent where nothing is written. */
  called?(
    mention: Mention,
    incident: Incident,
  ): { readonly people: readonly string[]; readonly organisations: readonly string[] } | undefined
  /** Are these attachments uploaded whole, for this incident? */
  areAttached(attachments: readonly string[], incident: string): boolean
}

export interface Incidents {
  report(from: NewReport, by: By): Promise<Outcome<Incident>>
  act(id: string, deed: PlainDeed | StateDeed, by: By): Promise<Outcome<Incident>>
  /** `from` goes on as part of `into`: it is closed, both say so, links come along. */
  merge(from: string, into: string, by: By): Promise<Outcome<Incident>>
  relate(id: string, other: string, by: By): Promise<Outcome<Incident>>
  addPerson(id: string, person: PersonFull, by: By): Promise<Outcome<Incident>>
  erasePerson(id: string, person: string, by: By): Promise<Outcome<Incident>>
  /** The law's clock: erases the people of incidents closed before this; says how many. */
  eraseDue(closedBeforeMs: number): Promise<number>
  give(id: string, order: Omit<NewOrder, 'id'>, by: By): Promise<Outcome<Order>>
  carry(order: string, deed: OrderDeed, text: string, by: By): Promise<Outcome<Order>>
  /** A fact of another room about something linked: a line in each open incident linked to it. The same fact id is told once. */
  tell(link: Link, words: { readonly ko: string; readonly en: string }, factId: string): Promise<void>

  get(id: string): Incident | undefined
  /** What it was then: for papers of that moment. */
  asOf(id: string, atMs: number): Incident | undefined
  steps(id: string, after?: number): readonly Step[]
  /** Reported in [from, to), oldest first. */
  between(fromMs: number, toMs: number): readonly Incident[]
  /** Changed or closed in [from, to): for roll-ups and seizure tables. */
  changedBetween(fromMs: number, toMs: number): readonly Incident[]
  closedBetween(fromMs: number, toMs: number): readonly Incident[]
  /** Ids of those with a step in [from, to), and of those closed as seized then: for papers of that time, with `asOf`. */
  touchedBetween(fromMs: number, toMs: number): readonly string[]
  seizedBetween(fromMs: number, toMs: number): readonly string[]
  list(query: ListQuery): readonly Incident[]
  search(words: string, query: Omit<ListQuery, 'words'>): readonly Incident[]
  counts(whose: kept.Whose, sinceMs: number): Counts
  linkedTo(kind: Link['kind'], id: string): readonly Incident[]
  order(id: string): Order | undefined
  ordersOf(incident: string): readonly Order[]
  openOrders(): readonly Order[]
  ordersBetween(fromMs: number, toMs: number): readonly Order[]
  /** Names and papers: only for who has the right; whoever asks writes the audit row. */
  peopleOf(incident: string): readonly PersonFull[]
  /** Asks these people to look at it, up to this step; whoever has read it is not asked. Answers whom it asked. */
  remind(id: string, n: number, people: readonly string[], by: By): Promise<Outcome<readonly string[]>>
  /** To what this person is called and has not come yet. */
  callsOf(person: string): readonly Call[]
  calledTo(incident: string): ReadonlyMap<string, number>
  /** `steps` of it were read. */
  markRead(id: string, receipt: Omit<kept.Receipt, 'atMs'>): Promise<void>
  readsOf(id: string): readonly kept.Receipt[]
}
