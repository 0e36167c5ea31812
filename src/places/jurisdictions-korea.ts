// Waters of the customs offices and centres, one area each, in a folder's first start. Public sources do not draw these borders: all are EXAMPLES (simple sea areas
// along the coast by port and office, our own) until an administrator draws the real ones. What lies in none (the far sea, Jeju) is head office's.
import type { Store } from '#platform/store/index.ts'
import type { Area } from './area.ts'
import { saveArea } from './area-store.ts'

type Ring = readonly (readonly [lon: number, lat: number])[]
const box = (west: number, south: number, east: number, north: number): Ring => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
]

const WATERS: readonly (readonly [organisation: string, name: string, ring: Ring])[] = [
  [
    'incheon',
    '인천본부세관',
    [
      [124.3, 37.05],
      [126.75, 37.05],
      [126.75, 37.75],
      [125.6, 38],
      [124.3, 37.7],
    ],
  ],
  ['pyeongtaek', '평택직할세관', box(124.3, 36.55, 127, 37.05)],
  ['gunsan', '군산세관', box(124.3, 35.6, 126.9, 36.55)],
  [
    'mokpo',
    '목포세관',
    [
      [124, 33.9],
      [126.9, 33.9],
      [126.9, 34.75],
      [126.6, 35.6],
      [124, 35.6],
    ],
  ],
  [
    'yeosu',
    '여수세관',
    [
      [126.9, 33.9],
      [128, 33.9],
      [128, 34.88],
      [127.5, 34.86],
      [126.9, 34.75],
    ],
  ],
  ['gwangyang', '광양세관', box(127.5, 34.84, 127.9, 35)],
  [
    'busan',
    '부산본부세관',
    [
      [128, 34],
      [129.6, 34.6],
      [129.6, 35.25],
      [129.2, 35.25],
      [128.3, 35.25],
      [128, 34.95],
    ],
  ],
  [
    'ulsan',
    '울산세관',
    [
      [129.2, 35.25],
      [130.8, 35.25],
      [130.8, 36.6],
      [129.3, 36.6],
    ],
  ],
  ['incheon-airport', '인천공항본부세관', box(126.36, 37.4, 126.52, 37.52)],
  ['busan-control', '부산 감시센터', box(128.95, 34.95, 129.3, 35.22)],
  ['incheon-control', '인천 감시센터', box(126.3, 37.2, 126.68, 37.55)],
  ['ulsan-control', '울산 감시센터', box(129.3, 35.35, 129.6, 35.6)],
  ['yeosu-control', '여수 감시센터', box(127.6, 34.5, 127.95, 34.83)],
  ['gwangyang-control', '광양 감시센터', box(127.58, 34.85, 127.85, 34.97)],
  ['pyeongtaek-control', '평택 감시센터', box(126.5, 36.88, 126.9, 37.05)],
  ['gunsan-control', '군산 감시센터', box(126.35, 35.9, 126.75, 36.05)],
  ['mokpo-control', '목포 감시센터', box(126.2, 34.68, 126.45, 34.85)],
  ['busan-new-port', '부산신항 모니터링센터', box(128.72, 34.98, 128.88, 35.1)],
  ['gamcheon', '감천 모니터링센터', box(128.97, 35.02, 129.03, 35.1)],
  ['incheon-north', '인천북항 모니터링센터', box(126.57, 37.46, 126.67, 37.54)],
  ['yeocheon', '여천 모니터링센터', box(127.62, 34.8, 127.76, 34.88)],
  ['dangjin', '당진 모니터링센터', box(126.62, 36.95, 126.83, 37.06)],
  ['airport-cargo', '공항 화물 모니터링센터', box(126.42, 37.43, 126.5, 37.49)],
]

export const JURISDICTIONS: readonly Area[] = WATERS.map(([organisation, name, ring]) => ({
  id: `jurisdiction-${organisation}`,
  name: `${name} 관할 (예시)`,
  kind: 'jurisdiction',
  polygon: [ring],
  organisation,
  note: '예시: 실제 관할 구역은 공개되지 않음. 관리자가 확인한 구역으로 바꾸십시오.',
}))

const SEED = 'jurisdictions'

/** Once in the life of a data folder, also of one from an earlier version; what an administrator removes does not come back. */
export async function seedJurisdictions(store: Store): Promise<void> {
  if (store.read('SELECT name FROM place_seeds WHERE name = ?', [SEED]).length > 0) return
  await store.write([...JURISDICTIONS.map(saveArea), { sql: 'INSERT INTO place_seeds (name) VALUES (?)', values: [SEED] }])
}
