// Which rule an alarm fits, and whether a rule book can be kept: each fault named with its place.
import type { ChainStep, TellingRule, TellingRules, Whom } from '../schema.ts'
import { unknownVariables } from './text.ts'

export interface RuleSubject {
  readonly level: number
  readonly detector: string
  readonly senses: readonly string[]
  /** Whose place it is, and those above. */
  readonly organisations: readonly string[]
}

const fits = <T>(wanted: readonly T[] | undefined, has: readonly T[]): boolean =>
  wanted === undefined || wanted.some(one => has.includes(one))

/** The first that fits and is on. */
export const ruleFor = (rules: readonly TellingRule[], subject: RuleSubject): TellingRule | undefined =>
  rules.find(
    rule =>
      rule.isOn &&
      fits(rule.levels, [subject.level]) &&
      fits(rule.detectors, [subject.detector]) &&
      fits(rule.senses, subject.senses) &&
      fits(rule.organisations, subject.organisations),
  )

export interface RuleFault {
  readonly at: string
  readonly ko: string
  readonly en: string
}

export interface RuleKnowledge {
  isPerson(id: string): boolean
  isOrganisation(id: string): boolean
  isPost(word: string): boolean
  isChannel(name: string): boolean
  isDetector(name: string): boolean
}

/** Texts that are answered. */
const CODED: readonly string[] = ['seal', 'alarm', 'confirm']
const MAX_STEPS = 30
const MAX_WAIT_S = 86_400
const MAX_REPEATS = 10

/** Everything that is wrong with it; empty: it can be kept. */
export function ruleFaults(book: Omit<TellingRules, 'revision'>, known: RuleKnowledge): readonly RuleFault[] {
  const faults: RuleFault[] = []
  const fault = (at: string, ko: string, en: string): void => void faults.push({ at, ko, en })
  const twice = (list: readonly { readonly id: string }[], at: string): void => {
    for (const { id } of list)
      if (list.filter(one => one.id === id).length > 1 && !faults.some(one => one.at === `${at}.${id}`))
        fault(`${at}.${id}`, `‘${id}’이(가) 두 번 있습니다`, `‘${id}’ is there twice`)
  }
  twice(book.rules, 'rules')
  twice(book.chains, 'chains')
  twice(book.templates, 'templates')
  for (const [part, list] of [
    ['rules', book.rules],
    ['chains', book.chains],
  ] as const)
    for (const one of list)
      if (one.ko.trim() === '' || one.en.trim() === '')
        fault(`${part}.${one.id}.name`, '이름을 한국어와 영어로 적으십시오', 'name it in Korean and English')
  quietFault(book.closing.quiet, 'closing.quiet', fault)
  for (const rule of book.rules) {
    for (const [field, wanted] of [
      ['levels', rule.levels],
      ['detectors', rule.detectors],
      ['senses', rule.senses],
      ['organisations', rule.organisations],
    ] as const)
      if (wanted?.length === 0)
        fault(`rules.${rule.id}.${field}`, '하나 이상 고르거나 ‘모두’로 두십시오', 'choose at least one, or leave it at every')
    quietFault(rule.quiet, `rules.${rule.id}.quiet`, fault)
    for (const one of rule.detectors ?? [])
      if (!known.isDetector(one))
        fault(`rules.${rule.id}.detectors`, `경보 종류 ‘${one}’이(가) 없습니다`, `there is no kind of alarm ‘${one}’`)
    if (rule.chain !== undefined && !book.chains.some(chain => chain.id === rule.chain))
      fault(`rules.${rule.id}.chain`, `‘${rule.chain}’ 단계표가 없습니다`, `there is no chain ‘${rule.chain}’`)
    for (const one of rule.organisations ?? [])
      if (!known.isOrganisation(one))
        fault(`rules.${rule.id}.organisations`, `조직 ‘${one}’이(가) 없습니다`, `there is no organisation ‘${one}’`)
  }
  for (const chain of book.chains) {
    const at = `chains.${chain.id}`
    if (!chain.steps.some(step => step.step === 'tell')) fault(at, '알리는 단계가 없습니다', 'no step tells anybody')
    if (chain.steps.length > MAX_STEPS) fault(at, `단계는 ${MAX_STEPS}개까지입니다`, `at most ${MAX_STEPS} steps`)
    for (const [n, step] of chain.steps.entries()) stepFault(step, n, chain.steps, (ko, en) => fault(`${at}.${n}`, ko, en), known)
  }
  for (const id of ['seal', 'alarm', 'closing', 'count', 'closed-count', 'test', 'confirm'])
    if (!book.templates.some(one => one.id === id)) fault(`templates.${id}`, `문안 ‘${id}’이(가) 없습니다`, `the text ‘${id}’ is missing`)
  for (const { id, ko, en } of book.templates) {
    const strange = [...unknownVariables(ko), ...unknownVariables(en)][0]
    if (strange !== undefined)
      fault(`templates.${id}`, `‘#{${strange}}’은(는) 쓸 수 있는 변수가 아닙니다`, `‘#{${strange}}’ is no variable`)
    if (CODED.includes(id) && (!ko.includes('#{번호}') || !en.includes('#{번호}')))
      fault(`templates.${id}`, '#{번호}가 있어야 회신이 경보를 찾습니다', '#{번호} is needed: by it an answer finds its alarm')
  }
  return faults
}

