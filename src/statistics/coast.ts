// The coast for the map by port: thinned to what a picture of the whole country shows (about 700 pixels high). The browser keeps it.
import { loadCoastRings } from '#places/index.ts'

/** As the maps of the daily report show the country. */
const BOX = { west: 123.6, east: 131.6, south: 32.6, north: 38.9 } as const
const FINEST_DEGREES = 0.012
const SCALE = 1000

export interface CoastPicture {
  readonly west: number
  readonly east: number
  readonly south: number
  readonly north: number
  /** None where the chart is not built. Latitude, longitude, latitude, longitude …, in thousandths of a degree. */
  readonly rings: readonly (readonly number[])[]
}

export const coastOfKorea = (): CoastPicture => ({
  ...BOX,
  rings: (loadCoastRings() ?? []).map(thinned).filter(ring => ring.length >= 8),
})

/** Rings hold longitude before latitude. Far outside only the side matters: points are held near the frame. */
function thinned(ring: Float64Array): readonly number[] {
  const points: number[] = []
  let isSeen = false
  let [lastLon, lastLat] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let n = 0; n + 1 < ring.length; n += 2) {
    const lon = Math.min(BOX.east + 1, Math.max(BOX.west - 1, ring[n]!))
    const lat = Math.min(BOX.north + 1, Math.max(BOX.south - 1, ring[n + 1]!))
    isSeen ||= lon > BOX.west && lon < BOX.east && lat > BOX.south && lat < BOX.north
    if (Math.abs(lon - lastLon) < FINEST_DEGREES && Math.abs(lat - lastLat) < FINEST_DEGREES) continue
    points.push(Math.round(lat * SCALE), Math.round(lon * SCALE))
    lastLon = lon
    lastLat = lat
  }
  return isSeen ? points : []
}
