// Ships near each other, and ships in one place, where nothing is to be told. The traps of design/detectors.md §3 for meetings and loitering.
import type { StaticFacts } from '#vessels/index.ts'
import { type MadeScenario, MMSI, minutesFor, rhythm, straight } from './made-scenario.ts'
import { alone, anchorage, fisher, freighter, nearMiss, scene } from './near-miss.ts'
import { type Leg, sized, T0 } from './sea-scene.ts'
import { type Dice, metres, miles, type Place, type Ship } from './voyages.ts'

/** Two ships that lie `apartM` from each other for a while. */
function together(
  dice: Dice,
  at: Place,
  minutes: number,
  apartM: number,
  facts: readonly [Ship['facts'], Ship['facts']],
  more: Partial<Ship> = {},
): Ship[] {
  const drift = { kn: dice.between(0, 1.2), deg: dice.between(0, 360) }
  return facts.map((own, n): Ship => {
    const [course, sogKn] = [dice.between(0, 360), dice.between(7, 14)]
    return {
      mmsi: MMSI + 1 + n,
      facts: own,
      at: miles(metres(at, 90, n * apartM), course + 180, sogKn),
      legs: [straight(60, sogKn, course), straight(minutes, drift.kn, drift.deg), straight(40, sogKn, dice.between(0, 360))],
      everyS: rhythm(dice),
      ...more,
    }
  })
}
/** A boat comes to a freighter; what differs decides that it is nothing. */
function boatAt(
  dice: Dice,
  at: Place,
  call: { boatFacts?: StaticFacts; alongside?: number; slow?: number; boatKn?: number; before?: number },
) {
  const { boatFacts = sized(12, 37), alongside = 10, slow = 3, before = 12 } = call
  const { boatKn = slow } = call
  const course = dice.between(0, 360)
  const ship: Ship = {
    mmsi: MMSI + 1,
    facts: sized(dice.whole(60, 300), 70),
    at: miles(at, course + 180, before),
    legs: [straight(60, before, course), straight(alongside + 8, slow, course), straight(40, before, course)],
    everyS: dice.pick([6, 10, 20, 30]),
  }
  const met = metres(miles(at, course, (slow * 5) / 60), course + 90, 30)
  const from = dice.between(0, 360)
  const boat: Ship = {
    mmsi: MMSI + 2,
    facts: boatFacts,
    at: miles(met, from + 180, 8),
    legs: [straight(20, 24, from), straight(alongside, boatKn, course), straight(20, 24, from + 120)],
    fromMin: 45,
    everyS: dice.pick([6, 10, 20, 30]),
    isClassB: dice.chance(0.5),
  }
  return scene([ship, boat], dice)
}

/** She sails to and fro within `nm`. */
function toAndFro(dice: Dice, hours: number, sogKn: () => number, nm: number): Leg[] {
  const legs: Leg[] = []
  const course = dice.between(0, 360)
  for (let minutes = 0, way = 0; minutes < hours * 60; way += 180) {
    const kn = sogKn()
    const leg = straight(minutesFor(nm, kn), kn, course + way + dice.between(-20, 20))
    legs.push(leg)
    minutes += leg.minutes
  }
  return legs
}

