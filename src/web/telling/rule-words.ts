// A rule as a sentence: which alarms, then who is told by which way after how long.
import type { ChainStep, RuleChoices, TellingRule, TellingRules, Whom } from '#alerts/schema.ts'
import type { Language, Say } from '../i18n/text.ts'
import { wordFor } from '../i18n/text.ts'

export interface RuleWordsOptions {
  readonly say: Say
  readonly language: Language
  readonly choices: Pick<RuleChoices, 'detectors' | 'organisations' | 'people'>
}

const MOST_NAMED = 3
const LEVELS = ['level.0', 'level.1', 'level.2', 'level.3'] as const
const some = (names: readonly string[], say: Say): string =>
  names.length > MOST_NAMED
    ? say('telling.rule.and-more', { names: names.slice(0, MOST_NAMED).join(', '), n: names.length - MOST_NAMED })
    : names.join(', ')

export const levelName = (say: Say, level: number): string => say(LEVELS[level] ?? 'level.3')
export const senseName = (say: Say, sense: string): string => wordFor(say, 'subject', sense)
export const minuteWords = (minute: number): string =>
  `${String(Math.floor(minute / 60) % 24).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
export const secondsWords = (say: Say, s: number): string =>
  s === 0
    ? say('telling.now')
    : s % 3600 === 0
      ? say('telling.after-h', { n: s / 3600 })
      : s % 60 === 0
        ? say('telling.after-min', { n: s / 60 })
        : say('telling.after', { n: s })

export function placeWords(of: string, { say, language, choices }: RuleWordsOptions): string {
  if (of === 'place' || of === 'above' || of === 'head-office') return say(`telling.place.${of}`)
  return choices.organisations.find(one => one.id === of)?.[language] ?? of
}

export function whomWords(whom: Whom, options: RuleWordsOptions): string {
  const { say, choices } = options
  switch (whom.who) {
    case 'journey-officers':
      return say(`telling.end.${whom.end}`)
    case 'on-duty':
      return say('telling.whom.on-duty', { place: placeWords(whom.of, options) })
    case 'post':
      return say('telling.whom.post', { place: placeWords(whom.of, options), post: wordFor(say, 'post', whom.post) })
    case 'person':
      return choices.people.find(one => one.id === whom.person)?.name ?? whom.person
    case 'channel':
      return whom.channel
  }
}

/** Which alarms it takes. */
export function whenWords(rule: TellingRule, options: RuleWordsOptions): string {
  const { say, language, choices } = options
  const named = (
    ids: readonly string[] | undefined,
    all: readonly { readonly id: string; readonly ko: string; readonly en: string }[],
  ): string =>
    ids === undefined
      ? say('telling.every')
      : some(
          ids.map(id => all.find(one => one.id === id)?.[language] ?? id),
          say,
        )
  return [
    say('telling.rule.kinds', { names: named(rule.detectors, choices.detectors) }),
    ...(rule.senses
      ? [
          say('telling.rule.senses', {
            names: some(
              rule.senses.map(one => senseName(say, one)),
              say,
            ),
          }),
        ]
      : []),
    say('telling.rule.levels', { names: rule.levels ? rule.levels.map(one => levelName(say, one)).join(', ') : say('telling.every') }),
    say('telling.rule.places', { names: named(rule.organisations, choices.organisations) }),
    ...(rule.quiet ? [say('telling.rule.quiet', { from: minuteWords(rule.quiet.fromMinute), to: minuteWords(rule.quiet.toMinute) })] : []),
  ].join(' · ')
}

export function stepWords(step: ChainStep, options: RuleWordsOptions): string {
  const { say } = options
  switch (step.step) {
    case 'wait':
      return secondsWords(say, step.seconds)
    case 'repeat':
      return say('telling.rule.repeat', { step: step.from + 1, n: step.times })
    case 'tell': {
      const ways = step.by.map(way => say(`telling.way.${way}`)).join('·')
      const whom = step.whom.map(one => whomWords(one, options)).join(', ')
      const when = step.when === undefined ? '' : ` (${say(`telling.when.${step.when}`)})`
      return `${ways === '' ? whom : say('telling.rule.tell', { whom, ways })}${when}`
    }
  }
}

/** What then happens, in order: `바로 … 문자 → 3분 뒤 … 전화`. */
export function thenWords(rule: TellingRule, book: Pick<TellingRules, 'chains'>, options: RuleWordsOptions): string {
  const chain = book.chains.find(one => one.id === rule.chain)
  if (!chain) return options.say('telling.nobody')
  const parts: string[] = []
  let waitS = 0
  for (const step of chain.steps) {
    if (step.step === 'wait') waitS += step.seconds
    else {
      const words = stepWords(step, options)
      parts.push(waitS > 0 ? `${secondsWords(options.say, waitS)} ${words}` : words)
      waitS = 0
    }
  }
  return parts.join(' → ')
}
