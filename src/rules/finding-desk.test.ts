import { expect, test } from 'vitest'
import type { FindingEvent } from './finding.ts'
import { createFindingDesk } from './finding-desk.ts'

const T = Date.parse('2026-01-15T12:00:00Z')
const MINUTE = 60_000
const SHIPS = [
  { kind: 'ship' as const, id: '2' },
  { kind: 'ship' as const, id: '1' },
]
const why = { ko: '시험', en: 'test' }
function desk(mergeMs = 0) {
  const events: FindingEvent[] = []
  const own = createFindingDesk({ detector: 'meeting', sink: event => events.push(event), mergeMs })
  const raise = (atMs: number, extra: object = {}) =>
    own.raise({ subjects: SHIPS, fromMs: atMs, raisedAtMs: atMs + MINUTE, severity: 'medium', numbers: {}, why, ...extra })
  return { own, events, raise, changes: () => events.map(event => event.change) }
}

test('a situation is told once while it lasts, whatever the order of its subjects', () => {
  const { own, raise, changes } = desk()
  raise(T)
  raise(T + MINUTE, { subjects: [...SHIPS].reverse() })
  expect(changes()).toEqual(['raised'])
  expect(own.isOpen(SHIPS)).toBe(true)
  own.end(SHIPS, T + 5 * MINUTE)
  own.end(SHIPS, T + 6 * MINUTE)
  expect(changes()).toEqual(['raised', 'ended'])
  expect(own.isOpen(SHIPS)).toBe(false)
})

test('its id says detector, subjects and beginning, so a replay gives the same', () => {
  const [a, b] = [desk(), desk()]
  a.raise(T)
  b.raise(T)
  expect(a.events[0]?.finding.id).toBe(b.events[0]?.finding.id)
  b.own.end(SHIPS, T + MINUTE)
  b.raise(T + 2 * MINUTE)
  expect(b.events.at(-1)?.finding.id).not.toBe(a.events[0]?.finding.id)
})

test('beginning again within the merge time it is the same situation, and keeps the graver word', () => {
  const { own, events, raise, changes } = desk(10 * MINUTE)
  raise(T)
  own.end(SHIPS, T + 5 * MINUTE)
  raise(T + 12 * MINUTE, { severity: 'high' })
  expect(changes()).toEqual(['raised', 'ended', 'updated'])
  expect(events[2]?.finding.id).toBe(events[0]?.finding.id)
  expect(events[2]?.finding.to).toBeUndefined()
  expect(events[2]?.finding.severity).toBe('high')
  own.end(SHIPS, T + 15 * MINUTE)
  raise(T + 40 * MINUTE)
  expect(changes().at(-1)).toBe('raised')
})

test('it never ends before it began, and a withdrawn one is over and is not merged into', () => {
  const { own, events, raise, changes } = desk(60 * MINUTE)
  raise(T)
  own.end(SHIPS, T - MINUTE)
  expect(events.at(-1)?.finding.to).toBe(T)
  raise(T + 2 * MINUTE)
  own.withdraw(SHIPS, T + 3 * MINUTE, why)
  own.withdraw(SHIPS, T + 4 * MINUTE, why)
  expect(changes()).toEqual(['raised', 'ended', 'updated', 'withdrawn'])
  raise(T + 5 * MINUTE)
  expect(changes().at(-1)).toBe('raised')
})

test('what was judged from reports older than ten minutes makes no sound, however long the situation has lasted', () => {
  const { events, raise, own } = desk()
  raise(T, { raisedAtMs: T + 31 * MINUTE, decidedByMs: T + 30 * MINUTE })
  expect(events.at(-1)?.finding.live).toBe(true)
  own.end(SHIPS, T + 31 * MINUTE)
  raise(T + 60 * MINUTE, { raisedAtMs: T + 120 * MINUTE, decidedByMs: T + 90 * MINUTE })
  expect(events.at(-1)?.finding.live).toBe(false)
  own.end(SHIPS, T + 91 * MINUTE)
  raise(T + 200 * MINUTE, { toMs: T + 200 * MINUTE, raisedAtMs: T + 201 * MINUTE })
  expect(events.at(-1)?.finding.live).toBe(true)
})

test('what does not change is not told', () => {
  const { own, raise, changes } = desk()
  raise(T, { numbers: { distanceM: 40 } })
  own.update(SHIPS, { numbers: { distanceM: 40 } })
  own.update([{ kind: 'ship', id: '9' }], { severity: 'critical' })
  expect(changes()).toEqual(['raised'])
  own.update(SHIPS, { numbers: { distanceM: 30 } })
  expect(changes()).toEqual(['raised', 'updated'])
})

test('saved and taken back, an open situation is still open', () => {
  const { own, raise } = desk()
  raise(T)
  const again = desk()
  again.own.restore(structuredClone(own.save()))
  again.raise(T + MINUTE)
  expect(again.changes()).toEqual([])
  again.own.end(SHIPS, T + 2 * MINUTE)
  expect(again.changes()).toEqual(['ended'])
})
