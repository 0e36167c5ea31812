// Where a position is, in the words of a watch room: the nearest port, island or coastal town with direction and distance. Alarms carry it, so that nobody has
// to read co-ordinates at night.
import { bearingDeg, distanceM, METRES_PER_NAUTICAL_MILE } from '#base/index.ts'
import { LABELS, type Label } from './labels.ts'

export interface Where {
  /** 대마도 북동쪽 14 NM · 14 NM NE of Tsushima */
  readonly placeName: { readonly ko: string; readonly en: string }
  /** The name alone: what positions near each other have in common. */
  readonly near: { readonly ko: string; readonly en: string }
}

/** Farther than this the direction says little; the position itself is better. */
const REACH_M = 120 * METRES_PER_NAUTICAL_MILE
/** Nearer than this there is no direction worth telling. */
const OFF_M = 2 * METRES_PER_NAUTICAL_MILE
const INLAND = new Set(['서울', '대전', '대구', '광주', '평양'])
const MARKS: readonly Label[] = LABELS.filter(
  label => label.kind === 'port' || label.kind === 'island' || (label.kind === 'city' && !INLAND.has(label.ko)),
)
const DIRECTIONS = [
  ['북', 'N'],
  ['북동', 'NE'],
  ['동', 'E'],
  ['남동', 'SE'],
  ['남', 'S'],
  ['남서', 'SW'],
  ['서', 'W'],
  ['북서', 'NW'],
] as const

/** Undefined far from everything the chart names. */
export function whereIs(lat: number, lon: number): Where | undefined {
  let nearest: Label | undefined
  let metres = REACH_M
  for (const mark of MARKS) {
    const away = distanceM(mark.lat, mark.lon, lat, lon)
    if (away < metres) {
      metres = away
      nearest = mark
    }
  }
  if (!nearest) return undefined
  const near = { ko: nearest.ko, en: nearest.en }
  if (metres < OFF_M) return { near, placeName: { ko: `${near.ko} 부근`, en: `off ${near.en}` } }
  const miles = Math.round(metres / METRES_PER_NAUTICAL_MILE)
  const [ko, en] = DIRECTIONS[Math.round(bearingDeg(nearest.lat, nearest.lon, lat, lon) / 45) % 8] ?? DIRECTIONS[0]
  return { near, placeName: { ko: `${near.ko} ${ko}쪽 ${miles} NM`, en: `${miles} NM ${en} of ${near.en}` } }
}
