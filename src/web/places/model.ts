// An area as the screen holds it (the server's Area, src/places/area.ts, in plain arrays).
export const AREA_KINDS = [
  'designated',
  'forbidden',
  'anchorage',
  'berth',
  'port',
  'waiting',
  'works',
  'fishing',
  'speed-limit',
  'cable',
  'depth',
  'lane',
  'pilot',
  'jurisdiction',
  'other',
] as const

/** A barge may lie at a ship within this time. */
export interface PermitView {
  readonly id: number
  readonly barge: number
  readonly ship: number
  readonly fromMs: number
  readonly toMs: number
}

export interface AreaView {
  readonly id: string
  readonly name: string
  readonly kind: string
  /** Outer ring then holes, [lon, lat]. */
  readonly polygon: readonly (readonly (readonly [number, number])[])[]
  readonly line?: readonly (readonly [number, number])[]
  readonly maxKn?: number
  readonly severity?: string
  readonly watches?: string
  readonly note?: string
  readonly demo?: boolean
}

/** For the chart's `areas` source. */
export const areaFeatures = (areas: readonly AreaView[], selectedId: string | undefined): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features: areas.map(area => ({
    type: 'Feature',
    properties: { id: area.id, name: area.name, kind: area.kind, selected: area.id === selectedId },
    geometry: area.line
      ? { type: 'LineString', coordinates: area.line.map(point => [...point]) }
      : { type: 'Polygon', coordinates: area.polygon.map(ring => closed(ring.map(point => [...point]))) },
  })),
})

function closed(ring: number[][]): number[][] {
  const [first, last] = [ring[0], ring.at(-1)]
  return first && last && (first[0] !== last[0] || first[1] !== last[1]) ? [...ring, first] : ring
}
