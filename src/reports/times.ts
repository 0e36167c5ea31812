// When daily reports and the lines of offices were due and when they were there: what the statistics count as on time. Of the first line of each office: one that is put right after
// the closing was on time all the same.
import type { Store } from '#platform/store/index.ts'
import type { ReportTimes } from '#statistics/index.ts'
import { asOfOf } from './period.ts'
import { idOf } from './reports.ts'
import { firstLines, reportById } from './store.ts'
import type { Timetable } from './timetable.ts'

export function reportTimes(store: Pick<Store, 'read'>, timetable: Timetable): ReportTimes {
  const dueMs = (day: string, minutes: number): number => asOfOf(day, 0) + minutes * 60_000
  return {
    firstDay: () => store.read<{ day: string | null }>("SELECT min(day) AS day FROM reports WHERE kind = 'daily'")[0]?.day ?? undefined,
    daily(day) {
      const seal = reportById(store, idOf('daily', day))?.seal
      return { dueMs: dueMs(day, timetable.send), ...(seal ? { decidedAtMs: seal.atMs } : {}) }
    },
    lines: day => ({ dueMs: dueMs(day, timetable.close), handedIn: firstLines(store, day) }),
  }
}
