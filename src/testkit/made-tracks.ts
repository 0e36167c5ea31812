// Made scenarios of one track: two hulls under one number, places she cannot have reached, a rescue transmitter, an area crossed, a limit broken.
import { cargo, factsOf, type MadeScenario, MMSI, minutesFor, straight } from './made-scenario.ts'
import { sized, square, T0 } from './sea-scene.ts'
import { anywhere, diceOf, miles, type Ship, voyage } from './voyages.ts'

/** Two hulls far apart send under one number. */
export function sharedNumber(seed: number): MadeScenario {
  const dice = diceOf(seed)
  const at = anywhere(dice)
  const nm = dice.between(25, 900)
  const everyS = dice.pick([10, 20, 30, 60, 120])
  const hulls = [at, miles(at, dice.pick([70, 90, 110, 250, 270, 290]), nm)].map(
    (place, n): Ship => ({
      mmsi: MMSI + 1,
      facts: sized(90, 70, 'DEMO TWIN'),
      at: place,
      legs: [straight(120, dice.between(0, 14), dice.between(0, 360))],
      fromMin: n * (everyS / 120),
      everyS: everyS * dice.pick([1, 1, 1.3]),
    }),
  )
  return {
    name: 'number shared',
    reports: [hulls.flatMap(hull => voyage(hull, dice))],
    ships: { [MMSI + 1]: sized(90, 70, 'DEMO TWIN') },
    expected: [{ detector: 'number-shared', ships: [MMSI + 1], from: [0, 5], raiseBy: 15 }],
  }
}

/** Several reports in a row from where she cannot be, then she is right again. */
export function jump(seed: number): MadeScenario {
  const dice = diceOf(seed)
  const everyS = dice.pick([20, 30, 60, 90])
  const ship: Ship = {
    mmsi: MMSI + 1,
    facts: sized(140, cargo(dice), 'DEMO JUMPER'),
    at: anywhere(dice),
    legs: [straight(130, dice.between(6, 16), dice.between(0, 360))],
    everyS,
    jitter: 0.05,
  }
  const [fromMin, count] = [dice.between(45, 70), dice.whole(4, 7)]
  const [course, nm] = [dice.between(0, 360), dice.between(20, 900)]
  const untilMin = fromMin + (count * everyS) / 60
  const reports = voyage(ship, dice).map(report => {
    const minute = (report.sentAtMs - T0) / 60_000
    return minute >= fromMin && minute < untilMin ? { ...report, ...miles(report, course, nm) } : report
  })
  return {
    name: 'position jump',
    reports: [reports],
    ships: factsOf([ship]),
    expected: [
      {
        detector: 'position-jump',
        ships: [ship.mmsi],
        from: [fromMin - 0.1, fromMin + 2.1],
        raiseBy: untilMin + 0.2,
        to: [fromMin, untilMin + 0.1],
      },
    ],
  }
}

/** A rescue transmitter is switched on. */
export function distress(seed: number): MadeScenario {
  const dice = diceOf(seed)
  const mmsi = dice.pick([970, 972, 974]) * 1_000_000 + dice.whole(1, 999_999)
  const ship: Ship = { mmsi, facts: {}, at: anywhere(dice), legs: [straight(25, 1, 40)], everyS: dice.pick([8, 60]), nav: 14, fromMin: 5 }
  return {
    name: 'distress beacon',
    reports: [voyage(ship, dice)],
    expected: [{ detector: 'distress-beacon', ships: [mmsi], from: [4.9, 7], raiseBy: 6.5 }],
  }
}

/** A watched ship, or any where the area says so, crosses an area. */
export function crossesArea(seed: number): MadeScenario {
  const dice = diceOf(seed)
  const at = anywhere(dice)
  const [sogKn, course, halfNm] = [dice.between(6, 25), dice.between(0, 360), dice.between(1, 3)]
  const isForAll = dice.chance(0.4)
  const kind = dice.pick(['designated', 'forbidden', 'other'] as const)
  const area = square(
    { id: 'Z1', name: '시험구역', kind, ...(isForAll ? { watches: 'all' as const } : {}) },
    [at.lat, at.lon],
    halfNm * 1852,
  )
  const outside = 8
  const inMin = minutesFor(outside - halfNm * 1.42, sogKn)
  const outMin = minutesFor(outside + halfNm * 1.42, sogKn)
  const everyS = dice.pick([6, 10, 20, 30, 60])
  const ship: Ship = {
    mmsi: MMSI + 1,
    facts: sized(99, cargo(dice), '한라산호'),
    at: miles(at, course + 180, outside),
    legs: [straight(minutesFor(outside * 2, sogKn), sogKn, course)],
    everyS,
  }
  const stepMin = (everyS / 60) * 2
  const edgeMin = minutesFor(halfNm * 0.42, sogKn) + minutesFor(0.06, sogKn) + stepMin
  return {
    name: 'crosses an area',
    reports: [voyage(ship, dice)],
    ships: factsOf([ship]),
    areas: [area],
    watched: isForAll ? [] : [ship.mmsi],
    expected: [
      {
        detector: 'area-entered',
        ships: [ship.mmsi],
        from: [inMin - 0.1, inMin + edgeMin],
        raiseBy: inMin + edgeMin + stepMin + 0.2,
        to: [outMin - edgeMin, outMin + edgeMin],
      },
      { detector: 'area-left', ships: [ship.mmsi], from: [outMin - edgeMin, outMin + edgeMin], raiseBy: outMin + edgeMin + stepMin + 0.2 },
    ],
  }
}

/** Too fast through a speed limit. */
export function speeds(seed: number): MadeScenario {
  const dice = diceOf(seed)
  const at = anywhere(dice)
  const [maxKn, course] = [dice.whole(6, 15), dice.between(0, 360)]
  const sogKn = maxKn + dice.between(2, 15)
  const halfNm = dice.between(1.5, 4)
  const area = square({ id: 'V1', name: '제한수역', kind: 'speed-limit', maxKn }, [at.lat, at.lon], halfNm * 1852)
  const everyS = dice.pick([6, 10, 20, 30])
  const inMin = minutesFor(8 - halfNm * 1.42, sogKn)
  const outMin = minutesFor(8 + halfNm * 1.42, sogKn)
  const slackMin = minutesFor(halfNm * 0.42, sogKn) + everyS / 60 + 0.1
  const ship: Ship = {
    mmsi: MMSI + 1,
    facts: sized(40, dice.pick([60, 70, 36, 0]), 'DEMO FAST'),
    at: miles(at, course + 180, 8),
    legs: [straight(minutesFor(16, sogKn), sogKn, course)],
    everyS,
  }
  return {
    name: 'too fast',
    reports: [voyage(ship, dice)],
    ships: factsOf([ship]),
    areas: [area],
    expected: [
      {
        detector: 'speed-exceeded',
        ships: [ship.mmsi],
        from: [inMin - 0.2, inMin + slackMin],
        raiseBy: inMin + slackMin + 1.6,
        to: [outMin - slackMin - 0.3, outMin + slackMin],
      },
    ],
  }
}
