// Normal days made fresh from seeds: hundreds of ships of all trades, stations that overlap, one of them out for a while. The outage is told once and nothing else,
// in order and out of order, in thick traffic and thin. And of ships that go dark in the middle of it, nearly all are told.
import { expect, test } from 'vitest'
import { type DayWish, madeDay } from '../../testkit/made-day.ts'
import { disordered, judgeScene, T0 } from '../../testkit/sea-scene.ts'

const alarmsOf = (scene: Parameters<typeof judgeScene>[0]) => judgeScene(scene).findings.filter(({ severity }) => severity !== 'low')

const DAYS: readonly (readonly [string, DayWish, isShuffled: boolean])[] = [
  ['of 130 ships', { ships: 130, hours: 6, everyS: 60, fadesNm: 18 }, false],
  ['of 130 ships, out of order and doubled', { ships: 130, hours: 6, everyS: 60, fadesNm: 18 }, true],
  ['of 60 ships heard every three minutes', { ships: 60, hours: 8, everyS: 180, fadesNm: 18 }, false],
]

test.each(DAYS)('a normal day %s gives one alarm: the station that was out', (_name, wish, isShuffled) => {
  for (const seed of [1, 2]) {
    const day = madeDay(seed, wish)
    const reports = isShuffled ? day.reports.map((own, n) => disordered(own, 120, 0.2, seed * 1000 + n)) : day.reports
    const alarms = alarmsOf({ ...day, reports })
    expect(
      alarms.map(({ detector, subjects }) => `${detector} ${subjects[0]?.id}`),
      `seed ${seed}`,
    ).toEqual([`station-silent ${day.outage.station}`])
    expect(Math.abs((alarms[0]?.from ?? 0) - T0 - day.outage.fromMin * 60_000)).toBeLessThan(120_000)
  }
})

test('where a station’s hearing ends at a line, those who sail over it are not lost once the sea is known', () => {
  let lost = 0
  for (const seed of [22, 23])
    lost += alarmsOf({ ...madeDay(seed, { ships: 250, hours: 10, everyS: 60, fadesNm: 0 }), detectors: ['signal-lost'] }).length
  // Without the map of who is heard where: 19 in these 36 hours.
  expect(lost).toBeLessThanOrEqual(2)
})

test('on such a day ships that switch off inside are told', () => {
  let [dark, told] = [0, 0]
  for (const seed of [1, 2, 3]) {
    const day = madeDay(seed, { ships: 150, hours: 10, everyS: 60, fadesNm: 0 })
    // Well before the outage or well after it.
    const { fromMin, toMin } = day.outage
    const offMs = T0 + (fromMin > 300 ? fromMin - 45 : toMin + 90) * 60_000
    const chosen = new Set<number>()
    const reports = day.reports.map(own => {
      const last = own.findLast(({ sentAtMs }) => sentAtMs < offMs)
      const isSailing = last && last.network === 0 && last.sogKn !== undefined && last.sogKn > 8 && offMs - last.sentAtMs < 90_000
      if (!isSailing || chosen.size >= 4 || !isWithin(day, last)) return own
      chosen.add(last.mmsi)
      return own.filter(({ sentAtMs }) => sentAtMs < offMs)
    })
    const lost = new Set(
      alarmsOf({ ...day, reports, detectors: ['signal-lost'] }).flatMap(({ subjects }) => subjects.map(({ id }) => Number(id))),
    )
    dark += chosen.size
    for (const mmsi of chosen) if (lost.has(mmsi)) told++
  }
  expect(dark).toBeGreaterThan(3)
  expect(told / dark).toBeGreaterThanOrEqual(0.75)
})

/** Near one of the day's anchorages, which lie in the middle of its sea. */
const isWithin = (day: ReturnType<typeof madeDay>, { lat, lon }: { lat: number; lon: number }): boolean =>
  (day.areas ?? []).some(({ polygon }) => {
    const [west = 0, south = 0] = polygon[0]?.[0] ?? []
    return Math.hypot(lat - south, (lon - west) * Math.cos((lat * Math.PI) / 180)) < 0.4
  })
