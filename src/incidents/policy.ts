// Who may see incidents, write, order and close them. An incident is seen by the organisations it belongs to, in whose waters it lies, it is shared with or ordered to,
// and by those above them. Writing and seeing people's names after the table of rights (design/admin-rights.png); the rest follows from whose task it is.
import type { Policy } from '#base/index.ts'

const WRITERS = {
  'watch-officer': 'all',
  'watch-leader': 'all',
  'field-officer': 'all',
  'risk-analyst': 'own',
  investigator: 'all',
  'report-editor': 'all',
  director: 'all',
  integrator: 'own',
} as const

export const INCIDENTS_POLICIES: readonly Policy[] = [
  {
    deed: 'incidents.look',
    ko: '사건 보기',
    en: 'look at incidents',
    reach: { ...WRITERS, statistician: 'all', screen: 'all' },
  },
  { deed: 'incidents.write', ko: '사건 쓰기·답하기', en: 'report incidents and answer', reach: WRITERS },
  {
    deed: 'incidents.handle',
    ko: '사건 확인·처리·종결·묶기',
    en: 'confirm, take in hand, close and merge incidents',
    reach: { 'watch-officer': 'all', 'watch-leader': 'all', investigator: 'all', director: 'all' },
  },
  {
    deed: 'incidents.order',
    ko: '사건 지시',
    en: 'give orders on incidents',
    reach: { 'watch-officer': 'all', 'watch-leader': 'all', director: 'all' },
  },
  {
    deed: 'incidents.mark-report',
    ko: '일일상황에 싣기',
    en: 'mark incidents for the daily report',
    reach: { 'watch-officer': 'all', 'watch-leader': 'all', 'report-editor': 'all', director: 'all' },
  },
  {
    deed: 'incidents.people',
    ko: '사람 이름 보기',
    en: 'see people’s names',
    isPersonal: true,
    reach: {
      'watch-officer': 'own',
      'watch-leader': 'all',
      'field-officer': 'own',
      'risk-analyst': 'own',
      investigator: 'all',
      director: 'all',
      auditor: 'own',
    },
  },
  {
    deed: 'incidents.erase',
    ko: '사건 인적 사항 지우기',
    en: 'erase people’s data in incidents before its time',
    reach: { 'watch-leader': 'two', director: 'two' },
  },
  {
    deed: 'incidents.originals',
    ko: '첨부 원본 보기',
    en: 'see originals of photos and videos',
    isPersonal: true,
    reach: { 'watch-leader': 'all', investigator: 'all', director: 'all' },
  },
]

export const INCIDENTS_TOPICS = [
  { kind: 'incident', deed: 'incidents.look' },
  { kind: 'incident-read', deed: 'incidents.look' },
  { kind: 'incident-call', deed: 'incidents.look' },
  { kind: 'order', deed: 'incidents.look' },
] as const
