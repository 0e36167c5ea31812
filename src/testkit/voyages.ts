// A small language for made-up seas: dice that a seed decides, ships that sail legs, stations that hear them as far as they reach and not while they are out.
// What it gives are reports as a feed would bring them. No real ship; nothing is stored.
import { distanceM, METRES_PER_NAUTICAL_MILE, offset } from '#base/index.ts'
import { NETWORK, type ObjectReport, STATION_CLASS, type StaticFacts } from '#vessels/index.ts'
import { type Leg, seeded, T0 } from './sea-scene.ts'

const MINUTE_MS = 60_000

export interface Place {
  readonly lat: number
  readonly lon: number
}

export interface Dice {
  (): number
  between(low: number, high: number): number
  whole(low: number, high: number): number
  pick<Value>(values: readonly Value[]): Value
  chance(share: number): boolean
}

export function diceOf(seed: number): Dice {
  const roll = seeded(seed)
  const between = (low: number, high: number): number => low + roll() * (high - low)
  return Object.assign(() => roll(), {
    between,
    whole: (low: number, high: number): number => Math.floor(between(low, high + 1)),
    pick: <Value>(values: readonly Value[]): Value => {
      const value = values[Math.floor(roll() * values.length)]
      if (value === undefined) throw new RangeError('nothing to pick from')
      return value
    },
    chance: (share: number): boolean => roll() < share,
  })
}

/** Open sea anywhere; one place in five lies at the date line. */
export const anywhere = (dice: Dice): Place => ({
  lat: dice.between(-62, 68),
  lon: dice.chance(0.2) ? dice.pick([-1, 1]) * (180 - dice.between(0, 0.1)) : dice.between(-179, 179),
})
export const miles = (from: Place, courseDeg: number, nm: number): Place =>
  offset(from.lat, from.lon, courseDeg, nm * METRES_PER_NAUTICAL_MILE)
export const metres = (from: Place, courseDeg: number, m: number): Place => offset(from.lat, from.lon, courseDeg, m)

/** A coast station: hears nearly all within `goodNm`, fewer and fewer to `edgeNm`, nobody in its outages (minutes after T0). */
export interface Station {
  readonly name: string
  readonly at: Place
  readonly goodNm: number
  readonly edgeNm: number
  readonly outages?: readonly (readonly [fromMin: number, toMin: number])[]
}
const NEARLY_ALL = 0.98

export interface Ship {
  readonly mmsi: number
  readonly facts: StaticFacts
  readonly at: Place
  readonly legs: readonly Leg[]
  readonly fromMin?: number
  readonly everyS: number
  /** Reports come this much earlier or later than the rhythm, as a share of it. */
  readonly jitter?: number
  /** Share of reports that nobody hears. */
  readonly loss?: number
  readonly scatterM?: number
  readonly isClassB?: boolean
  readonly isSatellite?: boolean
  readonly nav?: number | ((leg: Leg, minute: number) => number)
  /** Seconds from sending to receipt, at most. */
  readonly delayS?: number
  /** Her set is off, or her report is otherwise not to be heard, at this minute. */
  readonly isOff?: (minute: number) => boolean
}

/** Reports of one ship; without stations everything is heard and no station is named. A report heard by several stations comes once from each. */
export function voyage(ship: Ship, dice: Dice, stations?: readonly Station[]): ObjectReport[] {
  const reports: ObjectReport[] = []
  const startMin = ship.fromMin ?? 0
  const everyMin = ship.everyS / 60
  let legStart: Place = ship.at
  let legFromMin = startMin
  let atMin = startMin
  for (const leg of ship.legs) {
    for (; atMin < legFromMin + leg.minutes; atMin += everyMin * (1 + (dice() - 0.5) * (ship.jitter ?? 0.1))) {
      if (ship.isOff?.(atMin) || dice.chance(ship.loss ?? 0)) continue
      const place = miles(legStart, leg.cogDeg, (leg.sogKn * (atMin - legFromMin)) / 60)
      reports.push(...heard(ship, leg, place, atMin, dice, stations))
    }
    legStart = miles(legStart, leg.cogDeg, (leg.sogKn * leg.minutes) / 60)
    legFromMin += leg.minutes
  }
  return reports
}

function heard(ship: Ship, leg: Leg, place: Place, minute: number, dice: Dice, stations?: readonly Station[]): ObjectReport[] {
  const atMs = T0 + minute * MINUTE_MS
  const seen = metres(place, dice.between(0, 360), dice() * (ship.scatterM ?? 10))
  // A ship that hardly moves has no course to speak of.
  const cogDeg = leg.sogKn < 0.3 ? dice.between(0, 359) : (leg.cogDeg + dice.between(-3, 3) + 360) % 360
  const nav = typeof ship.nav === 'function' ? ship.nav(leg, minute) : (ship.nav ?? 0)
  const report: ObjectReport = {
    mmsi: ship.mmsi,
    sentAtMs: Math.round(atMs),
    receivedAtMs: Math.round(atMs + (0.3 + dice() * (ship.delayS ?? 3)) * 1000),
    network: ship.isSatellite ? NETWORK.SATELLITE : NETWORK.COAST,
    stationClass: ship.isClassB ? STATION_CLASS.B : beaconOr(ship.mmsi),
    lat: seen.lat,
    lon: seen.lon,
    sogKn: Math.max(0, leg.sogKn + dice.between(-0.15, 0.15)),
    cogDeg,
    headingDeg: Math.round(cogDeg) % 360,
    ...(ship.isClassB ? {} : { navigationStatus: nav }),
  }
  if (!stations || ship.isSatellite) return [report]
  return stations
    .filter(station => isHeard(station, place, minute, dice))
    .map((station, n) => ({ ...report, station: station.name, receivedAtMs: report.receivedAtMs + n * 200 }))
}

const beaconOr = (mmsi: number) => (Math.floor(mmsi / 1_000_000) >= 970 ? STATION_CLASS.DISTRESS : STATION_CLASS.A)

function isHeard(station: Station, place: Place, minute: number, dice: Dice): boolean {
  if (station.outages?.some(([from, to]) => minute >= from && minute < to)) return false
  const nm = distanceM(station.at.lat, station.at.lon, place.lat, place.lon) / METRES_PER_NAUTICAL_MILE
  if (nm >= station.edgeNm) return false
  if (nm <= station.goodNm) return dice.chance(NEARLY_ALL)
  return dice.chance((NEARLY_ALL * (station.edgeNm - nm)) / (station.edgeNm - station.goodNm))
}
