// A corridor from journeys that were driven: the middle way of their tracks. The track that lies nearest to all others gives the order of the road; every place of it is moved
// to the middle of what the others drove beside it, so that one detour or a jump of the fix moves nothing. Pure; a few milliseconds for eight tracks of a day.
import { distanceM, metresPerDegree } from '#base/index.ts'
import type { Corridor } from './schema.ts'

type Point = readonly [number, number]
/** [lon, lat] in order of time. */
export type Track = readonly Point[]

export interface DrivenWay extends Corridor {
  /** How many tracks it was made of. */
  readonly tracks: number
}

/** Beside each other on one road; farther apart is another road. */
const BESIDE_M = 3000
const STEP_M = 500
const MOST_POINTS = 1200
/** A hole longer than this hides which road was taken. */
const MOST_HOLE_M = 20_000
const STRAIGHT_WITHIN_M = 40
const MOST_TRACKS = 8
const AT_PLACE_M = 20
const LOOKED_AT = 60
const WIDTH_STEP_M = 250
const LEAST_WIDTH_M = 500
const MOST_WIDTH_M = 5000
/** What a fix of a seal on a good road may be off. */
const FIX_M = 150

/** The middle way from one place to another; undefined where no track tells it. */
export function wayOfTracks(tracks: readonly Track[], from: Point, to: Point): DrivenWay | undefined {
  const usable = tracks
    .filter(track => track.length >= 2 && longestHoleM(track) <= MOST_HOLE_M)
    .slice(0, MOST_TRACKS)
    .map(evenly)
  if (usable.length === 0) return undefined
  const order = mostCentral(usable)
  const middle = order.map(at => middleOf(at, usable))
  const line = simplified(withEnds(middle, from, to), STRAIGHT_WITHIN_M)
  if (line.length < 2) return undefined
  const off = usable
    .flatMap(track => track.map(at => nearestOn(line, at).offM))
    .filter(offM => offM <= BESIDE_M)
    .sort((a, b) => a - b)
  const usualM = (off[Math.floor(off.length * 0.95)] ?? 0) + FIX_M
  return {
    line,
    halfWidthM: Math.min(MOST_WIDTH_M, Math.max(LEAST_WIDTH_M, Math.ceil(usualM / WIDTH_STEP_M) * WIDTH_STEP_M)),
    tracks: usable.length,
  }
}

const between = (a: Point, b: Point): number => distanceM(a[1], a[0], b[1], b[0])
const longestHoleM = (track: Track): number => track.reduce((most, at, n) => Math.max(most, n === 0 ? 0 : between(track[n - 1]!, at)), 0)

/** The same way with a point every half kilometre, or fewer where it is long. */
function evenly(track: Track): Track {
  let lengthM = 0
  for (let n = 1; n < track.length; n++) lengthM += between(track[n - 1]!, track[n]!)
  const stepM = Math.max(STEP_M, lengthM / MOST_POINTS)
  const points: Point[] = [track[0]!]
  let leftM = stepM
  for (let n = 1; n < track.length; n++) {
    const [from, to] = [track[n - 1]!, track[n]!]
    const pieceM = between(from, to)
    for (let atM = leftM; atM < pieceM; atM += stepM) {
      const share = atM / pieceM
      points.push([from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share])
    }
    leftM = pieceM < leftM ? leftM - pieceM : stepM - ((pieceM - leftM) % stepM)
  }
  points.push(track.at(-1)!)
  return points
}

/** Nearest place of a line: where, and how far. */
function nearestOn(line: Track, [lon, lat]: Point): { readonly at: Point; readonly offM: number } {
  const { north, east } = metresPerDegree(lat)
  let best = Number.POSITIVE_INFINITY
  let at: Point = line[0]!
  for (let n = 0; n + 1 < line.length; n++) {
    const [lon1, lat1] = line[n]!
    const [lon2, lat2] = line[n + 1]!
    const [dx, dy] = [(lon2 - lon1) * east, (lat2 - lat1) * north]
    const [px, py] = [(lon - lon1) * east, (lat - lat1) * north]
    const long = dx * dx + dy * dy
    const share = long === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / long))
    const off = (px - share * dx) ** 2 + (py - share * dy) ** 2
    if (off < best) {
      best = off
      at = [lon1 + (lon2 - lon1) * share, lat1 + (lat2 - lat1) * share]
    }
  }
  return { at, offM: Math.sqrt(best) }
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0

/** The track from whose places the others are least far, for most of its length. */
function mostCentral(tracks: readonly Track[]): Track {
  const farM = (track: Track): number => {
    const some = track.filter((_, n) => n % Math.ceil(track.length / LOOKED_AT) === 0)
    return median(
      tracks.filter(other => other !== track).map(other => some.reduce((sum, at) => sum + nearestOn(other, at).offM, 0) / some.length),
    )
  }
  if (tracks.length < 3) return tracks[0]!
  return tracks.map(track => ({ track, far: farM(track) })).sort((a, b) => a.far - b.far)[0]!.track
}

function middleOf(at: Point, tracks: readonly Track[]): Point {
  const beside = tracks.map(track => nearestOn(track, at)).filter(({ offM }) => offM <= BESIDE_M)
  return [median(beside.map(one => one.at[0])), median(beside.map(one => one.at[1]))]
}

/** Begins and ends at the places of the plan; what of the tracks lies before and behind them (yards, waiting rows) goes. */
function withEnds(line: Track, from: Point, to: Point): Track {
  const nearest = (place: Point): number => line.reduce((best, at, n) => (between(at, place) < between(line[best]!, place) ? n : best), 0)
  const [first, last] = [nearest(from), nearest(to)]
  const inner = (first < last ? line.slice(first, last + 1) : line).filter(
    at => between(at, from) > AT_PLACE_M && between(at, to) > AT_PLACE_M,
  )
  return [from, ...inner, to]
}

/** Ramer–Douglas–Peucker: without the places that lie within so many metres of the line through the others. */
function simplified(line: Track, withinM: number): Track {
  const kept = new Set([0, line.length - 1])
  const spans: [number, number][] = [[0, line.length - 1]]
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span
    let [farthest, mostM] = [-1, withinM]
    for (let n = from + 1; n < to; n++) {
      const { offM } = nearestOn([line[from]!, line[to]!], line[n]!)
      if (offM > mostM) [farthest, mostM] = [n, offM]
    }
    if (farthest < 0) continue
    kept.add(farthest)
    spans.push([from, farthest], [farthest, to])
  }
  return line.filter((_, n) => kept.has(n))
}
