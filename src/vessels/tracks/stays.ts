// Where a ship stopped, read from her track: in ports, at anchor, at sea. For the ship card's calls, and the ground on which declared and sailed are compared
// later. And a track made thin enough to be drawn over a month.
import { distanceM } from '#base/index.ts'
import type { TrackPoint } from './archive-contract.ts'

export interface Stay {
  readonly fromMs: number
  /** Absent: she was still there at the end of the track. */
  readonly toMs?: number
  /** Middle of the points heard there. */
  readonly lat: number
  readonly lon: number
  readonly points: number
}

/** A ship at anchor swings within this of where she stopped; a drift of half a knot leaves it after an hour. */
const SWING_M = 1000
const SLOW_DECIKNOTS = 10
const LEAST_MS = 30 * 60_000
const NA_SOG = 1023
/** A silence longer than this before the end of the span: nobody can say that she is still there. */
const STILL_MS = 60 * 60_000

/** Stops of at least half an hour, oldest first. `toMs` is the end of the span the track was asked for. Points in order of sending. */
export function staysOf(points: readonly TrackPoint[], toMs: number): Stay[] {
  const stays: Stay[] = []
  for (let first = 0; first < points.length; ) {
    if (!isSlow(points[first]!)) {
      first++
      continue
    }
    const end = endOfStay(points, first)
    const stay = stayOf(points.slice(first, end), end === points.length, toMs)
    if (stay) stays.push(stay)
    first = stay ? end : first + 1
  }
  return stays
}

const isSlow = ({ sogDeciknots }: TrackPoint): boolean => sogDeciknots <= SLOW_DECIKNOTS || sogDeciknots === NA_SOG
const metresBetween = (a: TrackPoint, b: TrackPoint): number =>
  distanceM(a.lat600k / 600_000, a.lon600k / 600_000, b.lat600k / 600_000, b.lon600k / 600_000)

/** Index of the first point that is away from where she stopped. */
function endOfStay(points: readonly TrackPoint[], first: number): number {
  let end = first + 1
  while (end < points.length && metresBetween(points[first]!, points[end]!) <= SWING_M) end++
  // Getting under way is no part of it.
  while (end < points.length && end > first + 1 && !isSlow(points[end - 1]!)) end--
  return end
}

function stayOf(points: readonly TrackPoint[], isLast: boolean, toMs: number): Stay | undefined {
  const [from, to] = [points[0]!, points.at(-1)!]
  const isThere = isLast && toMs - to.sentAtMs < STILL_MS
  const lastMs = isThere ? Math.max(to.sentAtMs, toMs) : to.sentAtMs
  if (lastMs - from.sentAtMs < LEAST_MS || points.filter(isSlow).length * 2 < points.length) return undefined
  const mean = (of: (point: TrackPoint) => number): number => points.reduce((sum, point) => sum + (of(point) - of(from)), 0) / points.length
  return {
    fromMs: from.sentAtMs,
    ...(isThere ? {} : { toMs: to.sentAtMs }),
    lat: (from.lat600k + mean(point => point.lat600k)) / 600_000,
    lon: (from.lon600k + mean(point => point.lon600k)) / 600_000,
    points: points.length,
  }
}

/** At most one point in so many milliseconds; the ends of every longer silence stay, so that a gap is as long as it was. */
export function thinned(points: readonly TrackPoint[], everyMs: number): readonly TrackPoint[] {
  let lastMs = Number.NEGATIVE_INFINITY
  return points.filter((point, n) => {
    const next = points[n + 1]
    const isKept = point.sentAtMs - lastMs >= everyMs || !next || next.sentAtMs - point.sentAtMs >= everyMs
    if (isKept) lastMs = point.sentAtMs
    return isKept
  })
}
