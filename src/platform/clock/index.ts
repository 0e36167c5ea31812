// The machine's clock, the only place that reads it. Rooms take a Clock (base/clock.ts); tests take a fake one (testkit/fake-clock.ts).
import { type Clock, epochMs } from '#base/index.ts'

export const machineClock: Clock = {
  now: () => epochMs(Date.now()),
  every(everyMs, task) {
    const timer = setInterval(task, everyMs)
    return () => clearInterval(timer)
  },
  after(afterMs, task) {
    const timer = setTimeout(task, afterMs)
    return () => clearTimeout(timer)
  },
}
