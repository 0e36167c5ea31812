// Who may see alarms and act on them. An alarm belongs to the organisations in whose jurisdiction it lies; one that lies in none is head office's.
import type { Policy } from '#base/index.ts'

export const ALERTS_POLICIES: readonly Policy[] = [
  {
    deed: 'alarms.look',
    ko: '경보 보기',
    en: 'look at alarms',
    reach: {
      'watch-officer': 'all',
      'watch-leader': 'all',
      'field-officer': 'own',
      'risk-analyst': 'all',
      investigator: 'all',
      'report-editor': 'all',
      director: 'all',
      statistician: 'all',
      integrator: 'own',
      screen: 'all',
    },
  },
  {
    deed: 'alarms.act',
    ko: '경보 확인·배정·보류·종결',
    en: 'acknowledge, assign, shelve and close alarms',
    reach: { 'watch-officer': 'all', 'watch-leader': 'all', 'field-officer': 'own', 'risk-analyst': 'own' },
  },
]

/** Alarms on the live line: each to those who may look at it, by its organisations. */
export const ALERTS_TOPICS = [{ kind: 'alarm', deed: 'alarms.look' }] as const
