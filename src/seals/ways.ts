// Ways known between two places, best first: the middle of what earlier journeys drove, the corridors that were planned, and the straight line.
import { distanceM } from '#base/index.ts'
import { type DrivenWay, type Track, wayOfTracks } from './known-way.ts'
import type { Corridor, JourneyPlan, JourneyStanding, PlanPlace } from './schema.ts'

export interface Way extends Corridor {
  readonly kind: 'driven' | 'planned' | 'straight'
  /** Journeys it is of, newest first. */
  readonly journeys: readonly string[]
}

interface Place {
  readonly lat: number
  readonly lon: number
}
export interface WaysOptions {
  readonly from: Place
  readonly to: Place
  /** Those that may be known, newest first. */
  readonly journeys: Iterable<{ readonly plan: JourneyPlan; readonly standing: JourneyStanding }>
  track(journey: string): Track
}

/** A terminal and its neighbour are one place for the road between them. */
const SAME_PLACE_M = 3000
const MOST_TRACKS = 8
const MOST_PLANS = 3
const STRAIGHT_HALF_WIDTH_M = 5000

export function waysBetween({ from, to, journeys, track }: WaysOptions): readonly Way[] {
  const isNear = (a: Place, b: Place): boolean => distanceM(a.lat, a.lon, b.lat, b.lon) <= SAME_PLACE_M
  const ids: string[] = []
  const tracks: Track[] = []
  const planned = new Map<string, Way>()
  for (const { plan, standing } of journeys) {
    if (!isNear(plan.origin, from) || !isNear(plan.destination, to)) continue
    if (standing.arrivedAtMs !== undefined && tracks.length < MOST_TRACKS) {
      const driven = track(plan.id)
      if (driven.length > 1) {
        ids.push(plan.id)
        tracks.push(driven)
      }
    }
    if (plan.corridor.line.length <= 2) continue
    const shape = JSON.stringify(plan.corridor.line)
    const known = planned.get(shape)
    if (known) planned.set(shape, { ...known, journeys: [...known.journeys, plan.id] })
    else if (planned.size < MOST_PLANS) planned.set(shape, { kind: 'planned', journeys: [plan.id], ...plan.corridor })
  }
  const [begin, end] = [[from.lon, from.lat] as const, [to.lon, to.lat] as const]
  const driven: DrivenWay | undefined = wayOfTracks(tracks, begin, end)
  return [
    ...(driven ? [{ kind: 'driven' as const, journeys: ids, line: driven.line, halfWidthM: driven.halfWidthM }] : []),
    ...[...planned.values()].sort((a, b) => b.journeys.length - a.journeys.length),
    { kind: 'straight', journeys: [], line: [begin, end], halfWidthM: STRAIGHT_HALF_WIDTH_M },
  ]
}

/** Places where journeys begin and end, those used most first; one name is one place, as it was planned last. */
export function placesOf(journeys: Iterable<{ readonly plan: JourneyPlan }>, most: number): readonly PlanPlace[] {
  const known = new Map<string, { readonly place: PlanPlace; times: number }>()
  for (const { plan } of journeys)
    for (const place of [plan.origin, plan.destination]) {
      const before = known.get(place.name)
      if (before) before.times++
      else known.set(place.name, { place, times: 1 })
    }
  return [...known.values()]
    .sort((a, b) => b.times - a.times || (a.place.name < b.place.name ? -1 : 1))
    .slice(0, most)
    .map(one => one.place)
}
