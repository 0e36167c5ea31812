// Follows the rooms and writes what they do into the duty log: alarms, incidents and orders by the bus, sign-ins and evidence by the audit trail, watches by the clock. At
// start what the rooms did since the last line (a restart, a kill between their commit and ours) is told again; lines written before are not written twice.

import type { Duty, WatchTime } from '#access/duty/index.ts'
import { type AuditEntry, auditAfter, auditNumberAt } from '#access/index.ts'
import { SIGNED_IN } from '#access/sign-in/index.ts'
import { ALARM_CHANGED, type Alarm, type Alerts } from '#alerts/index.ts'
import type { Clock } from '#base/index.ts'
import { INCIDENT_CHANGED, type Incidents, ORDER_CHANGED } from '#incidents/index.ts'
import type { Bus } from '#platform/bus/index.ts'
import type { Store } from '#platform/store/index.ts'
import type { DutyLog } from './log.ts'
import { alarmLines, auditLine, FOLLOWED_DEEDS, incidentLines, type Names, overdueLine } from './machine-lines.ts'
import { HAND_OVER_CHANGED, SHIFT_BEGAN } from './schema.ts'
import { newestMachineMs } from './store.ts'

export interface FollowOptions {
  readonly clock: Clock
  readonly bus: Bus
  readonly store: Store
  readonly log: DutyLog
  readonly duty: Duty
  readonly alerts: Pick<Alerts, 'open' | 'between'>
  readonly incidents: Pick<Incidents, 'changedBetween' | 'steps'>
  readonly names: Names
}

const LOOK_MS = 5000
/** Looked back over before the last line of the product: longer than any commit waits. */
const OVERLAP_MS = 3_600_000
const MAX_BACK_MS = 7 * 86_400_000
/** Somebody who signs in this long before their watch has come for it. */
const EARLY_MS = 2 * 3_600_000

/** The returned function stops it. */
export function followRooms({ clock, bus, store, log, duty, alerts, incidents, names }: FollowOptions): () => void {
  const told = (lines: readonly Parameters<DutyLog['tell']>[0][]): void => {
    for (const line of lines) void log.tell(line)
  }
  const stops = [
    bus.on(ALARM_CHANGED, alarm => told(alarmLines(alarm, names))),
    bus.on(INCIDENT_CHANGED, ({ incident, steps }) => told(incidentLines(incident, steps, names))),
    bus.on(ORDER_CHANGED, ({ order, incident, change }) => {
      if (change === 'overdue') told([overdueLine(order, incident, names)])
    }),
    bus.on(HAND_OVER_CHANGED, ({ sheet }) => {
      if (sheet.state !== 'done' || !sheet.incoming || !sheet.outgoing) return
      const { outgoing, incoming, from, to, items } = sheet
      told([
        {
          id: `${sheet.from.roster.startsWith('demo-') ? 'demo-line:' : ''}${sheet.id}:done`,
          kind: 'hand-over',
          organisations: [sheet.organisation],
          atMs: incoming.atMs,
          ko: `인계서 서명 · ${from.crew.ko} ${outgoing.name} → ${to.crew.ko} ${incoming.name}, ${items.length}항목`,
          en: `hand-over signed: ${from.crew.en} ${outgoing.name} → ${to.crew.en} ${incoming.name}, ${items.length} items`,
          links: [{ kind: 'hand-over', id: sheet.id, label: `${from.crew.ko} → ${to.crew.ko}` }],
        },
      ])
    }),
  ]

  const began = new Map<string, string>()
  const lookAtWatches = (): void => {
    for (const organisation of duty.organisations()) {
      const watch = duty.watchAt(organisation, clock.now())
      if (!watch || began.get(organisation) === watch.id) continue
      began.set(organisation, watch.id)
      const line = watchLine(watch, duty)
      if (log.get(line.id)) continue
      told([line])
      bus.tell(SHIFT_BEGAN, { watch })
    }
  }

  const watchOf = (person: string, atMs: number) => {
    for (const organisation of duty.organisations())
      for (const watch of [duty.watchAt(organisation, atMs), duty.nextWatch(organisation, atMs)]) {
        if (!watch || watch.fromMs - atMs > EARLY_MS) continue
        const seat = duty.standing(watch).find(one => one.person === person)?.seat
        if (seat) return { id: watch.id, organisation, ko: `${watch.crew.ko} ${seat.ko}`, en: `${watch.crew.en} ${seat.en}` }
      }
    return undefined
  }
  const fromMs = Math.max((newestMachineMs(store) ?? clock.now()) - OVERLAP_MS, clock.now() - MAX_BACK_MS)
  let auditNumber = auditNumberAt(store, fromMs)
  const lookAtTrail = (): void => {
    const rows: readonly AuditEntry[] = auditAfter(store, auditNumber, FOLLOWED_DEEDS)
    for (const row of rows) told([auditLine(row, names, person => watchOf(person, row.atMs)) ?? []].flat())
    auditNumber = rows.at(-1)?.n ?? auditNumber
  }
  const look = (): void => {
    lookAtWatches()
    lookAtTrail()
  }

  const nowMs = clock.now()
  const seen = new Set<string>()
  const alarm = (one: Alarm): void => {
    if (!seen.has(one.id)) told(alarmLines(one, names).filter(line => line.atMs >= fromMs))
    seen.add(one.id)
  }
  for (const one of alerts.open()) alarm(one)
  for (const one of alerts.between(fromMs, nowMs)) alarm(one)
  for (const incident of incidents.changedBetween(fromMs, nowMs + 1))
    told(
      incidentLines(
        incident,
        incidents.steps(incident.id).filter(step => step.atMs >= fromMs),
        names,
      ),
    )
  look()
  stops.push(bus.on(SIGNED_IN, lookAtTrail))
  stops.push(clock.every(LOOK_MS, look))
  return () => {
    for (const stop of stops) stop()
  }
}

/** 2조 야간 근무 시작 · 조장 강○○ */
function watchLine(watch: WatchTime, duty: Duty) {
  const [leader] = duty.standing(watch)
  const isNamed = leader?.name !== undefined
  return {
    id: `${watch.roster.startsWith('demo-') ? 'demo-line:' : ''}watch:${watch.id}`,
    kind: 'watch' as const,
    organisations: [watch.organisation],
    atMs: watch.fromMs,
    ko: `${watch.crew.ko} ${watch.watch.ko} 근무 시작${isNamed ? ` · ${leader.seat.ko} ${leader.name}` : ''}`,
    en: `${watch.crew.en} begins the ${watch.watch.en} watch${isNamed ? `: ${leader.seat.en} ${leader.name}` : ''}`,
  }
}
