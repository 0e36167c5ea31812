// Findings of one situation become one alarm: those on one ship within 30 minutes and 5 nautical miles, and ships' silences with the sick station or feed that
// caused them. A graver reason lifts the alarm. Low findings are no alarm. Deterministic; whoever keeps alarms does what it is told here.
import { createHash } from 'node:crypto'
import { distanceM, METRES_PER_NAUTICAL_MILE } from '#base/index.ts'
import type { Finding, FindingEvent, Severity, Subject } from './finding.ts'

const JOIN_MS = 30 * 60_000
const JOIN_M = 5 * METRES_PER_NAUTICAL_MILE
/** A quiet alarm is remembered this long for more reasons. */
const FORGET_MS = 24 * 3_600_000
export const LEVELS: Readonly<Record<Severity, number>> = { emergency: 0, critical: 1, high: 2, medium: 3, low: 4 }

export interface JoinedAlarm {
  /** Deterministic: made of its first finding's id. */
  readonly id: string
  /** 0 emergency … 3 medium. */
  readonly level: number
  /** Of the leading reason: the gravest, the earliest among equals. */
  readonly detector: string
  readonly subjects: readonly Subject[]
  /** MMSIs. */
  readonly ships: readonly number[]
  readonly place?: { readonly lat: number; readonly lon: number }
  /** When the situation began (event time), and when the alarm could first be raised (receipt). */
  readonly fromMs: number
  readonly raisedAtMs: number
  readonly lastAtMs: number
  /** All reasons are over. */
  readonly endedAtMs?: number
  /** All reasons were withdrawn. */
  readonly withdrawn: boolean
  readonly live: boolean
  readonly reasons: readonly Finding[]
}

export interface Joining {
  /** What the finding did: opened an alarm, changed one, or only goes to the log (low). */
  take(event: FindingEvent): { readonly change: 'opened' | 'changed' | 'logged'; readonly alarm?: JoinedAlarm }
  /**
   * The alarm was closed by a person. Later findings make a new one; what its own findings still do is only logged, unless one that was over when the alarm was
   * closed begins again: that is news, and a new alarm.
   */
  close(id: string): void
  save(): unknown
  restore(state: unknown): void
}

export function createJoining(): Joining {
  const alarms = new Map<string, JoinedAlarm>()
  const byFinding = new Map<string, string>()
  /** Findings of closed alarms: over when the person closed it? how often it came back since. */
  const closed = new Map<string, { readonly wasOver: boolean; readonly atMs: number; readonly times: number }>()

  const partnerOf = (finding: Finding): JoinedAlarm | undefined => {
    let best: JoinedAlarm | undefined
    for (const alarm of alarms.values()) {
      if (!sharesSubject(alarm, finding)) continue
      const sinceMs = finding.raisedAt - alarm.lastAtMs
      if (alarm.endedAtMs !== undefined && sinceMs > JOIN_MS) continue
      if (alarm.endedAtMs === undefined && sinceMs > JOIN_MS && finding.from - alarm.fromMs > JOIN_MS) continue
      if (isFar(alarm, finding)) continue
      if (!best || alarm.lastAtMs > best.lastAtMs) best = alarm
    }
    return best
  }

  const keep = (alarm: JoinedAlarm): JoinedAlarm => {
    alarms.set(alarm.id, alarm)
    for (const reason of alarm.reasons) byFinding.set(reason.id, alarm.id)
    return alarm
  }
  const drop = (id: string): void => {
    for (const reason of alarms.get(id)?.reasons ?? []) byFinding.delete(reason.id)
    alarms.delete(id)
  }

  return {
    take({ finding }) {
      if (alarms.size > 1000)
        for (const alarm of [...alarms.values()])
          if (alarm.endedAtMs !== undefined && finding.raisedAt - alarm.lastAtMs > FORGET_MS) drop(alarm.id)
      if (closed.size > 1000) for (const [id, one] of [...closed]) if (finding.raisedAt - one.atMs > FORGET_MS) closed.delete(id)
      const own = alarms.get(byFinding.get(finding.id) ?? '')
      if (own)
        return {
          change: 'changed',
          alarm: keep(
            alarmOf(
              own.id,
              own.reasons.map(reason => (reason.id === finding.id ? finding : reason)),
            ),
          ),
        }
      if (finding.severity === 'low') return { change: 'logged' }
      const before = closed.get(finding.id)
      if (before && !(before.wasOver && finding.to === undefined && finding.withdrawnAt === undefined)) return { change: 'logged' }
      const partner = partnerOf(finding)
      if (partner) return { change: 'changed', alarm: keep(alarmOf(partner.id, [...partner.reasons, finding])) }
      return { change: 'opened', alarm: keep(alarmOf(alarmId(before ? `${finding.id}|${before.times + 1}` : finding.id), [finding])) }
    },
    close(id) {
      const alarm = alarms.get(id)
      for (const { id: reason, to, withdrawnAt } of alarm?.reasons ?? [])
        closed.set(reason, {
          wasOver: to !== undefined || withdrawnAt !== undefined,
          atMs: alarm?.lastAtMs ?? 0,
          times: (closed.get(reason)?.times ?? 0) + 1,
        })
      drop(id)
    },
    save: () => ({ alarms: [...alarms.values()], closed }),
    restore(state) {
      const saved = state as { alarms: JoinedAlarm[]; closed: typeof closed }
      for (const alarm of saved.alarms) keep(alarm)
      for (const [id, one] of saved.closed) closed.set(id, one)
    },
  }
}

