// The graph of the roads, the shortest way between two of its points, and a way as a line that one drives along.
import { bearingDeg, distanceM, offset } from '#base/index.ts'
import { DEAD_ZONES, type OnRoad, ROADSIDE_AREAS, readRoads, SERVICE_AREAS } from './road-data.ts'

export interface OnWay {
  readonly lat: number
  readonly lon: number
  readonly courseDeg: number
}
export interface Spot {
  readonly name: string
  readonly lat: number
  readonly lon: number
}
/** Where a way passes it, and how far it lies to the right of who drives there. */
export interface Passed<T> {
  readonly spot: T
  readonly alongM: number
  readonly rightM: number
}
export interface DeadZone extends Spot {
  /** No report gets out within. */
  readonly radiusM: number
}
export interface RoadsideArea extends Spot {
  readonly id: string
  readonly kind: 'designated' | 'forbidden'
  readonly radiusM: number
}
export interface Way {
  /** [lon, lat], as the corridor of a plan. */
  readonly line: readonly (readonly [number, number])[]
  readonly lengthM: number
  /** The place so far along, `rightM` metres to the right of who drives it. */
  at(alongM: number, rightM?: number): OnWay
  readonly serviceAreas: readonly Passed<Spot>[]
  readonly deadZones: readonly Passed<DeadZone>[]
  readonly areas: readonly Passed<RoadsideArea>[]
}
export interface Roads {
  readonly points: ReadonlyMap<string, Spot>
  readonly deadZones: readonly DeadZone[]
  readonly areas: readonly RoadsideArea[]
  /** Undefined where there is none, or from a point to itself. The same object for the same two. */
  way(from: string, to: string): Way | undefined
}

/** Long stretches get points between, so that a straight line in degrees stays one on the ground. */
const LONG_M = 3000
const AREA_RIGHT_M = 620
const AREA_RADIUS_M = 300

export function createRoads(): Roads {
  const { points, segments } = readRoads()
  const spotOf = (name: string): Spot => {
    const point = points.get(name)
    if (!point) throw new Error(`no point ${name} in the roads`)
    return point
  }
  const near = new Map<string, { readonly to: string; readonly metres: number }[]>()
  const join = (from: string, to: string): void => {
    const [a, b] = [spotOf(from), spotOf(to)]
    const edge = { to, metres: distanceM(a.lat, a.lon, b.lat, b.lon) }
    const edges = near.get(from)
    if (edges) edges.push(edge)
    else near.set(from, [edge])
  }
  for (const { from, to } of segments) {
    join(from, to)
    join(to, from)
  }
  const on = ({ name, from, to, share }: OnRoad, rightM = 0): Spot => {
    const [a, b] = [spotOf(from), spotOf(to)]
    const at = { lat: a.lat + (b.lat - a.lat) * share, lon: a.lon + (b.lon - a.lon) * share }
    return { name, ...(rightM === 0 ? at : offset(at.lat, at.lon, bearingDeg(a.lat, a.lon, b.lat, b.lon) + 90, rightM)) }
  }
  const services = SERVICE_AREAS.map(place => ({ place, rightM: 0, spot: on(place) }))
  const dead = DEAD_ZONES.map(place => ({ place, rightM: 0, spot: { ...on(place), radiusM: place.halfM } }))
  const areas = ROADSIDE_AREAS.map((place, n) => ({
    place,
    rightM: AREA_RIGHT_M,
    spot: { ...on(place, AREA_RIGHT_M), id: `demo-roadside-${n + 1}`, kind: place.kind, radiusM: AREA_RADIUS_M },
  }))

  /** Dijkstra from one point to all. */
  const treeFrom = (from: string): ReadonlyMap<string, string> => {
    const far = new Map<string, number>([[from, 0]])
    const before = new Map<string, string>()
    const open = new Set([from])
    while (open.size > 0) {
      let next = ''
      for (const name of open) if (next === '' || far.get(name)! < far.get(next)!) next = name
      open.delete(next)
      for (const { to, metres } of near.get(next) ?? []) {
        const there = far.get(next)! + metres
        if (there >= (far.get(to) ?? Number.POSITIVE_INFINITY)) continue
        far.set(to, there)
        before.set(to, next)
        open.add(to)
      }
    }
    return before
  }
  const trees = new Map<string, ReadonlyMap<string, string>>()
  const ways = new Map<string, Way | undefined>()
  const makeWay = (from: string, to: string): Way | undefined => {
    let tree = trees.get(from)
    if (!tree) {
      tree = treeFrom(from)
      trees.set(from, tree)
    }
    if (from === to || !tree.has(to)) return undefined
    const names = [to]
    for (let name = tree.get(to); name !== undefined; name = tree.get(name)) names.unshift(name)
    const line = createLine(names.map(spotOf))
    const passed = <T>(all: readonly { readonly place: OnRoad; readonly rightM: number; readonly spot: T }[]): readonly Passed<T>[] =>
      all
        .flatMap(({ place, rightM, spot }) => {
          const n = names.indexOf(place.from)
          const isForth = names[n + 1] === place.to
          if (n < 0 || !(isForth || names[n - 1] === place.to)) return []
          const [a, b] = [line.startsM[n]!, line.startsM[isForth ? n + 1 : n - 1]!]
          return [{ spot, alongM: a + (b - a) * place.share, rightM: isForth ? rightM : -rightM }]
        })
        .sort((a, b) => a.alongM - b.alongM)
    return {
      line: line.line,
      lengthM: line.lengthM,
      at: line.at,
      serviceAreas: passed(services),
      deadZones: passed(dead),
      areas: passed(areas),
    }
  }
  return {
    points,
    deadZones: dead.map(one => one.spot),
    areas: areas.map(one => one.spot),
    way(from, to) {
      const key = `${from}|${to}`
      if (!ways.has(key)) ways.set(key, makeWay(from, to))
      return ways.get(key)
    },
  }
}

