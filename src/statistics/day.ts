// Days and hours of Korea: UTC+9 all year, whatever the machine's clock is set to. A day is counted from 1970-01-01 KST.

export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS
const KST_MS = 9 * HOUR_MS

export const dayOf = (ms: number): number => Math.floor((ms + KST_MS) / DAY_MS)
export const hourOf = (ms: number): number => Math.floor((ms + KST_MS) / HOUR_MS) % 24
/** 1 Monday … 7 Sunday; 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1
export const dayStartMs = (day: number): number => day * DAY_MS - KST_MS

export interface CalendarDay {
  readonly year: number
  /** 1–12. */
  readonly month: number
  readonly date: number
}
export function calendarOf(day: number): CalendarDay {
  const at = new Date(day * DAY_MS)
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, date: at.getUTCDate() }
}
/** Months beyond 1–12 go into the years before and after; a date past the month's end is its last (29 February → 28). */
export function dayAt({ year, month, date }: CalendarDay): number {
  const first = Date.UTC(year, month - 1, 1)
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return Math.floor(first / DAY_MS) + Math.min(date, last) - 1
}
