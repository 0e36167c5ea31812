// The pure core: steps, rules, texts, answers, storms. Tables, and properties where a table would be too small.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Alarm } from '../alarm.ts'
import { answerPage } from './answer-page.ts'
import { codeFor, meantBy, numberKey, type OpenCode, readAnswer } from './answers.ts'
import { DEFAULT_RULES } from './default-rules.ts'
import { begun, type EscalationWorld, nextStep, quietLeftMs, type Recipient } from './escalation.ts'
import { ruleFaults, ruleFor } from './rules.ts'
import { mayGo, WINDOW_MS } from './storm.ts'
import { filled, fitsTwoParts, MOST_LETTERS, textOf, VARIABLES } from './text.ts'

const NOW = Date.UTC(2026, 10, 24, 3)
const somebody = (key: string): Recipient => ({ key, name: key, language: 'ko', addresses: { sms: '010-0000-0000' } })
const world = (find: EscalationWorld['find']): EscalationWorld => ({
  find,
  canReach: one => one.addresses.sms !== undefined,
  isWorkingHours: () => true,
  namesOf: whom => ({ ko: whom.who, en: whom.who, organisations: ['busan'] }),
})
const chainOf = (id: string) => DEFAULT_RULES.chains.find(one => one.id === id)?.steps ?? []

test('the critical chain tells the place, again by voice, then above within a minute, head office, the director', () => {
  const told: (readonly [afterS: number, whom: string])[] = []
  let state = begun({ id: 'A1.0', alarm: 'A1', level: 1 }, { id: 'r', ko: '', en: '' }, chainOf('critical').slice(0, -2), NOW)
  while (state.state === 'running') {
    const atMs = state.dueMs
    const stepped = nextStep(
      state,
      atMs,
      world(whom => [somebody('of' in whom ? `${whom.who} ${whom.of}` : whom.who)]),
    )
    for (const one of stepped.tells) told.push([(atMs - NOW) / 1000, one.recipient.key])
    state = stepped.state
  }
  expect(told).toEqual([
    [0, 'on-duty place'],
    [30, 'on-duty place'],
    [60, 'on-duty above'],
    [180, 'on-duty head-office'],
    [300, 'post head-office'],
  ])
})

test('where nobody can be found at all, the whole chain is tried at once, then again after a minute, and it ends', () => {
  let state = begun({ id: 'A1.0', alarm: 'A1', level: 1 }, { id: 'r', ko: '', en: '' }, chainOf('critical'), NOW)
  const moments: number[] = []
  for (let n = 0; n < 20 && state.state === 'running'; n++) {
    moments.push((state.dueMs - NOW) / 1000)
    const stepped = nextStep(
      state,
      state.dueMs,
      world(() => []),
    )
    expect(stepped.tells).toEqual([])
    if (n === 0) expect(new Set(stepped.nobodyAt)).toEqual(new Set(['busan']))
    state = stepped.state
  }
  expect(moments).toEqual([0, 60, 120])
  expect(state.state).toBe('exhausted')
})

test('quiet hours over midnight hold back a medium alarm until they end, and never a critical one', () => {
  const quiet = { fromMinute: 22 * 60, toMinute: 7 * 60 }
  const kst = (hour: number): number => Date.UTC(2026, 10, 24, hour - 9 < 0 ? hour + 15 : hour - 9)
  expect([quietLeftMs(quiet, kst(23)), quietLeftMs(quiet, kst(3)), quietLeftMs(quiet, kst(12))]).toEqual([8 * 3_600_000, 4 * 3_600_000, 0])
  const rule = { id: 'r', ko: '', en: '', quiet }
  expect(begun({ id: 'A.0', alarm: 'A', level: 3 }, rule, [], kst(23)).dueMs - kst(23)).toBe(8 * 3_600_000)
  expect(begun({ id: 'A.0', alarm: 'A', level: 1 }, rule, [], kst(23)).dueMs).toBe(kst(23))
})

test.each([
  [{ level: 1, detector: 'seal-opened', senses: ['journey'], organisations: ['busan'] }, 'seal-critical'],
  [{ level: 1, detector: 'rendezvous', senses: ['ship'], organisations: [] }, 'critical'],
  [{ level: 2, detector: 'nobody-on-duty', senses: ['organisation'], organisations: ['busan'] }, 'nobody'],
  [{ level: 3, detector: 'loitering', senses: ['ship'], organisations: [] }, undefined],
])('%j is told by the rule %s', (subject, id) => {
  expect(ruleFor(DEFAULT_RULES.rules, subject)?.id).toBe(id)
})

test('the rules that ship have no fault; a rule book that cannot be kept says where and why', () => {
  const known = {
    isPerson: () => false,
    isOrganisation: () => false,
    isPost: (word: string) => word !== 'king',
    isChannel: () => false,
    isDetector: () => true,
  }
  expect(ruleFaults(DEFAULT_RULES, known)).toEqual([])
  const bad = {
    ...DEFAULT_RULES,
    rules: [
      { id: 'a', ko: '가', en: 'a', isOn: true, chain: 'none', organisations: ['atlantis'] },
      { id: 'b', ko: '', en: 'b', isOn: true, levels: [], quiet: { fromMinute: 0, toMinute: 1440 } },
    ],
    chains: [
      {
        id: 'c',
        ko: '다',
        en: 'c',
        steps: [
          { step: 'tell' as const, whom: [{ who: 'post' as const, post: 'king', of: 'place' }], by: ['sms' as const] },
          { step: 'repeat' as const, from: 0, times: 3 },
        ],
      },
    ],
    templates: DEFAULT_RULES.templates.map(one => (one.id === 'seal' ? { ...one, ko: '#{이름} #{번호}' } : one)),
  }
  expect(ruleFaults(bad, known).map(one => [one.at, one.en])).toEqual([
    ['rules.b.name', 'name it in Korean and English'],
    ['rules.a.chain', 'there is no chain ‘none’'],
    ['rules.a.organisations', 'there is no organisation ‘atlantis’'],
    ['rules.b.levels', 'choose at least one, or leave it at every'],
    ['rules.b.quiet', 'quiet hours begin and end at the same minute'],
    ['chains.c.0', 'there is no post ‘king’'],
    ['chains.c.1', 'there must be a wait between what is repeated'],
    ['templates.seal', '‘#{이름}’ is no variable'],
  ])
})

