// A million damaged frames through the codecs of all seals and trackers: decoder, framer and the device's side.
import { SEAL_PROTOCOLS } from '../src/seals/protocols/index.ts'
import { sealFuzzer } from '../src/testkit/seal-fuzz.ts'
import { sharedData } from '../src/testkit/shared-data.ts'
import { type Check, seeded } from './check.ts'
import { type Fuzzed, fuzz, PER_PIECE } from './fuzz.ts'

const FRAMES = 1_000_000

export const check: Check = {
  name: 'seal-fuzz',
  promise: 'whatever bytes come, the codecs of seals throw nothing, do not hang and keep their memory',
  async run({ seed, times = FRAMES, say }) {
    const random = seeded(seed)
    const fuzzers = SEAL_PROTOCOLS.map(protocol => sealFuzzer(protocol, sharedData('eseal'), random))
    const pieces = Math.ceil(times / PER_PIECE)
    const { user, system } = process.cpuUsage()
    let name = ''
    let found: Fuzzed
    try {
      found = fuzz(pieces, piece => {
        const fuzzer = fuzzers[piece % fuzzers.length]!
        name = fuzzer.name
        return () => {
          for (let n = 0; n < PER_PIECE; n++) fuzzer.step()
        }
      })
    } catch (error) {
      return { pass: false, figure: `${name} threw: ${error instanceof Error ? error.stack : error}` }
    }
    const cpu = process.cpuUsage({ user, system })
    for (const fuzzer of fuzzers) say(`${fuzzer.name}: ${JSON.stringify(fuzzer.counts)}`)
    const sum = (of: 'read' | 'refused' | 'framed'): number => fuzzers.reduce((all, { counts }) => all + counts[of], 0)
    return {
      pass: found.isCalm,
      figure: `${pieces * PER_PIECE} frames, ${sum('read')} read, ${sum('refused')} refused, ${sum('framed')} found in streams; heap grew ${found.grownMb.toFixed(2)} MB; ${PER_PIECE} frames took ${found.longestMs.toFixed(0)} ms at most; ${((cpu.user + cpu.system) / 1e6).toFixed(0)} CPU s`,
    }
  },
}
