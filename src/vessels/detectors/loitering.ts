// loitering: she wanders about one place. Four hours within three nautical miles at a median of 0.7–4 kn with more than two full turns of course in all, not
// where waiting is usual, and no fishing or harbour craft. Looked at every ten minutes, from the thinned past.
import { angleBetweenDeg, bearingDeg, distanceM, longitudeDifference, METRES_PER_NAUTICAL_MILE } from '#base/index.ts'
import type { Slot } from '../picture/columns.ts'
import type { Ground, VesselDetector } from './contract.ts'
import { isFishing, isHarbourCraft, isVessel, shipName, shipSubject } from './ship-kinds.ts'

const MINUTE_MS = 60_000
const LOOK_EVERY_MIN = 10
const NA_SOG = 1023
/** Legs shorter than this say little of a course: places scatter by tens of metres, and a drift of hours has many legs. */
const MIN_LEG_M = 300
/** A window with fewer samples, or a longer gap between two, was not followed well enough. */
const MIN_SAMPLES = 16
const MAX_GAP_MS = 40 * MINUTE_MS
const SILENT_MS = 60 * MINUTE_MS

interface Wander {
  hours: number
  radiusNm: number
  medianKn: number
  turnedDeg: number
  fromMs: number
  lat: number
  lon: number
}

export const loitering: VesselDetector = {
  name: 'loitering',
  tells: { ko: '한 곳을 배회', en: 'wanders about one place' },
  settings: {
    hours: { unit: 'h', default: 4, min: 1, max: 4, sentence: { ko: '이 시간 동안', en: 'over these hours' } },
    radiusNm: { unit: 'nm', default: 3, min: 0.5, max: 20, sentence: { ko: '반경 안에서', en: 'within this radius' } },
    slowKn: { unit: 'kn', default: 0.7, min: 0, max: 5, sentence: { ko: '중앙 속력이 이보다 빠르고', en: 'median speed above' } },
    fastKn: { unit: 'kn', default: 4, min: 1, max: 20, sentence: { ko: '이보다 느림', en: 'and below' } },
    turnDeg: { unit: '°', default: 720, min: 90, max: 7200, sentence: { ko: '침로 변화 합계', en: 'course turned in all' } },
  },
  mergeMin: 60,
  start(ground, { hours = 4, radiusNm = 3, slowKn = 0.7, fastKn = 4, turnDeg = 720 }, desk) {
    const { picture } = ground
    const open = new Map<Slot, { readonly mmsi: number; readonly lat: number; readonly lon: number }>()

    const look = (slot: Slot, nowMs: number): void => {
      const lat = picture.lat600k[slot]! / 600_000
      const lon = picture.lon600k[slot]! / 600_000
      if ((isFishing(picture, slot) || isHarbourCraft(picture, slot)) && !ground.isWatched(picture.mmsi[slot]!)) return
      if (ground.isStoppingUsual(lat, lon)) return
      const wander = wanderOf(ground, slot, hours, radiusNm)
      if (!wander || wander.medianKn < slowKn || wander.medianKn > fastKn || wander.turnedDeg < turnDeg) return
      open.set(slot, { mmsi: picture.mmsi[slot]!, lat: wander.lat, lon: wander.lon })
      const ship = shipName(picture, slot)
      desk.raise({
        subjects: [shipSubject(picture.mmsi[slot]!)],
        fromMs: wander.fromMs,
        raisedAtMs: nowMs,
        place: { lat, lon },
        severity: 'medium',
        numbers: { hours, radiusNm: round(wander.radiusNm), medianKn: round(wander.medianKn), turnedDeg: Math.round(wander.turnedDeg) },
        evidence: [picture.mark[slot]!],
        why: {
          ko: `${ship}: ${hours}시간 동안 반경 ${round(wander.radiusNm)}해리 안에서 배회 (속력 중앙값 ${round(wander.medianKn)} kn, 변침 합계 ${Math.round(wander.turnedDeg)}°)`,
          en: `${ship} has wandered for ${hours} h within ${round(wander.radiusNm)} nm (median ${round(wander.medianKn)} kn, turned ${Math.round(wander.turnedDeg)}° in all)`,
        },
      })
    }

    return {
      onReport(slot, now) {
        const known = open.size > 0 ? open.get(slot) : undefined
        if (!known) return
        const miles = distanceM(known.lat, known.lon, now.lat600k / 600_000, now.lon600k / 600_000) / METRES_PER_NAUTICAL_MILE
        if (miles < radiusNm * 1.3) return
        open.delete(slot)
        desk.end([shipSubject(known.mmsi)], now.sentAtMs)
      },
      onTick(nowMs) {
        const turn = Math.floor(nowMs / MINUTE_MS) % LOOK_EVERY_MIN
        for (let slot = turn; slot < picture.highWater; slot += LOOK_EVERY_MIN) {
          const last = picture.sentAtMs[slot]!
          if (last === 0 || nowMs - last > SILENT_MS || open.has(slot) || !isVessel(picture.stationClass[slot]!)) continue
          if (nowMs - ground.coverage.firstHeardMs(slot) < hours * 60 * MINUTE_MS) continue
          if (picture.sogDeciknots[slot]! > fastKn * 20) continue
          look(slot, nowMs)
        }
      },
      onForget(slot) {
        const known = open.get(slot)
        if (known) desk.end([shipSubject(known.mmsi)], picture.sentAtMs[slot]!)
        open.delete(slot)
      },
      save: () => open,
      restore(state) {
        for (const [slot, one] of state as typeof open) open.set(slot, one)
      },
    }
  },
}

