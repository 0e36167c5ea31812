// Words of the paper of a journey: what its custody tells, as officers say it. Names nobody has a word for stand as they are.
import type { Sentence } from '#rules/index.ts'
import type { JourneyLine } from '#seals/index.ts'

const STATES: Readonly<Record<string, Sentence>> = {
  planned: { ko: '계획', en: 'Planned' },
  fitted: { ko: '부착', en: 'Fitted' },
  armed: { ko: '봉인 작동', en: 'Armed' },
  'under-way': { ko: '운송 중', en: 'Under way' },
  'in-designated-area': { ko: '지정구역 진입', en: 'In the designated area' },
  arrived: { ko: '도착', en: 'Arrived' },
  unsealed: { ko: '개봉 완료', en: 'Unsealed' },
  closed: { ko: '종결', en: 'Closed' },
  cancelled: { ko: '취소', en: 'Cancelled' },
}
const DEEDS: Readonly<Record<string, Sentence>> = {
  fit: { ko: '봉인 부착', en: 'Seal fitted' },
  arm: { ko: '봉인 작동 확인', en: 'Arming checked' },
  'authorise-unseal': { ko: '개봉 승인', en: 'Opening authorised' },
  unseal: { ko: '개봉', en: 'Unsealed by an officer' },
  suspend: { ko: '감시 멈춤', en: 'Suspended' },
  resume: { ko: '감시 계속', en: 'Resumed' },
  close: { ko: '종결 처리', en: 'Closed by an officer' },
  cancel: { ko: '취소 처리', en: 'Cancelled by an officer' },
  'change-vehicle': { ko: '차량 바꿈', en: 'Vehicle changed' },
  'change-seal': { ko: '봉인 바꿈', en: 'Seal changed' },
  note: { ko: '메모', en: 'Note' },
}
const EVENTS: Readonly<Record<string, Sentence>> = {
  'shackle-closed': { ko: '고리 닫힘', en: 'Shackle closed' },
  'shackle-opened': { ko: '고리 열림', en: 'Shackle opened' },
  sealed: { ko: '봉인됨', en: 'Sealed' },
  'sealed-automatically': { ko: '자동 봉인', en: 'Sealed by itself' },
  'sealed-by-card': { ko: '카드로 봉인', en: 'Sealed by card' },
  'sealed-by-bluetooth': { ko: '휴대전화로 봉인', en: 'Sealed by phone' },
  'sealed-by-platform': { ko: '상황실이 봉인', en: 'Sealed by the room' },
  'sealed-by-sms': { ko: '문자로 봉인', en: 'Sealed by SMS' },
  'resealed-automatically': { ko: '다시 자동 봉인', en: 'Sealed again' },
  unsealed: { ko: '봉인 열림', en: 'Seal opened' },
  'unsealed-by-card': { ko: '카드로 개봉', en: 'Opened by card' },
  'unsealed-by-bluetooth': { ko: '휴대전화로 개봉', en: 'Opened by phone' },
  'unsealed-by-platform': { ko: '상황실이 개봉', en: 'Opened by the room' },
  'unsealed-by-sms': { ko: '문자로 개봉', en: 'Opened by SMS' },
  'opened-while-sealed': { ko: '봉인 중 열림', en: 'Opened while sealed' },
  'unlock-alarm': { ko: '개봉 경보', en: 'Unlock alarm' },
  'door-opened': { ko: '문 열림', en: 'Door opened' },
  'wire-cut': { ko: '줄 끊김', en: 'Wire cut' },
}
const GATES: Readonly<Record<string, Sentence>> = {
  gate: { ko: '게이트 통과', en: 'passed a gate' },
  'gate-in': { ko: '게이트 반입', en: 'in at a gate' },
  'gate-out': { ko: '게이트 반출', en: 'out at a gate' },
}
const KINDS: Readonly<Partial<Record<JourneyLine['kind'], Readonly<Record<string, Sentence>>>>> = {
  state: STATES,
  deed: DEEDS,
  event: EVENTS,
  gate: GATES,
}

export const lineWords = ({ kind, what }: Pick<JourneyLine, 'kind' | 'what'>, language: keyof Sentence): string =>
  KINDS[kind]?.[what]?.[language] ?? what
export const stateWords = (state: string, language: keyof Sentence): string => STATES[state]?.[language] ?? state
