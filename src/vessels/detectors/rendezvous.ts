// rendezvous (case 2 of the original): two ships lie together at sea. Within 500 m, both at 2 kn or less, for half an hour; confirmed after two. Over at more
// than 700 m or 3 kn. Not where stopping is usual, not two fishing boats, not tugs, pilots and their like, unless one is watched.
import type { AreaKind } from '#places/index.ts'
import { withParticle } from '#rules/index.ts'
import type { PictureColumns, Slot } from '../picture/columns.ts'
import { NETWORK, type PositionReport } from '../report.ts'
import type { Ground, VesselDetector } from './contract.ts'
import { distanceNowM, Pairs } from './pairs.ts'
import { isFishing, isHarbourCraft, isUnknownSmall, isVessel, shipName, shipSubject } from './ship-kinds.ts'

const MINUTE_MS = 60_000
const NA_SOG = 1023
/** A partner not heard for longer than this and three of her intervals is not known to be there. */
const FRESH_MS = 15 * MINUTE_MS
/** Heard by satellite she is known from pass to pass. */
const FRESH_SATELLITE_MS = 180 * MINUTE_MS
/** A meeting that was told is not over because nobody hears them: a station may be out. */
const HELD_MS = 60 * MINUTE_MS
const MOORED = 5
/** Made fast this near the coast is a berth that nobody has drawn. */
const BERTH_NM = 1
const CONFIRMED_MS = 120 * MINUTE_MS
const GUARDED: ReadonlySet<AreaKind> = new Set(['designated', 'forbidden'])

interface Meeting {
  readonly mmsiA: number
  readonly mmsiB: number
  sinceMs: number
  lastMs: number
  nearestM: number
  isRaised: boolean
  isConfirmed: boolean
}

export const rendezvous: VesselDetector = {
  name: 'rendezvous',
  tells: { ko: '두 선박이 해상에서 접현', en: 'two ships lie together at sea' },
  settings: {
    withinM: { unit: 'm', default: 500, min: 50, max: 5000, sentence: { ko: '이 거리 이내', en: 'within' } },
    slowKn: { unit: 'kn', default: 2, min: 0.1, max: 10, sentence: { ko: '둘 다 이 속력 이하', en: 'both at or below' } },
    minutes: { unit: 'min', default: 30, min: 5, max: 600, sentence: { ko: '이만큼 지속하면 경보', en: 'alarm after' } },
    apartM: { unit: 'm', default: 700, min: 50, max: 10_000, sentence: { ko: '이보다 멀어지면 종료', en: 'over beyond' } },
    awayKn: { unit: 'kn', default: 3, min: 0.1, max: 20, sentence: { ko: '이보다 빨라지면 종료', en: 'over when faster than' } },
  },
  mergeMin: 30,
  start(ground, { withinM = 500, slowKn = 2, minutes = 30, apartM = 700, awayKn = 3 }, desk) {
    const { picture } = ground
    const meetings = new Pairs<Meeting>(picture.capacity)

    const isCandidate = (slot: Slot, mmsi: number, stationClass: number, sog: number): boolean =>
      isVessel(stationClass) && sog <= slowKn * 10 && sog !== NA_SOG && (!isHarbourCraft(picture, slot) || ground.isWatched(mmsi))

    const isCalm = (slot: Slot): boolean => {
      const lat = picture.lat600k[slot]! / 600_000
      const lon = picture.lon600k[slot]! / 600_000
      return ground.isStoppingUsual(lat, lon) || (picture.navigationStatus[slot] === MOORED && ground.milesOffshore(lat, lon) < BERTH_NM)
    }

    const freshMs = (slot: Slot): number =>
      Math.max(picture.network[slot] === NETWORK.SATELLITE ? FRESH_SATELLITE_MS : FRESH_MS, 3 * ground.coverage.expectedIntervalMs(slot))
    const isKnown = (slot: Slot, atMs: number, heldMs = 0): boolean => atMs - picture.sentAtMs[slot]! <= freshMs(slot) + heldMs
    const isStillKnown = (slot: Slot, atMs: number, meeting: Meeting): boolean => isKnown(slot, atMs, meeting.isRaised ? HELD_MS : 0)

    const end = (a: Slot, b: Slot, meeting: Meeting): void => {
      meetings.delete(a, b)
      if (meeting.isRaised) desk.end([shipSubject(meeting.mmsiA), shipSubject(meeting.mmsiB)], meeting.lastMs)
    }

    const goOn = (slot: Slot, other: Slot, meeting: Meeting, now: PositionReport): void => {
      const isFast = (sog: number): boolean => sog !== NA_SOG && sog > awayKn * 10
      const metres = distanceNowM(now, picture, other)
      if (
        metres > apartM ||
        isFast(now.sogDeciknots) ||
        isFast(picture.sogDeciknots[other]!) ||
        !isStillKnown(other, now.sentAtMs, meeting)
      )
        return end(slot, other, meeting)
      const isSlow = now.sogDeciknots <= slowKn * 10 && picture.sogDeciknots[other]! <= slowKn * 10
      if (metres > withinM || !isSlow) return
      meeting.lastMs = Math.max(meeting.lastMs, Math.min(now.sentAtMs, picture.sentAtMs[other]! + freshMs(other)))
      meeting.nearestM = Math.min(meeting.nearestM, metres)
      const lastedMs = meeting.lastMs - meeting.sinceMs
      // Both must have been heard since they came together: where the other was before says little of where she is.
      if (!meeting.isRaised && lastedMs >= minutes * MINUTE_MS && picture.sentAtMs[other]! >= meeting.sinceMs) {
        // Where they lie now decides: they may have drifted into an anchorage since.
        if (isCalm(slot) || isCalm(other)) return
        meeting.isRaised = true
        raise(ground, slot, other, meeting, now, desk)
      } else if (meeting.isRaised && !meeting.isConfirmed && lastedMs >= CONFIRMED_MS) {
        meeting.isConfirmed = true
        desk.update([shipSubject(meeting.mmsiA), shipSubject(meeting.mmsiB)], {
          numbers: numbersOf(meeting),
          why: whyOf(ground, slot, other, meeting),
        })
      }
    }

    return {
      onReport(slot, now) {
        for (const other of meetings.hasPartners(slot) ? meetings.partners(slot) : []) {
          const meeting = meetings.get(slot, other)
          if (meeting) goOn(slot, other, meeting, now)
        }
        if (!isCandidate(slot, now.mmsi, now.stationClass, now.sogDeciknots) || isCalm(slot)) return
        picture.forEachNear(now.lat600k / 600_000, now.lon600k / 600_000, apartM, other => {
          if (other === slot || meetings.get(slot, other) || !isKnown(other, now.sentAtMs)) return
          if (!isCandidate(other, picture.mmsi[other]!, picture.stationClass[other]!, picture.sogDeciknots[other]!) || isCalm(other)) return
          if (areFishing(picture, slot, other) && !ground.isWatched(now.mmsi) && !ground.isWatched(picture.mmsi[other]!)) return
          if (
            ground.hasPermit(now.mmsi, picture.mmsi[other]!, now.sentAtMs) ||
            ground.hasPermit(picture.mmsi[other]!, now.mmsi, now.sentAtMs)
          )
            return
          const metres = distanceNowM(now, picture, other)
          if (metres > withinM) return
          // The lower number first, so that the sentence does not depend on who was heard last.
          meetings.set(slot, other, {
            mmsiA: Math.min(now.mmsi, picture.mmsi[other]!),
            mmsiB: Math.max(now.mmsi, picture.mmsi[other]!),
            sinceMs: now.sentAtMs,
            lastMs: now.sentAtMs,
            nearestM: metres,
            isRaised: false,
            isConfirmed: false,
          })
        })
      },
      onTick(nowMs) {
        for (const [a, b, meeting] of [...meetings.all()])
          if (!isStillKnown(a, nowMs, meeting) || !isStillKnown(b, nowMs, meeting)) end(a, b, meeting)
      },
      onForget(slot) {
        for (const other of meetings.partners(slot)) {
          const meeting = meetings.get(slot, other)
          if (meeting) end(slot, other, meeting)
        }
      },
      save: out => meetings.save(out),
      restore: (state, from) => meetings.restore(state, from),
    }
  },
}

