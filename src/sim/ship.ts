// A simulated ship: who she is, and a way of moving that tells where she is at any moment. Ways are functions of time, so that the past can be told too.
import { bearingDeg, distanceM, METRES_PER_NAUTICAL_MILE, offset } from '#base/index.ts'
import type { Place } from '#places/index.ts'

export interface Motion {
  readonly lat: number
  readonly lon: number
  readonly sogKn: number
  readonly cogDeg: number
  readonly headingDeg: number
  readonly navigationStatus: number
  /** Her set is off. */
  readonly isSilent?: boolean
}

export interface SimShip {
  readonly mmsi: number
  readonly name: string
  readonly callSign: string
  readonly shipType: number
  readonly lengthM: number
  readonly beamM: number
  readonly draughtM: number
  readonly destination: string
  readonly isClassB: boolean
  readonly imoNumber?: number
  at(ms: number): Motion
}

const UNDER_WAY = 0
const MOORED = 5

/** Lies still; swings a little. */
export const lying = (place: Place, headingDeg: number, navigationStatus: number): ((ms: number) => Motion) => {
  return ms => {
    const turn = navigationStatus === MOORED ? 0 : Math.sin(ms / 3_000_000 + headingDeg) * 40
    const from = navigationStatus === MOORED ? place : offset(place.lat, place.lon, (headingDeg + turn + 180) % 360, 180)
    return { ...from, sogKn: 0, cogDeg: headingDeg, headingDeg: (headingDeg + turn + 360) % 360, navigationStatus }
  }
}

interface Leg {
  readonly from: Place
  readonly to: Place
  readonly metres: number
  readonly courseDeg: number
  readonly startM: number
}

export function legsOf(places: readonly Place[]): { readonly legs: readonly Leg[]; readonly metres: number } {
  const legs: Leg[] = []
  let metres = 0
  for (let n = 1; n < places.length; n++) {
    const [from, to] = [places[n - 1]!, places[n]!]
    const length = distanceM(from.lat, from.lon, to.lat, to.lon)
    if (length < 1) continue
    legs.push({ from, to, metres: length, courseDeg: bearingDeg(from.lat, from.lon, to.lat, to.lon), startM: metres })
    metres += length
  }
  return { legs, metres }
}

export function placeAlong(
  { legs, metres }: ReturnType<typeof legsOf>,
  along: number,
): { readonly place: Place; readonly courseDeg: number } {
  const wanted = Math.max(0, Math.min(metres, along))
  const leg = legs.find(one => wanted <= one.startM + one.metres) ?? legs.at(-1)
  if (!leg) throw new RangeError('a way without legs')
  const share = (wanted - leg.startM) / leg.metres
  return {
    place: { lat: leg.from.lat + (leg.to.lat - leg.from.lat) * share, lon: leg.from.lon + (leg.to.lon - leg.from.lon) * share },
    courseDeg: leg.courseDeg,
  }
}

/** To and fro between the ends of the way, lying moored at each for a while. */
export function voyaging(places: readonly Place[], speedKn: number, restMs: number, phaseMs: number): (ms: number) => Motion {
  const way = legsOf(places)
  const sailMs = (way.metres / METRES_PER_NAUTICAL_MILE / speedKn) * 3_600_000
  const roundMs = 2 * (sailMs + restMs)
  return ms => {
    const at = (((ms + phaseMs) % roundMs) + roundMs) % roundMs
    const isBack = at >= sailMs + restMs
    const inHalf = isBack ? at - sailMs - restMs : at
    if (inHalf >= sailMs) {
      const { place, courseDeg } = placeAlong(way, isBack ? 0 : way.metres)
      return { ...place, sogKn: 0, cogDeg: courseDeg, headingDeg: courseDeg, navigationStatus: MOORED }
    }
    const sailed = (inHalf / sailMs) * way.metres
    const { place, courseDeg } = placeAlong(way, isBack ? way.metres - sailed : sailed)
    const course = isBack ? (courseDeg + 180) % 360 : courseDeg
    // A little to starboard of the line, as everybody keeps.
    const aside = offset(place.lat, place.lon, (course + 90) % 360, 250)
    const sway = Math.sin(ms / 47_000 + phaseMs) * 1.2
    return {
      ...aside,
      sogKn: speedKn + Math.sin(ms / 61_000 + phaseMs) * 0.25,
      cogDeg: (course + sway + 360) % 360,
      headingDeg: (course + sway * 0.5 + 360) % 360,
      navigationStatus: UNDER_WAY,
    }
  }
}

/** Works a ground: slow loops about a place. */
export function fishing(place: Place, radiusM: number, speedKn: number, phase: number): (ms: number) => Motion {
  const periodMs = ((2 * Math.PI * radiusM) / METRES_PER_NAUTICAL_MILE / speedKn) * 3_600_000
  return ms => {
    const angle = (ms / periodMs) * 2 * Math.PI + phase
    const reach = radiusM * (0.75 + 0.25 * Math.sin(angle * 0.37 + phase))
    const there = offset(place.lat, place.lon, ((angle * 180) / Math.PI) % 360, reach)
    const course = ((((angle * 180) / Math.PI + 90) % 360) + 360) % 360
    return { ...there, sogKn: speedKn, cogDeg: course, headingDeg: course, navigationStatus: 7 }
  }
}

export interface Stage {
  readonly atMs: number
  readonly place: Place
  /** From here on her set is off. */
  readonly isSilent?: boolean
}

/** Along places with times: what the scripted events are made of. Between two entries she goes straight; before the first and after the last she lies still. */
export function scripted(stages: readonly Stage[]): (ms: number) => Motion {
  return ms => {
    const next = stages.findIndex(stage => stage.atMs > ms)
    if (next <= 0) {
      const end = next === 0 ? stages[0]! : stages.at(-1)!
      return { ...end.place, sogKn: 0, cogDeg: 0, headingDeg: 0, navigationStatus: UNDER_WAY, ...(end.isSilent ? { isSilent: true } : {}) }
    }
    const [from, to] = [stages[next - 1]!, stages[next]!]
    const share = (ms - from.atMs) / (to.atMs - from.atMs)
    const metres = distanceM(from.place.lat, from.place.lon, to.place.lat, to.place.lon)
    const courseDeg = metres < 1 ? 0 : bearingDeg(from.place.lat, from.place.lon, to.place.lat, to.place.lon)
    return {
      lat: from.place.lat + (to.place.lat - from.place.lat) * share,
      lon: from.place.lon + (to.place.lon - from.place.lon) * share,
      sogKn: metres / METRES_PER_NAUTICAL_MILE / ((to.atMs - from.atMs) / 3_600_000),
      cogDeg: courseDeg,
      headingDeg: courseDeg,
      navigationStatus: UNDER_WAY,
      ...(from.isSilent ? { isSilent: true } : {}),
    }
  }
}
