import { describe, expect, test } from 'vitest'
import { alarmsAt } from './as-of.ts'
import type { AlarmView } from './model.ts'

const alarm: AlarmView = {
  id: 'A1',
  level: 1,
  state: 'closed',
  isAcknowledged: true,
  isEnded: true,
  isLive: true,
  detector: 'rendezvous',
  ships: [440_000_001],
  subjects: [],
  raisedAtMs: 100,
  lastAtMs: 500,
  endedAtMs: 500,
  count: 2,
  why: { ko: '까닭', en: 'why' },
  reasons: [
    { detector: 'rendezvous', level: 2, fromMs: 40, toMs: 500, why: { ko: '가', en: 'a' }, subjects: [], numbers: {} },
    { detector: 'signal-lost', level: 2, fromMs: 300, toMs: 400, why: { ko: '나', en: 'b' }, subjects: [], numbers: {} },
  ],
  history: [
    { atMs: 100, who: 'mangru', deed: 'raised' },
    { atMs: 200, who: 'mangru', deed: 'escalated' },
    { atMs: 250, who: 'desk', deed: 'acknowledged' },
    { atMs: 350, who: 'desk', deed: 'shelved' },
    { atMs: 450, who: 'mangru', deed: 'unshelved' },
    { atMs: 600, who: 'desk', deed: 'resolved' },
  ],
  acknowledgedBy: 'desk',
  outcome: 'seizure',
  revision: 6,
}
const then = (atMs: number) => alarmsAt([alarm], atMs, 'then')[0]

describe('the past as it was known then', () => {
  test.each([
    [90, undefined],
    [110, 'new'],
    [260, 'active'],
    [360, 'shelved'],
    [460, 'active'],
    [590, 'active'],
    [610, 'closed'],
  ])('at %i the alarm is %s', (atMs, state) => expect(then(atMs)?.state).toBe(state))

  test('an alarm that was not acknowledged then is not shown as acknowledged, nor with a level it was given later', () => {
    expect(then(150)).toMatchObject({ isAcknowledged: false, level: 2, isEnded: false, count: 1 })
    expect(then(150)).not.toHaveProperty('acknowledgedBy')
    expect(then(150)).not.toHaveProperty('outcome')
    expect(then(260)).toMatchObject({ isAcknowledged: true, level: 1, acknowledgedBy: 'desk' })
  })

  test('a situation that still lasted then has no end', () => {
    expect(then(350)?.reasons).toEqual([
      { detector: 'rendezvous', level: 2, fromMs: 40, why: { ko: '가', en: 'a' }, subjects: [], numbers: {} },
      { detector: 'signal-lost', level: 2, fromMs: 300, why: { ko: '나', en: 'b' }, subjects: [], numbers: {} },
    ])
    expect(then(550)?.isEnded).toBe(true)
  })
})

test('the past as it is known now shows what lasted at that moment, with what became of it', () => {
  expect(alarmsAt([alarm], 39, 'now')).toEqual([])
  expect(alarmsAt([alarm], 50, 'now')).toEqual([alarm])
  expect(alarmsAt([alarm], 501, 'now')).toEqual([])
})
