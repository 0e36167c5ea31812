// A relay by Modbus/TCP for tests: keeps what was switched; may refuse, be silent, or answer nonsense.
import { type AddressInfo, createServer, type Socket } from 'node:net'

export interface ModbusRelay {
  readonly port: number
  /** [unit, coil, on] in order. */
  readonly switched: readonly (readonly [unit: number, coil: number, isOn: boolean])[]
  answer: 'echo' | 'silent' | 'garbage' | 'cut' | { readonly exception: number }
  until(holds: () => boolean): Promise<void>
  close(): Promise<void>
}

export async function createModbusRelay(): Promise<ModbusRelay> {
  const switched: (readonly [number, number, boolean])[] = []
  const sockets = new Set<Socket>()
  const waiting: { holds: () => boolean; done: () => void }[] = []
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', (ask: Buffer) => {
      const { answer } = relay
      if (answer === 'cut') return void socket.destroy()
      if (answer === 'garbage') return void socket.write(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'))
      if (typeof answer === 'object')
        return void socket.write(Buffer.from([ask[0] ?? 0, ask[1] ?? 0, 0, 0, 0, 3, ask[6] ?? 0, 0x85, answer.exception]))
      switched.push([ask[6] ?? 0, ask.readUInt16BE(8), ask[10] === 0xff])
      // In two pieces, as TCP may.
      if (answer === 'echo') {
        socket.write(ask.subarray(0, 5))
        setImmediate(() => socket.write(ask.subarray(5)))
      }
      for (const one of waiting.splice(0)) one.holds() ? one.done() : waiting.push(one)
    })
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const relay: ModbusRelay = {
    port: (server.address() as AddressInfo).port,
    switched,
    answer: 'echo',
    until: holds => (holds() ? Promise.resolve() : new Promise(done => waiting.push({ holds, done }))),
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>(done => server.close(() => done()))
    },
  }
  return relay
}
