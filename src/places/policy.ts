// Who may see and draw areas. Areas of surveillance are seen by all on watch; integrators and wall screens see them too.
import { everyPost, type Policy } from '#base/index.ts'

export const PLACES_POLICIES: readonly Policy[] = [
  { deed: 'areas.look', ko: '구역 보기', en: 'look at areas', reach: everyPost('all', ['auditor']) },
  {
    deed: 'areas.change',
    ko: '구역 그리기·고치기·지우기',
    en: 'draw, change and remove areas',
    reach: { 'watch-officer': 'all', 'watch-leader': 'all', 'risk-analyst': 'all', administrator: 'all' },
  },
]

export const PLACES_TOPICS = [{ kind: 'areas', deed: 'areas.look' }] as const
