// number-shared: two hulls, one number: two tracks that take turns at least four times within half an hour and over five minutes.
import { distanceM, METRES_PER_NAUTICAL_MILE } from '#base/index.ts'
import type { Slot } from '../picture/columns.ts'
import type { VesselDetector } from './contract.ts'
import { shipName, shipSubject } from './ship-kinds.ts'

const MINUTE_MS = 60_000
/** Left in by the maker or typed by the careless: many hulls use them and nobody means it (number-invalid will tell). */
const DEFAULT_NUMBERS = new Set([
  1_193_046, 123_456_789, 111_111_111, 222_222_222, 333_333_333, 444_444_444, 555_555_555, 666_666_666, 777_777_777, 888_888_888,
  999_999_999, 987_654_321,
])

interface Pair {
  readonly mmsi: number
  firstMs: number
  lastMs: number
}

export const numberShared: VesselDetector = {
  name: 'number-shared',
  tells: { ko: '한 MMSI를 두 선체가 사용', en: 'two hulls use one number' },
  settings: {
    turns: { unit: '', default: 4, min: 2, max: 8, sentence: { ko: '두 항적이 번갈아 나타난 횟수', en: 'turns between the two tracks' } },
    minutes: { unit: 'min', default: 5, min: 1, max: 120, sentence: { ko: '이 시간 이상', en: 'over at least' } },
    quietMin: {
      unit: 'min',
      default: 30,
      min: 5,
      max: 600,
      sentence: { ko: '다른 항적이 이만큼 없으면 종료', en: 'over when the other track is gone this long' },
    },
  },
  mergeMin: 60,
  start(ground, { turns = 4, minutes = 5, quietMin = 30 }, desk) {
    const pairs = new Map<Slot, Pair>()
    return {
      onStray(slot, stray) {
        const { report } = stray
        if (stray.reason !== 'second-track' && stray.reason !== 'jump') return
        if (DEFAULT_NUMBERS.has(report.mmsi)) return
        let pair = pairs.get(slot)
        if (!pair || report.sentAtMs - pair.lastMs > quietMin * MINUTE_MS) {
          pair = { mmsi: report.mmsi, firstMs: report.sentAtMs, lastMs: report.sentAtMs }
          pairs.set(slot, pair)
        }
        pair.lastMs = report.sentAtMs
        const subjects = [shipSubject(report.mmsi)]
        if (
          stray.reason !== 'second-track' ||
          stray.alternations < turns ||
          report.sentAtMs - pair.firstMs < minutes * MINUTE_MS ||
          desk.isOpen(subjects)
        )
          return
        const place = { lat: report.lat600k / 600_000, lon: report.lon600k / 600_000 }
        const miles =
          Math.round(
            (distanceM(stray.fromLat600k / 600_000, stray.fromLon600k / 600_000, place.lat, place.lon) / METRES_PER_NAUTICAL_MILE) * 10,
          ) / 10
        const ship = shipName(ground.picture, slot)
        desk.raise({
          subjects,
          fromMs: pair.firstMs,
          raisedAtMs: report.receivedAtMs,
          decidedByMs: report.sentAtMs,
          place: { lat: stray.fromLat600k / 600_000, lon: stray.fromLon600k / 600_000 },
          severity: 'high',
          numbers: { distanceNm: miles, turns: stray.alternations },
          evidence: [report.mark],
          why: {
            ko: `${ship}: 동일 MMSI ${report.mmsi}번이 ${miles}해리 떨어진 두 위치에서 동시 송신`,
            en: `one number, ${report.mmsi} (${ship}), sends from two places ${miles} nm apart`,
          },
        })
      },
      onTick(nowMs) {
        for (const [slot, pair] of pairs) {
          if (nowMs - pair.lastMs <= quietMin * MINUTE_MS) continue
          pairs.delete(slot)
          desk.end([shipSubject(pair.mmsi)], pair.lastMs)
        }
      },
      onForget(slot) {
        const pair = pairs.get(slot)
        if (pair) desk.end([shipSubject(pair.mmsi)], pair.lastMs)
        pairs.delete(slot)
      },
      save: () => pairs,
      restore(state) {
        for (const [slot, pair] of state as Map<Slot, Pair>) pairs.set(slot, pair)
      },
    }
  },
}
