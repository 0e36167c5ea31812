// An alarm as the API gives it: times ISO 8601, absent values left out.
import { type Finding, LEVELS } from '#rules/index.ts'
import type { Alarm } from './alarm.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

export const reasonView = (finding: Finding) => ({
  detector: finding.detector,
  level: LEVELS[finding.severity],
  from: iso(finding.from),
  why: finding.why,
  numbers: finding.numbers,
  evidence: finding.evidence,
  ...(finding.to === undefined ? {} : { to: iso(finding.to) }),
  ...(finding.withdrawnAt === undefined ? {} : { withdrawnAt: iso(finding.withdrawnAt), withdrawnBecause: finding.withdrawnBecause }),
})

/** `labelOf` names a ship, station, feed or area; `placeName` says where that is, when known. */
export function alarmView(alarm: Alarm, labelOf: (kind: string, id: string) => string | undefined, placeName?: string) {
  const { joined } = alarm
  const leading = joined.reasons.find(reason => reason.detector === joined.detector)
  return {
    id: alarm.id,
    level: alarm.level,
    state: alarm.state,
    detector: joined.detector,
    ships: joined.ships,
    subjects: joined.subjects.map(subject => ({ ...subject, label: labelOf(subject.kind, subject.id) ?? subject.id })),
    raisedAt: iso(joined.raisedAtMs),
    from: iso(joined.fromMs),
    lastAt: iso(joined.lastAtMs),
    live: joined.live,
    count: joined.reasons.length,
    why: leading?.why ?? { ko: joined.detector, en: joined.detector },
    reasons: joined.reasons.map(reasonView),
    history: alarm.history.map(({ atMs, ...line }) => ({ at: iso(atMs), ...line })),
    revision: alarm.revision,
    ...(joined.place ? { place: joined.place } : {}),
    ...(placeName ? { placeName } : {}),
    ...(joined.endedAtMs === undefined ? {} : { endedAt: iso(joined.endedAtMs) }),
    ...(joined.withdrawn ? { withdrawn: true } : {}),
    ...(alarm.acknowledgedBy === undefined
      ? {}
      : { acknowledgedBy: alarm.acknowledgedBy, acknowledgedAt: iso(alarm.acknowledgedAtMs ?? 0) }),
    ...(alarm.assignedTo === undefined ? {} : { assignedTo: alarm.assignedTo }),
    ...(alarm.shelvedUntilMs === undefined ? {} : { shelvedUntil: iso(alarm.shelvedUntilMs), shelvedReason: alarm.shelvedReason }),
    ...(alarm.escalatedAtMs === undefined ? {} : { escalatedAt: iso(alarm.escalatedAtMs) }),
    ...(alarm.outcome === undefined ? {} : { outcome: alarm.outcome }),
    ...(alarm.closedAtMs === undefined ? {} : { closedAt: iso(alarm.closedAtMs) }),
  }
}
