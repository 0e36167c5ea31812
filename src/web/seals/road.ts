// Distances on the road: kilometres, as drivers and their papers say them.
export const roadDistance = (metres: number): string =>
  metres < 1000
    ? `${Math.round(metres)} m`
    : `${metres < 100_000 ? (metres / 1000).toFixed(1) : Math.round(metres / 1000).toLocaleString('en')} km`

type Point = readonly [number, number]

/** What of a line [lon, lat] lies ahead of a place: from there over the vertices after the nearest one. */
export function ahead(line: readonly Point[], lat: number | undefined, lon: number | undefined): readonly Point[] {
  if (lat === undefined || lon === undefined) return line
  const away = ([x, y]: Point): number => ((x - lon) * Math.cos((lat * Math.PI) / 180)) ** 2 + (y - lat) ** 2
  let nearest = 0
  for (const [n, point] of line.entries()) if (away(point) < away(line[nearest] ?? point)) nearest = n
  return [[lon, lat], ...line.slice(nearest + 1)]
}
