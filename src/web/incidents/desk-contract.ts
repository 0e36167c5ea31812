// The incidents of this screen as its panels see them; made by `createIncidentDesk` (desk.ts).
import type { Api } from '../live/api.ts'
import type { Store } from '../shell/store.ts'
import type { AnswerDrafts } from './answer-drafts.ts'
import type { FeedOrder } from './feed-order.ts'
import type { Filter } from './filter.ts'
import type { FormDesk } from './form-desk.ts'
import type { CallView, Counts, FoundLink, FoundName, Full, Head, Office, OrderView, PersonFull, Receipt } from './model.ts'
import type { Sends } from './sends.ts'

export interface FeedState {
  readonly heads: ReadonlyMap<string, Head>
  readonly order: FeedOrder
  readonly filter: Filter
  readonly counts?: Counts
  readonly isLoaded: boolean
  readonly isLast: boolean
  readonly trouble?: string
}
export interface OpenState {
  readonly id: string
  readonly full?: Full
  readonly trouble?: string
}

export interface IncidentDesk {
  readonly feed: Store<FeedState>
  readonly open: Store<OpenState | undefined>
  readonly orders: Store<readonly OrderView[]>
  /** Who is told of the open one, and how far each has read. */
  readonly receipts: Store<readonly Receipt[]>
  /** Where this person is asked to look. */
  readonly calls: Store<readonly CallView[]>
  /** How many of them, and of open orders to this person. */
  readonly called: Store<number>
  readonly ordered: Store<number>
  readonly offices: Store<readonly Office[]>
  readonly waiting: Sends['waiting']
  /** What other officers wrote at this desk and could not send: it goes under their name alone, when they are back here. */
  readonly othersWaiting: Store<number>
  readonly form: FormDesk
  /** Unread reports, own open orders, calls: what asks for a look. */
  readonly asking: Store<number>
  load(): Promise<void>
  more(): Promise<void>
  setFilter(change: Partial<Filter>): void
  /** The hand is in the list: it stays as it is. */
  hold(isHeld: boolean): void
  takeIn(): void
  step(by: number): string | undefined
  show(id: string | undefined): void
  /** A message of the live line. */
  take(message: unknown): void
  tick(): void
  /** Kept, then sent once; resolves when the server has it. */
  deed(id: string, path: string, body: Readonly<Record<string, unknown>>, files?: readonly string[]): Promise<unknown>
  orderDeed(order: OrderView, path: 'acknowledge' | 'done' | 'recall', text: string): Promise<unknown>
  keepFile(file: File, incident: string): Promise<string>
  people(id: string, reason: string): Promise<readonly PersonFull[]>
  findLinks(words: string): Promise<readonly FoundLink[]>
  /** Incidents of this number or with these words, whatever the list shows. */
  find(words: string): Promise<readonly Head[]>
  /** Where what the list shows can be had as a file. */
  exportUrl(form: 'csv' | 'xlsx'): string
  findNames(words: string): Promise<readonly FoundName[]>
  /** Asks those who have not read up to this step to look; answers how many. */
  remind(id: string, step: number): Promise<number>
  answers: AnswerDrafts
}

export interface IncidentDeskDeps {
  readonly api: Api
  now(): number
  me(): string | undefined
  /** Something arrived that concerns the room: an urgent report, an order to oneself. */
  onUrgent(head: Head): void
  /** Somebody asks this person to look. */
  onCall(call: { readonly id: string; readonly title: string; readonly by: string; readonly isMention: boolean }): void
  onRefused(reason: string): void
  newId(): string
  /** What the address asks to see first. */
  readonly filter?: Filter
}
