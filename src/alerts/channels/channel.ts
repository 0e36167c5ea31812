// The contract of a way to tell somebody outside the room: one file each in this folder, listed in index.ts. A channel sends one text to one address and says truthfully what
// became of it; whom, when and what is decided above (telling/). No channel is on until it is configured.
import type { Clock, Result } from '#base/index.ts'

export const CHANNEL_KINDS = ['sms-smpp', 'sms-http', 'call-http', 'call-sip', 'email', 'webhook', 'cap', 'siren'] as const
export type ChannelKind = (typeof CHANNEL_KINDS)[number]

/** What is said in words, and the parts for channels whose operators fill templates themselves. */
export interface ChannelMessage {
  /** Ours, the same for each try: the idempotency key. */
  readonly id: string
  /** 1 at first; a text sent again begins with 「재전송」 (said by whoever makes the text). */
  readonly attempt: number
  /** Number, mail address or URL, checked by `addressOf`. Empty for sirens and webhooks with one address of their own. */
  readonly to: string
  readonly subject?: string
  readonly text: string
  /** Two digits by which an answer finds its alarm. */
  readonly code?: string
  readonly link?: string
  readonly template?: { readonly id: string; readonly variables: Readonly<Record<string, string>> }
  /** The situation as data: webhooks, CAP and sirens send this. */
  readonly alarm?: ChannelAlarm
}

export interface ChannelAlarm {
  readonly id: string
  readonly revision: number
  /** `ended`: the situation is over. `withdrawn`: there was none. `updated`: it goes on after it was said to have ended. */
  readonly change: 'raised' | 'updated' | 'ended' | 'withdrawn'
  /** 0 emergency … 3 medium. */
  readonly level: number
  readonly detector: string
  readonly atMs: number
  readonly place?: { readonly lat: number; readonly lon: number; readonly label?: string }
  readonly subjects: readonly { readonly kind: string; readonly id: string; readonly label: string }[]
  readonly why: { readonly ko: string; readonly en: string }
  /** What this channel was told of the alarm before, the oldest first. */
  readonly earlier?: readonly { readonly revision: number; readonly atMs: number }[]
}

/** Exactly what would go out. */
export interface Preview {
  readonly text: string
  /** Messages or calls it takes. */
  readonly parts: number
  readonly length: number
  readonly encoding?: string
  readonly costWon?: number
}

export type SendOutcome =
  /** The operator has taken it. `isDelivered` where nothing more will be told (a webhook's 2xx, a siren that answered). */
  | {
      readonly outcome: 'accepted'
      readonly providerId?: string
      readonly parts: number
      readonly costWon?: number
      readonly isDelivered?: true
    }
  /** Not taken, and surely not sent. `isFinal`: trying again will not help (a bad number). */
  | { readonly outcome: 'refused'; readonly reason: string; readonly isFinal: boolean; readonly retryAfterMs?: number }
  /** Nobody knows: it was handed over and no answer came. */
  | { readonly outcome: 'in-doubt'; readonly reason: string }

/** What comes back later. */
export type ChannelNews =
  | {
      readonly news: 'receipt'
      readonly providerId?: string
      /** Ours, where the channel knows it. After a restart it may not: then `isSameProviderId` finds the message. */
      readonly id?: string
      /** `accepted`: the operator's late answer ends a doubt; whether it arrives is not yet known. */
      readonly state: 'accepted' | 'delivered' | 'failed' | 'read'
      readonly atMs: number
      readonly reason?: string
    }
  /** A text from a phone, or keys pressed in a call. */
  | { readonly news: 'reply'; readonly from: string; readonly text: string; readonly atMs: number; readonly id?: string }
  /** How the line is: undefined when it works. */
  | { readonly news: 'trouble'; readonly trouble?: string; readonly atMs: number }

/** What a gateway asks of the address it was given: fields of the query, and a body that was JSON or a form. */
export interface ChannelCallback {
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
}

export interface ChannelOptions {
  readonly clock: Clock
  onNews(news: ChannelNews): void
}

/** What may wait is kept for so long, and goes to one address as one. */
export interface Gathering {
  readonly ms: number
  /** One message of several to the same address, the oldest first; never of one. */
  together(messages: readonly ChannelMessage[]): ChannelMessage
}

export interface Channel {
  /** By the settings. */
  readonly name: string
  readonly kind: ChannelKind
  /** A provider that does the same id once may be asked again after a doubt. */
  readonly takesIdempotencyKey: boolean
  /** Absent: each goes at once. */
  readonly gathers?: Gathering
  /** The address as it is dialled, or why it is none. */
  addressOf(text: string): Result<string, string>
  preview(message: ChannelMessage): Preview
  send(message: ChannelMessage): Promise<SendOutcome>
  /** Undefined: it works. */
  trouble(): string | undefined
  /** Where gateways call us: who mounts it has checked the secret in its address. Never throws. */
  handleCallback?(call: ChannelCallback): 'taken' | 'not-understood'
  close(): Promise<void>
}
