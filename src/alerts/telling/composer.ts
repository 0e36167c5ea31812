// Makes the message of a telling: its text in the person's language, two digits, a link, and the channels it can go by in their order.
import type { Clock } from '#base/index.ts'
import type { Alarm } from '../alarm.ts'
import type { Channel, ChannelAlarm } from '../channels/channel.ts'
import { DETECTOR_WORDS } from '../detector-words.ts'
import { type TellingRules, type TextTemplate, WAYS, type Way } from '../schema.ts'
import { numberKey, tokenOf } from './answers.ts'
import { DEFAULT_RULES } from './default-rules.ts'
import type { Escalation, Recipient, Tell } from './escalation.ts'
import type { TellingFacts } from './facts.ts'
import type { Message, Route } from './message.ts'
import { kstTime, textOf, type Variables } from './text.ts'

const CLOSING_WORDS = {
  ended: { ko: '상황 종료', en: 'over' },
  withdrawn: { ko: '경보 취소', en: 'withdrawn' },
  updated: { ko: '상황 재개', en: 'goes on' },
} as const
const LEVEL_WORDS = [
  { ko: '비상', en: 'EMERGENCY' },
  { ko: '긴급', en: 'CRITICAL' },
  { ko: '경고', en: 'HIGH' },
  { ko: '주의', en: 'MEDIUM' },
] as const

export const wayOf = (channel: Pick<Channel, 'kind'>): Way | undefined =>
  channel.kind.startsWith('sms') ? 'sms' : channel.kind.startsWith('call') ? 'call' : channel.kind === 'email' ? 'email' : undefined

/** The channels that reach them: of the ways asked for, then of any other, so that a dead operator is not the end. */
export function routesOf(
  channels: readonly Channel[],
  recipient: Pick<Recipient, 'addresses' | 'channel'>,
  by: readonly Way[],
): readonly Route[] {
  if (recipient.channel !== undefined)
    return channels.some(one => one.name === recipient.channel) ? [{ channel: recipient.channel, to: '' }] : []
  return [...new Set([...by, ...WAYS])].flatMap(way => {
    const address = recipient.addresses[way]
    if (address === undefined) return []
    return channels.flatMap(channel => {
      const dialled = wayOf(channel) === way ? channel.addressOf(address) : undefined
      return dialled?.ok ? [{ channel: channel.name, to: dialled.value }] : []
    })
  })
}

/** The number an answer will come from; undefined: it has none. */
export const answerNumber = (channels: readonly Channel[], routes: readonly Route[]): string | undefined => {
  const route = routes.find(({ channel }) => {
    const known = channels.find(one => one.name === channel)
    const way = known && wayOf(known)
    return way === 'sms' || way === 'call'
  })
  return route && numberKey(route.to)
}

export interface ComposerOptions {
  readonly clock: Pick<Clock, 'now'>
  readonly channels: readonly Channel[]
  readonly key: Uint8Array
  /** https://… without a slash at the end; absent: texts have no link. */
  readonly linkBase?: string
  rules(): TellingRules
}

export interface ClosingAbout {
  readonly state: Pick<Escalation, 'id'>
  readonly change: Exclude<ChannelAlarm['change'], 'raised'>
  readonly atMs: number
  /** The message that told of it. */
  readonly like: Message
  readonly routes: readonly Route[]
  readonly alarm: Alarm
  readonly facts: TellingFacts
  readonly earlier?: NonNullable<ChannelAlarm['earlier']>
}

export interface Composer {
  linkOf(message: Pick<Message, 'id' | 'hasLink'>): string | undefined
  alarmMessage(tell: Tell, escalation: Escalation, alarm: Alarm, facts: TellingFacts, code: string | undefined, nowMs: number): Message
  closingMessage(about: ClosingAbout): Message
  countMessage(held: readonly Message[], last: Variables, nowMs: number): Message
  hasText(template: string): boolean
  variablesOf(alarm: Alarm, facts: TellingFacts, language: 'ko' | 'en'): Variables
  /** A text of the rule book, filled; throws where there is none. */
  plainText(template: string, language: 'ko' | 'en', variables: Variables): string
}

