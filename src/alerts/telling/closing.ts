// What was told is told to be over, taken back or going on again: to the same people once, by text or mail, and to the same machines at once. Kept with its messages in one transaction,
// as every step is. People hear of it a minute later, so that a situation that flickers tells nobody twice, and not in the night unless it is critical.
import type { Clock } from '#base/index.ts'
import type { Statement, Store } from '#platform/store/index.ts'
import { type Alarm, isOpen } from '../alarm.ts'
import type { Channel, ChannelAlarm } from '../channels/channel.ts'
import type { ClosingRule } from '../schema.ts'
import { type Composer, wayOf } from './composer.ts'
import { type Closing, type Escalation, quietLeftMs } from './escalation.ts'
import type { TellingFacts } from './facts.ts'
import type { Message, Route } from './message.ts'
import * as kept from './store.ts'

/** So long a situation must be over before people are told. */
export const CLOSING_GRACE_MS = 60_000
const LOOK_AGAIN_MS = 2000
/** Looked at after a restart: what ended while the product was down. */
const LOOK_BACK_MS = 48 * 3_600_000

/** How it stands with what was told of this alarm. */
export function standingOf(alarm: Alarm): Closing['is'] {
  if (alarm.joined.withdrawn || alarm.state === 'false') return 'withdrawn'
  return alarm.joined.endedAtMs !== undefined || !isOpen(alarm) ? 'ended' : 'going-on'
}

/** The record after a change of the alarm; the same object where nothing is new. */
export function closingAfter(before: Closing | undefined, is: Closing['is'], atMs: number): Closing | undefined {
  if (before?.is === is || (!before && is === 'going-on')) return before
  return { people: 'going-on', machines: {}, ...before, is, atMs, dueMs: atMs + CLOSING_GRACE_MS, isDue: true }
}

/** Whether people have to hear of it: over or not; why it is over is told once. */
export const isNewsForPeople = ({ is, people }: Closing): boolean => (is === 'going-on') !== (people === 'going-on')

export const changeOf = (is: Closing['is']): Exclude<ChannelAlarm['change'], 'raised'> => (is === 'going-on' ? 'updated' : is)

const REACHED: readonly Message['state'][] = ['sending', 'in-doubt', 'accepted', 'delivered', 'read']

export interface ClosingOptions {
  readonly store: Store
  readonly clock: Clock
  readonly channels: readonly Channel[]
  readonly composer: Composer
  rule(): ClosingRule
  getAlarm(id: string): Alarm | undefined
  factsOf(alarm: Alarm): TellingFacts
  /** The newest escalation of an alarm, also one that is about to be kept. */
  newestOf(alarm: Alarm): string | undefined
  change(id: string, make: (state: Escalation) => Escalation, more?: () => readonly Statement[]): Promise<unknown>
  current(id: string): Escalation | undefined
  /** By storm control: as it goes, or as it is held back. */
  checked(message: Message, alarm: Alarm, facts: TellingFacts): Message
  statements(messages: readonly Message[]): readonly Statement[]
  added(messages: readonly Message[]): void
  quietly(what: string, task: Promise<unknown>): void
}

