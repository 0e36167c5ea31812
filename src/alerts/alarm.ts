// An alarm's life: raised → acknowledged → assigned → resolved or false; shelved with reason and end; ended but unseen stays until somebody has seen it.
// Pure: what a deed makes of an alarm, or why it is refused. States after MSC.302(87) §7; levels after design ui.md §3.
import type { Topic } from '#platform/bus/index.ts'
import type { JoinedAlarm } from '#rules/index.ts'

export const ALARM_STATES = ['raised', 'acknowledged', 'assigned', 'shelved', 'resolved', 'false', 'closed'] as const
export type AlarmState = (typeof ALARM_STATES)[number]

export interface HistoryLine {
  readonly atMs: number
  readonly who: string
  readonly deed: string
  readonly note?: string
}

export interface Alarm {
  readonly id: string
  readonly joined: JoinedAlarm
  /** In whose jurisdiction it lies or lay; empty or absent = head office's. */
  readonly organisations?: readonly string[]
  readonly state: AlarmState
  /** Level shown: the joined one, lifted by escalation. */
  readonly level: number
  /** When the product raised it (its clock); joined.raisedAtMs is the clock of receipt. */
  readonly openedAtMs: number
  /** When a graver reason asked anew; from then on, not from its opening, nobody has acted. */
  readonly askedAtMs?: number
  readonly acknowledgedBy?: string
  readonly acknowledgedAtMs?: number
  readonly assignedTo?: string
  readonly shelvedUntilMs?: number
  readonly shelvedReason?: string
  readonly escalatedAtMs?: number
  readonly outcome?: string
  readonly closedAtMs?: number
  readonly revision: number
  readonly history: readonly HistoryLine[]
}

/** Told at each change, as it is shown; it may not be on the disk yet. Catch up from `open` and `between`. */
export const ALARM_CHANGED: Topic<Alarm> = { name: 'alarm.changed' }

export type AlarmDeed =
  | { readonly deed: 'acknowledge' }
  | { readonly deed: 'assign'; readonly to: string; readonly note: string }
  | { readonly deed: 'shelve'; readonly reason: string; readonly untilMs: number }
  | { readonly deed: 'unshelve' }
  | { readonly deed: 'resolve'; readonly outcome: string; readonly note: string }
  | { readonly deed: 'note'; readonly text: string }
  | { readonly deed: 'seen' }

export interface Refused {
  readonly code: string
  readonly ko: string
  readonly en: string
}

/** What stands in the history. */
const DONE = {
  acknowledge: 'acknowledged',
  assign: 'assigned',
  shelve: 'shelved',
  unshelve: 'unshelved',
  resolve: 'resolved',
  note: 'noted',
  seen: 'seen',
} as const

const MAX_SHELVED_MS = 24 * 3_600_000
export const isOpen = (alarm: Alarm): boolean => alarm.state !== 'resolved' && alarm.state !== 'false' && alarm.state !== 'closed'

export function opened(joined: JoinedAlarm, nowMs: number, organisations: readonly string[] = []): Alarm {
  return {
    id: joined.id,
    joined,
    state: 'raised',
    organisations,
    level: joined.level,
    openedAtMs: nowMs,
    revision: 1,
    history: [{ atMs: nowMs, who: 'mangru', deed: 'raised' }],
  }
}

/** The situation went on, gained a reason, or ended. Undefined when nothing an officer sees has changed. */
export function developed(alarm: Alarm, joined: JoinedAlarm, nowMs: number, organisations: readonly string[] = []): Alarm | undefined {
  if (JSON.stringify(alarm.joined) === JSON.stringify(joined)) return undefined
  const news: HistoryLine[] = []
  if (joined.reasons.length > alarm.joined.reasons.length)
    news.push({ atMs: nowMs, who: 'mangru', deed: 'joined', note: joined.reasons.at(-1)?.detector ?? '' })
  if (joined.endedAtMs !== undefined && alarm.joined.endedAtMs === undefined)
    news.push({ atMs: nowMs, who: 'mangru', deed: joined.withdrawn ? 'withdrawn' : 'ended' })
  if (joined.endedAtMs === undefined && alarm.joined.endedAtMs !== undefined) news.push({ atMs: nowMs, who: 'mangru', deed: 'updated' })
  // A graver reason asks anew, also where the milder one was acknowledged or shelved: nobody has acted on this one.
  const asksAnew = joined.level < alarm.level && isOpen(alarm)
  return {
    ...(asksAnew ? { ...unasked(alarm), askedAtMs: nowMs } : alarm),
    joined,
    organisations: [...new Set([...(alarm.organisations ?? []), ...organisations])],
    level: Math.min(alarm.level, joined.level),
    revision: alarm.revision + 1,
    history: [...alarm.history, ...news],
  }
}