/** Short, and the same in every replay. */
const alarmId = (findingId: string): string => `A${createHash('sha256').update(findingId).digest('hex').slice(0, 12)}`

function alarmOf(id: string, reasons: readonly Finding[]): JoinedAlarm {
  const standing = reasons.filter(reason => reason.withdrawnAt === undefined)
  const counted = standing.length > 0 ? standing : reasons
  const [leading] = [...counted].sort((a, b) => LEVELS[a.severity] - LEVELS[b.severity] || a.raisedAt - b.raisedAt)
  if (!leading) throw new Error('an alarm without a reason')
  const subjects = [
    ...new Map(counted.flatMap(reason => reason.subjects).map(subject => [`${subject.kind}:${subject.id}`, subject])).values(),
  ]
  const isOver = standing.every(reason => reason.to !== undefined)
  const ends = reasons.map(reason => reason.to ?? reason.withdrawnAt ?? reason.raisedAt)
  const place = leading.place ?? counted.find(reason => reason.place)?.place
  return {
    id,
    level: LEVELS[leading.severity],
    detector: leading.detector,
    subjects,
    ships: subjects.filter(subject => subject.kind === 'ship').map(subject => Number(subject.id)),
    fromMs: Math.min(...reasons.map(reason => reason.from)),
    raisedAtMs: Math.min(...reasons.map(reason => reason.raisedAt)),
    lastAtMs: Math.max(...reasons.map(reason => Math.max(reason.raisedAt, reason.to ?? 0))),
    withdrawn: standing.length === 0,
    live: counted.some(reason => reason.live),
    reasons,
    ...(place ? { place } : {}),
    ...(isOver ? { endedAtMs: Math.max(...ends) } : {}),
  }
}

function sharesSubject(alarm: JoinedAlarm, finding: Finding): boolean {
  return finding.subjects.some(subject =>
    alarm.subjects.some(other => other.kind === subject.kind && other.id === subject.id && subject.kind !== 'area'),
  )
}

function isFar(alarm: JoinedAlarm, finding: Finding): boolean {
  const { place } = finding
  if (!place) return false
  const places = alarm.reasons.flatMap(reason => reason.place ?? [])
  return places.length > 0 && places.every(other => distanceM(other.lat, other.lon, place.lat, place.lon) > JOIN_M)
}
