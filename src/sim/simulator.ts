// Sends the day as coast stations hear it: each ship by the station nearest to her, less surely towards the edge of reach, in real AIS sentences with TAG
// blocks. Rhythm as in ITU-R M.1371-5 table 1: 2–10 s under way, 3 min at rest, class B 30 s, statics every 6 min.
import { distanceM, METRES_PER_NAUTICAL_MILE } from '#base/index.ts'
import type { Coast } from '#places/index.ts'
import { encodeSentences } from '#wire/ais/index.ts'
import { createDay } from './day.ts'
import { createRandom } from './random.ts'
import type { Motion, SimShip } from './ship.ts'

export interface SimulatorOptions {
  readonly coast: Coast
  readonly seed: number
  readonly count: number
  /** When the watching begins, epoch ms. */
  readonly startMs: number
  /** The past before it is told too, thinned to a report a minute. */
  readonly warmUpMinutes?: number
}

export interface Simulator {
  /** Sends everything due up to the moment, in order. */
  advance(toMs: number, send: (line: string) => void): void
  readonly ships: readonly SimShip[]
}

/** Coast stations of the demo: a name and a place. */
export const STATIONS: readonly { readonly name: string; readonly lat: number; readonly lon: number; readonly mmsi: number }[] = [
  ['DEMO-BUSAN', 35.08, 129.06],
  ['DEMO-ULSAN', 35.5, 129.42],
  ['DEMO-POHANG', 36.07, 129.55],
  ['DEMO-DONGHAE', 37.49, 129.12],
  ['DEMO-SOKCHO', 38.2, 128.6],
  ['DEMO-TONGYEONG', 34.75, 128.4],
  ['DEMO-YEOSU', 34.6, 127.75],
  ['DEMO-WANDO', 34.3, 126.8],
  ['DEMO-MOKPO', 34.7, 126.2],
  ['DEMO-HEUKSAN', 34.68, 125.43],
  ['DEMO-GUNSAN', 35.95, 126.4],
  ['DEMO-DAESAN', 36.9, 126.1],
  ['DEMO-INCHEON', 37.4, 126.4],
  ['DEMO-JEJU', 33.5, 126.9],
  ['DEMO-SEOGWIPO', 33.2, 126.5],
  ['DEMO-ULLEUNG', 37.5, 130.87],
].map(([name, lat, lon], n) => ({ name: String(name), lat: Number(lat), lon: Number(lon), mmsi: 4_400_100 + n }))

const REACH_M = 48 * METRES_PER_NAUTICAL_MILE
const SURE_M = 34 * METRES_PER_NAUTICAL_MILE
const STATIC_EVERY_MS = 6 * 60_000
const BASE_EVERY_MS = 10_000
const WARM_UP_EVERY_MS = 60_000

