import { expect, test } from 'vitest'
import { nextTimeKst } from './format.ts'

const kst = (text: string): number => Date.parse(`${text}+09:00`)

test.each([
  ['2026-11-24T08:40:00', '09:00', '2026-11-24T09:00:00'],
  ['2026-11-24T09:00:00', '09:00', '2026-11-25T09:00:00'],
  ['2026-12-31T23:59:59', '00:00', '2027-01-01T00:00:00'],
  ['2028-02-28T23:30:00', '07:00', '2028-02-29T07:00:00'],
])('at %s KST the next %s is %s', (now, clock, next) => {
  expect(nextTimeKst(clock, kst(now))).toBe(kst(next))
})
