// What time a report is of. A day of the service goes from 07:00 to 07:00 KST: the report of the 24th tells from the 23rd 07:00 to the 24th 07:00. KST is UTC+9, always.
import type { PaperKind } from './model.ts'

const KST_MS = 9 * 3_600_000
const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
export const REPORT_HOUR = 7

export interface Period {
  readonly kind: PaperKind
  readonly fromMs: number
  /** As of: nothing later is known. */
  readonly toMs: number
}

/** 07:00 KST of a day written 2026-11-24, or the hour asked for. */
export const asOfOf = (day: string, hour = REPORT_HOUR): number => Date.parse(`${day}T00:00:00Z`) - KST_MS + hour * HOUR_MS

/** True for a calendar day that exists: 2026-02-29 does not. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const ms = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text
}

/** The KST calendar day of an instant. */
export const dayOf = (ms: number): string => new Date(ms + KST_MS).toISOString().slice(0, 10)

/** Midnight KST before an instant; 07:00 of the first of its month. */
const monthBegin = (ms: number): number => asOfOf(`${dayOf(ms).slice(0, 7)}-01`)

/**
 * A daily report is of one day, a weekly of seven, a monthly of the month that its last day (the one before 07:00) lies in, as far as it has gone: the report of
 * 1 December is of November whole. A special one is of the span asked for.
 */
export function periodOf(kind: PaperKind, toMs: number, fromMs?: number): Period {
  const beginMs = fromMs ?? (kind === 'weekly' ? toMs - 7 * DAY_MS : kind === 'monthly' ? monthBegin(toMs - DAY_MS) : toMs - DAY_MS)
  return { kind, fromMs: beginMs, toMs }
}

/** The span before of the same length: what ( ) compares with. */
export const before = ({ kind, fromMs, toMs }: Period): Period => ({ kind, fromMs: fromMs - (toMs - fromMs), toMs: fromMs })

/** The month of the report's last day so far, and the same span a year earlier (29 February → 28). */
export function monthSoFar(toMs: number): { readonly now: Period; readonly lastYear: Period } {
  const fromMs = monthBegin(toMs - DAY_MS)
  return { now: { kind: 'monthly', fromMs, toMs }, lastYear: { kind: 'monthly', fromMs: yearBefore(fromMs), toMs: yearBefore(toMs) } }
}

function yearBefore(ms: number): number {
  const at = new Date(ms + KST_MS)
  const month = at.getUTCMonth()
  at.setUTCFullYear(at.getUTCFullYear() - 1)
  // 29 February of no leap year has become 1 March.
  if (at.getUTCMonth() !== month) at.setUTCDate(0)
  return at.getTime() - KST_MS
}
