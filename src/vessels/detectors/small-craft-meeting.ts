// small-craft-meeting: a fast small boat lies alongside a freighter that slowed for it. One of 20 m or less within 150 m of one of 50 m or more for four
// minutes, same speed within 1.5 kn, the big one at 5 kn or less and below 60 % of what she made 45 minutes before. Graver by night.

import { withParticle } from '#rules/index.ts'
import type { Slot } from '../picture/columns.ts'
import type { PositionReport } from '../report.ts'
import type { Ground, VesselDetector } from './contract.ts'
import { distanceNowM, Pairs } from './pairs.ts'
import { isHarbourCraft, isVessel, shipName, shipSubject } from './ship-kinds.ts'

const MINUTE_MS = 60_000
const NA_SOG = 1023
/** Nearer than this a pair is watched; farther than this it is over. */
const APPROACH_M = 400
const FRESH_MS = 5 * MINUTE_MS
const BEFORE_MS = 45 * MINUTE_MS
/** A past shorter than this says nothing of her passage. */
/** Apart for a moment (a wave, a scattered place) they are still together. */
const LAPSE_MS = MINUTE_MS
const MIN_BEFORE_MS = 15 * MINUTE_MS

interface Meeting {
  readonly boat: Slot
  readonly ship: Slot
  readonly boatMmsi: number
  readonly shipMmsi: number
  sinceMs: number
  lastMs: number
  nearestM: number
  isRaised: boolean
}

export const smallCraftMeeting: VesselDetector = {
  name: 'small-craft-meeting',
  tells: { ko: '감속한 화물선에 소형선이 접근', en: 'a small boat at a freighter that slowed for it' },
  settings: {
    boatM: { unit: 'm', default: 20, min: 3, max: 60, sentence: { ko: '소형선 길이 이하', en: 'boat no longer than' } },
    shipM: { unit: 'm', default: 50, min: 20, max: 400, sentence: { ko: '본선 길이 이상', en: 'ship at least' } },
    withinM: { unit: 'm', default: 150, min: 20, max: 1000, sentence: { ko: '이 거리 이내', en: 'within' } },
    minutes: { unit: 'min', default: 4, min: 1, max: 120, sentence: { ko: '이만큼 지속', en: 'for at least' } },
    speedKn: { unit: 'kn', default: 1.5, min: 0.1, max: 10, sentence: { ko: '속력 차이', en: 'same speed within' } },
    slowKn: { unit: 'kn', default: 5, min: 0.5, max: 15, sentence: { ko: '본선 속력 이하', en: 'ship at or below' } },
    share: {
      unit: '',
      default: 0.6,
      min: 0.1,
      max: 1,
      sentence: { ko: '45분 전 속력의 몫 이하', en: 'and below this share of her speed 45 min before' },
    },
    underWayKn: {
      unit: 'kn',
      default: 3,
      min: 0,
      max: 15,
      sentence: { ko: '45분 전 속력이 이 이상이던 본선만', en: 'only a ship that made at least this 45 min before' },
    },
  },
  mergeMin: 15,
  start(ground, { boatM = 20, shipM = 50, withinM = 150, minutes = 4, speedKn = 1.5, slowKn = 5, share = 0.6, underWayKn = 3 }, desk) {
    const { picture } = ground
    const meetings = new Pairs<Meeting>(picture.capacity)

    const isBoat = (slot: Slot): boolean =>
      picture.lengthM[slot]! > 0 &&
      picture.lengthM[slot]! <= boatM &&
      isVessel(picture.stationClass[slot]!) &&
      (!isHarbourCraft(picture, slot) || ground.isWatched(picture.mmsi[slot]!))
    const isShip = (slot: Slot): boolean => picture.lengthM[slot]! >= shipM && isVessel(picture.stationClass[slot]!)
    const isSlowShip = (sog: number): boolean => sog <= slowKn * 10 && sog !== NA_SOG

    const end = (meeting: Meeting): void => {
      meetings.delete(meeting.boat, meeting.ship)
      if (meeting.isRaised) desk.end([shipSubject(meeting.boatMmsi), shipSubject(meeting.shipMmsi)], meeting.lastMs)
    }

    const goOn = (meeting: Meeting, slot: Slot, now: PositionReport): void => {
      const other = slot === meeting.boat ? meeting.ship : meeting.boat
      const metres = distanceNowM(now, picture, other)
      if (metres > APPROACH_M || now.sentAtMs - picture.sentAtMs[other]! > FRESH_MS) return end(meeting)
      const [boatSog, shipSog] =
        slot === meeting.boat ? [now.sogDeciknots, picture.sogDeciknots[other]!] : [picture.sogDeciknots[other]!, now.sogDeciknots]
      const isTogether = metres <= withinM && isSlowShip(shipSog) && boatSog !== NA_SOG && Math.abs(boatSog - shipSog) <= speedKn * 10
      if (!isTogether) {
        // Still near: after a lapse the four minutes begin anew, a raised meeting goes on.
        if (!meeting.isRaised && now.sentAtMs - meeting.lastMs > LAPSE_MS) meeting.sinceMs = 0
        return
      }
      if (meeting.sinceMs === 0) meeting.sinceMs = now.sentAtMs
      meeting.lastMs = Math.max(meeting.lastMs, now.sentAtMs)
      meeting.nearestM = Math.min(meeting.nearestM, metres)
      if (meeting.isRaised || meeting.lastMs - meeting.sinceMs < minutes * MINUTE_MS) return
      const beforeKn = speedBeforeKn(ground, meeting.ship, meeting.sinceMs)
      // A ship that lay at anchor did not slow for anybody.
      if (!(beforeKn >= underWayKn && shipSog / 10 < share * beforeKn)) return
      // Where they lie now decides: the ship may have gone on into her anchorage.
      if (ground.isStoppingUsual(now.lat600k / 600_000, now.lon600k / 600_000)) return
      meeting.isRaised = true
      raise(ground, meeting, now, shipSog / 10, beforeKn, desk)
    }

    const meet = (boat: Slot, ship: Slot, now: PositionReport): void => {
      if (meetings.get(boat, ship) || !isSlowShip(picture.sogDeciknots[ship]!)) return
      const [boatMmsi, shipMmsi] = [picture.mmsi[boat]!, picture.mmsi[ship]!]
      if (ground.hasPermit(boatMmsi, shipMmsi, now.sentAtMs)) return
      meetings.set(boat, ship, {
        boat,
        ship,
        boatMmsi,
        shipMmsi,
        sinceMs: 0,
        lastMs: now.sentAtMs,
        nearestM: Number.POSITIVE_INFINITY,
        isRaised: false,
      })
    }

    return {
      onReport(slot, now) {
        const boat = isBoat(slot)
        const ship = !boat && isShip(slot) && isSlowShip(now.sogDeciknots)
        if ((boat || ship) && !ground.isStoppingUsual(now.lat600k / 600_000, now.lon600k / 600_000)) {
          picture.forEachNear(now.lat600k / 600_000, now.lon600k / 600_000, APPROACH_M, other => {
            if (other === slot || now.sentAtMs - picture.sentAtMs[other]! > FRESH_MS) return
            if (boat && isShip(other)) meet(slot, other, now)
            else if (ship && isBoat(other)) meet(other, slot, now)
          })
        }
        for (const other of meetings.hasPartners(slot) ? meetings.partners(slot) : []) {
          const meeting = meetings.get(slot, other)
          if (meeting) goOn(meeting, slot, now)
        }
      },
      onTick(nowMs) {
        for (const [, , meeting] of [...meetings.all()])
          if (nowMs - Math.max(picture.sentAtMs[meeting.boat]!, picture.sentAtMs[meeting.ship]!) > 2 * FRESH_MS) end(meeting)
      },
      onForget(slot) {
        for (const other of meetings.partners(slot)) {
          const meeting = meetings.get(slot, other)
          if (meeting) end(meeting)
        }
      },
      save: out => meetings.save(out),
      restore: (state, from) => meetings.restore(state, from),
    }
  },
}

