import { expect, test } from 'vitest'
import { type Clock, epochMs } from '#base/index.ts'
import { startSaving } from './saving.ts'

const MEGABYTE = 1 << 20

/** A room whose saves last as long as the test says, on a clock the test turns. */
function room({ saveMs = 0, replayedBytes = 0 } = {}) {
  let nowMs = 0
  let look = (): void => {}
  let received = 0
  const savedAt: number[] = []
  const faults: unknown[] = []
  let fails = false
  const clock: Clock = {
    now: () => epochMs(nowMs),
    every: (_ms, task) => {
      look = task
      return () => {
        look = () => {}
      }
    },
    after: () => () => {},
  }
  const stop = startSaving({
    clock,
    everyMs: 120_000,
    receivedBytes: () => received,
    replayedBytes,
    save: async () => {
      savedAt.push(nowMs / 1000)
      nowMs += saveMs
      if (fails) throw new Error('the disk is full')
    },
    onFault: error => faults.push(error),
  })
  return {
    savedAt,
    faults,
    stop,
    fail: (whether: boolean) => {
      fails = whether
    },
    /** Seconds pass, with so many bytes a second received. */
    async run(seconds: number, bytesPerSecond: number) {
      for (let n = 0; n < seconds; n++) {
        nowMs += 1000
        received += bytesPerSecond
        look()
        // The promises of a save that has ended.
        for (let k = 0; k < 8; k++) await Promise.resolve()
      }
    },
  }
}

test('a calm room is saved every two minutes', async () => {
  const { savedAt, run } = room()
  await run(600, 1000)
  expect(savedAt).toEqual([120, 240, 360, 480, 600])
})

test('a busy one is saved whenever twelve megabytes came, so that a restart never replays much more', async () => {
  const { savedAt, run } = room()
  await run(60, MEGABYTE)
  expect(savedAt).toEqual([12, 24, 36, 48, 60])
})

test('a flood does not make it save more often than every five seconds, nor a slow disk for more than a twentieth of the time', async () => {
  const fast = room()
  await fast.run(20, 100 * MEGABYTE)
  expect(fast.savedAt).toEqual([5, 10, 15, 20])
  const slow = room({ saveMs: 2000 })
  await slow.run(100, 100 * MEGABYTE)
  expect(slow.savedAt).toEqual([5, 47, 89])
})

test('a long tail that was just replayed is saved soon, so that the next start is quick', async () => {
  const { savedAt, run } = room({ replayedBytes: 40 * MEGABYTE })
  await run(10, 0)
  expect(savedAt).toEqual([5])
})

test('a save that fails is told and tried again; stopping saves once more', async () => {
  const { savedAt, faults, run, fail, stop } = room()
  fail(true)
  await run(13, MEGABYTE)
  fail(false)
  await run(6, 0)
  await stop()
  expect(savedAt).toEqual([12, 17, 19])
  expect(faults.length).toBe(1)
})
