// When a feed's health says that its clock is off.
import { expect, test } from 'vitest'
import { clockIsOff } from './model.ts'

test.each([
  ['seconds behind', { latencyMs: 20_000, network: 'coast', state: 'ok' }, false],
  ['five minutes behind', { latencyMs: 300_000, network: 'coast', state: 'ok' }, true],
  ['hours behind and silent now', { latencyMs: 7_200_000, network: 'coast', state: 'silent' }, true],
  ['from satellites, hours old', { latencyMs: 7_200_000, network: 'satellite', state: 'ok' }, false],
  ['a recording read to its end', { latencyMs: 7_200_000, network: 'coast', state: 'ended' }, false],
  ['without stamps', { network: 'coast', state: 'ok' }, false],
] as const)('a feed %s: %o says that its clock is off: %s', (_what, feed, isOff) => {
  expect(clockIsOff(feed)).toBe(isOff)
})
