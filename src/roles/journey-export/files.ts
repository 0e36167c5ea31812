// What of a journey goes out for machines: times ISO 8601, places degrees, units in the names.
import type { HeardReport, JourneyPlan } from '#seals/index.ts'

const iso = (ms: number): string => new Date(ms).toISOString()
type Value = string | number | boolean | undefined

/** A cell that begins like a formula is a text. */
function cell(value: Value): string {
  if (value === undefined) return ''
  const words = String(value)
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(words) ? `'${words}` : words
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
const csv = (head: readonly string[], rows: readonly (readonly Value[])[]): string =>
  `\uFEFF${[head, ...rows].map(row => row.map(cell).join(',')).join('\r\n')}\r\n`

/** Each report beside its frame: `mark` is the entry of frames.index.csv. */
export const reportsCsv = (reports: readonly HeardReport[]): string =>
  csv(
    [
      'mark',
      'seal',
      'device_at',
      'received_at',
      'lat_deg',
      'lon_deg',
      'fix_valid',
      'speed_kmh',
      'course_deg',
      'battery_percent',
      'locked',
      'events',
      'card',
      'buffered',
    ],
    reports.map(one => [
      one.mark,
      one.seal,
      iso(one.atMs),
      iso(one.receivedAtMs),
      one.lat,
      one.lon,
      one.fixValid,
      one.speedKmh,
      one.courseDeg,
      one.batteryPercent,
      one.locked,
      one.events.join(' '),
      one.card,
      one.buffered,
    ]),
  )

export interface AuditRow extends Record<string, string | number | null> {
  readonly n: number
  readonly at_ms: number
  readonly who: string
  readonly second: string | null
  readonly deed: string
  readonly thing: string
  readonly note: string
}
export const auditCsv = (rows: readonly AuditRow[]): string =>
  csv(
    ['n', 'at', 'who', 'second', 'deed', 'thing', 'note'],
    rows.map(row => [row.n, iso(row.at_ms), row.who, row.second ?? undefined, row.deed, row.thing, row.note]),
  )

/** The corridor that was planned, and the way of each seal. */
export function trackGeoJson(plan: JourneyPlan, reports: readonly HeardReport[]): string {
  const ways = plan.seals.map(({ seal }) => {
    const own = reports.filter(one => one.seal === seal && one.lat !== undefined && one.lon !== undefined)
    return {
      type: 'Feature',
      id: seal,
      geometry: own.length < 2 ? null : { type: 'LineString', coordinates: own.map(({ lat, lon }) => [lon, lat]) },
      properties: {
        seal,
        at: own.map(one => iso(one.atMs)),
        speedKmh: own.map(one => one.speedKmh ?? null),
        mark: own.map(one => one.mark),
      },
    }
  })
  const corridor = {
    type: 'Feature',
    id: 'corridor',
    geometry: { type: 'LineString', coordinates: plan.corridor.line },
    properties: { halfWidthM: plan.corridor.halfWidthM },
  }
  return `${JSON.stringify({ type: 'FeatureCollection', features: [corridor, ...ways] })}\n`
}
