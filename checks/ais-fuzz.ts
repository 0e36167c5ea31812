// A million damaged sentences through all three faces of the AIS codec.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { damagedLines } from '../src/testkit/ais-mutations.ts'
import { createAisStream, decodePayload, JsonWriter, type PayloadSink } from '../src/wire/ais/index.ts'
import { type Check, seeded } from './check.ts'

const LINES = 1_000_000
const PER_PIECE = 500
/** Longest that 500 lines may take: a thousand times what they take. */
const HANG_MS = 2000
const MAX_GROWTH_MB = 5
const MB = 1e6

export const check: Check = {
  name: 'ais-fuzz',
  promise: 'whatever bytes come, the AIS decoder throws nothing, does not hang and keeps its memory',
  async run({ seed, times = LINES, say }) {
    const next = damagedLines(seeded(seed))
    const json = new JsonWriter()
    let [records, objects, messages] = [0, 0, 0]
    const fast = createAisStream({ message: () => records++ })
    const sink: PayloadSink = {
      message: () => {},
      payload(six, bits) {
        if (typeof decodePayload(six, bits) !== 'string') objects++
        json.length = 0
        if (json.message(six, bits) === undefined) messages++
      },
    }
    const ergonomic = createAisStream(sink)
    const collectedHeap = heapAfterCollection()
    let longestMs = 0
    let before = 0
    for (let n = 0; n < times; n += PER_PIECE) {
      const piece = Buffer.from(Array.from({ length: PER_PIECE }, next).join(''), 'latin1')
      const from = performance.now()
      try {
        fast.push(piece, n)
        ergonomic.push(piece, n)
      } catch (error) {
        return { pass: false, figure: `threw after ${n} lines: ${error instanceof Error ? error.stack : error}` }
      }
      longestMs = Math.max(longestMs, performance.now() - from)
      if (n === Math.floor(times / 10 / PER_PIECE) * PER_PIECE) before = collectedHeap()
    }
    fast.end(times)
    ergonomic.end(times)
    const grownMb = (collectedHeap() - before) / MB
    say(`refused: ${JSON.stringify(fast.counts.refused)}`)
    const agree = records === objects && objects === messages
    return {
      pass: agree && longestMs < HANG_MS && grownMb < MAX_GROWTH_MB,
      figure: `${times} lines, ${records} records, ${objects} objects, ${messages} JSON texts; heap grew ${grownMb.toFixed(2)} MB; ${PER_PIECE} lines took ${longestMs.toFixed(0)} ms at most`,
    }
  },
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
