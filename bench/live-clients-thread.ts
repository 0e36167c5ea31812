// Clients of bench/live.ts: each looks at its own tenth of the sea; those that do not read pause their socket.
import { parentPort, workerData } from 'node:worker_threads'
import { WebSocket } from 'ws'

const { port, count, reads, headers = {} }: { port: number; count: number; reads: boolean; headers?: Record<string, string> } = workerData
let open = 0
let bytes = 0
parentPort?.on('message', () => parentPort?.postMessage(bytes))
for (let n = 0; n < count; n++) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/live`, { headers })
  socket.binaryType = 'nodebuffer'
  socket.on('error', () => {})
  socket.on('message', data => {
    if (Buffer.isBuffer(data)) bytes += data.length
  })
  socket.on('open', () => {
    const west = 124 + ((n * 37) % 45) / 10
    const south = 33 + ((n * 53) % 30) / 10
    socket.send(JSON.stringify({ kind: 'view', west, south, east: west + 1.9, north: south + 1.6 }))
    if (!reads) socket.pause()
    if (++open === count) parentPort?.postMessage('open')
  })
}
