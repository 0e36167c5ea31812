// Screens of bench/accounts.ts: one account each, with a cookie of its own. Counts what came to whom, and how long after it was sent, by the clock of this machine.
import { parentPort, workerData } from 'node:worker_threads'
import { WebSocket } from 'ws'

const { url, cookies }: { url: string; cookies: readonly string[] } = workerData
let opened = 0
/** For each screen the ids that came. */
const came = cookies.map(() => new Set<string>())
const delays: number[] = []
let twice = 0
let last = Date.now()
let bytesIn = 0
let closed = 0

const MARK = Buffer.from('"incident":{"id":"bench-')
const SINGLE = Buffer.from('"kind":"incident"')
/** Ids carry the time at which the report was sent (13 digits). Looked for in the bytes: a screen's own work is not what is measured. */
const take = (screen: number, bytes: Buffer): void => {
  const now = Date.now()
  bytesIn += bytes.length
  if (!bytes.includes(SINGLE)) return
  const mine = came[screen]!
  for (let at = bytes.indexOf(MARK); at >= 0; at = bytes.indexOf(MARK, at + MARK.length)) {
    const from = at + MARK.length
    const id = bytes.toString('latin1', from, bytes.indexOf(34, from))
    if (mine.has(id)) twice++
    mine.add(id)
    delays.push(now - Number(id.slice(0, 13)))
    last = now
  }
}
parentPort?.on('message', (what: 'figures' | 'ids') => {
  delays.sort((a, b) => a - b)
  const at = (share: number): number => delays[Math.min(delays.length - 1, Math.floor(delays.length * share))] ?? 0
  parentPort?.postMessage({
    heard: delays.length,
    twice,
    closed,
    bytesIn,
    p50: at(0.5),
    p99: at(0.99),
    worst: at(1),
    lastAgoMs: Date.now() - last,
    ...(what === 'ids' ? { ids: came } : {}),
  })
})
for (const [n, cookie] of cookies.entries()) {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/live`, { headers: { cookie, origin: url } })
  socket.binaryType = 'nodebuffer'
  socket.on('error', () => {})
  socket.on('close', () => closed++)
  socket.on('message', data => Buffer.isBuffer(data) && take(n, data))
  socket.on('open', () => {
    if (++opened === cookies.length) parentPort?.postMessage('open')
  })
}
