// The running archive on a real disk: what is in memory and on the disk reads as one, what the disk refuses waits, and a damaged file hides nothing else.
import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type Clock, epochMs } from '#base/index.ts'
import { eventually, temporaryFolder } from '../../testkit/product.ts'
import { NETWORK, type PositionReport } from '../report.ts'
import { STATION_CLASS } from '../schema.ts'
import { durableMarkOf, openTracks, type TrackArchive, type TracksOptions } from './index.ts'

const NOW = Date.UTC(2026, 10, 24, 3, 30)
const SHIP = 440_123_456
const opened: (() => unknown)[] = []
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

function report(n: number, change: Partial<PositionReport> = {}): PositionReport {
  return {
    mmsi: SHIP,
    stationClass: STATION_CLASS.A,
    network: NETWORK.COAST,
    feed: 0,
    station: 0,
    sentAtMs: NOW + n * 10_000,
    receivedAtMs: NOW + n * 10_000 + 2000,
    mark: n,
    lat600k: 35 * 600_000 + n,
    lon600k: 129 * 600_000 + n,
    sogDeciknots: 100,
    cogDecidegrees: 900,
    headingDeg: 90,
    rotRaw: 0,
    navigationStatus: 0,
    accurate: true,
    ...change,
  }
}

async function archive(directory: string, more: Partial<TracksOptions> = {}) {
  const hand = { now: NOW }
  const timers: (() => void)[] = []
  const later: (() => void)[] = []
  const faults: (string | undefined)[] = []
  const clock: Clock = {
    now: () => epochMs(hand.now),
    every(_ms, task) {
      timers.push(task)
      return () => {}
    },
    after(_ms, task) {
      later.push(task)
      return () => {}
    },
  }
  const tracks: TrackArchive = await openTracks({ directory, clock, onFault: fault => void faults.push(fault), ...more })
  let isClosed = false
  const close = async (): Promise<void> => {
    if (isClosed) return
    isClosed = true
    await tracks.close()
  }
  opened.push(close)
  return {
    tracks,
    hand,
    faults,
    close,
    every: () => {
      for (const task of timers) task()
    },
    retry: () => {
      for (const task of later.splice(0)) task()
    },
  }
}
function newFolder(): string {
  const folder = temporaryFolder()
  opened.push(() => folder.remove())
  return join(folder.path, 'tracks')
}
const all = (tracks: TrackArchive, mmsi = SHIP) => tracks.track(mmsi, NOW - 3_600_000, NOW + 86_400_000)
const filesOf = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.parquet'))
    .sort()

test('a ship’s track is one, whether its points are in memory, in pieces or in an hour’s file, and tells each point as it was', async () => {
  const directory = newFolder()
  const { tracks, hand, every } = await archive(directory)
  for (let n = 0; n < 100; n++) {
    tracks.add(report(n), 0)
    if (n % 30 === 29) await tracks.flush()
  }
  expect(filesOf(directory)).toHaveLength(3)
  const before = await all(tracks)
  expect(before.map(point => point.sentAtMs)).toEqual(Array.from({ length: 100 }, (_, n) => NOW + n * 10_000))
  hand.now = NOW + 3 * 3_600_000
  every()
  await eventually(async () => (filesOf(directory).join() === '2026/11/24/03.parquet' ? true : undefined))
  expect(await all(tracks)).toEqual(before)
  expect(before[7]).toMatchObject({ mmsi: SHIP, lat600k: 35 * 600_000 + 7, sogDeciknots: 100, receivedAtMs: NOW + 72_000, standing: 0 })
})

test('strays are there when they are asked for, late reports stand in their place, and a report told twice is one point', async () => {
  const { tracks } = await archive(newFolder())
  tracks.add(report(2), 0)
  tracks.add(report(1), 2)
  tracks.add(report(3, { lat600k: 36 * 600_000 }), 1)
  tracks.add(report(2), 0)
  await tracks.flush()
  tracks.add(report(2), 0)
  const points = await tracks.track(SHIP, NOW, NOW + 3_600_000)
  expect(points.map(point => [(point.sentAtMs - NOW) / 10_000, point.standing])).toEqual([
    [1, 2],
    [2, 0],
  ])
  expect(await tracks.track(SHIP, NOW, NOW + 3_600_000, { strays: true })).toHaveLength(3)
})

