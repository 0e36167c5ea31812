import { expect, test } from 'vitest'
import { type Caller, epochMs } from '#base/index.ts'
import { createStepUp } from './step-up.ts'

const MINUTE_MS = 60_000
const caller = (session?: string): Caller => ({
  id: 'p-kim',
  name: '',
  kind: 'person',
  appointments: [],
  ...(session === undefined ? {} : { session }),
})

test('a proof counts in its own session, for as long as the deed says, and never for a key or longer than an hour', () => {
  let nowMs = 0
  const stepUp = createStepUp({ now: () => epochMs(nowMs) })
  stepUp.confirm('s-1')
  expect([caller('s-1'), caller('s-2'), caller('k-1'), caller()].map(one => stepUp.isConfirmed(one, 5 * MINUTE_MS))).toEqual([
    true,
    false,
    false,
    false,
  ])
  nowMs = 5 * MINUTE_MS
  expect([stepUp.isConfirmed(caller('s-1'), 5 * MINUTE_MS), stepUp.isConfirmed(caller('s-1'), 4 * MINUTE_MS)]).toEqual([true, false])
  nowMs = 61 * MINUTE_MS
  expect(stepUp.isConfirmed(caller('s-1'), 24 * 60 * MINUTE_MS)).toBe(false)
})
