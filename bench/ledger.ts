// What evidence costs: write + chain + sync at 50,000 sentences/s, and verifying it again.
import { join } from 'node:path'
import { openLedger, verifyLedger } from '#evidence/index.ts'
import { machineClock } from '../src/platform/clock/index.ts'
import { temporaryFolder } from '../src/testkit/product.ts'
import type { Bench } from './bench.ts'

const RATE = 50_000
const SECONDS = 20
/** As a socket hands it over: about 100 sentences a chunk. */
const CHUNK = Buffer.from('!AIVDM,1,1,,A,14eGLMhP00o:hI@KdS=27?vP86@@,0*5F\r\n'.repeat(100))

export const bench: Bench = {
  name: 'ledger',
  question: 'what share of a core does the hash-chained ledger take at 50,000 sentences a second, and how fast is it verified?',
  async run() {
    const folder = temporaryFolder()
    try {
      const ledger = await openLedger({ directory: join(folder.path, 'ledger'), clock: machineClock })
      const feed = ledger.feed('bench')
      /** The same loop without and with the ledger: the difference is its cost. */
      const run = async (seconds: number, isWriting: boolean): Promise<{ readonly share: number; readonly sent: number }> => {
        const before = process.cpuUsage()
        const begun = performance.now()
        let sent = 0
        while (performance.now() - begun < seconds * 1000) {
          const due = ((performance.now() - begun) / 1000) * RATE
          for (; sent < due; sent += 100) if (isWriting) ledger.append(feed, CHUNK, Date.now())
          await new Promise(done => setTimeout(done, 10))
        }
        if (isWriting) await ledger.sync()
        const cpu = process.cpuUsage(before)
        return { share: (cpu.user + cpu.system) / 1e6 / ((performance.now() - begun) / 1000), sent }
      }
      await run(2, true)
      const idle = await run(5, false)
      const { share: busy, sent } = await run(SECONDS, true)
      const share = busy - idle.share
      await ledger.close()
      const start = process.cpuUsage()
      const verdict = verifyLedger(join(folder.path, 'ledger'))
      if (!verdict.ok) throw new Error(verdict.why)
      const spent = process.cpuUsage(start)
      return [
        {
          name: 'write, chain and sync',
          value: share * 100,
          unit: '% of a core',
          size: `${sent} sentences of 49 bytes; ${(idle.share * 100).toFixed(1)} % the loop without it`,
          goal: '≤ 2 %',
        },
        {
          name: 'verify',
          value: (verdict.entries * 100) / ((spent.user + spent.system) / 1e6) / 1e6,
          unit: 'million sentences/CPU s',
          size: `${verdict.entries} entries`,
          goal: '≥ 3',
        },
      ]
    } finally {
      folder.remove()
    }
  },
}
