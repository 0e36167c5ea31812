// What telling needs and what it does for the rest of its folder.
import type { Clock } from '#base/index.ts'
import type { Log } from '#platform/log/index.ts'
import type { Statement, Store } from '#platform/store/index.ts'
import type { FindingSink } from '#rules/index.ts'
import type { Alarm } from '../alarm.ts'
import type { Alerts } from '../alerts.ts'
import type { Channel, ChannelNews } from '../channels/channel.ts'
import type { TellingRules } from '../schema.ts'
import type { Composer } from './composer.ts'
import type { Escalation } from './escalation.ts'
import type { TellingFacts } from './facts.ts'
import type { Message } from './message.ts'
import type { Outbox } from './outbox.ts'
import type { PeopleWorld } from './world.ts'

export interface TellingOptions {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  /** None: nobody is told of anything. */
  readonly channels: readonly Channel[]
  readonly alerts: Pick<Alerts, 'open' | 'get' | 'act'>
  readonly people: PeopleWorld
  /** Of links and callback addresses; kept in the data folder, not in the store. */
  readonly key: Uint8Array
  readonly linkBase?: string
  readonly sink: FindingSink
  organisationWords(id: string): { readonly ko: string; readonly en: string }
  factsOf(alarm: Alarm): TellingFacts
  rules(): TellingRules
  /** Something of an alarm's timeline, or of a message about none, has changed; it is on the disk. */
  onChange(alarm: string | undefined): void
}

export type LinkState = 'good' | 'used' | 'expired' | 'unknown'

export interface Telling {
  readonly composer: Composer
  readonly outbox: Outbox
  alarmChanged(alarm: Alarm): void
  news(channel: string, news: ChannelNews): void
  /** What stands behind a link; looking uses nothing up. */
  linkState(token: string): { readonly state: LinkState; readonly alarm?: Alarm }
  answerLink(token: string): Promise<LinkState>
  /** Sends what is no alarm: a test, a code. */
  post(message: Message, more?: readonly Statement[]): Promise<void>
  running(): readonly Escalation[]
  /** When a channel's trouble began. */
  troubleSince(channel: string): number | undefined
  close(): Promise<void>
}
