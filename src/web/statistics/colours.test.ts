// Charts are read in four palettes and by people who see colours otherwise: marks against their ground, numbers on each shade, and how far colours lie apart under three kinds of
// colour-blindness (Machado, Oliveira, Fernandes 2009, severity 1).
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const css = readFileSync(fileURLToPath(new URL('../ui/tokens.css', import.meta.url)), 'utf8')
const PALETTES = ['night', 'deep', 'dusk', 'day'] as const
function token(palette: string, name: string): string {
  const block = css.slice(css.indexOf(`[data-palette="${palette}"]`))
  const colour = new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(block)?.[1]
  if (colour === undefined) throw new Error(`no --${name} in ${palette}`)
  return colour
}
type Rgb = readonly [number, number, number]
const linear = (hex: string): Rgb => {
  const part = (from: number): number => {
    const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [part(1), part(3), part(5)]
}
const light = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b
function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [light(linear(a)), light(linear(b))].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}
const SEEN: Readonly<Record<string, readonly number[]>> = {
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
}
const as = ([r, g, b]: Rgb, m: readonly number[]): Rgb => {
  const row = (k: number): number => Math.max(0, (m[k] ?? 0) * r + (m[k + 1] ?? 0) * g + (m[k + 2] ?? 0) * b)
  return [row(0), row(3), row(6)]
}
/** Distance in Oklab: what the eye tells apart. */
function apart(a: Rgb, b: Rgb): number {
  const lab = ([r, g, bl]: Rgb): Rgb => {
    const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * bl)
    const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * bl)
    const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * bl)
    return [
      0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
    ]
  }
  const [x, y] = [lab(a), lab(b)]
  return Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2])
}

test.each(PALETTES)('%s: marks of charts stand out from the panel', palette => {
  const panel = token(palette, 'panel')
  const faint = ['chart-now', 'chart-before', 'chart-year', 'chart-false', 'series-2', 'series-3', 'series-4'].filter(
    name => contrast(token(palette, name), panel) < 3,
  )
  expect(faint).toEqual([])
})

test.each(PALETTES)('%s: the number is read on every shade of the hours', palette => {
  const unread = [0, 1, 2, 3, 4, 5, 6].filter(
    shade => contrast(token(palette, `heat-${shade}`), token(palette, shade < 4 ? 'heat-ink' : 'heat-ink-high')) < 4.5,
  )
  expect(unread).toEqual([])
})

test.each(PALETTES)('%s: this period and the others, true and false, are told apart by colour-blind people too', palette => {
  const pairs = [
    ['chart-now', 'chart-before'],
    ['chart-before', 'chart-year'],
    ['chart-now', 'chart-false'],
    ['chart-now', 'chart-open'],
    ['chart-now', 'series-2'],
  ] as const
  const near = Object.entries(SEEN).flatMap(([who, matrix]) =>
    pairs
      .filter(([a, b]) => apart(as(linear(token(palette, a)), matrix), as(linear(token(palette, b)), matrix)) < 0.05)
      .map(pair => `${who}: ${pair.join(' and ')}`),
  )
  expect(near).toEqual([])
})
