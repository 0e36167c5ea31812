// UDP: receivers send datagrams of one or several lines. A datagram without a line end at its close gets one: its border is the border of a line.
// There is no telling a sender of datagrams to wait: what comes while we must is kept, some seconds of a flood; what is beyond that is dropped and counted.
import { createSocket, type Socket } from 'node:dgram'
import type { Connection, Inlet, Transport } from './transport.ts'
import { systemWords } from './words.ts'

const LF = 10
const RETRY_MS = 5000
const RECEIVE_BUFFER_BYTES = 4 << 20
const MAX_KEPT_BYTES = 4 << 20

export const udp: Transport = {
  open(address, inlet) {
    const host = address.host === '' ? '127.0.0.1' : address.host === '*' ? '0.0.0.0' : address.host
    let isClosed = false
    let closeSocket = (): void => {}
    let cancelRetry = (): void => {}
    const bind = (): void => {
      const socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4', recvBufferSize: RECEIVE_BUFFER_BYTES })
      let connection: Connection | undefined
      closeSocket = () => {
        closeSocket = () => {}
        socket.close()
        connection?.closed()
      }
      socket.on('listening', () => {
        inlet.trouble(undefined)
        connection = inlet.opened('udp')
        receive(socket, connection, inlet)
      })
      socket.on('error', error => {
        closeSocket()
        if (isClosed) return
        const why = systemWords(error)
        inlet.trouble({
          ko: `UDP ${host}:${address.port}에서 받을 수 없음: ${why.ko}; ${RETRY_MS / 1000}초 뒤 다시`,
          en: `cannot listen on udp ${host}:${address.port}: ${why.en}; trying again in ${RETRY_MS / 1000} s`,
        })
        cancelRetry = inlet.clock.after(RETRY_MS, bind)
      })
      socket.bind(address.port, host)
    }
    bind()
    return {
      close() {
        isClosed = true
        cancelRetry()
        closeSocket()
      },
    }
  },
}

function receive(socket: Socket, connection: Connection, inlet: Inlet): void {
  const kept: Uint8Array[] = []
  let keptBytes = 0
  let mustWait = false
  const take = (bytes: Uint8Array): void => {
    mustWait = connection.bytes(bytes) === 'wait'
  }
  connection.onResume(() => {
    mustWait = false
    let next = 0
    while (next < kept.length && !mustWait) {
      keptBytes -= kept[next]!.length
      take(kept[next++]!)
    }
    kept.splice(0, next)
  })
  socket.on('message', datagram => {
    const bytes = datagram.at(-1) === LF ? datagram : Buffer.concat([datagram, Buffer.from([LF])])
    if (!mustWait) take(bytes)
    else if (keptBytes + bytes.length > MAX_KEPT_BYTES) inlet.dropped(bytes.length)
    else {
      keptBytes += bytes.length
      kept.push(bytes)
    }
  })
}
