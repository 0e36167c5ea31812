// The map of a paper: the packed coast, the night's alarms as dots by level, the main events as numbered discs. Plane chart (longitude narrowed by the middle latitude),
// good for the few degrees around Korea.
import { element, LEVEL_FILLS, num, svg, svgText } from './svg.ts'

export interface MapDot {
  readonly lat: number
  readonly lon: number
  readonly level: number
}
export interface MapMark {
  readonly lat: number
  readonly lon: number
  /** 1, 2 …: as in the list of main events. */
  readonly label: string
}
export interface MapName {
  readonly lat: number
  readonly lon: number
  readonly text: string
}

export interface MapPicture {
  readonly widthMm: number
  readonly heightMm: number
  readonly coast: readonly Float64Array[] | undefined
  readonly dots: readonly MapDot[]
  readonly marks: readonly MapMark[]
  readonly names: readonly MapName[]
  readonly legend: MapLegend
}

export interface MapLegend {
  /** Critical, high, medium. */
  readonly levels: readonly string[]
  /** What a numbered disc is. */
  readonly mark: string
  /** Words of the scale bar: 50해리. */
  readonly miles: string
}

/** The seas around Korea: what is shown when nothing lies outside. */
const HOME = { west: 123.6, east: 131.6, south: 32.6, north: 38.9 }
const MARK = 19
/** Coast finer than this is no longer seen on paper. */
const FINEST = 2.2

export function mapPicture({ widthMm, heightMm, coast, dots, marks, names, legend }: MapPicture): string {
  const [width, height] = [widthMm * 10, heightMm * 10]
  const middle = Math.cos((((HOME.north + HOME.south) / 2) * Math.PI) / 180)
  const scale = Math.min(width / ((HOME.east - HOME.west) * middle), height / (HOME.north - HOME.south))
  const x = (lon: number): number => width / 2 + (lon - (HOME.west + HOME.east) / 2) * middle * scale
  const y = (lat: number): number => height / 2 - (lat - (HOME.north + HOME.south) / 2) * scale
  const isIn = ({ lat, lon }: { readonly lat: number; readonly lon: number }): boolean =>
    x(lon) > 0 && x(lon) < width && y(lat) > 0 && y(lat) < height
  const land = (coast ?? []).map(ring => ringPath(ring, x, y, width, height)).filter(path => path !== '')
  const spots = dots.filter(isIn).map(dot => ({ ...dot, x: x(dot.lon), y: y(dot.lat), r: dot.level <= 1 ? 8 : 6 }))
  const discs = placed(marks.filter(isIn).map(mark => ({ ...mark, x: x(mark.lon), y: y(mark.lat) })))
  const taken = [...spots.map(spot => around(spot.x, spot.y, spot.r)), ...discs.map(disc => around(disc.atX, disc.atY, MARK + 2))]
  const parts = [
    element('rect', { x: 0, y: 0, width, height, fill: '#eaf2f8' }),
    ...grid(x, y, width, height),
    element('path', { d: land.join(''), fill: '#f0ead8', stroke: '#8b8672', 'stroke-width': 1.2, 'fill-rule': 'evenodd' }),
    ...degrees(x, y, width, height),
    ...spots.map(spot =>
      element('circle', {
        cx: spot.x,
        cy: spot.y,
        r: spot.r,
        fill: LEVEL_FILLS[spot.level] ?? LEVEL_FILLS[3],
        'fill-opacity': 0.85,
        stroke: '#ffffff',
        'stroke-width': 1.5,
      }),
    ),
    ...discs.map(markParts),
    ...named(
      names.filter(isIn).map(name => ({ text: name.text, x: x(name.lon), y: y(name.lat) })),
      taken,
    ),
    ...legendParts(legend, height),
    scaleBar(scale, width, height, legend.miles),
    element('rect', { x: 1, y: 1, width: width - 2, height: height - 2, fill: 'none', stroke: '#555555', 'stroke-width': 2 }),
  ]
  return svg(widthMm, heightMm, parts.join(''))
}

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}
const around = (x: number, y: number, r: number): Box => ({ left: x - r, right: x + r, top: y - r, bottom: y + r })
const meet = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