export function createAisSimulator({ coast, seed, count, startMs, warmUpMinutes = 0 }: SimulatorOptions): Simulator {
  const ships = createDay(coast, seed, count, startMs)
  const random = createRandom(seed + 7)
  const beginMs = startMs - warmUpMinutes * 60_000
  /** Who is due in which second. */
  const due = new Map<number, number[]>()
  const plan = (ship: number, ms: number): void => {
    const second = Math.floor(ms / 1000)
    const own = due.get(second)
    if (own) own.push(ship)
    else due.set(second, [ship])
  }
  const nextStaticMs = ships.map(() => beginMs + random.next() * STATIC_EVERY_MS)
  // Spread over the rhythm of their beginning, so that no second of the past is silent.
  for (const n of ships.keys()) plan(n, beginMs + random.next() * (warmUpMinutes > 0 ? WARM_UP_EVERY_MS : 10_000))
  for (const n of STATIONS.keys()) plan(-1 - n, startMs + n * 500)
  let second = Math.floor(beginMs / 1000)
  let sequence = 0

  /** The station that hears her, the nearest; undefined when none does. `tries` reports are told by this one. */
  const hearing = (motion: Motion, tries: number): string | undefined => {
    let best: (typeof STATIONS)[number] | undefined
    let nearest = REACH_M
    for (const station of STATIONS) {
      if (Math.abs(station.lat - motion.lat) > 0.85) continue
      const metres = distanceM(station.lat, station.lon, motion.lat, motion.lon)
      if (metres < nearest) {
        nearest = metres
        best = station
      }
    }
    if (!best) return undefined
    // Many tries make an inner report certain; towards the edge she fades all the same, so that leaving is not taken for going dark.
    const sure = nearest <= SURE_M ? 1 - 0.015 ** tries : 0.985 * (1 - (nearest - SURE_M) / (REACH_M - SURE_M))
    return random.next() < sure ? best.name : undefined
  }

  const report = (n: number, ms: number, send: (line: string) => void): void => {
    const ship = ships[n]!
    const motion = ship.at(ms)
    const isPast = ms < startMs
    // The past is told by the minute; who is next due after the beginning begins then, at her own rhythm.
    const everyMs = intervalMs(ship, motion, random.next())
    plan(n, !isPast ? ms + everyMs : ms + WARM_UP_EVERY_MS < startMs ? ms + WARM_UP_EVERY_MS : startMs + random.next() * everyMs)
    if (motion.isSilent) return
    const source = hearing(motion, isPast ? Math.max(1, WARM_UP_EVERY_MS / everyMs) : 1)
    if (source === undefined) return
    const tag = { source, receivedAtMs: Math.floor(ms / 1000) * 1000, channel: random.next() < 0.5 ? 'A' : 'B' }
    for (const line of encodeSentences(positionOf(ship, motion, ms, random), tag)) send(line)
    if (ms < nextStaticMs[n]! || ship.name === '') return
    nextStaticMs[n] = ms + STATIC_EVERY_MS
    for (const message of staticsOf(ship)) {
      sequence = (sequence + 1) % 10
      for (const line of encodeSentences(message, { ...tag, sequence })) send(line)
    }
  }

  const base = (n: number, ms: number, send: (line: string) => void): void => {
    const station = STATIONS[n]!
    plan(-1 - n, ms + BASE_EVERY_MS)
    const time = new Date(ms)
    const message = {
      type: 4,
      repeat: 0,
      mmsi: station.mmsi,
      year: time.getUTCFullYear(),
      month: time.getUTCMonth() + 1,
      day: time.getUTCDate(),
      hour: time.getUTCHours(),
      minute: time.getUTCMinutes(),
      utcSecond: time.getUTCSeconds(),
      accurate: true,
      lon: station.lon,
      lat: station.lat,
      epfd: 1,
      raim: false,
    }
    for (const line of encodeSentences(message, { source: station.name, receivedAtMs: Math.floor(ms / 1000) * 1000 })) send(line)
  }

  return {
    ships,
    advance(toMs, send) {
      for (; second * 1000 <= toMs; second++) {
        for (const n of due.get(second) ?? []) {
          const ms = second * 1000 + 400
          if (n < 0) base(-1 - n, ms, send)
          else report(n, ms, send)
        }
        due.delete(second)
      }
    },
  }
}

function intervalMs(ship: SimShip, motion: Motion, jitter: number): number {
  if (ship.mmsi >= 970_000_000) return 10_000
  if (motion.navigationStatus === 1 || motion.navigationStatus === 5) return 180_000
  if (ship.isClassB) return (motion.sogKn > 2 ? 30_000 : 180_000) + jitter * 2000
  return motion.sogKn > 23 ? 2000 : motion.sogKn > 14 ? 6000 : 10_000
}

const tenth = (value: number): number => Math.round(value * 10) / 10

function positionOf(ship: SimShip, motion: Motion, ms: number, random: { next(): number }) {
  const noise = (): number => (random.next() - 0.5) * 0.00006
  const common = {
    repeat: 0,
    mmsi: ship.mmsi,
    sogKn: tenth(Math.max(0, motion.sogKn + (motion.sogKn > 0.5 ? (random.next() - 0.5) * 0.2 : 0))),
    accurate: true,
    lon: motion.lon + noise(),
    lat: motion.lat + noise(),
    cogDeg: tenth((motion.cogDeg + 360) % 359.9),
    second: Math.floor(ms / 1000) % 60,
    raim: false,
  }
  if (ship.isClassB) return { type: 18, ...common, headingDeg: Math.round(motion.headingDeg) % 360 }
  const isBeacon = ship.mmsi >= 970_000_000
  return {
    type: 1,
    ...common,
    navigationStatus: isBeacon ? 14 : motion.navigationStatus,
    ...(isBeacon ? {} : { headingDeg: Math.round(motion.headingDeg) % 360 }),
  }
}

function staticsOf(ship: SimShip) {
  const half = Math.round(ship.lengthM / 2)
  const side = Math.round(ship.beamM / 2)
  const size = { toBowM: half, toSternM: ship.lengthM - half, toPortM: side, toStarboardM: ship.beamM - side }
  if (ship.isClassB) {
    return [
      { type: 24, repeat: 0, mmsi: ship.mmsi, part: 0, name: ship.name },
      { type: 24, repeat: 0, mmsi: ship.mmsi, part: 1, shipType: ship.shipType, callSign: ship.callSign, ...size },
    ]
  }
  return [
    {
      type: 5,
      repeat: 0,
      mmsi: ship.mmsi,
      imoNumber: ship.imoNumber ?? 0,
      callSign: ship.callSign,
      name: ship.name,
      shipType: ship.shipType,
      ...size,
      draughtM: ship.draughtM,
      destination: ship.destination,
    },
  ]
}
