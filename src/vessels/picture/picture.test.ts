import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NETWORK, type PositionReport } from '../report.ts'
import { memoryBulk } from '../saving.ts'
import { STATION_CLASS } from '../schema.ts'
import { age } from './ageing.ts'
import { FLAG } from './columns.ts'
import { Picture } from './picture.ts'

const NOW = Date.UTC(2026, 10, 24)
const report = (mmsi: number, lat: number, lon: number, atMs = NOW): PositionReport => ({
  mmsi,
  stationClass: STATION_CLASS.A,
  network: NETWORK.COAST,
  feed: 0,
  station: 0,
  sentAtMs: atMs,
  receivedAtMs: atMs,
  mark: -1,
  lat600k: Math.round(lat * 600_000),
  lon600k: Math.round(lon * 600_000),
  sogDeciknots: 100,
  cogDecidegrees: 900,
  headingDeg: 90,
  rotRaw: 0,
  navigationStatus: 0,
  accurate: true,
})
const place = (picture: Picture, mmsi: number, lat: number, lon: number, atMs = NOW): void =>
  picture.place(picture.openSlot(mmsi), report(mmsi, lat, lon, atMs))

const deeds = fc.array(
  fc.oneof(
    fc.record({
      deed: fc.constant('place' as const),
      mmsi: fc.integer({ min: 1, max: 40 }),
      lat: fc.double({ min: -89, max: 89, noNaN: true }),
      lon: fc.double({ min: -180, max: 180, noNaN: true }),
    }),
    fc.record({ deed: fc.constant('forget' as const), mmsi: fc.integer({ min: 1, max: 40 }) }),
  ),
  { maxLength: 200 },
)

test('whatever comes and goes, the picture holds what a plain table would, and its invariants', () => {
  fc.assert(
    fc.property(deeds, list => {
      const picture = new Picture(64)
      const table = new Map<number, { lat: number; lon: number }>()
      for (const one of list) {
        if (one.deed === 'place') {
          place(picture, one.mmsi, one.lat, one.lon)
          table.set(one.mmsi, one)
        } else if (table.delete(one.mmsi)) picture.forget(picture.slotOf(one.mmsi))
      }
      expect(picture.validate()).toEqual([])
      expect(picture.count).toBe(table.size)
      const everywhere: number[] = []
      picture.forEachInBox(-180, -90, 180, 90, slot => everywhere.push(picture.mmsi[slot] ?? 0))
      expect(everywhere.sort()).toEqual([...table.keys()].sort())
      const north: number[] = []
      picture.forEachInBox(100, 0, 140, 60, slot => north.push(picture.mmsi[slot] ?? 0))
      const wanted = [...table].filter(
        ([, at]) =>
          Math.round(at.lat * 600_000) >= 0 &&
          at.lat <= 60 &&
          Math.round(at.lon * 600_000) >= 60_000_000 &&
          Math.round(at.lon * 600_000) <= 84_000_000,
      )
      expect(north.sort()).toEqual(wanted.map(([mmsi]) => mmsi).sort())
    }),
    { numRuns: 60 },
  )
})

test('a box across 180° finds both sides and nothing between', () => {
  const picture = new Picture(8)
  place(picture, 1, 10, 179.9)
  place(picture, 2, 10, -179.9)
  place(picture, 3, 10, 0)
  const found: number[] = []
  picture.forEachInBox(179, 9, -179, 11, slot => found.push(picture.mmsi[slot] ?? 0))
  expect(found.sort()).toEqual([1, 2])
})

test('what changed since a number is told once each, newest first; who left is told too', () => {
  const picture = new Picture(8)
  for (const mmsi of [1, 2, 3]) place(picture, mmsi, 35, 129)
  const since = picture.changes
  place(picture, 2, 35.1, 129)
  place(picture, 1, 35.1, 129)
  place(picture, 2, 35.2, 129)
  picture.forget(picture.slotOf(3))
  const changed: number[] = []
  picture.changesSince(since, slot => changed.push(picture.mmsi[slot] ?? 0))
  const gone: number[] = []
  picture.goneSince(since, mmsi => gone.push(mmsi))
  expect(changed).toEqual([2, 1])
  expect(gone).toEqual([3])
})

test('a full picture gives the slot of the ship that changed longest ago to a new one', () => {
  const picture = new Picture(3)
  const forgotten: number[] = []
  picture.onForget = slot => void forgotten.push(picture.mmsi[slot] ?? 0)
  for (const mmsi of [1, 2, 3]) place(picture, mmsi, 35, 129)
  place(picture, 1, 35.1, 129)
  place(picture, 4, 36, 129)
  expect(forgotten).toEqual([2])
  expect(picture.slotOf(2)).toBe(-1)
  expect(picture.validate()).toEqual([])
})

test('a saved picture restored into a new one answers the same', () => {
  const picture = new Picture(16)
  for (let mmsi = 1; mmsi <= 9; mmsi++) place(picture, mmsi, 30 + mmsi, 120 + mmsi)
  picture.forget(picture.slotOf(4))
  picture.tell(picture.slotOf(5), { name: '나래', toBowM: 60, toSternM: 40 }, NOW)
  const again = new Picture(16)
  const bulk = memoryBulk()
  again.restore(structuredClone(picture.save(bulk)), bulk)
  expect(again.validate()).toEqual([])
  expect([again.count, again.name[again.slotOf(5)], again.lengthM[again.slotOf(5)]]).toEqual([8, '나래', 100])
})

test('a static message never overwrites what is known with what is not available', () => {
  const picture = new Picture(4)
  place(picture, 1, 35, 129)
  const slot = picture.slotOf(1)
  picture.tell(slot, { name: 'NARAE', imoNumber: 9_074_729, shipType: 70 }, NOW)
  picture.tell(slot, { name: '', imoNumber: 0, shipType: 0 }, NOW + 1)
  expect([picture.name[slot], picture.imoNumber[slot], picture.shipType[slot]]).toEqual(['NARAE', 9_074_729, 70])
})

test('a ship not heard is drawn stale after three minutes, lost after an hour, and leaves after a day unless watched', () => {
  const picture = new Picture(4)
  for (const mmsi of [1, 2]) place(picture, mmsi, 35, 129)
  picture.setFlags(picture.slotOf(2), FLAG.WATCHED, 0)
  const flagsAt = (minutes: number): number => {
    age(picture, NOW + minutes * 60_000)
    return picture.slotOf(1) < 0 ? -1 : (picture.flags[picture.slotOf(1)] ?? 0)
  }
  expect(flagsAt(2) & FLAG.STALE).toBe(0)
  expect(flagsAt(4) & FLAG.STALE).toBe(FLAG.STALE)
  expect(flagsAt(61) & FLAG.LOST).toBe(FLAG.LOST)
  expect(flagsAt(25 * 60)).toBe(-1)
  expect(picture.slotOf(2)).toBeGreaterThanOrEqual(0)
})
