// Shapes of the room that others may know: the browser, shifts, reports, statistics. An incident is what a report, or several, says of one event; everything done to it
// is a step with author and time, in order, never changed. Times are epoch milliseconds UTC, money is won.
import type { Topic } from '#platform/bus/index.ts'

/** What kind of thing happened: the twelve of the report form, in its order (design/incidents.png). */
export const INCIDENT_KINDS = [
  'seizure',
  'drug-offender',
  'prohibited-article',
  'suspicious-act',
  'unauthorised-boarding',
  'accident',
  'search-result',
  'inspection',
  'equipment',
  'weather',
  'visit',
  'other',
] as const
export type IncidentKind = (typeof INCIDENT_KINDS)[number]

/** Reported → confirmed → in hand → closed. A closed one may be taken in hand again, with a reason. */
export const INCIDENT_STATES = ['reported', 'confirmed', 'in-hand', 'closed'] as const
export type IncidentState = (typeof INCIDENT_STATES)[number]

/** Levels as of alarms: 1 critical, 2 high, 3 medium, 4 low (notice). */
export const URGENCIES = [1, 2, 3, 4] as const
export type Urgency = (typeof URGENCIES)[number]

/** How an incident ended; said when it is closed. */
export const OUTCOMES = ['seized', 'nothing', 'referred', 'false', 'done'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Goods as the seizure tables of the daily report count them (daily-report.md §2): one row each. */
export const GOODS_TYPES = ['smuggled', 'narcotics', 'security-threat', 'currency', 'origin', 'counterfeit', 'other'] as const
export type GoodsType = (typeof GOODS_TYPES)[number]

/** Part a person had in it. */
export const PERSON_ROLES = ['suspect', 'crew', 'passenger', 'driver', 'witness', 'victim', 'other'] as const
export type PersonRole = (typeof PERSON_ROLES)[number]

/** What can be linked. Numbers of rooms that do not stand yet are kept as typed and join later. */
export const LINK_KINDS = ['alarm', 'ship', 'container', 'vehicle', 'camera', 'area', 'seal', 'patrol', 'declaration', 'other'] as const
export type LinkKind = (typeof LINK_KINDS)[number]

export interface Link {
  readonly kind: LinkKind
  /** Alarm id, MMSI, container number, plate …: what the room of that kind knows it by. */
  readonly id: string
  readonly label: string
}

/** Who can be called by name in an answer: `@여수 당직관`. A post's id is `organisation:post`. */
export const MENTION_KINDS = ['person', 'post', 'organisation'] as const
export interface Mention {
  readonly kind: (typeof MENTION_KINDS)[number]
  readonly id: string
  readonly label: string
}

export interface IncidentPlace {
  /** In words, as reported: 감천 5부두 서쪽 끝. */
  readonly label: string
  readonly lat?: number
  readonly lon?: number
  /** UN/LOCODE. */
  readonly port?: string
  readonly berth?: string
  /** An organisation's id, where the place is an office. */
  readonly office?: string
}

export interface Goods {
  readonly type: GoodsType
  readonly name: string
  /** Absent where nobody has counted yet: never 0. */
  readonly quantity?: number
  readonly unit?: string
  readonly valueWon?: number
}

/** A person as everybody who sees the incident sees them; name and papers are behind a right of their own. */
export interface PersonShort {
  readonly id: string
  readonly role: PersonRole
  /** 김○○ */
  readonly masked: string
  /** The law's clock has run out: name and papers are gone, that there was somebody stays. */
  readonly isErased?: true
}

export interface PersonFull {
  readonly id: string
  readonly role: PersonRole
  readonly name: string
  readonly birth?: string
  readonly nationality?: string
  /** Number of passport or seaman's book. */
  readonly document?: string
  readonly phone?: string
  readonly note?: string
}

export interface Author {
  readonly id: string
  readonly name: string
  /** For whom: an organisation's id. */
  readonly organisation: string
}

/** Who must carry an order out: a post of an organisation, or the organisation. */
export interface Responsible {
  readonly organisation: string
  readonly post?: string
}

export const ORDER_STATES = ['open', 'acknowledged', 'done', 'recalled'] as const
export type OrderState = (typeof ORDER_STATES)[number]

export interface Order {
  readonly id: string
  readonly incident: string
  /** 지시 1, 지시 2 … within its incident. */
  readonly n: number
  readonly text: string
  readonly to: Responsible
  readonly by: Author
  readonly givenAtMs: number
  readonly dueMs: number
  readonly state: OrderState
  readonly acknowledgedBy?: Author
  readonly acknowledgedAtMs?: number
  readonly doneBy?: Author
  readonly doneAtMs?: number
  /** What was done, in words. */
  readonly report?: string
}

/** What of an incident can be put right later; the wording before stays in the step. */
export interface Correctable {
  readonly text: string
  readonly kind: IncidentKind
  readonly urgency: Urgency
  readonly occurredAtMs: number
  readonly place: IncidentPlace | undefined
  readonly goods: readonly Goods[]
}
export type CorrectableField = keyof Correctable

export type StepDeed =
  | { readonly deed: 'report'; readonly text: string; readonly attachments: readonly string[]; readonly isAlarm?: true }
  | {
      readonly deed: 'answer'
      readonly text: string
      readonly attachments: readonly string[]
      /** Whom it calls, whom it told by that for the first time, and what it linked (`#ORIENT FROST 7`). */
      readonly mentions?: readonly Mention[]
      readonly organisations?: readonly string[]
      readonly links?: readonly Link[]
    }
  | { readonly deed: 'correct'; readonly before: Partial<Correctable>; readonly after: Partial<Correctable>; readonly reason: string }
  | { readonly deed: 'order'; readonly order: string; readonly text: string; readonly to: Responsible; readonly dueMs: number }
  | { readonly deed: 'order-acknowledge' | 'order-done' | 'order-recall'; readonly order: string; readonly text: string }
  | {
      readonly deed: 'state'
      readonly from: IncidentState
      readonly to: IncidentState
      readonly note: string
      readonly outcome?: Outcome
      readonly outcomeBefore?: Outcome
      readonly closedBeforeMs?: number
    }
  | { readonly deed: 'merge-into' | 'merge-from' | 'relate'; readonly other: string; readonly stateBefore?: IncidentState }
  | { readonly deed: 'link' | 'unlink'; readonly link: Link }
  | { readonly deed: 'share'; readonly organisations: readonly string[] }
  | { readonly deed: 'daily-report'; readonly isIn: boolean; readonly text?: string; readonly before: DailyReportMark }
  | { readonly deed: 'person'; readonly person: string; readonly before?: PersonShort }
  | { readonly deed: 'person-erase'; readonly person: string }
  /** A fact of another room about something linked: a machine's line. */
  | { readonly deed: 'told'; readonly ko: string; readonly en: string; readonly link: Link }

/** One line of the story. `n` counts from 1 within its incident. */
export type Step = {
  /** Client-made: the same id is done once. */
  readonly id: string
  readonly incident: string
  readonly n: number
  /** When the product took it. */
  readonly atMs: number
  /** When the author wrote it, where that was earlier (no line). */
  readonly writtenAtMs?: number
  readonly by: Author
} & StepDeed

/** 일일상황에 싣기: whether the daily report shall hold it, and in which words if not its own. */
export interface DailyReportMark {
  readonly isIn: boolean
  readonly text?: string
}

export interface Incident {
  /** Client-made. */
  readonly id: string
  /** 2026-1124-07: the seventh of its organisation received on that KST day. */
  readonly number: string
  /** Whose it is. */
  readonly organisation: string
  /** Who is told of it: whose it is, in whose waters it lies, with whom it is shared, who was given an order. */
  readonly organisations: readonly string[]
  readonly kind: IncidentKind
  readonly urgency: Urgency
  readonly state: IncidentState
  readonly text: string
  readonly occurredAtMs: number
  readonly reportedAtMs: number
  readonly reportedBy: Author
  readonly place?: IncidentPlace
  readonly goods: readonly Goods[]
  readonly people: readonly PersonShort[]
  readonly links: readonly Link[]
  /** Ids, those of the report and of answers. */
  readonly attachments: readonly string[]
  readonly dailyReport: DailyReportMark
  readonly outcome?: Outcome
  readonly closedAtMs?: number
  /** It went on as part of this one. */
  readonly mergedInto?: string
  readonly mergedFrom: readonly string[]
  readonly related: readonly string[]
  readonly answers: number
  /** Steps so far; each change adds one or more. */
  readonly steps: number
  readonly changedAtMs: number
}

/** What is told when an incident is new or has changed. */
export interface IncidentFact {
  readonly incident: Incident
  /** The steps that were added. */
  readonly steps: readonly Step[]
}
export interface OrderFact {
  readonly order: Order
  readonly incident: Incident
  readonly change: 'given' | 'acknowledged' | 'done' | 'recalled' | 'overdue'
}

/** People are asked to look: named in an answer, or reminded. */
export interface CallFact {
  readonly incident: Incident
  readonly n: number
  readonly why: 'mention' | 'reminder'
  readonly people: readonly string[]
  readonly by: Author
}
export const INCIDENT_CALLED: Topic<CallFact> = { name: 'incident.called' }

/** Told after it is on the disk. Truth is in the store: catch up from `between` and `openOrders` at start. */
export const INCIDENT_CHANGED: Topic<IncidentFact> = { name: 'incident.changed' }
export const ORDER_CHANGED: Topic<OrderFact> = { name: 'order.changed' }

const TITLE_LETTERS = 80

/** The line that stands for an incident in lists: its first line or sentence, cut at a word. */
export function titleOf(text: string): string {
  const [line = ''] = text.trim().split('\n')
  const first = /^.{8,}?[.!?](?=\s|$)/u.exec(line)?.[0] ?? line
  const title = first.replace(/[.]$/, '')
  if (title.length <= TITLE_LETTERS) return title
  const cut = title.slice(0, TITLE_LETTERS)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), TITLE_LETTERS / 2)).trim()}…`
}

/** True while somebody still has to do it. */
export const isOrderOpen = (order: Pick<Order, 'state'>): boolean => order.state === 'open' || order.state === 'acknowledged'
