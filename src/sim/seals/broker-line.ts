// A device's line to a broker, as if it were one to the centre: each report is published with QoS 1 on a topic of its own, and the broker's acknowledgement comes back as the centre's
// would. What is published on the device's topic for commands comes down.
import { connect } from 'node:net'
import { Duplex } from 'node:stream'
import { parser as createParser, generate, type Packet } from 'mqtt-packet'

export interface BrokerPlace {
  readonly host: string
  readonly port: number
  /** `seals/+/report`: the device stands where the + is. */
  readonly topic: string
  readonly user?: string
  readonly password?: string
}

const KEEPALIVE_S = 30
const SUBSCRIBE_ID = 65_535

/** A report a write, a line each; emits `connect`, `data`, `error` and `close` as a socket does. */
export function callBroker(place: BrokerPlace, deviceId: string): Duplex {
  const { host, port, user, password } = place
  const topic = place.topic.replace('+', deviceId)
  const commands = topic.replace(/[^/]*$/, 'command')
  const socket = connect({ host, port, noDelay: true })
  const parser = createParser({ protocolVersion: 4 })
  const say = (packet: Packet): void => void socket.write(generate(packet))
  /** Ids of reports that the broker has not acknowledged, by the id of their packet. */
  const under = new Map<number, unknown>()
  let packetId = 0
  const line = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      for (const payload of chunk.toString().split('\n')) {
        if (payload === '') continue
        packetId = (packetId % (SUBSCRIBE_ID - 1)) + 1
        under.set(packetId, (JSON.parse(payload) as { id?: unknown }).id)
        say({ cmd: 'publish', topic, payload, qos: 1, retain: false, dup: false, messageId: packetId })
      }
      done()
    },
    final(done) {
      socket.end(generate({ cmd: 'disconnect' }))
      done()
    },
    destroy(error, done) {
      clearInterval(pings)
      socket.destroy()
      done(error)
    },
  })
  const pings = setInterval(() => say({ cmd: 'pingreq' }), (KEEPALIVE_S * 1000) / 2).unref()
  parser.on('error', (error: Error) => line.destroy(error))
  parser.on('packet', (packet: Packet) => {
    if (packet.cmd === 'connack') {
      if (packet.returnCode) return line.destroy(new Error(`the broker refuses ${deviceId}: ${packet.returnCode}`))
      say({ cmd: 'subscribe', messageId: SUBSCRIBE_ID, subscriptions: [{ topic: commands, qos: 0 }] })
      return line.emit('connect')
    }
    if (packet.cmd === 'publish') return line.push(`${packet.payload}\n`)
    if (packet.cmd !== 'puback' || packet.messageId === undefined) return
    const acknowledged = under.get(packet.messageId)
    under.delete(packet.messageId)
    return line.push(`${JSON.stringify({ acknowledged })}\n`)
  })
  socket.on('connect', () =>
    say({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clientId: deviceId,
      clean: true,
      keepalive: KEEPALIVE_S,
      ...(user === undefined ? {} : { username: user }),
      ...(password === undefined ? {} : { password: Buffer.from(password) }),
    }),
  )
  socket.on('data', (chunk: Buffer) => parser.parse(chunk))
  socket.on('error', error => line.destroy(error))
  socket.on('close', () => line.destroy())
  return line
}
