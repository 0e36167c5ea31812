// The words of kinds, states and the like, Korean and English: for papers and tables made by the server. The screen's own stand in its texts.
import type { GoodsType, IncidentKind, IncidentState, Outcome, Urgency } from './schema.ts'

type Words = readonly [ko: string, en: string]

export const KIND_WORDS: Readonly<Record<IncidentKind, Words>> = {
  seizure: ['적발', 'seizure'],
  'drug-offender': ['마약사범', 'drug offender'],
  'prohibited-article': ['금지물품', 'prohibited article'],
  'suspicious-act': ['수상한 행위', 'suspicious act'],
  'unauthorised-boarding': ['무단 승선·상륙', 'unauthorised boarding or landing'],
  accident: ['사고', 'accident'],
  'search-result': ['검색 결과', 'search result'],
  inspection: ['검사', 'inspection'],
  equipment: ['장비', 'equipment'],
  weather: ['기상', 'weather'],
  visit: ['방문·점검', 'visit'],
  other: ['기타', 'other'],
}
export const STATE_WORDS: Readonly<Record<IncidentState, Words>> = {
  reported: ['접수', 'reported'],
  confirmed: ['확인', 'confirmed'],
  'in-hand': ['처리 중', 'in hand'],
  closed: ['종결', 'closed'],
}
export const OUTCOME_WORDS: Readonly<Record<Outcome, Words>> = {
  seized: ['적발', 'seized'],
  nothing: ['이상 없음', 'nothing found'],
  referred: ['이관', 'referred'],
  false: ['오인', 'mistaken'],
  done: ['조치 완료', 'dealt with'],
}
export const URGENCY_WORDS: Readonly<Record<Urgency, Words>> = {
  1: ['긴급', 'critical'],
  2: ['경고', 'warning'],
  3: ['주의', 'caution'],
  4: ['알림', 'notice'],
}
export const GOODS_WORDS: Readonly<Record<GoodsType, Words>> = {
  smuggled: ['밀수품', 'smuggled goods'],
  narcotics: ['마약류', 'narcotics'],
  'security-threat': ['안보위해물품', 'security threat'],
  currency: ['외환', 'currency'],
  origin: ['원산지 위반', 'false origin'],
  counterfeit: ['지식재산권 침해', 'counterfeit'],
  other: ['그 밖', 'other'],
}
