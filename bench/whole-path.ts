// The whole path in one process, as it runs: socket → decode → fuse → picture → detectors → ledger and archive, with HTTP, live line and store beside. The sender is
// another process. MANGRU_BENCH_SECONDS=300 for the long run.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { WebSocket } from 'ws'
import { connectTo, eventually, freePort, type RunningProduct, startProduct, temporaryFolder } from '../src/testkit/product.ts'
import { encodeSentences } from '../src/wire/ais/index.ts'
import type { Bench, Figure } from './bench.ts'

const SECONDS = Number(process.env.MANGRU_BENCH_SECONDS ?? 60)
const CHILD = fileURLToPath(new URL('./traffic-child.ts', import.meta.url))
/** Above what is asked for, so that the figure is not the sender’s. */
const RATE = 80_000
const BEACONS = 100
const BEACON_EVERY_MS = 150

const cpuSeconds = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}
const memoryMb = (pid: number, what = 'VmRSS'): number =>
  Number(new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

export function traffic(
  port: number,
  rate: number,
  ships: number,
  seconds: number,
): Promise<{ sent: number; seconds: number; heldBack: number }> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CHILD, ...[port, rate, ships, seconds].map(String)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let out = ''
    child.stdout.on('data', piece => {
      out += piece
    })
    child.on('close', code => (code === 0 ? done(JSON.parse(out)) : fail(new Error(`the sender ended with ${code}`))))
  })
}

async function withProduct<T>(work: (product: RunningProduct, port: number, second: number) => Promise<T>): Promise<T> {
  const folder = temporaryFolder()
  const [port, second] = [await freePort(), await freePort()]
  const product = await startProduct(folder.path, [
    '--no-demo',
    '--feed',
    `tcp-server://127.0.0.1:${port}?name=bench`,
    '--feed',
    `tcp-server://127.0.0.1:${second}?name=beacons`,
  ])
  try {
    return await work(product, port, second)
  } finally {
    await product.stop()
    folder.remove()
  }
}

const taken = async (product: RunningProduct): Promise<number> =>
  (await product.get<{ name: string; sentences: number }[]>('/api/feeds')).find(feed => feed.name === 'bench')?.sentences ?? 0

const sustained = (): Promise<Figure[]> =>
  withProduct(async (product, port) => {
    const sending = traffic(port, RATE, 20_000, SECONDS)
    const before = cpuSeconds(product.pid)
    const begun = performance.now()
    const { sent, heldBack } = await sending
    await eventually(async () => ((await taken(product)) >= sent ? true : undefined), 30_000, 50)
    const seconds = (performance.now() - begun) / 1000
    return [
      {
        name: 'sustained',
        value: sent / seconds,
        unit: 'sentences/s',
        size: `${Math.round(seconds)} s, 20,000 ships, held back ${heldBack} ticks`,
        goal: '≥ 50,000',
      },
      { name: 'product CPU', value: (cpuSeconds(product.pid) - before) / seconds, unit: 'cores', size: `${sent} sentences` },
      { name: 'peak memory', value: memoryMb(product.pid, 'VmHWM'), unit: 'MB', size: '20,000 ships', goal: '< 1500' },
    ]
  })

/** From writing a beacon's sentence to its alarm on the WebSocket, while 10,000 sentences/s come in. */
const latency = (): Promise<Figure[]> =>
  withProduct(async (product, port, second) => {
    const seconds = (BEACONS * BEACON_EVERY_MS) / 1000 + 5
    const sending = traffic(port, 10_000, 20_000, seconds)
    const beacons = await connectTo(second)
    const live = new WebSocket(`${product.url.replace('http', 'ws')}/live`, { headers: product.headers })
    const begun = new Map<number, number>()
    const delays: number[] = []
    live.on('message', (data, isBinary) => {
      if (isBinary) return
      const message = JSON.parse(String(data))
      const mmsi = message.kind === 'alarm' ? message.alarm.ships[0] : undefined
      const at = begun.get(mmsi)
      if (at === undefined) return
      delays.push(performance.now() - at)
      begun.delete(mmsi)
    })
    await new Promise(done => live.once('open', done))
    for (let n = 0; n < BEACONS; n++) {
      const mmsi = 970_100_000 + n
      begun.set(mmsi, performance.now())
      beacons.write(
        `${encodeSentences({ type: 1, repeat: 0, mmsi, navigationStatus: 14, sogKn: 0, accurate: true, lon: 125 + n * 0.05, lat: 34, cogDeg: 0, raim: false })[0]}\r\n`,
      )
      await new Promise(done => setTimeout(done, BEACON_EVERY_MS))
    }
    await sending
    beacons.destroy()
    live.close()
    delays.sort((a, b) => a - b)
    return [
      {
        name: 'alarm latency p50',
        value: delays[delays.length >> 1] ?? Number.NaN,
        unit: 'ms',
        size: `${delays.length} of ${BEACONS} alarms at 10,000 sentences/s`,
      },
      {
        name: 'alarm latency p99',
        value: delays[Math.floor(delays.length * 0.99)] ?? Number.NaN,
        unit: 'ms',
        size: `${delays.length} alarms`,
        goal: '< 500',
      },
    ]
  })

const manyShips = (): Promise<Figure[]> =>
  withProduct(async (product, port) => {
    await traffic(port, 40_000, 200_000, 20)
    const { ships } = await product.get<{ ships: number }>('/api/status')
    return [{ name: 'memory', value: memoryMb(product.pid), unit: 'MB', size: `${ships} ships`, goal: '< 1500 at 200,000' }]
  })

export const bench: Bench = {
  name: 'whole-path',
  question: 'how many sentences a second does one process take with everything on, and how long until the alarm is on the screen?',
  run: async () => [...(await sustained()), ...(await latency()), ...(await manyShips())],
}
