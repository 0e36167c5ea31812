// The story of a journey: custody, violations and stops in one order.
import { expect, test } from 'vitest'
import type { AlarmView } from '../alerts/model.ts'
import { alarmOf } from './alarm-of.ts'
import type { TrackPoint } from './model.ts'
import { stopsOf, storyOf } from './story.ts'

const T = Date.UTC(2026, 10, 24, 0, 0)
const MIN = 60_000
const at = (min: number, speedKmh: number, lat = 35): TrackPoint => ({ atMs: T + min * MIN, lat, lon: 128, speedKmh })

test.each<[string, readonly TrackPoint[], readonly [number, number, boolean][]]>([
  ['a lorry that never stands', [at(0, 60), at(1, 60), at(2, 60)], []],
  ['a traffic light', [at(0, 60), at(1, 0), at(3, 0), at(3.5, 60)], []],
  ['four minutes, until it drives on', [at(0, 60), at(1, 0), at(3, 0), at(5, 60)], [[1, 5, false]]],
  ['a stop that goes on', [at(0, 60), at(1, 0), at(9, 0)], [[1, 9, true]]],
  [
    'two stops with a hole between them',
    [at(0, 0), at(5, 0), at(60, 0), at(70, 0)],
    [
      [0, 5, false],
      [60, 70, true],
    ],
  ],
  [
    'a yard where it was moved half a kilometre',
    [at(0, 0), at(5, 0), at(6, 0, 35.005), at(12, 0, 35.005)],
    [
      [0, 5, false],
      [6, 12, true],
    ],
  ],
  ['reports without a place or speed', [at(0, 0), { atMs: T + MIN }, at(5, 0)], [[0, 5, true]]],
])('stops of %s', (_what, track, stops) =>
  expect(stopsOf(track).map(one => [(one.fromMs - T) / MIN, (one.toMs - T) / MIN, one.stands])).toEqual(stops),
)

const alarm = (id: string, more: Partial<AlarmView> = {}): AlarmView => ({
  id,
  level: 1,
  state: 'new',
  isAcknowledged: false,
  isEnded: false,
  isLive: true,
  detector: 'seal-opened',
  ships: [],
  subjects: [{ kind: 'journey', id: 'J1', label: 'J1' }],
  raisedAtMs: T,
  lastAtMs: T,
  count: 1,
  why: { ko: '', en: '' },
  reasons: [{ detector: 'seal-opened', level: 1, fromMs: T + 7 * MIN, why: { ko: '', en: '' }, subjects: [], numbers: {} }],
  history: [],
  revision: 0,
  place: { lat: 35.2, lon: 128.1 },
  ...more,
})

test('custody, violations of this journey and its stops stand in one order, newest first', () => {
  const line = { n: 1, atMs: T, kind: 'state', what: 'fitted', photos: 0, isEnded: false, isLate: false }
  const other = alarm('a-2', { subjects: [{ kind: 'journey', id: 'J2', label: '' }] })
  const story = storyOf('J1', [line], [at(2, 0), at(6, 0), at(6.5, 50)], [alarm('a-1'), other])
  expect(story.map(one => one.is.kind)).toEqual(['violation', 'stop', 'line'])
  expect(story[0]).toMatchObject({ lat: 35.2, is: { detector: 'seal-opened', isOpen: true, alarm: 'a-1' } })
  expect(story[1]?.is).toEqual({ kind: 'stop', minutes: 5, stands: false })
})

test('the alarm shown is the one that asks most for somebody', () => {
  const closed = alarm('closed', { state: 'closed', isAcknowledged: true, raisedAtMs: T + 9 })
  const taken = alarm('taken', { isAcknowledged: true, raisedAtMs: T + 5 })
  const fresh = alarm('fresh', { raisedAtMs: T })
  expect(alarmOf([closed, taken, fresh], 'J1')?.id).toBe('fresh')
  expect(alarmOf([closed, taken], 'J1')?.id).toBe('taken')
  expect(alarmOf([closed], 'J1')?.id).toBe('closed')
  expect(alarmOf([closed], 'J2')).toBeUndefined()
})
