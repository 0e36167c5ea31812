// The chart: MapLibre for sea, land and labels, our layer for ships, a 2D canvas for names and brackets. Everything the rest of the screen wants from the
// map goes through this class; React only holds its frame. North is always up: officers compare bearings by eye, and picking stays one multiplication.
import { addProtocol, type GeoJSONSource, Map as MapLibreMap, type MapMouseEvent, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { Protocol } from 'pmtiles'
import type { Language } from '../i18n/text.ts'
import { placeIn, type ShipFrame } from '../live/ship-columns.ts'
import { mercatorX, mercatorY } from '../live/ship-texels.ts'
import { pixelRatio } from '../ui/pixel-ratio.ts'
import { drawAnnotations, labelFont } from './annotations.ts'
import { type InView, type Label, placeLabels, shipsInView, type Window2d, windowOf } from './in-view.ts'
import { ShipLayer } from './ship-layer.ts'
import { CHART_FILES, chartLayers, chartStyle } from './style.ts'
import { readTokens, shipColours, type Tokens } from './tokens.ts'

export interface ChartView {
  readonly lat: number
  readonly lon: number
  readonly zoom: number
}

export interface ChartEvents {
  /** The view has settled. */
  onView(view: ChartView): void
  /** A ship (or the sea, undefined) was pressed. */
  onPick(mmsi: number | undefined): void
  onHover(mmsi: number | undefined): void
  onCursor(place: { readonly lat: number; readonly lon: number } | undefined): void
  /** Ships on the screen now (numbers in drawing order). */
  onInView(numbers: Uint32Array): void
  /** A tool (measure, draw) takes pointer events first; true = taken. */
  onToolPointer(
    kind: 'press' | 'move' | 'release' | 'double',
    place: { readonly lat: number; readonly lon: number },
    screen: { readonly x: number; readonly y: number },
  ): boolean
  /** The chart's files could not be read: shown as a state of the panel, ships go on. */
  onTrouble(sentence: string): void
}

export interface ChartSettings {
  readonly language: Language
  /** Type factor: 1 at a desk, 1.35 on the wall. */
  readonly type: number
  readonly view: ChartView
  nameOf(mmsi: number): string
  now(): number
  reducedMotion(): boolean
  /** Height of what lies over the chart's lower edge, CSS pixels. */
  coveredPx(): number
}

export type Collection = GeoJSON.FeatureCollection
type SourceName = 'areas' | 'track' | 'sketch' | 'labels' | 'limits'

/** Below this movement in CSS pixels nobody sees a difference: the frame rate follows the fastest ship on the screen. */
const VISIBLE_STEP_PX = 0.34
const FASTEST_KN = 30
const MOST_FRAMES = 30

export class Chart {
  readonly map: MapLibreMap
  #events: ChartEvents
  #settings: ChartSettings
  readonly #overlay: HTMLCanvasElement
  readonly #c: CanvasRenderingContext2D
  readonly #ships: ShipLayer
  readonly #measureContext: CanvasRenderingContext2D
  readonly #sources = new Map<SourceName, Collection>()
  #token: Tokens
  #language: Language
  #frame: ShipFrame | undefined
  #indexOf = new Map<number, number>()
  #tickAtMs = 0
  #tickMs = 1000
  #inView: InView | undefined
  #labels: readonly Label[] = []
  #labelsAtMs = 0
  #selected: readonly number[] = []
  #hovered = -1
  #animation = 0
  #lastDrawMs = 0
  #isLoaded = false
  #isDragging = false

  constructor(container: HTMLElement, overlay: HTMLCanvasElement, settings: ChartSettings, events: ChartEvents) {
    this.#events = events
    this.#settings = settings
    this.#language = settings.language
    this.#overlay = overlay
    const c = overlay.getContext('2d')
    const measure = document.createElement('canvas').getContext('2d')
    if (!c || !measure) throw new Error('the browser gave no 2D canvas')
    this.#c = c
    this.#measureContext = measure
    this.#token = readTokens()
    registerProtocol()
    setWorkerUrl(workerUrl)
    this.map = new MapLibreMap({
      container,
      style: chartStyle(this.#token, settings.language, location.origin, settings.type),
      center: [settings.view.lon, settings.view.lat],
      zoom: settings.view.zoom,
      minZoom: 3,
      maxZoom: 17,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      keyboard: false,
      fadeDuration: 0,
      refreshExpiredTiles: false,
      renderWorldCopies: false,
      pixelRatio: pixelRatio(),
      canvasContextAttributes: { antialias: false },
    })
    this.map.touchZoomRotate.disableRotation()
    this.#ships = new ShipLayer(
      { colours: shipColours(this.#token), sizePx: 7.4 * settings.type, vectorMinutes: 6 },
      () => this.#share(),
      () => Math.floor(settings.now() / 250) % 2 === 1,
    )
    this.#listen()
    this.#animate()
  }

  destroy(): void {
    cancelAnimationFrame(this.#animation)
    this.map.remove()
  }

  /** Stands in another frame, which it fills: its programs are compiled already. Data of the former frame are gone. */
  moveTo(settings: ChartSettings, events: ChartEvents): void {
    this.#settings = settings
    this.#events = events
    for (const source of ['areas', 'track', 'sketch'] as const) this.setData(source, { type: 'FeatureCollection', features: [] })
    this.select([])
    this.map.resize()
    this.map.jumpTo({ center: [settings.view.lon, settings.view.lat], zoom: settings.view.zoom })
    this.restyle(settings.language)
    this.#animate()
  }

  /** Draws nothing until it is moved. */
  rest(): void {
    cancelAnimationFrame(this.#animation)
    this.map.stop()
  }

  /** Takes a new tick of ships; `tickMs` is how long the glide to the next place lasts. */
  show(frame: ShipFrame, tickMs: number): void {
    this.#frame = frame
    this.#tickMs = tickMs
    this.#tickAtMs = performance.now()
    const selected = this.#selected.map(mmsi => mmsi)
    this.#indexOf.clear()
    for (let i = 0; i < frame.count; i++) this.#indexOf.set(frame.numbers[i]!, i)
    this.#selected = selected
    this.#ships.show(frame)
    this.#look()
  }

  select(numbers: readonly number[]): void {
    this.#selected = numbers
    this.#look()
    this.map.triggerRepaint()
  }

  /** Colours and words anew. */
  restyle(language: Language): void {
    this.#language = language
    this.#token = readTokens()
    this.#ships.settings.colours = shipColours(this.#token)
    if (!this.#isLoaded) return
    for (const layer of chartLayers(this.#token, language, this.#settings.type)) {
      const paint: Record<string, unknown> = 'paint' in layer && layer.paint ? { ...layer.paint } : {}
      for (const [key, value] of Object.entries(paint)) this.map.style.setPaintProperty(layer.id, key as 'fill-color', value as string)
      if (layer.type === 'symbol' && layer.layout?.['text-field'])
        this.map.style.setLayoutProperty(layer.id, 'text-field', layer.layout['text-field'])
    }
    this.map.triggerRepaint()
  }

  setData(source: SourceName, data: Collection): void {
    this.#sources.set(source, data)
    const there = this.map.getSource<GeoJSONSource>(source)
    if (there) void there.setData(data)
  }

  setVisible(layers: readonly string[], isVisible: boolean): void {
    if (this.#isLoaded)
      for (const id of layers) if (this.map.getLayer(id)) this.map.setLayoutProperty(id, 'visibility', isVisible ? 'visible' : 'none')
  }

  set vectorMinutes(minutes: number) {
    this.#ships.settings.vectorMinutes = minutes
    this.map.triggerRepaint()
  }

  /** Moves only when the place is not already well inside the window (ui.md 6.1), ≤ 400 ms, at once for those who asked for less motion. */
  bringIntoView(lat: number, lon: number, zoom?: number): void {
    const { x, y } = this.map.project([lon, lat])
    const { width: w, height: h } = this.clearSize()
    const isInside = x > w * 0.12 && x < w * 0.88 && y > h * 0.12 && y < h * 0.88
    if (isInside && (zoom === undefined || Math.abs(zoom - this.map.getZoom()) < 1.5)) return
    this.goTo({ lat, lon, zoom: zoom ?? Math.max(this.map.getZoom(), 8) })
  }

  goTo(view: ChartView): void {
    const target = { center: [view.lon, view.lat] as [number, number], zoom: view.zoom }
    if (this.#settings.reducedMotion()) this.map.jumpTo(target)
    else this.map.easeTo({ ...target, duration: 380, essential: true })
  }

  fit(west: number, south: number, east: number, north: number, closestZoom = 12): void {
    this.map.fitBounds(
      [
        [west, south],
        [east, north],
      ],
      { padding: 60, duration: this.#settings.reducedMotion() ? 0 : 380, maxZoom: closestZoom },
    )
  }

  panBy(x: number, y: number): void {
    this.map.panBy([x, y], { duration: this.#settings.reducedMotion() ? 0 : 150 })
  }

  zoomBy(steps: number): void {
    const zoom = this.map.getZoom() + steps
    if (this.#settings.reducedMotion()) this.map.jumpTo({ zoom })
    else this.map.easeTo({ zoom, duration: 180 })
  }

  /** Where the ship is drawn now. */
  placeOf(mmsi: number): { lat: number; lon: number } | undefined {
    const index = this.#indexOf.get(mmsi)
    return index === undefined || !this.#frame ? undefined : placeIn(this.#frame.texels, index, this.#share())
  }

  sentAtS(mmsi: number): number | undefined {
    const index = this.#indexOf.get(mmsi)
    return index === undefined ? undefined : this.#frame?.times[index]
  }

  project(lat: number, lon: number): { x: number; y: number } {
    return this.map.project([lon, lat])
  }

  /** The place under the cross in the middle. */
  middle(): { lat: number; lon: number } {
    const { lat, lng } = this.map.getCenter()
    return { lat, lon: lng }
  }

  /** The part of the chart that the time bar does not cover. */
  clearSize(): { width: number; height: number } {
    const { clientWidth, clientHeight } = this.map.getContainer()
    return { width: clientWidth, height: clientHeight - this.#settings.coveredPx() }
  }

  bounds(): { west: number; south: number; east: number; north: number } {
    const b = this.map.getBounds()
    return { west: b.getWest(), south: b.getSouth(), east: b.getEast(), north: b.getNorth() }
  }

  /** Metres that one CSS pixel is wide in the middle of the chart. */
  metresPerPixel(): number {
    const { lat } = this.map.getCenter()
    return (40_075_016.686 * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** this.map.getZoom())
  }

  /** The chart as it stands with its annotations, as a picture: for exports. */
  async picture(): Promise<HTMLCanvasElement> {
    const canvas = document.createElement('canvas')
    const gl = this.map.getCanvas()
    canvas.width = gl.width
    canvas.height = gl.height
    const c = canvas.getContext('2d')
    await new Promise<void>(drawn => {
      this.map.once('render', () => {
        c?.drawImage(gl, 0, 0)
        drawn()
      })
      this.map.triggerRepaint()
    })
    c?.drawImage(this.#overlay, 0, 0, canvas.width, canvas.height)
    return canvas
  }

  #share(): number {
    return Math.min(1, Math.max(0, (performance.now() - this.#tickAtMs) / this.#tickMs))
  }

  #window(): Window2d {
    const { clientWidth, clientHeight } = this.map.getContainer()
    const { lng, lat } = this.map.getCenter()
    return windowOf(clientWidth, clientHeight, this.map.getZoom(), mercatorX(lng), mercatorY(lat))
  }

  /** Who is in view and whose name has room: once a tick and after each move, not per frame. */
  #look(): void {
    const frame = this.#frame
    if (!frame) return
    const w = this.#window()
    const share = this.#share()
    this.#inView = shipsInView(frame.texels, frame.count, share, w)
    this.#labelsAtMs = performance.now()
    const zoom = this.map.getZoom()
    this.#measureContext.font = labelFont(this.#settings.type, true)
    this.#labels = placeLabels(frame.texels, this.#inView, share, w, {
      selected: new Set(this.#selected.flatMap(mmsi => this.#indexOf.get(mmsi) ?? [])),
      nameOf: index => this.#settings.nameOf(frame.numbers[index]!),
      measure: text => this.#measureContext.measureText(text).width,
      room: zoom < 9.5 ? 0 : zoom < 11 ? 40 : 120,
      heightPx: 15 * this.#settings.type,
    })
    const { indices } = this.#inView
    const numbers = new Uint32Array(indices.length)
    for (let i = 0; i < indices.length; i++) numbers[i] = frame.numbers[indices[i]!]!
    this.#events.onInView(numbers)
  }

  #drawOver(): void {
    const frame = this.#frame
    if (!frame) return
    drawAnnotations(this.#overlay, this.#c, {
      frame,
      share: this.#share(),
      window: this.#window(),
      labels: this.#labels,
      selected: this.#selected.flatMap(mmsi => this.#indexOf.get(mmsi) ?? []),
      hovered: this.#hovered,
      token: this.#token,
      typeFactor: this.#settings.type,
    })
  }

  /** Asks for a frame only when the fastest ship would have moved visibly since the last one. */
  #animate(): void {
    const step = (): void => {
      this.#animation = requestAnimationFrame(step)
      if (!this.#frame || document.hidden) return
      const pixelsPerSecond = (FASTEST_KN * 0.514444) / this.metresPerPixel()
      const frames = Math.min(MOST_FRAMES, Math.max(2, pixelsPerSecond / VISIBLE_STEP_PX))
      const now = performance.now()
      if (now - this.#lastDrawMs < 1000 / frames) return
      this.#lastDrawMs = now
      this.map.triggerRepaint()
    }
    step()
  }

  #listen(): void {
    const { map } = this
    map.on('style.load', () => {
      map.addLayer(this.#ships, 'track-line')
      this.#isLoaded = true
      for (const [source, data] of this.#sources) this.setData(source, data)
      void this.#loadReference()
      this.restyle(this.#language)
    })
    map.on('error', event => this.#events.onTrouble(event.error?.message ?? 'chart'))
    map.on('render', () => this.#drawOver())
    map.on('move', () => {
      if (performance.now() - this.#labelsAtMs > 120) this.#look()
    })
    map.on('moveend', () => {
      this.#look()
      const { lat, lng } = map.getCenter()
      this.#events.onView({ lat, lon: lng, zoom: map.getZoom() })
    })
    map.on('resize', () => this.#look())
    map.on('mousedown', event => {
      this.#isDragging = this.#tool('press', event)
      if (this.#isDragging) event.preventDefault()
    })
    map.on('mousemove', event => {
      this.#events.onCursor({ lat: event.lngLat.lat, lon: event.lngLat.lng })
      if (this.#tool('move', event)) return
      const index = this.#inView?.pick(event.point.x, event.point.y, 10) ?? -1
      if (index === this.#hovered) return
      this.#hovered = index
      map.getCanvas().style.cursor = index >= 0 ? 'pointer' : ''
      this.#events.onHover(index >= 0 ? this.#frame?.numbers[index] : undefined)
      map.triggerRepaint()
    })
    map.on('mouseup', event => {
      if (this.#isDragging) this.#tool('release', event)
    })
    map.on('mouseout', () => {
      this.#events.onCursor(undefined)
      this.#hovered = -1
      this.#events.onHover(undefined)
    })
    map.on('click', event => {
      if (this.#isDragging) {
        this.#isDragging = false
        return
      }
      const index = this.#inView?.pick(event.point.x, event.point.y, 12) ?? -1
      this.#events.onPick(index >= 0 ? this.#frame?.numbers[index] : undefined)
    })
    map.on('dblclick', event => {
      if (this.#tool('double', event)) event.preventDefault()
    })
  }

  #tool(kind: 'press' | 'move' | 'release' | 'double', event: MapMouseEvent): boolean {
    return this.#events.onToolPointer(kind, { lat: event.lngLat.lat, lon: event.lngLat.lng }, { x: event.point.x, y: event.point.y })
  }

  /** Place names and limits: files of the chart build. Where they are missing the chart does without. */
  async #loadReference(): Promise<void> {
    await Promise.all(
      (['labels', 'limits'] as const).map(async source => {
        const answer = await fetch(CHART_FILES[source]).catch(() => undefined)
        if (answer?.ok) this.setData(source, await answer.json())
      }),
    )
  }
}

let isRegistered = false
/** MapLibre's protocols are global to the page; one registration serves every chart. */
function registerProtocol(): void {
  if (isRegistered) return
  isRegistered = true
  addProtocol('pmtiles', new Protocol().tile)
}
