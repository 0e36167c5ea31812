// Reliability check 5: the machine's clock leaps an hour forward and back, and two feeds tell times ten minutes apart. Order is kept, and there is no storm of
// alarms: at most one about a feed.
import { createAreaIndex, loadCoast } from '#places/index.ts'
import { createAisSimulator, demoAreas } from '#sim/index.ts'
import { createPass } from '#vessels/index.ts'
import { createSteadyTime } from '../src/platform/clock/steady.ts'
import type { Check } from './check.ts'

const START = Date.UTC(2026, 10, 24, 12)
const HOUR_MS = 3_600_000

export const check: Check = {
  name: 'clock-jumps',
  promise: 'an hour forward, an hour back, feeds ten minutes apart: order kept, at most one feed alarm, no storm',
  async run({ seed }) {
    const coast = loadCoast()
    if (!coast) return { pass: false, figure: 'the chart is not built; run mangru start once' }
    const raised: string[] = []
    const pass = createPass({
      capacity: 20_000,
      coast,
      sink: event =>
        event.change === 'raised' &&
        event.finding.severity !== 'low' &&
        raised.push(`${event.finding.detector} ${event.finding.subjects.map(one => one.id)}`),
    })
    pass.setAreas(createAreaIndex(demoAreas()))
    const simulator = createAisSimulator({ coast, seed: seed % 1000, count: 500, startMs: START + 10 * HOUR_MS, warmUpMinutes: 600 })
    const [first, second] = [pass.feed('first'), pass.feed('second')]
    let before = 0
    let tick = 0
    const truthMs = (): number => START + tick * 2000
    // The machine’s clock: right, then an hour ahead for ten minutes, then back. The product reads it through its steady clock.
    const receipt = createSteadyTime(() => truthMs() + (tick >= 900 && tick < 1200 ? HOUR_MS : 0), truthMs)
    for (; tick < 3600; tick++) {
      const truth = truthMs()
      const machine = receipt()
      let text = ''
      simulator.advance(truth, line => {
        text += `${line}\r\n`
      })
      // The second feed hears the same and stamps it ten minutes behind.
      const late = text.replace(/\\s:([^,]+),c:(\d+)\*[0-9A-F]{2}\\/g, (_whole, source: string, c: string) => {
        const fields = `s:${source},c:${Number(c) - 600}`
        let sum = 0
        for (let at = 0; at < fields.length; at++) sum ^= fields.charCodeAt(at)
        return `\\${fields}*${sum.toString(16).toUpperCase().padStart(2, '0')}\\`
      })
      pass.bytes(first, Buffer.from(text), machine, -1)
      pass.bytes(second, Buffer.from(late), machine, -1)
      if (tick === 899) before = raised.length
    }
    const after = raised.slice(before)
    const ofFeeds = after.filter(one => one.startsWith('feed-silent')).length
    const faults = pass.validate()
    return {
      pass: ofFeeds <= 1 && after.length <= 3 && faults.length === 0,
      figure: `${pass.counts.positions} positions, ${pass.counts.duplicates} duplicates; ${before} findings before the jumps, ${after.length} after (${after.slice(0, 4).join('; ')}), ${ofFeeds} about feeds; ${faults.length} broken invariants`,
    }
  },
}