function unasked(alarm: Alarm): Alarm {
  const { acknowledgedBy: _who, acknowledgedAtMs: _when, escalatedAtMs: _escalated, ...rest } = offShelf(alarm)
  return { ...rest, state: 'raised' }
}

/**
 * A deed was kept while the situation went on: `before` is what the person saw, `after` what the deed made of it, `current` what is known now. Both stand.
 * What came graver meanwhile the person did not see: it asks anew, even where they closed the milder one.
 */
export function rebased(after: Alarm, before: Alarm, current: Alarm, nowMs: number): Alarm {
  if (current === before) return after
  const isGraver = current.joined.level < before.level
  const { outcome: _outcome, closedAtMs: _closedAt, ...open } = after
  const base: Alarm = isGraver && !isOpen(after) ? { ...open, state: 'acknowledged' } : after
  return developed(base, current.joined, nowMs, current.organisations) ?? after
}

export function done(alarm: Alarm, deed: AlarmDeed, who: string, nowMs: number): Alarm | Refused {
  if (!isOpen(alarm)) return { code: 'alarm-closed', ko: '이미 종결된 경보입니다', en: 'the alarm is closed already' }
  const line = (note?: string): Pick<Alarm, 'revision' | 'history'> => ({
    revision: alarm.revision + 1,
    history: [...alarm.history, { atMs: nowMs, who, deed: DONE[deed.deed], ...(note ? { note } : {}) }],
  })
  const acknowledged = alarm.acknowledgedBy === undefined ? { acknowledgedBy: who, acknowledgedAtMs: nowMs } : {}
  const there = offShelf(alarm)
  switch (deed.deed) {
    case 'acknowledge':
      if (alarm.state === 'acknowledged' || alarm.state === 'assigned') return alarm
      return { ...there, ...acknowledged, ...line(), state: 'acknowledged' }
    case 'assign':
      if (deed.to.trim() === '') return { code: 'assign-to-whom', ko: '담당자를 적으십시오', en: 'say to whom' }
      return {
        ...there,
        ...acknowledged,
        ...line(deed.note ? `${deed.to}: ${deed.note}` : deed.to),
        state: 'assigned',
        assignedTo: deed.to.trim(),
      }
    case 'shelve': {
      if (deed.reason.trim() === '') return { code: 'reason-missing', ko: '보류 사유를 적으십시오', en: 'give a reason for shelving' }
      if (!(deed.untilMs > nowMs) || deed.untilMs - nowMs > MAX_SHELVED_MS)
        return { code: 'shelved-until', ko: '보류 종료는 지금부터 24시간 이내여야 합니다', en: 'shelving ends within 24 hours from now' }
      return {
        ...alarm,
        ...acknowledged,
        ...line(deed.reason),
        state: 'shelved',
        shelvedReason: deed.reason.trim(),
        shelvedUntilMs: deed.untilMs,
      }
    }
    case 'unshelve':
      return alarm.state === 'shelved' ? { ...back(alarm), ...line() } : alarm
    case 'resolve':
      return {
        ...there,
        ...acknowledged,
        ...line(deed.note ? `${deed.outcome}: ${deed.note}` : deed.outcome),
        state: deed.outcome === 'false' || deed.outcome.startsWith('false') ? 'false' : 'resolved',
        outcome: deed.outcome,
        closedAtMs: nowMs,
      }
    case 'note':
      if (deed.text.trim() === '') return { code: 'note-empty', ko: '메모가 비어 있습니다', en: 'the note is empty' }
      return { ...alarm, ...line(deed.text.trim()) }
    case 'seen':
      if (alarm.joined.endedAtMs === undefined)
        return {
          code: 'not-over',
          ko: '아직 끝나지 않은 상황입니다; 확인 후 조치하십시오',
          en: 'the situation is not over; acknowledge it',
        }
      return { ...there, ...acknowledged, ...line(), state: 'closed', outcome: 'ended', closedAtMs: nowMs }
  }
}

/** From the shelf: to where it was. */
export const back = (alarm: Alarm): Alarm => ({
  ...offShelf(alarm),
  state: alarm.assignedTo ? 'assigned' : alarm.acknowledgedBy ? 'acknowledged' : 'raised',
})

function offShelf(alarm: Alarm): Alarm {
  const { shelvedUntilMs: _until, shelvedReason: _reason, ...rest } = alarm
  return rest
}

/** Nobody acts: the level rises by one, once. */
export const escalated = (alarm: Alarm, nowMs: number): Alarm => ({
  ...alarm,
  level: Math.max(Math.min(1, alarm.level), alarm.level - 1),
  escalatedAtMs: nowMs,
  revision: alarm.revision + 1,
  history: [...alarm.history, { atMs: nowMs, who: 'mangru', deed: 'escalated' }],
})
