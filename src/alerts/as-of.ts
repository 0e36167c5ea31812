// What an alarm was at an earlier moment, from its history: for papers of that time. Whose it is is as it is now: rights know no past.
import { LEVELS } from '#rules/index.ts'
import type { Alarm, AlarmState, HistoryLine } from './alarm.ts'

/** Undefined: not raised yet (by the product's clock). Deeds and reasons up to this moment count. */
export function alarmAsOf(alarm: Alarm, atMs: number): Alarm | undefined {
  if (alarm.openedAtMs > atMs) return undefined
  const history = alarm.history.filter(line => line.atMs <= atMs)
  if (history.length === alarm.history.length) return alarm
  const { acknowledgedBy: _by, acknowledgedAtMs: _at, assignedTo: _to, shelvedUntilMs: _until, shelvedReason: _why, ...rest } = alarm
  const { escalatedAtMs: _escalated, outcome: _outcome, closedAtMs: _closed, ...open } = rest
  let then: Alarm = { ...open, state: 'raised', history, level: levelAt(alarm, history, atMs), joined: joinedAt(alarm, atMs) }
  for (const line of history) then = { ...then, ...made(then, line) }
  return then
}

/** What one line of the history made of it. */
function made(alarm: Alarm, { deed, who, atMs, note = '' }: HistoryLine): Partial<Alarm> {
  const seen = alarm.acknowledgedBy === undefined ? { acknowledgedBy: who, acknowledgedAtMs: atMs } : {}
  switch (deed) {
    case 'acknowledged':
      return { ...seen, state: 'acknowledged' }
    case 'assigned':
      return { ...seen, state: 'assigned', assignedTo: note.split(': ')[0] ?? '' }
    case 'shelved':
      return { ...seen, state: 'shelved', shelvedReason: note }
    case 'unshelved':
      return { state: returned(alarm) }
    case 'resolved': {
      const outcome = note.split(': ')[0] ?? ''
      return { ...seen, state: outcome.startsWith('false') ? 'false' : 'resolved', outcome, closedAtMs: atMs }
    }
    case 'seen':
      return { ...seen, state: 'closed', outcome: 'ended', closedAtMs: atMs }
    case 'escalated':
      return { escalatedAtMs: atMs }
    default:
      return {}
  }
}

const returned = (alarm: Alarm): AlarmState => (alarm.assignedTo ? 'assigned' : alarm.acknowledgedBy ? 'acknowledged' : 'raised')

/** The gravest reason known then, lifted by what had escalated. */
function levelAt(alarm: Alarm, history: readonly HistoryLine[], atMs: number): number {
  const known = alarm.joined.reasons.filter(reason => reason.raisedAt <= atMs).map(reason => LEVELS[reason.severity])
  const level = known.length > 0 ? Math.min(...known) : alarm.joined.level
  return history.some(line => line.deed === 'escalated') ? Math.max(Math.min(1, level), level - 1) : level
}

/** The situation without what came later: its end, reasons that joined after. */
function joinedAt({ joined }: Alarm, atMs: number): Alarm['joined'] {
  const { endedAtMs, ...open } = joined
  const reasons = joined.reasons.filter(reason => reason.raisedAt <= atMs)
  return {
    ...open,
    ...(endedAtMs !== undefined && endedAtMs <= atMs ? { endedAtMs } : {}),
    reasons: reasons.length > 0 ? reasons : joined.reasons.slice(0, 1),
  }
}
