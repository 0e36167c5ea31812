// A small MQTT broker for tests, with what a subscriber must get right: sessions that outlive connections, QoS 1 sent again where it was not acknowledged, refusals, an old version.
import { createServer, type Socket } from 'node:net'
import { parser as createParser, generate, type IConnectPacket, type Packet } from 'mqtt-packet'

interface Waiting {
  readonly topic: string
  readonly payload: Buffer
  readonly qos: 0 | 1
  readonly retain: boolean
  messageId?: number
}

export interface TestBroker {
  readonly port: number
  /** Of each greeting, in order. */
  readonly greetings: readonly IConnectPacket[]
  readonly subscribed: readonly string[]
  /** What the subscriber acknowledged, as it was published, in the order of acknowledgement. */
  readonly acknowledged: readonly string[]
  /** What the subscriber published. */
  readonly heard: readonly { readonly topic: string; readonly text: string; readonly qos: number }[]
  publish(topic: string, text: string | Uint8Array, options?: { readonly qos?: 0 | 1; readonly retain?: boolean }): void
  /** Cuts all connections. */
  cut(): void
  /** Raw bytes to whoever is connected. */
  write(bytes: Uint8Array): void
  forgetSessions(): void
  close(): Promise<void>
}

export interface TestBrokerOptions {
  /** Hangs up on MQTT 5. */
  readonly isOld?: boolean
  /** The code with which it refuses this greeting. */
  refuse?(greeting: IConnectPacket): number | undefined
  readonly grants?: number
}

export async function createTestBroker(options: TestBrokerOptions = {}): Promise<TestBroker> {
  const sessions = new Map<string, Waiting[]>()
  const greetings: IConnectPacket[] = []
  const subscribed: string[] = []
  const acknowledged: string[] = []
  const heard: { topic: string; text: string; qos: number }[] = []
  const lines = new Map<Socket, { readonly id: string; send(one: Waiting): void }>()
  let id = 0

  const server = createServer(socket => {
    socket.on('error', () => {})
    socket.on('close', () => lines.delete(socket))
    const parser = createParser({ protocolVersion: 5 })
    let version = 5
    const say = (packet: Packet): void => void socket.write(generate(packet, { protocolVersion: version }))
    let queue: Waiting[] = []
    const send = (one: Waiting): void => {
      if (one.qos === 1) one.messageId ??= (id++ % 65_535) + 1
      const { topic, payload, qos, retain, messageId } = one
      say({ cmd: 'publish', topic, payload, qos, retain, dup: false, ...(messageId === undefined ? {} : { messageId }) })
    }
    parser.on('packet', (packet: Packet) => {
      switch (packet.cmd) {
        case 'connect': {
          version = packet.protocolVersion ?? 4
          if (options.isOld && version === 5) return socket.destroy()
          greetings.push(packet)
          const code = options.refuse?.(packet) ?? 0
          const known = packet.clean ? undefined : sessions.get(packet.clientId)
          say({ cmd: 'connack', sessionPresent: known !== undefined, ...(version === 5 ? { reasonCode: code } : { returnCode: code }) })
          if (code !== 0) return socket.end()
          queue = known ?? []
          if (!packet.clean) sessions.set(packet.clientId, queue)
          lines.set(socket, { id: packet.clientId, send })
          for (const one of queue) send(one)
          return undefined
        }
        case 'subscribe':
          subscribed.push(...packet.subscriptions.map(one => one.topic))
          return say({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: [options.grants ?? 1] })
        case 'puback': {
          const at = queue.findIndex(one => one.messageId === packet.messageId)
          const [done] = at < 0 ? [] : queue.splice(at, 1)
          if (done) acknowledged.push(done.payload.toString())
          return undefined
        }
        case 'publish':
          heard.push({ topic: packet.topic, text: packet.payload.toString(), qos: packet.qos })
          return packet.qos === 1 && packet.messageId !== undefined ? say({ cmd: 'puback', messageId: packet.messageId }) : undefined
        case 'pingreq':
          return say({ cmd: 'pingresp' })
        default:
          return undefined
      }
    })
    socket.on('data', chunk => parser.parse(chunk as Buffer))
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    greetings,
    subscribed,
    acknowledged,
    heard,
    publish(topic, text, { qos = 1, retain = false } = {}) {
      const made = (): Waiting => ({ topic, payload: Buffer.from(text), qos, retain })
      const online = new Set([...lines.values()].map(one => one.id))
      for (const { id: client, send } of lines.values()) {
        const one = made()
        if (qos === 1) sessions.get(client)?.push(one)
        send(one)
      }
      if (qos === 1) for (const [client, queue] of sessions) if (!online.has(client)) queue.push(made())
    },
    cut() {
      for (const socket of lines.keys()) socket.destroy()
    },
    write(bytes) {
      for (const socket of lines.keys()) socket.write(bytes)
    },
    forgetSessions: () => sessions.clear(),
    close: () =>
      new Promise(done => {
        for (const socket of lines.keys()) socket.destroy()
        server.close(() => done())
      }),
  }
}
