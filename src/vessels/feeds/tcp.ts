// TCP client: a base station, a receiver or an aggregator's stream. Reconnects with back-off; a line that is silent for a minute is opened anew, because a
// half-open connection (a router that forgot us) never says so.
import { connect, type Socket } from 'node:net'
import { lineOf } from './line.ts'
import type { Connection, Transport } from './transport.ts'
import { systemWords, type Words } from './words.ts'

const FIRST_RETRY_MS = 500
const MAX_RETRY_MS = 30_000
const CONNECT_TIMEOUT_MS = 10_000
const SILENT_RECONNECT_MS = 60_000
/** A connection that held this long starts the back-off from the beginning. */
const STEADY_MS = 30_000

export const tcp: Transport = {
  open(address, inlet) {
    let retryMs = FIRST_RETRY_MS
    let socket: Socket | undefined
    let cancelRetry = (): void => {}
    let isClosed = false

    const attempt = (): void => {
      let connection: Connection | undefined
      let openedAtMs = 0
      const place = `${address.host}:${address.port}`
      const mine = connect({ host: address.host, port: address.port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 10_000 })
      socket = mine
      mine.setTimeout(CONNECT_TIMEOUT_MS)
      mine.on('connect', () => {
        openedAtMs = inlet.clock.now()
        mine.setTimeout(SILENT_RECONNECT_MS)
        connection = inlet.opened(place, lineOf(mine))
        connection.onResume(() => mine.resume())
        inlet.trouble(undefined)
      })
      mine.on('data', (chunk: Uint8Array) => {
        if (connection?.bytes(chunk) === 'wait') mine.pause()
      })
      let why: Words = { ko: `${place}에서 연결을 끊음`, en: `${place} closed the connection` }
      mine.on('timeout', () => {
        why = connection
          ? {
              ko: `${place}에서 ${SILENT_RECONNECT_MS / 1000}초 동안 아무것도 오지 않음`,
              en: `nothing heard from ${place} for ${SILENT_RECONNECT_MS / 1000} s`,
            }
          : { ko: `${place}에서 응답이 없음`, en: `${place} does not answer` }
        mine.destroy()
      })
      mine.on('error', error => {
        const words = systemWords(error)
        why = { ko: `${place}: ${words.ko}`, en: `${place}: ${words.en}` }
      })
      mine.on('close', () => {
        connection?.closed()
        if (isClosed) return
        if (openedAtMs > 0 && inlet.clock.now() - openedAtMs > STEADY_MS) retryMs = FIRST_RETRY_MS
        inlet.trouble({ ko: `${why.ko}; ${retryMs / 1000}초 뒤 다시 연결`, en: `${why.en}; trying again in ${retryMs / 1000} s` })
        cancelRetry = inlet.clock.after(retryMs, attempt)
        retryMs = Math.min(MAX_RETRY_MS, retryMs * 2)
      })
    }
    attempt()
    return {
      close() {
        isClosed = true
        cancelRetry()
        socket?.destroy()
      },
    }
  },
}
