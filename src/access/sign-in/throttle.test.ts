import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochMs } from '#base/index.ts'
import { createThrottle, networkOf, SPAN_MS, TRIES, TRIES_OF_ADDRESS } from './throttle.ts'

const MINUTE_MS = 60_000
function hand() {
  let nowMs = 1_000_000_000
  return {
    clock: { now: () => epochMs(nowMs) },
    pass: (ms: number) => {
      nowMs += ms
    },
  }
}

test('strangers from five hundred addresses have ten tries at an account together, then are told when to come again', () => {
  const { clock, pass } = hand()
  const throttle = createThrottle(clock)
  let taken = 0
  for (let n = 0; n < 10_000; n++) {
    if (throttle.begin({ account: 'chief', address: `10.0.${(n % 500) >> 8}.${(n % 500) & 255}` }).waitMs === 0) taken++
  }
  expect(taken).toBe(TRIES)
  pass(SPAN_MS - MINUTE_MS)
  expect(throttle.begin({ account: 'chief', address: '10.9.9.9' }).waitMs).toBe(MINUTE_MS)
})

test('a device that is known has tries of its own, whatever strangers do', () => {
  const { clock } = hand()
  const throttle = createThrottle(clock)
  for (let n = 0; n < 100; n++) throttle.begin({ account: 'chief', address: '10.0.0.1' })
  const own = { account: 'chief', address: '10.0.0.1', familiar: 'device-1' }
  for (let n = 0; n < TRIES; n++) expect(throttle.begin(own).waitMs).toBe(0)
  expect(throttle.begin(own).waitMs).toBeGreaterThan(0)
  expect(throttle.begin({ account: 'other', address: '10.0.0.2' }).waitMs).toBe(0)
})

test('a right password gives its try back; a try that was refused is not counted', () => {
  const { clock, pass } = hand()
  const throttle = createThrottle(clock)
  const attempt = { account: 'chief', address: '10.0.0.1' }
  for (let n = 0; n < 50; n++) {
    expect(throttle.begin(attempt).waitMs).toBe(0)
    throttle.passed(attempt)
  }
  for (let n = 0; n < TRIES; n++) throttle.begin(attempt)
  for (let n = 0; n < 50; n++) expect(throttle.begin(attempt).waitMs).toBeGreaterThan(0)
  pass(SPAN_MS)
  expect(throttle.begin(attempt).waitMs).toBe(0)
})

test('one address has a hundred tries over all accounts', () => {
  const { clock } = hand()
  const throttle = createThrottle(clock)
  let taken = 0
  for (let n = 0; n < 1000; n++) if (throttle.begin({ account: `name ${n}`, address: '2001:db8:1:2::1' }).waitMs === 0) taken++
  expect(taken).toBe(TRIES_OF_ADDRESS)
  expect(throttle.begin({ account: 'fresh', address: '2001:db8:1:2:ffff::9' }).waitMs).toBeGreaterThan(0)
  expect(throttle.begin({ account: 'fresh', address: '2001:db8:1:3::1' }).waitMs).toBe(0)
})

test('in whatever order and pace strangers come, no fifteen minutes hold more than ten tries at an account', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ afterMs: fc.nat(4 * MINUTE_MS), from: fc.nat(20) }), { minLength: 1, maxLength: 200 }), steps => {
      const { clock, pass } = hand()
      const throttle = createThrottle(clock)
      const taken: number[] = []
      for (const { afterMs, from } of steps) {
        pass(afterMs)
        if (throttle.begin({ account: 'chief', address: `10.0.0.${from}` }).waitMs === 0) taken.push(clock.now())
      }
      for (let n = TRIES; n < taken.length; n++) expect((taken[n] ?? 0) - (taken[n - TRIES] ?? 0)).toBeGreaterThanOrEqual(SPAN_MS)
      // Nor are they fewer: somebody who waited as told gets in.
      expect(taken.length).toBeGreaterThanOrEqual(Math.min(TRIES, steps.length))
    }),
  )
})

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['::ffff:10.1.2.3', '10.1.2.3'],
  ['2001:db8:a:b:c:d:e:f', '2001:db8:a:b'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['', ''],
])('the network of %s is %s', (address, network) => expect(networkOf(address)).toBe(network))
