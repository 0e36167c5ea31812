// TCP server: receivers call us (AIS-catcher, rtl-ais, a base station). Listens on this machine only unless a host is given.
import { createServer, type Socket } from 'node:net'
import { lineOf } from './line.ts'
import type { Transport } from './transport.ts'
import { systemWords } from './words.ts'

const RETRY_MS = 5000
/** Receivers are few; devices of other kinds are many, and each calls by itself. */
const MAX_RECEIVERS = 64
const MAX_DEVICES = 20_000

export const tcpServer: Transport = {
  open(address, inlet) {
    const callers = new Set<Socket>()
    const most = address.kind === 'nmea' ? MAX_RECEIVERS : MAX_DEVICES
    let cancelRetry = (): void => {}
    const host = address.host === '' ? '127.0.0.1' : address.host === '*' ? '::' : address.host
    const server = createServer({ keepAlive: true, keepAliveInitialDelay: 10_000, noDelay: true }, caller => {
      callers.add(caller)
      const connection = inlet.opened(`${caller.remoteAddress}:${caller.remotePort}`, lineOf(caller))
      connection.onResume(() => caller.resume())
      caller.on('data', (chunk: Uint8Array) => {
        if (connection.bytes(chunk) === 'wait') caller.pause()
      })
      caller.on('error', () => {})
      caller.on('close', () => {
        if (callers.size === most) inlet.trouble(undefined)
        callers.delete(caller)
        connection.closed()
      })
    })
    server.maxConnections = most
    const listen = (): unknown => server.listen(address.port, host)
    server.on('listening', () => inlet.trouble(undefined))
    server.on('drop', () =>
      inlet.trouble({
        ko: `${most}대가 이미 연결되어 있어 더 받지 않음`,
        en: `${most} are connected already; no more are taken`,
      }),
    )
    server.on('error', error => {
      const why = systemWords(error)
      inlet.trouble({
        ko: `${host}:${address.port}에서 받을 수 없음: ${why.ko}; ${RETRY_MS / 1000}초 뒤 다시`,
        en: `cannot listen on ${host}:${address.port}: ${why.en}; trying again in ${RETRY_MS / 1000} s`,
      })
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