const NAME_SIZE = 23
/** Where a name may stand beside its place: above, below, right, left, and further out. */
const BESIDE: readonly (readonly [dx: number, dy: number])[] = [
  [0, -10],
  [0, 28],
  [1, 8],
  [-1, 8],
  [0, -34],
  [0, 52],
]

/** Names where nothing else stands; one that finds no room is left out: the table has it. */
function named(
  names: readonly { readonly text: string; readonly x: number; readonly y: number }[],
  taken: readonly Box[],
): readonly string[] {
  const boxes = [...taken]
  return names.flatMap(({ text, x, y }) => {
    const half = (text.length * NAME_SIZE * (/[가-힣]/.test(text) ? 0.92 : 0.56)) / 2
    for (const [side, dy] of BESIDE) {
      const at = { x: x + side * (half + 14), y: y + dy }
      const box: Box = { left: at.x - half, right: at.x + half, top: at.y - NAME_SIZE + 4, bottom: at.y + 5 }
      if (boxes.some(other => meet(box, other))) continue
      boxes.push(box)
      return [
        svgText(at.x, at.y, text, {
          'font-size': NAME_SIZE,
          'font-weight': 600,
          fill: '#33404d',
          'text-anchor': 'middle',
          stroke: '#ffffff',
          'stroke-width': 5,
          'stroke-linejoin': 'round',
          'paint-order': 'stroke',
        }),
      ]
    }
    return []
  })
}

/** What dots and discs mean, at the lower left. */
function legendParts({ levels, mark }: MapLegend, height: number): readonly string[] {
  const rows = [
    ...levels.map((text, n) => ({ text, fill: LEVEL_FILLS[n + 1], r: n === 0 ? 8 : 6 })),
    { text: mark, fill: '#1d3a66', r: 11 },
  ]
  const wide = 30 + Math.max(...rows.map(row => row.text.length)) * 21 + 14
  const [left, top] = [14, height - 50 - rows.length * 30]
  return [
    element('rect', {
      x: left,
      y: top,
      width: wide,
      height: rows.length * 30 + 12,
      fill: '#ffffff',
      'fill-opacity': 0.9,
      stroke: '#9aa5b1',
      'stroke-width': 1,
    }),
    ...rows.flatMap((row, n) => [
      element('circle', { cx: left + 20, cy: top + 22 + n * 30, r: row.r, fill: row.fill, stroke: '#ffffff', 'stroke-width': 1.5 }),
      svgText(left + 38, top + 29 + n * 30, row.text, { 'font-size': 20, fill: '#333333' }),
    ]),
  ]
}

const SCALE_NM = 50
const NM_IN_DEGREE = 60
/** Fifty miles at the middle of the chart. */
function scaleBar(scale: number, width: number, height: number, words: string): string {
  const long = (SCALE_NM / NM_IN_DEGREE) * scale
  const [right, y] = [width - 24, height - 44]
  return [
    element('path', {
      d: `M${num(right - long)} ${num(y - 8)}V${num(y)}H${num(right)}V${num(y - 8)}`,
      stroke: '#33404d',
      'stroke-width': 2,
      fill: 'none',
    }),
    svgText(right - long / 2, y - 10, words, {
      'font-size': 19,
      fill: '#33404d',
      'text-anchor': 'middle',
      stroke: '#ffffff',
      'stroke-width': 4,
      'paint-order': 'stroke',
    }),
  ].join('')
}

/** Whole degrees, faint. */
function grid(x: (lon: number) => number, y: (lat: number) => number, width: number, height: number): readonly string[] {
  const lines: string[] = []
  for (let lon = 110; lon <= 145; lon++) {
    if (x(lon) <= 30 || x(lon) >= width - 30) continue
    lines.push(element('path', { d: `M${num(x(lon))} 0V${num(height)}`, stroke: '#c8d6e2', 'stroke-width': 1, fill: 'none' }))
  }
  for (let lat = 25; lat <= 45; lat++) {
    if (y(lat) <= 30 || y(lat) >= height - 30) continue
    lines.push(element('path', { d: `M0 ${num(y(lat))}H${num(width)}`, stroke: '#c8d6e2', 'stroke-width': 1, fill: 'none' }))
  }
  return lines
}

