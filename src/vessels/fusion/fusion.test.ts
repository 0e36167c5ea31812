import { expect, test } from 'vitest'
import { Duplicates } from './duplicates.ts'
import { eventTimeMs } from './event-time.ts'
import { Lateness } from './order.ts'

const at = (text: string): number => Date.parse(`2026-11-24T${text}Z`)

test.each([
  ['the source’s time, set to the report’s own second', at('12:00:30'), at('12:00:40'), 28, at('12:00:28')],
  ['a second just before the minute', at('12:00:02'), at('12:00:03'), 58, at('11:59:58')],
  ['a second just after the minute', at('11:59:58'), at('12:00:03'), 1, at('12:00:01')],
  ['no second told', at('12:00:30'), at('12:00:40'), 60, at('12:00:30')],
  ['no source time: receipt', Number.NaN, at('12:00:40'), 60, at('12:00:40')],
  ['a source clock ahead by hours is not believed', at('15:00:00'), at('12:00:40'), 60, at('12:00:40')],
  ['a source clock behind is believed: the report may be late', at('11:50:00'), at('12:00:40'), 60, at('11:50:00')],
])('event time: %s', (_name, source, received, second, expected) => {
  expect(eventTimeMs(source, received, second)).toBe(expected)
})

test('the same transmission heard twice is one report, also two minutes later; a resting ship may repeat herself', () => {
  const duplicates = new Duplicates()
  expect(duplicates.isCopy(1234, 440_000_001, 1000, true)).toBe(false)
  expect(duplicates.isCopy(1234, 440_000_001, 100_000, true)).toBe(true)
  expect(duplicates.isCopy(1234, 440_000_002, 1000, true)).toBe(false)
  expect(duplicates.isCopy(99, 440_000_003, 1000, false)).toBe(false)
  expect(duplicates.isCopy(99, 440_000_003, 181_000, false)).toBe(false)
  expect(duplicates.isCopy(99, 440_000_003, 183_000, false)).toBe(true)
})

test('a feed in order is not waited for; one out of order only as long as its lateness asks; a rare straggler changes nothing', () => {
  const lateness = new Lateness()
  for (let n = 0; n < 400; n++) lateness.note(0)
  lateness.note(100_000)
  expect(lateness.waitMs).toBe(0)
  for (let n = 0; n < 100; n++) lateness.note(n % 2 === 0 ? 0 : 3000)
  expect(lateness.waitMs).toBe(4000)
  for (let n = 0; n < 6000; n++) lateness.note(0)
  expect(lateness.waitMs).toBe(0)
})
