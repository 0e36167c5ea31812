// Areas from outside: GeoJSON (drawn elsewhere) and the plain objects of a judge's context. What cannot be used is refused one by one, with its place in the
// file and the reason; the rest is taken.
import { AREA_KINDS, type Area, type AreaKind } from './area.ts'

export interface ReadAreas {
  readonly areas: readonly Area[]
  readonly refused: readonly { readonly index: number; readonly why: string }[]
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const
const MAX_POINTS = 20_000

/** One area of plain fields (the product's own form); a sentence where it cannot be used. */
export function areaOf(from: unknown, fallbackId: string): Area | string {
  if (!isObject(from)) return 'it is no object'
  const kind = AREA_KINDS.find(one => one === from.kind)
  if (!kind) return `its kind is ${JSON.stringify(from.kind)}; use one of ${AREA_KINDS.join(', ')}`
  const line = from.line === undefined ? undefined : ringOf(from.line, 2)
  if (typeof line === 'string') return `its line ${line}`
  const rings = line ? [] : ringsOf(from.polygon)
  if (typeof rings === 'string') return `its polygon ${rings}`
  const severity = SEVERITIES.find(one => one === from.severity)
  return {
    id: typeof from.id === 'string' && from.id !== '' ? from.id : fallbackId,
    name: typeof from.name === 'string' && from.name !== '' ? from.name.slice(0, 80) : kind,
    kind,
    polygon: rings,
    ...(line ? { line } : {}),
    ...optionalNumber('halfWidthM', from.halfWidthM),
    ...optionalNumber('maxKn', from.maxKn),
    ...optionalNumber('depthM', from.depthM),
    ...(severity ? { severity } : {}),
    ...(from.watches === 'watched' || from.watches === 'all' ? { watches: from.watches } : {}),
    ...(typeof from.note === 'string' && from.note !== '' ? { note: from.note.slice(0, 500) } : {}),
    ...(typeof from.organisation === 'string' && from.organisation !== '' ? { organisation: from.organisation.slice(0, 80) } : {}),
    ...(from.demo === true ? { demo: true } : {}),
  }
}

const optionalNumber = <Key extends string>(key: Key, value: unknown): { readonly [K in Key]?: number } =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? ({ [key]: value } as { readonly [K in Key]?: number }) : {}

function ringOf(from: unknown, least: number): (readonly [number, number])[] | string {
  if (!Array.isArray(from)) return 'is no list of [longitude, latitude]'
  const ring: (readonly [number, number])[] = []
  for (const [n, point] of from.entries()) {
    const [lon, lat] = Array.isArray(point) ? point : []
    // A shape drawn across the date line may go on beyond 180°.
    if (typeof lon !== 'number' || typeof lat !== 'number' || Math.abs(lon) > 360 || Math.abs(lat) > 90)
      return `has a wrong point ${n + 1}: ${JSON.stringify(point)} is no [longitude, latitude]`
    ring.push([lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon, lat])
  }
  if (ring.length < least) return `has ${ring.length} points; ${least} are the least`
  if (ring.length > MAX_POINTS) return `has ${ring.length} points; ${MAX_POINTS} are the most`
  return ring
}

/** A polygon given as rings, or as one plain ring. */
function ringsOf(from: unknown): (readonly [number, number])[][] | string {
  if (!Array.isArray(from) || from.length === 0) return 'is missing'
  const isPlain = Array.isArray(from[0]) && typeof from[0][0] === 'number'
  const rings: (readonly [number, number])[][] = []
  for (const ring of isPlain ? [from] : from) {
    const read = ringOf(ring, 3)
    if (typeof read === 'string') return read
    rings.push(read)
  }
  return rings
}

export function readAreas(list: readonly unknown[], idPrefix = 'area'): ReadAreas {
  const areas: Area[] = []
  const refused: { index: number; why: string }[] = []
  for (const [index, one] of list.entries()) {
    const area = areaOf(one, `${idPrefix}-${index + 1}`)
    if (typeof area === 'string') refused.push({ index, why: area })
    else areas.push(area)
  }
  return { areas, refused }
}

/** GeoJSON text (FeatureCollection, Feature; Polygon, MultiPolygon, LineString) → areas. `kind` comes from the properties, `designated` where absent. */
export function areasFromGeoJson(text: string, idPrefix = 'area'): ReadAreas {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (error) {
    return { areas: [], refused: [{ index: 0, why: `it is no JSON: ${error instanceof Error ? error.message : error}` }] }
  }
  const features = isObject(parsed) && Array.isArray(parsed.features) ? parsed.features : [parsed]
  const plain: unknown[] = []
  const origin: number[] = []
  const refused: { index: number; why: string }[] = []
  for (const [index, feature] of features.entries()) {
    const geometry = isObject(feature) ? (feature.type === 'Feature' ? feature.geometry : feature) : undefined
    const properties = isObject(feature) && isObject(feature.properties) ? feature.properties : {}
    if (!isObject(geometry)) {
      refused.push({ index, why: 'it is no GeoJSON feature with a geometry' })
      continue
    }
    const base = {
      kind: 'designated' satisfies AreaKind,
      ...properties,
      ...(isObject(feature) && typeof feature.id === 'string' ? { id: feature.id } : {}),
    }
    const shapes =
      geometry.type === 'MultiPolygon' && Array.isArray(geometry.coordinates)
        ? geometry.coordinates.map(polygon => ({ polygon }))
        : geometry.type === 'Polygon'
          ? [{ polygon: geometry.coordinates }]
          : geometry.type === 'LineString'
            ? [{ line: geometry.coordinates, kind: 'lane' }]
            : []
    if (shapes.length === 0)
      refused.push({ index, why: `a ${String(geometry.type)} cannot be an area; draw a Polygon, MultiPolygon or LineString` })
    for (const [part, shape] of shapes.entries()) {
      plain.push({ ...base, ...shape, ...(part > 0 ? { id: `${idPrefix}-${index + 1}-${part + 1}` } : {}) })
      origin.push(index)
    }
  }
  const read = readAreas(plain, idPrefix)
  return {
    areas: read.areas,
    refused: [...refused, ...read.refused.map(one => ({ index: origin[one.index] ?? one.index, why: one.why }))].sort(
      (a, b) => a.index - b.index,
    ),
  }
}

export const areasToGeoJson = (areas: readonly Area[]) => ({
  type: 'FeatureCollection' as const,
  features: areas.map(({ polygon, line, ...properties }) => ({
    type: 'Feature' as const,
    id: properties.id,
    properties,
    geometry: line ? { type: 'LineString' as const, coordinates: line } : { type: 'Polygon' as const, coordinates: polygon.map(closed) },
  })),
})

function closed(ring: Ring): Ring {
  const [first, last] = [ring[0], ring.at(-1)]
  return first && last && (first[0] !== last[0] || first[1] !== last[1]) ? [...ring, first] : ring
}
type Ring = readonly (readonly [number, number])[]
