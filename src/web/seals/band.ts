// Shapes for the chart: the band of a corridor's allowed width, a circle around a place.
import { bearingDeg, offset } from '#base/index.ts'

type Point = readonly [number, number]

/** Outer ring of everything within half the width of the line, roughly: mitred at its corners. */
export function band(line: readonly Point[], halfWidthM: number): readonly Point[] {
  if (line.length < 2) return []
  const side = (turn: number): Point[] =>
    line.map(([lon, lat], n) => {
      const [lon1, lat1] = line[Math.max(0, n - 1)] ?? [lon, lat]
      const [lon2, lat2] = line[Math.min(line.length - 1, n + 1)] ?? [lon, lat]
      const at = offset(lat, lon, bearingDeg(lat1, lon1, lat2, lon2) + turn, halfWidthM)
      return [at.lon, at.lat]
    })
  return [...side(-90), ...side(90).reverse()]
}

export const circle = ({ lat, lon }: { readonly lat: number; readonly lon: number }, radiusM: number): readonly Point[] =>
  Array.from({ length: 33 }, (_, n) => {
    const at = offset(lat, lon, (n * 360) / 32, radiusM)
    return [at.lon, at.lat] as const
  })
