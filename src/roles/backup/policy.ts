// Who may see that there are backups and when the last one was made, and have one made now. They hold the whole country's data: what a backup is made of is nobody's to choose, and
// none is brought back from a screen.
import type { Policy } from '#base/index.ts'

export const BACKUP_POLICIES: readonly Policy[] = [
  {
    deed: 'backup.look',
    ko: '백업 상태 보기',
    en: 'look at the state of the backups',
    reach: { 'watch-leader': 'all', director: 'all', administrator: 'all', auditor: 'all' },
  },
  {
    deed: 'backup.make',
    ko: '지금 백업',
    en: 'have a backup made now',
    reach: { administrator: 'all' },
  },
]
