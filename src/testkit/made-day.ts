// A normal day made fresh from a seed: trade along lanes, out of range and in again, ferries, fishing fleets, anchorages drawn and not drawn, pilots, tugs with
// tows, yachts; stations that overlap, one that is out for a while. Nothing happens in it but the outage.
import { cargo, straight } from './made-scenario.ts'
import { type Leg, type Scene, sized, square, T0 } from './sea-scene.ts'
import { anywhere, type Dice, diceOf, metres, miles, type Place, type Ship, type Station, voyage } from './voyages.ts'

export interface MadeDay extends Scene {
  readonly hours: number
  readonly outage: { readonly station: string; readonly fromMin: number; readonly toMin: number }
}

export interface DayWish {
  readonly ships: number
  readonly hours: number
  /** Seconds between reports of a class A ship under way. */
  readonly everyS: number
  /** Miles over which a station's hearing fades; 0 = from all to nothing at a line. */
  readonly fadesNm: number
}

interface Sea {
  readonly dice: Dice
  readonly middle: Place
  readonly minutes: number
  readonly everyS: number
  readonly anchorages: readonly Place[]
  readonly grounds: readonly Place[]
}

/** A ship of one kind: where she is and what she does all day. `n` is her number among all. */
type Kind = (sea: Sea, n: number) => Omit<Ship, 'mmsi'>

const somewhere = ({ dice, middle }: Sea, withinNm: number): Place => miles(middle, dice.between(0, 360), withinNm * Math.sqrt(dice()))

/** Straight across, out of range on both sides. */
const trader: Kind = sea => {
  const { dice, minutes, everyS } = sea
  const [course, sogKn] = [dice.between(0, 360), dice.between(8, 20)]
  return {
    facts: sized(dice.whole(60, 300), cargo(dice) || 70),
    at: miles(somewhere(sea, 40), course + 180, dice.between(0, (sogKn * minutes) / 60)),
    legs: [straight(minutes, sogKn, course)],
    everyS,
    loss: 0.03,
  }
}

/** Comes in, lies at anchor, some hours later goes on. Her set is slow at anchor. */
const waiter: Kind = sea => {
  const { dice, minutes, everyS } = sea
  const [course, sogKn, arrives] = [dice.between(0, 360), dice.between(8, 14), dice.between(20, 120)]
  const berth = metres(dice.pick(sea.anchorages), dice.between(0, 360), dice.between(0, 2500))
  return {
    facts: sized(dice.whole(60, 250), 70),
    at: miles(berth, course + 180, (sogKn * arrives) / 60),
    legs: [straight(arrives, sogKn, course), straight(minutes, 0, 0)],
    everyS: Math.max(everyS, 60),
    nav: leg => (leg.sogKn < 0.5 ? 1 : 0),
    scatterM: 25,
  }
}

/** To her ground, trawling to and fro, often beside others of the fleet, and home. */
const fisher: Kind = (sea, n) => {
  const { dice, minutes, everyS } = sea
  const ground = metres(dice.pick(sea.grounds), dice.between(0, 360), dice.between(0, 2500))
  const legs: Leg[] = [straight(60, 9, 90)]
  for (let spent = 60; spent < minutes; ) {
    const leg = straight(dice.between(10, 50), dice.chance(0.2) ? dice.between(0, 1) : dice.between(2, 4), dice.between(0, 360))
    legs.push(leg)
    spent += leg.minutes
  }
  const isClassB = n % 3 === 0
  return {
    facts: sized(dice.whole(10, 40), 30),
    at: miles(ground, 270, 9),
    legs,
    everyS: isClassB ? dice.pick([30, 60, 180]) : everyS,
    loss: isClassB ? 0.3 : 0.05,
    isClassB,
    nav: leg => (leg.sogKn < 5 ? 7 : 0),
  }
}

const ferry: Kind = sea => {
  const { dice, minutes, everyS } = sea
  const [course, sogKn, crossing] = [dice.between(0, 360), dice.between(15, 30), dice.between(40, 90)]
  const legs: Leg[] = []
  for (let spent = 0, way = 0; spent < minutes; spent += crossing + 20, way += 180)
    legs.push(straight(crossing, sogKn, course + way), straight(20, 0, 0))
  return { facts: sized(dice.whole(30, 120), 60), at: somewhere(sea, 20), legs, everyS, nav: leg => (leg.sogKn < 0.5 ? 5 : 0) }
}

