// The machine's clock, the only place that reads it. Rooms take a Clock (base/clock.ts); tests take a fake one.
import { type Clock, epochMs } from '#base/index.ts'
import { createSteadyTime } from './steady.ts'

export { createSteadyTime } from './steady.ts'

const steady = createSteadyTime(
  () => Date.now(),
  () => performance.now(),
)

export const machineClock: Clock = {
  now: () => epochMs(Math.round(steady())),
  every(everyMs, task) {
    const timer = setInterval(task, everyMs)
    return () => clearInterval(timer)
  },
  after(afterMs, task) {
    const timer = setTimeout(task, afterMs)
    return () => clearTimeout(timer)
  },
}
