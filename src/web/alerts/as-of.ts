// Alarms at a moment of the past, for the time slider: as the room knew them then (each deed of the history undone that came later), or as is known now (every
// situation that lasted at that moment, with what became of it). ui.md 6.1.
import { toLevel } from '../ui/level.ts'
import type { AlarmTab, AlarmView } from './model.ts'

export type Knowledge = 'then' | 'now'

export const alarmsAt = (alarms: Iterable<AlarmView>, atMs: number, knowledge: Knowledge): AlarmView[] =>
  [...alarms].flatMap(alarm => (knowledge === 'then' ? (asKnownThen(alarm, atMs) ?? []) : lasted(alarm, atMs) ? alarm : []))

const lasted = (alarm: AlarmView, atMs: number): boolean =>
  alarm.reasons.reduce((least, reason) => Math.min(least, reason.fromMs), alarm.raisedAtMs) <= atMs &&
  (alarm.endedAtMs === undefined || alarm.endedAtMs >= atMs)

/** Undefined when nobody knew of it yet. */
function asKnownThen(alarm: AlarmView, atMs: number): AlarmView | undefined {
  const raised = alarm.history.find(line => line.deed === 'raised')?.atMs ?? alarm.raisedAtMs
  if (raised > atMs) return undefined
  const known = alarm.history.filter(line => line.atMs <= atMs)
  const { endedAtMs, acknowledgedBy, acknowledgedById, assignedTo, shelvedUntilMs, outcome, ...rest } = alarm
  const state = stateAfter(known.map(line => line.deed))
  const has = (deed: string): boolean => known.some(line => line.deed === deed)
  const later = alarm.history.filter(line => line.atMs > atMs && line.deed === 'escalated').length
  const isEnded = endedAtMs !== undefined && endedAtMs <= atMs
  const reasons = alarm.reasons
    .filter(reason => reason.fromMs <= atMs)
    .map(({ toMs, ...reason }) => ({ ...reason, ...(toMs !== undefined && toMs <= atMs ? { toMs } : {}) }))
  return {
    ...rest,
    state,
    level: toLevel(alarm.level + later),
    isEnded,
    isAcknowledged: has('acknowledged') || state === 'active' || state === 'closed',
    reasons: reasons.length > 0 ? reasons : alarm.reasons.slice(0, 1),
    count: Math.max(1, reasons.length),
    lastAtMs: Math.min(alarm.lastAtMs, atMs),
    history: known,
    ...(isEnded ? { endedAtMs } : {}),
    ...(has('acknowledged') && acknowledgedBy ? { acknowledgedBy } : {}),
    ...(has('acknowledged') && acknowledgedById ? { acknowledgedById } : {}),
    ...(has('assigned') && assignedTo ? { assignedTo } : {}),
    ...(state === 'shelved' && shelvedUntilMs !== undefined ? { shelvedUntilMs } : {}),
    ...(state === 'closed' && outcome ? { outcome } : {}),
  }
}

function stateAfter(deeds: readonly string[]): AlarmTab {
  let state: AlarmTab = 'new'
  let before: AlarmTab = 'new'
  for (const deed of deeds) {
    if (deed === 'acknowledged' || deed === 'assigned') state = 'active'
    if (deed === 'shelved') {
      before = state
      state = 'shelved'
    }
    if (deed === 'unshelved') state = before
    if (deed === 'resolved' || deed === 'seen') state = 'closed'
  }
  return state
}
