import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { PMTiles, type Source, zxyToTileId } from 'pmtiles'
import { beforeAll, expect, test } from 'vitest'
import { LABELS } from '../labels.ts'
import { CHART_DIRECTORY, ensureChart } from './build.ts'
import { clipRing, readLand } from './land.ts'
import { type Tile, tileId, writePmtiles } from './pmtiles.ts'

beforeAll(async () => void (await ensureChart()), 60_000)

/** The reader that the screen uses, over bytes in memory. */
const opened = (bytes: Buffer): PMTiles => {
  const source: Source = {
    getKey: () => 'test',
    getBytes: async (offset, length) => ({ data: Uint8Array.from(bytes.subarray(offset, offset + length)).buffer }),
  }
  return new PMTiles(source)
}
const about = { box: [120, 30, 138, 42], maxZoom: 11, layers: ['land'], attribution: '© someone' } as const

test('tiles are numbered as the PMTiles reader numbers them', () => {
  fc.assert(
    fc.property(fc.nat(14), fc.nat(), fc.nat(), (z, a, b) => {
      const [x, y] = [a % 2 ** z, b % 2 ** z]
      expect(tileId(z, x, y)).toBe(zxyToTileId(z, x, y))
    }),
    { numRuns: 500, seed: 65 },
  )
})

test('what is written is read back tile by tile, by another program: few tiles, and so many that directories have leaves', async () => {
  const texts = Array.from({ length: 200 }, (_, n) => `tile ${n}${'.'.repeat(n)}`)
  const packed = texts.map(text => gzipSync(text))
  const textOf = (x: number, y: number): number => (x % 7 === 0 ? 0 : (x * x * 31 + y * y * 17 + x * y) % 200)
  for (const [side, hasLeaves] of [
    [3, false],
    [160, true],
  ] as const) {
    const tiles: Tile[] = []
    for (let x = 0; x < side; x++) for (let y = 0; y < side; y++) tiles.push({ z: 8, x, y, data: packed[textOf(x, y)]! })
    const bytes = writePmtiles(tiles, about)
    const archive = opened(bytes)
    expect(((await archive.getHeader()).leafDirectoryLength ?? 0) > 0).toBe(hasLeaves)
    expect(await archive.getHeader()).toMatchObject({
      specVersion: 3,
      maxZoom: 11,
      numAddressedTiles: side * side,
      minLon: 120,
      maxLat: 42,
    })
    for (const { x, y } of tiles.filter((_, n) => n % 97 === 0)) {
      const tile = await archive.getZxy(8, x, y)
      expect(tile && Buffer.from(tile.data).toString()).toBe(texts[textOf(x, y)])
    }
    expect(await archive.getZxy(8, 200, 200)).toBeUndefined()
  }
})

test('the built chart shows Korea on every zoom, and tells whose data it is', async () => {
  const archive = opened(readFileSync(join(CHART_DIRECTORY, 'korea.pmtiles')))
  expect(await archive.getMetadata()).toMatchObject({ attribution: expect.stringContaining('OpenStreetMap') })
  for (let z = 0; z <= 11; z++) {
    // Busan: its shore is in a tile of each zoom.
    const [x, sine] = [Math.floor(((129.04 + 180) / 360) * 2 ** z), Math.sin((35.1 * Math.PI) / 180)]
    const y = Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * 2 ** z)
    const tile = await archive.getZxy(z, x, y)
    expect(Buffer.from(tile?.data ?? new ArrayBuffer(0)).includes('land'), `zoom ${z}`).toBe(true)
  }
})

test('every file the screen asks for is there, labels in Korean and English', () => {
  const labels: { features: { properties: { ko: string; en: string; kind: string; rank: number } }[] } = JSON.parse(
    readFileSync(join(CHART_DIRECTORY, 'labels.geojson'), 'utf8'),
  )
  expect(labels.features.length).toBe(LABELS.length)
  for (const { properties } of labels.features) {
    expect(properties.ko).toMatch(/[가-힣]/)
    expect(properties.en).toMatch(/^[A-Z][A-Za-z .'-]+$/)
  }
  expect(JSON.parse(readFileSync(join(CHART_DIRECTORY, 'limits.geojson'), 'utf8')).type).toBe('FeatureCollection')
})

test('a chart that is whole is not built again; nothing is left beside it', async () => {
  expect(await ensureChart()).toBe(false)
  expect(existsSync(`${CHART_DIRECTORY}.${process.pid}`)).toBe(false)
})

test('a ring is cut at the sides of the box and keeps its area within', () => {
  const square = Float64Array.from([0, 0, 10, 0, 10, 10, 0, 10])
  const cut = clipRing(square, { west: 5, south: -5, east: 20, north: 4 })
  expect(areaOf(cut)).toBeCloseTo(20)
  expect(clipRing(square, { west: 11, south: 0, east: 20, north: 4 }).length).toBe(0)
  expect([...clipRing(square, { west: -1, south: -1, east: 11, north: 11 })]).toEqual([...square])
})

const areaOf = (ring: Float64Array): number => {
  let twice = 0
  for (let n = 0; n < ring.length; n += 2) {
    const m = (n + ring.length - 2) % ring.length
    twice += (ring[m] ?? 0) * (ring[n + 1] ?? 0) - (ring[n] ?? 0) * (ring[m + 1] ?? 0)
  }
  return Math.abs(twice / 2)
}

test('land is read wherever the file is cut into pieces: outer rings in the box, with signs and fractions, lakes left out', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mangru-land-'))
  try {
    mkdirSync(folder, { recursive: true })
    const file = join(folder, 'map.geo.json')
    const korea = [
      [126.5, 34.25],
      [127, 34],
      [127.125, 35],
      [126.5, 34.25],
    ]
    const lake = korea.map(([lon = 0, lat = 0]) => [lon + 0.01, lat + 0.01])
    const peru = [
      [-77, -12],
      [-76.5, -12],
      [-76.5, -11.5],
      [-77, -12],
    ]
    writeFileSync(
      file,
      JSON.stringify({ type: 'GeometryCollection', geometries: [{ type: 'MultiPolygon', coordinates: [[peru], [korea, lake]] }] }),
    )
    const read = (west: number, east: number) => readLand(file, { west, east, south: -90, north: 90 }).map(ring => [...ring])
    expect(read(117, 147)).toEqual([korea.flat()])
    expect(read(-80, -70)).toEqual([peru.flat()])
    writeFileSync(file, '{"type":"Nothing"}')
    expect(() => readLand(file, { west: 0, east: 1, south: 0, north: 1 })).toThrow(/does not begin like/)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
