// When did the ship send it? The source's own time (TAG c:, log prefix, $PGHP) where there is one, else the time of receipt, set to the report's UTC second.
// A source whose clock runs ahead of ours cannot have heard what is not sent yet: its time is not believed and the receipt is taken. One that is behind is
// believed (the report may be late) and put right where others stamped the same (source-clock.ts).

const MINUTE_MS = 60_000
/** A report is set to its own second only when that moves it by no more than this. */
export const MAX_SECOND_SHIFT_MS = 30_000

/**
 * Event time, epoch ms. `sourceTimeMs` NaN = not told; `second` 0–59 is the report's own UTC second, 60 and more mean 'not told' (ITU-R M.1371-5, time stamp).
 */
export function eventTimeMs(sourceTimeMs: number, receivedAtMs: number, second: number): number {
  const base = Number.isNaN(sourceTimeMs) ? receivedAtMs : Math.min(sourceTimeMs, receivedAtMs)
  if (!(second >= 0 && second < 60)) return base
  const minute = Math.floor(base / MINUTE_MS) * MINUTE_MS
  const inThisMinute = minute + second * 1000
  // The source's whole seconds lie up to a second before the truth; a base of 12:00:00 and a second of 59 is 11:59:59.
  const shift = inThisMinute - base
  if (shift > MAX_SECOND_SHIFT_MS) return inThisMinute - MINUTE_MS
  if (shift < -MAX_SECOND_SHIFT_MS) return inThisMinute + MINUTE_MS
  return inThisMinute
}
