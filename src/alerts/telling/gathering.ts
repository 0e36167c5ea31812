// What may wait for others to the same address, where its channel gathers: alarms below critical that were not tried yet. Kept as waiting all the while, so that nothing is lost with
// the product; whoever was first says when they go.
import type { Channel, Gathering } from '../channels/channel.ts'
import type { Message, Route } from './message.ts'

/** From this level on an alarm may wait (0 emergency, 1 critical). */
const MAY_WAIT_LEVEL = 2

export interface Gathered {
  readonly gathering: Gathering
  /** Messages of one key go together. */
  readonly key: string
  /** When the first of them is due. */
  readonly dueMs: number
}

export function gatheredBy(message: Message, channel: Channel | undefined, to: Route | undefined): Gathered | undefined {
  const gathering = channel?.gathers
  if (!gathering || !to || message.level < MAY_WAIT_LEVEL || message.tries > 0 || message.isResent || message.againMs !== undefined)
    return undefined
  if (message.kind !== 'alarm' && message.kind !== 'count') return undefined
  return { gathering, key: `${to.channel} ${to.to}`, dueMs: message.createdMs + gathering.ms }
}
