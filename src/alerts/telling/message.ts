// The life of one message to one person: kept before it is handed over, kept again with what became of it. Pure: what an outcome, a doubt, a receipt makes of it.

import type { ChannelAlarm, ChannelNews, SendOutcome } from '../channels/channel.ts'
import type { MessageState, MessageView } from '../schema.ts'

/** A channel and the address there; the first is tried first. */
export interface Route {
  readonly channel: string
  readonly to: string
}

export interface Message {
  readonly id: string
  readonly kind: MessageView['kind']
  readonly escalation?: string
  readonly alarm?: string
  readonly level: number
  readonly step?: number
  readonly recipient: { readonly key: string; readonly person?: string; readonly name: string; readonly language: 'ko' | 'en' }
  readonly routes: readonly Route[]
  /** Index of the route in use. */
  readonly route: number
  readonly state: MessageState
  /** Over all routes. */
  readonly attempts: number
  /** On this route. */
  readonly tries: number
  /** Without its link: `#{링크}` stands for it, so that no token lies in the store. */
  readonly text: string
  readonly subject?: string
  readonly code?: string
  readonly hasLink?: true
  readonly template?: { readonly id: string; readonly variables: Readonly<Record<string, string>> }
  readonly situation?: ChannelAlarm
  readonly createdMs: number
  /** When it is to be looked at again; absent: when something comes. */
  readonly nextMs?: number
  readonly sentMs?: number
  readonly acceptedMs?: number
  readonly deliveredMs?: number
  readonly readMs?: number
  readonly answeredMs?: number
  readonly providerId?: string
  readonly parts?: number
  readonly costWon?: number
  readonly isResent?: true
  /** When a person sent it again. */
  readonly againMs?: number
  readonly failedOver?: { readonly from: string; readonly atMs: number; readonly reason: string }
  readonly doubtMs?: number
  readonly reason?: string
  /** The message that counts it. */
  readonly countedIn?: string
}

/** An unanswered submit waits so long for its receipt (issue: 20 s). */
export const DOUBT_MS = 20_000
const ASK_AGAIN_MS = 2000
const BACKOFF_MS = [1000, 2000, 5000, 15_000, 30_000, 60_000]
const TRIES_ON_A_ROUTE = 4
/** A message that nobody took is given up after this. */
const GIVE_UP_MS = 3_600_000
/** Levels that are sent again after a doubt. */
const RESENT_LEVEL = 2

/** Something is still to be done by us. */
export const isOurs = ({ state, nextMs }: Message): boolean =>
  state === 'waiting' || state === 'sending' || (state === 'in-doubt' && nextMs !== undefined)

export const handedOver = (message: Message, route: number, nowMs: number): Message => {
  const { nextMs: _next, doubtMs: _doubt, ...rest } = message
  return {
    ...rest,
    state: 'sending',
    attempts: message.attempts + 1,
    tries: route === message.route ? message.tries + 1 : 1,
    route,
    sentMs: nowMs,
    ...(route === message.route ? {} : over(message, nowMs, message.reason ?? '')),
  }
}

const over = (message: Message, nowMs: number, reason: string): Pick<Message, 'failedOver'> => ({
  failedOver: { from: message.routes[message.route]?.channel ?? '', atMs: nowMs, reason },
})

