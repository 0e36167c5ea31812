// Periods as officers say them: this hour, day, week (from Monday), month, quarter, year in KST; the same span of the period before and of the year before. A period that
// still runs ends with the hour under way, and is compared with as much of the others: 1–24 November with 1–24 October.
import { calendarOf, DAY_MS, dayAt, dayOf, dayStartMs, HOUR_MS, weekdayOf } from './day.ts'
import type { PeriodUnit, Span, Spans } from './schema.ts'

export interface Period extends Spans {
  readonly unit: PeriodUnit
  /** Where the whole period ends, also while it runs. */
  readonly endMs: number
  readonly isRunning: boolean
  /** A moment in the period before and, unless it lies ahead, in the one after. */
  readonly earlierMs: number
  readonly laterMs?: number
}

/** The period of this unit that holds the moment. */
export function periodAt(unit: PeriodUnit, atMs: number, nowMs: number): Period {
  const whole = wholeAt(unit, atMs)
  const isRunning = whole.toMs > nowMs && whole.fromMs <= nowMs
  const toMs = isRunning ? Math.min(whole.toMs, hourEnd(nowMs)) : whole.toMs
  const lengthMs = toMs - whole.fromMs
  const cut = (other: Span): Span => (isRunning ? { fromMs: other.fromMs, toMs: Math.min(other.toMs, other.fromMs + lengthMs) } : other)
  const earlier = wholeAt(unit, whole.fromMs - 1)
  return {
    unit,
    fromMs: whole.fromMs,
    toMs,
    endMs: whole.toMs,
    isRunning,
    before: cut(earlier),
    yearBefore: cut(yearBefore(unit, whole)),
    earlierMs: earlier.fromMs,
    ...(whole.toMs <= nowMs ? { laterMs: whole.toMs } : {}),
  }
}

/** Free spans (the 24 hours of a daily report) are compared with as long a time just before, and the same dates a year ago. */
export function spanPeriod(span: Span): Spans {
  const lengthMs = span.toMs - span.fromMs
  const from = sameDayLastYear(span.fromMs)
  return {
    ...span,
    before: { fromMs: span.fromMs - lengthMs, toMs: span.fromMs },
    yearBefore: { fromMs: from, toMs: from + lengthMs },
  }
}

export const hourStart = (ms: number): number => Math.floor(ms / HOUR_MS) * HOUR_MS
const hourEnd = (ms: number): number => hourStart(ms) + HOUR_MS

function wholeAt(unit: PeriodUnit, atMs: number): Span {
  if (unit === 'hour') return { fromMs: hourStart(atMs), toMs: hourEnd(atMs) }
  const day = dayOf(atMs)
  const from = slotDay(unit, day)
  return { fromMs: dayStartMs(from), toMs: dayStartMs(nextSlotDay(unit, from)) }
}

/** First day of the day, week, month, quarter or year that holds this day. */
export function slotDay(unit: Exclude<PeriodUnit, 'hour'>, day: number): number {
  const { year, month } = calendarOf(day)
  switch (unit) {
    case 'day':
      return day
    case 'week':
      return day - weekdayOf(day) + 1
    case 'month':
      return dayAt({ year, month, date: 1 })
    case 'quarter':
      return dayAt({ year, month: Math.floor((month - 1) / 3) * 3 + 1, date: 1 })
    case 'year':
      return dayAt({ year, month: 1, date: 1 })
  }
}

export function nextSlotDay(unit: Exclude<PeriodUnit, 'hour'>, first: number): number {
  const { year, month } = calendarOf(first)
  switch (unit) {
    case 'day':
      return first + 1
    case 'week':
      return first + 7
    case 'month':
      return dayAt({ year, month: month + 1, date: 1 })
    case 'quarter':
      return dayAt({ year, month: month + 3, date: 1 })
    case 'year':
      return dayAt({ year: year + 1, month: 1, date: 1 })
  }
}

/** Weeks go back 52 weeks, so that weekdays stand against the same weekdays; all else to the same date. */
function yearBefore(unit: PeriodUnit, whole: Span): Span {
  if (unit === 'week') return { fromMs: whole.fromMs - 364 * DAY_MS, toMs: whole.toMs - 364 * DAY_MS }
  if (unit === 'hour') {
    const from = sameDayLastYear(whole.fromMs)
    return { fromMs: from, toMs: from + HOUR_MS }
  }
  const { year, month, date } = calendarOf(dayOf(whole.fromMs))
  const from = dayAt({ year: year - 1, month, date })
  return { fromMs: dayStartMs(from), toMs: dayStartMs(nextSlotDay(unit, from)) }
}

function sameDayLastYear(ms: number): number {
  const day = dayOf(ms)
  const { year, month, date } = calendarOf(day)
  return dayStartMs(dayAt({ year: year - 1, month, date })) + (ms - dayStartMs(day))
}

/** Into which slots a period's curve is cut. */
export function slotUnitOf(span: Span): PeriodUnit {
  const days = (span.toMs - span.fromMs) / DAY_MS
  if (days <= 3) return 'hour'
  if (days <= 62) return 'day'
  if (days <= 186) return 'week'
  if (days <= 366 * 3) return 'month'
  return 'year'
}

/** Starts of the slots of a span, as the keys of a curve. */
export function slotsOf(span: Span, unit: PeriodUnit): readonly string[] {
  const slots: string[] = []
  if (unit === 'hour') {
    for (let at = hourStart(span.fromMs); at < span.toMs; at += HOUR_MS) slots.push(String(at))
    return slots
  }
  for (let day = slotDay(unit, dayOf(span.fromMs)); dayStartMs(day) < span.toMs; day = nextSlotDay(unit, day))
    slots.push(String(dayStartMs(day)))
  return slots
}
