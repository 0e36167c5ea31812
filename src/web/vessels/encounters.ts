// Whom a ship met: read from the findings about two ships, one row a meeting. Who, how close, how long, where, and whether it still lasts.
import type { AlarmReason, AlarmSubject, AlarmView, Bilingual } from '../alerts/model.ts'

export interface Encounter {
  readonly mmsi: number
  readonly label: string
  readonly detector: string
  readonly fromMs: number
  /** Absent while it lasts. */
  readonly toMs?: number
  readonly minutes: number
  readonly nearestM?: number
  readonly placeName?: Bilingual
}

export interface MeetingSource {
  readonly reasons: readonly AlarmReason[]
  readonly placeName?: Bilingual
}

const MINUTE_MS = 60_000
const MEETINGS = new Set(['rendezvous', 'small-craft-meeting'])

/** Newest first; what several alarms and findings tell of one meeting is one row. */
export function encountersOf(mmsi: number, sources: readonly MeetingSource[], nowMs: number): Encounter[] {
  const rows = new Map<string, Encounter>()
  for (const { reasons, placeName } of sources)
    for (const reason of reasons) {
      const other = MEETINGS.has(reason.detector) ? otherShip(reason.subjects, mmsi) : undefined
      if (!other) continue
      const minutes = Math.max(reason.numbers.durationMin ?? 0, Math.round(((reason.toMs ?? nowMs) - reason.fromMs) / MINUTE_MS))
      rows.set(`${reason.detector}|${other.id}|${reason.fromMs}`, {
        mmsi: Number(other.id),
        label: other.label,
        detector: reason.detector,
        fromMs: reason.fromMs,
        minutes,
        ...(reason.toMs === undefined ? {} : { toMs: reason.toMs }),
        ...(reason.numbers.distanceM === undefined ? {} : { nearestM: reason.numbers.distanceM }),
        ...(placeName ? { placeName } : {}),
      })
    }
  return [...rows.values()].sort((a, b) => b.fromMs - a.fromMs)
}

/** Undefined unless the finding is about this ship and one other. */
function otherShip(subjects: readonly AlarmSubject[], mmsi: number): AlarmSubject | undefined {
  const ships = subjects.filter(subject => subject.kind === 'ship')
  return ships.some(ship => Number(ship.id) === mmsi) ? ships.find(ship => Number(ship.id) !== mmsi) : undefined
}

export const ofAlarms = (alarms: readonly AlarmView[]): MeetingSource[] =>
  alarms.map(({ reasons, placeName }) => ({ reasons, ...(placeName ? { placeName } : {}) }))
