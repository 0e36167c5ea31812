// Silences, strays, areas and limits where nothing is to be told. The traps of design/detectors.md §3 for signal-lost, position-jump, areas and speeds.
import { cargo, factsOf, type MadeScenario, MMSI, straight } from './made-scenario.ts'
import { neighbours } from './made-silences.ts'
import { alone, anchorage, freighter, nearMiss, scene } from './near-miss.ts'
import { type Scene, sized, square } from './sea-scene.ts'
import { type Dice, metres, miles, type Place, type Ship, type Station, voyage } from './voyages.ts'

/** She goes silent at `offMin` among others that are heard. */
function silent(
  dice: Dice,
  at: Place,
  own: Partial<Ship> & { readonly offMin: number; readonly againMin?: number },
  areas: Scene['areas'] = [],
) {
  const station: Station = { name: 'P05', at: miles(at, 200, 5), goodNm: 42, edgeNm: 60 }
  const ship = alone(dice, sized(120, cargo(dice)), at, [straight(240, 7, dice.between(0, 360))], {
    isOff: minute => minute >= own.offMin && minute < (own.againMin ?? 999),
    ...own,
  })
  const others = neighbours(dice, at, 6, 245, station)
  return {
    reports: [voyage(ship, dice, [station]), ...others.map(({ reports }) => reports)],
    ships: factsOf([ship, ...others.map(one => one.ship)]),
    areas,
  }
}

export const TRACK_NEAR_MISSES: readonly ((seed: number) => MadeScenario)[] = [
  nearMiss('class B silent for forty minutes', (dice, at) =>
    silent(dice, at, { offMin: 60, againMin: 100, isClassB: true, everyS: dice.pick([30, 60, 180]) }),
  ),
  nearMiss('switched off at rest', (dice, at) =>
    silent(dice, at, { offMin: 60, legs: [straight(50, 8, 90), straight(190, 0.1, 0)], nav: leg => (leg.sogKn < 1 ? 5 : 0) }),
  ),
  nearMiss('switched off in port', (dice, at) => silent(dice, at, { offMin: 60 }, [anchorage(at, 20_000, 'port')])),
  nearMiss('silent nine minutes', (dice, at) => silent(dice, at, { offMin: 70, againMin: 78.5, everyS: dice.pick([6, 10, 20, 30]) })),
  nearMiss('sails out of range', (dice, at) => {
    const station: Station = { name: 'P04', at, goodNm: 40, edgeNm: 60 }
    const course = dice.between(0, 360)
    const ships = [0, 1, 2, 3].map(
      (n): Ship => ({
        ...alone(dice, freighter(dice), miles(at, course + (n - 1.5) * 8, 30 + n), [
          straight(240, n === 0 ? 14 : dice.between(2, 4), course),
        ]),
        mmsi: MMSI + n,
      }),
    )
    return scene(ships, dice, {}, [station])
  }),
  nearMiss('heard by satellite only', (dice, at) => {
    const passes = (minute: number): boolean => minute % dice.pick([95, 100]) > 11
    return scene(
      [0, 1, 2].map(
        (n): Ship => ({
          ...alone(dice, freighter(dice), miles(at, n * 90, 20 * n), [straight(900, 13, 80)]),
          mmsi: MMSI + n,
          everyS: 120,
          isSatellite: true,
          delayS: 800,
          isOff: passes,
        }),
      ),
      dice,
    )
  }),
  nearMiss('one stray report', (dice, at) => {
    const ship = alone(dice, freighter(dice), at, [straight(140, 12, dice.between(0, 360))])
    const reports = voyage(ship, dice)
    const n = Math.floor(reports.length * dice.between(0.3, 0.7))
    const [course, nm] = [dice.between(0, 360), dice.between(10, 500)]
    return {
      mayLog: ['position-jump'],
      ships: factsOf([ship]),
      reports: [reports.map((report, k) => (k === n ? { ...report, ...miles(report, course, nm) } : report))],
    }
  }),
  nearMiss('beacon tested', (dice, at) =>
    scene(
      [alone(dice, {}, at, [straight(10, 1, 0)], { nav: 15, everyS: 60 })].map(ship => ({ ...ship, mmsi: 970_123_456 })),
      dice,
    ),
  ),
  nearMiss('passes an area outside', (dice, at) => {
    const course = dice.pick([0, 90, 180, 270])
    const from = miles(metres(at, course + 90, 3 * 1852 + dice.between(20, 400)), course + 180, 9)
    return {
      ...scene([alone(dice, freighter(dice), from, [straight(90, 12, course)])], dice, {
        areas: [square({ id: 'Z', name: 'Z', kind: 'designated' }, [at.lat, at.lon], 3 * 1852)],
      }),
      watched: [MMSI + 1],
    }
  }),
  nearMiss('lies on the edge of an area', (dice, at) => ({
    ...scene(
      [alone(dice, freighter(dice), metres(at, 0, 2000 + dice.between(-20, 20)), [straight(240, 0, 0)], { scatterM: 60, nav: 1 })],
      dice,
      { areas: [square({ id: 'Z', name: 'Z', kind: 'designated' }, [at.lat, at.lon], 2000)] },
    ),
    watched: [MMSI + 1],
  })),
  nearMiss('at the limit with the tide', (dice, at) => {
    const legs = Array.from({ length: 30 }, (_, n) => straight(n % 2 === 0 ? 4 : 1.6, n % 6 === 3 ? 11.6 : dice.between(9, 10.7), 90))
    return scene([alone(dice, freighter(dice), at, legs, { everyS: 60 })], dice, {
      areas: [square({ id: 'V', name: 'V', kind: 'speed-limit', maxKn: 10 }, [at.lat, at.lon], 30_000)],
    })
  }),
  nearMiss('patrol boat in a hurry', (dice, at) =>
    scene([alone(dice, sized(30, dice.pick([51, 55])), at, [straight(60, 28, 90)])], dice, {
      areas: [square({ id: 'V', name: 'V', kind: 'speed-limit', maxKn: 10 }, [at.lat, at.lon], 60_000)],
    }),
  ),
  nearMiss('one receiver is three minutes slow', (dice, at) => {
    const ship = alone(dice, freighter(dice), at, [straight(120, dice.between(8, 24), 60)], { everyS: dice.pick([10, 20, 30]) })
    const slow = voyage(ship, dice).map(report =>
      dice.chance(0.5) ? { ...report, sentAtMs: report.sentAtMs - 180_000, station: 'SLOW' } : { ...report, station: 'RIGHT' },
    )
    return { reports: [slow], ships: factsOf([ship]) }
  }),
  nearMiss('unnamed stations, the feed pauses', (dice, at) => {
    const [from, lasts] = [60, dice.between(11, 16)]
    const ships = Array.from({ length: 8 }, (_, n): Ship => {
      const back = from + lasts + dice.between(0, 6)
      return {
        ...alone(dice, freighter(dice), miles(at, n * 45, 4 + n / 2), [straight(200, dice.between(5, 14), dice.between(0, 360))]),
        mmsi: MMSI + n,
        isOff: minute => minute > from && minute < back,
      }
    })
    return { ...scene(ships, dice), detectors: ['signal-lost', 'station-silent', 'position-jump', 'rendezvous'] }
  }),
]
