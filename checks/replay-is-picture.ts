// Reliability check 14: the ledger replayed through the same code gives the same picture and the same findings, bit for bit, also when the run was cut by a
// snapshot in the middle.
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { openLedger, readLedger } from '#evidence/index.ts'
import { createAreaIndex, loadCoast } from '#places/index.ts'
import { createAisSimulator, demoAreas, demoWatched } from '#sim/index.ts'
import { createPass, type Pass } from '#vessels/index.ts'
import { temporaryFolder } from '../src/testkit/product.ts'
import type { Check } from './check.ts'

const START = Date.UTC(2026, 10, 24, 12)

function newPass(findings: string[], seed: number): Pass {
  const pass = createPass({
    capacity: 20_000,
    sink: event => findings.push(`${event.change} ${event.finding.id} ${event.finding.to ?? ''}`),
  })
  pass.setAreas(createAreaIndex(demoAreas()))
  for (const mmsi of demoWatched(seed)) pass.control({ control: 'watch', mmsi, watched: true })
  return pass
}

const pictureOf = (pass: Pass): string => {
  const { picture } = pass
  const rows: string[] = []
  for (let slot = 0; slot < picture.highWater; slot++) {
    if (picture.mmsi[slot] !== 0)
      rows.push(
        [
          picture.mmsi[slot],
          picture.lat600k[slot],
          picture.lon600k[slot],
          picture.sogDeciknots[slot],
          picture.sentAtMs[slot],
          picture.receivedAtMs[slot],
          picture.flags[slot],
          picture.name[slot],
          picture.mark[slot],
        ].join(' '),
      )
  }
  return rows.sort().join('\n')
}

export const check: Check = {
  name: 'replay-is-picture',
  promise: 'the ledger replayed gives the same picture and findings, bit for bit, a snapshot in the middle included',
  async run({ seed, times: minutes = 90 }) {
    const coast = loadCoast()
    if (!coast) return { pass: false, figure: 'the chart is not built; run mangru start once' }
    const folder = temporaryFolder()
    try {
      let nowMs = START
      const clock = { now: () => nowMs as never, every: () => () => {}, after: () => () => {} }
      const ledger = await openLedger({ directory: join(folder.path, 'ledger'), clock })
      const feed = ledger.feed('check')
      const simulator = createAisSimulator({ coast, seed: seed % 1000, count: 600, startMs: START + 40 * 60_000, warmUpMinutes: 40 })
      const live: string[] = []
      let pass = newPass(live, seed % 1000)
      for (let minute = 0; minute < minutes; minute++) {
        for (let step = 0; step < 30; step++) {
          nowMs += 2000
          let text = ''
          simulator.advance(nowMs, line => {
            text += `${line}\r\n`
          })
          if (text === '') continue
          const bytes = Buffer.from(text)
          pass.bytes(pass.feed('check'), bytes, nowMs, ledger.append(feed, bytes, nowMs))
        }
        if (minute === Math.floor(minutes / 2)) {
          const saved: unknown = deserialize(serialize(pass.save()))
          pass = newPass(live, seed % 1000)
          pass.restore(saved)
        }
      }
      pass.flush()
      await ledger.close()
      const replayed: string[] = []
      const again = newPass(replayed, seed % 1000)
      readLedger(join(folder.path, 'ledger'), {}, (entry, name) => {
        if (entry.feed !== 0) again.bytes(again.feed(name), entry.bytes, entry.receivedAtMs, entry.mark)
      })
      again.flush()
      const [a, b] = [pictureOf(pass), pictureOf(again)]
      const faults = [...pass.validate(), ...again.validate()]
      const samePicture = a === b
      const sameFindings = live.join('\n') === replayed.join('\n')
      return {
        pass: samePicture && sameFindings && faults.length === 0 && live.length > 0,
        figure: `${pass.picture.count} ships, ${pass.counts.positions} positions, ${live.length} finding events; picture ${samePicture ? 'equal' : 'DIFFERENT'}, findings ${sameFindings ? 'equal' : 'DIFFERENT'}; ${faults.length} broken invariants`,
      }
    } finally {
      folder.remove()
    }
  },
}
