// Colours of the chart come from the same tokens as everything else; read anew when the palette changes.
import { PAINT } from '../live/ship-texels.ts'
import type { ShipColours } from './ship-layer.ts'

export type TokenName =
  | 'sea'
  | 'land'
  | 'coast'
  | 'grid'
  | 'text'
  | 'text-2'
  | 'act'
  | 'critical'
  | 'warning'
  | 'caution'
  | 'good'
  | 'ship'
  | 'ship-fill'
  | 'asleep'
  | 'lost'
  | 'zone'
  | 'place'
  | 'low'
  | 'line'
  | 'panel'
export type Tokens = (name: TokenName) => string

export const readTokens = (): Tokens => {
  const style = getComputedStyle(document.documentElement)
  return name => style.getPropertyValue(`--${name}`).trim()
}

/** '#rrggbb' or '#rrggbbaa' → premultiplied RGBA in [0, 1]. */
export function premultiplied(hex: string, alpha = 1): readonly [number, number, number, number] {
  const part = (from: number): number => Number.parseInt(hex.slice(from, from + 2), 16) / 255
  const a = (hex.length > 7 ? part(7) : 1) * alpha
  return [part(1) * a, part(3) * a, part(5) * a, a]
}

export function shipColours(token: Tokens): ShipColours {
  const fills = new Float32Array(28)
  const strokes = new Float32Array(28)
  const put = (paint: number, stroke: string, fill: string, alpha: number): void => {
    strokes.set(premultiplied(stroke), paint * 4)
    fills.set(premultiplied(fill, alpha), paint * 4)
  }
  put(PAINT.NORMAL, token('ship'), token('ship-fill'), 1)
  put(PAINT.WATCHED, token('warning'), token('warning'), 0.92)
  put(PAINT.ALARMED, token('critical'), token('critical'), 0.92)
  put(PAINT.ASLEEP, token('asleep'), token('asleep'), 0.45)
  put(PAINT.LOST, token('lost'), token('lost'), 0)
  put(PAINT.STALE, token('lost'), token('lost'), 0.25)
  put(PAINT.FIXED, token('place'), token('place'), 0)
  return { fills, strokes }
}
