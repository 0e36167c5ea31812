// The time of receipt, proof against leaps of the machine's clock. Small corrections (NTP slewing, leap seconds) are followed at once; a leap is followed
// slowly, a tenth of a second each second, so that an hour put wrong by hand or by a bad time server is no hour of silence to the detectors.

const FOLLOW_MS = 2000
const SLEW = 0.1

/** `wallMs` is the machine's clock, `monotonicMs` one that never leaps. */
export function createSteadyTime(wallMs: () => number, monotonicMs: () => number): () => number {
  let last = monotonicMs()
  let base = wallMs() - last
  return () => {
    const now = monotonicMs()
    const offset = wallMs() - now - base
    if (Math.abs(offset) <= FOLLOW_MS) base += offset
    else base += Math.sign(offset) * Math.min(Math.abs(offset), (now - last) * SLEW)
    last = now
    return base + now
  }
}
