// Rules as an officer reads them, and the book as the screen changes it.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ChainStep, TellingRules } from '#alerts/schema.ts'
import { textIn } from '../i18n/text.ts'
import { moved, readBook, withName, withNewRule, withOwnSteps, withoutRule, withoutStep } from './rule-book.ts'
import { type RuleWordsOptions, thenWords, whenWords } from './rule-words.ts'

const words = (language: 'ko' | 'en'): RuleWordsOptions => ({
  say: (key, values) => textIn(language, key, values),
  language,
  choices: {
    detectors: [{ id: 'seal-opened', ko: '무단 개봉', en: 'Opened without authority' }],
    organisations: [{ id: 'busan', ko: '부산세관', en: 'Busan Customs' }],
    people: [],
  },
})

const RULE = { id: 'r', ko: '가', en: 'a', isOn: true, levels: [0, 1], detectors: ['seal-opened'], organisations: ['busan'], chain: 'c' }
const STEPS: readonly ChainStep[] = [
  {
    step: 'tell',
    whom: [
      { who: 'journey-officers', end: 'both' },
      { who: 'on-duty', of: 'busan' },
    ],
    by: ['sms'],
  },
  { step: 'wait', seconds: 180 },
  { step: 'tell', whom: [{ who: 'on-duty', of: 'busan' }], by: ['call', 'sms'], when: 'off-hours' },
  { step: 'wait', seconds: 90 },
  {
    step: 'tell',
    whom: [
      { who: 'post', post: 'director', of: 'head-office' },
      { who: 'channel', channel: 'siren' },
    ],
    by: ['call'],
  },
  { step: 'wait', seconds: 600 },
  { step: 'repeat', from: 0, times: 2 },
]
const BOOK: TellingRules = {
  revision: 4,
  closing: { isOn: true, quiet: { fromMinute: 1320, toMinute: 420 } },
  rules: [RULE],
  chains: [{ id: 'c', ko: '다', en: 'c', steps: STEPS }],
  templates: [{ id: 'test', version: 1, ko: '시험 #{시각}', en: 'test #{시각}', code: 'T1' }],
}

test('a rule is a Korean sentence: which alarms, then whom by which way after how long', () => {
  expect(whenWords(RULE, words('ko'))).toBe('경보 종류 무단 개봉 · 수준 비상, 긴급 · 장소 부산세관')
  expect(thenWords(RULE, BOOK, words('ko'))).toBe(
    '운송 담당자(양쪽), 부산세관 당직자에게 문자 → 3분 뒤 부산세관 당직자에게 전화·문자 (근무 시간 밖) → 90초 뒤 본청 국·과장, siren에게 전화 → 10분 뒤 1단계부터 2번 되풀이',
  )
  expect(thenWords(RULE, BOOK, words('en'))).toMatch(
    /^officers of the journey \(both ends\), on duty at Busan Customs by Text → after 3 min /,
  )
  expect(thenWords({ ...RULE, chain: 'none' }, BOOK, words('ko'))).toBe('알리지 않음')
})

test('what the screen reads of a book is the whole book', () => {
  const everything: TellingRules = {
    ...BOOK,
    rules: [
      { ...RULE, senses: ['journey'], quiet: { fromMinute: 0, toMinute: 60 } },
      { id: 'bare', ko: '나', en: 'b', isOn: false },
    ],
    chains: [
      ...BOOK.chains,
      {
        id: 'd',
        ko: '라',
        en: 'd',
        steps: [
          {
            step: 'tell',
            whom: [{ who: 'person', person: 'p-1' }],
            by: ['sms', 'email', 'call'],
            orElse: [{ who: 'post', post: 'director', of: 'above' }],
            when: 'working-hours',
          },
        ],
      },
    ],
  }
  const whole: unknown = JSON.parse(JSON.stringify(everything))
  expect(readBook(whole)).toEqual(whole)
})

test('a new rule is off and stands first; taken out again the book is as before', () => {
  const { book, id } = withNewRule(BOOK, { ko: '새', en: 'new' })
  expect(book.rules[0]).toMatchObject({ id, isOn: false })
  expect(book.chains.at(-1)?.id).toBe(book.rules[0]?.chain)
  expect(withoutRule(book, id)).toEqual(BOOK)
})

test('steps of a rule’s own follow its name; shared ones and those with a name of their own keep theirs', () => {
  const { book, id } = withNewRule(BOOK, { ko: '새', en: 'new' })
  const rule = book.rules.find(one => one.id === id)!
  expect(withName(book, rule, 'ko', '부산').chains.at(-1)).toMatchObject({ ko: '부산', en: 'new' })
  expect(withName(book, RULE, 'ko', '부산').chains[0]?.ko).toBe('다')
  const shared = { ...book, rules: [...book.rules, { ...rule, id: 'other' }] }
  expect(withName(shared, rule, 'ko', '부산').chains.at(-1)?.ko).toBe('새')
})

test('steps that others use are copied before they are changed', () => {
  const shared = { ...BOOK, rules: [RULE, { ...RULE, id: 'other' }] }
  const { rules, chains } = withOwnSteps(shared, 'other')
  expect([rules[0]?.chain, rules[1]?.chain]).toEqual(['c', 'steps-1'])
  expect(chains.map(one => one.steps)).toEqual([STEPS, STEPS])
  expect(withoutRule(shared, 'r').chains).toHaveLength(1)
})

test('moving keeps every rule; a repeat goes on meaning its step when one before it goes', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { maxLength: 8 }), fc.nat(9), fc.constantFrom(-1 as const, 1 as const), (all, at, by) => {
      expect([...moved(all, at, by)].sort()).toEqual([...all].sort())
      const back = at + by
      if (moved(all, at, by) !== all) expect(moved(moved(all, at, by), back, by === 1 ? -1 : 1)).toEqual(all)
    }),
  )
  const steps: readonly ChainStep[] = [{ step: 'wait', seconds: 9 }, ...STEPS.slice(0, 6), { step: 'repeat', from: 1, times: 2 }]
  expect(withoutStep(steps, 0)).toEqual(STEPS)
})
