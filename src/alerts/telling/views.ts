// What of telling goes to the screen: the message, the timeline of an alarm, the preview of what a chain would send.
import type { Alarm } from '../alarm.ts'
import type { Channel } from '../channels/channel.ts'
import type { AlarmTelling, MessageView, TellingLine, TellingPreview, TellingRules } from '../schema.ts'
import { type Composer, routesOf } from './composer.ts'
import { begun, type Escalation, type EscalationWorld, nextStep } from './escalation.ts'
import type { TellingFacts } from './facts.ts'
import type { Message } from './message.ts'
import { wireOf } from './outbox.ts'
import { resentText } from './text.ts'

const iso = (ms: number): string => new Date(ms).toISOString()
const optional = (name: string, ms: number | undefined): Readonly<Record<string, string>> => (ms === undefined ? {} : { [name]: iso(ms) })

/** The last four digits, or the domain: enough to know which, not enough to call. */
export const masked = (to: string): string => (to.includes('@') ? `…${to.slice(to.indexOf('@'))}` : to.length > 4 ? `…${to.slice(-4)}` : to)

export function messageView(message: Message): MessageView {
  const route = message.routes[message.route]
  const text = message.kind === 'confirm' ? message.text.replace(/\d{6}/, '••••••') : message.text.replace('#{링크}', '(링크)')
  return {
    id: message.id,
    kind: message.kind,
    name: message.recipient.name,
    address: masked(route?.to ?? ''),
    channel: route?.channel ?? '',
    state: message.state,
    isResent: message.isResent ?? false,
    isFailedOver: message.failedOver !== undefined,
    attempts: message.attempts,
    text: message.isResent ? resentText(text, message.recipient.language) : text,
    createdAt: iso(message.createdMs),
    ...(message.alarm === undefined ? {} : { alarm: message.alarm, level: message.level }),
    ...(message.recipient.person === undefined ? {} : { person: message.recipient.person }),
    ...(message.code === undefined ? {} : { code: message.code }),
    ...(message.parts === undefined ? {} : { parts: message.parts }),
    ...(message.costWon === undefined ? {} : { costWon: message.costWon }),
    ...(message.reason === undefined ? {} : { reason: message.reason }),
    ...optional('sentAt', message.sentMs),
    ...optional('acceptedAt', message.acceptedMs),
    ...optional('deliveredAt', message.deliveredMs),
    ...optional('readAt', message.readMs),
    ...optional('answeredAt', message.answeredMs),
  }
}

function messageLines(message: Message): readonly TellingLine[] {
  const about = {
    message: message.id,
    name: message.recipient.name,
    channel: message.routes[message.route]?.channel ?? '',
    ...(message.step === undefined ? {} : { step: message.step }),
    ...(message.recipient.person === undefined ? {} : { person: message.recipient.person }),
  }
  const note = message.reason === undefined ? {} : { note: { ko: message.reason, en: message.reason } }
  const line = (what: TellingLine['what'], ms: number | undefined, more: Partial<TellingLine> = {}): readonly TellingLine[] =>
    ms === undefined ? [] : [{ at: iso(ms), what, ...about, ...more }]
  return [
    ...line(message.state === 'counted' ? 'counted' : message.kind === 'closing' ? 'closing' : 'told', message.createdMs),
    ...line('failed-over', message.failedOver?.atMs, {
      note: {
        ko: `${message.failedOver?.from}: ${message.failedOver?.reason}`,
        en: `${message.failedOver?.from}: ${message.failedOver?.reason}`,
      },
    }),
    ...line('in-doubt', message.state === 'in-doubt' ? message.doubtMs : undefined, note),
    ...(message.isResent ? line('resent', message.sentMs) : []),
    ...line('accepted', message.acceptedMs),
    ...line('delivered', message.deliveredMs),
    ...line('read', message.readMs),
    ...(message.state === 'failed' ? line('failed', message.sentMs ?? message.createdMs, note) : []),
  ]
}

export function timelineView(alarm: string, escalations: readonly Escalation[], messages: readonly Message[]): AlarmTelling {
  const last = escalations.at(-1)
  const own = escalations.flatMap(one => one.lines.map(({ atMs, ...line }): TellingLine => ({ at: iso(atMs), ...line })))
  return {
    alarm,
    state: last?.state ?? 'none',
    timeline: [...own, ...messages.flatMap(messageLines)].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    messages: messages.map(messageView),
    costWon: messages.reduce((sum, one) => sum + (one.costWon ?? 0), 0),
    ...(last ? { rule: last.rule, step: last.at, steps: last.steps.length } : {}),
    ...(last?.state === 'running' ? { nextAt: iso(last.dueMs) } : {}),
  }
}

export interface PreviewOptions {
  readonly alarm: Alarm
  readonly facts: TellingFacts
  readonly rules: TellingRules
  readonly rule: TellingRules['rules'][number] | undefined
  readonly channels: readonly Channel[]
  readonly composer: Composer
  readonly world: EscalationWorld
  readonly nowMs: number
}

const MOST_ROUNDS = 60

/** Every text of the chain as it would go out were nobody to answer, from now on. Nothing is kept and nothing goes. */
export function previewOf({ alarm, facts, rules, rule, channels, composer, world, nowMs }: PreviewOptions): TellingPreview {
  const chain = rules.chains.find(one => one.id === rule?.chain)
  const about = rule ? { rule: { id: rule.id, ko: rule.ko, en: rule.en } } : {}
  if (!rule || !chain) return { ...about, messages: [], nobody: [] }
  const messages: TellingPreview['messages'][number][] = []
  let state = begun({ id: `preview.${alarm.id}`, alarm: alarm.id, level: alarm.level }, rule, chain.steps, nowMs)
  for (let round = 0; round < MOST_ROUNDS && state.state === 'running'; round++) {
    const atMs = state.dueMs
    const stepped = nextStep(state, atMs, world)
    for (const tell of stepped.tells) {
      const message = composer.alarmMessage(tell, stepped.state, alarm, facts, '10', atMs)
      const [route] = routesOf(channels, tell.recipient, tell.by)
      const channel = channels.find(one => one.name === route?.channel)
      if (!route || !channel) continue
      const shown = channel.preview(wireOf(message, route.to, composer.linkOf(message)?.replace(/[^/]+$/, '•'.repeat(22))))
      messages.push({
        step: tell.step,
        afterS: Math.round((atMs - nowMs) / 1000),
        name: tell.recipient.name,
        address: masked(route.to),
        channel: channel.name,
        ...shown,
      })
    }
    state = stepped.state
  }
  const nobody = state.lines
    .filter(one => one.what === 'nobody' || one.what === 'no-address')
    .map(one => ({ step: one.step ?? 0, ko: one.note?.ko ?? '', en: one.note?.en ?? '' }))
  return {
    ...about,
    messages,
    nobody: nobody.filter((one, n) => nobody.findIndex(other => other.step === one.step && other.ko === one.ko) === n),
  }
}
