// Points as JSON Lines, GeoJSON, GPX, CSV or Parquet. A text cell of CSV never starts as a formula would.

import { UsageError } from './command.ts'
import type { TextOutput } from './inputs.ts'
import { type OutputPoint, parquetOf } from './track-parquet.ts'

export const TRACK_FORMATS = ['jsonl', 'geojson', 'gpx', 'csv', 'parquet'] as const
export type TrackFormat = (typeof TRACK_FORMATS)[number]

export function formatOption(text: string | undefined): TrackFormat {
  const format = TRACK_FORMATS.find(one => one === (text ?? 'jsonl'))
  if (!format) throw new UsageError(`--format ${text} is not known; use one of ${TRACK_FORMATS.join(', ')}`)
  return format
}

/** Writes the points; `isLine`: they are one ship's way, otherwise places of many. */
export function writePoints(points: readonly OutputPoint[], format: TrackFormat, out: TextOutput, isLine: boolean): void {
  switch (format) {
    case 'jsonl':
      for (const point of points) out.line(JSON.stringify(point))
      return
    case 'geojson':
      out.line(JSON.stringify(geoJson(points, isLine)))
      return
    case 'gpx':
      for (const line of gpx(points)) out.line(line)
      return
    case 'csv':
      for (const line of csv(points)) out.line(line)
      return
    case 'parquet':
      process.stdout.write(parquetOf(points))
  }
}

function geoJson(points: readonly OutputPoint[], isLine: boolean) {
  const features = points.map(({ lat, lon, ...properties }) => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [lon, lat] },
    properties,
  }))
  const way =
    isLine && points.length > 1
      ? [
          {
            type: 'Feature',
            geometry: { type: 'LineString', coordinates: points.map(point => [point.lon, point.lat]) },
            properties: { mmsi: points[0]?.mmsi, name: points[0]?.name },
          },
        ]
      : []
  return { type: 'FeatureCollection', features: [...way, ...features] }
}

const escapeXml = (text: string): string => text.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`)

function* gpx(points: readonly OutputPoint[]): Iterable<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>'
  yield '<gpx version="1.1" creator="mangru" xmlns="http://www.topografix.com/GPX/1/1">'
  yield `<trk><name>${escapeXml(points[0]?.name ?? String(points[0]?.mmsi ?? ''))}</name><trkseg>`
  for (const point of points) yield `<trkpt lat="${point.lat}" lon="${point.lon}"><time>${point.time}</time></trkpt>`
  yield '</trkseg></trk></gpx>'
}

function* csv(points: readonly OutputPoint[]): Iterable<string> {
  const fields = [...new Set(points.flatMap(point => Object.keys(point)))]
  if (fields.length === 0) return
  yield fields.join(',')
  for (const point of points) yield fields.map(field => cell(point[field])).join(',')
}

/** Numbers as they are; texts quoted where needed, and with an apostrophe before what a sheet would take for a formula. */
export function cell(value: string | number | boolean | undefined): string {
  if (value === undefined) return ''
  if (typeof value !== 'string') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
