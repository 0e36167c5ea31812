// What is asked of the archive, over its files. Used by the running archive (with what is still in memory) and by commands that read a folder alone.
import { distanceM } from '#base/index.ts'
import type { Box, NearHit, TrackPoint } from './archive-contract.ts'
import { COLUMNS } from './columns.ts'
import type { TrackDatabase } from './database.ts'
import { filesOf, HOUR_S } from './files.ts'

const ALL = COLUMNS.map(name => `"${name}"`).join(', ')
const PAST_S = 30 * 60
/** Between two points farther apart in time than this nothing is said of the way. */
const LEG_S = 15 * 60
/** Points this far around the circle are fetched too: a fast ship may pass between two of them. */
const LEG_M = 6000
/** 180° in 1/10 000 min. */
const HALF_TURN = 180 * 600_000

const hourOf = (ms: number): number => Math.floor(ms / 1000 / HOUR_S)
const pointOf = ([mmsi, t, lat, lon, sog, cog, heading, status, delay, stationClass, standing]: readonly number[]): TrackPoint => ({
  mmsi: mmsi!,
  sentAtMs: t! * 1000,
  receivedAtMs: (t! + delay!) * 1000,
  lat600k: lat!,
  lon600k: lon!,
  sogDeciknots: sog!,
  cogDecidegrees: cog!,
  headingDeg: heading!,
  navigationStatus: status!,
  stationClass: stationClass!,
  standing: standing === 1 ? 1 : standing === 2 ? 2 : 0,
})

export async function trackOf(
  database: TrackDatabase,
  directory: string,
  mmsi: number,
  fromMs: number,
  toMs: number,
): Promise<TrackPoint[]> {
  const rows = await database.rows(
    () => filesOf(directory, hourOf(fromMs), hourOf(toMs)),
    from =>
      `SELECT ${ALL} FROM ${from} WHERE mmsi = ${mmsi} AND t BETWEEN ${Math.ceil(fromMs / 1000)} AND ${Math.floor(toMs / 1000)} ORDER BY t`,
  )
  return rows.map(pointOf)
}

/** Points within the circle and enough around it to judge the legs between. */
export async function pointsAround(
  database: TrackDatabase,
  directory: string,
  lat: number,
  lon: number,
  withinM: number,
  fromMs: number,
  toMs: number,
): Promise<TrackPoint[]> {
  const up = ((withinM + LEG_M) / 110_500) * 600_000
  const out = up / Math.max(0.02, Math.cos((lat * Math.PI) / 180))
  const [y, x] = [lat * 600_000, lon * 600_000]
  const rows = await database.rows(
    () => filesOf(directory, hourOf(fromMs), hourOf(toMs)),
    from => `SELECT ${ALL} FROM ${from} WHERE lat BETWEEN ${Math.floor(y - up)} AND ${Math.ceil(y + up)} AND ${lonSql(x - out, x + out)}
      AND t BETWEEN ${Math.ceil(fromMs / 1000)} AND ${Math.floor(toMs / 1000)} AND standing <> 1`,
  )
  return rows.map(pointOf)
}

/** Longitudes between two, which may lie beyond 180°. */
function lonSql(west: number, east: number): string {
  if (east - west >= 2 * HALF_TURN) return 'true'
  if (west < -HALF_TURN) return `(lon >= ${Math.floor(west + 2 * HALF_TURN)} OR lon <= ${Math.ceil(east)})`
  if (east > HALF_TURN) return `(lon >= ${Math.floor(west)} OR lon <= ${Math.ceil(east - 2 * HALF_TURN)})`
  return `lon BETWEEN ${Math.floor(west)} AND ${Math.ceil(east)}`
}

/** How far east of `lon` a longitude lies, the short way round, degrees. */
const eastOf = (lon: number, from: number): number => ((((lon - from + 180) % 360) + 360) % 360) - 180

/** Ships whose way, points and the legs between them, came within the circle. */
export function nearHits(points: readonly TrackPoint[], lat: number, lon: number, withinM: number): NearHit[] {
  const ordered = [...points].sort((a, b) => a.mmsi - b.mmsi || a.sentAtMs - b.sentAtMs)
  const hits = new Map<number, { -readonly [Key in keyof NearHit]: NearHit[Key] }>()
  const note = (mmsi: number, metres: number, atMs: number, y: number, x: number, isPoint: boolean): void => {
    if (metres > withinM) return
    const hit = hits.get(mmsi) ?? { mmsi, nearestM: metres, nearestAtMs: atMs, lat: y, lon: x, points: 0, firstAtMs: atMs, lastAtMs: atMs }
    hits.set(mmsi, hit)
    if (metres < hit.nearestM) {
      hit.nearestM = metres
      hit.nearestAtMs = atMs
      hit.lat = y
      hit.lon = x
    }
    if (isPoint) hit.points++
    hit.firstAtMs = Math.min(hit.firstAtMs, atMs)
    hit.lastAtMs = Math.max(hit.lastAtMs, atMs)
  }
  for (const [n, point] of ordered.entries()) {
    const [py, px] = [point.lat600k / 600_000, point.lon600k / 600_000]
    note(point.mmsi, distanceM(lat, lon, py, px), point.sentAtMs, py, px, true)
    const before = ordered[n - 1]
    if (!before || before.mmsi !== point.mmsi || point.sentAtMs - before.sentAtMs > LEG_S * 1000) continue
    const scale = Math.cos((lat * Math.PI) / 180)
    const ax = eastOf(before.lon600k / 600_000, lon) * scale
    const ay = before.lat600k / 600_000 - lat
    const dx = eastOf(px, lon) * scale - ax
    const dy = point.lat600k / 600_000 - lat - ay
    const length = dx * dx + dy * dy
    const along = length === 0 ? 0 : -(ax * dx + ay * dy) / length
    if (along <= 0 || along >= 1) continue
    const [y, x] = [lat + ay + along * dy, eastOf(lon + (ax + along * dx) / scale, 0)]
    note(point.mmsi, distanceM(lat, lon, y, x), before.sentAtMs + along * (point.sentAtMs - before.sentAtMs), y, x, false)
  }
  return [...hits.values()].sort((a, b) => a.nearestM - b.nearestM)
}

