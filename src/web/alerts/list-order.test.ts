import { describe, expect, test } from 'vitest'
import { byUrgency, groupFlood, loadOf, settle, stepFrom } from './list-order.ts'
import type { AlarmView } from './model.ts'

const alarm = (id: string, over: Partial<AlarmView> = {}): AlarmView => ({
  id,
  level: 2,
  state: 'new',
  isAcknowledged: false,
  isEnded: false,
  isLive: true,
  detector: 'loitering',
  ships: [],
  subjects: [],
  raisedAtMs: 0,
  lastAtMs: 0,
  count: 1,
  why: { ko: '까닭', en: 'why' },
  reasons: [],
  history: [],
  revision: 1,
  ...over,
})

describe('the alarm list', () => {
  test('stands by level, unacknowledged first, then newest', () => {
    const list = [
      alarm('old', { raisedAtMs: 1 }),
      alarm('new', { raisedAtMs: 2 }),
      alarm('taken', { raisedAtMs: 3, isAcknowledged: true }),
      alarm('critical', { level: 1, raisedAtMs: 0, isAcknowledged: true }),
    ]
    expect(list.sort(byUrgency).map(({ id }) => id)).toEqual(['critical', 'new', 'old', 'taken'])
  })

  test('never moves under the hand: new alarms wait in the bar, old ones keep their places', () => {
    const all = () => true
    expect(settle(['a', 'b'], ['c', 'b', 'a'], true, all)).toEqual({ shown: ['a', 'b'], waiting: ['c'] })
    expect(settle(['a', 'b'], ['c', 'b'], true, all)).toEqual({ shown: ['a', 'b'], waiting: ['c'] })
    expect(settle(['a', 'b'], ['c', 'b', 'a'], false, all)).toEqual({ shown: ['c', 'b', 'a'], waiting: [] })
  })

  test('drops under the hand only what the server no longer knows', () => {
    expect(settle(['a', 'b'], ['b'], true, id => id !== 'a')).toEqual({ shown: ['b'], waiting: [] })
  })

  test('J and K stop at the ends', () => {
    expect(stepFrom(['a', 'b'], undefined, 1)).toBe('a')
    expect(stepFrom(['a', 'b'], 'b', 1)).toBe('b')
    expect(stepFrom(['a', 'b'], 'b', -1)).toBe('a')
    expect(stepFrom([], undefined, 1)).toBeUndefined()
  })

  test('more than ten alarms in ten minutes are a flood', () => {
    const now = 3_600_000
    expect(
      loadOf(
        Array.from({ length: 11 }, (_, i) => now - i * 1000),
        now,
      ),
    ).toMatchObject({ lastTen: 11, word: 'flood' })
    expect(loadOf([now - 11 * 60_000], now)).toMatchObject({ lastTen: 0, word: 'normal' })
  })

  test('a flood is grouped by cause and area, cautions fold into one line', () => {
    const groups = groupFlood([
      alarm('1', { near: { ko: 'S-04', en: 'S-04' } }),
      alarm('2', { near: { ko: 'S-04', en: 'S-04' } }),
      alarm('3', { near: { ko: 'S-05', en: 'S-05' } }),
      alarm('4', { level: 3, near: { ko: 'S-04', en: 'S-04' } }),
      alarm('5', { level: 3, near: { ko: 'S-09', en: 'S-09' } }),
    ])
    expect(groups.map(group => group.ids)).toEqual([['1', '2'], ['3'], ['4', '5']])
  })
})
