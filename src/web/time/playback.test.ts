import { expect, test } from 'vitest'
import { DAY_MS, marksOf, momentAt, playedTo, SPAN_LIMITS_MS, spanEndingAt, zoomSpan } from './playback.ts'

const NOW = Date.parse('2026-11-23T17:31:07Z')

test('a press at the right end is live, elsewhere a moment of the past', () => {
  const span = spanEndingAt(NOW, DAY_MS)
  expect(momentAt(span, 1, NOW)).toBeUndefined()
  expect(momentAt(span, 0.999, NOW)).toBeUndefined()
  expect(momentAt(span, 0.5, NOW)).toBe(NOW - DAY_MS / 2)
  expect(momentAt(span, -3, NOW)).toBe(NOW - DAY_MS)
})

test('the wheel keeps the moment under the pointer and stays between ten minutes and thirty days', () => {
  const half = zoomSpan(spanEndingAt(NOW, DAY_MS), 0.5, 0.5, NOW)
  expect((half.fromMs + half.toMs) / 2).toBe(NOW - DAY_MS / 2)
  expect(zoomSpan(half, 0.5, 1e-9, NOW)).toMatchObject({ toMs: expect.any(Number) })
  const least = zoomSpan(half, 1, 1e-9, NOW)
  expect(least.toMs - least.fromMs).toBe(SPAN_LIMITS_MS.least)
  const most = zoomSpan(half, 0.2, 1e9, NOW)
  expect(most.toMs - most.fromMs).toBe(SPAN_LIMITS_MS.most)
  expect(most.toMs).toBeLessThanOrEqual(NOW)
})

test('playing at ×600 passes ten minutes a second and becomes live when it catches up', () => {
  expect(playedTo(NOW - DAY_MS, 600, 1000, NOW)).toBe(NOW - DAY_MS + 600_000)
  expect(playedTo(NOW - 1000, 600, 1000, NOW)).toBeUndefined()
})

test('marks stand on whole KST hours', () => {
  const marks = marksOf(spanEndingAt(NOW, DAY_MS), 7)
  expect(marks.map(at => new Date(at).toISOString().slice(11, 16))).toEqual(['19:00', '23:00', '03:00', '07:00', '11:00', '15:00'])
})