export function createComposer({ clock, channels, key, linkBase, rules }: ComposerOptions): Composer {
  const template = (id: string): TextTemplate => {
    const found = rules().templates.find(one => one.id === id) ?? DEFAULT_RULES.templates.find(one => one.id === id)
    if (!found) throw new Error(`there is no text ${id}`)
    return found
  }
  const linkFor = (id: string): string | undefined => (linkBase === undefined ? undefined : `${linkBase}/a/${tokenOf(key, id)}`)
  const variablesOf = (alarm: Alarm, facts: TellingFacts, language: 'ko' | 'en'): Variables => {
    const { joined } = alarm
    const officer = facts.officers?.[facts.near ?? 'destination'][0] ?? facts.officers?.destination[0] ?? facts.officers?.origin[0]
    const more = joined.reasons.length - 1
    return {
      수준: LEVEL_WORDS[alarm.level]?.[language] ?? '',
      무엇: DETECTOR_WORDS[joined.detector]?.[language] ?? joined.detector,
      대상: facts.subject,
      시각: kstTime(joined.fromMs),
      ...(facts.place ? { 어디: facts.place[language] } : {}),
      ...(facts.state ? { 상태: facts.state[language] } : {}),
      ...(facts.vehicle === undefined ? {} : { 차량: facts.vehicle }),
      ...(facts.origin === undefined ? {} : { 출발지: facts.origin }),
      ...(facts.destination === undefined ? {} : { 도착지: facts.destination }),
      ...(officer ? { 담당자: officer.name } : {}),
      ...(officer?.phone === undefined ? {} : { 연락처: officer.phone }),
      ...(facts.callPhone === undefined ? {} : { 문의: facts.callPhone }),
      ...(more > 0 ? { 건수: language === 'ko' ? `외 ${more}건` : `+${more} more` } : {}),
    }
  }
  return {
    linkOf: ({ id, hasLink }) => (hasLink ? linkFor(id) : undefined),
    variablesOf,
    alarmMessage({ recipient, by, step, telling }, escalation, alarm, facts, code, nowMs) {
      const id = `${escalation.id}.${telling}.${shortKey(recipient.key)}`
      const { language } = recipient
      const isMachine = recipient.channel !== undefined
      const link = isMachine ? undefined : linkFor(id)
      const chosen = template(facts.vehicle !== undefined || facts.origin !== undefined ? 'seal' : 'alarm')
      const variables: Variables = {
        ...variablesOf(alarm, facts, language),
        ...(code === undefined ? {} : { 번호: code }),
        ...(link === undefined ? {} : { 링크: link }),
      }
      const text = textOf(chosen[language], variables)
      const { 링크: _link, ...kept } = variables
      return {
        id,
        kind: 'alarm',
        escalation: escalation.id,
        alarm: alarm.id,
        level: alarm.level,
        step,
        recipient: {
          key: recipient.key,
          name: recipient.name,
          language,
          ...(recipient.person === undefined ? {} : { person: recipient.person }),
        },
        routes: routesOf(channels, recipient, by),
        route: 0,
        state: 'waiting',
        attempts: 0,
        tries: 0,
        text: link === undefined ? text : text.replaceAll(link, '#{링크}'),
        subject: `${variables.무엇} ${variables.대상}`.replace(/\p{Cc}/gu, ' '),
        createdMs: nowMs,
        nextMs: nowMs,
        situation: situationOf(alarm, facts, 'raised'),
        ...(code === undefined ? {} : { code }),
        ...(link === undefined ? {} : { hasLink: true }),
        ...(chosen.code === undefined ? {} : { template: { id: chosen.code, variables: kept as Readonly<Record<string, string>> } }),
      }
    },
    closingMessage({ state, change, atMs, like, routes, alarm, facts, earlier }) {
      const { recipient, level } = like
      const { language } = recipient
      const variables: Variables = { ...variablesOf(alarm, facts, language), 상태: CLOSING_WORDS[change][language] }
      return {
        id: `${state.id}.${change}.${atMs.toString(36)}.${shortKey(recipient.key)}`,
        kind: 'closing',
        alarm: alarm.id,
        level,
        recipient,
        routes,
        route: 0,
        state: 'waiting',
        attempts: 0,
        tries: 0,
        text: textOf(template('closing')[language], variables),
        subject: `${variables.상태}: ${variables.무엇} ${variables.대상}`.replace(/\p{Cc}/gu, ' '),
        createdMs: clock.now(),
        nextMs: clock.now(),
        situation: { ...situationOf(alarm, facts, change), atMs, ...(earlier === undefined ? {} : { earlier }) },
      }
    },
    countMessage(held, last, nowMs) {
      const [first] = held
      if (!first) throw new Error('a message that counts nothing')
      const { recipient } = first
      const variables: Variables = { ...last, 건수: recipient.language === 'ko' ? `${held.length}건` : `${held.length} more alarms` }
      const isOver = first.kind === 'closing'
      return {
        id: `${isOver ? 'over' : 'count'}.${nowMs.toString(36)}.${shortKey(recipient.key)}`,
        kind: 'count',
        level: Math.min(...held.map(one => one.level)),
        recipient,
        routes: first.routes,
        route: 0,
        state: 'waiting',
        attempts: 0,
        tries: 0,
        text: textOf(template(isOver ? 'closed-count' : 'count')[recipient.language], variables),
        createdMs: nowMs,
        nextMs: nowMs,
      }
    },
    hasText: id => [...rules().templates, ...DEFAULT_RULES.templates].some(one => one.id === id),
    plainText: (id, language, variables) => textOf(template(id)[language], variables),
  }
}

/** In ids and addresses: no number and no name. */
const shortKey = (key: string): string => tokenOf(new Uint8Array(), key).slice(0, 10)

export const situationOf = (alarm: Alarm, facts: TellingFacts, change: ChannelAlarm['change']): ChannelAlarm => ({
  id: alarm.id,
  revision: alarm.revision,
  change,
  level: alarm.level,
  detector: alarm.joined.detector,
  atMs: alarm.joined.fromMs,
  subjects: facts.subjects,
  why: alarm.joined.reasons.find(one => one.detector === alarm.joined.detector)?.why ?? {
    ko: alarm.joined.detector,
    en: alarm.joined.detector,
  },
  ...(alarm.joined.place ? { place: { ...alarm.joined.place, ...(facts.place ? { label: facts.place.ko } : {}) } } : {}),
})
