// Who may see how evidence is kept, hold it, and take it out. Taking out needs two officers.
import type { Policy } from '#base/index.ts'

export const EVIDENCE_POLICIES: readonly Policy[] = [
  {
    deed: 'evidence.look',
    ko: '보관 상태 보기',
    en: 'look at how evidence is kept',
    reach: { 'watch-leader': 'all', investigator: 'all', director: 'all', administrator: 'all', auditor: 'all' },
  },
  {
    deed: 'evidence.hold',
    ko: '증거 보전',
    en: 'hold evidence',
    reach: { 'watch-leader': 'all', investigator: 'all' },
  },
  {
    // What is let go is removed by retention and does not come back.
    deed: 'evidence.release',
    ko: '증거 보전 해제',
    en: 'let held evidence go',
    reach: { 'watch-leader': 'two', investigator: 'two' },
  },
  {
    deed: 'evidence.export',
    ko: '증거 내보내기',
    en: 'export evidence',
    confirm: true,
    reach: { 'watch-leader': 'two', investigator: 'two' },
  },
  {
    deed: 'evidence.take',
    ko: '내보낸 증거 받기',
    en: 'take an export one asked for or agreed to',
    isPersonal: true,
    reach: { 'watch-leader': 'all', investigator: 'all' },
  },
]
