// The arithmetic of the time slider: spans, speeds, where a press on the bar falls. The live edge snaps: close to now is now.

export const SPEEDS = [1, 8, 60, 600] as const
export type Speed = (typeof SPEEDS)[number]
export const SPAN_LIMITS_MS = { least: 10 * 60_000, most: 30 * 86_400_000 } as const
export const DAY_MS = 86_400_000
/** A press within this share of the bar's right end means live. */
const EDGE = 0.006

export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

/** The bar ends at now (live) or keeps its end while the past is looked at. */
export const spanEndingAt = (toMs: number, lengthMs: number): Span => ({ fromMs: toMs - lengthMs, toMs })

/** Wheel over the bar: the moment under the pointer stays under it; the end never runs beyond now. */
export function zoomSpan(span: Span, share: number, factor: number, nowMs: number): Span {
  const length = Math.min(SPAN_LIMITS_MS.most, Math.max(SPAN_LIMITS_MS.least, (span.toMs - span.fromMs) * factor))
  const anchor = span.fromMs + (span.toMs - span.fromMs) * share
  const toMs = Math.min(nowMs, anchor + length * (1 - share))
  return { fromMs: toMs - length, toMs }
}

/** The moment at a share of the bar, or undefined for live. */
export function momentAt(span: Span, share: number, nowMs: number): number | undefined {
  const at = span.fromMs + (span.toMs - span.fromMs) * Math.min(1, Math.max(0, share))
  return at >= nowMs - (span.toMs - span.fromMs) * EDGE ? undefined : Math.round(at)
}

/** Where playing stands after some real time; undefined = it has caught up with now. */
export function playedTo(atMs: number, speed: Speed, elapsedMs: number, nowMs: number): number | undefined {
  const next = atMs + elapsedMs * speed
  return next >= nowMs - 500 ? undefined : next
}

const STEPS_MS = [
  60_000,
  5 * 60_000,
  10 * 60_000,
  30 * 60_000,
  3_600_000,
  2 * 3_600_000,
  4 * 3_600_000,
  6 * 3_600_000,
  12 * 3_600_000,
  DAY_MS,
  2 * DAY_MS,
  5 * DAY_MS,
]
const KST_MS = 9 * 3_600_000

/** Round KST moments for the labels under the bar, at most `most` of them. */
export function marksOf(span: Span, most: number): readonly number[] {
  const step = STEPS_MS.find(one => (span.toMs - span.fromMs) / one <= most) ?? 10 * DAY_MS
  const first = Math.ceil((span.fromMs + KST_MS) / step) * step - KST_MS
  const marks: number[] = []
  for (let at = first; at < span.toMs; at += step) marks.push(at)
  return marks
}
