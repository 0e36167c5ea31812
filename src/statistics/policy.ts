// Who may see figures. A figure holds only what its reader may see in the room it comes from: this right and that room's own right meet (design/admin-rights.png has no line for
// statistics; these follow from whose task it is: the statistician, directors, the watch and the editors of the report).
import type { Policy } from '#base/index.ts'

const READERS = {
  'watch-officer': 'all',
  'watch-leader': 'all',
  'field-officer': 'own',
  'risk-analyst': 'all',
  investigator: 'all',
  'report-editor': 'all',
  director: 'all',
  statistician: 'all',
} as const

export const STATISTICS_POLICIES: readonly Policy[] = [
  { deed: 'statistics.look', ko: '통계 보기', en: 'look at statistics', reach: { ...READERS, integrator: 'own', screen: 'all' } },
  { deed: 'statistics.records', ko: '통계 숫자의 기록 열기', en: 'open the records behind figures', reach: READERS },
  { deed: 'statistics.export', ko: '통계 내보내기', en: 'export statistics', reach: { ...READERS, integrator: 'own' } },
  { deed: 'statistics.boards', ko: '통계 판 만들기', en: 'make boards of one’s own', reach: READERS },
  {
    deed: 'statistics.measures',
    ko: '통계 항목 만들기',
    en: 'make measures of one’s own',
    reach: { 'watch-leader': 'own', 'risk-analyst': 'own', 'report-editor': 'all', director: 'all', statistician: 'all' },
  },
  {
    deed: 'statistics.share',
    ko: '통계 판·항목 함께 보기',
    en: 'share boards and measures',
    reach: { 'watch-leader': 'own', 'report-editor': 'all', director: 'all', statistician: 'all' },
  },
  {
    deed: 'statistics.rebuild',
    ko: '통계 다시 집계',
    en: 'make roll-ups anew',
    reach: { statistician: 'all', administrator: 'all' },
  },
]