/** How she moved in the window that ends with her newest sample; undefined when she left the circle or was not followed all along. */
function wanderOf(ground: Ground, slot: Slot, hours: number, radiusNm: number): Wander | undefined {
  const lats: number[] = []
  const lons: number[] = []
  const speeds: number[] = []
  let newest = 0
  let oldest = 0
  let isWhole = false
  let isFollowed = true
  ground.past.backwards(slot, (atMs, lat600k, lon600k, sogDeciknots) => {
    newest ||= atMs
    if (oldest - atMs > MAX_GAP_MS) isFollowed = false
    if (newest - atMs >= hours * 60 * MINUTE_MS) isWhole = true
    oldest = atMs
    lats.push(lat600k / 600_000)
    // Longitudes go on beyond 180° rather than break at the date line.
    lons.push((lons[0] ?? lon600k / 600_000) + longitudeDifference(lons[0] ?? lon600k / 600_000, lon600k / 600_000))
    if (sogDeciknots !== NA_SOG) speeds.push(sogDeciknots / 10)
    // Too far from her newest place: no circle of this radius holds both.
    return !isWhole && isFollowed && distanceM(lats[0]!, lons[0]!, lats.at(-1)!, lons.at(-1)!) <= 2 * radiusNm * METRES_PER_NAUTICAL_MILE
  })
  if (!isWhole || !isFollowed || lats.length < MIN_SAMPLES || speeds.length < MIN_SAMPLES / 2) return undefined
  const lat = (Math.min(...lats) + Math.max(...lats)) / 2
  const lon = (Math.min(...lons) + Math.max(...lons)) / 2
  const radius = Math.max(...lats.map((one, n) => distanceM(lat, lon, one, lons[n]!))) / METRES_PER_NAUTICAL_MILE
  if (radius > radiusNm) return undefined
  speeds.sort((a, b) => a - b)
  return {
    hours,
    radiusNm: radius,
    medianKn: speeds[speeds.length >> 1]!,
    turnedDeg: turned(lats, lons),
    fromMs: oldest,
    lat,
    lon: longitudeDifference(0, lon),
  }
}

/** Sum of all changes of course, degrees, over legs long enough to have one. */
function turned(lats: readonly number[], lons: readonly number[]): number {
  let sum = 0
  let before = Number.NaN
  let from = 0
  for (let n = 1; n < lats.length; n++) {
    if (distanceM(lats[from]!, lons[from]!, lats[n]!, lons[n]!) < MIN_LEG_M) continue
    const course = bearingDeg(lats[from]!, lons[from]!, lats[n]!, lons[n]!)
    if (!Number.isNaN(before)) sum += angleBetweenDeg(before, course)
    before = course
    from = n
  }
  return sum
}
const round = (value: number): number => Math.round(value * 10) / 10
