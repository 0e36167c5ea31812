// position-jump: reports from where she cannot be. One stray in a quiet half hour is only logged; two or more in a row while her own track is quiet are an
// alarm. Where two tracks take turns it is not she who jumped: number-shared tells that, and this one keeps silent.
import { distanceM, METRES_PER_NAUTICAL_MILE } from '#base/index.ts'
import type { Slot } from '../picture/columns.ts'
import type { StrayReport, VesselDetector } from './contract.ts'
import { shipName, shipSubject } from './ship-kinds.ts'

const MINUTE_MS = 60_000
/** Strays nearer than this in time are one finding. */
const ONE_FINDING_MS = 30 * MINUTE_MS
/** After this long without another stray, and this many of her own intervals, a single one is what it was: a stray. */
const DECIDED_MS = 5 * MINUTE_MS
const DECIDED_INTERVALS = 4
/** From this many turns between two tracks on it looks like a shared number. */
const TURNS_OF_SHARED = 3
/** Before she was followed this long nobody knows which of two tracks is hers, or how late her reports come. */
const FOLLOWED_MS = 5 * MINUTE_MS
const QUIET_INTERVALS = 2.5
const USUAL_INTERVAL_MS = 60_000

interface Straying {
  readonly mmsi: number
  firstMs: number
  lastMs: number
  /** When the newest stray was judged, on the clock of receipt: it may have waited for its order. */
  judgedMs: number
  strays: number
  turns: number
  place: { lat: number; lon: number }
  miles: number
  minutes: number
  mark: number
  told: 'nothing' | 'low' | 'medium'
}

export const positionJump: VesselDetector = {
  name: 'position-jump',
  tells: { ko: '갈 수 없는 위치에서 보고', en: 'reports from where she cannot be' },
  settings: {
    inRow: { unit: '', default: 2, min: 2, max: 20, sentence: { ko: '연속 보고가 이만큼이면 경보', en: 'alarm from this many in a row' } },
  },
  start(ground, { inRow = 2 }, desk) {
    const straying = new Map<Slot, Straying>()

    const raise = (slot: Slot, one: Straying, raisedAtMs: number, severity: 'low' | 'medium', toMs?: number): void => {
      one.told = severity
      const ship = shipName(ground.picture, slot)
      desk.raise({
        subjects: [shipSubject(one.mmsi)],
        fromMs: one.firstMs,
        raisedAtMs,
        decidedByMs: one.lastMs,
        place: one.place,
        severity,
        numbers: { distanceNm: round(one.miles), minutes: round(one.minutes), strays: one.strays },
        evidence: [one.mark],
        why: {
          ko: `${ship}: ${round(one.minutes)}분에 ${round(one.miles)}해리 이동한 위치 보고 ${one.strays}건 (한계 55 kn)`,
          en: `${ship}: ${one.strays} report${one.strays > 1 ? 's' : ''} ${round(one.miles)} nm away within ${round(one.minutes)} min (limit 55 kn)`,
        },
        ...(toMs === undefined ? {} : { toMs }),
      })
    }

    return {
      onStray(slot, stray) {
        if (stray.reason !== 'jump' && stray.reason !== 'second-track') return
        const { report } = stray
        let one = straying.get(slot)
        if (!one || report.sentAtMs - one.lastMs > ONE_FINDING_MS) {
          one = fresh(stray)
          straying.set(slot, one)
        }
        one.strays++
        one.turns = stray.alternations
        one.lastMs = report.sentAtMs
        one.judgedMs = report.receivedAtMs
        const usualMs = ground.coverage.expectedIntervalMs(slot) || USUAL_INTERVAL_MS
        const isQuiet = report.sentAtMs - stray.fromSentAtMs >= QUIET_INTERVALS * usualMs
        // A single stray that was logged took two of the turns.
        const turnsOfShared = TURNS_OF_SHARED + (one.told === 'low' ? 1 : 0)
        const isFollowed = report.sentAtMs - ground.coverage.firstHeardMs(slot) >= FOLLOWED_MS
        if (isFollowed && one.told !== 'medium' && stray.inRow >= inRow && isQuiet && stray.alternations < turnsOfShared)
          raise(slot, one, report.receivedAtMs, 'medium')
      },
      onReport(slot, now, previous) {
        const one = straying.get(slot)
        // The strays were she: what came before them was somebody else's, or false.
        if (one?.told === 'nothing' && previous.sentAtMs === 0) straying.delete(slot)
        else if (one && one.told !== 'nothing') desk.end([shipSubject(now.mmsi)], one.lastMs)
      },
      onTick(nowMs) {
        for (const [slot, one] of straying) {
          const usualMs = ground.coverage.expectedIntervalMs(slot)
          if (nowMs - one.judgedMs < Math.max(DECIDED_MS, DECIDED_INTERVALS * usualMs)) continue
          if (one.told === 'nothing' && one.turns <= TURNS_OF_SHARED) raise(slot, one, nowMs, 'low', one.lastMs)
          else if (one.told !== 'nothing') desk.end([shipSubject(one.mmsi)], one.lastMs)
          if (nowMs - one.lastMs > ONE_FINDING_MS) straying.delete(slot)
        }
      },
      onForget(slot) {
        const one = straying.get(slot)
        if (one) desk.end([shipSubject(one.mmsi)], one.lastMs)
        straying.delete(slot)
      },
      save: () => straying,
      restore(state) {
        for (const [slot, one] of state as Map<Slot, Straying>) straying.set(slot, one)
      },
    }
  },
}

function fresh(stray: StrayReport): Straying {
  const place = { lat: stray.report.lat600k / 600_000, lon: stray.report.lon600k / 600_000 }
  return {
    mmsi: stray.report.mmsi,
    firstMs: stray.report.sentAtMs,
    lastMs: stray.report.sentAtMs,
    judgedMs: stray.report.receivedAtMs,
    strays: 0,
    turns: 0,
    place,
    miles: distanceM(stray.fromLat600k / 600_000, stray.fromLon600k / 600_000, place.lat, place.lon) / METRES_PER_NAUTICAL_MILE,
    minutes: Math.max(0.1, (stray.report.sentAtMs - stray.fromSentAtMs) / MINUTE_MS),
    mark: stray.report.mark,
    told: 'nothing',
  }
}
const round = (value: number): number => Math.round(value * 10) / 10
