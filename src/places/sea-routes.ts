// Ways over water: A* on a grid of the coast, keeping off the shore where there is room, then straightened while the straight leg stays on water.
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
  /** Places from one to the other, both included; undefined when there is no way over water in the box. */
  route(from: Place, to: Place): readonly Place[] | undefined
  isWater(place: Place): boolean
}

const DEFAULT_CELL = 0.04
/** A step next to land costs this much more. */
const SHORE_COST = 3
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
  /** Cost of a cell: 0 = land. Five points of it are asked. */
  const cost = new Uint8Array(columns * rows)
  for (let cell = 0; cell < cost.length; cell++) {
    const [lat, lon] = [latOf(cell), lonOf(cell)]
    const quarter = cellDeg / 3
    const isDry =
      coast.isLand(lat, lon) ||
      coast.isLand(lat + quarter, lon) ||
      coast.isLand(lat - quarter, lon) ||
      coast.isLand(lat, lon + quarter) ||
      coast.isLand(lat, lon - quarter)
    cost[cell] = isDry ? 0 : 1
  }
  for (let cell = 0; cell < cost.length; cell++) {
    if (cost[cell] === 0) continue
    const [x, y] = [cell % columns, Math.floor(cell / columns)]
    const isShore = STEPS.some(
      ([dx, dy]) => x + dx >= 0 && x + dx < columns && y + dy >= 0 && y + dy < rows && cost[cell + dy * columns + dx] === 0,
    )
    if (isShore) cost[cell] = SHORE_COST
  }

  const nearestWater = (place: Place): number => {
    const [x, y] = [Math.floor((place.lon - west) / cellDeg), Math.floor((place.lat - south) / cellDeg)]
    for (let reach = 0; reach < 12; reach++) {
      let best = -1
      for (let dy = -reach; dy <= reach; dy++) {
        for (let dx = -reach; dx <= reach; dx++) {
          const [cx, cy] = [x + dx, y + dy]
          if (cx < 0 || cx >= columns || cy < 0 || cy >= rows || cost[cy * columns + cx] === 0) continue
          const cell = cy * columns + cx
          if (
            best < 0 ||
            distanceM(place.lat, place.lon, latOf(cell), lonOf(cell)) < distanceM(place.lat, place.lon, latOf(best), lonOf(best))
          )
            best = cell
        }
      }
      if (best >= 0) return best
    }
    return -1
  }

  const isClear = (a: Place, b: Place): boolean => {
    const steps = Math.ceil(Math.max(Math.abs(a.lat - b.lat), Math.abs(a.lon - b.lon)) / (cellDeg / 4))
    for (let step = 1; step < steps; step++) {
      const [lat, lon] = [a.lat + ((b.lat - a.lat) * step) / steps, a.lon + ((b.lon - a.lon) * step) / steps]
      const cell = Math.floor((lat - south) / cellDeg) * columns + Math.floor((lon - west) / cellDeg)
      if (cost[cell] !== 1 || coast.isLand(lat, lon)) return false
    }
    return true
  }

  const straightened = (places: readonly Place[]): Place[] => {
    const kept: Place[] = places.slice(0, 1)
    for (let at = 0; at < places.length - 1; ) {
      let next = Math.min(places.length - 1, at + 80)
      while (next > at + 1 && !isClear(places[at]!, places[next]!)) next--
      kept.push(places[next]!)
      at = next
    }
    return kept
  }

  return {
    isWater: ({ lat, lon }) => !coast.isLand(lat, lon),
    route(from, to) {
      const [start, goal] = [nearestWater(from), nearestWater(to)]
      if (start < 0 || goal < 0) return undefined
      const way = search(start, goal)
      return way && straightened(way.map(cell => ({ lat: latOf(cell), lon: lonOf(cell) })))
    },
  }

  function search(start: number, goal: number): number[] | undefined {
    const best = new Float64Array(cost.length).fill(Number.POSITIVE_INFINITY)
    const cameFrom = new Int32Array(cost.length).fill(-1)
    const heap: [number, number][] = [[0, start]]
    const scale = Math.cos((latOf(goal) * Math.PI) / 180)
    const guess = (cell: number): number =>
      Math.hypot(((cell % columns) - (goal % columns)) * scale, Math.floor(cell / columns) - Math.floor(goal / columns))
    best[start] = 0
    while (heap.length > 0) {
      const [estimate, cell] = takeLeast(heap)
      if (cell === goal) {
        const way = [goal]
        for (let at = cameFrom[goal]!; at >= 0; at = cameFrom[at]!) way.push(at)
        return way.reverse()
      }
      if (estimate > best[cell]! + guess(cell) + 1e-9) continue
      const [x, y] = [cell % columns, Math.floor(cell / columns)]
      for (const [dx, dy] of STEPS) {
        if (x + dx < 0 || x + dx >= columns || y + dy < 0 || y + dy >= rows) continue
        const next = cell + dy * columns + dx
        if (cost[next] === 0) continue
        const total = best[cell]! + Math.hypot(dx * scale, dy) * cost[next]!
        if (total >= best[next]!) continue
        best[next] = total
        cameFrom[next] = cell
        put(heap, [total + guess(next), next])
      }
    }
    return undefined
  }
}

function put(heap: [number, number][], one: [number, number]): void {
  let at = heap.push(one) - 1
  while (at > 0) {
    const up = (at - 1) >> 1
    if (heap[up]![0] <= one[0]) break
    heap[at] = heap[up]!
    at = up
  }
  heap[at] = one
}

function takeLeast(heap: [number, number][]): [number, number] {
  const least = heap[0]!
  const last = heap.pop()!
  if (heap.length === 0) return least
  let at = 0
  for (;;) {
    let down = at * 2 + 1
    if (down >= heap.length) break
    if (down + 1 < heap.length && heap[down + 1]![0] < heap[down]![0]) down++
    if (last[0] <= heap[down]![0]) break
    heap[at] = heap[down]!
    at = down
  }
  heap[at] = last
  return least
}
