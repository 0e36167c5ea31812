// How long the loop stood still: what an alarm waits that comes at the worst moment. Told in /metrics as the longest of the last one to two minutes, however
// often it is asked.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Clock } from '#base/index.ts'

const RESOLUTION_MS = 5
const WINDOW_MS = 60_000

export interface LoopWatch {
  /** Longest standstill of the last one to two minutes, ms. */
  longestMs(): number
  stop(): void
}

export function watchLoop(clock: Clock): LoopWatch {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  histogram.enable()
  let before = 0
  // The sampling itself waits for its resolution: only what is longer is a standstill.
  const longest = (): number => (histogram.count === 0 ? 0 : Math.max(0, histogram.max / 1e6 - RESOLUTION_MS))
  const stop = clock.every(WINDOW_MS, () => {
    before = longest()
    histogram.reset()
  })
  return {
    longestMs: () => Math.max(before, longest()),
    stop() {
      stop()
      histogram.disable()
    },
  }
}
