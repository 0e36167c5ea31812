// Damaged frames: nothing throws, nothing hangs. The check `seal-fuzz` does the same with a million and watches the memory.
import { expect, test } from 'vitest'
import { seeded } from '#testkit/sea-scene.ts'
import { sealFuzzer } from '#testkit/seal-fuzz.ts'
import { sharedData } from '#testkit/shared-data.ts'
import { SEAL_PROTOCOLS } from './index.ts'

const FRAMES = 500

test.each(SEAL_PROTOCOLS)(`${FRAMES} damaged $name frames are read or refused`, protocol => {
  const fuzzer = sealFuzzer(protocol, sharedData('eseal'), seeded(808))
  for (let n = 0; n < FRAMES; n++) fuzzer.step()
  const { tried, read, refused } = fuzzer.counts
  expect(read + refused).toBe(tried)
  expect(read).toBeGreaterThan(FRAMES / 8)
})
