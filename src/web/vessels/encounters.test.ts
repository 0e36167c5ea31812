import { expect, test } from 'vitest'
import type { AlarmReason } from '../alerts/model.ts'
import { encountersOf } from './encounters.ts'

const MINUTE_MS = 60_000
const ship = (mmsi: number, label: string) => ({ kind: 'ship', id: String(mmsi), label })
const meeting = (over: Partial<AlarmReason> = {}): AlarmReason => ({
  detector: 'rendezvous',
  level: 2,
  fromMs: 10 * MINUTE_MS,
  why: { ko: '까닭', en: 'why' },
  subjects: [ship(1, 'ORIENT'), ship(2, 'HAE DONG')],
  numbers: { distanceM: 182, durationMin: 30 },
  ...over,
})

test('a meeting is told from either ship, with the other, the nearest distance and the minutes until now', () => {
  const sources = [{ reasons: [meeting()] }]
  expect(encountersOf(1, sources, 57 * MINUTE_MS)).toEqual([
    { mmsi: 2, label: 'HAE DONG', detector: 'rendezvous', fromMs: 10 * MINUTE_MS, minutes: 47, nearestM: 182 },
  ])
  expect(encountersOf(2, sources, 57 * MINUTE_MS)[0]?.label).toBe('ORIENT')
})

test('one that is over lasted as long as it did', () => {
  expect(encountersOf(1, [{ reasons: [meeting({ toMs: 48 * MINUTE_MS })] }], 900 * MINUTE_MS)[0]).toMatchObject({
    minutes: 38,
    toMs: 48 * MINUTE_MS,
  })
})

test('the same meeting told twice is one row, newest first, and what is no meeting is left out', () => {
  const rows = encountersOf(
    1,
    [
      { reasons: [meeting(), meeting({ detector: 'signal-lost', subjects: [ship(1, 'ORIENT')] })] },
      { reasons: [meeting(), meeting({ fromMs: 20 * MINUTE_MS, subjects: [ship(3, 'BOAT'), ship(1, 'ORIENT')] })] },
      { reasons: [meeting({ subjects: [ship(8, 'X'), ship(9, 'Y')] })] },
    ],
    60 * MINUTE_MS,
  )
  expect(rows.map(row => row.label)).toEqual(['BOAT', 'HAE DONG'])
})
