// A day in Korean waters: cargo and tankers between ports, ferries, fishing fleets, ships at anchor and at berth, harbour craft, and the events of the script.
// Everything follows from the seed; nothing is stored but ports, grounds and shapes.
import { METRES_PER_NAUTICAL_MILE, offset } from '#base/index.ts'
import { type Coast, createRouter, type Place, PORTS } from '#places/index.ts'
import { ANCHORAGES, FISHING_GROUNDS, GUARDED } from './areas.ts'
import { createRandom, type Random } from './random.ts'
import { fishing, lying, type SimShip, type Stage, scripted, voyaging } from './ship.ts'

const WATERS = { west: 121.5, south: 31.5, east: 133, north: 39 }
/** Where ships come from and go to beyond the chart. */
const FAR: readonly Place[] = [
  { lat: 32, lon: 123.2 },
  { lat: 38.3, lon: 122.4 },
  { lat: 36.2, lon: 122.2 },
  { lat: 34.9, lon: 131.6 },
  { lat: 32.1, lon: 128.8 },
  { lat: 38.6, lon: 131.8 },
]
/** Who lies at berths: kind, ship type, shortest and longest in metres. */
const MOORED = [
  ['CARGO', 70, 40, 200],
  ['TANKER', 80, 40, 200],
  ['FISHING', 30, 12, 45],
] as const
const FLAGS = [440, 441, 440, 441, 477, 538, 636, 352, 413, 432, 563, 311]
const MINUTE_MS = 60_000

/** The watched ship of the demo. */
export const watchedMmsi = (seed: number): number => 441_900_000 + (seed % 90_000) * 10 + 1
export const demoWatched = (seed: number): number[] => [watchedMmsi(seed)]

/** Ships of the day. `startMs` is when the watching begins: events are set by it. */
export function createDay(coast: Coast, seed: number, count: number, startMs: number): SimShip[] {
  const random = createRandom(seed)
  const router = createRouter(coast, WATERS)
  const waysFrom = new Map<Place, ReturnType<typeof router.waysFrom>>()
  const ways = new Map<string, readonly Place[]>()
  const wayBetween = (from: Place, to: Place): readonly Place[] | undefined => {
    const key = `${from.lat},${from.lon}>${to.lat},${to.lon}`
    const search = waysFrom.get(from) ?? router.waysFrom(from)
    waysFrom.set(from, search)
    const known = ways.get(key) ?? search(to)
    if (known && known.length > 1) ways.set(key, known)
    return known && known.length > 1 ? known : undefined
  }
  const ships: SimShip[] = [...script(seed, startMs)]
  const counts: Record<string, number> = {}
  const identity = (kind: string, shipType: number, lengthM: number, isClassB: boolean): Omit<SimShip, 'at' | 'destination'> => {
    counts[kind] = (counts[kind] ?? 0) + 1
    const flag = kind === 'CARGO' || kind === 'TANKER' ? random.pick(FLAGS) : 440 + (ships.length & 1)
    return {
      mmsi: flag * 1_000_000 + 100_000 + ((ships.length * 37 + seed * 11) % 800_000),
      name: `DEMO ${kind} ${counts[kind]}`,
      callSign: `D${(ships.length + 1000).toString(36).toUpperCase()}`,
      shipType,
      lengthM: Math.round(lengthM),
      beamM: Math.max(3, Math.round(lengthM / 6.4)),
      draughtM: Math.round(Math.max(1, lengthM / 18) * 10) / 10,
      isClassB,
      ...(isClassB || lengthM < 60 ? {} : { imoNumber: imoOf(900_000 + ships.length) }),
    }
  }
  const voyage = (kind: string, shipType: number, lengthM: number, speedKn: number, restHours: number, ends: readonly Place[]): void => {
    const from = random.pick(PORTS)
    const to = random.pick(ends)
    const way = wayBetween(from, to)
    if (!way) return
    const berth = scatter(random, way[0]!, 2500, coast)
    // Each lies at a berth of her own at the far end too, not all on one spot.
    const farBerth = 'code' in to ? scatter(random, way.at(-1)!, 2500, coast) : way.at(-1)!
    ships.push({
      ...identity(kind, shipType, lengthM, false),
      destination: 'code' in to ? String(to.code) : 'FOR ORDERS',
      at: voyaging([berth, ...way.slice(1, -1), farBerth], speedKn, restHours * 3_600_000, random.next() * 1e9),
    })
  }

  while (ships.length < count) {
    const dice = random.next()
    if (dice < 0.3)
      voyage(
        'CARGO',
        random.pick([70, 71, 72, 79]),
        random.between(70, 300),
        random.between(10, 17),
        random.between(4, 14),
        random.next() < 0.6 ? [...PORTS] : FAR,
      )
    else if (dice < 0.42)
      voyage(
        'TANKER',
        random.pick([80, 81, 82, 89]),
        random.between(60, 250),
        random.between(9, 14),
        random.between(6, 16),
        random.next() < 0.7 ? [...PORTS] : FAR,
      )
    else if (dice < 0.45)
      voyage(
        'FERRY',
        60,
        random.between(60, 190),
        random.between(17, 23),
        2,
        PORTS.filter(port => ['KRCHA', 'KRPUS', 'KRMOK', 'KRWND'].includes(port.code)),
      )
    else if (dice < 0.72) {
      const ground = random.pick(FISHING_GROUNDS)
      const place = scatter(random, ground, 35_000, coast)
      ships.push({
        ...identity('FISHING', 30, random.between(9, 35), random.next() < 0.6),
        destination: '',
        at: fishing(place, random.between(700, 2500), random.between(2, 4.5), random.next() * 7),
      })
    } else if (dice < 0.82) {
      const place = scatter(random, random.pick(ANCHORAGES), 4000, coast)
      ships.push({ ...identity('CARGO', 70, random.between(80, 250), false), destination: '', at: lying(place, random.between(0, 360), 1) })
    } else if (dice < 0.95) {
      const port = random.pick(PORTS)
      const [kind, shipType, shortestM, longestM] = random.pick(MOORED)
      ships.push({
        ...identity(kind, shipType, random.between(shortestM, longestM), false),
        destination: port.code,
        at: lying(scatter(random, port, 3800, coast), random.between(0, 360), 5),
      })
    } else {
      const port = random.pick(PORTS)
      const home = scatter(random, port, 2500, coast)
      const out = scatter(random, port, 4500, coast)
      ships.push({
        ...identity(random.pick(['TUG', 'PILOT']), random.pick([52, 50]), random.between(15, 38), false),
        destination: '',
        at: voyaging([home, out], random.between(5, 10), 1_800_000, random.next() * 1e9),
      })
    }
  }
  return ships
}

