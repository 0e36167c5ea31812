// The rule book as the screen edits it: read from the server's JSON whole, and changed part by part without touching what was there.
import { type ChainStep, type RuleRemark, type TellingRule, type TellingRules, WAYS, type Whom } from '#alerts/schema.ts'
import { field, flag, list, number, present, text } from '../live/wire.ts'

const strings = (from: unknown, name: string): readonly string[] | undefined =>
  field(from, name) === undefined ? undefined : list(from, name).filter(one => typeof one === 'string')
const quietOf = (from: unknown): TellingRule['quiet'] => {
  const quiet = field(from, 'quiet')
  return quiet === undefined ? undefined : { fromMinute: number(quiet, 'fromMinute') ?? 0, toMinute: number(quiet, 'toMinute') ?? 0 }
}
const names = (from: unknown) => ({ id: text(from, 'id') ?? '', ko: text(from, 'ko') ?? '', en: text(from, 'en') ?? '' })

function whomOf(from: unknown): readonly Whom[] {
  const of = text(from, 'of') ?? 'place'
  switch (text(from, 'who')) {
    case 'journey-officers':
      return [{ who: 'journey-officers', end: ENDS.find(end => end === text(from, 'end')) ?? 'both' }]
    case 'on-duty':
      return [{ who: 'on-duty', of }]
    case 'post':
      return [{ who: 'post', post: text(from, 'post') ?? '', of }]
    case 'person':
      return [{ who: 'person', person: text(from, 'person') ?? '' }]
    case 'channel':
      return [{ who: 'channel', channel: text(from, 'channel') ?? '' }]
    default:
      return []
  }
}
export const ENDS = ['both', 'near', 'origin', 'destination'] as const

function stepOf(from: unknown): ChainStep {
  switch (text(from, 'step')) {
    case 'wait':
      return { step: 'wait', seconds: number(from, 'seconds') ?? 60 }
    case 'repeat':
      return { step: 'repeat', from: number(from, 'from') ?? 0, times: number(from, 'times') ?? 1 }
    default: {
      const when = text(from, 'when')
      return {
        step: 'tell',
        whom: list(from, 'whom').flatMap(whomOf),
        by: list(from, 'by').flatMap(way => WAYS.find(one => one === way) ?? []),
        ...(field(from, 'orElse') === undefined ? {} : { orElse: list(from, 'orElse').flatMap(whomOf) }),
        ...(when === 'working-hours' || when === 'off-hours' ? { when } : {}),
      }
    }
  }
}

export const readBook = (from: unknown): TellingRules => {
  const closing = field(from, 'closing')
  return {
    revision: number(from, 'revision') ?? 0,
    closing: { isOn: flag(closing, 'isOn'), ...present({ quiet: quietOf(closing) }) },
    rules: list(from, 'rules').map(rule => {
      const levels = field(rule, 'levels') === undefined ? undefined : list(rule, 'levels').filter(one => typeof one === 'number')
      return {
        ...names(rule),
        isOn: flag(rule, 'isOn'),
        ...present({
          levels,
          detectors: strings(rule, 'detectors'),
          senses: strings(rule, 'senses'),
          organisations: strings(rule, 'organisations'),
          chain: text(rule, 'chain'),
          quiet: quietOf(rule),
        }),
      }
    }),
    chains: list(from, 'chains').map(chain => ({ ...names(chain), steps: list(chain, 'steps').map(stepOf) })),
    templates: list(from, 'templates').map(one => ({
      ...names(one),
      version: number(one, 'version') ?? 1,
      ...present({ code: text(one, 'code') }),
    })),
  }
}

export interface Remarks {
  readonly faults: readonly RuleRemark[]
  readonly warnings: readonly RuleRemark[]
}
/** `field`: what is typed letter by letter is one change as long as the same field is typed into. */
export type EditBook = (next: TellingRules, field?: string) => void

export const remark = (from: unknown): RuleRemark => ({
  at: text(from, 'at') ?? '',
  ko: text(from, 'ko') ?? '',
  en: text(from, 'en') ?? '',
})

const put = <T>(all: readonly T[], at: number, one: T): readonly T[] => all.with(at, one)
/** A place up or down; the same list where it cannot go further. */
export function moved<T>(all: readonly T[], at: number, by: -1 | 1): readonly T[] {
  const [one, other] = [all[at], all[at + by]]
  return one === undefined || other === undefined ? all : put(put(all, at, other), at + by, one)
}

const freeId = (taken: readonly { readonly id: string }[], stem: string): string => {
  for (let n = 1; ; n++) if (!taken.some(one => one.id === `${stem}-${n}`)) return `${stem}-${n}`
}

export const withRule = (book: TellingRules, rule: TellingRule): TellingRules => ({
  ...book,
  rules: book.rules.map(one => (one.id === rule.id ? rule : one)),
})
/** Steps that are this rule's alone and are called like it are called so still. */
export function withName(book: TellingRules, rule: TellingRule, language: 'ko' | 'en', name: string): TellingRules {
  const isOwn = book.rules.filter(one => one.chain === rule.chain).length === 1
  const chains = book.chains.map(one =>
    isOwn && one.id === rule.chain && one[language] === rule[language] ? { ...one, [language]: name } : one,
  )
  return withRule({ ...book, chains }, { ...rule, [language]: name })
}
/** A new rule stands first, off, with steps of its own: it takes nothing from the others before it is switched on. */
export function withNewRule(
  book: TellingRules,
  name: { readonly ko: string; readonly en: string },
): { readonly book: TellingRules; readonly id: string } {
  const id = freeId(book.rules, 'rule')
  const chain = freeId(book.chains, 'steps')
  const first: ChainStep = {
    step: 'tell',
    whom: [{ who: 'on-duty', of: 'place' }],
    by: ['sms'],
    orElse: [{ who: 'post', post: 'watch-leader', of: 'place' }],
  }
  return {
    id,
    book: {
      ...book,
      rules: [{ id, ...name, isOn: false, chain }, ...book.rules],
      chains: [...book.chains, { id: chain, ...name, steps: [first] }],
    },
  }
}
/** Steps that nobody uses any more go with it. */
export function withoutRule(book: TellingRules, id: string): TellingRules {
  const gone = book.rules.find(one => one.id === id)
  const rules = book.rules.filter(one => one.id !== id)
  return { ...book, rules, chains: book.chains.filter(one => one.id !== gone?.chain || rules.some(rule => rule.chain === one.id)) }
}
export const withSteps = (book: TellingRules, chain: string, steps: readonly ChainStep[]): TellingRules => ({
  ...book,
  chains: book.chains.map(one => (one.id === chain ? { ...one, steps } : one)),
})
/** The rule gets a copy of its steps, so that others keep theirs. */
export function withOwnSteps(book: TellingRules, ruleId: string): TellingRules {
  const rule = book.rules.find(one => one.id === ruleId)
  const chain = book.chains.find(one => one.id === rule?.chain)
  if (!rule || !chain) return book
  const id = freeId(book.chains, 'steps')
  return withRule({ ...book, chains: [...book.chains, { ...chain, id, ko: rule.ko, en: rule.en }] }, { ...rule, chain: id })
}
/** Steps without one; a repeat goes on meaning the step it meant. */
export function withoutStep(steps: readonly ChainStep[], at: number): readonly ChainStep[] {
  return steps.filter((_, n) => n !== at).map(one => (one.step === 'repeat' && one.from > at ? { ...one, from: one.from - 1 } : one))
}