export async function lastPoints(database: TrackDatabase, directory: string, atMs: number, box: Box): Promise<TrackPoint[]> {
  const t = Math.floor(atMs / 1000)
  const rows = await database.rows(
    () => filesOf(directory, hourOf(atMs - PAST_S * 1000), hourOf(atMs)),
    from => `SELECT mmsi, max(t) AS t2, ${COLUMNS.slice(2)
      .map(name => `arg_max("${name}", t)`)
      .join(', ')} FROM ${from}
      WHERE t BETWEEN ${t - PAST_S} AND ${t} AND standing = 0 AND ${boxSql(box)} GROUP BY mmsi`,
  )
  return rows.map(pointOf)
}

/** As `lastPoints`, place and speed alone; of two reports of one second always the same one, so that figures counted from it are the same each time. */
export async function lastPlaces(database: TrackDatabase, directory: string, atMs: number, box: Box): Promise<readonly LastPlace[]> {
  const t = Math.floor(atMs / 1000)
  const rows = await database.rows(
    () => filesOf(directory, hourOf(atMs - PAST_S * 1000), hourOf(atMs)),
    from => `SELECT mmsi, last.t, last.lat, last.lon, last.sog FROM (
      SELECT mmsi, max({'t': t, 'lat': lat, 'lon': lon, 'sog': sog}) AS last FROM ${from}
      WHERE t BETWEEN ${t - PAST_S} AND ${t} AND standing = 0 AND ${boxSql(box)} GROUP BY mmsi) ORDER BY mmsi`,
  )
  return rows.map(([mmsi, at, lat600k, lon600k, sogDeciknots]) => ({
    mmsi: mmsi!,
    sentAtMs: at! * 1000,
    lat600k: lat600k!,
    lon600k: lon600k!,
    sogDeciknots: sogDeciknots!,
  }))
}
export type LastPlace = Pick<TrackPoint, 'mmsi' | 'sentAtMs' | 'lat600k' | 'lon600k' | 'sogDeciknots'>
export const PAST_MS = PAST_S * 1000

const boxSql = ({ west, south, east, north }: Box): string => {
  const [s, n, w, e] = [south, north, west, east].map(degrees => Math.round(degrees * 600_000))
  const lon = east - west >= 360 ? 'true' : w! <= e! ? `lon BETWEEN ${w} AND ${e}` : `(lon >= ${w} OR lon <= ${e})`
  return `lat BETWEEN ${s} AND ${n} AND ${lon}`
}
export const isInBox = ({ west, south, east, north }: Box, lat600k: number, lon600k: number): boolean => {
  const [lat, lon] = [lat600k / 600_000, lon600k / 600_000]
  return lat >= south && lat <= north && (east - west >= 360 || (west <= east ? lon >= west && lon <= east : lon >= west || lon <= east))
}

/** Positions a minute of one file, by minute since 1970. */
export async function minutesOf(database: TrackDatabase, file: string): Promise<ReadonlyMap<number, number>> {
  const rows = await database.rows([file], from => `SELECT t // 60 AS m, count(*) FROM ${from} GROUP BY m`)
  return new Map(rows.map(([minute, count]) => [minute!, count!]))
}

/** Positions a cell of so many degrees: [south, west, count]. */
export async function densityOf(
  database: TrackDatabase,
  directory: string,
  fromMs: number,
  toMs: number,
  cellDeg: number,
): Promise<readonly (readonly number[])[]> {
  const cell = Math.round(cellDeg * 600_000)
  return database.rows(
    () => filesOf(directory, hourOf(fromMs), hourOf(toMs)),
    from =>
      `SELECT lat // ${cell} AS y, lon // ${cell} AS x, count(*) FROM ${from} WHERE t BETWEEN ${Math.ceil(fromMs / 1000)} AND ${Math.floor(toMs / 1000)} GROUP BY y, x`,
  )
}