/** What the channel's answer makes of it. */
export function sentOutcome(message: Message, outcome: SendOutcome, takesKey: boolean, nowMs: number): Message {
  const { nextMs: _next, reason: _reason, ...rest } = message
  switch (outcome.outcome) {
    case 'accepted':
      return {
        ...rest,
        state: outcome.isDelivered ? 'delivered' : 'accepted',
        acceptedMs: nowMs,
        parts: (message.parts ?? 0) + outcome.parts,
        ...(outcome.isDelivered ? { deliveredMs: nowMs } : {}),
        ...(outcome.costWon === undefined ? {} : { costWon: (message.costWon ?? 0) + outcome.costWon }),
        ...(outcome.providerId === undefined ? {} : { providerId: outcome.providerId }),
      }
    case 'in-doubt':
      return doubted(message, outcome.reason, takesKey, nowMs)
    case 'refused': {
      const { reason } = outcome
      const again = (delayMs: number): Message => ({ ...rest, state: 'waiting', reason, nextMs: nowMs + delayMs })
      const isLast = message.route + 1 >= message.routes.length
      if (!outcome.isFinal && (message.tries < TRIES_ON_A_ROUTE || isLast) && nowMs - (message.againMs ?? message.createdMs) < GIVE_UP_MS)
        return again(outcome.retryAfterMs ?? BACKOFF_MS[Math.min(message.tries - 1, BACKOFF_MS.length - 1)] ?? 60_000)
      if (isLast) return { ...rest, state: 'failed', reason }
      return { ...again(0), route: message.route + 1, tries: 0, ...over(message, nowMs, reason) }
    }
  }
}

/** Handed over and no answer came, or the product ended before it could be kept. */
export function doubted(message: Message, reason: string, takesKey: boolean, nowMs: number): Message {
  const { nextMs: _next, ...rest } = message
  const isAgain = message.kind === 'alarm' ? message.level <= RESENT_LEVEL : message.kind !== 'closing'
  const waits = takesKey ? ASK_AGAIN_MS : isAgain ? DOUBT_MS : undefined
  return { ...rest, state: 'in-doubt', reason, doubtMs: nowMs, ...(waits === undefined ? {} : { nextMs: nowMs + waits }) }
}

/** No receipt came in time: sent again. With a key the operator does it once; without one the text says that it may have come before. */
export function afterDoubt(message: Message, takesKey: boolean, nowMs: number): Message {
  return { ...message, state: 'waiting', nextMs: nowMs, ...(takesKey ? {} : { isResent: true as const }) }
}

/** A person sends it again: what failed anew by its first way; what is in doubt marked, for it may have come. The same object where it is neither. */
export function again(message: Message, nowMs: number): Message {
  if (message.state !== 'failed' && message.state !== 'in-doubt') return message
  const { reason: _reason, doubtMs: _doubt, failedOver: _over, ...rest } = message
  return {
    ...rest,
    state: 'waiting',
    route: 0,
    tries: 0,
    nextMs: nowMs,
    againMs: nowMs,
    ...(message.state === 'in-doubt' ? { isResent: true as const } : {}),
  }
}

/** A receipt, early, late or twice: a state only goes forward; undefined: nothing new. */
export function received(message: Message, receipt: Extract<ChannelNews, { news: 'receipt' }>): Message | undefined {
  const { nextMs: _next, doubtMs: _doubt, ...rest } = message
  const accepted = { acceptedMs: message.acceptedMs ?? receipt.atMs }
  switch (receipt.state) {
    case 'accepted':
      // The operator's late answer ends a doubt; it says nothing new of what is settled.
      return message.state === 'in-doubt' || message.state === 'sending' ? { ...rest, ...accepted, state: 'accepted' } : undefined
    case 'delivered':
      if (message.deliveredMs !== undefined) return undefined
      return { ...rest, ...accepted, state: message.readMs === undefined ? 'delivered' : 'read', deliveredMs: receipt.atMs }
    case 'read':
      if (message.readMs !== undefined) return undefined
      return { ...rest, ...accepted, state: 'read', deliveredMs: message.deliveredMs ?? receipt.atMs, readMs: receipt.atMs }
    case 'failed': {
      if (message.deliveredMs !== undefined || message.state === 'failed' || message.state === 'waiting') return undefined
      const reason = receipt.reason ?? 'not delivered'
      if (message.route + 1 >= message.routes.length) return { ...rest, ...accepted, state: 'failed', reason }
      return {
        ...rest,
        state: 'waiting',
        reason,
        nextMs: receipt.atMs,
        route: message.route + 1,
        tries: 0,
        ...over(message, receipt.atMs, reason),
      }
    }
  }
}
