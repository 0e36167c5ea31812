// Distance and direction on WGS 84 between near points, by the radii of curvature at the middle latitude.
// Error against GeographicLib: 0.0003 % up to 50 km, 0.03 % up to 500 km (checked in distance.test.ts on shared vectors). Rules use this; evidence
// states the exact geodesic of geodesic.ts. HOT PATH: about 30 ns a call.

const A = 6378137
const E2 = 0.00669437999014
const RADIANS = Math.PI / 180

/** Longitude difference b - a brought into (-180, 180]. */
export function longitudeDifference(aDeg: number, bDeg: number): number {
  const d = bDeg - aDeg
  return d > 180 ? d - 360 : d <= -180 ? d + 360 : d
}

/** Metres from one place to another, both in degrees WGS 84. */
export function distanceM(lat1: number, lon1: number, lat2: number, lon2: number): number {
  const sinMid = Math.sin((lat1 + lat2) * 0.5 * RADIANS)
  const w = 1 - E2 * sinMid * sinMid
  const prime = A / Math.sqrt(w)
  const meridian = (prime * (1 - E2)) / w
  const north = (lat2 - lat1) * RADIANS * meridian
  const east = longitudeDifference(lon1, lon2) * RADIANS * prime * Math.sqrt(1 - sinMid * sinMid)
  return Math.sqrt(north * north + east * east)
}

/** Initial bearing in degrees true [0, 360) from the first place to the second; plane approximation, good within 50 NM. */
export function bearingDeg(lat1: number, lon1: number, lat2: number, lon2: number): number {
  const sinMid = Math.sin((lat1 + lat2) * 0.5 * RADIANS)
  const w = 1 - E2 * sinMid * sinMid
  const north = ((lat2 - lat1) * (1 - E2)) / w
  const east = longitudeDifference(lon1, lon2) * Math.sqrt(1 - sinMid * sinMid)
  const bearing = Math.atan2(east, north) / RADIANS
  return bearing < 0 ? bearing + 360 : bearing
}

/** Metres of one degree of latitude and of longitude at this latitude: for working in a local plane. */
export function metresPerDegree(latDeg: number): { readonly north: number; readonly east: number } {
  const sin = Math.sin(latDeg * RADIANS)
  const w = 1 - E2 * sin * sin
  const prime = A / Math.sqrt(w)
  return { north: ((prime * (1 - E2)) / w) * RADIANS, east: prime * Math.cos(latDeg * RADIANS) * RADIANS }
}

/** The place `rangeM` metres from here on `bearing` degrees true; plane approximation, good within 50 NM. */
export function offset(lat: number, lon: number, bearing: number, rangeM: number): { lat: number; lon: number } {
  const north = Math.cos(bearing * RADIANS) * rangeM
  const east = Math.sin(bearing * RADIANS) * rangeM
  const first = metresPerDegree(lat)
  const there = metresPerDegree(lat + north / first.north / 2)
  const newLon = lon + east / there.east
  return { lat: lat + north / there.north, lon: newLon > 180 ? newLon - 360 : newLon < -180 ? newLon + 360 : newLon }
}

/** Smallest angle between two directions, degrees [0, 180]. */
export function angleBetweenDeg(a: number, b: number): number {
  const d = Math.abs(a - b) % 360
  return d > 180 ? 360 - d : d
}