function quietFault(quiet: TellingRule['quiet'], at: string, fault: (at: string, ko: string, en: string) => void): void {
  if (quiet && quiet.fromMinute % 1440 === quiet.toMinute % 1440)
    fault(at, '조용한 시간의 시작과 끝이 같습니다', 'quiet hours begin and end at the same minute')
}

const covers = <T>(wide: readonly T[] | undefined, narrow: readonly T[] | undefined): boolean =>
  wide === undefined || narrow?.every(one => wide.includes(one)) === true

/** What can never come to pass though nothing is wrong with it: a rule behind one that takes all of its alarms. */
export function ruleWarnings({ rules, chains }: Pick<TellingRules, 'rules' | 'chains'>): readonly RuleFault[] {
  const warnings: RuleFault[] = []
  for (const [n, rule] of rules.entries()) {
    const before = rules
      .slice(0, n)
      .find(
        one =>
          one.isOn &&
          rule.isOn &&
          covers(one.levels, rule.levels) &&
          covers(one.detectors, rule.detectors) &&
          covers(one.senses, rule.senses) &&
          covers(one.organisations, rule.organisations),
      )
    if (before)
      warnings.push({
        at: `rules.${rule.id}`,
        ko: `앞선 규칙 ‘${before.ko}’이(가) 같은 경보를 모두 가져가므로 쓰이지 않습니다`,
        en: `never used: ‘${before.en}’ before it takes all of its alarms`,
      })
  }
  for (const { id } of chains)
    if (!rules.some(rule => rule.chain === id))
      warnings.push({ at: `chains.${id}`, ko: '이 단계를 쓰는 규칙이 없습니다', en: 'no rule uses these steps' })
  return warnings
}

function stepFault(
  step: ChainStep,
  n: number,
  steps: readonly ChainStep[],
  fault: (ko: string, en: string) => void,
  known: RuleKnowledge,
): void {
  if (step.step === 'wait') {
    if (!(step.seconds >= 5 && step.seconds <= MAX_WAIT_S)) fault('기다림은 5초에서 하루까지입니다', 'a wait is 5 seconds to a day')
  } else if (step.step === 'repeat') {
    if (!(step.from < n) || step.times < 1 || step.times > MAX_REPEATS)
      fault(`되풀이는 앞 단계로, ${MAX_REPEATS}번까지입니다`, `a repeat goes back to an earlier step, at most ${MAX_REPEATS} times`)
    else if (!steps.slice(step.from, n).some(one => one.step === 'wait'))
      fault('되풀이하는 사이에 기다림이 있어야 합니다', 'there must be a wait between what is repeated')
  } else {
    if (step.whom.length === 0) fault('누구에게 알릴지 없습니다', 'it says nobody to tell')
    if (step.by.length === 0 && !step.whom.every(one => one.who === 'channel')) fault('어떻게 알릴지 없습니다', 'it says no way to tell')
    for (const whom of [...step.whom, ...(step.orElse ?? [])]) {
      const wrong = whomFault(whom, known)
      if (wrong) fault(wrong.ko, wrong.en)
    }
  }
}

function whomFault(whom: Whom, known: RuleKnowledge): { readonly ko: string; readonly en: string } | undefined {
  const noOrganisation = (of: string) =>
    ['place', 'above', 'head-office'].includes(of) || known.isOrganisation(of)
      ? undefined
      : { ko: `조직 ‘${of}’이(가) 없습니다`, en: `there is no organisation ‘${of}’` }
  switch (whom.who) {
    case 'journey-officers':
      return undefined
    case 'on-duty':
      return noOrganisation(whom.of)
    case 'post':
      return known.isPost(whom.post)
        ? noOrganisation(whom.of)
        : { ko: `직책 ‘${whom.post}’이(가) 없습니다`, en: `there is no post ‘${whom.post}’` }
    case 'person':
      return known.isPerson(whom.person)
        ? undefined
        : { ko: `직원 ‘${whom.person}’이(가) 없습니다`, en: `there is no person ‘${whom.person}’` }
    case 'channel':
      return known.isChannel(whom.channel)
        ? undefined
        : { ko: `채널 ‘${whom.channel}’이(가) 설정에 없습니다`, en: `the channel ‘${whom.channel}’ is not configured` }
  }
}
