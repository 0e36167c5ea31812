// A journey in the making: its way, its devices, and what violations and near misses change of it before it drives.
import { distanceM } from '#base/index.ts'
import type { SealEvent } from '#seals/protocols/index.ts'
import type { Random } from '../random.ts'
import type { SimEvent, SimPassage, Span } from './journey.ts'
import type { Lock } from './locks.ts'
import type { Roads, Way } from './roads.ts'
import type { Beside, Halt, Truck } from './truck.ts'

export interface DraftDevice {
  readonly protocol: string
  readonly deviceId: string
  readonly fitting: 'container' | 'second' | 'tractor'
  readonly lock?: Lock
  /** While it is under seal; sealing and unsealing are added at the end. */
  readonly events: (Omit<SimEvent, 'locked'> & { readonly locked?: boolean })[]
  /** Percent when it leaves and when it arrives. */
  battery: readonly [number, number]
  silent?: Span
  blind?: Span
  stray?: Span
  clock?: { readonly span: Span; readonly byMs: number }
  /** It goes its own way for a while. */
  readonly away: Beside[]
}
/** What happens beside the ways, of all journeys: two do not stand at one place by accident. */
export interface Ground {
  readonly roads: Roads
  readonly stands: { readonly lat: number; readonly lon: number }[]
}
export interface Draft {
  readonly id: string
  readonly random: Random
  readonly way: Way
  readonly ground: Ground
  /** Between two reports. */
  readonly everyMs: number
  readonly devices: DraftDevice[]
  /** A device of a tractor, where any of the protocols will do. */
  addTractor(protocols?: readonly string[]): DraftDevice | undefined
  addSecond(): void
  kmh: number
  isSteady: boolean
  halts: Halt[]
  readonly beside: Beside[]
  returns?: { readonly afterMs: number; readonly backM: number }
  /** From leaving to the end of the time to leave; from arriving to the begin and end of its window. */
  departUntilAfterMs: number
  arriveFromAfterMs: number | undefined
  arriveUntilAfterMs: number
  risk: 'low' | 'medium' | 'high'
  convoy: string | undefined
  /** What lies in a dead zone is sent so long after the truck has come into it, at least. */
  unheardMs: number
  /** Called once it is known when the truck is where, in order. */
  readonly onDrive: ((truck: Truck) => void)[]
  readonly passages: Omit<SimPassage, 'container'>[]
}

export const MINUTE_MS = 60_000
export const second = (ms: number): number => Math.floor(ms / 1000) * 1000

/** The lock of the container. */
export function mainOf(draft: Draft): DraftDevice & { readonly lock: Lock } {
  const [main] = draft.devices
  if (!main?.lock) throw new Error(`${draft.id} has no lock`)
  return main as DraftDevice & { readonly lock: Lock }
}

/** Tells an event of this device when it is so far along. */
export const tellAt = (
  draft: Draft,
  device: DraftDevice,
  alongM: number,
  event: SealEvent,
  more: Omit<Partial<SimEvent>, 'atMs'> = {},
): void => void draft.onDrive.push(truck => device.events.push({ atMs: second(truck.whenMs(alongM)), event, ...more }))

const CLEAR_M = 4000
const ENDS_M = 7000
const APART_M = 1000
const STEP_M = 200

/** Nothing else happens from so far before this to so far behind it: no dead zone, no planned stop. */
export function isClear({ way }: Draft, alongM: number, beforeM: number, afterM: number): boolean {
  const [from, to] = [alongM - beforeM, alongM + afterM]
  if (from < ENDS_M || to > way.lengthM - ENDS_M) return false
  const meets = (a: number, b: number): boolean => a - CLEAR_M < to && b + CLEAR_M > from
  return (
    !way.deadZones.some(({ alongM: at, spot }) => meets(at - spot.radiusM, at + spot.radiusM)) &&
    !way.serviceAreas.some(({ alongM: at }) => meets(at, at))
  )
}

/** Beside the line by so much on this stretch it comes near no area that is not for it. */
export function isFree({ way, ground }: Draft, fromM: number, toM: number, besideM: number): boolean {
  for (let m = fromM; m <= toM; m += STEP_M) {
    const at = way.at(m)
    for (const area of ground.roads.areas) if (distanceM(area.lat, area.lon, at.lat, at.lon) < area.radiusM + besideM + STEP_M) return false
  }
  return true
}

/** It stands there for so long, if nobody else does. */
export function standAt(draft: Draft, alongM: number, forMs: number): boolean {
  if (!takeStand(draft, alongM)) return false
  draft.halts.push({ atM: alongM, forMs })
  return true
}
export function takeStand({ way, ground }: Draft, alongM: number): boolean {
  const at = way.at(alongM)
  if (ground.stands.some(one => distanceM(one.lat, one.lon, at.lat, at.lon) < APART_M)) return false
  ground.stands.push(at)
  return true
}

/** Metres from the line of the way. */
export function offWayM(way: Way, lat: number, lon: number): number {
  let least = Number.POSITIVE_INFINITY
  for (let m = 0; m <= way.lengthM; m += 250) {
    const at = way.at(m)
    least = Math.min(least, distanceM(lat, lon, at.lat, at.lon))
  }
  return least
}