test('what is on the disk is vouched for by a mark, and never more: a report that still waits for its order is not', async () => {
  const directory = newFolder()
  let waiting = Number.POSITIVE_INFINITY
  const { tracks, close } = await archive(directory, { oldestWaitingMark: () => waiting })
  for (let n = 0; n < 10; n++) tracks.add(report(n), 0)
  await tracks.flush()
  expect([tracks.durableMark, durableMarkOf(directory)]).toEqual([9, 9])
  // Entry 12 waits for an earlier one still under way while 13 to 19 are placed.
  waiting = 12
  for (let n = 13; n < 20; n++) tracks.add(report(n), 0)
  await tracks.flush()
  expect([tracks.durableMark, durableMarkOf(directory)]).toEqual([11, 11])
  await close()
  const { tracks: again } = await archive(directory)
  expect(again.durableMark).toBe(11)
})

test('while the disk refuses, points wait and are seen; when it takes them again all are written once and it is said', async () => {
  const directory = newFolder()
  // A file where the day's folder has to be.
  const inTheWay = join(directory, '2026/11/24')
  mkdirSync(dirname(inTheWay), { recursive: true })
  writeFileSync(inTheWay, '')
  const { tracks, faults, retry } = await archive(directory)
  for (let n = 0; n < 10; n++) tracks.add(report(n), 0)
  await tracks.flush()
  for (let n = 10; n < 20; n++) tracks.add(report(n), 0)
  await tracks.flush()
  expect(await all(tracks)).toHaveLength(20)
  expect(faults.at(-1)).toMatch(/kept in memory and tried again/)
  expect(tracks.durableMark).toBe(-1)
  rmSync(inTheWay)
  retry()
  await eventually(async () => (tracks.figures().waiting === 0 ? true : undefined))
  expect(faults.at(-1)).toBeUndefined()
  expect(tracks.figures()).toMatchObject({ added: 20, dropped: 0 })
  expect(await all(tracks)).toHaveLength(20)
})

test('when the disk refuses for longer than memory lasts the oldest are given up and counted, never the ones being filled or written', async () => {
  const directory = newFolder()
  const inTheWay = join(directory, '2026/11/24')
  mkdirSync(dirname(inTheWay), { recursive: true })
  writeFileSync(inTheWay, '')
  const { tracks, retry } = await archive(directory, { maxWaitingRows: 25 })
  const flushing: Promise<void>[] = []
  for (let n = 0; n < 60; n++) {
    tracks.add(report(n), 0)
    // Not waited for: while one is being written the next come.
    if (n % 10 === 9) flushing.push(tracks.flush())
  }
  await Promise.all(flushing)
  rmSync(inTheWay)
  retry()
  await tracks.flush()
  await eventually(async () => (tracks.figures().waiting === 0 ? true : undefined))
  const { dropped } = tracks.figures()
  expect(dropped).toBeGreaterThan(0)
  const points = await all(tracks)
  expect(points).toHaveLength(60 - dropped)
  expect(points.at(-1)?.sentAtMs).toBe(NOW + 590_000)
  tracks.add(report(61), 0)
  await tracks.flush()
  expect((await all(tracks)).at(-1)?.sentAtMs).toBe(NOW + 610_000)
})

test.each([
  ['damaged', (path: string) => writeFileSync(path, 'PAR1 this is no parquet file PAR1')],
  ['cut off', (path: string) => truncateSync(path, 100)],
  ['empty', (path: string) => writeFileSync(path, '')],
  [
    'changed in the middle',
    (path: string) => {
      const bytes = readFileSync(path)
      bytes.fill(0xff, bytes.length >> 2, bytes.length >> 1)
      writeFileSync(path, bytes)
    },
  ],
])('a file that is %s is named, and the rest of the past is still read', async (_what, damage) => {
  const directory = newFolder()
  const { tracks, faults, close } = await archive(directory)
  for (let n = 0; n < 30; n++) {
    tracks.add(report(n), 0)
    if (n % 10 === 9) await tracks.flush()
  }
  await close()
  const [, second] = filesOf(directory)
  damage(join(directory, second ?? ''))
  const damaged: string[] = []
  const { tracks: again } = await archive(directory, { onDamaged: file => void damaged.push(file) })
  const points = await all(again)
  expect(points).toHaveLength(20)
  expect(damaged).toEqual([join(directory, second ?? '')])
  expect(await again.past(NOW + 300_000, { west: 120, south: 30, east: 135, north: 40 })).toHaveLength(1)
  expect(await again.near(35, 129, 5000, NOW, NOW + 3_600_000)).toMatchObject([{ mmsi: SHIP, points: 20 }])
  expect(damaged).toHaveLength(1)
  expect(faults.filter(fault => fault !== undefined)).toEqual([])
})

