// A thousand people at their desks: separate accounts of every post in every organisation, each with a session and a WebSocket of its own, while a hundred reports a second
// come from those who may write them. Each report must be kept, and stand on every screen whose account may see it and on no other. Who may is reckoned here from the table
// of rights in words, not with the product's own grants. Accounts and sessions are laid into the store before the start (testkit): a thousand passwords take minutes to hash.
import { readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { ORGANISATIONS } from '#access/index.ts'
import { POSTS, type Post } from '#base/index.ts'
import { cookiesOf, startProduct, temporaryFolder } from '../src/testkit/product.ts'
import type { Bench } from './bench.ts'

const PER_SECOND = 100
const SECONDS = Number(process.env.MANGRU_BENCH_SECONDS ?? 60)
const ACCOUNTS = Number(process.env.MANGRU_BENCH_SCREENS ?? 1000)
/** After a thousand screens have opened at once. */
const SETTLE_MS = 3000
/** Of Linux: what /proc counts CPU time in. */
const TICKS_A_SECOND = 100

/** Posts that see incidents of their organisation and all below it, of their own alone; the others see none. After design/admin-rights and docs/rights.csv. */
const SEES: Readonly<Partial<Record<Post, 'all' | 'own'>>> = {
  'watch-officer': 'all',
  'watch-leader': 'all',
  'field-officer': 'all',
  'risk-analyst': 'own',
  investigator: 'all',
  'report-editor': 'all',
  director: 'all',
  statistician: 'all',
  screen: 'all',
  integrator: 'own',
}
const WRITES: readonly Post[] = ['watch-officer', 'watch-leader', 'field-officer']

interface Heard {
  readonly heard: number
  readonly twice: number
  readonly closed: number
  readonly bytesIn: number
  readonly p50: number
  readonly p99: number
  readonly worst: number
  readonly lastAgoMs: number
  readonly ids?: readonly ReadonlySet<string>[]
}
const asked = <T>(worker: Worker, message?: 'figures' | 'ids'): Promise<T> =>
  new Promise(done => {
    worker.once('message', done)
    if (message) worker.postMessage(message)
  })

/** CPU seconds of a process so far. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND
}

const parentOf = new Map(ORGANISATIONS.map(one => [one.id, one.parent]))
const sees = (post: Post, organisation: string, whose: string): boolean => {
  const reach = SEES[post]
  if (reach === undefined) return false
  if (organisation === whose) return true
  return reach === 'all' && (organisation === 'hq' || parentOf.get(whose) === organisation)
}

export const bench: Bench = {
  name: 'accounts',
  question: 'a thousand accounts of all posts at their screens, 100 reports a second: is each kept, and how soon on all that may see it?',
  async run() {
    const folder = temporaryFolder()
    // Every post in every organisation, then on from the first.
    const accounts = Array.from({ length: ACCOUNTS }, (_, n) => {
      const post = POSTS[n % POSTS.length]!
      const organisation = ORGANISATIONS[Math.floor(n / POSTS.length) % ORGANISATIONS.length]!.id
      return { id: `account-${n}`, name: `사람 ${n}`, organisation, post, appointments: [{ post, organisation }] }
    })
    const cookies = await cookiesOf(folder.path, accounts)
    const writers = accounts.flatMap(({ post, organisation }, n) => (WRITES.includes(post) ? [{ organisation, cookie: cookies[n]! }] : []))
    const product = await startProduct(folder.path, ['--no-demo'])
    const screens = new Worker(fileURLToPath(new URL('./accounts-screens-thread.ts', import.meta.url)), {
      workerData: { url: product.url, cookies },
      execArgv: ['--disable-warning=ExperimentalWarning'],
    })
    try {
      await asked(screens)
      await new Promise(done => setTimeout(done, SETTLE_MS))
      const answered: number[] = []
      const sent = new Map<string, string>()
      const refused = new Map<number, number>()
      const total = PER_SECOND * SECONDS
      const send = async (n: number): Promise<void> => {
        const { organisation, cookie } = writers[(n * 7) % writers.length]!
        const sentAt = Date.now()
        const begun = performance.now()
        const id = `${sentAt}-${n}`
        const status = await fetch(`${product.url}/api/incidents`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: product.url, cookie },
          body: JSON.stringify({
            id: `bench-${id}`,
            organisation,
            urgency: 3,
            text: `감천 ${n % 9}부두 서쪽 끝 소형 보트 ${n % 7}척, 사람 ${n % 13}명이 상자 옮김. ${'현장 확인 중. '.repeat(10)}`,
          }),
        })
          .then(async answer => {
            await answer.arrayBuffer()
            return answer.status
          })
          .catch(() => 0)
        if (status === 201) {
          answered.push(performance.now() - begun)
          sent.set(id, organisation)
        } else refused.set(status, (refused.get(status) ?? 0) + 1)
      }
      const cpuBefore = cpuSeconds(product.pid)
      const began = performance.now()
      const under: Promise<void>[] = []
      for (let n = 0; n < total; n++) {
        const dueMs = began + (n * 1000) / PER_SECOND - performance.now()
        if (dueMs > 1) await new Promise(done => setTimeout(done, dueMs))
        under.push(send(n))
      }
      await Promise.all(under)
      const seconds = (performance.now() - began) / 1000
      const perOrganisation = new Map<string, string[]>()
      for (const [id, whose] of sent) perOrganisation.set(whose, [...(perOrganisation.get(whose) ?? []), id])
      const fitting = accounts.map(({ post, organisation }) =>
        [...perOrganisation].flatMap(([whose, ids]) => (sees(post, organisation, whose) ? ids : [])),
      )
      const wanted = fitting.reduce((sum, ids) => sum + ids.length, 0)
      for (let i = 0; i < 60; i++) {
        const { heard, lastAgoMs } = await asked<Heard>(screens, 'figures')
        if (heard >= wanted || lastAgoMs > 5000) break
        await new Promise(done => setTimeout(done, 500))
      }
      const cpu = cpuSeconds(product.pid) - cpuBefore
      const heard = await asked<Heard>(screens, 'ids')
      let [missing, leaked] = [0, 0]
      for (const [n, ids] of fitting.entries()) {
        const got = heard.ids?.[n] ?? new Set<string>()
        const there = ids.filter(id => got.has(id)).length
        missing += ids.length - there
        leaked += got.size - there
      }
      const kept = await product.get<{ since: number }>('/api/incidents/counts')
      answered.sort((a, b) => a - b)
      const lost = [...refused].map(([status, n]) => `${n} × ${status}`).join(', ')
      const size = `${total} reports, ${ACCOUNTS} accounts, load ${loadavg()[0]?.toFixed(1)}${lost ? `, refused ${lost}` : ''}`
      return [
        { name: 'reports taken', value: answered.length / seconds, unit: 'reports/s', size, goal: '100' },
        { name: 'refused or lost', value: total - kept.since, unit: 'reports', size, goal: '0' },
        { name: 'answered after its commit, p50', value: answered[answered.length >> 1] ?? 0, unit: 'ms', size },
        { name: 'answered after its commit, p99', value: answered[Math.floor(answered.length * 0.99)] ?? 0, unit: 'ms', size },
        { name: 'on a screen after it was sent, p50', value: heard.p50, unit: 'ms', size: `${wanted} of them fit` },
        { name: 'on a screen after it was sent, p99', value: heard.p99, unit: 'ms', size, goal: '< 1000' },
        { name: 'on a screen after it was sent, worst', value: heard.worst, unit: 'ms', size },
        { name: 'missing on a screen that may see it', value: missing, unit: 'reports', size, goal: '0' },
        { name: 'on a screen that may not see it', value: leaked, unit: 'reports', size, goal: '0' },
        { name: 'on a screen twice', value: heard.twice, unit: 'reports', size, goal: '0' },
        { name: 'screens cut', value: heard.closed, unit: 'screens', size, goal: '0' },
        { name: 'CPU of the product', value: cpu / seconds, unit: 'core', size },
        { name: 'to all screens', value: heard.bytesIn / 1e6 / seconds, unit: 'MB/s', size },
      ]
    } finally {
      await screens.terminate()
      await product.stop()
      folder.remove()
    }
  },
}
