// How a Korean government paper writes times (24 h, KST), figures and names; and how the English edition does.
import type { PaperLanguage } from './model.ts'

const KST_MS = 9 * 3_600_000
const WEEKDAYS = { ko: ['일', '월', '화', '수', '목', '금', '토'], en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] } as const
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
const kst = (ms: number): Date => new Date(ms + KST_MS)
const two = (n: number): string => String(n).padStart(2, '0')

/** 02:28 */
export const minuteOf = (ms: number): string => kst(ms).toISOString().slice(11, 16)
/** 11. 24. · 24 Nov */
export function dayShort(ms: number, language: PaperLanguage): string {
  const at = kst(ms)
  return language === 'ko' ? `${at.getUTCMonth() + 1}. ${at.getUTCDate()}.` : `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}`
}
/** 2026. 11. 24.(화) · Tue 24 November 2026 */
export function dayLong(ms: number, language: PaperLanguage): string {
  const at = kst(ms)
  const weekday = WEEKDAYS[language][at.getUTCDay()]
  return language === 'ko'
    ? `${at.getUTCFullYear()}. ${at.getUTCMonth() + 1}. ${at.getUTCDate()}.(${weekday})`
    : `${weekday} ${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`
}
/** 07시, 07시 30분 · 07:00 */
export function hourOf(ms: number, language: PaperLanguage): string {
  const at = kst(ms)
  if (language === 'en') return `${minuteOf(ms)} KST`
  return `${two(at.getUTCHours())}시${at.getUTCMinutes() === 0 ? '' : ` ${two(at.getUTCMinutes())}분`}`
}
/** 11. 23. 07:00 */
export const momentOf = (ms: number, language: PaperLanguage): string => `${dayShort(ms, language)} ${minuteOf(ms)}`

/** 1분 52초, 1시간 20분 · 1 min 52 s */
export function spanOf(ms: number, language: PaperLanguage): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  if (language === 'ko') return h > 0 ? `${h}시간 ${m}분` : `${m}분 ${two(s)}초`
  return h > 0 ? `${h} h ${m} min` : `${m} min ${two(s)} s`
}

export const thousands = (n: number): string => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
/** One decimal, as minutes are told: 4.9. */
export const tenths = (n: number): string => (Math.round(n * 10) / 10).toFixed(1)

/** Which year, which day of it: 328 for 24 November. The number of a daily report. */
export function dayOfYear(ms: number): { readonly year: number; readonly day: number } {
  const at = kst(ms)
  const year = at.getUTCFullYear()
  return { year, day: Math.floor((at.getTime() - Date.UTC(year, 0, 1)) / 86_400_000) + 1 }
}
