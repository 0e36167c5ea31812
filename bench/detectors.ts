import { offset } from '#base/index.ts'
import { type Area, createAreaIndex } from '#places/index.ts'
import { NETWORK, Picture, type PositionReport, STATION_CLASS } from '#vessels/index.ts'
import { seeded, sized, square } from '../src/testkit/sea-scene.ts'
import { createWatch } from '../src/vessels/detectors/index.ts'
import type { Bench } from './bench.ts'

const SHIPS = 10_000
/** Each ship is heard every ten seconds for half an hour; the first ten minutes warm up and are not measured. */
const EVERY_MS = 10_000
const ROUNDS = 180
const WARM_ROUNDS = 60
const T0 = Date.UTC(2026, 0, 15)

interface Sailor {
  report: PositionReport
  previous: PositionReport
  sogKn: number
  cogDeg: number
}

/** Ships round Korea: a third lie still in thirty crowded places, the rest sail; one in ten is a fishing boat, one in fifty a tug, some are small. */
function fleet(): Sailor[] {
  const random = seeded(7)
  const crowds = Array.from({ length: 30 }, () => [33 + random() * 5, 125 + random() * 6] as const)
  return Array.from({ length: SHIPS }, (_, n) => {
    const isStill = random() < 0.33
    const [lat, lon] = isStill ? (crowds[n % 30] ?? [34, 128]) : [33 + random() * 5, 125 + random() * 6]
    const place = offset(lat, lon, random() * 360, random() * 3000)
    const sogKn = isStill ? random() * 0.3 : 3 + random() * 14
    const cogDeg = random() * 359
    const report: PositionReport = {
      mmsi: 440_000_000 + n,
      stationClass: n % 5 === 0 ? STATION_CLASS.B : STATION_CLASS.A,
      network: NETWORK.COAST,
      feed: 0,
      station: 1 + (n % 12),
      sentAtMs: 0,
      receivedAtMs: 0,
      mark: -1,
      lat600k: Math.round(place.lat * 600_000),
      lon600k: Math.round(place.lon * 600_000),
      sogDeciknots: Math.round(sogKn * 10),
      cogDecidegrees: Math.round(cogDeg * 10),
      headingDeg: Math.round(cogDeg),
      rotRaw: -128,
      navigationStatus: isStill ? 1 : 0,
      accurate: true,
    }
    return { report, previous: { ...report }, sogKn, cogDeg }
  })
}

/** Areas of all kinds, some over the crowds' sea. */
function areas(): Area[] {
  const random = seeded(11)
  const kinds = ['anchorage', 'port', 'speed-limit', 'designated', 'forbidden', 'waiting'] as const
  return Array.from({ length: 60 }, (_, n) =>
    square(
      { id: `A${n}`, name: `area ${n}`, kind: kinds[n % kinds.length] ?? 'other', maxKn: 12 },
      [33 + random() * 5, 125 + random() * 6],
      2000 + random() * 8000,
    ),
  )
}

/** Nanoseconds of every measured report, and of each minute's tick; with no detectors when `only` is empty. */
function run(only?: readonly string[]): {
  readonly meanUs: number
  readonly sampledUs: Float64Array
  readonly tickMs: number
  readonly found: number
} {
  const picture = new Picture(SHIPS + 16)
  const index = createAreaIndex(areas())
  let found = 0
  const watch = createWatch({
    picture,
    areas: () => index,
    isWatched: mmsi => mmsi % 500 === 0,
    hasPermit: () => false,
    milesOffshore: () => Number.NaN,
    stationName: station => `S${station}`,
    feedName: () => 'bench',
    stationPlace: () => undefined,
    sink: event => {
      if (event.change === 'raised') found++
    },
    ...(only ? { detectors: only } : {}),
  })
  const ships = fleet()
  const slots = ships.map(({ report }, n) => {
    const slot = picture.openSlot(report.mmsi)
    picture.tell(slot, sized(n % 7 === 0 ? 12 : 90, n % 10 === 0 ? 30 : n % 50 === 0 ? 52 : 70), T0)
    return slot
  })
  const samples: number[] = []
  let spentNs = 0
  let measured = 0
  let tickNs = 0
  let ticks = 0
  for (let round = 0; round < ROUNDS; round++) {
    const atMs = T0 + round * EVERY_MS
    // Places are moved and written outside the clock: they are not the detectors' cost.
    for (const [n, ship] of ships.entries()) {
      const { report, previous } = ship
      Object.assign(previous, report)
      report.sentAtMs = atMs + (n % EVERY_MS)
      report.receivedAtMs = report.sentAtMs + 500
      const metres = (ship.sogKn * 1852 * EVERY_MS) / 3_600_000
      report.lat600k += Math.round((Math.cos((ship.cogDeg * Math.PI) / 180) * metres * 600_000) / 111_200)
      report.lon600k += Math.round((Math.sin((ship.cogDeg * Math.PI) / 180) * metres * 600_000) / 91_000)
      picture.place(slots[n]!, report)
    }
    const isMeasured = round >= WARM_ROUNDS
    const start = process.hrtime.bigint()
    for (const [n, ship] of ships.entries()) {
      if (isMeasured && n % 97 === 0) {
        const before = performance.now()
        watch.onReport(slots[n]!, ship.report, ship.previous)
        samples.push((performance.now() - before) * 1000)
      } else watch.onReport(slots[n]!, ship.report, ship.previous)
    }
    if (isMeasured) {
      spentNs += Number(process.hrtime.bigint() - start)
      measured += SHIPS
    }
    if (round % 6 !== 5) continue
    const tick = process.hrtime.bigint()
    watch.onTick(atMs + EVERY_MS)
    if (!isMeasured) continue
    tickNs += Number(process.hrtime.bigint() - tick)
    ticks++
  }
  return { meanUs: (spentNs + tickNs) / measured / 1000, sampledUs: Float64Array.from(samples).sort(), tickMs: tickNs / ticks / 1e6, found }
}

export const bench: Bench = {
  name: 'detectors',
  question: 'What do all detectors together cost a report, at 10,000 ships?',
  async run() {
    const all = run()
    const ground = run([])
    const size = `${SHIPS} ships, ${(ROUNDS - WARM_ROUNDS) * SHIPS} reports measured, 60 areas, ${all.found} findings`
    const at = (share: number) => all.sampledUs[Math.floor(all.sampledUs.length * share)] ?? Number.NaN
    return [
      {
        name: 'all detectors with their ground and ticks, mean',
        value: all.meanUs,
        unit: 'µs/report',
        goal: '≤ 5 µs',
        size,
      },
      { name: 'of it the shared ground alone', value: ground.meanUs, unit: 'µs/report', size },
      { name: 'a report, median', value: at(0.5), unit: 'µs', goal: '≤ 5 µs', size },
      { name: 'a report, 99th percentile', value: at(0.99), unit: 'µs', goal: '≤ 100 µs', size },
      { name: 'tick of a minute, mean', value: all.tickMs, unit: 'ms', size },
    ]
  },
}
