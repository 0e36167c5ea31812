// Port calls read from positions. Definition: a ship is IN a port while she is heard within 5 NM of its place (places/ports.ts), until she is heard more than 6 NM from it; both are
// believed at a second look ten minutes later. She has ARRIVED once she lies still there (moored, anchored, below 0.2 kn), counted at the time she came within the 5 NM; she has
// DEPARTED when she leaves after having lain still. Who only passes has done neither. A ship first heard inside has not been seen to arrive; silence is no departure.
// Pure: what a look makes of what was known.
import { distanceM, METRES_PER_NAUTICAL_MILE } from '#base/index.ts'

const ENTER_M = 5 * METRES_PER_NAUTICAL_MILE
const LEAVE_M = 6 * METRES_PER_NAUTICAL_MILE
export const SETTLED_MS = 10 * 60_000

export interface PortPlace {
  readonly code: string
  readonly lat: number
  readonly lon: number
}

/** What is known of one ship. */
export interface PortState {
  /** The port she is in; absent: outside all. */
  readonly at?: string
  readonly sinceMs: number
  /** She has lain still there. */
  readonly hasRested: boolean
  /** She seems to be elsewhere since: not believed before ten minutes. */
  readonly turning?: { readonly to: string | undefined; readonly sinceMs: number }
}

export interface PortCall {
  readonly kind: 'arrival' | 'departure'
  readonly port: string
  readonly atMs: number
}

/** The port that holds this place, the nearest of several. `at`: where she is already, which lets go a mile later. */
export function portAt(ports: readonly PortPlace[], lat: number, lon: number, at?: string): string | undefined {
  let best: string | undefined
  let bestM = Number.POSITIVE_INFINITY
  for (const port of ports) {
    // A degree of latitude is 60 NM: most ports are passed over without trigonometry.
    if (Math.abs(port.lat - lat) > 0.2) continue
    const metres = distanceM(port.lat, port.lon, lat, lon)
    if (port.code === at && metres <= LEAVE_M) return at
    if (metres <= ENTER_M && metres < bestM) {
      best = port.code
      bestM = metres
    }
  }
  return best
}

/** The first look at a ship: where she is, not that she came. */
export const firstSeen = (port: string | undefined, atMs: number): PortState => ({
  sinceMs: atMs,
  hasRested: port !== undefined,
  ...(port === undefined ? {} : { at: port }),
})

export interface Look {
  readonly port: string | undefined
  readonly atMs: number
  readonly isAtRest: boolean
}

export function looked(
  state: PortState,
  { port, atMs, isAtRest }: Look,
): { readonly state: PortState; readonly calls: readonly PortCall[] } {
  if (port === state.at) {
    const { turning: _turning, ...there } = state
    if (port === undefined || state.hasRested || !isAtRest) return { state: state.turning ? there : state, calls: [] }
    return { state: { ...there, hasRested: true }, calls: [{ kind: 'arrival', port, atMs: state.sinceMs }] }
  }
  const { turning } = state
  if (!turning || turning.to !== port) return { state: { ...state, turning: { to: port, sinceMs: atMs } }, calls: [] }
  if (atMs - turning.sinceMs < SETTLED_MS) return { state, calls: [] }
  const left: readonly PortCall[] =
    state.at !== undefined && state.hasRested ? [{ kind: 'departure', port: state.at, atMs: turning.sinceMs }] : []
  const now: PortState = { sinceMs: turning.sinceMs, hasRested: false, ...(port === undefined ? {} : { at: port }) }
  const there = port === undefined ? { state: now, calls: [] } : looked(now, { port, atMs, isAtRest })
  return { state: there.state, calls: [...left, ...there.calls] }
}
