// feed-silent: a whole feed gives nothing for more than three times its usual gap, and longer than chance makes of its arrivals. A satellite's feed may bring
// everything once a pass: until half a day has shown its rhythm it is given hours.
import type { VesselDetector } from './contract.ts'
import { arrive, firstArrival, type Gaps, rareGapMs, usualGapMs } from './usual-gap.ts'

const HOUR_MS = 3_600_000
/** Gaps are kept for this stretch and the one before it. */
const STRETCH_MS = HOUR_MS / 2
const STRETCH_SATELLITE_MS = 12 * HOUR_MS
const MIN_ARRIVALS = 5
const PASS_MS = 4 * HOUR_MS
/** A feed that lately brought reports as late as this brings a satellite's among others: it may trickle when the rest has stopped. */
const OLD_MS = 4 * 60_000
const MIXED_MS = 10 * 60_000
/** In its first minutes a feed is not known: many begin with a burst. Less than the minute after which a silent connection is made anew. */
const NEW_MS = 5 * 60_000
const NEW_LIMIT_MS = 40_000
const MIXED_LATELY_MS = 2 * HOUR_MS

interface Life {
  readonly gaps: Gaps
  readonly sinceMs: number
  isSatellite: boolean
  latenessMs: number
  /** When it last brought an old report. */
  oldAtMs: number
  isSilent: boolean
}

export const feedSilent: VesselDetector = {
  name: 'feed-silent',
  tells: { ko: '피드 전체가 들어오지 않음', en: 'a whole feed gives nothing' },
  settings: {
    gaps: { unit: '', default: 3, min: 1, max: 100, sentence: { ko: '평소 간격의 몇 배면 두절', en: 'silent after this many usual gaps' } },
    atLeastS: { unit: 's', default: 30, min: 5, max: 86_400, sentence: { ko: '적어도 이만큼', en: 'and at least' } },
  },
  mergeMin: 5,
  start(ground, { gaps: times = 3, atLeastS = 30 }, desk) {
    const lives = new Map<number, Life>()
    const subjectsOf = (feed: number) => [{ kind: 'feed' as const, id: ground.feedName(feed) }]
    const stretchMs = (life: Life): number => (life.isSatellite ? STRETCH_SATELLITE_MS : STRETCH_MS)
    const limitMs = (life: Life): number => {
      const isNewSatellite = life.isSatellite && life.gaps.lastMs - life.sinceMs < STRETCH_SATELLITE_MS
      // Where some come two minutes late, the last of them trickle in.
      const isMixed = life.gaps.lastMs - life.oldAtMs < MIXED_LATELY_MS
      const isNew = life.gaps.lastMs - life.sinceMs < NEW_MS
      return Math.max(
        atLeastS * 1000 + life.latenessMs,
        isMixed ? MIXED_MS : isNew ? NEW_LIMIT_MS : 0,
        times * usualGapMs(life.gaps),
        rareGapMs(life.gaps),
        isNewSatellite ? PASS_MS : 0,
      )
    }

    const raise = (feed: number, { gaps }: Life, nowMs: number): void => {
      const name = ground.feedName(feed)
      const silentS = Math.round((nowMs - gaps.lastMs) / 1000)
      const usualS = Math.max(1, Math.round(usualGapMs(gaps) / 1000))
      desk.raise({
        subjects: subjectsOf(feed),
        fromMs: gaps.lastMs,
        raisedAtMs: nowMs,
        severity: 'high',
        numbers: { silentS, usualGapS: usualS },
        why: {
          ko: `피드 ${name} 수신 없음 ${silentS}초 (평소 간격 ${usualS}초 이내)`,
          en: `feed ${name} has been silent for ${silentS} s (usual gap ${usualS} s at most)`,
        },
      })
    }

    return {
      onFeedHeard(feed, nowMs, isSatellite, latenessMs) {
        const life = lives.get(feed)
        if (!life) {
          const gaps = firstArrival(nowMs, isSatellite ? STRETCH_SATELLITE_MS : STRETCH_MS)
          lives.set(feed, { gaps, sinceMs: nowMs, isSatellite, latenessMs, oldAtMs: Number.NEGATIVE_INFINITY, isSilent: false })
          return
        }
        if (life.isSilent) {
          life.isSilent = false
          desk.end(subjectsOf(feed), nowMs)
        }
        life.isSatellite &&= isSatellite
        life.latenessMs = latenessMs
        if (latenessMs > OLD_MS) life.oldAtMs = nowMs
        arrive(life.gaps, nowMs, stretchMs(life))
      },
      onFeedStopped(feed) {
        const life = lives.get(feed)
        if (life?.isSilent) desk.end(subjectsOf(feed), life.gaps.lastMs)
        lives.delete(feed)
      },
      onShortTick(nowMs) {
        for (const [feed, life] of lives) {
          if (life.isSilent || life.gaps.arrivals < MIN_ARRIVALS || nowMs - life.gaps.lastMs <= limitMs(life)) continue
          life.isSilent = true
          raise(feed, life, nowMs)
        }
      },
      save: () => lives,
      restore(state) {
        for (const [feed, life] of state as Map<number, Life>) lives.set(feed, life)
      },
    }
  },
}
