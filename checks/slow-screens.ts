// Reliability check 8: slow and dead screens. 200 clients, 50 that read a trickle and 20 that never read; the others get the alarm within 500 ms
// (99th percentile), no client costs more than 1 MB of buffer, and the stalled are cut with a reason.

import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { WebSocket } from 'ws'
import { connectTo, eventually, freePort, startProduct, temporaryFolder } from '../src/testkit/product.ts'
import type { Check } from './check.ts'
import { beaconSentence, startSender } from './traffic.ts'

const HEALTHY = 130
const TRICKLE = 50
const DEAD = 20
const BEACONS = 20

/** A WebSocket client below the library: it upgrades, asks for the whole sea, and reads as slowly as it is told. */
function slowScreen(port: number, cookie: string, bytesPerSecond: number): Promise<{ readonly socket: Socket; closed(): boolean }> {
  return new Promise((done, fail) => {
    const socket = connect(port, '127.0.0.1')
    let closed = false
    socket.on('error', fail)
    socket.on('close', () => (closed = true))
    socket.on('connect', () => {
      socket.write(
        `GET /live HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: http://127.0.0.1:${port}\r\nCookie: ${cookie}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
      )
    })
    socket.once('data', () => {
      socket.removeAllListeners('error')
      socket.on('error', () => {})
      socket.write(maskedText(JSON.stringify({ kind: 'view', west: 117, south: 21, east: 147, north: 51 })))
      socket.pause()
      const timer = setInterval(() => {
        if (closed) clearInterval(timer)
        else if (bytesPerSecond > 0) socket.read(bytesPerSecond / 10)
      }, 100)
      timer.unref()
      done({ socket, closed: () => closed })
    })
  })
}

function maskedText(text: string): Buffer {
  const body = Buffer.from(text)
  const mask = randomBytes(4)
  const header =
    body.length < 126 ? Buffer.from([0x81, 0x80 | body.length]) : Buffer.from([0x81, 0x80 | 126, body.length >> 8, body.length & 255])
  return Buffer.concat([header, mask, body.map((byte, at) => byte ^ (mask[at % 4] ?? 0))])
}

export const check: Check = {
  name: 'slow-screens',
  promise: 'stalled screens cost a bounded buffer, are cut with a reason, and nobody else’s alarm is late for them',
  async run({ seed, say }) {
    const folder = temporaryFolder()
    const feedPort = await freePort()
    const product = await startProduct(folder.path, ['--no-demo', '--feed', `tcp-server://127.0.0.1:${feedPort}?name=check`])
    const port = Number(new URL(product.url).port)
    const delays: number[] = []
    const sentAt = new Map<number, number>()
    const healthy: WebSocket[] = []
    try {
      for (let n = 0; n < HEALTHY; n++) {
        const screen = new WebSocket(`ws://127.0.0.1:${port}/live`, { headers: product.headers })
        await new Promise((done, fail) => screen.once('open', done).once('error', fail))
        screen.send(JSON.stringify({ kind: 'view', west: 117, south: 21, east: 147, north: 51 }))
        const seen = new Set<number>()
        screen.on('message', (data, binary) => {
          if (binary) return
          for (const found of String(data).matchAll(/\b970000\d{3}\b/g)) {
            const mmsi = Number(found[0])
            const began = sentAt.get(mmsi)
            if (began === undefined || seen.has(mmsi)) continue
            seen.add(mmsi)
            delays.push(performance.now() - began)
          }
        })
        healthy.push(screen)
      }
      const before = await memoryMb(product.pid)
      const stalled = await Promise.all([
        ...Array.from({ length: TRICKLE }, () => slowScreen(port, product.headers.cookie, 1000)),
        ...Array.from({ length: DEAD }, () => slowScreen(port, product.headers.cookie, 0)),
      ])
      const socket = await connectTo(feedPort)
      const sender = startSender(socket, { perSecond: 5000, first: seed })
      for (let n = 0; n < BEACONS; n++) {
        const mmsi = 970_000_100 + n
        sentAt.set(mmsi, performance.now())
        socket.write(beaconSentence(mmsi))
        await new Promise(done => setTimeout(done, 2000))
        if (n % 5 === 4) say(`${n + 1} of ${BEACONS} alarms`)
      }
      await eventually(async () => (delays.length >= HEALTHY * BEACONS ? true : undefined), 5000).catch(() => {})
      const after = await memoryMb(product.pid)
      sender.stop()
      socket.destroy()
      // A socket that reads nothing does not notice its end: the product's own count tells.
      const metrics = await (await fetch(`${product.url}/metrics`, { headers: product.headers })).text()
      const dead = Number(/mangru_live_cut_total (\d+)/.exec(metrics)?.[1])
      for (const screen of stalled) screen.socket.destroy()
      delays.sort((a, b) => a - b)
      const p99 = delays[Math.floor(delays.length * 0.99)] ?? Number.NaN
      const complete = delays.length === HEALTHY * BEACONS
      const perScreenMb = (after - before) / (TRICKLE + DEAD)
      return {
        pass: complete && p99 < 500 && perScreenMb <= 1 && dead >= DEAD,
        figure: `${delays.length} of ${HEALTHY * BEACONS} alarms delivered, p99 ${p99.toFixed(0)} ms; ${perScreenMb.toFixed(2)} MB a stalled screen; ${dead} screens cut, ${DEAD} were dead`,
      }
    } finally {
      for (const screen of healthy) screen.terminate()
      await product.stop()
      folder.remove()
    }
  },
}

async function memoryMb(pid: number): Promise<number> {
  const { readFile } = await import('node:fs/promises')
  return Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}