/** What the ship made 45 minutes before the meeting, or at the far end of a shorter past; NaN when she was not followed. */
function speedBeforeKn(ground: Ground, ship: Slot, sinceMs: number): number {
  let speed = Number.NaN
  ground.past.backwards(ship, (atMs, _lat, _lon, sogDeciknots) => {
    if (sinceMs - atMs >= MIN_BEFORE_MS && sogDeciknots !== NA_SOG) speed = sogDeciknots / 10
    return sinceMs - atMs < BEFORE_MS
  })
  return speed
}

function raise(
  ground: Ground,
  meeting: Meeting,
  now: PositionReport,
  shipKn: number,
  beforeKn: number,
  desk: Parameters<VesselDetector['start']>[2],
): void {
  const place = { lat: now.lat600k / 600_000, lon: now.lon600k / 600_000 }
  const isNight = ground.isNight(place.lat, place.lon, now.sentAtMs)
  const minutes = Math.round((meeting.lastMs - meeting.sinceMs) / MINUTE_MS)
  const boat = shipName(ground.picture, meeting.boat)
  const ship = shipName(ground.picture, meeting.ship)
  desk.raise({
    subjects: [shipSubject(meeting.boatMmsi), shipSubject(meeting.shipMmsi)],
    fromMs: meeting.sinceMs,
    raisedAtMs: now.receivedAtMs,
    decidedByMs: now.sentAtMs,
    place,
    severity: isNight ? 'critical' : 'high',
    numbers: { distanceM: Math.round(meeting.nearestM), durationMin: minutes, sogKn: shipKn, sogBeforeKn: beforeKn },
    evidence: [now.mark, ground.picture.mark[meeting.boat]!, ground.picture.mark[meeting.ship]!],
    why: {
      ko: `${isNight ? '야간에 ' : ''}소형선 ${withParticle(boat, '이')} ${ship}에 ${minutes}분간 ${Math.round(meeting.nearestM)} m까지 접근, 본선 ${beforeKn.toFixed(1)} → ${shipKn.toFixed(1)} kn 감속`,
      en: `${isNight ? 'by night ' : ''}small craft ${boat} at ${ship} for ${minutes} min, ${Math.round(meeting.nearestM)} m at the nearest; the ship slowed from ${beforeKn.toFixed(1)} to ${shipKn.toFixed(1)} kn`,
    },
  })
}
