// Builds the chart (dist/chart) when it is missing or older than its sources: land as vector tiles, the coast for rules, Korean and English labels.
// A few seconds, once a version; appears whole or not at all.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import GeoJsonVt from 'geojson-vt'
import vtPbf from 'vt-pbf'
import { packCoast } from '../coast.ts'
import { LABELS } from '../labels.ts'
import { CHART_BOX, clipRing, readLand } from './land.ts'
import { type Tile, writePmtiles } from './pmtiles.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
export const CHART_DIRECTORY = join(ROOT, 'dist/chart')
const MAX_ZOOM = 11
/** Deeper than this only Korea itself has tiles. */
const WIDE_ZOOM = 7
const KOREA = { west: 120, south: 30, east: 138, north: 42 }
const MIN_RING_NUMBERS = 8

const FILES = ['korea.pmtiles', 'coast.bin', 'labels.geojson', 'limits.geojson', '.stamp'] as const

/** Makes sure the chart is there and whole, of this version. Answers true when it had to build. Two processes may build at once: one of the two equal charts
 * stays. Throws with a sentence when the package with the land is missing or not whole. */
export async function ensureChart(onProgress?: (sentence: string) => void, directory = CHART_DIRECTORY): Promise<boolean> {
  const want = hashOfSources()
  if (isBuilt(directory, want)) return false
  onProgress?.('building the chart (a few seconds, first use of this version)')
  const source = landFile()
  const rings = readLand(source, CHART_BOX)
    .map(ring => clipRing(ring, CHART_BOX))
    .filter(ring => ring.length >= MIN_RING_NUMBERS)
  if (rings.length < 100)
    throw new Error(`only ${rings.length} pieces of land were found in ${source}; the package is not whole, run npm ci again`)
  const temporary = `${directory}.${process.pid}`
  mkdirSync(temporary, { recursive: true })
  try {
    writeFileSync(
      join(temporary, 'korea.pmtiles'),
      writePmtiles(tilesOf(rings), {
        box: [CHART_BOX.west, CHART_BOX.south, CHART_BOX.east, CHART_BOX.north],
        maxZoom: MAX_ZOOM,
        layers: ['land'],
        attribution: '© OpenStreetMap contributors (ODbL)',
      }),
    )
    writeFileSync(join(temporary, 'coast.bin'), packCoast(rings))
    writeFileSync(join(temporary, 'labels.geojson'), JSON.stringify(labels()))
    writeFileSync(join(temporary, 'limits.geojson'), JSON.stringify({ type: 'FeatureCollection', features: [] }))
    writeFileSync(join(temporary, '.stamp'), want)
    putInPlace(temporary, directory, want)
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
  onProgress?.('the chart is built')
  return true
}

function landFile(): string {
  try {
    return createRequire(import.meta.url).resolve('@geo-maps/earth-lands-1m/map.geo.json')
  } catch {
    throw new Error('the package @geo-maps/earth-lands-1m with the land is not installed; run npm ci and start again')
  }
}

const isBuilt = (directory: string, want: string): boolean =>
  FILES.every(file => existsSync(join(directory, file))) && readFileSync(join(directory, '.stamp'), 'utf8') === want

function putInPlace(temporary: string, directory: string, want: string): void {
  mkdirSync(dirname(directory), { recursive: true })
  rmSync(directory, { recursive: true, force: true })
  try {
    renameSync(temporary, directory)
  } catch (error) {
    // Another process was quicker; hers is as good.
    if (!isBuilt(directory, want)) throw error
  }
}

/** The sources that can change the result, and the version of the package with the land. */
function hashOfSources(): string {
  const hash = createHash('sha256')
  for (const file of ['build.ts', 'land.ts', 'pmtiles.ts', '../coast.ts', '../grid.ts', '../labels.ts'])
    hash.update(readFileSync(new URL(file, import.meta.url)))
  return hash.update(readFileSync(join(ROOT, 'package-lock.json'))).digest('hex')
}

function tilesOf(rings: readonly Float64Array[]): Tile[] {
  const index = new GeoJsonVt(
    {
      type: 'FeatureCollection',
      features: rings.map(ring => ({ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [closed(ring)] } })),
    },
    { maxZoom: MAX_ZOOM, tolerance: 3, extent: 4096, buffer: 64, indexMaxZoom: 5, indexMaxPoints: 0 },
  )
  const tiles: Tile[] = []
  for (let z = 0; z <= MAX_ZOOM; z++) {
    const box = z <= WIDE_ZOOM ? CHART_BOX : KOREA
    for (let x = column(box.west, z); x <= Math.min(2 ** z - 1, column(box.east - 1e-9, z)); x++) {
      for (let y = row(box.north, z); y <= Math.min(2 ** z - 1, row(box.south + 1e-9, z)); y++) {
        const tile = index.getTile(z, x, y)
        if (tile && tile.features.length > 0) tiles.push({ z, x, y, data: gzipSync(vtPbf.fromGeojsonVt({ land: tile }, { version: 2 })) })
      }
    }
  }
  return tiles
}

const column = (lon: number, z: number): number => Math.floor(((lon + 180) / 360) * 2 ** z)
const row = (lat: number, z: number): number => {
  const sine = Math.sin((lat * Math.PI) / 180)
  return Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * 2 ** z)
}

function closed(ring: Float64Array): [number, number][] {
  const points: [number, number][] = []
  for (let n = 0; n < ring.length; n += 2) points.push([ring[n]!, ring[n + 1]!])
  const [first, last] = [points[0], points.at(-1)]
  if (first && last && (first[0] !== last[0] || first[1] !== last[1])) points.push([first[0], first[1]])
  return points
}

const labels = () => ({
  type: 'FeatureCollection',
  features: LABELS.map(({ lat, lon, ...properties }) => ({
    type: 'Feature',
    properties,
    geometry: { type: 'Point', coordinates: [lon, lat] },
  })),
})
