// The order of the alarm list, and the promise that it never moves under the hand (ui.md §3).
import type { AlarmView, Bilingual } from './model.ts'

/** Level, unacknowledged first, then newest. */
export function byUrgency(a: AlarmView, b: AlarmView): number {
  return a.level - b.level || Number(a.isAcknowledged) - Number(b.isAcknowledged) || b.raisedAtMs - a.raisedAtMs || (a.id < b.id ? -1 : 1)
}

export interface ShownList {
  /** Ids as they stand on the screen. */
  readonly shown: readonly string[]
  /** New ids that wait in the bar "새 경보 2" until the hand leaves or `N` is pressed. */
  readonly waiting: readonly string[]
}

/**
 * What the list shows now. While the pointer or the focus is in it, rows keep their places: what left the tab stays where it was (its card says what became
 * of it), what is new waits. Without a hand in it the list is simply in order.
 */
export function settle(before: readonly string[], sorted: readonly string[], isHandIn: boolean, known: (id: string) => boolean): ShownList {
  if (!isHandIn || before.length === 0) return { shown: sorted, waiting: [] }
  const shown = before.filter(known)
  const there = new Set(shown)
  return { shown, waiting: sorted.filter(id => !there.has(id)) }
}

/** The id `step` rows from the selected one, clamped; the first (or last) when nothing is selected. */
export function stepFrom(shown: readonly string[], selected: string | undefined, step: number): string | undefined {
  const at = selected === undefined ? -1 : shown.indexOf(selected)
  if (at < 0) return step > 0 ? shown[0] : shown.at(-1)
  return shown[Math.min(shown.length - 1, Math.max(0, at + step))]
}

const LOAD_WINDOW_MS = 10 * 60_000
/** EEMUA 191 / ISA-18.2: more than ten in ten minutes is a flood; above two the officer is busy. */
export const FLOOD_IN_TEN_MINUTES = 10

export interface Load {
  /** Alarms raised (levels 0–3) in the last ten minutes, and the mean of the last eight hours per ten minutes. */
  readonly lastTen: number
  readonly meanPerTen: number
  readonly word: 'normal' | 'busy' | 'flood'
}

export function loadOf(raisedAtMs: readonly number[], nowMs: number): Load {
  const lastTen = raisedAtMs.filter(at => at > nowMs - LOAD_WINDOW_MS).length
  const shift = raisedAtMs.filter(at => at > nowMs - 8 * 3_600_000)
  const oldest = shift.reduce((least, at) => Math.min(least, at), nowMs)
  const windows = Math.max(1, (nowMs - oldest) / LOAD_WINDOW_MS)
  return { lastTen, meanPerTen: shift.length / windows, word: lastTen > FLOOD_IN_TEN_MINUTES ? 'flood' : lastTen > 2 ? 'busy' : 'normal' }
}

export interface AlarmGroup {
  /** Detector and area: what a flood has in common. */
  readonly key: string
  readonly detector: string
  readonly region?: Bilingual
  readonly level: number
  readonly ids: readonly string[]
}

/** The area an alarm is about, else the name it is near. */
const regionOf = (alarm: AlarmView): Bilingual | undefined => {
  const area = alarm.subjects.find(subject => subject.kind === 'area')
  return area ? { ko: area.label, en: area.label } : alarm.near
}

/** In a flood: levels 0–2 grouped by cause and area, 3–4 folded into one line each cause. Order of the first of each group is kept. */
export function groupFlood(alarms: readonly AlarmView[]): AlarmGroup[] {
  const groups = new Map<string, { detector: string; region?: Bilingual; level: number; ids: string[] }>()
  for (const alarm of alarms) {
    const region = alarm.level >= 3 ? undefined : regionOf(alarm)
    const key = alarm.level >= 3 ? `low|${alarm.detector}` : `${alarm.detector}|${region?.ko ?? ''}`
    const there = groups.get(key)
    if (there) {
      there.ids.push(alarm.id)
      there.level = Math.min(there.level, alarm.level)
    } else groups.set(key, { detector: alarm.detector, ...(region ? { region } : {}), level: alarm.level, ids: [alarm.id] })
  }
  return [...groups].map(([key, group]) => ({ key, ...group }))
}