export const MEETING_NEAR_MISSES: readonly ((seed: number) => MadeScenario)[] = [
  nearMiss('too short a meeting', (dice, at) =>
    scene(together(dice, at, dice.between(10, 24), 80, [freighter(dice), freighter(dice)]), dice),
  ),
  nearMiss('two ships drift a kilometre apart', (dice, at) =>
    scene(together(dice, at, 120, dice.between(900, 1800), [freighter(dice), freighter(dice)]), dice),
  ),
  nearMiss('two fishing boats rafted', (dice, at) =>
    scene(together(dice, at, 180, 15, [fisher(dice), fisher(dice)], { isClassB: dice.chance(0.5) }), dice),
  ),
  nearMiss('pair trawlers', (dice, at) => {
    const course = dice.between(0, 360)
    const boats = [0, 1].map(
      (n): Ship => ({
        ...alone(dice, fisher(dice), metres(at, course + 90, n * 250), [straight(240, dice.between(1.8, 3.2), course)]),
        mmsi: MMSI + 1 + n,
        nav: 7,
      }),
    )
    return scene(
      [boats[0], { ...boats[1], legs: boats[0]?.legs }].filter((one): one is Ship => one?.legs !== undefined),
      dice,
    )
  }),
  nearMiss('tug at a ship', (dice, at) =>
    scene(together(dice, at, 90, 20, [freighter(dice), sized(30, dice.pick([52, 31, 32, 53, 50]))]), dice),
  ),
  nearMiss('barge with a permit', (dice, at) => ({
    ...scene(together(dice, at, 120, 20, [freighter(dice), sized(50, 80)]), dice),
    permits: [{ barge: MMSI + 2, ship: MMSI + 1, fromMs: T0, toMs: T0 + 9e7 }],
  })),
  nearMiss('neighbours in an anchorage', (dice, at) =>
    scene(
      together(dice, at, 240, dice.between(100, 450), [freighter(dice), freighter(dice)], { nav: leg => (leg.sogKn < 2 ? 1 : 0) }),
      dice,
      {
        areas: [anchorage(at, 12_000, dice.pick(['anchorage', 'waiting', 'port']))],
      },
    ),
  ),
  nearMiss('overtaking', (dice, at) => {
    const course = dice.between(0, 360)
    return scene(
      [0, 1].map(
        (n): Ship => ({
          ...alone(dice, freighter(dice), metres(miles(at, course + 180, n * 2), course + 90, n * 300), [
            straight(120, 12 + n * 2, course),
          ]),
          mmsi: MMSI + n,
        }),
      ),
      dice,
    )
  }),
  nearMiss('slow convoy at four knots', (dice, at) =>
    scene(
      [0, 1].map((n): Ship => ({ ...alone(dice, freighter(dice), metres(at, 90, n * 300), [straight(180, 4, 0)]), mmsi: MMSI + n })),
      dice,
    ),
  ),
  nearMiss('pilot boards', (dice, at) => boatAt(dice, at, { boatFacts: sized(15, dice.pick([50, 53, 55, 58])), alongside: 12 })),
  nearMiss('boat at a ship that did not slow', (dice, at) => boatAt(dice, at, { slow: 4.5, before: dice.between(5, 6.5), alongside: 10 })),
  nearMiss('boat at a ship that lies still', (dice, at) => boatAt(dice, at, { slow: 0, before: 0.1, alongside: 12 })),
  nearMiss('boat passes fast', (dice, at) => boatAt(dice, at, { alongside: 12, boatKn: 9 })),
  nearMiss('boat alongside two minutes', (dice, at) => boatAt(dice, at, { alongside: 2 })),
  nearMiss('a bigger boat alongside', (dice, at) => boatAt(dice, at, { boatFacts: sized(dice.whole(26, 45), 37), alongside: 12 })),
  nearMiss('fishing all day', (dice, at) =>
    scene(
      [
        alone(
          dice,
          fisher(dice),
          at,
          toAndFro(dice, 8, () => dice.between(1.5, 3.5), 1.5),
        ),
      ],
      dice,
    ),
  ),
  nearMiss('dredger in her works', (dice, at) =>
    scene(
      [
        alone(
          dice,
          sized(95, dice.pick([33, 70])),
          at,
          toAndFro(dice, 8, () => dice.between(1, 2), 1),
        ),
      ],
      dice,
      { areas: [anchorage(at, 6000, 'works')] },
    ),
  ),
  nearMiss('anchored and swinging', (dice, at) =>
    scene(
      [
        alone(
          dice,
          freighter(dice),
          at,
          Array.from({ length: 40 }, (_, n) => straight(15, dice.between(0, 0.4), n * 47)),
          { nav: dice.pick([1, 0]), everyS: dice.pick([60, 180]), scatterM: 25 },
        ),
      ],
      dice,
    ),
  ),
  nearMiss('drifts on one way', (dice, at) =>
    scene([alone(dice, freighter(dice), at, [straight(420, dice.between(0.8, 2), dice.between(0, 360))], { scatterM: 20 })], dice),
  ),
  nearMiss('wanders three hours', (dice, at) =>
    scene(
      [alone(dice, freighter(dice), at, [straight(40, 12, 0), ...toAndFro(dice, 2.9, () => dice.between(1, 3), 0.7), straight(60, 12, 0)])],
      dice,
    ),
  ),
  nearMiss('survey at nine knots', (dice, at) =>
    scene(
      [
        alone(
          dice,
          freighter(dice),
          at,
          toAndFro(dice, 8, () => 9, 4),
        ),
      ],
      dice,
    ),
  ),
]
