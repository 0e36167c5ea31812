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
  /** Of a jurisdiction: whose water it is. */
  readonly organisation?: string
}

/** For the chart's `areas` source: each shape, and a point for its name at its northern edge, where the ships inside do not cover it. */
export const areaFeatures = (areas: readonly AreaView[], selectedId: string | undefined): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features: areas.flatMap((area): GeoJSON.Feature[] => {
    const properties = { id: area.id, name: area.name, kind: area.kind, selected: area.id === selectedId }
    const at = nameAt(area)
    return [
      {
        type: 'Feature',
        properties: { ...properties, part: 'shape' },
        geometry: area.line
          ? { type: 'LineString', coordinates: area.line.map(point => [...point]) }
          : { type: 'Polygon', coordinates: area.polygon.map(ring => closed(ring.map(point => [...point]))) },
      },
      ...(at
        ? [
            {
              type: 'Feature' as const,
              properties: { ...properties, part: 'name' },
              geometry: { type: 'Point' as const, coordinates: [...at] },
            },
          ]
        : []),
    ]
  }),
})

/** The middle of what lies farthest north, [lon, lat]. */
export function nameAt(area: Pick<AreaView, 'polygon' | 'line'>): readonly [number, number] | undefined {
  const points = area.line ?? area.polygon[0] ?? []
  const north = Math.max(...points.map(([, lat]) => lat))
  const top = points.filter(([, lat]) => north - lat < 1e-6).map(([lon]) => lon)
  return top.length === 0 ? undefined : [(Math.min(...top) + Math.max(...top)) / 2, north]
}

function closed(ring: number[][]): number[][] {
  const [first, last] = [ring[0], ring.at(-1)]
  return first && last && (first[0] !== last[0] || first[1] !== last[1]) ? [...ring, first] : ring
}
