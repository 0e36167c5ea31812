// signal-lost: she went dark where others are heard. Silent longer than ten minutes and eight of her own intervals (class B: an hour), was under way, in good
// coverage, her station alive, not where ships lie up, and nobody goes on under another number in her place. Withdrawn when late reports fill the silence.
import { angleBetweenDeg, distanceM, METRES_PER_NAUTICAL_MILE, offset } from '#base/index.ts'
import type { AreaKind } from '#places/index.ts'
import type { Slot } from '../picture/columns.ts'
import type { PositionReport } from '../report.ts'
import { STATION_CLASS } from '../schema.ts'
import type { Ground, VesselDetector } from './contract.ts'
import { sourceOf } from './heard-by.ts'
import { isVessel, shipName, shipSubject } from './ship-kinds.ts'

const MINUTE_MS = 60_000
const GUARDED: ReadonlySet<AreaKind> = new Set(['designated', 'forbidden'])
/** A silence that was not judged lost within this after its limit is not judged any more. */
const JUDGED_WITHIN_MS = 20 * MINUTE_MS
/** A report this old when it comes fills the silence; a younger one ends it. */
const LATE_MS = 10 * MINUTE_MS
const REMEMBERED_MS = 24 * 60 * MINUTE_MS
const NA_SOG = 1023
/** Ships at anchor or made fast. */
const AT_REST = new Set([1, 5, 6])

interface Silence {
  readonly mmsi: number
  readonly fromMs: number
  readonly raisedMs: number
  /** 0 while it lasts. */
  toMs: number
  /** When she was first heard again while it was open, event time; 0 = not yet. */
  againMs: number
  filled: number
}

export const signalLost: VesselDetector = {
  name: 'signal-lost',
  tells: { ko: '수신 양호 해역에서 신호 두절', en: 'went dark in good coverage' },
  settings: {
    silentMin: { unit: 'min', default: 10, min: 3, max: 600, sentence: { ko: '적어도 이만큼 침묵', en: 'silent for at least' } },
    intervals: {
      unit: '',
      default: 8,
      min: 2,
      max: 100,
      sentence: { ko: '평소 간격의 몇 배 침묵', en: 'and this many of her own intervals' },
    },
    classBMin: { unit: 'min', default: 60, min: 10, max: 600, sentence: { ko: 'B급은 이만큼 침묵', en: 'class B: silent for at least' } },
    underWayKn: {
      unit: 'kn',
      default: 1,
      min: 0,
      max: 10,
      sentence: { ko: '두절 전 속력이 이보다 클 때만', en: 'only if she was faster than this' },
    },
    fillReports: {
      unit: '',
      default: 5,
      min: 1,
      max: 100,
      sentence: { ko: '늦은 보고가 이만큼 메우면 철회', en: 'withdrawn when this many late reports fill it' },
    },
  },
  mergeMin: 0,
  start(ground, { silentMin = 10, intervals = 8, classBMin = 60, underWayKn = 1, fillReports = 5 }, desk) {
    const { picture } = ground
    const silences = new Map<Slot, Silence>()
    let clockMs = 0

    const limitMs = (slot: Slot): number =>
      Math.max(
        (picture.stationClass[slot] === STATION_CLASS.B ? classBMin : silentMin) * MINUTE_MS,
        intervals * ground.coverage.expectedIntervalMs(slot),
      )

    const isLost = (slot: Slot, nowMs: number): boolean => {
      if (!isUnderWay(slot)) return false
      const lat = picture.lat600k[slot]! / 600_000
      const lon = picture.lon600k[slot]! / 600_000
      return !ground.isStoppingUsual(lat, lon) && ground.coverage.isGoodFor(slot, nowMs) && !hasSuccessor(ground, slot)
    }
    const isUnderWay = (slot: Slot): boolean =>
      isVessel(picture.stationClass[slot]!) &&
      !AT_REST.has(picture.navigationStatus[slot]!) &&
      picture.sogDeciknots[slot] !== NA_SOG &&
      picture.sogDeciknots[slot]! > underWayKn * 10

    const fill = (slot: Slot, silence: Silence, atMs: number): void => {
      if (++silence.filled < fillReports) return
      desk.withdraw([shipSubject(silence.mmsi)], atMs, {
        ko: `늦게 도착한 보고 ${silence.filled}건이 침묵 구간을 메움`,
        en: `${silence.filled} reports that came late fill the silence`,
      })
      silences.delete(slot)
    }

    return {
      onReport(slot, now) {
        const silence = silences.get(slot)
        if (silence?.toMs !== 0) return
        const isOld = now.receivedAtMs - now.sentAtMs > LATE_MS
        if (!isOld) silence.againMs ||= now.sentAtMs
        // Sent before it was told, and before it was long enough to be told: there was no such silence.
        if (isOld || (now.sentAtMs < silence.raisedMs && now.sentAtMs - silence.fromMs < limitMs(slot)))
          return fill(slot, silence, now.receivedAtMs)
        silence.toMs = silence.againMs
        desk.end([shipSubject(silence.mmsi)], silence.toMs)
      },
      onLateReport(slot, late: PositionReport) {
        const silence = silences.get(slot)
        if (silence && late.sentAtMs > silence.fromMs && (silence.toMs === 0 || late.sentAtMs < silence.toMs))
          fill(slot, silence, late.receivedAtMs)
      },
      onTick(nowMs) {
        clockMs = nowMs
        for (let slot = 0; slot < picture.highWater; slot++) {
          const last = picture.sentAtMs[slot]!
          // Cheap gate: most are heard, and of the rest most are long gone.
          if (last === 0 || nowMs - last < silentMin * MINUTE_MS) continue
          // Her silence is measured against what her station has brought and was judged, not against our clock: a feed that catches up has silenced nobody.
          const heardUpToMs = Math.min(nowMs, ground.coverage.judgedUpToMs(sourceOf(picture.station[slot]!, picture.feed[slot]!)))
          const overMs = heardUpToMs - last - limitMs(slot)
          if (overMs <= 0 || overMs > JUDGED_WITHIN_MS) continue
          if (overMs > JUDGED_WITHIN_MS - MINUTE_MS && isUnderWay(slot)) ground.coverage.vanished(slot, heardUpToMs)
          const known = silences.get(slot)
          if (known && known.toMs === 0) continue
          if (!isLost(slot, heardUpToMs)) continue
          silences.set(slot, { mmsi: picture.mmsi[slot]!, fromMs: last, raisedMs: nowMs, toMs: 0, againMs: 0, filled: 0 })
          raise(ground, slot, nowMs, desk)
        }
        for (const [slot, silence] of silences) if (silence.toMs !== 0 && nowMs - silence.toMs > REMEMBERED_MS) silences.delete(slot)
      },
      onForget(slot) {
        const silence = silences.get(slot)
        if (silence?.toMs === 0) desk.end([shipSubject(silence.mmsi)], clockMs)
        silences.delete(slot)
      },
      save: () => silences,
      restore(state) {
        for (const [slot, silence] of state as Map<Slot, Silence>) silences.set(slot, silence)
      },
    }
  },
}

