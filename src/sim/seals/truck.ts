// A simulated truck under seal: where it is at any moment, what its seal says, and what happens to it by its script. A function of time: the past can be told too.
import { bearingDeg, distanceM, offset } from '#base/index.ts'

type Way = readonly (readonly [number, number])[]

export interface TruckAt {
  readonly lat: number
  readonly lon: number
  readonly speedKmh: number
  readonly courseDeg: number
  /** Metres along its way. */
  readonly alongM: number
}

/** It stands from `atM` on for so long. */
export interface Stop {
  readonly atM: number
  readonly ms: number
}
/** It leaves its way to the right from `fromM` to `toM`, in a bow of at most so much. */
export interface Detour {
  readonly fromM: number
  readonly toM: number
  readonly offM: number
}

export interface TruckOptions {
  readonly way: Way
  readonly leavesMs: number
  readonly kmh: number
  readonly stops: readonly Stop[]
  readonly detour?: Detour
}

export interface Truck {
  readonly lengthM: number
  readonly arrivesMs: number
  at(ms: number): TruckAt
  /** When it passes this far along its way. */
  whenMs(alongM: number): number
}

export function createTruck({ way, leavesMs, kmh, stops, detour }: TruckOptions): Truck {
  const starts: number[] = [0]
  for (let n = 1; n < way.length; n++) {
    const [lon1, lat1] = way[n - 1]!
    const [lon2, lat2] = way[n]!
    starts.push(starts[n - 1]! + distanceM(lat1, lon1, lat2, lon2))
  }
  const lengthM = starts.at(-1)!
  const mPerMs = kmh / 3600
  const ordered = [...stops].sort((a, b) => a.atM - b.atM)
  const whenMs = (alongM: number): number =>
    leavesMs + alongM / mPerMs + ordered.filter(stop => stop.atM < alongM).reduce((sum, stop) => sum + stop.ms, 0)
  const alongAt = (ms: number): { readonly alongM: number; readonly stands: boolean } => {
    let leftMs = ms - leavesMs
    if (leftMs <= 0) return { alongM: 0, stands: true }
    let alongM = 0
    for (const stop of ordered) {
      const drivingMs = (stop.atM - alongM) / mPerMs
      if (leftMs <= drivingMs) return { alongM: alongM + leftMs * mPerMs, stands: false }
      leftMs -= drivingMs
      alongM = stop.atM
      if (leftMs <= stop.ms) return { alongM, stands: true }
      leftMs -= stop.ms
    }
    alongM += leftMs * mPerMs
    return alongM >= lengthM ? { alongM: lengthM, stands: true } : { alongM, stands: false }
  }
  return {
    lengthM,
    arrivesMs: whenMs(lengthM),
    whenMs,
    at(ms) {
      const { alongM, stands } = alongAt(ms)
      let n = starts.findIndex(start => start > alongM) - 1
      if (n < 0) n = way.length - 2
      const [lon1, lat1] = way[n]!
      const [lon2, lat2] = way[n + 1]!
      const courseDeg = bearingDeg(lat1, lon1, lat2, lon2)
      const share = (alongM - starts[n]!) / Math.max(1, starts[n + 1]! - starts[n]!)
      const on = { lat: lat1 + (lat2 - lat1) * share, lon: lon1 + (lon2 - lon1) * share }
      const inBow = detour && alongM > detour.fromM && alongM < detour.toM ? (alongM - detour.fromM) / (detour.toM - detour.fromM) : 0
      const place = inBow > 0 && detour ? offset(on.lat, on.lon, courseDeg + 90, Math.sin(inBow * Math.PI) * detour.offM) : on
      return { ...place, speedKmh: stands ? 0 : kmh, courseDeg, alongM }
    },
  }
}
