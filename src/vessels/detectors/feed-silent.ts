// feed-silent: a whole feed gives nothing for more than three times its usual gap (a minute at least counts as silence only after half of one).
import type { VesselDetector } from './contract.ts'

/** The longest usual gap fades by this share with each arrival. */
const FADE = 0.98
const MIN_ARRIVALS = 10

interface Life {
  lastMs: number
  longestGapMs: number
  arrivals: number
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
  start(ground, { gaps = 3, atLeastS = 30 }, desk) {
    const lives = new Map<number, Life>()
    const subjectsOf = (feed: number) => [{ kind: 'feed' as const, id: ground.feedName(feed) }]
    return {
      onFeedHeard(feed, nowMs) {
        const life = lives.get(feed)
        if (!life) {
          lives.set(feed, { lastMs: nowMs, longestGapMs: 0, arrivals: 1, isSilent: false })
          return
        }
        if (life.isSilent) {
          life.isSilent = false
          desk.end(subjectsOf(feed), nowMs)
        } else life.longestGapMs = Math.max(nowMs - life.lastMs, life.longestGapMs * FADE)
        life.lastMs = nowMs
        life.arrivals++
      },
      onFeedStopped(feed) {
        if (lives.get(feed)?.isSilent) desk.end(subjectsOf(feed), lives.get(feed)?.lastMs ?? 0)
        lives.delete(feed)
      },
      onTick(nowMs) {
        for (const [feed, life] of lives) {
          const limitMs = Math.max(atLeastS * 1000, gaps * life.longestGapMs)
          if (life.isSilent || life.arrivals < MIN_ARRIVALS || nowMs - life.lastMs <= limitMs) continue
          life.isSilent = true
          const name = ground.feedName(feed)
          const silentS = Math.round((nowMs - life.lastMs) / 1000)
          const usualS = Math.max(1, Math.round(life.longestGapMs / 1000))
          desk.raise({
            subjects: subjectsOf(feed),
            fromMs: life.lastMs,
            raisedAtMs: nowMs,
            severity: 'high',
            numbers: { silentS, usualGapS: usualS },
            why: {
              ko: `피드 ${name} 수신 없음 ${silentS}초 (평소 간격 ${usualS}초 이내)`,
              en: `feed ${name} silent for ${silentS} s (usual gap ${usualS} s at most)`,
            },
          })
        }
      },
      save: () => lives,
      restore(state) {
        for (const [feed, life] of state as Map<number, Life>) lives.set(feed, life)
      },
    }
  },
}