function raise(ground: Ground, slot: Slot, nowMs: number, desk: Parameters<VesselDetector['start']>[2]): void {
  const { picture } = ground
  const lastMs = picture.sentAtMs[slot]!
  const lat = picture.lat600k[slot]! / 600_000
  const lon = picture.lon600k[slot]! / 600_000
  const minutes = Math.round((nowMs - lastMs) / MINUTE_MS)
  const intervalS = Math.round(ground.coverage.expectedIntervalMs(slot) / 1000)
  const ship = shipName(picture, slot)
  desk.raise({
    subjects: [shipSubject(picture.mmsi[slot]!)],
    fromMs: lastMs,
    raisedAtMs: nowMs,
    place: { lat, lon },
    severity: ground.areas.isIn(GUARDED, lat, lon) ? 'critical' : 'high',
    numbers: { silentMin: minutes, usualIntervalS: intervalS, sogKn: picture.sogDeciknots[slot]! / 10 },
    evidence: [picture.mark[slot]!],
    why: {
      ko: `${ship}: 수신 양호 해역에서 ${minutes}분 신호 두절 (평소 ${intervalS}초 간격, 두절 전 ${(picture.sogDeciknots[slot]! / 10).toFixed(1)} kn, 주변 선박은 수신 중)`,
      en: `${ship}: silent ${minutes} min where others are heard (usually every ${intervalS} s, was making ${(picture.sogDeciknots[slot]! / 10).toFixed(1)} kn)`,
    },
  })
}

/** Somebody first heard since goes on where she would be, on her course at her speed: she has changed her number, not switched off. */
function hasSuccessor(ground: Ground, slot: Slot): boolean {
  const { picture, coverage } = ground
  const lastMs = picture.sentAtMs[slot]!
  const sogKn = picture.sogDeciknots[slot]! / 10
  const cogDeg = picture.cogDecidegrees[slot]! / 10
  if (picture.cogDecidegrees[slot]! >= 3600) return false
  const reachM = 40 * METRES_PER_NAUTICAL_MILE
  let found = false
  picture.forEachNear(picture.lat600k[slot]! / 600_000, picture.lon600k[slot]! / 600_000, reachM, other => {
    if (found || other === slot || picture.sentAtMs[other]! <= lastMs) return
    const firstMs = coverage.firstHeardMs(other)
    if (firstMs <= lastMs || firstMs > lastMs + 10 * MINUTE_MS) return
    if (angleBetweenDeg(picture.cogDecidegrees[other]! / 10, cogDeg) > 25 || Math.abs(picture.sogDeciknots[other]! / 10 - sogKn) > 3) return
    const hours = (picture.sentAtMs[other]! - lastMs) / 3_600_000
    const there = offset(
      picture.lat600k[slot]! / 600_000,
      picture.lon600k[slot]! / 600_000,
      cogDeg,
      sogKn * hours * METRES_PER_NAUTICAL_MILE,
    )
    found =
      distanceM(there.lat, there.lon, picture.lat600k[other]! / 600_000, picture.lon600k[other]! / 600_000) <
      METRES_PER_NAUTICAL_MILE * (1 + hours * 3)
  })
  return found
}
