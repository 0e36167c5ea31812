// Whose water a place is: the organisations whose jurisdiction areas hold it. What lies in none is head office's.
import type { Area, AreaIndex } from './area.ts'

/** Ids of organisations, each once, in the order of their areas; empty where nobody's area holds the place. */
export function organisationsAt(areas: AreaIndex, lat: number, lon: number): readonly string[] {
  const found = areas
    .at(lat, lon)
    .flatMap(area => (area.kind === 'jurisdiction' && area.organisation !== undefined ? [area.organisation] : []))
  return [...new Set(found)]
}

/** Whose water, not what is watched: detectors and the words for a place look only at the others. */
export const isJurisdictionOf = (area: Area): boolean => area.kind === 'jurisdiction' && area.organisation !== undefined