test('an hour with a damaged piece is merged without it; the piece stays as it lies', async () => {
  const directory = newFolder()
  const { tracks, close } = await archive(directory)
  for (let n = 0; n < 30; n++) {
    tracks.add(report(n), 0)
    if (n % 10 === 9) await tracks.flush()
  }
  await close()
  const [, second = ''] = filesOf(directory)
  truncateSync(join(directory, second), 50)
  const damaged: string[] = []
  const { tracks: again, hand, every } = await archive(directory, { onDamaged: file => void damaged.push(file) })
  hand.now = NOW + 3 * 3_600_000
  every()
  await eventually(async () => (filesOf(directory).length === 2 ? true : undefined))
  every()
  expect(filesOf(directory)).toEqual([second, '2026/11/24/03.parquet'].sort())
  expect(damaged).toContain(join(directory, second))
  expect(await all(again)).toHaveLength(20)
})

test('near: a ship that passed between two of her points is found, also across 180°, and one beyond is not', async () => {
  const { tracks } = await archive(newFolder())
  const at = (n: number, lat: number, lon: number, mmsi: number) =>
    report(n, { mmsi, lat600k: Math.round(lat * 600_000), lon600k: Math.round(lon * 600_000) })
  tracks.add(at(0, 10, 179.98, 1), 0)
  tracks.add(at(6, 10, -179.98, 1), 0)
  tracks.add(at(0, 10.1, -179.99, 2), 0)
  await tracks.flush()
  tracks.add(at(3, 10.001, -179.999, 3), 0)
  const near = async (lon: number) => (await tracks.near(10, lon, 1000, NOW, NOW + 3_600_000)).map(hit => hit.mmsi).sort()
  expect(await near(179.9999)).toEqual([1, 3])
  expect(await near(-179.9999)).toEqual([1, 3])
})

test('the past of a moment is the newest point of each ship, not older than half an hour, from memory and disk alike', async () => {
  const { tracks } = await archive(newFolder())
  const box = { west: 120, south: 30, east: 135, north: 40 }
  tracks.add(report(0, { mmsi: 1 }), 0)
  tracks.add(report(0, { mmsi: 2 }), 0)
  await tracks.flush()
  tracks.add(report(60, { mmsi: 1 }), 0)
  const past = async (atMs: number) => (await tracks.past(atMs, box)).map(point => [point.mmsi, point.sentAtMs - NOW]).sort()
  expect(await past(NOW + 300_000)).toEqual([
    [1, 0],
    [2, 0],
  ])
  expect(await past(NOW + 900_000)).toEqual([
    [1, 600_000],
    [2, 0],
  ])
  expect(await past(NOW + 31 * 60_000)).toEqual([[1, 600_000]])
  expect(await past(NOW - 1000)).toEqual([])
  expect(await tracks.past(NOW + 1000, { west: 0, south: 0, east: 1, north: 1 })).toEqual([])
})

test('closing writes what is in memory, and a new archive begins where it ended', async () => {
  const directory = newFolder()
  const { tracks, close } = await archive(directory, { names: () => [[SHIP, '한라']] })
  for (let n = 0; n < 5; n++) tracks.add(report(n), 0)
  await close()
  const { tracks: again } = await archive(directory)
  expect(again.durableMark).toBe(4)
  expect(await all(again)).toHaveLength(5)
  expect(JSON.parse(readFileSync(join(directory, 'names.json'), 'utf8'))).toEqual({ [SHIP]: '한라' })
})
