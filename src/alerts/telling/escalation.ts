// An escalation is data: which chain, which step, when the next is due, who was told, who answered. Pure: what one moment makes of it. Whoever runs it keeps the state and the messages
// in one transaction before anything goes out, so that it goes on after a kill between any two steps.
import type { AnswerWay, ChainStep, TellingLine, TellingRule, Way, Whom } from '../schema.ts'

/** Somebody (or a channel of its own address) that can be told. */
export interface Recipient {
  /** The same person has one key, by whichever rule they are found. */
  readonly key: string
  readonly person?: string
  readonly name: string
  readonly language: 'ko' | 'en'
  readonly addresses: Readonly<Partial<Record<Way, string>>>
  /** Set for a channel with an address of its own. */
  readonly channel?: string
}

export interface Answer {
  readonly by: AnswerWay
  readonly who: string
  readonly name: string
  readonly atMs: number
}

export interface EscalationLine {
  readonly atMs: number
  readonly what: TellingLine['what']
  readonly step?: number
  readonly name?: string
  readonly by?: AnswerWay
  readonly note?: { readonly ko: string; readonly en: string }
}

export const ESCALATION_STATES = ['running', 'answered', 'stopped', 'exhausted'] as const
export type EscalationState = (typeof ESCALATION_STATES)[number]

/** What became of what was told: who knows that it is over, taken back, or goes on. */
export interface Closing {
  readonly is: 'going-on' | 'ended' | 'withdrawn'
  readonly atMs: number
  /** When people may hear of it. */
  readonly dueMs: number
  /** What people, and each machine, were told last. */
  readonly people: Closing['is']
  readonly machines: Readonly<Record<string, Closing['is']>>
  /** Somebody has not heard yet. */
  readonly isDue: boolean
}

export interface Escalation {
  /** Of the alarm and of its asking: a graver reason asks anew. */
  readonly id: string
  readonly alarm: string
  readonly level: number
  readonly rule: { readonly id: string; readonly ko: string; readonly en: string }
  /** As the chain was when it began: a changed rule changes no running escalation. */
  readonly steps: readonly ChainStep[]
  readonly at: number
  /** How often each repeat has sent it back. */
  readonly repeats: Readonly<Record<number, number>>
  readonly begunMs: number
  readonly dueMs: number
  readonly state: EscalationState
  /** Counts tellings: the messages' ids are made of it. */
  readonly tellings: number
  /** Keys of those who were told. */
  readonly told: readonly string[]
  readonly answers: readonly Answer[]
  readonly lines: readonly EscalationLine[]
  readonly closing?: Closing
}

export interface EscalationWorld {
  /** Whoever this names now, each once; with no address where they have none. */
  find(whom: Whom): readonly Recipient[]
  /** Whether a message could go out to them by one of these ways. */
  canReach(recipient: Recipient, ways: readonly Way[]): boolean
  isWorkingHours(nowMs: number): boolean
  /** Words for whom nobody was found. */
  namesOf(whom: Whom): { readonly ko: string; readonly en: string; readonly organisations: readonly string[] }
}

export interface Tell {
  readonly recipient: Recipient
  readonly by: readonly Way[]
  readonly step: number
  /** 1 for the first telling of the escalation. */
  readonly telling: number
  /** They have been told of this already. */
  readonly isRepeat: boolean
}

export interface Stepped {
  readonly state: Escalation
  readonly tells: readonly Tell[]
  /** Organisations where nobody is on duty: an alarm of its own. */
  readonly nobodyAt: readonly string[]
}

/** A chain that finds nobody at all begins again after this, not at once. */
const NOBODY_PAUSE_MS = 60_000
/** Nobody runs through more steps than this at one moment. */
const MOST_STEPS = 200

export function begun(
  about: { readonly id: string; readonly alarm: string; readonly level: number },
  rule: Pick<TellingRule, 'id' | 'ko' | 'en' | 'quiet'>,
  steps: readonly ChainStep[],
  nowMs: number,
): Escalation {
  const waitsMs = about.level <= 1 || !rule.quiet ? 0 : quietLeftMs(rule.quiet, nowMs)
  return {
    ...about,
    rule: { id: rule.id, ko: rule.ko, en: rule.en },
    steps,
    at: 0,
    repeats: {},
    begunMs: nowMs,
    dueMs: nowMs + waitsMs,
    state: 'running',
    tellings: 0,
    told: [],
    answers: [],
    lines: [
      { atMs: nowMs, what: 'begun' },
      ...(waitsMs > 0
        ? [{ atMs: nowMs, what: 'waits' as const, note: { ko: '야간에는 보내지 않는 규칙', en: 'quiet hours of the rule' } }]
        : []),
    ],
  }
}

