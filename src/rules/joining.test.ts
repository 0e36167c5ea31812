import { expect, test } from 'vitest'
import { epochMs } from '#base/index.ts'
import type { Finding, FindingEvent, Severity, Subject } from './finding.ts'
import { createJoining, type Joining } from './joining.ts'

const T = Date.parse('2026-01-15T12:00:00Z')
const MINUTE = 60_000
const ship = (mmsi: number): Subject => ({ kind: 'ship', id: String(mmsi) })

function finding(detector: string, subjects: readonly Subject[], minute: number, more: Partial<Finding> = {}): Finding {
  return {
    id: `${detector}|${subjects.map(({ id }) => id).join()}|${minute}`,
    detector,
    subjects,
    from: epochMs(T + minute * MINUTE),
    raisedAt: epochMs(T + minute * MINUTE),
    severity: 'high',
    place: { lat: 34, lon: 128 },
    live: true,
    numbers: {},
    evidence: [],
    why: { ko: detector, en: detector },
    ...more,
  }
}
const raised = (one: Finding): FindingEvent => ({ change: 'raised', finding: one })
const ended = (one: Finding, minute: number): FindingEvent => ({ change: 'ended', finding: { ...one, to: epochMs(T + minute * MINUTE) } })
const openIn = (joining: Joining, one: Finding) => joining.take(raised(one))

test('findings on one ship within half an hour and five miles are one alarm with several reasons', () => {
  const joining = createJoining()
  const first = openIn(joining, finding('position-jump', [ship(1)], 0, { severity: 'medium' }))
  const second = openIn(joining, finding('number-shared', [ship(1)], 20))
  expect(first.change).toBe('opened')
  expect(second.change).toBe('changed')
  expect(second.alarm?.id).toBe(first.alarm?.id)
  expect(second.alarm?.reasons.map(reason => reason.detector)).toEqual(['position-jump', 'number-shared'])
})

test('the gravest reason leads and lifts the level', () => {
  const joining = createJoining()
  expect(openIn(joining, finding('speed-exceeded', [ship(1)], 0, { severity: 'medium' })).alarm?.level).toBe(3)
  const { alarm } = openIn(joining, finding('distress-beacon', [ship(1)], 5, { severity: 'emergency' }))
  expect(alarm).toMatchObject({ level: 0, detector: 'distress-beacon' })
})

test.each<[string, number, number, boolean]>([
  ['29 minutes later and near', 29, 0, true],
  ['40 minutes later', 40, 0, false],
  ['4 miles away', 10, 4 / 60, true],
  ['6 miles away', 10, 6 / 60, false],
])('another finding on the ship, %s', (_name, minute, degrees, isJoined) => {
  const joining = createJoining()
  const first = finding('rendezvous', [ship(1), ship(2)], 0)
  openIn(joining, first)
  joining.take(ended(first, 0))
  const { change } = openIn(joining, finding('signal-lost', [ship(1)], minute, { place: { lat: 34 + degrees, lon: 128 } }))
  expect(change).toBe(isJoined ? 'changed' : 'opened')
})

test('a situation of two ships is joined by either of them, another ship beside them is not', () => {
  const joining = createJoining()
  openIn(joining, finding('rendezvous', [ship(1), ship(2)], 0))
  const { alarm } = openIn(joining, finding('signal-lost', [ship(2)], 10))
  expect(alarm?.ships).toEqual([1, 2])
  expect(openIn(joining, finding('signal-lost', [ship(3)], 10)).change).toBe('opened')
})

test('ships in one area are not one alarm because of the area', () => {
  const joining = createJoining()
  const area: Subject = { kind: 'area', id: 'A' }
  expect(openIn(joining, finding('area-entered', [ship(1), area], 0)).change).toBe('opened')
  expect(openIn(joining, finding('area-entered', [ship(2), area], 1)).change).toBe('opened')
})

test('stations that fell silent with their feed stand under the feed', () => {
  const joining = createJoining()
  const feed: Subject = { kind: 'feed', id: 'busan' }
  const first = openIn(joining, finding('feed-silent', [feed], 0))
  for (const id of ['N', 'S']) {
    const { place: _nowhere, ...silent } = finding('station-silent', [{ kind: 'station', id }, feed], 5)
    expect(openIn(joining, silent).alarm?.id).toBe(first.alarm?.id)
  }
})

test('low findings are logged and never an alarm; grown graver they become one', () => {
  const joining = createJoining()
  const low = finding('position-jump', [ship(1)], 0, { severity: 'low' })
  expect(openIn(joining, low)).toEqual({ change: 'logged' })
  const severity: Severity = 'medium'
  expect(joining.take({ change: 'updated', finding: { ...low, severity } }).change).toBe('opened')
})

test('the alarm is over when all its reasons are, and withdrawn only when all are withdrawn', () => {
  const joining = createJoining()
  const [a, b] = [finding('signal-lost', [ship(1)], 0), finding('position-jump', [ship(1)], 5)]
  openIn(joining, a)
  openIn(joining, b)
  expect(joining.take(ended(b, 6)).alarm?.endedAtMs).toBeUndefined()
  const withdrawn = joining.take({ change: 'withdrawn', finding: { ...a, withdrawnAt: epochMs(T + 9 * MINUTE) } }).alarm
  expect(withdrawn?.withdrawn).toBe(false)
  expect(withdrawn?.detector).toBe('position-jump')
  expect(withdrawn?.endedAtMs).toBe(T + 9 * MINUTE)
})

test('an alarm a person closed stays closed while its situation goes on; another finding makes a new one', () => {
  const joining = createJoining()
  const one = finding('rendezvous', [ship(1), ship(2)], 0)
  const { alarm } = openIn(joining, one)
  joining.close(alarm?.id ?? '')
  expect(joining.take({ change: 'updated', finding: { ...one, numbers: { durationMin: 120 } } }).change).toBe('logged')
  expect(joining.take(ended(one, 20)).change).toBe('logged')
  expect(openIn(joining, finding('signal-lost', [ship(1)], 25)).change).toBe('opened')
})

test('a situation that was over when its alarm was closed and begins again is a new alarm, with an id of its own', () => {
  const joining = createJoining()
  const one = finding('rendezvous', [ship(1), ship(2)], 0)
  openIn(joining, one)
  const over = joining.take(ended(one, 40)).alarm
  joining.close(over?.id ?? '')
  const again = joining.take({ change: 'updated', finding: one })
  expect(again.change).toBe('opened')
  expect(again.alarm?.id).not.toBe(over?.id)
})

test('saved and taken back, alarms go on and closed ones stay closed', () => {
  const joining = createJoining()
  const [a, b] = [finding('signal-lost', [ship(1)], 0), finding('loitering', [ship(2)], 0)]
  openIn(joining, a)
  joining.close(openIn(joining, b).alarm?.id ?? '')
  const again = createJoining()
  again.restore(structuredClone(joining.save()))
  expect(again.take(ended(a, 5)).change).toBe('changed')
  expect(again.take(ended(b, 5)).change).toBe('logged')
})
