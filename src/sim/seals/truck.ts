// One truck's motion along its way: pieces of steady speed, halts, and what it does beside the line. A function of time: the past can be told too.
import { createRandom } from '../random.ts'
import type { Way } from './roads.ts'

export interface TruckAt {
  readonly lat: number
  readonly lon: number
  readonly speedKmh: number
  readonly courseDeg: number
  /** Metres along its way. */
  readonly alongM: number
}
/** It stands from `atM` on for so long. */
export interface Halt {
  readonly atM: number
  readonly forMs: number
}
/** It goes beside its line, so far to the right; so long there, and back. */
export interface Beside {
  readonly fromMs: number
  readonly toMs: number
  readonly rampMs: number
  readonly rightM: number
}
export interface TruckOptions {
  readonly way: Way
  readonly leavesMs: number
  readonly kmh: number
  /** Two of one pace drive alike. */
  readonly paceSeed: number
  readonly halts: readonly Halt[]
  /** Goes back so far from its end after so long, and returns. */
  readonly returns?: { readonly afterMs: number; readonly backM: number }
  /** No slow pieces, not at the gates either. */
  readonly isSteady?: boolean
  /** Read while it drives: may grow until the first question. */
  readonly beside?: readonly Beside[]
}
export interface Truck {
  readonly lengthM: number
  readonly leavesMs: number
  readonly arrivesMs: number
  at(ms: number): TruckAt
  /** When it is first so far along. */
  whenMs(alongM: number): number
}

const PIECE_M = 2000
/** In the port and at the gates it goes slowly. */
const GATE_M = 2500
const GATE_KMH = 40

export function createTruck(options: TruckOptions): Truck {
  const { way, leavesMs, beside = [] } = options
  const { times, metres } = knotsOf(options)
  const arrivesMs = times.at(-1)!
  const indexAt = (ms: number): number => {
    let [low, high] = [0, times.length - 2]
    while (low < high) {
      const middle = (low + high) >> 1
      if (times[middle + 1]! <= ms) low = middle + 1
      else high = middle
    }
    return low
  }
  return {
    lengthM: way.lengthM,
    leavesMs,
    arrivesMs,
    at(ms) {
      let rightM = 0
      for (const one of beside) rightM += one.rightM * shareAt(one, ms)
      if (ms <= leavesMs || ms >= arrivesMs) {
        const alongM = ms <= leavesMs ? 0 : way.lengthM
        return { ...way.at(alongM, rightM), alongM, speedKmh: 0 }
      }
      const n = indexAt(ms)
      const spanMs = Math.max(1, times[n + 1]! - times[n]!)
      const [from, to] = [metres[n]!, metres[n + 1]!]
      const alongM = from + ((to - from) * (ms - times[n]!)) / spanMs
      const on = way.at(alongM, rightM)
      const courseDeg = to < from ? (on.courseDeg + 180) % 360 : on.courseDeg
      return { lat: on.lat, lon: on.lon, courseDeg, alongM, speedKmh: (Math.abs(to - from) / spanMs) * 3600 }
    },
    whenMs(alongM) {
      for (let n = 1; n < times.length; n++) {
        const [from, to] = [metres[n - 1]!, metres[n]!]
        if (to >= alongM && to > from) return times[n - 1]! + ((times[n]! - times[n - 1]!) * (alongM - from)) / (to - from)
      }
      return arrivesMs
    },
  }
}

/** Moments and how far along it is then; straight between. Flat arrays: thousands of trucks have some hundred each. */
function knotsOf({ way, leavesMs, kmh, paceSeed, halts, returns, isSteady = false }: TruckOptions) {
  const random = createRandom(paceSeed)
  const times = [leavesMs]
  const metres = [0]
  const stay = (ms: number): void => {
    metres.push(metres.at(-1)!)
    times.push(times.at(-1)! + ms)
  }
  const go = (m: number, speed: number): void => {
    times.push(times.at(-1)! + (Math.abs(m - metres.at(-1)!) / 1000 / speed) * 3_600_000)
    metres.push(m)
  }
  const waiting = [...halts].sort((a, b) => a.atM - b.atM)
  for (let m = 0; m < way.lengthM; ) {
    const next = Math.min(way.lengthM, m + PIECE_M)
    const isGate = !isSteady && (m < GATE_M || next > way.lengthM - GATE_M)
    const speed = isGate ? GATE_KMH : kmh * (isSteady ? 1 : random.between(0.88, 1.12))
    for (let halt = waiting[0]; halt !== undefined && halt.atM <= next; halt = waiting[0]) {
      go(halt.atM, speed)
      stay(halt.forMs)
      waiting.shift()
    }
    go(next, speed)
    m = next
  }
  if (returns) {
    stay(returns.afterMs)
    go(way.lengthM - returns.backM, GATE_KMH)
    go(way.lengthM, GATE_KMH)
  }
  return { times: Float64Array.from(times), metres: Float64Array.from(metres) }
}

/** Nought outside, the whole in the middle, straight between. */
export function shareAt({ fromMs, toMs, rampMs }: Omit<Beside, 'rightM'>, ms: number): number {
  if (ms <= fromMs || ms >= toMs) return 0
  return Math.min(1, (ms - fromMs) / rampMs, (toMs - ms) / rampMs)
}
