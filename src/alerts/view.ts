// An alarm as the API gives it: times ISO 8601, absent values left out.
import type { Where } from '#places/index.ts'
import { type Finding, LEVELS } from '#rules/index.ts'
import type { Alarm } from './alarm.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

type LabelOf = (kind: string, id: string) => string | undefined
const labelled = (finding: Pick<Finding, 'subjects'>, labelOf: LabelOf) =>
  finding.subjects.map(subject => ({ ...subject, label: labelOf(subject.kind, subject.id) ?? subject.id }))

const reasonView = (finding: Finding, labelOf: LabelOf) => ({
  detector: finding.detector,
  subjects: labelled(finding, labelOf),
  level: LEVELS[finding.severity],
  from: iso(finding.from),
  why: finding.why,
  numbers: finding.numbers,
  evidence: finding.evidence,
  ...(finding.to === undefined ? {} : { to: iso(finding.to) }),
  ...(finding.withdrawnAt === undefined ? {} : { withdrawnAt: iso(finding.withdrawnAt), withdrawnBecause: finding.withdrawnBecause }),
})

/** `labelOf` names a ship, station, feed or area; `where` says in words where a position is, when anything is near; `nameOf` a person's name. */
export function alarmView(
  alarm: Alarm,
  labelOf: LabelOf,
  where: (lat: number, lon: number) => Where | undefined = () => undefined,
  nameOf: (person: string) => string | undefined = () => undefined,
) {
  const { joined } = alarm
  const leading = joined.reasons.find(reason => reason.detector === joined.detector)
  return {
    id: alarm.id,
    organisations: alarm.organisations ?? [],
    level: alarm.level,
    state: alarm.state,
    detector: joined.detector,
    ships: joined.ships,
    subjects: labelled(joined, labelOf),
    raisedAt: iso(joined.raisedAtMs),
    from: iso(joined.fromMs),
    lastAt: iso(joined.lastAtMs),
    live: joined.live,
    count: joined.reasons.length,
    why: leading?.why ?? { ko: joined.detector, en: joined.detector },
    reasons: joined.reasons.map(reason => reasonView(reason, labelOf)),
    history: alarm.history.map(({ atMs, ...line }) => ({ at: iso(atMs), ...line, ...named('name', nameOf(line.who)) })),
    revision: alarm.revision,
    ...(joined.place ? { place: joined.place, ...where(joined.place.lat, joined.place.lon) } : {}),
    ...(joined.endedAtMs === undefined ? {} : { endedAt: iso(joined.endedAtMs) }),
    ...(joined.withdrawn ? { withdrawn: true } : {}),
    ...(alarm.acknowledgedBy === undefined
      ? {}
      : {
          acknowledgedBy: alarm.acknowledgedBy,
          acknowledgedAt: iso(alarm.acknowledgedAtMs ?? 0),
          ...named('acknowledgedByName', nameOf(alarm.acknowledgedBy)),
        }),
    ...(alarm.assignedTo === undefined ? {} : { assignedTo: alarm.assignedTo }),
    ...(alarm.shelvedUntilMs === undefined ? {} : { shelvedUntil: iso(alarm.shelvedUntilMs), shelvedReason: alarm.shelvedReason }),
    ...(alarm.escalatedAtMs === undefined ? {} : { escalatedAt: iso(alarm.escalatedAtMs) }),
    ...(alarm.outcome === undefined ? {} : { outcome: alarm.outcome }),
    ...(alarm.closedAtMs === undefined ? {} : { closedAt: iso(alarm.closedAtMs) }),
  }
}

/** The name of a person where there is one: the id stays beside it. */
const named = (field: string, name: string | undefined): Readonly<Record<string, string>> => (name === undefined ? {} : { [field]: name })
