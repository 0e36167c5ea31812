// The way back over a socket. Who does not read what it asked for is cut before it costs memory.
import type { Socket } from 'node:net'
import type { Line } from './transport.ts'

const MAX_WAITING_BYTES = 256 << 10

export const lineOf = (socket: Socket): Line => ({
  write(bytes) {
    if (socket.destroyed) return
    if (socket.writableLength > MAX_WAITING_BYTES) socket.destroy()
    else socket.write(bytes)
  },
  waiting: () => socket.writableLength,
  close: () => void socket.destroy(),
})
