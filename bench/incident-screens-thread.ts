// Screens of bench/incidents-report.ts: each hears of every report; how long after it was sent, by the clock of this machine.
import { parentPort, workerData } from 'node:worker_threads'
import { WebSocket } from 'ws'

const { url, headers, count }: { url: string; headers: Record<string, string>; count: number } = workerData
let open = 0
/** Report → how many screens have it, and the slowest of them. */
const seen = new Map<string, number>()
const delays: number[] = []
let last = Date.now()

const MARK = Buffer.from('"incident":{"id":"bench-')
/** Ids carry the time at which the report was sent (13 digits). Looked for in the bytes: a screen's own work is not what is measured. */
const take = (bytes: Buffer): void => {
  const now = Date.now()
  for (let at = bytes.indexOf(MARK); at >= 0; at = bytes.indexOf(MARK, at + MARK.length)) {
    const from = at + MARK.length
    const id = bytes.toString('latin1', from, bytes.indexOf(34, from))
    seen.set(id, (seen.get(id) ?? 0) + 1)
    delays.push(now - Number(id.slice(0, 13)))
    last = now
  }
}
parentPort?.on('message', () => {
  delays.sort((a, b) => a - b)
  const at = (share: number): number => delays[Math.min(delays.length - 1, Math.floor(delays.length * share))] ?? 0
  parentPort?.postMessage({
    reports: seen.size,
    missing: [...seen.values()].filter(n => n < count).length,
    heard: delays.length,
    p50: at(0.5),
    p99: at(0.99),
    worst: at(1),
    lastAgoMs: Date.now() - last,
  })
})
for (let n = 0; n < count; n++) {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/live`, { headers })
  socket.binaryType = 'nodebuffer'
  socket.on('error', () => {})
  socket.on('message', data => Buffer.isBuffer(data) && take(data))
  socket.on('open', () => {
    if (++open === count) parentPort?.postMessage('open')
  })
}