function createLine(spots: readonly Spot[]) {
  const dense: { readonly lat: number; readonly lon: number }[] = []
  const startsM: number[] = []
  const along: number[] = []
  const push = (lat: number, lon: number): void => {
    const last = dense.at(-1)
    along.push(last ? along.at(-1)! + distanceM(last.lat, last.lon, lat, lon) : 0)
    dense.push({ lat, lon })
  }
  for (const [n, to] of spots.entries()) {
    const from = spots[n - 1]
    if (from) {
      const parts = Math.ceil(distanceM(from.lat, from.lon, to.lat, to.lon) / LONG_M)
      for (let part = 1; part < parts; part++)
        push(from.lat + ((to.lat - from.lat) * part) / parts, from.lon + ((to.lon - from.lon) * part) / parts)
    }
    push(to.lat, to.lon)
    startsM.push(along.at(-1)!)
  }
  const lengthM = along.at(-1)!
  const segmentAt = (metres: number): number => {
    let [low, high] = [0, dense.length - 2]
    while (low < high) {
      const middle = (low + high) >> 1
      if (along[middle + 1]! < metres) low = middle + 1
      else high = middle
    }
    return low
  }
  return {
    line: dense.map(({ lat, lon }) => [Number(lon.toFixed(5)), Number(lat.toFixed(5))] as const),
    lengthM,
    startsM,
    at(alongM: number, rightM = 0): OnWay {
      const metres = Math.max(0, Math.min(lengthM, alongM))
      const n = segmentAt(metres)
      const [a, b] = [dense[n]!, dense[n + 1]!]
      const share = (metres - along[n]!) / Math.max(1, along[n + 1]! - along[n]!)
      const lat = a.lat + (b.lat - a.lat) * share
      const lon = a.lon + (b.lon - a.lon) * share
      const courseDeg = bearingDeg(a.lat, a.lon, b.lat, b.lon)
      return rightM === 0 ? { lat, lon, courseDeg } : { ...offset(lat, lon, courseDeg + 90, rightM), courseDeg }
    },
  }
}
