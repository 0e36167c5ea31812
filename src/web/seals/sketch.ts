// The line of a corridor under the officer's hand: its ends are the places of the plan and stay, what lies between is put, moved and taken away; each step can be taken back.
export type Point = readonly [number, number]

export interface Sketch {
  /** [lon, lat]; the first and the last are the places. */
  readonly line: readonly Point[]
  readonly before: readonly (readonly Point[])[]
}

const MOST_STEPS = 100
const step = (sketch: Sketch, line: readonly Point[]): Sketch => ({ line, before: [...sketch.before.slice(1 - MOST_STEPS), sketch.line] })

export const sketchOf = (line: readonly Point[]): Sketch => ({ line, before: [] })
export const isEnd = ({ line }: Sketch, n: number): boolean => n <= 0 || n >= line.length - 1

/** A new point goes into the stretch it lies nearest to: whoever draws along the road need not say where. */
export function put(sketch: Sketch, at: Point): { readonly sketch: Sketch; readonly n: number } {
  const { line } = sketch
  let n = line.length - 1
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i + 1 < line.length; i++) {
    const off = offLine(line[i]!, line[i + 1]!, at)
    // Of two stretches that are as near (behind a corner) the later one: lines are drawn forward.
    if (off <= best) [best, n] = [off, i + 1]
  }
  return { sketch: step(sketch, [...line.slice(0, n), at, ...line.slice(n)]), n }
}
/** The beginning of a drag: it is one step, however long. */
export const grab = (sketch: Sketch): Sketch => step(sketch, sketch.line)
export const drag = (sketch: Sketch, n: number, at: Point): Sketch =>
  isEnd(sketch, n) ? sketch : { ...sketch, line: sketch.line.map((point, i) => (i === n ? at : point)) }
export const take = (sketch: Sketch, n: number): Sketch =>
  isEnd(sketch, n)
    ? sketch
    : step(
        sketch,
        sketch.line.filter((_, i) => i !== n),
      )
export function back(sketch: Sketch): Sketch {
  const line = sketch.before.at(-1)
  return line ? { line, before: sketch.before.slice(0, -1) } : sketch
}
/** Other ends: what was drawn between stays. */
export const withEnds = (sketch: Sketch, from: Point, to: Point): Sketch => ({ ...sketch, line: [from, ...sketch.line.slice(1, -1), to] })

/** Degrees squared, longitudes shortened as at 36° north: only compared. */
function offLine([x1, y1]: Point, [x2, y2]: Point, [x, y]: Point): number {
  const east = 0.81
  const [dx, dy, px, py] = [(x2 - x1) * east, y2 - y1, (x - x1) * east, y - y1]
  const long = dx * dx + dy * dy
  const share = long === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / long))
  return (px - share * dx) ** 2 + (py - share * dy) ** 2
}
