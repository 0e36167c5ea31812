// How long the product's loop stands still: /healthz asked every 5 ms while ships come in, screens watch, the picture is saved, pieces are archived and segments
// packed. What an alarm would wait that comes at the worst moment. MANGRU_BENCH_SECONDS=300 for the long run.
import { Agent, get } from 'node:http'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { freePort, type RunningProduct, startProduct, temporaryFolder } from '../src/testkit/product.ts'
import type { Bench, Figure } from './bench.ts'
import { traffic } from './whole-path.ts'

const SECONDS = Number(process.env.MANGRU_BENCH_SECONDS ?? 60)
const ASK_EVERY_MS = 5
const LONG_MS = 50
const SCREENS = 20
const agent = new Agent({ keepAlive: true, maxSockets: 1 })

const answered = (url: string): Promise<void> =>
  new Promise((done, fail) => {
    get(url, { agent }, answer => answer.resume().on('end', done)).on('error', fail)
  })

/** Asks until told to stop; how long each answer took, ms. */
function ask(product: RunningProduct): () => Promise<Float64Array> {
  const took: number[] = []
  let isOn = true
  const asking = (async () => {
    while (isOn) {
      const began = performance.now()
      await answered(`${product.url}/healthz`)
      took.push(performance.now() - began)
      await new Promise(done => setTimeout(done, ASK_EVERY_MS))
    }
  })()
  return async () => {
    isOn = false
    await asking
    return Float64Array.from(took).sort()
  }
}

async function stalls(ships: number, perSecond: number): Promise<Figure[]> {
  const folder = temporaryFolder()
  const port = await freePort()
  const product = await startProduct(folder.path, ['--no-demo', '--feed', `tcp-server://127.0.0.1:${port}?name=bench`])
  const screens = new Worker(fileURLToPath(new URL('./live-clients-thread.ts', import.meta.url)), {
    workerData: { port: Number(new URL(product.url).port), headers: product.headers, count: SCREENS, reads: true },
  })
  try {
    await new Promise(done => screens.once('message', done))
    const stop = ask(product)
    const { sent, heldBack } = await traffic(port, perSecond, ships, SECONDS)
    const took = await stop()
    const own = /^mangru_loop_longest_ms (\S+)/m.exec(
      await (await fetch(`${product.url}/metrics`, { headers: product.headers })).text(),
    )?.[1]
    const long = took.filter(ms => ms > LONG_MS)
    const size = `${ships} ships, ${Math.round(sent / SECONDS)} sentences/s (held back ${heldBack} ticks), ${SCREENS} screens, ${took.length} answers in ${SECONDS} s`
    return [
      { name: `longest answer, ${ships} ships`, value: took.at(-1) ?? Number.NaN, unit: 'ms', size, goal: '≤ 50' },
      {
        name: `answers over ${LONG_MS} ms, ${ships} ships`,
        value: long.length,
        unit: 'answers',
        size: `${[...long].reverse().slice(0, 10).map(Math.round).join(' ')} ms; p99 ${(took[Math.floor(took.length * 0.99)] ?? 0).toFixed(1)} ms; the product's own longest in its last minutes ${own} ms`,
      },
    ]
  } finally {
    await screens.terminate()
    await product.stop()
    folder.remove()
  }
}

export const bench: Bench = {
  name: 'stalls',
  question: 'how long does the loop stand still, at the worst moment?',
  run: async () => [...(await stalls(20_000, 50_000)), ...(await stalls(200_000, 20_000))],
}
