// What a rule book would do with an alarm, by the roster of a moment: whom each step finds, by which way, in which words, and where it finds nobody. Nothing is kept and nothing goes.
import { epochMs } from '#base/index.ts'
import type { SubjectKind } from '#rules/index.ts'
import type { Alarm } from '../alarm.ts'
import type { Channel } from '../channels/channel.ts'
import { type TellingRules, type TellingTrial, WAYS, type Way } from '../schema.ts'
import { type Composer, routesOf } from './composer.ts'
import { begun, type EscalationWorld, nextStep, type Recipient, type Tell } from './escalation.ts'
import type { TellingFacts } from './facts.ts'
import { wireOf } from './outbox.ts'
import { masked } from './views.ts'

/** An alarm that is only described. */
export interface TrialSubject {
  readonly level: number
  readonly detector: string
  readonly senses: readonly string[]
  readonly organisation?: string
}

export interface TrialOptions {
  readonly rules: TellingRules
  readonly rule: TellingRules['rules'][number] | undefined
  readonly alarm: Alarm
  readonly facts: TellingFacts
  readonly channels: readonly Channel[]
  readonly composer: Composer
  readonly atMs: number
  /** By the roster of whatever moment is asked for. */
  worldAt(canReach: EscalationWorld['canReach'], momentMs: () => number): EscalationWorld
}

const MOST_ROUNDS = 60

export const describedAlarm = ({ level, detector, senses, organisation }: TrialSubject, atMs: number): Alarm => ({
  id: 'trial',
  state: 'raised',
  level,
  openedAtMs: atMs,
  revision: 1,
  history: [],
  organisations: organisation === undefined ? [] : [organisation],
  joined: {
    id: 'trial',
    level,
    detector,
    subjects: senses.map(kind => ({ kind: kind as SubjectKind, id: 'trial' })),
    ships: [],
    fromMs: epochMs(atMs),
    raisedAtMs: epochMs(atMs),
    lastAtMs: epochMs(atMs),
    withdrawn: false,
    live: true,
    reasons: [],
  },
})

const SEALS = ['journey', 'seal', 'container']
/** Officers of a described journey have no names: each plan names its own. */
export const describedFacts = ({ senses }: TrialSubject): TellingFacts => ({
  subject: senses.some(one => SEALS.includes(one)) ? 'MSKU0000003' : '(대상)',
  subjects: [],
  ...(senses.some(one => SEALS.includes(one))
    ? {
        vehicle: '12가0000',
        origin: '출발지',
        destination: '도착지',
        officers: { origin: [{ name: '출발지 담당자' }], destination: [{ name: '도착지 담당자' }] },
      }
    : {}),
})

export function trialOf(options: TrialOptions): TellingTrial {
  const { rules, rule, alarm, atMs } = options
  const chain = rules.chains.find(one => one.id === rule?.chain)
  const named = ({ id, ko, en }: { readonly id: string; readonly ko: string; readonly en: string }) => ({ id, ko, en })
  const about = { at: new Date(atMs).toISOString(), ...(rule ? { rule: named(rule) } : {}) }
  if (!rule || !chain) return { ...about, heldS: 0, steps: [] }
  let momentMs = atMs
  const isDescribed = alarm.id === 'trial'
  const canReach = (recipient: Recipient, ways: readonly Way[]): boolean =>
    recipient.channel !== undefined ||
    [...ways, ...WAYS].some(way => recipient.addresses[way] !== undefined) ||
    (isDescribed && recipient.person === undefined)
  const world = options.worldAt(canReach, () => momentMs)
  const steps: TellingTrial['steps'][number][] = []
  let state = begun({ id: `trial.${alarm.id}`, alarm: alarm.id, level: alarm.level }, rule, chain.steps, atMs)
  const heldS = Math.round((state.dueMs - atMs) / 1000)
  for (let round = 0; round < MOST_ROUNDS && state.state === 'running'; round++) {
    momentMs = state.dueMs
    const before = state.lines.length
    const stepped = nextStep(state, momentMs, world)
    const afterS = Math.round((momentMs - atMs) / 1000)
    state = stepped.state
    // What is repeated is told again as it was.
    const isRepeated = Object.values(state.repeats).some(times => times > 0)
    const numbers = new Set([...stepped.tells.map(one => one.step), ...state.lines.slice(before).flatMap(one => one.step ?? [])])
    for (const step of [...numbers].sort((a, b) => a - b)) {
      if (isRepeated && steps.some(one => one.step === step)) continue
      const asked = chain.steps[step]
      if (asked?.step !== 'tell') continue
      const tells = stepped.tells.filter(one => one.step === step)
      const holes = asked.whom.flatMap(whom => {
        const found = world.find(whom)
        const { ko, en } = world.namesOf(whom)
        if (found.length === 0) return [{ ko, en, isNumberMissing: false }]
        return found
          .filter(one => !canReach(one, asked.by))
          .map(one => ({ ko: `${ko} ${one.name}`, en: `${one.name}, ${en}`, isNumberMissing: true }))
      })
      const first = asked.whom.flatMap(whom => world.find(whom)).filter(one => canReach(one, asked.by))
      steps.push({
        step,
        afterS,
        told: tells.map(tell => toldIn(tell, options, momentMs, state)),
        holes,
        isElse: first.length === 0 && tells.length > 0,
      })
    }
    if (isRepeated) break
  }
  return { ...about, chain: named(chain), heldS, steps }
}

function toldIn(
  tell: Tell,
  { channels, composer, alarm, facts }: TrialOptions,
  nowMs: number,
  state: Parameters<Composer['alarmMessage']>[1],
) {
  const name = tell.recipient.name
  const [route] = routesOf(channels, tell.recipient, tell.by)
  const channel = channels.find(one => one.name === route?.channel)
  if (alarm.id === 'trial' && tell.recipient.key.startsWith('officer:')) return { name, isOfPlan: true as const }
  if (!route || !channel) return { name }
  const message = composer.alarmMessage(tell, state, alarm, facts, '10', nowMs)
  const shown = channel.preview(wireOf(message, route.to, composer.linkOf(message)?.replace(/[^/]+$/, '•'.repeat(22))))
  return { name, channel: channel.name, address: masked(route.to), ...shown }
}
