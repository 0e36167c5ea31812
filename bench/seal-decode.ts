// Seals through their codecs: stream into frames, frames into reports, answers made. CPU seconds of this one thread.
import { Framer, SEAL_PROTOCOLS, type SealProtocol } from '../src/seals/protocols/index.ts'
import { seeded } from '../src/testkit/sea-scene.ts'
import { joined, messageBy } from '../src/testkit/seal-messages.ts'
import type { Bench, Figure } from './bench.ts'

const MESSAGES = 2000
const CHUNK_BYTES = 1460
const CPU_SECONDS = 1.5
const GOAL = '≥ 50,000, with judging'

export const bench: Bench = {
  name: 'seal-decode',
  question: 'How many reports of seals does one core take from stream to report and answer?',
  async run() {
    const each = SEAL_PROTOCOLS.map(protocol => ({ name: protocol.name, ...measured(protocol) }))
    // As many reports of each: the time of all over the reports of all.
    const mixed = each.length / each.reduce((sum, { perSecond }) => sum + 1 / perSecond, 0)
    const size = `${MESSAGES} messages made by our own device side, again and again, in pieces of ${CHUNK_BYTES} bytes`
    return [
      { name: 'all protocols, as many reports of each', value: Math.round(mixed), unit: 'reports/CPU s', size, goal: GOAL },
      ...each.map(({ name, perSecond }): Figure => ({ name, value: Math.round(perSecond), unit: 'reports/CPU s', goal: GOAL })),
    ]
  },
}

function measured(protocol: SealProtocol): { readonly perSecond: number } {
  const random = seeded(50)
  const stream = joined(Array.from({ length: MESSAGES }, () => protocol.device.encode(messageBy(random, protocol))))
  let [reports, answerBytes] = [0, 0]
  const framer = new Framer(protocol.frames, protocol.maxFrameBytes, {
    frame(bytes) {
      const result = protocol.decode(bytes, { nowMs: 1_767_225_600_000 })
      if (typeof result === 'string') throw new Error(`${protocol.name}: ${result}`)
      reports += result.reports.length
      answerBytes += result.answer?.length ?? 0
    },
  })
  const round = (): void => {
    for (let at = 0; at < stream.length; at += CHUNK_BYTES) framer.push(stream.subarray(at, at + CHUNK_BYTES))
  }
  round()
  reports = 0
  const from = process.cpuUsage()
  const seconds = (): number => {
    const { user, system } = process.cpuUsage(from)
    return (user + system) / 1e6
  }
  while (seconds() < CPU_SECONDS) round()
  process.stderr.write(`${protocol.name}: ${reports} reports, ${answerBytes} bytes of answers\n`)
  return { perSecond: reports / seconds() }
}
