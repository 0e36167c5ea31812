// co-stop: two journeys stand at one place that neither is to stop at: goods may change trucks. Not within a convoy. Asked by the clock over those that stand, on a grid.
import { distanceM } from '#base/index.ts'
import type { JourneyPlan } from '../schema.ts'

export interface StandingTruck {
  readonly plan: JourneyPlan
  readonly lat: number
  readonly lon: number
  readonly sinceMs: number
  /** Newest place believed. */
  readonly atMs: number
}
export const CO_STOP = { metres: 50, minutes: 5 } as const
const CELL_DEG = 0.001

/** Pairs that have stood together long enough, each once, the smaller id first. */
export function coStops(trucks: readonly StandingTruck[], { metres, minutes } = CO_STOP as { metres: number; minutes: number }) {
  const cells = new Map<string, StandingTruck[]>()
  const pairs: { readonly a: StandingTruck; readonly b: StandingTruck; readonly fromMs: number; readonly apartM: number }[] = []
  for (const truck of [...trucks].sort((a, b) => (a.plan.id < b.plan.id ? -1 : 1))) {
    const row = Math.floor(truck.lat / CELL_DEG)
    const column = Math.floor(truck.lon / CELL_DEG)
    for (let r = row - 1; r <= row + 1; r++)
      for (let c = column - 1; c <= column + 1; c++)
        for (const other of cells.get(`${r}:${c}`) ?? []) {
          if (truck.plan.convoy !== undefined && truck.plan.convoy === other.plan.convoy) continue
          const apartM = distanceM(truck.lat, truck.lon, other.lat, other.lon)
          const fromMs = Math.max(truck.sinceMs, other.sinceMs)
          if (apartM <= metres && Math.min(truck.atMs, other.atMs) - fromMs >= minutes * 60_000)
            pairs.push({ a: other, b: truck, fromMs, apartM })
        }
    const key = `${row}:${column}`
    cells.set(key, [...(cells.get(key) ?? []), truck])
  }
  return pairs
}
