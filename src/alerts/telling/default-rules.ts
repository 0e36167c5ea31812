// The rules, chains and texts that ship: regional centre → head office → director. An administrator changes them (telling.rules); what is changed stands in the store.
import type { Chain, ChainStep, ClosingRule, TellingRule, TellingRules, TextTemplate, Whom } from '../schema.ts'

const onDuty = (of: string): Whom => ({ who: 'on-duty', of })
const leaders = (of: string): Whom => ({ who: 'post', post: 'watch-leader', of })
const wait = (seconds: number): ChainStep => ({ step: 'wait', seconds })

/** Told, told again by voice, and after `waitS` with nobody's answer the office above, then head office, then its director. */
const upward = (first: readonly Whom[], waitS: number): readonly ChainStep[] => [
  { step: 'tell', whom: first, by: ['sms'], orElse: [leaders('place')] },
  wait(waitS / 2),
  { step: 'tell', whom: first, by: ['call', 'sms'], orElse: [leaders('place')] },
  wait(waitS / 2),
  { step: 'tell', whom: [onDuty('above')], by: ['sms', 'call'], orElse: [leaders('above')] },
  wait(waitS * 2),
  { step: 'tell', whom: [onDuty('head-office')], by: ['sms', 'call'], orElse: [leaders('head-office')] },
  wait(waitS * 2),
  { step: 'tell', whom: [{ who: 'post', post: 'director', of: 'head-office' }], by: ['sms', 'call'] },
  wait(waitS * 5),
  { step: 'repeat', from: 0, times: 2 },
]
const OFFICERS: Whom = { who: 'journey-officers', end: 'both' }

const CHAINS: readonly Chain[] = [
  {
    id: 'seal-critical',
    ko: '봉인 긴급: 양쪽 담당자·당직',
    en: 'Seals, critical: officers of both ends and who is on duty',
    steps: upward([OFFICERS, onDuty('place')], 60),
  },
  {
    id: 'critical',
    ko: '긴급: 당직 → 상급 → 본청 → 과장',
    en: 'Critical: on duty, above, head office, director',
    steps: upward([onDuty('place')], 60),
  },
  {
    id: 'seal-high',
    ko: '봉인 경고: 가까운 쪽 담당자·당직',
    en: 'Seals, high: officers of the nearer end and who is on duty',
    steps: [
      { step: 'tell', whom: [{ who: 'journey-officers', end: 'near' }, onDuty('place')], by: ['sms'], orElse: [leaders('place')] },
      wait(120),
      { step: 'tell', whom: [onDuty('place'), leaders('place')], by: ['sms', 'call'], orElse: [onDuty('above')] },
      wait(300),
      { step: 'tell', whom: [onDuty('above')], by: ['sms'], orElse: [onDuty('head-office')] },
    ],
  },
  {
    id: 'high',
    ko: '경고: 당직 → 상급',
    en: 'High: on duty, then above',
    steps: [
      { step: 'tell', whom: [onDuty('place')], by: ['sms'], orElse: [leaders('place')] },
      wait(120),
      { step: 'tell', whom: [onDuty('place'), leaders('place')], by: ['sms', 'call'], orElse: [onDuty('above')] },
      wait(300),
      { step: 'tell', whom: [onDuty('above')], by: ['sms'], orElse: [onDuty('head-office')] },
    ],
  },
  {
    id: 'seal-medium',
    ko: '봉인 주의: 가까운 쪽 담당자',
    en: 'Seals, medium: officers of the nearer end',
    steps: [{ step: 'tell', whom: [{ who: 'journey-officers', end: 'near' }], by: ['sms'], orElse: [onDuty('place')] }],
  },
  {
    id: 'house',
    ko: '설비: 본청 당직',
    en: 'The house itself: head office',
    steps: [
      { step: 'tell', whom: [onDuty('head-office')], by: ['sms', 'email', 'call'], orElse: [leaders('head-office')] },
      wait(600),
      { step: 'tell', whom: [leaders('head-office')], by: ['sms', 'email', 'call'] },
    ],
  },
]

