// Reliability check 6: one feed floods at 20 times the rated rate for two minutes beside a normal one. The normal feed's alarms stay under a second
// (99th percentile), memory stays flat, and what was dropped is counted.
import { readFileSync } from 'node:fs'
import { connectTo, eventually, freePort, startProduct, temporaryFolder } from '../src/testkit/product.ts'
import type { Check } from './check.ts'
import { beaconSentence, startSender } from './traffic.ts'

const RATED_PER_SECOND = 5000

interface Alarm {
  readonly ships: readonly number[]
}

const memoryMb = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

export const check: Check = {
  name: 'feed-flood',
  promise: 'a flooding feed delays nobody else: the other feed’s alarms come within a second, memory stays flat, drops are counted',
  async run({ seed, times: seconds = 120, say }) {
    const folder = temporaryFolder()
    const [floodPort, calmPort] = [await freePort(), await freePort()]
    const product = await startProduct(folder.path, [
      '--no-demo',
      ...['--feed', `tcp-server://127.0.0.1:${floodPort}?name=flood`],
      ...['--feed', `tcp-server://127.0.0.1:${calmPort}?name=calm`],
    ])
    try {
      const [flood, calm] = [await connectTo(floodPort), await connectTo(calmPort)]
      const flooding = startSender(flood, { perSecond: 20 * RATED_PER_SECOND, first: seed })
      const memory: number[] = []
      const delays: number[] = []
      const until = performance.now() + seconds * 1000
      for (let n = 0; performance.now() < until; n++) {
        const mmsi = 970_001_000 + n
        const began = performance.now()
        calm.write(beaconSentence(mmsi))
        await eventually(
          async () => ((await product.get<Alarm[]>('/api/alarms')).some(alarm => alarm.ships.includes(mmsi)) ? true : undefined),
          10_000,
          10,
        )
        delays.push(performance.now() - began)
        memory.push(memoryMb(product.pid))
        await new Promise(done => setTimeout(done, 500))
        if (n % 30 === 29) say(`${Math.round((until - performance.now()) / 1000)} s left, ${Math.round(memory.at(-1) ?? 0)} MB`)
      }
      flooding.stop()
      flood.destroy()
      calm.destroy()
      delays.sort((a, b) => a - b)
      const p99 = delays[Math.floor(delays.length * 0.99)] ?? Number.NaN
      const settled = memory.slice(Math.floor(memory.length / 3))
      const spread = (Math.max(...settled) - Math.min(...settled)) / Math.max(...settled)
      const feeds = await product.get<unknown>('/api/feeds')
      return {
        pass: p99 < 1000 && spread <= 0.2,
        figure: `${delays.length} alarms, p99 ${p99.toFixed(0)} ms; memory ${Math.round(Math.min(...settled))}–${Math.round(Math.max(...settled))} MB; ${Math.round((flooding.count() - seed) / seconds)} sentences/s taken; feeds ${JSON.stringify(feeds).slice(0, 300)}`,
      }
    } finally {
      await product.stop()
      folder.remove()
    }
  },
}
