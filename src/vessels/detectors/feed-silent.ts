// feed-silent: a whole feed gives nothing for more than three times its usual gap. Usual is the second longest gap of its last half hour to hour: one outage does
// not make the next one usual, but a feed that brings everything in one burst a minute is known by its second burst.
import type { VesselDetector } from './contract.ts'

/** Gaps are kept for this stretch and the one before it. */
const STRETCH_MS = 30 * 60_000
/** What comes this soon after is the same arrival. */
const ONE_ARRIVAL_MS = 500
const MIN_ARRIVALS = 5

interface Life {
  lastMs: number
  /** When the last arrival was counted: a steady stream counts two a second. */
  countedMs: number
  stretch: number
  /** The two longest gaps of this stretch and of the one before, longest first. */
  gapsMs: [number, number]
  beforeMs: [number, number]
  arrivals: number
  isSilent: boolean
}

const added = ([longest, second]: readonly [number, number], gapMs: number): [number, number] =>
  gapMs > longest ? [gapMs, longest] : [longest, Math.max(second, gapMs)]

const usualGapMs = ({ gapsMs, beforeMs }: Life): number => added(added(gapsMs, beforeMs[0]), beforeMs[1])[1]

function arrive(life: Life, nowMs: number): void {
  const gapMs = nowMs - life.lastMs
  life.lastMs = nowMs
  if (nowMs - life.countedMs < ONE_ARRIVAL_MS) return
  life.countedMs = nowMs
  life.arrivals++
  const stretch = Math.floor(nowMs / STRETCH_MS)
  if (stretch !== life.stretch) {
    life.beforeMs = stretch === life.stretch + 1 ? life.gapsMs : [0, 0]
    life.gapsMs = [0, 0]
    life.stretch = stretch
  }
  if (gapMs > life.gapsMs[1]) life.gapsMs = added(life.gapsMs, gapMs)
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
          const stretch = Math.floor(nowMs / STRETCH_MS)
          lives.set(feed, { lastMs: nowMs, countedMs: nowMs, stretch, gapsMs: [0, 0], beforeMs: [0, 0], arrivals: 1, isSilent: false })
          return
        }
        if (life.isSilent) {
          life.isSilent = false
          desk.end(subjectsOf(feed), nowMs)
        }
        arrive(life, nowMs)
      },
      onFeedStopped(feed) {
        const life = lives.get(feed)
        if (life?.isSilent) desk.end(subjectsOf(feed), life.lastMs)
        lives.delete(feed)
      },
      onShortTick(nowMs) {
        for (const [feed, life] of lives) {
          const usualMs = usualGapMs(life)
          const limitMs = Math.max(atLeastS * 1000, gaps * usualMs)
          if (life.isSilent || life.arrivals < MIN_ARRIVALS || nowMs - life.lastMs <= limitMs) continue
          life.isSilent = true
          const name = ground.feedName(feed)
          const silentS = Math.round((nowMs - life.lastMs) / 1000)
          const usualS = Math.max(1, Math.round(usualMs / 1000))
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
