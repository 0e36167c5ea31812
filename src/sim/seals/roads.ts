// The main roads between ports, airport and depots: lines of our own, drawn by hand through towns and interchanges, a few kilometres true; for simulated trucks only.
import { distanceM } from '#base/index.ts'

export interface Site {
  readonly name: string
  readonly lat: number
  readonly lon: number
  readonly radiusM: number
}

/** Where journeys begin and end. */
export const SITES: readonly Site[] = [
  { name: '부산신항', lat: 35.09, lon: 128.84, radiusM: 2000 },
  { name: '부산 북항', lat: 35.12, lon: 129.06, radiusM: 1500 },
  { name: '양산 ICD', lat: 35.32, lon: 129.03, radiusM: 1000 },
  { name: '울산항', lat: 35.5, lon: 129.36, radiusM: 1500 },
  { name: '칠곡 물류단지', lat: 35.98, lon: 128.42, radiusM: 1000 },
  { name: '대전 물류터미널', lat: 36.43, lon: 127.43, radiusM: 1000 },
  { name: '청주 보세창고', lat: 36.57, lon: 127.44, radiusM: 1000 },
  { name: '의왕 ICD', lat: 37.33, lon: 126.96, radiusM: 1000 },
  { name: '인천항', lat: 37.45, lon: 126.63, radiusM: 1500 },
  { name: '인천공항 화물터미널', lat: 37.465, lon: 126.46, radiusM: 1500 },
  { name: '평택항', lat: 36.98, lon: 126.85, radiusM: 1500 },
  { name: '광양항', lat: 34.92, lon: 127.67, radiusM: 1500 },
  { name: '군산항', lat: 35.97, lon: 126.64, radiusM: 1500 },
]

type At = readonly [lat: number, lon: number]

/** Each line from end to end; where two hold the same point they meet. */
const LINES: readonly (readonly At[])[] = [
  // 경부
  [
    [35.12, 129.06],
    [35.24, 129.09],
    [35.33, 129.04],
    [35.49, 129.09],
    [35.56, 129.13],
    [35.79, 129.19],
    [35.92, 128.95],
    [35.89, 128.66],
    [35.98, 128.42],
    [36.1, 128.38],
    [36.14, 128.13],
    [36.16, 127.8],
    [36.3, 127.57],
    [36.36, 127.45],
    [36.43, 127.43],
    [36.57, 127.44],
    [36.78, 127.2],
    [37.0, 127.15],
    [37.15, 127.09],
    [37.27, 127.11],
    [37.39, 127.09],
  ],
  // 부산신항에서 경부로
  [
    [35.09, 128.84],
    [35.18, 128.87],
    [35.21, 128.95],
    [35.32, 129.03],
    [35.33, 129.04],
  ],
  // 울산
  [
    [35.56, 129.13],
    [35.54, 129.25],
    [35.5, 129.36],
  ],
  // 남해
  [
    [35.18, 128.87],
    [35.23, 128.78],
    [35.27, 128.65],
    [35.31, 128.52],
    [35.26, 128.41],
    [35.18, 128.15],
    [35.06, 127.9],
    [34.98, 127.72],
    [34.92, 127.67],
  ],
  // 중부내륙
  [
    [35.31, 128.52],
    [35.5, 128.48],
    [35.69, 128.44],
    [35.88, 128.35],
    [36.14, 128.13],
  ],
  // 영동, 인천
  [
    [37.27, 127.11],
    [37.33, 126.96],
    [37.34, 126.83],
    [37.43, 126.74],
    [37.45, 126.63],
  ],
  // 인천공항
  [
    [37.43, 126.74],
    [37.53, 126.7],
    [37.56, 126.6],
    [37.5, 126.5],
    [37.465, 126.46],
  ],
  // 서해안
  [
    [37.34, 126.83],
    [37.15, 126.85],
    [36.98, 126.85],
    [36.9, 126.68],
    [36.6, 126.6],
    [36.3, 126.6],
    [35.97, 126.78],
    [35.97, 126.64],
  ],
  // 평택에서 경부로
  [
    [36.98, 126.85],
    [36.99, 127.0],
    [37.0, 127.15],
  ],
]

const keyOf = ([lat, lon]: At): string => `${lat},${lon}`

/** The shortest way along the roads, [lon, lat]; undefined where none leads. */
export function roadBetween(from: Site, to: Site): readonly (readonly [number, number])[] | undefined {
  const edges = new Map<string, { readonly to: At; readonly m: number }[]>()
  const nodes = new Map<string, At>()
  for (const line of LINES)
    for (let n = 0; n < line.length; n++) {
      nodes.set(keyOf(line[n]!), line[n]!)
      for (const other of [line[n - 1], line[n + 1]])
        if (other) {
          const [a, b] = [line[n]!, other]
          edges.set(keyOf(a), [...(edges.get(keyOf(a)) ?? []), { to: b, m: distanceM(a[0], a[1], b[0], b[1]) }])
        }
    }
  const nearest = (site: Site): At =>
    [...nodes.values()].reduce((best, one) =>
      distanceM(site.lat, site.lon, one[0], one[1]) < distanceM(site.lat, site.lon, best[0], best[1]) ? one : best,
    )
  const [start, goal] = [nearest(from), nearest(to)]
  const far = new Map<string, number>([[keyOf(start), 0]])
  const before = new Map<string, At>()
  const open = new Set([keyOf(start)])
  while (open.size > 0) {
    const here = [...open].reduce((best, one) => (far.get(one)! < far.get(best)! ? one : best))
    open.delete(here)
    if (here === keyOf(goal)) break
    for (const edge of edges.get(here) ?? []) {
      const m = far.get(here)! + edge.m
      if (m >= (far.get(keyOf(edge.to)) ?? Number.POSITIVE_INFINITY)) continue
      far.set(keyOf(edge.to), m)
      before.set(keyOf(edge.to), nodes.get(here)!)
      open.add(keyOf(edge.to))
    }
  }
  if (!far.has(keyOf(goal))) return undefined
  const way: At[] = [goal]
  for (let at = before.get(keyOf(goal)); at; at = before.get(keyOf(at))) way.unshift(at)
  return way.map(([lat, lon]) => [lon, lat] as const)
}
