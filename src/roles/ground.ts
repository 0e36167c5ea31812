// The ground as it stands now: the areas that detectors judge by and places are named after, and whose water each place is.
import {
  type Area,
  type AreaIndex,
  CALM_KINDS,
  createAreaIndex,
  isJurisdictionOf,
  loadAreas,
  organisationsAt,
  whereIs,
} from '#places/index.ts'
import type { Store } from '#platform/store/index.ts'
import type { PlaceAt } from '#vessels/index.ts'

export interface Ground {
  /** All areas but whose water it is. */
  watched(): AreaIndex
  /** The organisations in whose water this place lies. */
  whose(place: { readonly lat?: number; readonly lon?: number } | undefined): readonly string[]
  /** What a place is called: words, and the area where stopping is usual, if any. */
  placeAt(lat: number, lon: number): PlaceAt
  set(areas: readonly Area[]): void
}

/** The areas that detectors judge by and places are named after: all but whose water it is. */
export const watchedGround = (areas: readonly Area[]): AreaIndex => createAreaIndex(areas.filter(area => !isJurisdictionOf(area)))

export function createGround(store: Pick<Store, 'read'>): Ground {
  const kept = loadAreas(store)
  let watched = watchedGround(kept)
  let waters = createAreaIndex(kept.filter(isJurisdictionOf))
  return {
    watched: () => watched,
    whose: place => (place?.lat === undefined || place.lon === undefined ? [] : organisationsAt(waters, place.lat, place.lon)),
    placeAt(lat, lon) {
      const area = watched.at(lat, lon).find(one => CALM_KINDS.has(one.kind))
      const words = whereIs(lat, lon)?.placeName
      return { ...(words ? { placeName: words } : {}), ...(area ? { area: { id: area.id, name: area.name, kind: area.kind } } : {}) }
    },
    set(areas) {
      watched = watchedGround(areas)
      waters = createAreaIndex(areas.filter(isJurisdictionOf))
    },
  }
}
