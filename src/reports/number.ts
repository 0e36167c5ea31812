// The number of a report: the day of the year for daily ones (2026-328), the week or month for others. The same report has the same number whenever it is made.
import { dayOfYear } from './dates.ts'
import type { PaperKind } from './model.ts'

const DAY_MS = 86_400_000

export function numberOf(kind: PaperKind, toMs: number): string {
  const { year, day } = dayOfYear(toMs)
  switch (kind) {
    case 'daily':
      return `${year}-${day}`
    case 'weekly':
      return `${year}-W${Math.ceil(day / 7)}`
    case 'monthly': {
      // Of the month its last day lies in.
      const last = new Date(toMs - DAY_MS + 9 * 3_600_000)
      return `${last.getUTCFullYear()}-M${last.getUTCMonth() + 1}`
    }
    case 'special':
      return `${year}-S${day}`
  }
}
