// What the ground learns: where ships wait though nobody drew an anchorage, and which cells a source hears. Both outlive a restart.
import { expect, test } from 'vitest'
import { Picture } from '../picture/picture.ts'
import { NETWORK, type PositionReport } from '../report.ts'
import { memoryBulk } from '../saving.ts'
import { STATION_CLASS } from '../schema.ts'
import { createCoverageMap } from './coverage-map.ts'
import { createWaitingPlaces, type WaitingPlaces } from './waiting-places.ts'

const T = Date.parse('2026-01-15T00:00:00Z')
const HOUR = 3_600_000
const DAY = 24 * HOUR
const [LAT, LON] = [34.511, 128.511]

const report = (mmsi: number, atMs: number, sogDeciknots: number): PositionReport => ({
  mmsi,
  stationClass: STATION_CLASS.A,
  network: NETWORK.COAST,
  feed: 0,
  station: 0,
  sentAtMs: atMs,
  receivedAtMs: atMs,
  mark: -1,
  lat600k: LAT * 600_000,
  lon600k: LON * 600_000,
  sogDeciknots,
  cogDecidegrees: 0,
  headingDeg: 0,
  rotRaw: -128,
  navigationStatus: 0,
  accurate: true,
})

function waiting(isKnown = false): {
  readonly picture: Picture
  readonly places: WaitingPlaces
  stop(n: number, atMs: number, shipType?: number): void
} {
  const picture = new Picture(200)
  const places = createWaitingPlaces(picture, () => isKnown)
  return {
    picture,
    places,
    stop(n, atMs, shipType = 70) {
      const mmsi = 440_000_000 + n
      const slot = picture.openSlot(mmsi)
      picture.tell(slot, { shipType }, atMs)
      for (const [minutes, sog] of [
        [0, 80],
        [5, 2],
        [40, 1],
        [50, 90],
      ] as const)
        places.onReport(slot, report(mmsi, atMs + minutes * 60_000, sog))
    },
  }
}

test('where twenty different ships stopped within thirty days, stopping is usual; nineteen, or one ship twenty times, do not teach it', () => {
  const { places, stop } = waiting()
  for (let n = 0; n < 20; n++) stop(1, T + n * HOUR)
  for (let n = 1; n < 20; n++) stop(n, T + n * DAY)
  expect(places.isUsual(LAT, LON)).toBe(false)
  stop(20, T + 20 * DAY)
  expect(places.isUsual(LAT, LON)).toBe(true)
  expect(places.isUsual(LAT + 0.1, LON)).toBe(false)
  // A month later the first of them count no more.
  stop(20, T + 40 * DAY)
  expect(places.isUsual(LAT, LON)).toBe(false)
})

test('fishing boats, tugs and ships in a drawn anchorage teach nothing', () => {
  const sea = waiting()
  for (let n = 0; n < 40; n++) sea.stop(n, T + n * HOUR, n % 2 === 0 ? 30 : 52)
  expect(sea.places.isUsual(LAT, LON)).toBe(false)
  const known = waiting(true)
  for (let n = 0; n < 40; n++) known.stop(n, T + n * HOUR)
  expect(known.places.isUsual(LAT, LON)).toBe(false)
})

test('what was learnt of waiting outlives a restart', () => {
  const { picture, places, stop } = waiting()
  for (let n = 1; n <= 20; n++) stop(n, T + n * HOUR)
  const bulk = memoryBulk()
  const again = createWaitingPlaces(picture, () => false)
  again.restore(structuredClone(places.save(bulk)), bulk)
  expect(again.isUsual(LAT, LON)).toBe(true)
})

test('the map keeps the share heard by cell, source and class, forgets in days, and grows', () => {
  const map = createCoverageMap()
  const atS = T / 1000
  for (let n = 0; n < 50; n++) map.note(20_000_000, 70_000_000, 2, false, n % 2, 1, atS + n)
  expect(map.share(20_000_000, 70_000_000, 2, false, atS + 50)).toBeCloseTo(0.5)
  expect(map.share(20_000_000, 70_000_000, 2, true, atS + 50)).toBeNaN()
  expect(map.share(20_000_000, 70_000_000, 4, false, atS + 50)).toBeNaN()
  // Five days on what was known has faded below what says anything.
  expect(map.share(20_000_000, 70_000_000, 2, false, atS + 5 * 86_400)).toBeNaN()
  for (let n = 0; n < 9000; n++) map.note(20_000_000 + n * 60_000, -107_999_999 + (n % 60) * 60_000, 6, n % 2 === 0, 1, 1, atS)
  expect(map.share(20_000_000, 70_000_000, 2, false, atS + 50)).toBeCloseTo(0.5)
  expect(map.cellsOf(6)).toBe(9000)
  expect(map.isHeard(20_000_000 + 8999 * 60_000, -107_999_999 + (8999 % 60) * 60_000, 6, atS)).toBe(true)
  const bulk = memoryBulk()
  const again = createCoverageMap()
  again.restore(structuredClone(map.save(bulk)), bulk)
  expect(again.share(20_000_000, 70_000_000, 2, false, atS + 50)).toBeCloseTo(0.5)
  expect(again.cellsOf(6)).toBe(9000)
})