/** Numbers of every other degree, at the edge, above land and sea. */
function degrees(x: (lon: number) => number, y: (lat: number) => number, width: number, height: number): readonly string[] {
  const look = { 'font-size': 18, fill: '#5a6672', stroke: '#ffffff', 'stroke-width': 4, 'paint-order': 'stroke' }
  const lines: string[] = []
  for (let lon = 110; lon <= 145; lon += 2)
    if (x(lon) > 30 && x(lon) < width - 70) lines.push(svgText(x(lon) + 4, height - 9, `${lon}°E`, look))
  for (let lat = 26; lat <= 44; lat += 2) if (y(lat) > 30 && y(lat) < height - 200) lines.push(svgText(8, y(lat) - 5, `${lat}°N`, look))
  return lines
}

/** One ring, thinned to what paper shows; empty when it lies outside or is too small to see. */
function ringPath(ring: Float64Array, x: (lon: number) => number, y: (lat: number) => number, width: number, height: number): string {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let n = 0; n < ring.length; n += 2) {
    const [px, py] = [x(ring[n] ?? 0), y(ring[n + 1] ?? 0)]
    left = Math.min(left, px)
    right = Math.max(right, px)
    top = Math.min(top, py)
    bottom = Math.max(bottom, py)
  }
  if (right < 0 || left > width || bottom < 0 || top > height || (right - left < FINEST && bottom - top < FINEST)) return ''
  let path = ''
  let [lastX, lastY] = [Infinity, Infinity]
  for (let n = 0; n < ring.length; n += 2) {
    // Far outside nothing is seen: the line only has to stay outside there.
    const px = Math.min(width + 200, Math.max(-200, x(ring[n] ?? 0)))
    const py = Math.min(height + 200, Math.max(-200, y(ring[n + 1] ?? 0)))
    if (Math.abs(px - lastX) < FINEST && Math.abs(py - lastY) < FINEST) continue
    path += `${path === '' ? 'M' : 'L'}${num(Math.round(px * 10) / 10)} ${num(Math.round(py * 10) / 10)}`
    lastX = px
    lastY = py
  }
  return `${path}Z`
}

interface Placed extends MapMark {
  readonly x: number
  readonly y: number
  readonly atX: number
  readonly atY: number
}

/** Discs that would cover each other step aside, with a line to their place. */
function placed(marks: readonly (MapMark & { readonly x: number; readonly y: number })[]): readonly Placed[] {
  const done: Placed[] = []
  for (const mark of marks) {
    const isFree = (atX: number, atY: number): boolean => done.every(other => Math.hypot(other.atX - atX, other.atY - atY) > MARK * 2.1)
    let spot = { atX: mark.x, atY: mark.y }
    for (let ring = 1; !isFree(spot.atX, spot.atY) && ring < 6; ring++)
      for (let step = 0; step < 8 && !isFree(spot.atX, spot.atY); step++)
        spot = {
          atX: mark.x + Math.cos((step * Math.PI) / 4) * MARK * 2.2 * ring,
          atY: mark.y + Math.sin((step * Math.PI) / 4) * MARK * 2.2 * ring,
        }
    done.push({ ...mark, ...spot })
  }
  return done
}

const markParts = ({ x, y, atX, atY, label }: Placed): string =>
  [
    atX === x && atY === y
      ? ''
      : element('path', { d: `M${num(x)} ${num(y)}L${num(atX)} ${num(atY)}`, stroke: '#1d3a66', 'stroke-width': 2 }),
    element('circle', { cx: atX, cy: atY, r: MARK, fill: '#1d3a66', stroke: '#ffffff', 'stroke-width': 3 }),
    svgText(atX, atY + 8, label, { 'font-size': 23, 'font-weight': 700, fill: '#ffffff', 'text-anchor': 'middle' }),
  ].join('')
