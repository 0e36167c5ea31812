// Shapes of the room that the browser may know: who is told what of an alarm, by which way, and what became of it. Times in views are ISO 8601 UTC; telephone numbers in views show
// their last four digits alone.

/** Ways a rule may name; the channels of a way are those configured, in their order. */
export const WAYS = ['sms', 'call', 'email'] as const
export type Way = (typeof WAYS)[number]

/**
 * A message's life. `waiting`: kept, not handed over. `sending`: handed over, no answer yet. `in-doubt`: nobody knows whether it was taken. `accepted`: the operator has it.
 * `counted`: held back by storm control, told in a message that counts. `failed`: no way is left, or the operator reports it undelivered.
 */
export const MESSAGE_STATES = ['waiting', 'sending', 'in-doubt', 'accepted', 'delivered', 'read', 'failed', 'counted'] as const
export type MessageState = (typeof MESSAGE_STATES)[number]

/** Whom a step tells. */
export type Whom =
  /** Officers of the journey, at one end or both. `near`: of the end it is nearer to in its course. */
  | { readonly who: 'journey-officers'; readonly end: 'origin' | 'destination' | 'near' | 'both' }
  /** On duty now, by the roster. `place`: the organisations whose place it is; `above`: those right above them. */
  | { readonly who: 'on-duty'; readonly of: WhosePlace }
  /** Everybody who holds the post there. */
  | { readonly who: 'post'; readonly post: string; readonly of: WhosePlace }
  | { readonly who: 'person'; readonly person: string }
  /** A channel with an address of its own: a webhook, a CAP agency, a siren. */
  | { readonly who: 'channel'; readonly channel: string }

/** `place`, `above`, `head-office`, or an organisation's id. */
export type WhosePlace = string

export type ChainStep =
  | {
      readonly step: 'tell'
      readonly whom: readonly Whom[]
      readonly by: readonly Way[]
      /** Told instead where nobody is found. */
      readonly orElse?: readonly Whom[]
      /** Only then: working hours are Monday to Friday 09:00–18:00 KST but holidays. */
      readonly when?: 'working-hours' | 'off-hours'
    }
  | { readonly step: 'wait'; readonly seconds: number }
  /** Back to a step (by its number from 0), so many times. */
  | { readonly step: 'repeat'; readonly from: number; readonly times: number }

export interface Chain {
  readonly id: string
  readonly ko: string
  readonly en: string
  readonly steps: readonly ChainStep[]
}

/** The first rule that fits an alarm says which chain begins; none: nobody is told. */
export interface TellingRule {
  readonly id: string
  readonly ko: string
  readonly en: string
  readonly isOn: boolean
  /** All that are given must fit. Levels: 0 emergency … 3 medium. */
  readonly levels?: readonly number[]
  readonly detectors?: readonly string[]
  /** Kinds of subject: ship, journey, seal, feed … */
  readonly senses?: readonly string[]
  /** The organisation whose place it is, or one above it. */
  readonly organisations?: readonly string[]
  /** Undefined: nobody is told. */
  readonly chain?: string
  /** Minutes of the day, KST; waits until the end. Never for levels 0 and 1, whatever stands here. */
  readonly quiet?: { readonly fromMinute: number; readonly toMinute: number }
}

/** A text with `#{변수}`; operators of alim-talk know it by the code. */
export interface TextTemplate {
  readonly id: string
  readonly version: number
  readonly ko: string
  readonly en: string
  /** Code under which a provider has approved it. */
  readonly code?: string
}

/** Whether people who were told of a situation are told once that it is over. Machines (webhooks, CAP, sirens) always are. By text and mail, never by a call. */
export interface ClosingRule {
  readonly isOn: boolean
  /** Minutes of the day, KST, in which nobody is woken for it but of levels 0 and 1; it waits until the end. */
  readonly quiet?: { readonly fromMinute: number; readonly toMinute: number }
}

export interface TellingRules {
  readonly revision: number
  readonly closing: ClosingRule
  readonly rules: readonly TellingRule[]
  readonly chains: readonly Chain[]
  readonly templates: readonly TextTemplate[]
}

export const MESSAGE_KINDS = ['alarm', 'closing', 'count', 'test', 'confirm'] as const
export type MessageKind = (typeof MESSAGE_KINDS)[number]

/** One message to one person (or channel) as the log and the timeline show it. */
export interface MessageView {
  readonly id: string
  readonly alarm?: string
  /** `alarm`, `closing` (what was told is over, taken back or goes on), `count` (what storm control held back), `test`, `confirm` (a number's code). */
  readonly kind: MessageKind
  readonly level?: number
  readonly person?: string
  readonly name: string
  /** Last digits, or the mail address's domain. */
  readonly address: string
  readonly channel: string
  readonly state: MessageState
  /** Sent again after a doubt: it may have come twice. */
  readonly isResent: boolean
  /** Told by another way than the first. */
  readonly isFailedOver: boolean
  readonly attempts: number
  readonly text: string
  readonly code?: string
  readonly parts?: number
  readonly costWon?: number
  readonly createdAt: string
  readonly sentAt?: string
  readonly acceptedAt?: string
  readonly deliveredAt?: string
  readonly readAt?: string
  readonly answeredAt?: string
  readonly reason?: string
}

