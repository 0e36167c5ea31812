// The usual gap between arrivals of a feed or a station: the second longest of this stretch of time and the one before. One outage does not make the next one
// usual, but whoever brings everything in one burst a minute is known by the second burst (docs/decisions/0041). Plain data, for the snapshot.

/** What comes this soon after is the same arrival. */
const ONE_ARRIVAL_MS = 500
/** Arrivals at random times with this mean gap: once in some hundred thousand a gap is this many times longer. */
const RARE_MEANS = 12
/** A thin feed, whose few ships may fall together, is given thirty means, up to less than the minute after which a silent connection is made anew. */
const THIN_MEANS = 30
const THIN_MS = 50_000
/** The mean forgets: counts are halved here. */
const HALVED_AT = 300

export interface Gaps {
  lastMs: number
  /** When the last arrival was counted: a steady stream counts two a second. */
  countedMs: number
  stretch: number
  /** The two longest gaps of this stretch and of the one before, longest first. */
  longestMs: [number, number]
  beforeMs: [number, number]
  /** Arrivals in `spanMs`, both halved now and then; and all of them. */
  recent: number
  spanMs: number
  arrivals: number
}

export const firstArrival = (nowMs: number, stretchMs: number): Gaps => ({
  lastMs: nowMs,
  countedMs: nowMs,
  stretch: Math.floor(nowMs / stretchMs),
  longestMs: [0, 0],
  beforeMs: [0, 0],
  recent: 1,
  spanMs: 0,
  arrivals: 1,
})

export function arrive(gaps: Gaps, nowMs: number, stretchMs: number): void {
  const gapMs = nowMs - gaps.lastMs
  if (gapMs < 0) return
  gaps.lastMs = nowMs
  if (nowMs - gaps.countedMs < ONE_ARRIVAL_MS) return
  gaps.spanMs += nowMs - gaps.countedMs
  gaps.countedMs = nowMs
  gaps.arrivals++
  if (++gaps.recent >= HALVED_AT) {
    gaps.recent /= 2
    gaps.spanMs /= 2
  }
  const stretch = Math.floor(nowMs / stretchMs)
  if (stretch !== gaps.stretch) {
    gaps.beforeMs = stretch === gaps.stretch + 1 ? gaps.longestMs : [0, 0]
    gaps.longestMs = [0, 0]
    gaps.stretch = stretch
  }
  if (gapMs > gaps.longestMs[1]) gaps.longestMs = added(gaps.longestMs, gapMs)
}

export const usualGapMs = ({ longestMs, beforeMs }: Gaps): number => added(added(longestMs, beforeMs[0]), beforeMs[1])[1]
/** A gap that chance alone hardly makes, as far as the mean of its arrivals tells. */
export function rareGapMs({ recent, spanMs }: Gaps): number {
  const meanMs = spanMs / Math.max(1, recent - 1)
  return Math.max(meanMs * RARE_MEANS, Math.min(meanMs * THIN_MEANS, THIN_MS))
}

const added = ([longest, second]: readonly [number, number], gapMs: number): [number, number] =>
  gapMs > longest ? [gapMs, longest] : [longest, Math.max(second, gapMs)]
