// Screens: 200 WebSocket clients at 5,000 ship updates a second, each looking at a tenth of the sea; then 50 more that read nothing.
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Worker } from 'node:worker_threads'
import { type Caller, EVERYTHING } from '#base/index.ts'
import { createLiveViews, NETWORK, Picture, type PositionReport, STATION_CLASS } from '#vessels/index.ts'
import { machineClock } from '../src/platform/clock/index.ts'
import { createLive } from '../src/platform/live/index.ts'
import type { Bench } from './bench.ts'

const SCREEN: Caller = { id: 'screen', name: 'screen', kind: 'screen', appointments: [] }
const SHIPS = 20_000
const CLIENTS = 200
const STALLED = 50
const PER_SECOND = 5000
const SECONDS = 15
const TICK_MS = 250

function report(n: number, round: number): PositionReport {
  return {
    mmsi: 440_000_000 + n,
    stationClass: STATION_CLASS.A,
    network: NETWORK.COAST,
    feed: 0,
    station: 0,
    sentAtMs: Date.now(),
    receivedAtMs: Date.now(),
    mark: -1,
    lat600k: 33 * 600_000 + ((n * 7919) % 3_000_000) + round * 30,
    lon600k: 124 * 600_000 + ((n * 104_729) % 3_600_000),
    sogDeciknots: 100,
    cogDecidegrees: 900,
    headingDeg: 90,
    rotRaw: -128,
    navigationStatus: 0,
    accurate: true,
  }
}

/** Clients in a thread of their own, so that their work is not ours. */
const startClients = (port: number, count: number, reads: boolean): Worker =>
  new Worker(fileURLToPath(new URL('./live-clients-thread.ts', import.meta.url)), { workerData: { port, count, reads } })

/** Bytes all clients of a thread have received so far. */
const received = (worker: Worker): Promise<number> =>
  new Promise(done => {
    worker.once('message', done)
    worker.postMessage('bytes')
  })

/** So that two readings of the heap can be compared. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
}

const ready = (worker: Worker): Promise<void> => new Promise(done => worker.once('message', () => done()))

export const bench: Bench = {
  name: 'live',
  question: 'what do 200 screens cost at 5,000 ship updates a second, and 50 that do not read?',
  async run() {
    const server = createServer()
    await new Promise<void>(done => server.listen(0, '127.0.0.1', () => done()))
    const address = server.address()
    const port = address && typeof address === 'object' ? address.port : 0
    const picture = new Picture(SHIPS)
    for (let n = 0; n < SHIPS; n++) picture.place(picture.openSlot(440_000_000 + n), report(n, 0))
    const views = createLiveViews(picture)
    const live = createLive({
      server,
      path: '/live',
      clock: machineClock,
      topics: [],
      callerOf: () => SCREEN,
      refreshed: caller => caller,
      grantOf: () => EVERYTHING,
      onOpen: () => {},
      onClose: client => views.leave(client),
      onMessage: (client, message) => void views.take(client, message),
    })
    let round = 1
    let n = 0
    const timers = [
      setInterval(() => {
        for (let k = 0; k < PER_SECOND / 20; k++) {
          const slot = picture.slotOf(440_000_000 + n)
          picture.place(slot, report(n, round))
          if (++n === SHIPS) {
            n = 0
            round++
          }
        }
      }, 50),
      setInterval(() => views.tick(Date.now()), TICK_MS),
    ]
    const measure = async (): Promise<number> => {
      await new Promise(done => setTimeout(done, 2000))
      const before = process.threadCpuUsage()
      const begun = performance.now()
      await new Promise(done => setTimeout(done, SECONDS * 1000))
      const used = process.threadCpuUsage(before)
      return (used.user + used.system) / 1e6 / ((performance.now() - begun) / 1000)
    }
    const idle = await measure()
    const clients = startClients(port, CLIENTS, true)
    await ready(clients)
    const begunBytes = await received(clients)
    const begunMs = performance.now()
    const busy = await measure()
    const bytesPerSecond = ((await received(clients)) - begunBytes) / ((performance.now() - begunMs) / 1000)
    if (bytesPerSecond === 0) throw new Error('the screens received nothing; the figure would say nothing')
    collectGarbage()
    const before = process.memoryUsage()
    const stalled = startClients(port, STALLED, false)
    await ready(stalled)
    await measure()
    collectGarbage()
    const after = process.memoryUsage()
    for (const timer of timers) clearInterval(timer)
    await Promise.all([clients.terminate(), stalled.terminate()])
    live.close()
    server.close()
    return [
      {
        name: '200 screens',
        value: busy - idle,
        unit: 'cores',
        size: `${PER_SECOND} updates/s of ${SHIPS} ships, a tenth of the sea each; ${(bytesPerSecond / 1e6).toFixed(1)} MB/s received; ${idle.toFixed(3)} without screens`,
        goal: '≤ 0.15',
      },
      {
        name: '50 stalled screens',
        value: (after.external + after.heapUsed - before.external - before.heapUsed) / 1e6,
        unit: 'MB',
        size: `heap and buffers after ${SECONDS + 2} s`,
        goal: '≤ 25',
      },
    ]
  },
}
