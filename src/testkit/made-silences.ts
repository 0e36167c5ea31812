// Made scenarios of silence: a ship that goes dark among others that are heard, a station that is out.
import { cargo, factsOf, type MadeScenario, MMSI, rhythm, straight } from './made-scenario.ts'
import { type Scene, sized, T0 } from './sea-scene.ts'
import { anywhere, type Dice, diceOf, miles, type Place, type Ship, type Station, voyage } from './voyages.ts'

/** Ships about a station that hears them all along. */
export function neighbours(dice: Dice, at: Place, count: number, minutes: number, station: Station | undefined, firstMmsi = MMSI + 50) {
  return Array.from({ length: count }, (_, n): { readonly ship: Ship; readonly reports: Scene['reports'][number] } => {
    const ship: Ship = {
      mmsi: firstMmsi + n,
      facts: sized(dice.whole(60, 200), 70, `DEMO NEAR ${n}`),
      at: miles(at, dice.between(0, 360), dice.between(0.5, 7)),
      legs: [straight(minutes, dice.between(1.5, 6), dice.between(0, 360))],
      everyS: rhythm(dice),
    }
    return { ship, reports: voyage(ship, dice, station && [station]) }
  })
}

/** One goes dark among others that are heard; she is heard again later, or her reports come late, or never. */
export function goesDark(seed: number): MadeScenario {
  const dice = diceOf(seed)
  const at = anywhere(dice)
  const station: Station = {
    name: `P${dice.whole(1, 99)}`,
    at: miles(at, dice.between(0, 360), dice.between(2, 12)),
    goodNm: 42,
    edgeNm: 60,
  }
  const stations = dice.chance(0.7) ? station : undefined
  const [darkFrom, darkFor, isLate] = [dice.between(35, 80), dice.between(45, 150), dice.chance(0.3)]
  const end = darkFrom + darkFor + 60
  const isForGood = !isLate && dice.chance(0.4)
  const everyS = dice.pick([6, 10, 20, 30, 60])
  const ship: Ship = {
    mmsi: MMSI + 1,
    facts: sized(dice.whole(40, 200), cargo(dice), 'DEMO SHADOW'),
    at,
    legs: [straight(end + 35, dice.between(4, 9), dice.between(0, 360))],
    everyS,
    isOff: minute => !isLate && minute >= darkFrom && (isForGood || minute < darkFrom + darkFor),
  }
  const others = neighbours(dice, at, dice.whole(4, 8), end + 30, stations)
  const own = voyage(ship, dice, stations && [stations]).map(report => {
    const minute = (report.sentAtMs - T0) / 60_000
    return isLate && minute >= darkFrom && minute < darkFrom + darkFor
      ? { ...report, receivedAtMs: T0 + (darkFrom + darkFor + 20) * 60_000 + minute * 50 }
      : report
  })
  return {
    name: isLate ? 'goes dark, reports come late' : 'goes dark',
    reports: [own, ...others.map(({ reports }) => reports)],
    ships: factsOf([ship, ...others.map(one => one.ship)]),
    expected: [
      {
        detector: 'signal-lost',
        ships: [ship.mmsi],
        from: [darkFrom - 2.5, darkFrom + 0.1],
        raiseBy: darkFrom + 10 + 4.5,
        ...(isLate ? { isWithdrawn: true } : isForGood ? {} : { to: [darkFrom + darkFor - 0.1, darkFrom + darkFor + 3] as const }),
      },
    ],
  }
}

/** A station is out; its ships fall silent together and nobody is lost. */
export function outage(seed: number): MadeScenario {
  const dice = diceOf(seed)
  const at = anywhere(dice)
  const [from, lasts] = [dice.between(40, 90), dice.between(12, 70)]
  const dead: Station = { name: 'P02', at, goodNm: 42, edgeNm: 60, outages: [[from, from + lasts]] }
  const other: Station = { name: 'P03', at: miles(at, 90, dice.between(25, 80)), goodNm: 42, edgeNm: 60 }
  const end = from + lasts + 60
  const ships = Array.from(
    { length: dice.whole(8, 30) },
    (_, n): Ship => ({
      mmsi: MMSI + n,
      facts: sized(100, 70),
      at: miles(n > 5 && dice.chance(0.75) ? at : other.at, dice.between(0, 360), dice.between(0, 25)),
      legs: [straight(end, dice.between(3, 14), dice.between(0, 360))],
      everyS: n < 5 ? 20 : rhythm(dice),
    }),
  )
  // At least four that only the dead one hears, west of it.
  const west = Array.from(
    { length: 4 },
    (_, n): Ship => ({
      mmsi: MMSI + 100 + n,
      facts: sized(100, 70),
      at: miles(at, 250 + n * 12, dice.between(8, 15)),
      legs: [straight(end, dice.between(2.5, 4), 270)],
      everyS: rhythm(dice),
    }),
  )
  return {
    name: 'station outage',
    reports: [...ships, ...west].map(ship => voyage(ship, dice, [dead, other])),
    ships: factsOf([...ships, ...west]),
    expected: [
      {
        detector: 'station-silent',
        ships: [],
        from: [from - 2.5, from + 0.1],
        raiseBy: from + 8,
        to: [from + lasts - 0.1, from + lasts + 4],
      },
    ],
  }
}