export function createClosing(options: ClosingOptions) {
  const { store, clock, channels, composer } = options
  /** Escalations whose end is not told to all, and when they are looked at again. */
  const due = new Map<string, number>()
  const busy = new Set<string>()
  const channelOf = (message: Message): Channel | undefined => channels.find(one => one.name === message.routes[message.route]?.channel)
  const isMachine = (message: Message): boolean => {
    const channel = channelOf(message)
    return channel !== undefined && wayOf(channel) === undefined
  }

  const toPeople = (
    state: Escalation,
    closing: Closing,
    alarm: Alarm,
    facts: TellingFacts,
    all: readonly Message[],
  ): readonly Message[] => {
    const closer = isOpen(alarm) ? undefined : alarm.history.at(-1)?.who
    const told = all.filter(one => one.kind === 'alarm' && REACHED.includes(one.state) && !isMachine(one))
    const newest = new Map(told.map(one => [one.recipient.key, one]))
    return [...newest.values()].flatMap(one => {
      const routes = quietRoutes(one, channels)
      if (routes.length === 0 || (closer !== undefined && one.recipient.person === closer)) return []
      return [composer.closingMessage({ state, change: changeOf(closing.is), atMs: closing.atMs, like: one, routes, alarm, facts })]
    })
  }
  /** To each machine that was told otherwise last; one whose own message is still on its way waits for that. */
  const toMachines = (state: Escalation, closing: Closing, alarm: Alarm, facts: TellingFacts, all: readonly Message[]) => {
    const messages: Message[] = []
    const machines = { ...closing.machines }
    let isWaiting = false
    for (const name of new Set(all.filter(isMachine).map(one => one.routes[one.route]?.channel ?? ''))) {
      const own = all.filter(one => one.routes[one.route]?.channel === name)
      const like = own.findLast(one => one.kind === 'alarm' && REACHED.includes(one.state))
      if ((machines[name] ?? 'going-on') === closing.is) continue
      if (own.some(one => one.state === 'waiting' || one.state === 'sending')) {
        isWaiting = true
        continue
      }
      if (!like) continue
      machines[name] = closing.is
      // A siren that was switched off stays off: whoever is there has heard it.
      if (closing.is === 'going-on' && channelOf(like)?.kind === 'siren') continue
      const earlier = own
        .flatMap(one => (one.situation && REACHED.includes(one.state) ? [one.situation] : []))
        .map(({ revision, atMs }) => ({ revision, atMs }))
        .sort((a, b) => a.revision - b.revision)
      messages.push(
        composer.closingMessage({
          state,
          change: changeOf(closing.is),
          atMs: closing.atMs,
          like,
          routes: like.routes.slice(like.route, like.route + 1),
          alarm,
          facts,
          earlier,
        }),
      )
    }
    return { messages, machines, isWaiting }
  }

  const tell = async (id: string): Promise<void> => {
    let out: readonly Message[] = []
    await options.change(
      id,
      state => {
        out = []
        const { closing } = state
        const alarm = options.getAlarm(state.alarm)
        if (!closing?.isDue || !alarm) return closing?.isDue ? { ...state, closing: { ...closing, isDue: false } } : state
        const nowMs = clock.now()
        const facts = options.factsOf(alarm)
        const all = kept.messagesOf(store, alarm.id)
        const { messages, machines, isWaiting } = toMachines(state, closing, alarm, facts, all)
        let { people, dueMs } = closing
        let isDue = isWaiting
        let texts: readonly Message[] = []
        if (isNewsForPeople(closing)) {
          const rule = options.rule()
          const quietMs = rule.quiet && alarm.level > 1 ? quietLeftMs(rule.quiet, nowMs) : 0
          if (state.state === 'running' || nowMs < dueMs) isDue = true
          else if (quietMs > 0 && rule.isOn) {
            dueMs = nowMs + quietMs
            isDue = true
          } else {
            if (rule.isOn) texts = toPeople(state, closing, alarm, facts, all).map(one => options.checked(one, alarm, facts))
            people = closing.is
          }
        }
        out = [...messages, ...texts]
        due.set(id, isDue ? Math.max(nowMs + LOOK_AGAIN_MS, isWaiting || state.state === 'running' ? 0 : dueMs) : 0)
        return { ...state, closing: { ...closing, machines, people, dueMs, isDue } }
      },
      () => options.statements(out),
    )
    options.added(out)
    if (options.current(id)?.closing?.isDue !== true) due.delete(id)
  }
  const look = (alarm: Alarm): void => {
    const is = standingOf(alarm)
    if (is === 'going-on' && !alarm.history.some(line => line.deed === 'ended' || line.deed === 'withdrawn')) return
    const id = options.newestOf(alarm)
    if (id === undefined) return
    options.quietly(
      'an end is not kept',
      options
        .change(id, state => {
          const closing = closingAfter(state.closing, is, clock.now())
          return closing === undefined || closing === state.closing ? state : { ...state, closing }
        })
        .then(() => {
          if (options.current(id)?.closing?.isDue) due.set(id, 0)
        }),
    )
  }
  return {
    look,
    tick(): void {
      const nowMs = clock.now()
      for (const [id, dueMs] of due) {
        if (dueMs > nowMs || busy.has(id)) continue
        busy.add(id)
        options.quietly(
          'an end is not told',
          tell(id).finally(() => busy.delete(id)),
        )
      }
    },
    /** What an earlier run left: ends that are not told, and what ended meanwhile. */
    takeUp(): void {
      for (const state of kept.notClosed(store, clock.now() - LOOK_BACK_MS)) {
        const alarm = options.getAlarm(state.alarm)
        if (alarm) look(alarm)
        if (state.closing?.isDue) due.set(state.id, 0)
      }
    },
  }
}

/** By which it was told, then the others; nobody is called for an end. */
function quietRoutes(message: Message, channels: readonly Channel[]): readonly Route[] {
  const inUse = message.routes[message.route]
  return [...(inUse ? [inUse] : []), ...message.routes.filter(one => one !== inUse)].filter(({ channel }) => {
    const known = channels.find(one => one.name === channel)
    const way = known && wayOf(known)
    return way === 'sms' || way === 'email'
  })
}
