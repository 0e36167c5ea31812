// A million damaged sentences through all three faces of the AIS codec.
import { damagedLines } from '../src/testkit/ais-mutations.ts'
import { createAisStream, decodePayload, JsonWriter, type PayloadSink } from '../src/wire/ais/index.ts'
import { type Check, seeded } from './check.ts'
import { type Fuzzed, fuzz, PER_PIECE } from './fuzz.ts'

const LINES = 1_000_000

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
        const refusal = json.message(six, bits)
        if (refusal === undefined) messages++
        return refusal
      },
    }
    const ergonomic = createAisStream(sink)
    let at = 0
    let found: Fuzzed
    try {
      found = fuzz(Math.ceil(times / PER_PIECE), n => {
        at = n * PER_PIECE
        const piece = Buffer.from(Array.from({ length: PER_PIECE }, next).join(''), 'latin1')
        return () => {
          fast.push(piece, at)
          ergonomic.push(piece, at)
        }
      })
    } catch (error) {
      return { pass: false, figure: `threw after ${at} lines: ${error instanceof Error ? error.stack : error}` }
    }
    fast.end(times)
    ergonomic.end(times)
    say(`refused: ${JSON.stringify(fast.counts.refused)}`)
    const agree = records === objects && objects === messages
    return {
      pass: agree && found.isCalm,
      figure: `${times} lines, ${records} records, ${objects} objects, ${messages} JSON texts; heap grew ${found.grownMb.toFixed(2)} MB; ${PER_PIECE} lines took ${found.longestMs.toFixed(0)} ms at most`,
    }
  },
}