/** `GET /api/telling/messages`. */
export interface MessagePage {
  readonly messages: readonly MessageView[]
  /** Of all that fit, not of this page. */
  readonly sums: { readonly messages: number; readonly parts: number; readonly costWon: number }
  /** Ask with `before` for the next page; absent: this is the last. */
  readonly next?: string
}

/** A line of an alarm's timeline. */
export interface TellingLine {
  readonly at: string
  readonly what:
    | 'begun'
    | 'told'
    | 'nobody'
    | 'no-address'
    | 'up'
    | 'waits'
    | 'answered'
    | 'late-answer'
    | 'stopped'
    | 'exhausted'
    | 'failed-over'
    | 'resent'
    | 'accepted'
    | 'delivered'
    | 'read'
    | 'failed'
    | 'in-doubt'
    | 'counted'
    | 'closing'
  readonly step?: number
  readonly message?: string
  readonly person?: string
  readonly name?: string
  readonly channel?: string
  readonly by?: AnswerWay
  readonly note?: { readonly ko: string; readonly en: string }
}

export const ANSWER_WAYS = ['desk', 'link', 'sms', 'key'] as const
export type AnswerWay = (typeof ANSWER_WAYS)[number]

/** `GET /api/alarms/:id/telling`. */
export interface AlarmTelling {
  readonly alarm: string
  /** Undefined: no rule tells anybody of it, or nothing is configured. */
  readonly rule?: { readonly id: string; readonly ko: string; readonly en: string }
  readonly state: 'none' | 'running' | 'answered' | 'stopped' | 'exhausted'
  readonly nextAt?: string
  readonly step?: number
  readonly steps?: number
  readonly timeline: readonly TellingLine[]
  readonly messages: readonly MessageView[]
  readonly costWon: number
}

/** `GET /api/telling/channels`. */
export interface ChannelView {
  readonly name: string
  readonly kind: string
  readonly way?: Way
  readonly trouble?: string
  readonly troubleSince?: string
  /** Since the product started. */
  readonly accepted: number
  readonly refused: number
  readonly inDoubt: number
  readonly waiting: number
}

/** `POST /api/telling/preview`: what would go out, letter by letter. */
export interface TellingPreview {
  readonly rule?: { readonly id: string; readonly ko: string; readonly en: string }
  /** Every message of the chain's steps were nobody to answer. */
  readonly messages: readonly {
    readonly step: number
    /** Seconds after the alarm. */
    readonly afterS: number
    readonly name: string
    readonly address: string
    readonly channel: string
    readonly text: string
    readonly parts: number
    readonly length: number
    readonly encoding?: string
    readonly costWon?: number
  }[]
  readonly nobody: readonly { readonly step: number; readonly ko: string; readonly en: string }[]
}

/** A fault or a warning of a rule book, with its place: `rules.house.chain`, `chains.high.2`. */
export interface RuleRemark {
  readonly at: string
  readonly ko: string
  readonly en: string
}
/** `POST /api/telling/rules/check`. */
export interface RuleCheck {
  readonly faults: readonly RuleRemark[]
  readonly warnings: readonly RuleRemark[]
}
/** `GET /api/telling/rules/history`. */
export interface RuleRevision {
  readonly revision: number
  readonly at: string
  readonly who?: string
  readonly name: string
  /** Places of what differs from the revision before: `rules.house`, `chains.high`, `closing`, `order`. */
  readonly changed: readonly string[]
}
interface NamedChoice {
  readonly id: string
  readonly ko: string
  readonly en: string
}
/** `GET /api/telling/rules/choices`: what a rule can name. */
export interface RuleChoices {
  readonly detectors: readonly NamedChoice[]
  readonly organisations: readonly NamedChoice[]
  readonly posts: readonly string[]
  readonly people: readonly { readonly id: string; readonly name: string }[]
  readonly channels: readonly { readonly name: string; readonly kind: string }[]
}
/** `POST /api/telling/rules/try`. */
export interface TellingTrial {
  /** Undefined: no rule fits. */
  readonly rule?: NamedChoice
  /** Undefined: the rule tells nobody. */
  readonly chain?: NamedChoice
  readonly at: string
  /** Quiet hours hold the first step back so long. */
  readonly heldS: number
  readonly steps: readonly {
    readonly step: number
    readonly afterS: number
    readonly told: readonly {
      readonly name: string
      /** Whoever the journey's plan names, with the number it gives. */
      readonly isOfPlan?: true
      /** Undefined: no channel that is configured reaches them. */
      readonly channel?: string
      readonly address?: string
      readonly text?: string
      readonly parts?: number
      readonly length?: number
      readonly encoding?: string
      readonly costWon?: number
    }[]
    /** Whom the step names and nobody stands for at that moment, or who has no number. */
    readonly holes: readonly { readonly ko: string; readonly en: string; readonly isNumberMissing: boolean }[]
    readonly isElse: boolean
  }[]
}

/** Own numbers and addresses: `GET /api/telling/addresses`. */
export interface AddressView {
  readonly way: Way
  readonly address: string
  readonly language: 'ko' | 'en'
  readonly isConfirmed: boolean
  readonly confirmedAt?: string
}

/** A text that came and what it did: `GET /api/telling/replies`. */
export interface ReplyView {
  readonly id: string
  readonly at: string
  readonly channel: string
  readonly from: string
  readonly text: string
  readonly outcome: 'acknowledged' | 'late' | 'ambiguous' | 'unknown-number' | 'unknown-text' | 'nothing-open'
  readonly alarm?: string
  readonly name?: string
}
