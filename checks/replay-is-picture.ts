// Reliability check 14: the ledger replayed through the same code gives the same picture and the same findings, bit for bit, also when the run was cut in the
// middle: a snapshot was taken, written while the traffic went on, and some time later the rest of the ledger was sent through what the snapshot gave back.
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { openLedger, readLedger } from '#evidence/index.ts'
import { createAreaIndex, loadCoast } from '#places/index.ts'
import { createAisSimulator, demoAreas, demoWatched } from '#sim/index.ts'
import { createPass, type Pass } from '#vessels/index.ts'
import { openSnapshots, readSnapshot } from '../src/roles/snapshot.ts'
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

function replay(pass: Pass, folder: string, fromMark: number): void {
  readLedger(join(folder, 'ledger'), { fromMark }, (entry, name) => {
    if (entry.feed !== 0) pass.bytes(pass.feed(name), entry.bytes, entry.receivedAtMs, entry.mark)
  })
}

/** As the product starts: the snapshot, then what came after it. */
function resume(pass: Pass, folder: string): void {
  const saved = readSnapshot(folder)
  if (!saved) throw new Error('the snapshot cannot be read')
  pass.restore(saved.snapshot.pass, saved.from)
  saved.close()
  replay(pass, folder, saved.snapshot.nextMark)
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
      let live: string[] = []
      let pass = newPass(live, seed % 1000)
      const snapshots = openSnapshots(folder.path)
      let saving = Promise.resolve()
      let found = 0
      let heard: readonly string[] = []
      for (let minute = 0; minute < minutes; minute++) {
        for (let step = 0; step < 30; step++) {
          nowMs += 2000
          // Every tenth sentence is heard by a second station, a step later.
          const lines = heard.filter((_, n) => n % 10 === 0)
          const own: string[] = []
          simulator.advance(nowMs, line => own.push(line))
          heard = own
          lines.push(...own)
          if (lines.length === 0) continue
          const bytes = Buffer.from(lines.map(line => `${line}\r\n`).join(''))
          pass.bytes(pass.feed('check'), bytes, nowMs, ledger.append(feed, bytes, nowMs))
          // The writing of the snapshot gets its turn between.
          await setImmediate()
        }
        if (minute === Math.floor(minutes / 2)) {
          saving = snapshots.save(
            out => {
              // Taken some turns after it was asked for; what was found by then is in it.
              found = live.length
              return { nextMark: ledger.figures().entries, savedAtMs: nowMs, pass: pass.save(out), joining: undefined }
            },
            () => ledger.sync(),
          )
        }
        if (minute === Math.floor(minutes * 0.75)) {
          await saving
          await ledger.sync()
          const told = live.slice(0, found)
          pass = newPass(told, seed % 1000)
          resume(pass, folder.path)
          live = told
        }
      }
      pass.flush()
      await ledger.close()
      const replayed: string[] = []
      const again = newPass(replayed, seed % 1000)
      replay(again, folder.path, 0)
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
