// Reliability check 7: feeds that stall, reset, trickle a byte a second, or send a 10 MB line. Each is noticed, reconnects come with back-off of at most
// a minute, and a good feed beside them goes on.
import { createServer, type Socket } from 'node:net'
import { eventually, startProduct, temporaryFolder } from '../src/testkit/product.ts'
import type { Check } from './check.ts'
import { beaconSentence, positionSentence } from './traffic.ts'

interface FeedHealth {
  readonly name: string
}

/** A server of the protocol that misbehaves in its own way with each connection. */
function badServer(
  behave: (socket: Socket, connection: number) => void,
): Promise<{ readonly port: number; connections(): number; close(): void }> {
  let connections = 0
  const open = new Set<Socket>()
  const server = createServer(socket => {
    open.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => open.delete(socket))
    behave(socket, ++connections)
  })
  return new Promise(done =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      done({
        port: address && typeof address === 'object' ? address.port : 0,
        connections: () => connections,
        close: () => {
          for (const socket of open) socket.destroy()
          server.close()
        },
      })
    }),
  )
}

export const check: Check = {
  name: 'half-open-feeds',
  promise: 'feeds that stall, reset, trickle or send a 10 MB line are noticed and reconnected, and cost the good feed nothing',
  async run({ say }) {
    const folder = temporaryFolder()
    const line = (n: number): string => positionSentence(440_000_000 + (n % 50), n)
    const good = await badServer(socket => {
      let n = 0
      const timer = setInterval(() => (socket.destroyed ? clearInterval(timer) : socket.write(line(n++))), 100)
    })
    const stalls = await badServer(socket => {
      for (let n = 0; n < 20; n++) setTimeout(() => socket.write(line(n)), n * 200)
    })
    const resets = await badServer(socket => setTimeout(() => socket.resetAndDestroy(), 300))
    const trickles = await badServer(socket => {
      const bytes = Buffer.from(line(1))
      let at = 0
      const timer = setInterval(() => (socket.destroyed ? clearInterval(timer) : socket.write(bytes.subarray(at, ++at))), 1000)
    })
    const endless = await badServer((socket, connection) => {
      if (connection === 1) socket.write(Buffer.alloc(10 << 20, 'A'), () => socket.write(`\r\n${beaconSentence(970_003_001)}`))
    })
    const servers = { good, stalls, resets, trickles, endless }
    const feeds = Object.entries(servers).flatMap(([name, server]) => ['--feed', `tcp://127.0.0.1:${server.port}?name=${name}`])
    const product = await startProduct(folder.path, ['--no-demo', ...feeds])
    const faults: string[] = []
    try {
      const open = async (): Promise<string> => JSON.stringify(await product.get('/api/alarms'))
      if (!(await eventually(async () => ((await open()).includes('970003001') ? true : undefined), 15_000).catch(() => false)))
        faults.push('the sentence after the 10 MB line was not read')
      const silent = await eventually(
        async () => (/feed-silent/.test(await open()) && /stalls/.test(await open()) ? true : undefined),
        90_000,
      ).catch(() => false)
      if (!silent) faults.push('the stalled feed raised no feed-silent within 90 s')
      if (resets.connections() < 3) faults.push(`the resetting feed was reconnected ${resets.connections()} times only`)
      if (resets.connections() > 60) faults.push(`no back-off: ${resets.connections()} connections`)
      const health = await product.get<{ feeds?: FeedHealth[] } | FeedHealth[]>('/api/feeds')
      say(JSON.stringify(health).slice(0, 600))
      if (good.connections() !== 1) faults.push(`the good feed was connected ${good.connections()} times`)
    } finally {
      await product.stop()
      for (const server of Object.values(servers)) server.close()
      folder.remove()
    }
    return {
      pass: faults.length === 0,
      figure: `${resets.connections()} connections to the resetting feed; ${faults.join('; ') || 'no faults'}`,
    }
  },
}
