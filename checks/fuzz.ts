// What every fuzzing check looks at: no piece of work throws, none hangs, and memory does not grow.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Lines or frames of a piece. */
export const PER_PIECE = 500
/** Longest that a piece may take: a thousand times what it takes. */
const HANG_MS = 2000
const MAX_GROWTH_MB = 5
const MB = 1e6

export interface Fuzzed {
  readonly isCalm: boolean
  readonly longestMs: number
  /** From a tenth of the way to the end, everything unused thrown away. */
  readonly grownMb: number
}

/** `prepare` makes a piece of work; only doing it is timed. Throws what a piece throws. */
export function fuzz(pieces: number, prepare: (piece: number) => () => void): Fuzzed {
  const collectedHeap = heapAfterCollection()
  let [longestMs, before] = [0, 0]
  for (let piece = 0; piece < pieces; piece++) {
    const work = prepare(piece)
    const from = performance.now()
    work()
    longestMs = Math.max(longestMs, performance.now() - from)
    if (piece === Math.floor(pieces / 10)) before = collectedHeap()
  }
  const grownMb = (collectedHeap() - before) / MB
  return { isCalm: longestMs < HANG_MS && grownMb < MAX_GROWTH_MB, longestMs, grownMb }
}

/** Bytes in use after everything unused is thrown away. */
function heapAfterCollection(): () => number {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  return () => {
    collect()
    return process.memoryUsage().heapUsed
  }
}
