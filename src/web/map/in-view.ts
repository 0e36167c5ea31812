// What of the ships lies on the screen: picking, the count "화면 안 선박", and which names have room. The chart is always north-up and flat, so screen
// places are one multiplication; a grid of 48-px cells built once a tick answers "who is under the pointer".
import { CENTRE_X, CENTRE_Y, CODE_ALWAYS, FLOATS_PER_SHIP, latOfY, PAINT, paintOf } from '../live/ship-texels.ts'

/** The window on the world: CSS pixels, mercator centre less CENTRE. */
export interface Window2d {
  readonly width: number
  readonly height: number
  readonly worldPx: number
  readonly x: number
  readonly y: number
  /** Latitude of the middle, degrees. */
  readonly lat: number
}

export const windowOf = (width: number, height: number, zoom: number, mercatorCentreX: number, mercatorCentreY: number): Window2d => ({
  width,
  height,
  worldPx: 512 * 2 ** zoom,
  x: mercatorCentreX - CENTRE_X,
  y: mercatorCentreY - CENTRE_Y,
  lat: latOfY(mercatorCentreY),
})

export const screenX = (w: Window2d, x: number): number => (x - w.x) * w.worldPx + w.width / 2
export const screenY = (w: Window2d, y: number): number => (y - w.y) * w.worldPx + w.height / 2

/** Place of a drawn ship (mercator less CENTRE) at a share of its tick. */
export const shipX = (texels: Float32Array, index: number, share: number): number =>
  texels[index * FLOATS_PER_SHIP]! + (texels[index * FLOATS_PER_SHIP + 2]! - texels[index * FLOATS_PER_SHIP]!) * share
export const shipY = (texels: Float32Array, index: number, share: number): number =>
  texels[index * FLOATS_PER_SHIP + 1]! + (texels[index * FLOATS_PER_SHIP + 3]! - texels[index * FLOATS_PER_SHIP + 1]!) * share

const CELL_PX = 48
const CELL_SHIFT = 16

/** Ships on the screen, in drawing order, and a grid over them. */
export interface InView {
  readonly indices: Uint32Array
  /** Index of the ship under a point, within `reachPx` (nearest; an alarmed or watched one before a plain one at the same place), or −1. */
  pick(x: number, y: number, reachPx: number): number
}

export function shipsInView(texels: Float32Array, count: number, share: number, w: Window2d): InView {
  const indices = new Uint32Array(count)
  const cells = new Map<number, number[]>()
  let end = 0
  for (let i = 0; i < count; i++) {
    const x = screenX(w, shipX(texels, i, share))
    const y = screenY(w, shipY(texels, i, share))
    if (x < 0 || y < 0 || x > w.width || y > w.height) continue
    indices[end++] = i
    const cell = ((x / CELL_PX) << CELL_SHIFT) | (y / CELL_PX)
    const there = cells.get(cell)
    if (there) there.push(i)
    else cells.set(cell, [i])
  }
  return {
    indices: indices.subarray(0, end),
    pick(px, py, reachPx) {
      let best = -1
      let bestDistance = reachPx
      const [fromX, toX] = [Math.floor((px - reachPx) / CELL_PX), Math.floor((px + reachPx) / CELL_PX)]
      const [fromY, toY] = [Math.floor((py - reachPx) / CELL_PX), Math.floor((py + reachPx) / CELL_PX)]
      for (let cx = Math.max(0, fromX); cx <= toX; cx++)
        for (let cy = Math.max(0, fromY); cy <= toY; cy++)
          for (const i of cells.get((cx << CELL_SHIFT) | cy) ?? []) {
            const favoured = (texels[i * FLOATS_PER_SHIP + 7]! & CODE_ALWAYS) !== 0 ? 4 : 0
            const distance = Math.hypot(screenX(w, shipX(texels, i, share)) - px, screenY(w, shipY(texels, i, share)) - py) - favoured
            if (distance <= bestDistance) {
              best = i
              bestDistance = distance
            }
          }
      return best
    },
  }
}

export interface Label {
  readonly index: number
  readonly text: string
  readonly widthPx: number
  /** Left or right of the symbol. */
  readonly side: 1 | -1
  readonly strong: boolean
}

export interface LabelWish {
  readonly selected: ReadonlySet<number>
  readonly nameOf: (index: number) => string
  readonly measure: (text: string) => number
  /** Most names beside those that are always shown. */
  readonly room: number
  readonly heightPx: number
}

/**
 * Names by rank: selected, alarmed, watched, then long ships before short ones, as long as there is room. A name never covers an alarmed ship or another
 * name; where the right side is taken it goes to the left, else it is left out (selected ones always stay).
 */
export function placeLabels(texels: Float32Array, view: InView, share: number, w: Window2d, wish: LabelWish): Label[] {
  const ranked = [...view.indices].map(index => ({ index, rank: rankOf(texels, index, wish.selected) })).filter(({ rank }) => rank > 0)
  ranked.sort((a, b) => b.rank - a.rank || a.index - b.index)
  const taken: Rect[] = ranked
    .filter(({ rank }) => rank >= 2e6)
    .map(({ index }) => around(screenX(w, shipX(texels, index, share)), screenY(w, shipY(texels, index, share)), 9))
  const labels: Label[] = []
  let others = 0
  for (const { index, rank } of ranked) {
    const always = rank >= 1e6
    if (!always && others >= wish.room) break
    const text = wish.nameOf(index)
    if (text === '') continue
    const widthPx = wish.measure(text)
    const [x, y] = [screenX(w, shipX(texels, index, share)), screenY(w, shipY(texels, index, share))]
    const rects = ([1, -1] as const).map(side => ({ side, rect: labelRect(x, y, widthPx, wish.heightPx, side) }))
    const own = around(x, y, 9)
    const free = rects.find(
      ({ rect }) => rect.left > 0 && rect.right < w.width && !taken.some(other => overlaps(rect, other) && !same(other, own)),
    )
    const chosen = free ?? (rank >= 3e6 ? rects[0] : undefined)
    if (!chosen) continue
    if (!always) others++
    taken.push(chosen.rect)
    labels.push({ index, text, widthPx, side: chosen.side, strong: always })
  }
  return labels
}

interface Rect {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}
const around = (x: number, y: number, r: number): Rect => ({ left: x - r, top: y - r, right: x + r, bottom: y + r })
const overlaps = (a: Rect, b: Rect): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
const same = (a: Rect, b: Rect): boolean => a.left === b.left && a.top === b.top

function labelRect(x: number, y: number, width: number, height: number, side: 1 | -1): Rect {
  const left = side === 1 ? x + 12 : x - 12 - width
  return { left, top: y - height / 2, right: left + width, bottom: y + height / 2 }
}

function rankOf(texels: Float32Array, index: number, selected: ReadonlySet<number>): number {
  const at = index * FLOATS_PER_SHIP
  const code = texels[at + 7]!
  if (selected.has(index)) return 3e6
  const paint = paintOf(code)
  if (paint === PAINT.ALARMED) return 2e6
  if (paint === PAINT.WATCHED) return 1e6
  if (paint === PAINT.FIXED || paint === PAINT.STALE || paint === PAINT.LOST) return 0
  return 1 + texels[at + 8]! + texels[at + 6]! * 4
}
