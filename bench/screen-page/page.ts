// Page of bench/screen.ts: the same 20,000 ships over the same land, drawn by our layer (?mode=ours) or by MapLibre's symbol layer with setData (?mode=symbol).
// Every frame is finished on the GPU before the next is begun (a pixel is read back); the result is left in document.title.
import { type GeoJSONSource, Map as MapLibreMap, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { ShipColumns } from '../../src/web/live/ship-columns.ts'
import { ShipLayer } from '../../src/web/map/ship-layer.ts'

const asked = new URLSearchParams(location.search)
const MODE = asked.get('mode') ?? 'ours'
const SHIPS = Number(asked.get('ships') ?? 20_000)
const SECONDS = Number(asked.get('seconds') ?? 8)
const ZOOM = Number(asked.get('zoom') ?? 8.6)
const WARM_MS = 3000
/** So that each frame moves every ship by something visible. */
const SPEED_UP = 20

let seed = 7
const random = (): number => {
  seed = (seed * 1_664_525 + 1_013_904_223) >>> 0
  return seed / 4_294_967_296
}
const lon = Float64Array.from({ length: SHIPS }, () => 129 + (random() - 0.5) * 3.4)
const lat = Float64Array.from({ length: SHIPS }, () => 35 + (random() - 0.5) * 1.6)
const knots = Float64Array.from({ length: SHIPS }, () => 5 + random() * 15)
const course = Float64Array.from({ length: SHIPS }, () => random() * 359)
const step = (seconds: number): void => {
  for (let n = 0; n < SHIPS; n++) {
    const degrees = (knots[n]! * seconds * SPEED_UP) / 3600 / 60
    lat[n] = lat[n]! + degrees * Math.cos((course[n]! * Math.PI) / 180)
    lon[n] = lon[n]! + (degrees * Math.sin((course[n]! * Math.PI) / 180)) / 0.82
  }
}

/** 60 islands of 200 corners. */
const land: GeoJSON.FeatureCollection = {
  type: 'FeatureCollection',
  features: Array.from({ length: 60 }, () => {
    const [x, y, r] = [129 + (random() - 0.5) * 4, 35 + (random() - 0.5) * 3, 0.03 + random() * 0.12]
    const ring = Array.from({ length: 201 }, (_, k) => {
      const angle = ((k % 200) / 200) * 2 * Math.PI
      const reach = r * (1 + 0.3 * Math.sin(angle * 5) + 0.1 * Math.sin(angle * 17))
      return [x + reach * Math.cos(angle), y + reach * Math.sin(angle) * 0.8]
    })
    return {
      type: 'Feature',
      properties: {},
      geometry: { type: 'Polygon', coordinates: [ring] },
    }
  }),
}

setWorkerUrl(workerUrl)
const map = new MapLibreMap({
  container: 'map',
  center: [129, 35],
  zoom: ZOOM,
  attributionControl: false,
  fadeDuration: 0,
  canvasContextAttributes: { antialias: false },
  style: {
    version: 8,
    sources: { land: { type: 'geojson', data: land } },
    layers: [
      {
        id: 'sea',
        type: 'background',
        paint: { 'background-color': '#0b1420' },
      },
      {
        id: 'land',
        type: 'fill',
        source: 'land',
        paint: { 'fill-color': '#222a30' },
      },
      {
        id: 'coast',
        type: 'line',
        source: 'land',
        paint: { 'line-color': '#44505a', 'line-width': 1 },
      },
    ],
  },
})

/** Called once a frame with the seconds since the last one. */
let move: (seconds: number) => void = () => {}

/** As the product does it: the worker's work (here on the page) once a second, every frame between by the shader. */
function ours(): void {
  const columns = new ShipColumns()
  const colours = {
    fills: new Float32Array(28).fill(0.6),
    strokes: new Float32Array(28).fill(0.9),
  }
  let passed = 1
  const layer = new ShipLayer(
    { colours, sizePx: 7.4, vectorMinutes: 6 },
    () => Math.min(1, passed),
    () => false,
  )
  move = seconds => {
    passed += seconds
    if (passed < 1) return
    passed = 0
    step(1)
    for (let n = 0; n < SHIPS; n++)
      columns.put({
        mmsi: 440_000_000 + n,
        lat600k: Math.round(lat[n]! * 600_000),
        lon600k: Math.round(lon[n]! * 600_000),
        sogDeciknots: Math.round(knots[n]! * 10),
        cogDecidegrees: Math.round(course[n]! * 10),
        headingDeg: Math.round(course[n]!),
        rotRaw: -128,
        navigationStatus: 0,
        sentAtS: performance.now() / 1000,
        flags: 0,
        shipType: 70,
        stationClass: 0,
        lengthM: 100,
        beamM: 16,
      })
    layer.show(columns.fill(performance.now() / 1000, 1, { kinds: [], onlyWatched: false, onlyMoving: false, hideLost: false }, false))
  }
  map.addLayer(layer)
}

function dart(): ImageData {
  const c = document.createElement('canvas').getContext('2d')
  if (!c) throw new Error('the browser gave no 2D canvas')
  c.canvas.width = 32
  c.canvas.height = 32
  c.fillStyle = c.strokeStyle = '#a5d8e6'
  c.lineWidth = 2.5
  c.beginPath()
  for (const [x, y] of [
    [16, 2],
    [25, 29],
    [16, 26],
    [7, 29],
  ] as const)
    c.lineTo(x, y)
  c.closePath()
  c.globalAlpha = 0.5
  c.fill()
  c.globalAlpha = 1
  c.stroke()
  return c.getImageData(0, 0, 32, 32)
}

let loads = 0
/** New data as often as MapLibre can take it: the next as soon as the last is shown. */
function symbols(): void {
  const data: GeoJSON.FeatureCollection<GeoJSON.Point> = {
    type: 'FeatureCollection',
    features: Array.from({ length: SHIPS }, (_, n) => ({
      type: 'Feature',
      properties: { course: course[n] },
      geometry: { type: 'Point', coordinates: [lon[n]!, lat[n]!] },
    })),
  }
  map.addImage('dart', dart())
  map.addSource('ships', {
    type: 'geojson',
    data,
    maxzoom: 12,
    tolerance: 0,
    buffer: 0,
  })
  map.addLayer({
    id: 'ships',
    type: 'symbol',
    source: 'ships',
    layout: {
      'icon-image': 'dart',
      'icon-size': 0.5,
      'icon-rotate': ['get', 'course'],
      'icon-rotation-alignment': 'map',
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
    },
  })
  const source = map.getSource<GeoJSONSource>('ships')
  move = seconds => {
    step(seconds)
    if (!source || !map.isSourceLoaded('ships')) return
    for (const [n, feature] of data.features.entries()) feature.geometry.coordinates = [lon[n]!, lat[n]!]
    loads++
    source.setData(data)
  }
}

map.on('load', () => {
  if (MODE === 'ours') ours()
  else if (MODE === 'symbol') symbols()
  const canvas = map.getCanvas()
  const gl = canvas.getContext('webgl2')
  if (!gl) throw new Error('the browser gave no WebGL 2')
  const pixel = new Uint8Array(4)
  const gaps: number[] = []
  let frames = 0
  let begun = 0
  let scriptMs = 0
  let last = performance.now()
  map.on('render', () => {
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel)
    if (begun === 0) return
    frames++
  })
  const frame = (): void => {
    const now = performance.now()
    if (begun > 0) gaps.push(now - last)
    move((now - last) / 1000)
    if (begun > 0) scriptMs += performance.now() - now
    last = now
    map.triggerRepaint()
    if (begun > 0 && now - begun > SECONDS * 1000) {
      gaps.sort((a, b) => a - b)
      const seconds = (now - begun) / 1000
      document.title = JSON.stringify({
        framesPerSecond: frames / seconds,
        dataPerSecond: loads / seconds,
        p95Ms: gaps[Math.floor(gaps.length * 0.95)],
        moveMs: scriptMs / frames,
      })
      return
    }
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
  setTimeout(() => {
    frames = 0
    loads = 0
    begun = performance.now()
  }, WARM_MS)
})
