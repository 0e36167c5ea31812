import type { AlarmDeed, AlarmView } from './model.ts'

/** The newest changes of all alarms, newest first. */
export const lastDeeds = (alarms: Iterable<AlarmView>, most: number): { readonly alarm: AlarmView; readonly line: AlarmDeed }[] =>
  [...alarms]
    .flatMap(alarm => alarm.history.map(line => ({ alarm, line })))
    .sort((a, b) => b.line.atMs - a.line.atMs)
    .slice(0, most)
