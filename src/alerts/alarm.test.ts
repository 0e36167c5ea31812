import { expect, test } from 'vitest'
import { epochMs } from '#base/index.ts'
import { createJoining, type Finding, type JoinedAlarm } from '#rules/index.ts'
import { type Alarm, back, developed, done, escalated, isOpen, opened } from './alarm.ts'

const NOW = Date.UTC(2026, 10, 24, 3)

function finding(change: Partial<Finding> = {}): Finding {
  return {
    id: 'signal-lost|ship:440123456|1',
    detector: 'signal-lost',
    subjects: [{ kind: 'ship', id: '440123456' }],
    from: epochMs(NOW),
    raisedAt: epochMs(NOW),
    severity: 'high',
    live: true,
    numbers: {},
    evidence: [],
    why: { ko: '두절', en: 'lost' },
    place: { lat: 35, lon: 129 },
    ...change,
  }
}
function joined(...findings: Finding[]): JoinedAlarm {
  const joining = createJoining()
  let alarm: JoinedAlarm | undefined
  for (const one of findings) alarm = joining.take({ change: 'raised', finding: one }).alarm ?? alarm
  if (!alarm) throw new Error('no alarm')
  return alarm
}
const fresh = (): Alarm => opened(joined(finding()), NOW)
const must = (outcome: ReturnType<typeof done>): Alarm => {
  if ('code' in outcome) throw new Error(outcome.en)
  return outcome
}

test('an alarm goes raised, acknowledged, assigned, resolved, and its history says who and when', () => {
  let alarm = must(done(fresh(), { deed: 'acknowledge' }, 'kim', NOW + 1))
  expect(alarm).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'kim' })
  alarm = must(done(alarm, { deed: 'assign', to: 'patrol 3', note: 'look' }, 'kim', NOW + 2))
  expect(alarm).toMatchObject({ state: 'assigned', assignedTo: 'patrol 3' })
  alarm = must(done(alarm, { deed: 'resolve', outcome: 'found', note: '' }, 'lee', NOW + 3))
  expect(alarm).toMatchObject({ state: 'resolved', outcome: 'found', closedAtMs: NOW + 3 })
  expect(alarm.history.map(line => `${line.deed} ${line.who}`)).toEqual([
    'raised mangru',
    'acknowledged kim',
    'assigned kim',
    'resolved lee',
  ])
  expect(isOpen(alarm)).toBe(false)
  expect(done(alarm, { deed: 'note', text: 'x' }, 'lee', NOW + 4)).toMatchObject({ code: 'alarm-closed' })
})

test('acknowledging twice changes nothing', () => {
  const once = must(done(fresh(), { deed: 'acknowledge' }, 'kim', NOW))
  expect(done(once, { deed: 'acknowledge' }, 'lee', NOW + 1)).toBe(once)
})

test('shelving needs a reason and an end within a day, and brings the alarm back where it was', () => {
  const alarm = must(done(fresh(), { deed: 'acknowledge' }, 'kim', NOW))
  expect(done(alarm, { deed: 'shelve', reason: ' ', untilMs: NOW + 1000 }, 'kim', NOW)).toMatchObject({ code: 'reason-missing' })
  expect(done(alarm, { deed: 'shelve', reason: 'works', untilMs: NOW - 1 }, 'kim', NOW)).toMatchObject({ code: 'shelved-until' })
  expect(done(alarm, { deed: 'shelve', reason: 'works', untilMs: Number.NaN }, 'kim', NOW)).toMatchObject({ code: 'shelved-until' })
  const shelved = must(done(alarm, { deed: 'shelve', reason: 'works', untilMs: NOW + 1000 }, 'kim', NOW))
  expect(shelved).toMatchObject({ state: 'shelved', shelvedReason: 'works' })
  expect(back(shelved)).toMatchObject({ state: 'acknowledged' })
  expect(back(shelved)).not.toHaveProperty('shelvedReason')
})

test('an ended alarm that nobody has seen stays until it is seen; one that lasts cannot be merely seen', () => {
  expect(done(fresh(), { deed: 'seen' }, 'kim', NOW)).toMatchObject({ code: 'not-over' })
  const ended = developed(fresh(), joined(finding({ to: epochMs(NOW + 60_000) })), NOW + 60_000)
  expect(ended && isOpen(ended)).toBe(true)
  expect(ended && must(done(ended, { deed: 'seen' }, 'kim', NOW + 70_000))).toMatchObject({
    state: 'closed',
    outcome: 'ended',
    acknowledgedBy: 'kim',
  })
})

test('a graver reason asks anew, also where the milder one was acknowledged', () => {
  const acknowledged = must(done(fresh(), { deed: 'acknowledge' }, 'kim', NOW))
  const graver = developed(
    acknowledged,
    joined(finding(), finding({ id: 'small-craft|1', detector: 'small-craft-meeting', severity: 'critical' })),
    NOW + 1,
  )
  expect(graver).toMatchObject({ state: 'raised', level: 1 })
  expect(graver?.joined.reasons).toHaveLength(2)
})

test('nothing an officer sees has changed: nothing is told', () => {
  expect(developed(fresh(), joined(finding()), NOW + 1)).toBeUndefined()
})

test('nobody acts: the level rises by one, never above critical', () => {
  expect(escalated(fresh(), NOW)).toMatchObject({ level: 1, escalatedAtMs: NOW })
  expect(escalated(escalated(fresh(), NOW), NOW).level).toBe(1)
})
