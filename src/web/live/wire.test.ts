import { expect, test } from 'vitest'
import { timeline } from './wire.ts'

test('a bin of the time bar counts the alarms of each level', () => {
  const [bin] = timeline([{ from: '2026-11-24T00:00:00Z', positions: 7, alarms: [2, 2, 2, 3] }])
  expect(bin).toEqual({ fromMs: Date.parse('2026-11-24T00:00:00Z'), positions: 7, alarms: [0, 0, 3, 1, 0] })
})
