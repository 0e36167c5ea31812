// Storm control at work: who was sent how much, what is held back for whom, and the message that counts it. What is held back lies in the store as `counted`; only its sums are here.
import type { Clock } from '#base/index.ts'
import type { Store } from '#platform/store/index.ts'
import type { Channel } from '../channels/channel.ts'
import type { Message } from './message.ts'
import { heldMessages, sentSince } from './store.ts'
import { type Held, inWindow, isCountDue, mayGo, mayTellEnd, type Sent, WINDOW_MS } from './storm.ts'
import type { Variables } from './text.ts'

interface HeldBack extends Held {
  readonly messages: readonly Message[]
  /** Of the newest: what the counting text names. */
  readonly last: Variables
}

/** What began and what is over are counted apart. */
const heldKey = ({ kind, recipient }: Message): string => (kind === 'closing' ? `over ${recipient.key}` : recipient.key)

export function createHolding(store: Pick<Store, 'read'>, clock: Clock, channels: readonly Channel[]) {
  const sent = new Map<string, Sent>()
  const held = new Map<string, HeldBack>()
  const isCall = ({ routes }: Message): boolean => channels.find(one => one.name === routes[0]?.channel)?.kind.startsWith('call') === true
  const noteSent = (key: string, nowMs: number): void => void sent.set(key, [...inWindow(sent.get(key) ?? [], nowMs), nowMs])
  const hold = (message: Message, last: Variables, isRepeat: boolean): void => {
    const key = heldKey(message)
    const before = held.get(key)
    held.set(key, {
      sinceMs: before && before.messages.length > 0 ? before.sinceMs : clock.now(),
      hasCritical: (before?.hasCritical ?? false) || (message.level <= 1 && !isRepeat && message.kind !== 'closing'),
      messages: [...(before?.messages ?? []), message],
      last,
      ...(before?.lastCountMs === undefined ? {} : { lastCountMs: before.lastCountMs }),
    })
  }

  // What an earlier run sent and held back.
  for (const { recipient, atMs } of sentSince(store, clock.now() - WINDOW_MS)) sent.set(recipient, [...(sent.get(recipient) ?? []), atMs])
  for (const message of heldMessages(store)) hold(message, { 무엇: message.subject ?? '', 대상: '' }, false)

  return {
    hold,
    /** As it goes, or as it is held back. */
    checked(message: Message, isRepeat: boolean): Message {
      // A call that rings is no text to be read.
      if (isRepeat && message.level <= 1 && isCall(message)) return message
      const nowMs = clock.now()
      const { key } = message.recipient
      const before = sent.get(key) ?? []
      if (message.kind === 'closing' ? mayTellEnd(before, nowMs) : mayGo(before, message.level, isRepeat, nowMs)) {
        noteSent(key, nowMs)
        return message
      }
      const { nextMs: _next, ...rest } = message
      return { ...rest, state: 'counted' }
    },
    /** What is to be counted in a message now; it is taken off the list. */
    due(): readonly { readonly messages: readonly Message[]; readonly last: Variables }[] {
      const nowMs = clock.now()
      return [...held].flatMap(([key, one]) => {
        const to = one.messages[0]?.recipient.key
        if (to === undefined || !isCountDue(sent.get(to) ?? [], one, nowMs)) return []
        held.set(key, { ...one, messages: [], hasCritical: false, lastCountMs: nowMs })
        noteSent(to, nowMs)
        return [one]
      })
    },
  }
}
