// What lies over the ships: names, the brackets of the selection, the growing ring of where a lost ship could be. A 2D canvas, drawn after each frame of
// the chart; text in WebGL would cost an atlas of all Hangul, and there are never more than two hundred names.
import type { ShipFrame } from '../live/ship-columns.ts'
import { FLOATS_PER_SHIP, SHAPE, shapeOf } from '../live/ship-texels.ts'
import { pixelRatio } from '../ui/pixel-ratio.ts'
import { type Label, screenX, screenY, shipX, shipY, type Window2d } from './in-view.ts'
import type { Tokens } from './tokens.ts'

const WORLD_M = 40_075_016.686
/** A lost ship could have gone on at its last speed, or drifted: at least this. */
const DRIFT_KN = 1.5
const RING_LIMIT_M = 60 * 1852

export interface Annotations {
  readonly frame: ShipFrame
  readonly share: number
  readonly window: Window2d
  readonly labels: readonly Label[]
  readonly selected: readonly number[]
  readonly hovered: number
  readonly token: Tokens
  readonly typeFactor: number
}

export function drawAnnotations(canvas: HTMLCanvasElement, c: CanvasRenderingContext2D, a: Annotations): void {
  const ratio = pixelRatio()
  const { width, height } = a.window
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio)
    canvas.height = Math.round(height * ratio)
  }
  c.setTransform(ratio, 0, 0, ratio, 0, 0)
  c.clearRect(0, 0, width, height)
  const place = (index: number): readonly [number, number] => [
    screenX(a.window, shipX(a.frame.texels, index, a.share)),
    screenY(a.window, shipY(a.frame.texels, index, a.share)),
  ]
  for (const index of a.selected) drawRing(c, a, index, place(index))
  drawNames(c, a, place)
  for (const [rank, index] of a.selected.entries())
    drawBrackets(c, place(index), a.token(rank === 0 ? 'critical' : 'text'), rank === 0 ? 19 : 14, 2.2)
  if (a.hovered >= 0 && !a.selected.includes(a.hovered)) drawBrackets(c, place(a.hovered), a.token('text-2'), 13, 1.4)
}

function drawNames(c: CanvasRenderingContext2D, a: Annotations, place: (index: number) => readonly [number, number]): void {
  c.textBaseline = 'middle'
  c.lineJoin = 'round'
  c.lineWidth = 3
  c.strokeStyle = a.token('sea')
  for (const label of a.labels) {
    const [x, y] = place(label.index)
    c.font = labelFont(a.typeFactor, label.strong)
    c.textAlign = label.side === 1 ? 'left' : 'right'
    c.fillStyle = a.token(label.strong ? 'text' : 'place')
    const at = x + label.side * 12
    c.globalAlpha = 0.85
    c.strokeText(label.text, at, y)
    c.globalAlpha = 1
    c.fillText(label.text, at, y)
  }
}

export const labelFont = (typeFactor: number, strong: boolean): string =>
  `${strong ? 700 : 500} ${(strong ? 12 : 11) * typeFactor}px 'Pretendard Variable', 'Noto Sans KR', sans-serif`

function drawBrackets(c: CanvasRenderingContext2D, [x, y]: readonly [number, number], colour: string, half: number, width: number): void {
  const arm = half * 0.55
  c.strokeStyle = colour
  c.lineWidth = width
  c.lineJoin = 'miter'
  for (const [i, j] of [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ] as const) {
    c.beginPath()
    c.moveTo(x + i * half, y + j * (half - arm))
    c.lineTo(x + i * half, y + j * half)
    c.lineTo(x + i * (half - arm), y + j * half)
    c.stroke()
  }
}

function drawRing(c: CanvasRenderingContext2D, a: Annotations, index: number, [x, y]: readonly [number, number]): void {
  const at = index * FLOATS_PER_SHIP
  const t = a.frame.texels
  if (shapeOf(t[at + 7]!) !== SHAPE.LOST) return
  const metres = Math.min(RING_LIMIT_M, Math.max(DRIFT_KN, t[at + 6]!) * 0.514444 * t[at + 10]!)
  const radius = (metres * a.window.worldPx) / (WORLD_M * Math.cos((a.window.lat * Math.PI) / 180))
  if (radius < 4) return
  c.strokeStyle = a.token('warning')
  c.fillStyle = a.token('warning')
  c.lineWidth = 1.4
  c.setLineDash([6, 5])
  c.beginPath()
  c.arc(x, y, radius, 0, Math.PI * 2)
  c.globalAlpha = 0.06
  c.fill()
  c.globalAlpha = 0.9
  c.stroke()
  c.globalAlpha = 1
  c.setLineDash([])
}