/** Out to ships, along with them, and home. */
const pilot: Kind = sea => {
  const { dice, minutes, everyS } = sea
  const legs: Leg[] = []
  for (let spent = 0; spent < minutes; spent += 80) {
    const course = dice.between(0, 360)
    legs.push(straight(15, 20, course), straight(10, 7, course), straight(19, 20, course + 180), straight(36, 0, 0))
  }
  return { facts: sized(16, dice.pick([50, 55, 53])), at: dice.pick(sea.anchorages), legs, everyS }
}

const yacht: Kind = sea => {
  const { dice, minutes } = sea
  const legs = Array.from({ length: Math.ceil(minutes / 60) }, () => straight(60, dice.between(3, 7), dice.between(0, 360)))
  return {
    facts: sized(dice.whole(8, 18), dice.pick([36, 37])),
    at: somewhere(sea, 30),
    legs,
    everyS: dice.pick([30, 180]),
    isClassB: true,
    loss: 0.4,
  }
}

/** Far out, heard when a satellite passes. */
const farOut: Kind = sea => {
  const { dice, minutes } = sea
  const phase = dice.between(0, 95)
  return {
    facts: sized(200, 80),
    at: miles(sea.middle, dice.between(0, 360), 200),
    legs: [straight(minutes, 13, dice.between(0, 360))],
    everyS: 120,
    isSatellite: true,
    delayS: 900,
    isOff: minute => (minute + phase) % 95 > 12,
  }
}

/** How many in a hundred are of each kind. */
const KINDS: readonly (readonly [Kind, number])[] = [
  [trader, 44],
  [waiter, 16],
  [fisher, 20],
  [ferry, 5],
  [pilot, 4],
  [yacht, 8],
  [farOut, 3],
]

function kindOf(n: number): Kind {
  let at = n % 100
  for (const [kind, many] of KINDS) {
    if (at < many) return kind
    at -= many
  }
  return trader
}

/** A tug and the barge behind her. */
function tow(sea: Sea, mmsi: number): Ship[] {
  const { dice, minutes, everyS } = sea
  const at = somewhere(sea, 25)
  const course = dice.between(0, 360)
  const legs = [
    straight(minutes / 2, dice.between(3, 5), course),
    straight(150, dice.between(1.2, 1.9), course),
    straight(minutes / 2, 5, course),
  ]
  return [sized(32, 52), sized(80, 90)].map((facts, n) => ({ mmsi: mmsi + n, facts, at: metres(at, course + 180, n * 300), legs, everyS }))
}

export function madeDay(seed: number, wish: DayWish): MadeDay {
  const dice = diceOf(seed)
  const middle = anywhere(dice)
  const minutes = wish.hours * 60
  const [fromMin, lasts] = [dice.between(90, minutes - 120), dice.between(12, 60)]
  const outage = { station: 'P2', fromMin, toMin: fromMin + lasts }
  const stations = [1, 2, 3].map(
    (n): Station => ({
      name: `P${n}`,
      at: miles(middle, n * 120, dice.between(15, 35)),
      goodNm: 60 - wish.fadesNm,
      edgeNm: 60,
      ...(n === 2 ? { outages: [[outage.fromMin, outage.toMin]] } : {}),
    }),
  )
  const places = (many: number): Place[] => Array.from({ length: many }, () => miles(middle, dice.between(0, 360), dice.between(3, 30)))
  const sea: Sea = { dice, middle, minutes, everyS: wish.everyS, anchorages: places(3), grounds: places(3) }
  const ships = Array.from(
    { length: wish.ships },
    (_, n): Ship => ({ mmsi: 440_800_000 + n, fromMin: dice.between(0, 3), ...kindOf(Math.floor(dice() * 100))(sea, n) }),
  )
  for (let n = 0; n < wish.ships / 80; n++) ships.push(...tow(sea, 440_900_000 + n * 2))
  return {
    hours: wish.hours,
    outage,
    // The recording ends for all at once.
    reports: ships.map(ship => voyage(ship, dice, stations).filter(({ receivedAtMs }) => receivedAtMs < T0 + minutes * 60_000)),
    ships: Object.fromEntries(ships.map(({ mmsi, facts }) => [mmsi, facts])),
    areas: sea.anchorages.map(({ lat, lon }, n) => square({ id: `A${n}`, name: `정박지 ${n}`, kind: 'anchorage' }, [lat, lon], 3500)),
  }
}
