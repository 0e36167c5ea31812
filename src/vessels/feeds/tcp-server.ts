// TCP server: receivers call us (AIS-catcher, rtl-ais, a base station). Listens on this machine only unless a host is given.
import { createServer, type Socket } from 'node:net'
import type { Transport } from './transport.ts'

const RETRY_MS = 5000
const MAX_CALLERS = 64

export const tcpServer: Transport = {
  open(address, inlet) {
    const callers = new Set<Socket>()
    let cancelRetry = (): void => {}
    const host = address.host === '' ? '127.0.0.1' : address.host === '*' ? '::' : address.host
    const server = createServer({ keepAlive: true, keepAliveInitialDelay: 10_000, noDelay: true }, caller => {
      callers.add(caller)
      const connection = inlet.opened(`${caller.remoteAddress}:${caller.remotePort}`)
      connection.onResume(() => caller.resume())
      caller.on('data', (chunk: Uint8Array) => {
        if (connection.bytes(chunk) === 'wait') caller.pause()
      })
      caller.on('error', () => {})
      caller.on('close', () => {
        callers.delete(caller)
        connection.closed()
      })
    })
    server.maxConnections = MAX_CALLERS
    const listen = (): unknown => server.listen(address.port, host)
    server.on('listening', () => inlet.trouble(undefined))
    server.on('error', error => {
      inlet.trouble(`cannot listen on ${host}:${address.port}: ${error.message}; trying again in ${RETRY_MS / 1000} s`)
      cancelRetry = inlet.clock.after(RETRY_MS, listen)
    })
    listen()
    return {
      close() {
        cancelRetry()
        for (const caller of callers) caller.destroy()
        server.close()
      },
    }
  },
}
