// A ship's track made ready to be drawn: legs, gaps with time and distance, five-minute dots thinned on the screen.
import { distanceM } from '#base/index.ts'
import type { Collection } from '../map/chart.ts'
import type { TrackPoint } from './model.ts'

export interface Gap {
  readonly fromMs: number
  readonly toMs: number
  readonly from: TrackPoint
  readonly to: TrackPoint
  readonly distanceM: number
}

/** Silence longer than this is a gap: coast AIS is stale after 3 min, sleeping class B sends every 3 min (ITU-R M.1371-5 table 1). */
export const GAP_MS = 10 * 60_000
const DOT_MS = 5 * 60_000

/** A ship that lay still before and after was asleep, not silent: 0.5 NM of way at least, or half an hour. */
const LEAST_GAP_M = 300
const LONG_GAP_MS = 30 * 60_000

export function gapsOf(points: readonly TrackPoint[]): Gap[] {
  return points.slice(1).flatMap((to, i) => {
    const from = points[i]
    if (!from || to.atMs - from.atMs < GAP_MS) return []
    const metres = distanceM(from.lat, from.lon, to.lat, to.lon)
    return metres < LEAST_GAP_M && to.atMs - from.atMs < LONG_GAP_MS
      ? []
      : [{ fromMs: from.atMs, toMs: to.atMs, from, to, distanceM: metres }]
  })
}

/** The silence that lasts: from the last report until now, when that is a gap already. */
export function silenceOf(points: readonly TrackPoint[], nowMs: number): { readonly fromMs: number; readonly toMs: number } | undefined {
  const last = points.at(-1)
  return last && nowMs - last.atMs >= GAP_MS ? { fromMs: last.atMs, toMs: nowMs } : undefined
}

/** Track lines, gap lines and dots as GeoJSON; `step` of a dot: 1 = every five minutes, 6 = half hours, 24 = two hours (thinned by zoom). */
export function trackFeatures(points: readonly TrackPoint[], gaps: readonly Gap[], isOther: boolean): Collection['features'] {
  const cuts = new Set(gaps.map(gap => gap.toMs))
  const lines: number[][][] = []
  let line: number[][] = []
  for (const point of points) {
    if (cuts.has(point.atMs)) {
      if (line.length > 1) lines.push(line)
      line = []
    }
    line.push([point.lon, point.lat])
  }
  if (line.length > 1) lines.push(line)
  return [
    ...lines.map(coordinates => ({
      type: 'Feature' as const,
      properties: { part: 'sailed', other: isOther },
      geometry: { type: 'LineString' as const, coordinates },
    })),
    ...gaps.map(gap => ({
      type: 'Feature' as const,
      properties: { part: 'gap' },
      geometry: {
        type: 'LineString' as const,
        coordinates: [
          [gap.from.lon, gap.from.lat],
          [gap.to.lon, gap.to.lat],
        ],
      },
    })),
    ...(isOther ? [] : dotsOf(points)),
  ]
}

function dotsOf(points: readonly TrackPoint[]): Collection['features'] {
  const dots: Collection['features'] = []
  let last = Number.NaN
  for (const point of points) {
    const slot = Math.floor(point.atMs / DOT_MS)
    if (slot === last) continue
    last = slot
    dots.push({
      type: 'Feature',
      properties: { part: 'dot', step: slot % 24 === 0 ? 24 : slot % 6 === 0 ? 6 : 1 },
      geometry: { type: 'Point', coordinates: [point.lon, point.lat] },
    })
  }
  return dots
}

/** How fast and how far: for the head of the speed chart. */
export function figuresOf(
  points: readonly TrackPoint[],
  gaps: readonly Gap[],
): { readonly sailedM: number; readonly topKn: number; readonly silentMs: number } {
  let sailedM = 0
  let topKn = 0
  for (let i = 1; i < points.length; i++) {
    const [from, to] = [points[i - 1], points[i]]
    if (!from || !to) continue
    sailedM += distanceM(from.lat, from.lon, to.lat, to.lon)
    if (to.sogKn > topKn) topKn = to.sogKn
  }
  return { sailedM, topKn, silentMs: gaps.reduce((sum, gap) => sum + gap.toMs - gap.fromMs, 0) }
}
