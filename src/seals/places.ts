// Places of a plan among the areas of the chart: a place that names an area has that area's shape, any other is a circle. Designated and forbidden areas are those of the
// chart; dead zones of the network and black spots are areas whose note says so.
import { distanceM } from '#base/index.ts'
import { type Area, type AreaIndex, whereIs } from '#places/index.ts'
import type { Sentence } from '#rules/index.ts'
import type { SealPlaces } from './pass-contract.ts'
import type { DeviceCircle, DevicePolygon } from './protocols/commands.ts'
import type { PlanPlace } from './schema.ts'

/** A place as a device can watch it: the outer edge of its area, or its circle. */
export type Outline = Omit<DeviceCircle, 'id'> | Omit<DevicePolygon, 'id'>
export interface SealPlacesOfChart extends SealPlaces {
  outlineOf(place: PlanPlace): Outline
}

const RADIUS_M = 500
/** A place is named after what is nearer than this. */
const DEAD = /통신 음영|dead zone/i
const BLACK = /주의 지점|black spot/i

export function createSealPlaces(areas: () => AreaIndex): SealPlacesOfChart {
  /** Areas by their id, made once for each index. */
  const named = new WeakMap<AreaIndex, ReadonlyMap<string, Area>>()
  const byId = (id: string): Area | undefined => {
    const index = areas()
    let known = named.get(index)
    if (!known) {
      known = new Map(index.areas.map(area => [area.id, area]))
      named.set(index, known)
    }
    return known.get(id)
  }
  const depthInsideM = (place: PlanPlace, lat: number, lon: number): number => {
    const area = place.area === undefined ? undefined : byId(place.area)
    return area ? areas().depthInsideM(area, lat, lon) : (place.radiusM ?? RADIUS_M) - distanceM(place.lat, place.lon, lat, lon)
  }
  const isNoted = (pattern: RegExp, lat: number, lon: number): boolean =>
    areas()
      .at(lat, lon)
      .some(area => area.note !== undefined && pattern.test(area.note))
  return {
    at(lat, lon) {
      const here = areas().at(lat, lon)
      return {
        designated: here.filter(area => area.kind === 'designated').map(area => area.id),
        forbidden: here.filter(area => area.kind === 'forbidden' && area.watches !== 'watched').map(area => area.id),
      }
    },
    isIn: (place, lat, lon) => depthInsideM(place, lat, lon) >= 0,
    depthInsideM,
    outlineOf(place) {
      const ring = (place.area === undefined ? undefined : byId(place.area))?.polygon[0] ?? []
      const [first, last] = [ring[0], ring.at(-1)]
      const isClosed = ring.length > 1 && first?.[0] === last?.[0] && first?.[1] === last?.[1]
      const corners = (isClosed ? ring.slice(0, -1) : ring).map(([lon, lat]) => ({ lat, lon }))
      return corners.length >= 3 ? { corners } : { centre: { lat: place.lat, lon: place.lon }, radiusM: place.radiusM ?? RADIUS_M }
    },
    isDeadZone: (lat, lon) => isNoted(DEAD, lat, lon),
    isBlackSpot: (lat, lon) => isNoted(BLACK, lat, lon),
    nameAt(lat, lon): Sentence | undefined {
      const named = areas()
        .at(lat, lon)
        .find(area => area.kind === 'designated' || area.kind === 'port' || area.kind === 'other')
      if (named) return { ko: named.name, en: named.name }
      return whereIs(lat, lon)?.placeName
    },
  }
}
