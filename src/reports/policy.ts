// Who may read the report, hand in a line of their office, change the paper and sign it. The report is head office's: it tells of the whole country, and is read there. Who signs which
// box, the boxes say (settings).
import type { Policy } from '#base/index.ts'

export const REPORTS_POLICIES: readonly Policy[] = [
  {
    deed: 'reports.look',
    ko: '일일상황 보기',
    en: 'look at the daily report',
    reach: {
      'watch-officer': 'all',
      'watch-leader': 'all',
      'risk-analyst': 'all',
      investigator: 'all',
      'report-editor': 'all',
      director: 'all',
      statistician: 'all',
      auditor: 'all',
    },
  },
  {
    deed: 'reports.line',
    ko: '소속 보고 내기',
    en: 'hand in the line of an office',
    reach: { 'watch-officer': 'all', 'watch-leader': 'all', 'report-editor': 'all', director: 'all' },
  },
  {
    deed: 'reports.edit',
    ko: '일일상황 고치기·메모',
    en: 'change the daily report and comment on it',
    reach: { 'watch-leader': 'all', 'report-editor': 'all', director: 'all' },
  },
  {
    deed: 'reports.sign',
    ko: '일일상황 결재·반려',
    en: 'sign the daily report or send it back',
    reach: { 'watch-leader': 'all', 'report-editor': 'all', director: 'all' },
  },
]

export const REPORTS_TOPICS = [
  { kind: 'report', deed: 'reports.look' },
  { kind: 'report-lines', deed: 'reports.line' },
] as const
