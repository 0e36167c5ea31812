// An area on the chart: what an officer draws or a GeoJSON brings, and what detectors ask about.

export const AREA_KINDS = [
  'anchorage',
  'berth',
  'port',
  'waiting',
  'works',
  'fishing',
  'designated',
  'forbidden',
  'speed-limit',
  'cable',
  'depth',
  'lane',
  'pilot',
  'jurisdiction',
  'other',
] as const
export type AreaKind = (typeof AREA_KINDS)[number]

export interface Area {
  readonly id: string
  readonly name: string
  readonly kind: AreaKind
  /** Outer ring then holes, [lon, lat], closed or not. Empty for a lane, which has a line. */
  readonly polygon: readonly (readonly (readonly [number, number])[])[]
  /** Centre line of a lane, [lon, lat]. */
  readonly line?: readonly (readonly [number, number])[]
  readonly halfWidthM?: number
  /** Speed limit of a `speed-limit` area. */
  readonly maxKn?: number
  readonly depthM?: number
  /** Severity of area-entered here; default medium. */
  readonly severity?: 'critical' | 'high' | 'medium' | 'low'
  /** Who is watched here; absent: ships marked watched. */
  readonly watches?: 'watched' | 'all'
  /** Free note of the officer who drew it. */
  readonly note?: string
  /** Of a `jurisdiction`: whose it is (an organisation's id). */
  readonly organisation?: string
  readonly demo?: boolean
}

/** Areas prepared for asking; built anew when areas change (they change seldom). */
export interface AreaIndex {
  readonly areas: readonly Area[]
  /** Areas that contain the place, smallest id first. */
  at(lat: number, lon: number): readonly Area[]
  /** True when the place lies in an area of one of these kinds. HOT PATH: a grid look-up, no allocation. */
  isIn(kinds: ReadonlySet<AreaKind>, lat: number, lon: number): boolean
  /** Metres inside the area's edge: positive inside, negative outside. Lanes: half width minus distance from the line. */
  depthInsideM(area: Area, lat: number, lon: number): number
}

/** Kinds where stopping is usual: the 'calm places' of the detectors. */
export const CALM_KINDS: ReadonlySet<AreaKind> = new Set(['anchorage', 'berth', 'port', 'waiting', 'works'])
