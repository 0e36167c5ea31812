// Two pictures of a journey's paper: its way beside the corridor that was planned, and speed and lock over the time. Tenths of a millimetre; plane chart, good for some hundred
// kilometres.
import type { HeardReport, JourneyPlan } from '#seals/index.ts'

export interface Spot {
  readonly lat: number
  readonly lon: number
  /** As in the table of violations. */
  readonly label: string
}

const [INK, ROAD, WAY, ALERT, QUIET] = ['#1d3a66', '#c9d6ea', '#1f5fae', '#b4232b', '#8a93a3']
const PAD = 60
const round = (n: number): string => n.toFixed(1)
const plain = (words: string): string =>
  words.replace(/[&<>"]/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)
const label = (x: number, y: number, words: string, more = ''): string =>
  `<text x="${round(x)}" y="${round(y)}" font-family="Pretendard" font-size="30" fill="${INK}" ${more}>${plain(words)}</text>`
const line = (points: readonly (readonly [number, number])[], colour: string, width: number, more = ''): string =>
  points.length < 2
    ? ''
    : `<polyline points="${points.map(([x, y]) => `${round(x)},${round(y)}`).join(' ')}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linejoin="round" ${more}/>`

export interface WayPicture {
  readonly widthMm: number
  readonly heightMm: number
  readonly plan: JourneyPlan
  readonly reports: readonly HeardReport[]
  readonly violations: readonly Spot[]
}

export function wayPicture({ widthMm, heightMm, plan, reports, violations }: WayPicture): string {
  const [width, height] = [widthMm * 10, heightMm * 10]
  const placed = reports.filter(
    (one): one is HeardReport & { lat: number; lon: number } =>
      one.lat !== undefined && one.lon !== undefined && !(one.lat === 0 && one.lon === 0),
  )
  const places = [plan.origin, plan.destination, ...plan.stops]
  const all = [...plan.corridor.line.map(([lon, lat]) => ({ lat, lon })), ...places, ...placed, ...violations]
  const [south, north] = [least(all, one => one.lat), -least(all, one => -one.lat)]
  const [west, east] = [least(all, one => one.lon), -least(all, one => -one.lon)]
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const scale = Math.min((width - 2 * PAD) / Math.max(0.01, (east - west) * narrow), (height - 2 * PAD) / Math.max(0.01, north - south))
  const x = (lon: number): number => width / 2 + (lon - (west + east) / 2) * narrow * scale
  const y = (lat: number): number => height / 2 - (lat - (south + north) / 2) * scale
  const metres = scale / 111_200
  const barKm = [1, 2, 5, 10, 20, 50, 100].findLast(km => km * 1000 * metres < width / 4) ?? 1
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${widthMm}mm" height="${heightMm}mm">`,
    `<rect width="${width}" height="${height}" fill="#f6f8fb"/>`,
    line(
      plan.corridor.line.map(([lon, lat]) => [x(lon), y(lat)]),
      ROAD,
      Math.max(6, 2 * plan.corridor.halfWidthM * metres),
      'stroke-linecap="round"',
    ),
    line(
      placed.map(one => [x(one.lon), y(one.lat)]),
      WAY,
      5,
    ),
    ...places.map(
      one =>
        `<circle cx="${round(x(one.lon))}" cy="${round(y(one.lat))}" r="${round(Math.max(12, (one.radiusM ?? 500) * metres))}" fill="none" stroke="${INK}" stroke-width="4"/>${label(x(one.lon) + 20, y(one.lat) - 18, one.name)}`,
    ),
    ...violations.map(
      one =>
        `<circle cx="${round(x(one.lon))}" cy="${round(y(one.lat))}" r="24" fill="${ALERT}"/><text x="${round(x(one.lon))}" y="${round(y(one.lat) + 11)}" font-family="Pretendard" font-size="30" font-weight="700" fill="#fff" text-anchor="middle">${plain(one.label)}</text>`,
    ),
    line(
      [
        [PAD, height - 30],
        [PAD + barKm * 1000 * metres, height - 30],
      ],
      INK,
      5,
    ),
    label(PAD, height - 42, `${barKm} km`),
    '</svg>',
  ].join('')
}

/** Speed as a line, below it when the lock was open (red), locked (blue) or not known. */
export function speedPicture(widthMm: number, heightMm: number, reports: readonly HeardReport[]): string {
  const [width, height] = [widthMm * 10, heightMm * 10]
  const own = reports.filter(one => one.atMs > 0)
  const [fromMs, toMs] = [own[0]?.atMs ?? 0, own.at(-1)?.atMs ?? 1]
  const x = (ms: number): number => PAD + ((ms - fromMs) / Math.max(1, toMs - fromMs)) * (width - 2 * PAD)
  const most = Math.max(60, -least(own, one => -(one.speedKmh ?? 0)))
  const [top, base] = [30, height - 110]
  const y = (kmh: number): number => base - (kmh / most) * (base - top)
  const clock = (ms: number): string => new Date(ms + 9 * 3_600_000).toISOString().slice(11, 16)
  const bands = own.flatMap((one, n) => {
    const next = own[n + 1]
    if (!next) return []
    const colour = one.locked === undefined ? QUIET : one.locked ? WAY : ALERT
    return [
      `<rect x="${round(x(one.atMs))}" y="${base + 12}" width="${round(Math.max(0.5, x(next.atMs) - x(one.atMs)))}" height="24" fill="${colour}"/>`,
    ]
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${widthMm}mm" height="${heightMm}mm">`,
    line(
      [
        [PAD, base],
        [width - PAD, base],
      ],
      QUIET,
      2,
    ),
    line(
      own.flatMap(one => (one.speedKmh === undefined ? [] : [[x(one.atMs), y(one.speedKmh)] as const])),
      WAY,
      4,
    ),
    ...bands,
    label(4, top + 24, `${Math.round(most)}`),
    label(PAD, height - 20, clock(fromMs)),
    label(width - PAD, height - 20, clock(toMs), 'text-anchor="end"'),
    '</svg>',
  ].join('')
}

const least = <T>(all: readonly T[], of: (one: T) => number): number =>
  all.reduce((found, one) => Math.min(found, of(one)), Number.POSITIVE_INFINITY)