test('whatever the names, a text keeps its code and its link, fits two parts, and holds no line end and no mark of ours', () => {
  const template = DEFAULT_RULES.templates.find(one => one.id === 'seal')?.ko ?? ''
  const link = 'https://mangru.example.go.kr/a/abcdefghijklmnopqrstuv'
  const word = fc.string({ unit: 'binary', maxLength: 30 })
  fc.assert(
    fc.property(fc.record(Object.fromEntries(VARIABLES.map(name => [name, word]))), words => {
      const text = textOf(template, { ...words, 수준: '긴급', 무엇: '무단 개봉', 시각: '12:00', 번호: '47', 링크: link })
      expect(text).toContain('"1 47"')
      expect(text).toContain(link)
      expect(text).not.toMatch(/[\r\n\u202e]|#\{/)
      if (!/[^\p{Script=Hangul}\p{ASCII}]/u.test(words.대상 ?? '')) expect(fitsTwoParts(text), text).toBe(true)
    }),
    { numRuns: 50 },
  )
  expect(MOST_LETTERS).toBeLessThanOrEqual(134 - 5)
})

test('what is not known leaves no hole in the text', () => {
  expect(filled('#{무엇}[[ 담당 #{담당자}]][[ #{연락처}]] #{시각}', { 무엇: '개봉', 시각: '12:00', 연락처: '' })).toBe('개봉 12:00')
})

test.each([
  ['1', {}],
  ['1 47', { code: '47' }],
  ['147', { code: '47' }],
  ['“1 47”', { code: '47' }],
  ['１　４７', { code: '47' }],
  ['확인 47', { code: '47' }],
  ['2', undefined],
  ['1 4', undefined],
  ['14', undefined],
  ['1 47 지금 갑니다', undefined],
])('the answer ‘%s’ is read as %j', (text, read) => {
  expect(readAnswer(text)).toEqual(read)
})

test.each(['010-0000-0001', '+82 10-0000-0001', '821000000001', '0082 10 0000 0001', '+82010-0000-0001'])('%s is one number', text => {
  expect(numberKey(text)).toBe('01000000001')
})

const code = (n: number, isOpen: boolean, atMs = NOW): OpenCode => ({
  code: String(n),
  escalation: `e${n}`,
  message: `m${n}`,
  atMs,
  isOpen,
})
test.each([
  ['1', [code(10, true)], 'm10'],
  ['1', [code(10, true), code(11, true)], 'ambiguous'],
  ['1 11', [code(10, true), code(11, true)], 'm11'],
  ['1', [code(10, false, NOW - 1000), code(11, false)], 'm11'],
  ['1', [code(10, false, NOW - 2 * 86_400_000)], 'nothing-open'],
  ['1 12', [code(10, true)], 'nothing-open'],
  ['네', [code(10, true)], 'unknown-text'],
  ['1', [], 'unknown-number'],
])('‘%s’ to %j means %s', (text, codes, meant) => {
  const found = meantBy(text, codes, NOW)
  expect(found.outcome === 'found' ? found.code.message : found.outcome).toBe(meant)
})

test('two open escalations of one number never have the same digits, up to ninety-nine', () => {
  const codes: OpenCode[] = []
  for (let n = 0; n < 98; n++) codes.push({ code: codeFor(codes, `e${n}`), escalation: `e${n}`, message: '', atMs: NOW + n, isOpen: true })
  expect(new Set(codes.map(one => one.code)).size).toBe(98)
  expect(codeFor(codes, 'e5')).toBe(codes[5]?.code)
})

test('in any ten minutes ordinary messages are at most five to a person, whatever comes when', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 60_000 }), { maxLength: 200 }), gaps => {
      const sent: number[] = []
      let atMs = NOW
      for (const gap of gaps) {
        atMs += gap
        if (mayGo(sent, 2, false, atMs)) sent.push(atMs)
      }
      for (const one of sent) expect(sent.filter(other => other > one - WINDOW_MS && other <= one).length).toBeLessThanOrEqual(5)
    }),
  )
})

test('the page behind a link opens the place on the telephone’s map while the link is good, and tells it to nobody afterwards', () => {
  const alarm = { joined: { detector: 'seal-opened', fromMs: NOW, place: { lat: 35.1, lon: 129 } } } as unknown as Alarm
  expect(answerPage('good', alarm)).toContain('<a href="geo:35.10000,129.00000?q=35.10000,129.00000">')
  expect(answerPage('done', alarm)).toContain('geo:35.10000')
  for (const state of ['used', 'expired', 'unknown'] as const) expect(answerPage(state, alarm)).not.toContain('geo:')
  expect(answerPage('good', { joined: { ...alarm.joined, place: undefined } } as unknown as Alarm)).not.toContain('geo:')
})
