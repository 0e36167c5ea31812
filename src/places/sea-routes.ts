// Ways over water: the cheapest on a grid of the coast, keeping off the shore where there is room, then straightened while the straight leg stays on water.
// Only the sea counts as water: ponds and closed bays would be ports without a way out (docs/decisions/0061-ways-over-water.md).
import { distanceM } from '#base/index.ts'
import type { Coast } from './coast.ts'

export interface RouterOptions {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
  /** Width of a cell, degrees. */
  readonly cellDeg?: number
}

export interface Place {
  readonly lat: number
  readonly lon: number
}

export interface Router {
  /** Places from one to the other over water, from the sea nearest to the one to the sea nearest to the other (in ports that the coast draws too coarsely to
   * enter, a few miles off). undefined when there is no sea within 0.3° of an end, or none that joins them in the box. */
  route(from: Place, to: Place): readonly Place[] | undefined
  /** The same for many places from one: they share the search. Keeps about 2 MB. */
  waysFrom(from: Place): (to: Place) => readonly Place[] | undefined
  /** True when the straight line between the places is nowhere over land. */
  isClear(from: Place, to: Place): boolean
}

const DEFAULT_CELL = 0.025
/** What a cell costs that has land in it, one beside such a cell, two off, and so on: ships keep miles off where there is room. */
const COST_BY_DISTANCE = [8, 4, 2.5, 1.6, 1.2] as const
/** How far from a place its nearest sea may be. */
const REACH_DEG = 0.3
/** A leg is straightened over at most so many cells. */
const LONGEST_STRAIGHT = 160
const STEPS = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [1, 1],
  [1, -1],
  [-1, 1],
  [-1, -1],
] as const

export function createRouter(coast: Coast, { west, south, east, north, cellDeg = DEFAULT_CELL }: RouterOptions): Router {
  const columns = Math.ceil((east - west) / cellDeg)
  const rows = Math.ceil((north - south) / cellDeg)
  const latOf = (cell: number): number => south + (Math.floor(cell / columns) + 0.5) * cellDeg
  const lonOf = (cell: number): number => west + ((cell % columns) + 0.5) * cellDeg
  const placeOf = (cell: number): Place => ({ lat: latOf(cell), lon: lonOf(cell) })
  /** A step east in steps north. */
  const scaleOf = (lat: number): number => Math.cos((lat * Math.PI) / 180)
  const cheapest = scaleOf(Math.max(Math.abs(south), Math.abs(north)))
  /** The cell a step away, -1 beyond the box. */
  const beside = (cell: number, dx: number, dy: number): number => {
    const [x, y] = [(cell % columns) + dx, Math.floor(cell / columns) + dy]
    return x < 0 || x >= columns || y < 0 || y >= rows ? -1 : cell + dy * columns + dx
  }

  const isClear = (a: Place, b: Place): boolean => !coast.crossesLand(a.lat, a.lon, b.lat, b.lon)
  const cost = costOfCells(coast, columns * rows, placeOf, beside, cellDeg)
  /** Far from the shore no step needs a look. */
  const isLinked = (from: number, to: number): boolean =>
    cost[from]! < COST_BY_DISTANCE[0] || cost[to]! < COST_BY_DISTANCE[0] || isClear(placeOf(from), placeOf(to))
  keepSea(cost, beside, isLinked)

  const nearestSea = (place: Place): number => {
    const [x, y] = [Math.floor((place.lon - west) / cellDeg), Math.floor((place.lat - south) / cellDeg)]
    if (!(x >= 0 && x < columns && y >= 0 && y < rows)) return -1
    let [best, nearest] = [-1, Number.POSITIVE_INFINITY]
    for (let reach = 0; reach <= REACH_DEG / cellDeg && best < 0; reach++) {
      for (let dy = -reach; dy <= reach; dy++) {
        for (let dx = -reach; dx <= reach; dx++) {
          const cell = beside(y * columns + x, dx, dy)
          if (cell < 0 || cost[cell] === 0) continue
          const metres = distanceM(place.lat, place.lon, latOf(cell), lonOf(cell))
          if (metres < nearest) [best, nearest] = [cell, metres]
        }
      }
    }
    return best
  }

  /** Cost of sailing straight, in cells, as the search counts it. */
  const straightCost = (a: Place, b: Place): number => {
    const scale = scaleOf((a.lat + b.lat) / 2)
    const cells = Math.hypot((b.lon - a.lon) * scale, b.lat - a.lat) / cellDeg
    const steps = Math.max(1, Math.ceil(cells * 3))
    let sum = 0
    for (let step = 0; step < steps; step++) {
      const [lat, lon] = [a.lat + ((b.lat - a.lat) * (step + 0.5)) / steps, a.lon + ((b.lon - a.lon) * (step + 0.5)) / steps]
      sum += cost[Math.floor((lat - south) / cellDeg) * columns + Math.floor((lon - west) / cellDeg)]! || Number.POSITIVE_INFINITY
    }
    return (sum / steps) * cells
  }
  /** Corners are left out where going straight costs no more than the way found, and is nowhere over land. */
  const straightened = (way: readonly number[], costs: Float64Array): Place[] => {
    const kept: Place[] = way.slice(0, 1).map(placeOf)
    for (let at = 0; at < way.length - 1; ) {
      let next = Math.min(way.length - 1, at + LONGEST_STRAIGHT)
      const from = placeOf(way[at]!)
      for (; next > at + 1; next--) {
        const to = placeOf(way[next]!)
        if (straightCost(from, to) <= (costs[way[next]!]! - costs[way[at]!]!) * 1.01 && isClear(from, to)) break
      }
      kept.push(placeOf(way[next]!))
      at = next
    }
    return kept
  }

  /** Dijkstra with buckets as wide as the cheapest step: nothing in a bucket can better its neighbours, so no heap is needed. It goes on where it stopped. */
  const searchFrom = (start: number): ((goal: number) => Place[] | undefined) => {
    const costs = new Float64Array(cost.length).fill(Number.POSITIVE_INFINITY)
    const cameFrom = new Int32Array(cost.length).fill(-1)
    const buckets: number[][] = [[start]]
    let bucket = 0
    costs[start] = 0
    const isSettled = (cell: number): boolean => Math.floor(costs[cell]! / cheapest) < bucket
    return goal => {
      for (; bucket < buckets.length && !isSettled(goal); bucket++) {
        for (const cell of buckets[bucket] ?? []) {
          if (Math.floor(costs[cell]! / cheapest) !== bucket) continue
          const scale = scaleOf(latOf(cell))
          for (const [dx, dy] of STEPS) {
            const next = beside(cell, dx, dy)
            if (next < 0 || cost[next] === 0) continue
            const total = costs[cell]! + Math.sqrt(dx * dx * scale * scale + dy * dy) * cost[next]!
            if (total >= costs[next]! || !isLinked(cell, next)) continue
            costs[next] = total
            cameFrom[next] = cell
            const into = Math.floor(total / cheapest)
            const own = buckets[into]
            if (own) own.push(next)
            else buckets[into] = [next]
          }
        }
        buckets[bucket] = []
      }
      if (costs[goal] === Number.POSITIVE_INFINITY) return undefined
      const way = [goal]
      for (let at = cameFrom[goal]!; at >= 0; at = cameFrom[at]!) way.push(at)
      return straightened(way.reverse(), costs)
    }
  }
  const waysFrom = (from: Place): ((to: Place) => readonly Place[] | undefined) => {
    const start = nearestSea(from)
    const search = start < 0 ? undefined : searchFrom(start)
    return to => {
      const goal = nearestSea(to)
      return goal < 0 ? undefined : search?.(goal)
    }
  }
  return { isClear, waysFrom, route: (from, to) => waysFrom(from)(to) }
}

