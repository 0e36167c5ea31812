// Thousands of trucks on one canvas over the chart: placed in web Mercator once for each change of the rows, drawn in one path for each look, found again by a press. Shapes as in
// the legend; a stroke shows where it is heading. North is up, so placing is two multiplications.
import type { JourneyWord } from '#seals/schema.ts'
import { mercatorX, mercatorY } from '../live/ship-texels.ts'
import type { Chart } from '../map/chart.ts'
import { readTokens, type TokenName } from '../map/tokens.ts'
import { WORST } from './list-order.ts'
import type { Row } from './model.ts'

export interface Placed {
  readonly id: string
  readonly word: JourneyWord
  /** 0 to 1 over the world. */
  readonly x: number
  readonly y: number
  /** Clockwise from north; absent: it stands. */
  readonly courseRad?: number
}

const MOVES_KMH = 3
const PICK_PX = 12
/** MapLibre's tiles are 512 px wide. */
const WORLD_PX = 512
const SIZE_PX = 5

/** Worst last, so that they lie on top. */
export const placed = (rows: readonly Row[]): readonly Placed[] =>
  rows
    .flatMap((row): Placed[] =>
      row.lat === undefined || row.lon === undefined
        ? []
        : [
            {
              id: row.id,
              word: row.word,
              x: mercatorX(row.lon),
              y: mercatorY(row.lat),
              ...(row.courseDeg === undefined || (row.speedKmh ?? 0) < MOVES_KMH ? {} : { courseRad: (row.courseDeg * Math.PI) / 180 }),
            },
          ],
    )
    .sort((a, b) => WORST.indexOf(b.word) - WORST.indexOf(a.word))

export interface View {
  readonly width: number
  readonly height: number
  readonly zoom: number
  readonly lat: number
  readonly lon: number
}
/** Where on the screen, CSS pixels. */
export function toScreen({ x, y }: { readonly x: number; readonly y: number }, view: View): readonly [number, number] {
  const world = WORLD_PX * 2 ** view.zoom
  return [(x - mercatorX(view.lon)) * world + view.width / 2, (y - mercatorY(view.lat)) * world + view.height / 2]
}

/** The nearest within reach of a press; the worse one of two as near. */
export function pickTruck(trucks: readonly Placed[], view: View, x: number, y: number): string | undefined {
  let best = PICK_PX * PICK_PX
  let id: string | undefined
  for (const one of trucks) {
    const [at, down] = toScreen(one, view)
    const off = (at - x) ** 2 + (down - y) ** 2
    if (off <= best) [best, id] = [off, one.id]
  }
  return id
}

const COLOURS: Readonly<Record<JourneyWord, TokenName>> = {
  opened: 'critical',
  'off-route': 'warning',
  late: 'caution',
  silent: 'text-2',
  normal: 'good',
}
const isFilled = (word: JourneyWord): boolean => word === 'opened' || word === 'off-route'

/** One look of all trucks but `without`; 3,000 of them are five fills and strokes. */
export function drawTrucks(canvas: HTMLCanvasElement, trucks: readonly Placed[], view: View, without: ReadonlySet<string>): void {
  const c = canvas.getContext('2d')
  if (!c) return
  const ratio = globalThis.devicePixelRatio || 1
  const [width, height] = [Math.round(view.width * ratio), Math.round(view.height * ratio)]
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width
    canvas.height = height
  }
  c.setTransform(ratio, 0, 0, ratio, 0, 0)
  c.clearRect(0, 0, view.width, view.height)
  const token = readTokens()
  const size = SIZE_PX * (view.zoom < 8 ? 0.85 : view.zoom > 10 ? 1.25 : 1)
  c.lineJoin = 'round'
  for (const word of [...WORST].reverse()) {
    c.beginPath()
    for (const one of trucks) {
      if (one.word !== word || without.has(one.id)) continue
      const [x, y] = toScreen(one, view)
      if (x < -20 || y < -20 || x > view.width + 20 || y > view.height + 20) continue
      shape(c, word, x, y, size)
      if (one.courseRad !== undefined) {
        const [dx, dy] = [Math.sin(one.courseRad), -Math.cos(one.courseRad)]
        c.moveTo(x + dx * size, y + dy * size)
        c.lineTo(x + dx * size * 2.4, y + dy * size * 2.4)
      }
    }
    const colour = token(COLOURS[word])
    c.fillStyle = isFilled(word) ? colour : token('sea')
    c.globalAlpha = isFilled(word) ? 1 : 0.75
    c.fill()
    c.globalAlpha = 1
    c.strokeStyle = colour
    c.lineWidth = 2
    c.stroke()
  }
}

function shape(c: CanvasRenderingContext2D, word: JourneyWord, x: number, y: number, size: number): void {
  if (word === 'opened') {
    c.moveTo(x, y - size * 1.6)
    c.lineTo(x + size * 1.5, y + size)
    c.lineTo(x - size * 1.5, y + size)
    c.closePath()
  } else if (word === 'late') {
    c.moveTo(x, y - size * 1.2)
    c.lineTo(x + size * 1.2, y)
    c.lineTo(x, y + size * 1.2)
    c.lineTo(x - size * 1.2, y)
    c.closePath()
  } else if (word === 'silent') c.rect(x - size, y - size, size * 2, size * 2)
  else {
    c.moveTo(x + size, y)
    c.arc(x, y, size, 0, Math.PI * 2)
  }
}

export function viewOf(chart: Chart): View {
  const { clientWidth, clientHeight } = chart.map.getContainer()
  const { lat, lng } = chart.map.getCenter()
  return { width: clientWidth, height: clientHeight, zoom: chart.map.getZoom(), lat, lon: lng }
}
