// Check 30 of the scorecard, under a virtual clock: the lost human. The only officer does not answer, has no number, or the roster is empty: the next level is told within a minute, and
// it is said that and where nobody was there.
import { findingOf, officerOf, tellingDesk } from '../src/testkit/telling-desk.ts'
import type { Check } from './check.ts'

const NEXT = '010-0000-0009'
const CASES: readonly (readonly [what: string, people: Parameters<typeof officerOf>[1] | undefined, isSaid: boolean])[] = [
  ['the officer’s session died; nobody answers', { sms: '010-0000-0001', call: '010-0000-0001' }, false],
  ['the only officer has no number', {}, true],
  ['the roster is empty', undefined, true],
]

export const check: Check = {
  name: 'nobody-there',
  promise: 'a critical alarm nobody takes on is with the next level within 60 s, and a hole in the roster is said',
  async run({ say }) {
    const faults: string[] = []
    const told: string[] = []
    for (const [what, addresses, isSaid] of CASES) {
      const desk = await tellingDesk()
      try {
        desk.duty.set('busan', addresses ? [officerOf('p-1', addresses)] : [])
        const atMs = desk.clock.now()
        await desk.raise(findingOf())
        await desk.advance(61_000)
        const next = desk.centre().taken.find(one => one.to === NEXT)
        if (!next || next.atMs - atMs > 60_400)
          faults.push(`${what}: the next level was told ${next ? `after ${next.atMs - atMs} ms` : 'nothing'}`)
        const isFound = desk.found.some(one => one.finding.detector === 'nobody-on-duty')
        if (isFound !== isSaid) faults.push(`${what}: ${isFound ? 'said' : 'not said'} that nobody is on duty`)
        told.push(`${next ? Math.round((next.atMs - atMs) / 1000) : '–'} s`)
        say(`${what}: next level after ${told.at(-1)}`)
      } finally {
        await desk.close()
      }
    }
    return {
      pass: faults.length === 0,
      figure: `${CASES.length} cases, next level after ${told.join(', ')}; ${faults.join('; ') || 'all said'}`,
    }
  },
}