type Beside = (cell: number, dx: number, dy: number) => number

/** 0 = land, 1 = open water, more towards the shore. A cell is water when its middle is. */
function costOfCells(coast: Coast, count: number, placeOf: (cell: number) => Place, beside: Beside, cellDeg: number): Float32Array {
  const cost = new Float32Array(count)
  const half = cellDeg / 2
  let front: number[] = []
  for (let cell = 0; cell < count; cell++) {
    const { lat, lon } = placeOf(cell)
    const hasLand = coast.touchesLand(lon - half, lat - half, lon + half, lat + half)
    if (hasLand) front.push(cell)
    cost[cell] = !hasLand ? 1 : coast.isLand(lat, lon) ? 0 : COST_BY_DISTANCE[0]
  }
  for (const dear of COST_BY_DISTANCE.slice(1)) {
    const next: number[] = []
    for (const cell of front) {
      for (const [dx, dy] of STEPS) {
        const other = beside(cell, dx, dy)
        if (other < 0 || cost[other] !== 1) continue
        cost[other] = dear
        next.push(other)
      }
    }
    front = next
  }
  return cost
}

/** Turns every water to land but the largest: the sea. */
function keepSea(cost: Float32Array, beside: Beside, isLinked: (from: number, to: number) => boolean): void {
  const waterOf = new Int32Array(cost.length)
  let [sea, largest, waters] = [0, 0, 0]
  for (let first = 0; first < cost.length; first++) {
    if (cost[first] === 0 || waterOf[first] !== 0) continue
    waters++
    waterOf[first] = waters
    const cells = [first]
    for (let n = 0; n < cells.length; n++) {
      for (const [dx, dy] of STEPS) {
        const next = beside(cells[n]!, dx, dy)
        if (next < 0 || cost[next] === 0 || waterOf[next] !== 0 || !isLinked(cells[n]!, next)) continue
        waterOf[next] = waters
        cells.push(next)
      }
    }
    if (cells.length > largest) [sea, largest] = [waters, cells.length]
  }
  for (let cell = 0; cell < cost.length; cell++) if (waterOf[cell] !== sea) cost[cell] = 0
}
