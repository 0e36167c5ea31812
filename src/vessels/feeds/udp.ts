// UDP: receivers send datagrams of one or several lines. A datagram without a line end at its close gets one: its border is the border of a line.
import { createSocket } from 'node:dgram'
import type { Transport } from './transport.ts'

const LF = 10
const RETRY_MS = 5000
const RECEIVE_BUFFER_BYTES = 4 << 20

export const udp: Transport = {
  open(address, inlet) {
    let isClosed = false
    let socket = createSocket({ type: 'udp4' })
    let cancelRetry = (): void => {}
    const bind = (): void => {
      socket = createSocket({ type: address.host.includes(':') ? 'udp6' : 'udp4', recvBufferSize: RECEIVE_BUFFER_BYTES })
      const connection = inlet.opened('udp')
      let isFull = false
      connection.onResume(() => {
        isFull = false
      })
      socket.on('listening', () => inlet.trouble(undefined))
      socket.on('message', datagram => {
        // There is no telling a sender of datagrams to wait; the kernel's buffer does it for us and drops what is too much.
        const bytes = datagram.at(-1) === LF ? datagram : Buffer.concat([datagram, Buffer.from([LF])])
        if (isFull) inlet.dropped(bytes.length)
        else isFull = connection.bytes(bytes) === 'wait'
      })
      socket.on('error', error => {
        connection.closed()
        if (isClosed) return
        socket.close()
        inlet.trouble(
          `cannot listen on udp ${address.host || '127.0.0.1'}:${address.port}: ${error.message}; trying again in ${RETRY_MS / 1000} s`,
        )
        cancelRetry = inlet.clock.after(RETRY_MS, bind)
      })
      socket.bind(address.port, address.host === '' ? '127.0.0.1' : address.host === '*' ? '0.0.0.0' : address.host)
    }
    bind()
    return {
      close() {
        isClosed = true
        cancelRetry()
        socket.close()
      },
    }
  },
}
