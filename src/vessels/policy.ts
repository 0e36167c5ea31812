// Who may look at ships and feeds, and change what is known of them. The picture of the sea is one for all who look: AIS is broadcast to everybody.
import { everyPost, type Policy } from '#base/index.ts'

export const VESSELS_POLICIES: readonly Policy[] = [
  { deed: 'ships.look', ko: '선박·항적 보기', en: 'look at ships and tracks', reach: everyPost('all', ['administrator', 'auditor']) },
  {
    deed: 'ships.watch',
    ko: '관심 선박 지정',
    en: 'mark ships as watched',
    reach: { 'watch-officer': 'all', 'watch-leader': 'all', 'risk-analyst': 'all', investigator: 'all' },
  },
  {
    deed: 'permits.change',
    ko: '접현 허가 넣기·빼기',
    en: 'enter and remove permits to lie alongside',
    reach: { 'watch-officer': 'all', 'watch-leader': 'all', 'risk-analyst': 'all' },
  },
  { deed: 'feeds.look', ko: '수신망 상태 보기', en: 'look at the feeds’ health', reach: everyPost('all') },
  {
    deed: 'feeds.change',
    ko: '수신망 더하기·멈추기·빼기',
    en: 'add, pause and remove feeds',
    reach: { 'watch-leader': 'all', administrator: 'all' },
  },
]

/** Ships in view: binary frames and names (live-views.ts). */
export const VESSELS_TOPICS = [{ kind: 'ships', deed: 'ships.look' }] as const
