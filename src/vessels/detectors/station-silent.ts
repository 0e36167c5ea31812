// station-silent: we are blind here. One alarm for the station; the silence of its ships is held back meanwhile (ground: station life).
import type { Subject } from '#rules/index.ts'
import type { Ground, VesselDetector } from './contract.ts'
import { middleHeard, sourceOf, stationOf } from './heard-by.ts'

/** A feed that brought nothing since this long after the station's last report is what is sick. */
const FEED_SLACK_MS = 2 * 60_000
/** Where we are blind: among the ships it heard in its last minutes. */
const HAD_WITHIN_MS = 10 * 60_000

export const stationSilent: VesselDetector = {
  name: 'station-silent',
  tells: { ko: '해안 기지국 수신이 끊김', en: 'a coast station is not heard' },
  settings: {},
  mergeMin: 10,
  start(ground, _settings, desk) {
    /** Silent stations and what their finding is about: the station, and its feed where that brings nothing either. */
    const open = new Map<number, readonly Subject[]>()
    const feedHeardMs = new Map<number, number>()
    const subjectsOf = (station: number, feed: number, lastSentMs: number): readonly Subject[] => {
      const own: Subject = { kind: 'station', id: ground.stationName(station) }
      const isFeedSick = (feedHeardMs.get(feed) ?? Number.POSITIVE_INFINITY) < lastSentMs + FEED_SLACK_MS
      return isFeedSick ? [own, { kind: 'feed', id: ground.feedName(feed) }] : [own]
    }
    return {
      onFeedHeard: (feed, atMs) => void feedHeardMs.set(feed, atMs),
      onFeedStopped(feed) {
        feedHeardMs.delete(feed)
        for (const [station, subjects] of open)
          if (feedOf(ground, station) === feed) desk.end(subjects, ground.stations.lastSentMs(sourceOf(station, 0)))
      },
      onTick(nowMs) {
        for (const [source, { lastSentMs, ships }] of ground.stations.silent) {
          const station = stationOf(source)
          // A whole feed is feed-silent's to tell.
          if (station === 0 || open.has(station)) continue
          const subjects = subjectsOf(station, feedOf(ground, station), lastSentMs)
          open.set(station, subjects)
          const name = ground.stationName(station)
          const minutes = Math.round((nowMs - lastSentMs) / 60_000)
          const place = middleHeard(ground.picture, ground.heardBy, source, lastSentMs - HAD_WITHIN_MS)
          desk.raise({
            subjects,
            fromMs: lastSentMs,
            raisedAtMs: nowMs,
            severity: 'high',
            numbers: { silentMin: minutes, ships },
            why: {
              ko: `기지국 ${name} 수신 중단 ${minutes}분: 직전 10분간 수신하던 선박 ${ships}척이 함께 끊김`,
              en: `station ${name} has not been heard for ${minutes} min: the ${ships} ships it had stopped together`,
            },
            ...(place ? { place } : {}),
          })
        }
        for (const [station, subjects] of open) {
          const source = sourceOf(station, 0)
          if (ground.stations.silent.has(source)) continue
          open.delete(station)
          desk.end(subjects, ground.stations.lastSentMs(source))
        }
      },
      save: () => ({ open, feedHeardMs }),
      restore(state) {
        const saved = state as { open: typeof open; feedHeardMs: typeof feedHeardMs }
        for (const [station, subjects] of saved.open) open.set(station, subjects)
        for (const [feed, atMs] of saved.feedHeardMs) feedHeardMs.set(feed, atMs)
      },
    }
  },
}

/** The feed that brought the station's newest ship; -1 when it has none. */
function feedOf({ picture }: Ground, station: number): number {
  let newest = -1
  for (let slot = 0; slot < picture.highWater; slot++)
    if (picture.station[slot] === station && (newest < 0 || picture.sentAtMs[slot]! > picture.sentAtMs[newest]!)) newest = slot
  return newest < 0 ? -1 : picture.feed[newest]!
}
