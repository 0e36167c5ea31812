// Alarms: one fact each, at the time it was raised, by the rule that leads it. The verdict comes with its closing; until then, and where it was only seen to be over, none is given.
import { ALARM_CHANGED, type Alarm, DETECTOR_WORDS } from '#alerts/index.ts'
import { DAY_MS } from '../day.ts'
import type { Change } from '../schema.ts'
import type { Rooms, Source } from './source.ts'

const STEP_MS = 30 * DAY_MS

export const alarms: Source = {
  id: 'alarms',
  ko: '경보',
  en: 'Alarms',
  deed: 'alarms.look',
  isLinked: true,
  kinds: DETECTOR_WORDS,
  subs: {
    real: { ko: '실제', en: 'Real' },
    false: { ko: '오경보', en: 'False' },
    undecided: { ko: '미정', en: 'Undecided' },
  },
  numbers: [
    { id: 'level', ko: '등급(0 비상 – 3 주의)', en: 'Level (0 emergency – 3 caution)', unit: 'plain' },
    { id: 'acknowledgeS', ko: '발령 → 확인', en: 'Raised → acknowledged', unit: 's' },
    { id: 'assignS', ko: '발령 → 배정', en: 'Raised → assigned', unit: 's' },
    { id: 'closeS', ko: '발령 → 종결', en: 'Raised → closed', unit: 's' },
  ],
  earliestMs: rooms => rooms.alerts.between(0, rooms.clock.now())[0]?.joined.raisedAtMs,
  *catchUp(rooms, sinceMs) {
    if (sinceMs > 0) {
      yield [...rooms.alerts.open(), ...rooms.alerts.closedSince(sinceMs)].map(alarm => changeOf(alarm, rooms))
      return
    }
    const nowMs = rooms.clock.now()
    for (let fromMs = this.earliestMs?.(rooms) ?? nowMs; fromMs <= nowMs; fromMs += STEP_MS)
      yield rooms.alerts.between(fromMs, fromMs + STEP_MS - 1).map(alarm => changeOf(alarm, rooms))
  },
  listen: (rooms, take) => rooms.bus.on(ALARM_CHANGED, alarm => take(changeOf(alarm, rooms))),
}

export function changeOf(alarm: Alarm, rooms: Pick<Rooms, 'ownerOf'>): Change {
  const { id, joined, history } = alarm
  const since = (atMs: number | undefined): number | undefined =>
    atMs === undefined ? undefined : Math.max(0, Math.round((atMs - alarm.openedAtMs) / 1000))
  const numbers: Record<string, number> = { level: joined.level }
  const put = (name: string, seconds: number | undefined): void => {
    if (seconds !== undefined) numbers[name] = seconds
  }
  // The first of its kind: an alarm that asked anew was acted on before.
  const first = (deed: string): number | undefined => history.find(line => line.deed === deed)?.atMs
  put('acknowledgeS', since(history.find(line => line.who !== 'mangru' && ACTS.has(line.deed))?.atMs))
  put('assignS', since(first('assigned')))
  put('closeS', since(alarm.state === 'closed' ? undefined : alarm.closedAtMs))
  return {
    origin: `alarm:${id}`,
    facts: [
      {
        atMs: alarm.openedAtMs,
        organisation: rooms.ownerOf(alarm.organisations ?? []),
        kind: joined.detector,
        sub: verdictOf(alarm),
        numbers,
        link: { kind: 'alarm', id, label: joined.subjects.map(subject => subject.id).join(' ↔ ') || id },
      },
    ],
  }
}

/** Deeds by which somebody has taken an alarm on. */
const ACTS: ReadonlySet<string> = new Set(['acknowledged', 'assigned', 'shelved', 'resolved', 'seen'])

const verdictOf = ({ state }: Alarm): string => (state === 'false' ? 'false' : state === 'resolved' ? 'real' : 'undecided')