/** Fishing boats raft up and trawl in pairs; a small craft that does not say what she is, beside one, is taken for another. */
const areFishing = (picture: PictureColumns, a: Slot, b: Slot): boolean =>
  (isFishing(picture, a) && (isFishing(picture, b) || isUnknownSmall(picture, b))) || (isFishing(picture, b) && isUnknownSmall(picture, a))

const numbersOf = (meeting: Meeting): Record<string, number> => ({
  distanceM: Math.round(meeting.nearestM),
  durationMin: Math.round((meeting.lastMs - meeting.sinceMs) / MINUTE_MS),
})

function whyOf(ground: Ground, slot: Slot, other: Slot, meeting: Meeting) {
  const [a, b] =
    meeting.mmsiA === ground.picture.mmsi[slot]
      ? [shipName(ground.picture, slot), shipName(ground.picture, other)]
      : [shipName(ground.picture, other), shipName(ground.picture, slot)]
  const { distanceM, durationMin } = numbersOf(meeting)
  return {
    ko: `${withParticle(a, '과')} ${withParticle(b, '이')} ${durationMin}분간 ${distanceM} m 이내 접현${meeting.isConfirmed ? ' (2시간 이상 지속, 접현 확인)' : ''}`,
    en: `${a} and ${b} have lain within ${distanceM} m for ${durationMin} min${meeting.isConfirmed ? ' (over two hours: confirmed)' : ''}`,
  }
}

function raise(
  ground: Ground,
  slot: Slot,
  other: Slot,
  meeting: Meeting,
  now: PositionReport,
  desk: Parameters<VesselDetector['start']>[2],
): void {
  const place = { lat: now.lat600k / 600_000, lon: now.lon600k / 600_000 }
  desk.raise({
    subjects: [shipSubject(meeting.mmsiA), shipSubject(meeting.mmsiB)],
    fromMs: meeting.sinceMs,
    raisedAtMs: now.receivedAtMs,
    decidedByMs: now.sentAtMs,
    place,
    severity: ground.areas.isIn(GUARDED, place.lat, place.lon) ? 'critical' : 'high',
    numbers: numbersOf(meeting),
    evidence: [now.mark, ground.picture.mark[other]!],
    why: whyOf(ground, slot, other, meeting),
  })
}
