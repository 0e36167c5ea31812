// What is wrong with telling itself, as findings: a channel that is dead, an organisation where nobody is on duty. Each begins when it is noticed and ends when it is over.
import { type Clock, epochMs } from '#base/index.ts'
import { type Finding, type FindingSink, type Sentence, withParticle } from '#rules/index.ts'
import type { Alarm } from '../alarm.ts'
import type { Channel } from '../channels/channel.ts'
import type { PeopleWorld } from './world.ts'

export interface TroublesOptions {
  readonly clock: Clock
  readonly channels: readonly Channel[]
  readonly sink: FindingSink
  readonly people: Pick<PeopleWorld, 'isSomebodyOnDuty'>
  organisationWords(id: string): Sentence
}

/** A line that comes back sooner is no alarm. */
const DEAD_AFTER_MS = 10_000
const OWN = ['nobody-on-duty', 'channel-dead']

export function createTroubles({ clock, channels, sink, people, organisationWords }: TroublesOptions) {
  const since = new Map<string, number>()
  const open = new Map<string, Finding>()
  const raise = (key: string, finding: Finding): void => {
    if (open.has(key)) return
    open.set(key, finding)
    sink({ change: 'raised', finding })
  }
  const end = (key: string): void => {
    const finding = open.get(key)
    if (!finding) return
    open.delete(key)
    sink({ change: 'ended', finding: { ...finding, to: clock.now() } })
  }
  return {
    /** Alarms that telling raises itself say nothing about who is on duty. */
    isOwn: (alarm: Alarm): boolean => OWN.includes(alarm.joined.detector),
    since: (channel: string): number | undefined => since.get(channel),
    nobodyAt(organisation: string): void {
      const { ko, en } = organisationWords(organisation)
      raise(
        `duty ${organisation}`,
        finding('nobody-on-duty', { kind: 'organisation', id: organisation }, clock.now(), {
          ko: `${ko}에 알릴 당직자가 없어 바로 윗선에 알렸습니다. 근무표와 연락처를 확인하십시오`,
          en: `nobody on duty at ${en} could be told, so the next level was told at once; check its roster and numbers`,
        }),
      )
    },
    look(): void {
      const nowMs = clock.now()
      for (const channel of channels) {
        const trouble = channel.trouble()
        if (trouble === undefined) {
          since.delete(channel.name)
          end(`channel ${channel.name}`)
          continue
        }
        if (!since.has(channel.name)) since.set(channel.name, nowMs)
        if (nowMs - (since.get(channel.name) ?? nowMs) >= DEAD_AFTER_MS)
          raise(
            `channel ${channel.name}`,
            finding('channel-dead', { kind: 'channel', id: channel.name }, nowMs, {
              ko: `알림 채널 ${withParticle(`‘${channel.name}’`, '이')} 끊겼습니다: ${trouble}. 다른 채널로 보냅니다`,
              en: `the channel ‘${channel.name}’ is dead: ${trouble}; messages go by the others`,
            }),
          )
      }
      for (const key of [...open.keys()]) if (key.startsWith('duty ') && people.isSomebodyOnDuty(key.slice(5))) end(key)
    },
  }
}

const finding = (detector: string, subject: Finding['subjects'][number], nowMs: number, why: Sentence): Finding => ({
  id: `${detector}|${subject.kind}:${subject.id}|${nowMs}`,
  detector,
  subjects: [subject],
  from: epochMs(nowMs),
  raisedAt: epochMs(nowMs),
  severity: 'high',
  live: true,
  numbers: {},
  evidence: [],
  why,
})
