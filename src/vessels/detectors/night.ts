// Is it dark there? Plain solar altitude (declination by day of the year, hour angle by longitude and UTC): a degree or two right, enough for 'by night'.

const RADIANS = Math.PI / 180
const DAY_MS = 86_400_000
/** Civil twilight: below this it is night on deck. */
const DARK_DEG = -6

export function isNight(lat: number, lon: number, atMs: number): boolean {
  const date = new Date(atMs)
  const day = (atMs - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY_MS
  const declination = -23.44 * Math.cos(((day + 10) / 365.24) * 2 * Math.PI) * RADIANS
  const hourAngle = (((atMs % DAY_MS) / DAY_MS) * 360 + lon - 180) * RADIANS
  const sine = Math.sin(lat * RADIANS) * Math.sin(declination) + Math.cos(lat * RADIANS) * Math.cos(declination) * Math.cos(hourAngle)
  return Math.asin(sine) / RADIANS < DARK_DEG
}