/** Runs what is due: up to the next wait. Where a step finds nobody, the next one is told at once. */
export function nextStep(before: Escalation, nowMs: number, world: EscalationWorld): Stepped {
  const tells: Tell[] = []
  const nobodyAt: string[] = []
  const lines: EscalationLine[] = []
  const repeats: Record<number, number> = { ...before.repeats }
  let { at, tellings } = before
  const told = new Set(before.told)
  let isEmpty = false
  const result = (more: Partial<Escalation>): Stepped => ({
    state: { ...before, at, repeats, tellings, told: [...told], lines: [...before.lines, ...lines], ...more },
    tells,
    nobodyAt,
  })
  if (before.state !== 'running' || nowMs < before.dueMs) return result({})
  for (let run = 0; run < MOST_STEPS; run++) {
    const step = before.steps[at]
    if (!step) {
      lines.push({ atMs: nowMs, what: 'exhausted' })
      return result({ state: 'exhausted' })
    }
    const index = at
    switch (step.step) {
      case 'wait':
        at++
        if (!isEmpty) return result({ dueMs: nowMs + step.seconds * 1000 })
        break
      case 'repeat': {
        const times = repeats[index] ?? 0
        if (times >= step.times || step.from >= index) {
          at++
          break
        }
        repeats[index] = times + 1
        at = step.from
        for (const inner of Object.keys(repeats)) if (Number(inner) > step.from && Number(inner) < index) delete repeats[Number(inner)]
        // The wait before it has passed already, but where nobody was found.
        if (isEmpty) return result({ dueMs: nowMs + NOBODY_PAUSE_MS })
        break
      }
      case 'tell': {
        at++
        if (step.when && (step.when === 'working-hours') !== world.isWorkingHours(nowMs)) break
        const first = reachable(step.whom, step.by, world)
        const found = first.length > 0 ? first : reachable(step.orElse ?? [], step.by, world)
        if (first.length === 0) {
          for (const whom of step.whom) {
            const { organisations, ...note } = world.namesOf(whom)
            const hasPeople = world.find(whom).length > 0
            lines.push({ atMs: nowMs, what: hasPeople ? 'no-address' : 'nobody', step: index, note })
            if (whom.who === 'on-duty') nobodyAt.push(...organisations)
          }
        }
        isEmpty = found.length === 0
        if (isEmpty) break
        tellings++
        if (tellings > 1) lines.push({ atMs: nowMs, what: 'up', step: index })
        for (const recipient of found) {
          tells.push({ recipient, by: step.by, step: index, telling: tellings, isRepeat: told.has(recipient.key) })
          told.add(recipient.key)
        }
        break
      }
    }
  }
  return result({ dueMs: nowMs + NOBODY_PAUSE_MS })
}

function reachable(whom: readonly Whom[], by: readonly Way[], world: EscalationWorld): readonly Recipient[] {
  const found = new Map<string, Recipient>()
  for (const one of whom) for (const recipient of world.find(one)) if (world.canReach(recipient, by)) found.set(recipient.key, recipient)
  return [...found.values()]
}

/** Somebody has taken it on. Who answers after it has ended is kept as a late answer. */
export function answered(state: Escalation, answer: Answer): Escalation {
  const { by, name, atMs } = answer
  const isRunning = state.state === 'running' || state.state === 'exhausted'
  return {
    ...state,
    state: isRunning ? 'answered' : state.state,
    answers: [...state.answers, answer],
    lines: [...state.lines, { atMs, what: isRunning ? 'answered' : 'late-answer', by, name }],
  }
}

export const stopped = (state: Escalation, nowMs: number, note: { readonly ko: string; readonly en: string }): Escalation =>
  state.state === 'running' || state.state === 'exhausted'
    ? { ...state, state: 'stopped', lines: [...state.lines, { atMs: nowMs, what: 'stopped', note }] }
    : state

/** Nothing of what was sent can arrive: the next step is due now. */
export const hurried = (state: Escalation, nowMs: number): Escalation =>
  state.state === 'running' && state.dueMs > nowMs ? { ...state, dueMs: nowMs } : state

/** How long quiet hours still last; 0 outside of them. */
export function quietLeftMs({ fromMinute, toMinute }: { readonly fromMinute: number; readonly toMinute: number }, nowMs: number): number {
  const minute = (Math.floor(nowMs / 60_000) + 540) % 1440
  const isQuiet = fromMinute <= toMinute ? minute >= fromMinute && minute < toMinute : minute >= fromMinute || minute < toMinute
  return isQuiet ? ((toMinute - minute + 1440) % 1440) * 60_000 - (nowMs % 60_000) : 0
}
