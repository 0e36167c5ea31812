// Days of Korea Standard Time: UTC+9 all the year. A day is written YYYY-MM-DD; a watch that crosses midnight belongs to the day it begins on.

const KST_MS = 9 * 3_600_000
export const DAY_MS = 86_400_000
const DAY = /^\d{4}-\d{2}-\d{2}$/

/** The day of KST in which this moment lies. */
export const kstDay = (ms: number): string => new Date(ms + KST_MS).toISOString().slice(0, 10)
/** Midnight KST at which the day begins, epoch ms. */
export const kstDayBegins = (day: string): number => Date.parse(`${day}T00:00:00Z`) - KST_MS
export const addKstDays = (day: string, days: number): string => kstDay(kstDayBegins(day) + days * DAY_MS)
/** Whole days from the one to the other; negative when the other lies before. */
export const kstDaysFrom = (from: string, to: string): number => Math.round((kstDayBegins(to) - kstDayBegins(from)) / DAY_MS)
/** 0 is Sunday. */
export const kstWeekday = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay()
/** A day that exists: 2026-02-29 does not. */
export const isKstDay = (text: string): boolean => DAY.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text
/** Minutes after midnight KST. */
export const kstMinute = (ms: number): number => Math.floor(((((ms + KST_MS) % DAY_MS) + DAY_MS) % DAY_MS) / 60_000)
