// Reports in a bad hour: 100 a second for a minute, each answered after its commit, each on every screen. The product is a process of its own, the screens share a thread of
// this one; all on one machine, so what is printed is an upper bound.
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { startProduct, temporaryFolder } from '../src/testkit/product.ts'
import type { Bench, Figure } from './bench.ts'

const PER_SECOND = 100
const SECONDS = Number(process.env.MANGRU_BENCH_SECONDS ?? 60)
const SCREENS = Number(process.env.MANGRU_BENCH_SCREENS ?? 1000)
/** After a thousand screens have opened at once. */
const SETTLE_MS = 3000
const OFFICES = ['busan', 'incheon', 'ulsan', 'yeosu', 'gwangyang', 'pyeongtaek', 'gunsan', 'mokpo', 'incheon-airport']

interface Heard {
  readonly reports: number
  readonly missing: number
  readonly heard: number
  readonly p50: number
  readonly p99: number
  readonly worst: number
  readonly lastAgoMs: number
}
const asked = <T>(worker: Worker, message?: string): Promise<T> =>
  new Promise(done => {
    worker.once('message', done)
    if (message) worker.postMessage(message)
  })

export const bench: Bench = {
  name: 'incidents-report',
  question: 'are 100 reports a second for a minute all kept, and how soon is each on a thousand screens?',
  async run() {
    const folder = temporaryFolder()
    const product = await startProduct(folder.path, ['--no-demo'])
    const screens = new Worker(fileURLToPath(new URL('./incident-screens-thread.ts', import.meta.url)), {
      workerData: { url: product.url, headers: product.headers, count: SCREENS },
      execArgv: ['--disable-warning=ExperimentalWarning'],
    })
    try {
      await asked(screens)
      await new Promise(done => setTimeout(done, SETTLE_MS))
      const answered: number[] = []
      let refused = 0
      const total = PER_SECOND * SECONDS
      const send = async (n: number): Promise<void> => {
        const sentAt = Date.now()
        const begun = performance.now()
        const answer = await product
          .post('/api/incidents', {
            id: `bench-${sentAt}-${n}`,
            organisation: OFFICES[n % OFFICES.length],
            urgency: 3,
            text: `감천 ${n % 9}부두 서쪽 끝 소형 보트 ${n % 7}척, 사람 ${n % 13}명이 상자 옮김. ${'현장 확인 중. '.repeat(10)}`,
          })
          .catch(() => ({ status: 0 }))
        if (answer.status === 201) answered.push(performance.now() - begun)
        else refused++
      }
      const began = performance.now()
      const under: Promise<void>[] = []
      for (let n = 0; n < total; n++) {
        const dueMs = began + (n * 1000) / PER_SECOND - performance.now()
        if (dueMs > 1) await new Promise(done => setTimeout(done, dueMs))
        under.push(send(n))
      }
      await Promise.all(under)
      const seconds = (performance.now() - began) / 1000
      let heard = await asked<Heard>(screens, 'figures')
      for (let i = 0; i < 20 && heard.heard < total * SCREENS && heard.lastAgoMs < 3000; i++) {
        await new Promise(done => setTimeout(done, 500))
        heard = await asked<Heard>(screens, 'figures')
      }
      const kept = await product.get<{ since: number }>('/api/incidents/counts')
      answered.sort((a, b) => a - b)
      const size = `${total} reports, ${SCREENS} screens`
      const figures: Figure[] = [
        { name: 'reports taken', value: answered.length / seconds, unit: 'reports/s', size, goal: '100' },
        { name: 'refused or lost', value: refused + total - kept.since, unit: 'reports', size, goal: '0' },
        { name: 'answered after its commit, p50', value: answered[answered.length >> 1] ?? 0, unit: 'ms', size },
        { name: 'answered after its commit, p99', value: answered[Math.floor(answered.length * 0.99)] ?? 0, unit: 'ms', size },
        { name: 'on a screen after it was sent, p50', value: heard.p50, unit: 'ms', size },
        { name: 'on a screen after it was sent, p99', value: heard.p99, unit: 'ms', size, goal: '< 1000' },
        { name: 'not on every screen', value: heard.missing + total - heard.reports, unit: 'reports', size, goal: '0' },
      ]
      return figures
    } finally {
      await screens.terminate()
      await product.stop()
      folder.remove()
    }
  },
}
