// Made scenarios of ships that meet, and of one that wanders about one place.
import { cargo, factsOf, type MadeScenario, MMSI, rhythm, straight } from './made-scenario.ts'
import { type Leg, sized } from './sea-scene.ts'
import { anywhere, type Dice, diceOf, metres, miles, type Place, type Ship, voyage } from './voyages.ts'

/** Two ships sail to one place, lie there for a while and part. */
function meeting(dice: Dice, everyS: readonly [number, number], isSatellite: boolean): MadeScenario {
  const at = anywhere(dice)
  const lies = isSatellite ? dice.between(300, 500) : dice.between(60, 240)
  const approach = isSatellite ? 240 : dice.between(60, 110)
  const drift = { kn: dice.between(0, 1.4), deg: dice.between(0, 360) }
  const apartM = dice.between(20, 320)
  const mmsis = [MMSI + 1, MMSI + 2]
  const ships = mmsis.map((mmsi, n): Ship => {
    const course = dice.between(0, 360)
    const sogKn = dice.between(7, 16)
    const side = metres(at, 90, n * apartM)
    const isClassB = !isSatellite && n === 1 && (everyS[1] ?? 0) > 120
    return {
      mmsi,
      facts: sized(dice.whole(40, 250), cargo(dice), `DEMO SIDE ${n}`),
      at: miles(side, course + 180, (sogKn * approach) / 60),
      legs: [straight(approach, sogKn, course), straight(lies, drift.kn, drift.deg), straight(60, sogKn, dice.between(0, 360))],
      everyS: everyS[n] ?? 60,
      jitter: isClassB || isSatellite ? 0.8 : 0.1,
      delayS: isSatellite ? 600 : 3,
      isSatellite,
      isClassB,
    }
  })
  const slowestMin = Math.max(...everyS) / 60
  return {
    name: isSatellite ? 'rendezvous heard by satellite' : 'rendezvous',
    reports: ships.map(ship => voyage(ship, dice)),
    ships: factsOf(ships),
    expected: [
      {
        detector: 'rendezvous',
        ships: mmsis,
        from: [approach - 1 - slowestMin, approach + 2 + 2 * slowestMin],
        raiseBy: approach + 32 + 4 * slowestMin + (isSatellite ? 12 : 0),
        to: [approach + lies - 2 - 3 * slowestMin, approach + lies + 3],
      },
    ],
  }
}

export const rendezvous = (seed: number): MadeScenario => {
  const dice = diceOf(seed)
  const everyS = rhythm(dice)
  return meeting(dice, [everyS, dice.pick([everyS, 30, 180, 360])], false)
}

export const satelliteRendezvous = (seed: number): MadeScenario => {
  const dice = diceOf(seed)
  return meeting(dice, [dice.between(600, 1800), dice.between(600, 1800)], true)
}

/** A boat runs out to a freighter that slows for it, lies alongside for minutes and runs home. */
export function smallCraft(seed: number): MadeScenario {
  const dice = diceOf(seed)
  const at = anywhere(dice)
  const [cruise, slow, course] = [dice.between(9, 17), dice.between(0.5, 4), dice.between(0, 360)]
  const [before, alongside] = [dice.between(50, 90), dice.between(7, 20)]
  const run = dice.between(18, 35)
  const runMin = dice.between(12, 25)
  const everyS = dice.pick([6, 10, 20, 30, 60])
  const slowing = 6
  const ship: Ship = {
    mmsi: MMSI + 1,
    facts: sized(dice.whole(55, 300), cargo(dice), 'DEMO FREIGHTER'),
    at: miles(at, course + 180, (cruise * before) / 60),
    legs: [straight(before, cruise, course), straight(slowing + alongside + 4, slow, course), straight(40, cruise, course)],
    everyS,
  }
  const met = metres(miles(at, course, (slow * slowing) / 60), course + 90, dice.between(10, 60))
  const from = dice.between(0, 360)
  const boat: Ship = {
    mmsi: MMSI + 2,
    facts: sized(dice.whole(6, 19), dice.pick([37, 36, 30, 99, 0]), 'DEMO LAUNCH'),
    at: miles(met, from + 180, (run * runMin) / 60),
    legs: [straight(runMin, run, from), straight(alongside, slow, course), straight(20, run, from + 150)],
    fromMin: before + slowing - runMin,
    everyS: dice.pick([6, 10, 20, 30]),
    isClassB: dice.chance(0.5),
  }
  const begins = before + slowing
  return {
    name: 'small craft',
    reports: [voyage(ship, dice), voyage(boat, dice)],
    ships: factsOf([ship, boat]),
    expected: [
      {
        detector: 'small-craft-meeting',
        ships: [ship.mmsi, boat.mmsi],
        from: [begins - 1.5, begins + 2.5],
        raiseBy: begins + 4 + 2.6,
        to: [begins + alongside - 2.5, begins + alongside + 1.5],
      },
    ],
  }
}

/** She wanders about one place for five hours and more, and sails on. */
export function loitering(seed: number): MadeScenario {
  const dice = diceOf(seed)
  const at = anywhere(dice)
  const hours = dice.between(5.2, 7)
  const legs: Leg[] = [straight(60, 11, 90)]
  let place: Place = at
  for (let minutes = 0; minutes < hours * 60; ) {
    const leg = straight(dice.between(8, 25), dice.between(1, 3.4), homeward(at, place, 1.8, dice))
    legs.push(leg)
    place = miles(place, leg.cogDeg, (leg.sogKn * leg.minutes) / 60)
    minutes += leg.minutes
  }
  legs.push(straight(60, 11, 90))
  const ship: Ship = {
    mmsi: MMSI + 1,
    facts: sized(dice.whole(30, 200), cargo(dice), 'DEMO WANDERER'),
    at: miles(at, 270, 11),
    legs,
    everyS: dice.pick([10, 30, 60, 120, 300, 600]),
    jitter: 0.3,
    isClassB: dice.chance(0.3),
  }
  return {
    name: 'loitering',
    reports: [voyage(ship, dice)],
    ships: factsOf([ship]),
    expected: [{ detector: 'loitering', ships: [ship.mmsi], from: [20, 100], raiseBy: 60 + 240 + 50, to: [60 + hours * 60 - 10, 999] }],
  }
}

/** Any way while she is near, homeward when she has come too far. */
function homeward(home: Place, from: Place, withinNm: number, dice: Dice): number {
  const [north, east] = [
    (home.lat - from.lat) * 60,
    (((home.lon - from.lon + 540) % 360) - 180) * 60 * Math.cos((home.lat * Math.PI) / 180),
  ]
  return Math.hypot(north, east) > withinNm ? (Math.atan2(east, north) * 180) / Math.PI : dice.between(0, 360)
}
