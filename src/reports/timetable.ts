// What the clock does for the daily report: 06:00 offices without a line are reminded, 06:20 lines close, 06:30 the draft is made, 07:00 it is frozen and sent. Each once a report, over
// restarts too (store.ts, report_deeds); a product that was down does what is due when it is back, the same day.
import { dayOf } from './period.ts'

export const DAILY_DEEDS = ['remind', 'close', 'draft', 'send'] as const
export type DailyDeed = (typeof DAILY_DEEDS)[number]

/** Minutes of the KST day. */
export type Timetable = Readonly<Record<DailyDeed, number>>

const KST_MS = 9 * 3_600_000

/** When the draft of a report stands: before it nobody signs, or what comes until its hour would be sealed out of it. Of a span that ends at another hour: its end. */
export function opensAtMs(toMs: number, { draft }: Timetable): number {
  const midnightMs = Date.parse(`${dayOf(toMs)}T00:00:00Z`) - KST_MS
  return Math.min(toMs, midnightMs + draft * 60_000)
}

/** Minutes of the KST day gone. */
export const minutesOf = (nowMs: number): number => Math.floor(((nowMs + KST_MS) % 86_400_000) / 60_000)

/** Which deeds of which day are due and not done, in their order. */
export function dueDeeds(
  nowMs: number,
  timetable: Timetable,
  isDone: (day: string, deed: DailyDeed) => boolean,
): readonly { readonly day: string; readonly deed: DailyDeed }[] {
  const day = dayOf(nowMs)
  const minutes = minutesOf(nowMs)
  return DAILY_DEEDS.filter(deed => minutes >= timetable[deed] && !isDone(day, deed)).map(deed => ({ day, deed }))
}
