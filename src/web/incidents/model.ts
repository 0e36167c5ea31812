// Incidents as this screen knows them: times are numbers, absent is absent.
import type {
  Goods,
  IncidentKind,
  IncidentPlace,
  IncidentState,
  Link,
  Mention,
  OrderState,
  Outcome,
  PersonFull,
  PersonShort,
  Urgency,
} from '#incidents/schema.ts'

export interface Head {
  readonly id: string
  readonly number: string
  readonly organisation: string
  readonly organisations: readonly string[]
  readonly kind: IncidentKind
  readonly urgency: Urgency
  readonly state: IncidentState
  readonly title: string
  readonly occurredAtMs: number
  readonly reportedAtMs: number
  readonly changedAtMs: number
  readonly reportedBy: string
  readonly answers: number
  readonly attachmentCount: number
  readonly openOrders: number
  readonly isInDailyReport: boolean
  readonly steps: number
  /** Steps this person has read; fewer than `steps`: something is new to them. */
  readonly readSteps: number
  readonly place?: IncidentPlace
  readonly mergedInto?: string
}

export interface Author {
  readonly id: string
  readonly name: string
  readonly organisation: string
}

export interface StepView {
  readonly id: string
  readonly n: number
  readonly atMs: number
  readonly writtenAtMs?: number
  readonly by: Author
  readonly deed: string
  readonly text: string
  readonly attachments: readonly string[]
  readonly order?: string
  readonly from?: string
  readonly to?: string
  readonly outcome?: string
  readonly other?: string
  readonly link?: Link
  readonly organisations: readonly string[]
  /** Whom an answer calls by name, what it links. */
  readonly mentions: readonly Mention[]
  readonly links: readonly Link[]
  readonly isIn?: boolean
  readonly reason: string
  readonly told?: { readonly ko: string; readonly en: string }
  /** Fields of a correction: what stood there, what stands there now, as JSON values. */
  readonly changes: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[]
}

export interface OrderView {
  readonly id: string
  readonly incident: string
  readonly n: number
  readonly text: string
  readonly to: { readonly organisation: string; readonly post?: string }
  readonly by: Author
  readonly givenAtMs: number
  readonly dueMs: number
  readonly state: OrderState
  readonly acknowledgedBy?: string
  readonly acknowledgedAtMs?: number
  readonly doneBy?: string
  readonly doneAtMs?: number
  readonly report?: string
  /** To a post of this person. */
  readonly mine: boolean
  readonly about?: Head
}

export interface FileView {
  readonly id: string
  readonly name: string
  readonly kind: 'photo' | 'video' | 'pdf'
  readonly type: string
  readonly bytes: number
  readonly sha256: string
  readonly atMs: number
  readonly takenAtMs?: number
  readonly hasThumbnail: boolean
  readonly by: Author
}

export interface Short {
  readonly id: string
  readonly number: string
  readonly organisation: string
  readonly title: string
  readonly state: IncidentState
}

/** Somebody who is told of it: how far they have read (0: not yet), and since when they are reminded. */
export interface Receipt {
  readonly person: string
  readonly name: string
  readonly organisation: string
  readonly posts: readonly string[]
  readonly steps: number
  readonly atMs?: number
  readonly calledAtMs?: number
}

/** Somebody asks this person to look. */
export interface CallView {
  readonly why: 'mention' | 'reminder'
  readonly n: number
  readonly by: string
  readonly atMs: number
  readonly text: string
  readonly about: Head
}

export interface Full extends Head {
  readonly text: string
  readonly goods: readonly Goods[]
  readonly people: readonly PersonShort[]
  readonly links: readonly Link[]
  readonly files: readonly FileView[]
  readonly thread: readonly StepView[]
  readonly orders: readonly OrderView[]
  readonly related: readonly Short[]
  readonly mergedFrom: readonly Short[]
  readonly merged?: Short
  readonly reporter: Author
  readonly dailyReportText?: string
  readonly outcome?: Outcome
  readonly closedAtMs?: number
}

export interface Office {
  readonly id: string
  readonly ko: string
  readonly en: string
  readonly shortKo: string
  readonly shortEn: string
  readonly kind: string
}

export interface Counts {
  readonly reported: number
  readonly confirmed: number
  readonly inHand: number
  readonly closed: number
  readonly since: number
}

/** What the form holds: the report as far as it is written, by whom. Kept in the browser and on the server at each change. */
export interface Draft {
  readonly id: string
  readonly text: string
  readonly kind?: IncidentKind
  readonly urgency: Urgency
  readonly place?: IncidentPlace
  readonly occurredAtMs?: number
  readonly organisation?: string
  readonly links: readonly Link[]
  readonly goods: readonly Goods[]
  readonly people: readonly PersonFull[]
  readonly files: readonly DraftFile[]
  readonly isInDailyReport: boolean
  readonly savedAtMs: number
  readonly by?: string
}

export interface DraftFile {
  readonly id: string
  readonly name: string
  readonly kind: 'photo' | 'video' | 'pdf'
  readonly bytes: number
  /** Small picture as data URL, made here. */
  readonly thumbnail?: string
}

/** What the server read out of the words. */
export interface ReadOut {
  readonly kind?: IncidentKind
  readonly place?: IncidentPlace
  readonly people?: number
  readonly vessels?: number
  readonly goods: readonly Goods[]
  readonly links: readonly Link[]
}

export interface FoundName extends Mention {
  readonly note?: string
}

export interface FoundLink extends Link {
  readonly note?: string
}

export type { Goods, IncidentKind, IncidentPlace, IncidentState, Link, Mention, Outcome, PersonFull, PersonShort, Urgency }