/** A place on the water within so many metres. */
function scatter(random: Random, around: Place, metres: number, coast: Coast): Place {
  for (let tries = 0; tries < 40; tries++) {
    const there = offset(around.lat, around.lon, random.between(0, 360), Math.sqrt(random.next()) * metres)
    if (!coast.isLand(there.lat, there.lon)) return there
  }
  return around
}

/** A number with a right check digit (IMO resolution A.1117). */
function imoOf(six: number): number {
  const digits = String(six).padStart(6, '0')
  const sum = [...digits].reduce((total, digit, n) => total + Number(digit) * (7 - n), 0)
  return Number(digits) * 10 + (sum % 10)
}

const at = (startMs: number, minutes: number): number => startMs + minutes * MINUTE_MS
/** Minutes a ship needs for so many metres. */
const minutesFor = (metres: number, knots: number): number => (metres / METRES_PER_NAUTICAL_MILE / knots) * 60

/** What happens: a watched ship enters, a transfer at sea, one goes dark, a speedboat at a freighter, too fast into Busan, a distress beacon. */
function script(seed: number, startMs: number): SimShip[] {
  const one = (
    n: number,
    name: string,
    shipType: number,
    lengthM: number,
    motion: SimShip['at'],
    more: Partial<SimShip> = {},
  ): SimShip => ({
    mmsi: watchedMmsi(seed) + n,
    name: `DEMO ${name}`,
    callSign: `DX${n}`,
    shipType,
    lengthM,
    beamM: Math.max(3, Math.round(lengthM / 6)),
    draughtM: Math.max(1, Math.round(lengthM / 18)),
    destination: '',
    isClassB: false,
    at: motion,
    ...more,
  })
  // 1: along the middle of the guarded box, over its western edge as the watching begins.
  const middle = (GUARDED.south + GUARDED.north) / 2
  const edge: Place = { lat: middle, lon: GUARDED.west }
  const enter = at(startMs, -0.1)
  const hour = 13 * METRES_PER_NAUTICAL_MILE
  const entering = scripted([
    { atMs: enter - 150 * MINUTE_MS, place: offset(edge.lat, edge.lon, 265, hour * 2.5) },
    { atMs: enter, place: edge },
    { atMs: enter + 180 * MINUTE_MS, place: offset(edge.lat, edge.lon, 92, hour * 3) },
  ])
  // 2: two reefers met half an hour before the start (the past is told by the minute, so half a minute more) and part two hours later. The first had switched
  // off on her way there.
  const meeting: Place = { lat: 34.2, lon: 127.65 }
  const met = at(startMs, -30.4)
  const drift = (minutes: number, aside: number): Place =>
    offset(offset(meeting.lat, meeting.lon, 70, minutes * 14).lat, offset(meeting.lat, meeting.lon, 70, minutes * 14).lon, 160, aside)
  const coming = (minutesBefore: number, aside: number, fromDeg: number): Stage => ({
    atMs: met - minutesBefore * MINUTE_MS,
    place: offset(drift(0, aside).lat, drift(0, aside).lon, fromDeg, (minutesBefore / 60) * 11 * METRES_PER_NAUTICAL_MILE),
  })
  const reefer = (aside: number, fromDeg: number, isDark: boolean): SimShip['at'] =>
    scripted([
      coming(60, aside, fromDeg),
      ...(isDark ? [{ ...coming(23, aside, fromDeg), isSilent: true }, coming(6, aside, fromDeg)] : []),
      { atMs: met, place: drift(0, aside) },
      { atMs: met + 150 * MINUTE_MS, place: drift(150, aside) },
      {
        atMs: met + (150 + minutesFor(60_000, 12)) * MINUTE_MS,
        place: offset(drift(150, aside).lat, drift(150, aside).lon, fromDeg, 60_000),
      },
    ])
  // 3: off Busan, amid traffic, she switches off eight and a half minutes before the start.
  const lane: Place = { lat: 34.86, lon: 129.12 }
  const dark = scripted([
    { atMs: at(startMs, -100), place: offset(lane.lat, lane.lon, 60, 1.5 * hour) },
    { atMs: at(startMs, -8.5), place: lane },
    { atMs: at(startMs, -8.4), place: offset(lane.lat, lane.lon, 235, 40), isSilent: true },
    { atMs: at(startMs, 65), place: offset(lane.lat, lane.lon, 235, hour) },
    { atMs: at(startMs, 125), place: offset(lane.lat, lane.lon, 235, 2 * hour) },
  ])
  // 4: by minute 3 the coaster has slowed from 11 to 2.5 kn; the boat comes at 24 kn, lies alongside for a quarter of an hour and goes.
  const slow: Place = { lat: 34.45, lon: 127.95 }
  const slowed = at(startMs, 1)
  const alongside = at(startMs, 3)
  const drifting = (ms: number, aside: number): Place => {
    const there = offset(slow.lat, slow.lon, 95, ((ms - slowed) / 3_600_000) * 2.5 * METRES_PER_NAUTICAL_MILE)
    return offset(there.lat, there.lon, 185, aside)
  }
  const coaster = scripted([
    { atMs: slowed - 90 * MINUTE_MS, place: offset(slow.lat, slow.lon, 275, 1.5 * 11 * METRES_PER_NAUTICAL_MILE) },
    { atMs: slowed, place: slow },
    { atMs: slowed + 25 * MINUTE_MS, place: drifting(slowed + 25 * MINUTE_MS, 0) },
    {
      atMs: slowed + 85 * MINUTE_MS,
      place: offset(drifting(slowed + 25 * MINUTE_MS, 0).lat, drifting(slowed + 25 * MINUTE_MS, 0).lon, 95, 11 * METRES_PER_NAUTICAL_MILE),
    },
  ])
  const home = offset(drifting(alongside, 30).lat, drifting(alongside, 30).lon, 330, 22_000)
  const boat = scripted([
    { atMs: alongside - minutesFor(22_000, 24) * MINUTE_MS, place: home },
    { atMs: alongside, place: drifting(alongside, 30) },
    { atMs: alongside + 15 * MINUTE_MS, place: drifting(alongside + 15 * MINUTE_MS, 30) },
    { atMs: alongside + (15 + minutesFor(22_000, 24)) * MINUTE_MS, place: home },
  ])
  // 5: 27 kn where 20 are allowed, a minute and a half after the start.
  const gate: Place = { lat: 35.04, lon: 129.1 }
  const fast = scripted([
    { atMs: at(startMs, 1 - minutesFor(40_000, 27)), place: offset(gate.lat, gate.lon, 130, 44_000) },
    { atMs: at(startMs, 1), place: offset(gate.lat, gate.lon, 130, 4000) },
    { atMs: at(startMs, 1 + minutesFor(3800, 27)), place: offset(gate.lat, gate.lon, 130, 200) },
  ])
  // 6: a distress beacon wakes nine minutes after the start.
  const lost: Place = { lat: 36.35, lon: 129.95 }
  const beacon = scripted([
    { atMs: startMs - 200 * MINUTE_MS, place: lost, isSilent: true },
    { atMs: at(startMs, 9), place: lost },
    { atMs: at(startMs, 60), place: offset(lost.lat, lost.lon, 200, 1500) },
    { atMs: at(startMs, 60.1), place: offset(lost.lat, lost.lon, 200, 1501), isSilent: true },
  ])
  return [
    one(0, 'BLUE HERON', 70, 96, entering, { destination: 'FOR ORDERS' }),
    one(1, 'REEFER ONE', 70, 118, reefer(0, 250, true)),
    one(2, 'REEFER TWO', 70, 92, reefer(70, 30, false)),
    one(3, 'GREY SEAL', 80, 104, dark, { destination: 'KRPUS' }),
    one(4, 'COASTER', 70, 78, coaster, { destination: 'KRPUS' }),
    one(5, 'SPEEDBOAT', 37, 9, boat, { isClassB: true }),
    one(6, 'FAST CAT', 60, 60, fast, { destination: 'KRPUS' }),
    { ...one(7, 'SART', 0, 0, beacon), mmsi: 970_000_000 + (seed % 90) * 10_000 + 1, name: '' },
  ]
}