const SEALS = ['journey', 'seal', 'container']
const RULES: readonly TellingRule[] = [
  // The escalation that found nobody goes up by itself: told again, it would only be counted twice.
  { id: 'nobody', ko: '당직자 없음은 화면에만', en: 'Nobody on duty: on the screen alone', isOn: true, detectors: ['nobody-on-duty'] },
  {
    id: 'house',
    ko: '설비 고장',
    en: 'Faults of the house',
    isOn: true,
    detectors: ['channel-dead', 'disk-full', 'backup-failed'],
    chain: 'house',
  },
  { id: 'seal-critical', ko: '봉인 긴급', en: 'Seals, critical', isOn: true, levels: [0, 1], senses: SEALS, chain: 'seal-critical' },
  { id: 'seal-high', ko: '봉인 경고', en: 'Seals, high', isOn: true, levels: [2], senses: SEALS, chain: 'seal-high' },
  {
    id: 'seal-medium',
    ko: '봉인 주의',
    en: 'Seals, medium',
    isOn: true,
    levels: [3],
    senses: SEALS,
    chain: 'seal-medium',
    quiet: { fromMinute: 1320, toMinute: 420 },
  },
  { id: 'critical', ko: '긴급 경보', en: 'Critical alarms', isOn: true, levels: [0, 1], chain: 'critical' },
  { id: 'high', ko: '경고 수준 경보', en: 'High alarms', isOn: true, levels: [2], chain: 'high' },
]

const TEMPLATES: readonly TextTemplate[] = [
  {
    id: 'seal',
    version: 1,
    ko: '[망루 #{수준}] #{무엇} #{대상}[[ #{차량}]][[ #{출발지}→#{도착지}]][[ #{어디}]] #{시각}[[ #{건수}]][[ 담당 #{담당자}]][[ #{연락처}]] 확인 "1 #{번호}" 회신[[ #{링크}]][[ 문의 #{문의}]]',
    en: '[Mangru #{수준}] #{무엇} #{대상}[[ #{차량}]][[ #{출발지}-#{도착지}]][[ #{어디}]] #{시각}[[ #{건수}]][[ officer #{담당자}]][[ #{연락처}]] reply "1 #{번호}"[[ #{링크}]][[ call #{문의}]]',
  },
  {
    id: 'alarm',
    version: 1,
    ko: '[망루 #{수준}] #{무엇} #{대상}[[ #{어디}]] #{시각}[[ #{건수}]] 확인 "1 #{번호}" 회신[[ #{링크}]][[ 문의 #{문의}]]',
    en: '[Mangru #{수준}] #{무엇} #{대상}[[ #{어디}]] #{시각}[[ #{건수}]] reply "1 #{번호}"[[ #{링크}]][[ call #{문의}]]',
  },
  {
    id: 'count',
    version: 1,
    ko: '[망루] 10분 안에 경보 #{건수}이 더 있습니다. 최근: #{무엇} #{대상}[[ #{어디}]]. 화면에서 모두 확인하십시오.[[ 문의 #{문의}]]',
    en: '[Mangru] #{건수} in these 10 minutes, the last: #{무엇} #{대상}[[ #{어디}]]. See the screen for all.[[ call #{문의}]]',
  },
  {
    id: 'closing',
    version: 1,
    ko: '[망루 #{상태}] #{시각} #{무엇} #{대상}[[ #{어디}]][[ 문의 #{문의}]]',
    en: '[Mangru: #{상태}] #{시각} #{무엇} #{대상}[[ #{어디}]][[ call #{문의}]]',
  },
  {
    id: 'closed-count',
    version: 1,
    ko: '[망루] 알려 드린 상황 가운데 #{건수}이 더 끝나거나 취소되었습니다. 최근: #{무엇} #{대상}. 화면에서 확인하십시오.',
    en: '[Mangru] Over or withdrawn of what you were told: #{건수}, the last #{무엇} #{대상}. See the screen.',
  },
  { id: 'test', version: 1, ko: '[망루] 시험 문자입니다. #{시각}', en: '[Mangru] This is a test. #{시각}' },
  {
    id: 'confirm',
    version: 1,
    ko: '[망루] 연락처 확인 번호 #{번호} (10분 안에 입력)',
    en: '[Mangru] Code #{번호} confirms this address, within 10 minutes',
  },
]

/** Nobody is woken to hear that something is over. */
const CLOSING: ClosingRule = { isOn: true, quiet: { fromMinute: 1320, toMinute: 420 } }

export const DEFAULT_RULES: TellingRules = { revision: 0, closing: CLOSING, rules: RULES, chains: CHAINS, templates: TEMPLATES }
