// How times, ages, places and figures are written. KST is UTC+9 all the year (no summer time since 1988). Times are 24 h.
import { METRES_PER_NAUTICAL_MILE } from '#base/index.ts'
import type { Language } from './text.ts'

const KST_MS = 9 * 3_600_000
const DAY_MS = 86_400_000
const pad = (value: number, width = 2): string => String(Math.floor(value)).padStart(width, '0')

/** The KST calendar of an instant, as a Date whose UTC fields read KST. */
const kst = (ms: number): Date => new Date(ms + KST_MS)

/** 02:31:07 */
export const clockKst = (ms: number): string => kst(ms).toISOString().slice(11, 19)
export const clockUtc = (ms: number): string => new Date(ms).toISOString().slice(11, 19)
/** 02:31 */
export const minuteKst = (ms: number): string => kst(ms).toISOString().slice(11, 16)
/** 11.24. 02:31 when the day differs from that of `now`, else 02:31 */
export function momentKst(ms: number, nowMs: number): string {
  const day = kst(ms)
  if (day.toISOString().slice(0, 10) === kst(nowMs).toISOString().slice(0, 10)) return minuteKst(ms)
  return `${day.getUTCMonth() + 1}.${day.getUTCDate()}. ${minuteKst(ms)}`
}
/** 2026. 11. 24. 02:31:07 */
export function dateTimeKst(ms: number): string {
  const day = kst(ms)
  return `${day.getUTCFullYear()}. ${day.getUTCMonth() + 1}. ${day.getUTCDate()}. ${clockKst(ms)}`
}
const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  ko: ['일', '월', '화', '수', '목', '금', '토'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
}
/** 2026. 11. 24.(화) */
export function dateKst(ms: number, language: Language): string {
  const day = kst(ms)
  return `${day.getUTCFullYear()}. ${day.getUTCMonth() + 1}. ${day.getUTCDate()}.(${WEEKDAYS[language][day.getUTCDay()]})`
}

/** How long ago, in the two largest units that matter: 4초, 12분, 1시간 20분, 3일 2시간. */
export function age(ms: number, language: Language): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const [s, m, h, d] = language === 'ko' ? ['초', '분', '시간', '일'] : [' s', ' min', ' h', ' d']
  if (seconds < 60) return `${seconds}${s}`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}${m}`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return minutes % 60 === 0 ? `${hours}${h}` : `${hours}${h} ${minutes % 60}${m}`
  const days = Math.floor(hours / 24)
  return hours % 24 === 0 ? `${days}${d}` : `${days}${d} ${hours % 24}${h}`
}

/** A stop-watch: 02:14 below an hour, 1:02:14 above. */
export function stopwatch(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${pad(m)}:${pad(s)}`
}

/** Degrees and decimal minutes as charts write them: 34° 57.30′ N 129° 44.52′ E. Longitudes are brought into ±180°. */
export function ddm(lat: number, lon: number): string {
  const around = ((((lon + 180) % 360) + 360) % 360) - 180
  return `${axis(lat, 'N', 'S', 2)} ${axis(around, 'E', 'W', 3)}`
}
function axis(value: number, plus: string, minus: string, width: number): string {
  const hundredths = Math.round(Math.abs(value) * 6000)
  return `${pad(hundredths / 6000, width)}° ${((hundredths % 6000) / 100).toFixed(2).padStart(5, '0')}′ ${value < 0 ? minus : plus}`
}

/** Metres below half a mile, else nautical miles with one decimal (none from 100). */
export function distance(metres: number): string {
  const miles = metres / METRES_PER_NAUTICAL_MILE
  if (miles < 0.5) return `${Math.round(metres)} m`
  return miles < 100 ? `${miles.toFixed(1)} NM` : `${Math.round(miles).toLocaleString('en')} NM`
}

export const degrees3 = (value: number): string => `${pad(Math.round(value) % 360, 3)}°`
export const thousands = (value: number): string => value.toLocaleString('en')

/** Rate a second, short: 1.2k/s, 48/s, 0.4/s. */
export function rate(perSecond: number): string {
  if (perSecond >= 1000) return `${(perSecond / 1000).toFixed(perSecond < 10_000 ? 1 : 0)}k/s`
  return `${perSecond >= 10 || perSecond === 0 ? Math.round(perSecond) : perSecond.toFixed(1)}/s`
}

/** 1.2 GB: powers of 1000, as disks are sold. */
export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']
  let amount = value
  let step = 0
  while (amount >= 1000 && step < units.length - 1) {
    amount /= 1000
    step++
  }
  return `${amount >= 100 || step === 0 ? Math.round(amount) : amount.toFixed(1)} ${units[step]}`
}

/** The next such time of day KST: `09:00` at 08:40 is today's, at 09:10 tomorrow's. */
export function nextTimeKst(clock: string, nowMs: number): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  const midnightMs = Math.floor((nowMs + KST_MS) / DAY_MS) * DAY_MS - KST_MS
  const atMs = midnightMs + (hours * 60 + minutes) * 60_000
  return atMs > nowMs ? atMs : atMs + DAY_MS
}
