// Who may see sealed journeys, plan, fit and open, and say something to a seal. A journey is seen by the organisations at both ends and those above them.
import type { Policy } from '#base/index.ts'

export const SEALS_POLICIES: readonly Policy[] = [
  {
    deed: 'journeys.look',
    ko: '봉인 운송 보기',
    en: 'look at sealed journeys',
    reach: {
      'watch-officer': 'all',
      'watch-leader': 'all',
      'field-officer': 'all',
      'risk-analyst': 'all',
      investigator: 'all',
      'report-editor': 'all',
      director: 'all',
      statistician: 'all',
      integrator: 'own',
      screen: 'all',
      auditor: 'all',
    },
  },
  {
    deed: 'journeys.plan',
    ko: '봉인 운송 계획하기',
    en: 'plan sealed journeys',
    reach: { 'watch-officer': 'all', 'watch-leader': 'all', 'field-officer': 'all', integrator: 'own' },
  },
  {
    deed: 'journeys.handle',
    ko: '봉인 부착·개봉·종결',
    en: 'fit, open, suspend and close sealed journeys',
    reach: { 'watch-officer': 'all', 'watch-leader': 'all', 'field-officer': 'all' },
  },
  {
    deed: 'seals.look',
    ko: '봉인 재고·상태 보기',
    en: 'look at the stock and health of seals',
    reach: {
      'watch-officer': 'all',
      'watch-leader': 'all',
      'field-officer': 'all',
      director: 'all',
      administrator: 'all',
      integrator: 'own',
      auditor: 'all',
    },
  },
  {
    deed: 'seals.change',
    ko: '봉인 등록·고치기',
    en: 'register and change seals',
    reach: { 'watch-leader': 'all', 'field-officer': 'all', administrator: 'all' },
  },
  {
    deed: 'seals.command',
    ko: '봉인에 명령하기',
    en: 'command seals',
    reach: { 'watch-leader': 'all' },
  },
  { deed: 'seals.report', ko: '봉인 보고 넣기(연계)', en: 'bring reports of seals and gates (machines)', reach: { integrator: 'all' } },
]

export const SEALS_TOPICS = [
  { kind: 'journey', deed: 'journeys.look' },
  { kind: 'seal-found', deed: 'seals.look' },
  { kind: 'seal-command', deed: 'seals.look' },
] as const
