// Who reads the duty log, writes in it, and signs hand-overs. A log is read by its site and by those above it; a hand-over is signed by the site's own watch, so nobody signs
// for another site, head office neither.
import type { Policy } from '#base/index.ts'

export const SHIFTS_POLICIES: readonly Policy[] = [
  {
    deed: 'log.look',
    ko: '당직 일지·인계서 보기',
    en: 'read the duty log and hand-overs',
    reach: {
      'watch-officer': 'all',
      'watch-leader': 'all',
      'field-officer': 'own',
      'risk-analyst': 'own',
      investigator: 'all',
      'report-editor': 'all',
      director: 'all',
      statistician: 'all',
      screen: 'all',
      auditor: 'all',
    },
  },
  {
    deed: 'log.write',
    ko: '당직 일지 쓰기·정정',
    en: 'write and correct the duty log',
    reach: {
      'watch-officer': 'all',
      'watch-leader': 'all',
      'field-officer': 'own',
      'risk-analyst': 'own',
      investigator: 'own',
      'report-editor': 'all',
      director: 'all',
    },
  },
  {
    deed: 'hand-over.write',
    ko: '인계서 쓰기·인수·서명',
    en: 'write, take over and sign hand-overs',
    reach: { 'watch-officer': 'own', 'watch-leader': 'own' },
  },
]

export const SHIFTS_TOPICS = [
  { kind: 'log', deed: 'log.look' },
  { kind: 'hand-over', deed: 'log.look' },
] as const
