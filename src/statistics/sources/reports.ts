// Daily reports and the lines that offices hand in for them: on time or late. One fact a report at its hour (07:00), one an office at the closing of the lines (06:20), once that moment
// has passed; what comes after it is late, and what never comes too. Looked at each minute over the last days, so that a late signature and a restart change nothing.
import { DAY_MS, dayOf, dayStartMs } from '../day.ts'
import { sourceState } from '../facts.ts'
import type { Change } from '../schema.ts'
import type { Rooms, Source } from './source.ts'

const LOOK_MS = 60_000
/** Reports of longer ago do not change any more. */
const OPEN_DAYS = 8

export const reports: Source = {
  id: 'reports',
  ko: '일일보고',
  en: 'Daily reports',
  deed: 'reports.look',
  isLinked: true,
  kinds: {
    daily: { ko: '일일보고', en: 'Daily report' },
    'office-lines': { ko: '06:20 세관 마감', en: 'Offices’ lines at 06:20' },
  },
  subs: {
    'on-time': { ko: '제때', en: 'On time' },
    late: { ko: '늦음', en: 'Late' },
  },
  numbers: [],
  earliestMs(rooms) {
    const day = rooms.reports.firstDay()
    return day === undefined ? undefined : rooms.reports.daily(day).dueMs
  },
  *catchUp(rooms, sinceMs) {
    const nowMs = rooms.clock.now()
    const firstMs = begunMs(rooms) ?? this.earliestMs?.(rooms) ?? nowMs
    const fromMs = sinceMs > 0 ? Math.max(firstMs, sinceMs - OPEN_DAYS * DAY_MS) : firstMs
    for (let day = dayOf(fromMs); dayStartMs(day) <= nowMs; day++) yield changesOf(day, rooms, firstMs)
  },
  listen(rooms, take) {
    return rooms.clock.every(LOOK_MS, () => {
      const today = dayOf(rooms.clock.now())
      const firstMs = begunMs(rooms) ?? rooms.clock.now()
      for (let day = today - OPEN_DAYS; day <= today; day++) for (const change of changesOf(day, rooms, firstMs)) take(change)
    })
  },
}

/** Of days before this product was used nobody was late. */
const begunMs = ({ store }: Pick<Rooms, 'store'>): number | undefined => sourceState(store, 'reports')?.sinceMs

export function changesOf(dayNumber: number, rooms: Pick<Rooms, 'reports' | 'clock' | 'access'>, firstMs: number): readonly Change[] {
  const day = new Date(dayNumber * DAY_MS).toISOString().slice(0, 10)
  const nowMs = rooms.clock.now()
  const { headOffice, all } = rooms.access.organisations()
  const factOf = (origin: string, dueMs: number, kind: string, organisation: string, atMs: number | undefined): readonly Change[] =>
    dueMs > nowMs || dueMs < firstMs
      ? []
      : [
          {
            origin,
            facts: [
              {
                atMs: dueMs,
                organisation,
                kind,
                sub: atMs !== undefined && atMs <= dueMs ? 'on-time' : 'late',
                link: { kind: 'report', id: day, label: day },
              },
            ],
          },
        ]
  const daily = rooms.reports.daily(day)
  const lines = rooms.reports.lines(day)
  return [
    ...factOf(`report:${day}`, daily.dueMs, 'daily', headOffice, daily.decidedAtMs),
    ...all
      .filter(one => one.kind !== 'head-office' && (one.closedAtMs === undefined || one.closedAtMs > lines.dueMs))
      .flatMap(({ id }) => factOf(`report-line:${day}:${id}`, lines.dueMs, 'office-lines', id, lines.handedIn.get(id))),
  ]
}
