// Transports under seal and what was wrong with them. A transport counts from when it left under seal, a violation as the alarm of its kind; one that was taken back counts no more.
// Where a journey stands is looked at once a minute: what a seal says every ten seconds changes no figure.
import { ALARM_CHANGED, type Alarm, DETECTOR_WORDS } from '#alerts/index.ts'
import { firstJourneyMs, type JourneyReading, journeysBetween } from '#seals/index.ts'
import { VIOLATIONS } from '#seals/schema.ts'
import { DAY_MS } from '../day.ts'
import type { Change } from '../schema.ts'
import { DEMO_ORIGIN, type Rooms, type Source } from './source.ts'

const STEP_MS = 30 * DAY_MS
const LOOK_MS = 60_000
const MINUTE_MS = 60_000
const NAMES: ReadonlySet<string> = new Set(VIOLATIONS)

export const seals: Source = {
  id: 'seals',
  ko: '전자봉인',
  en: 'e-Seals',
  deed: 'journeys.look',
  isLinked: true,
  kinds: {
    transport: { ko: '봉인 운송', en: 'Transport under seal' },
    ...Object.fromEntries(VIOLATIONS.map(name => [name, DETECTOR_WORDS[name] ?? { ko: name, en: name }])),
  },
  subs: {
    'under-way': { ko: '운송 중', en: 'Under way' },
    'on-time': { ko: '제때 도착', en: 'Arrived in time' },
    late: { ko: '늦게 도착', en: 'Arrived late' },
    cancelled: { ko: '취소', en: 'Cancelled' },
    real: { ko: '실제', en: 'Real' },
    false: { ko: '오경보', en: 'False' },
    undecided: { ko: '미정', en: 'Undecided' },
  },
  numbers: [
    { id: 'tripMin', ko: '출발 → 도착', en: 'Left → arrived', unit: 'min' },
    { id: 'level', ko: '등급(0 비상 – 3 주의)', en: 'Level (0 emergency – 3 caution)', unit: 'plain' },
  ],
  earliestMs: rooms => firstJourneyMs(rooms.store),
  *catchUp(rooms, sinceMs) {
    const nowMs = rooms.clock.now()
    yield journeysBetween(rooms.store, sinceMs, nowMs + DAY_MS).map(one => transport(one, rooms))
    if (sinceMs > 0) {
      yield violations([...rooms.alerts.open(), ...rooms.alerts.closedSince(sinceMs)], rooms)
      return
    }
    for (let fromMs = firstJourneyMs(rooms.store) ?? nowMs; fromMs <= nowMs; fromMs += STEP_MS)
      yield violations(rooms.alerts.between(fromMs, fromMs + STEP_MS - 1), rooms)
  },
  listen(rooms, take) {
    const told = new Map<string, string>()
    let lookedMs = rooms.clock.now()
    const look = (): void => {
      const sinceMs = lookedMs - LOOK_MS
      lookedMs = rooms.clock.now()
      for (const one of journeysBetween(rooms.store, sinceMs, lookedMs + DAY_MS)) {
        const change = transport(one, rooms)
        const words = JSON.stringify(change)
        if (told.get(one.plan.id) === words) continue
        if (one.overAtMs === undefined) told.set(one.plan.id, words)
        else told.delete(one.plan.id)
        take(change)
      }
    }
    const stops = [
      rooms.clock.every(LOOK_MS, look),
      rooms.bus.on(ALARM_CHANGED, alarm => {
        for (const change of violations([alarm], rooms)) take(change)
      }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  },
}

export function transport({ plan, standing }: JourneyReading, rooms: Pick<Rooms, 'ownerOf'>): Change {
  const origin = `${plan.isDemo ? DEMO_ORIGIN : ''}journey:${plan.id}`
  const { departedAtMs, arrivedAtMs } = standing
  if (departedAtMs === undefined) return { origin, facts: [] }
  return {
    origin,
    facts: [
      {
        atMs: departedAtMs,
        organisation: rooms.ownerOf(plan.organisations),
        kind: 'transport',
        sub:
          standing.state === 'cancelled'
            ? 'cancelled'
            : arrivedAtMs === undefined
              ? 'under-way'
              : arrivedAtMs <= plan.arriveUntilMs
                ? 'on-time'
                : 'late',
        numbers: arrivedAtMs === undefined ? {} : { tripMin: Math.round((arrivedAtMs - departedAtMs) / MINUTE_MS) },
        link: { kind: 'journey', id: plan.id, label: plan.container },
      },
    ],
  }
}

const violations = (alarms: readonly Alarm[], rooms: Pick<Rooms, 'ownerOf' | 'isDemo'>): readonly Change[] =>
  alarms.filter(alarm => NAMES.has(alarm.joined.detector)).map(alarm => violation(alarm, rooms))

export function violation(alarm: Alarm, rooms: Pick<Rooms, 'ownerOf'>): Change {
  const { id, joined, state } = alarm
  const journey = joined.subjects.find(one => one.kind === 'journey')?.id
  const origin = `${journey?.startsWith('DEMO-') ? DEMO_ORIGIN : ''}seal-alarm:${id}`
  if (joined.withdrawn) return { origin, facts: [] }
  return {
    origin,
    facts: [
      {
        atMs: alarm.openedAtMs,
        organisation: rooms.ownerOf(alarm.organisations ?? []),
        kind: joined.detector,
        sub: state === 'false' ? 'false' : state === 'resolved' ? 'real' : 'undecided',
        numbers: { level: joined.level },
        link: { kind: 'alarm', id, label: joined.subjects.find(one => one.kind === 'container')?.id ?? journey ?? id },
      },
    ],
  }
}
