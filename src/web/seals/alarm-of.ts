import type { AlarmView } from '../alerts/model.ts'

/** The alarm of a journey that asks for somebody most: open before closed, unacknowledged before acknowledged, then the newest. */
export function alarmOf(alarms: Iterable<AlarmView>, journey: string): AlarmView | undefined {
  const rank = (one: AlarmView): number => (one.state === 'closed' ? 2 : one.isAcknowledged ? 1 : 0)
  return [...alarms]
    .filter(one => one.subjects.some(subject => subject.kind === 'journey' && subject.id === journey))
    .sort((a, b) => rank(a) - rank(b) || b.raisedAtMs - a.raisedAtMs)[0]
}
