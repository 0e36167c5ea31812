// MQTT: we call a broker and ask for topics. The broker keeps what comes while we are away, and sends again what we did not acknowledge; we acknowledge once a message is on the
// disk. So nothing published with QoS 1 is lost between the device and the ledger, whoever of us dies.
import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { FeedAddress } from './feed.ts'
import { createTopicReader } from './mqtt-address.ts'
import { createMqttSession, KEEPALIVE_S, type MqttMessage, type MqttSession, type MqttVersion } from './mqtt-session.ts'
import type { Connection, Inlet, Transport } from './transport.ts'
import { systemWords, type Words } from './words.ts'

const FIRST_RETRY_MS = 500
const MAX_RETRY_MS = 30_000
const ANSWER_MS = 10_000
const PING_MS = (KEEPALIVE_S * 1000) / 2
const SILENT_MS = KEEPALIVE_S * 1500
/** A connection that held this long starts the back-off from the beginning. */
const STEADY_MS = 30_000
const LINE_END = 0x0a
const HUNG_UP: Words = { ko: '연결을 끊음', en: 'closed the connection' }

/** Stable, so that the broker knows us again; another filter is another subscription. */
function clientIdOf({ name, path, options }: FeedAddress): string {
  return options.client ?? `mangru-${name}-${createHash('sha256').update(path).digest('hex').slice(0, 8)}`
}

/** Throws where a file cannot be read or is none. */
function call({ host, port, options }: FeedAddress, isSecure: boolean): Socket {
  const line = { host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 10_000 }
  if (!isSecure) return connect(line)
  const { ca, cert, key } = options
  return connectTls({
    ...line,
    servername: /^[\d.]+$|:/.test(host) ? '' : host,
    ...(ca === undefined ? {} : { ca: readFileSync(ca) }),
    ...(cert === undefined || key === undefined ? {} : { cert: readFileSync(cert), key: readFileSync(key) }),
  })
}

function open(address: FeedAddress, inlet: Inlet, isSecure: boolean): { close(): void } {
  const place = `${address.host}:${address.port}`
  const topics = createTopicReader(address.path)
  const isTrial = inlet.isTrial ?? false
  const clientId = isTrial ? `mangru-trial-${randomUUID()}` : clientIdOf(address)
  let retryMs = FIRST_RETRY_MS
  let version: MqttVersion = 5
  let wasUp = false
  let isClosed = false
  let cancelRetry = (): void => {}
  let stop = (): void => {}

  const again = (why: Words): void => {
    if (isClosed) return
    inlet.trouble({
      ko: `${place}: ${why.ko}; ${retryMs / 1000}초 뒤 다시 연결`,
      en: `${place}: ${why.en}; trying again in ${retryMs / 1000} s`,
    })
    cancelRetry = inlet.clock.after(retryMs, attempt)
    retryMs = Math.min(MAX_RETRY_MS, retryMs * 2)
  }

  const attempt = (): void => {
    let socket: Socket
    let password: string | undefined
    try {
      password = address.user === undefined ? undefined : inlet.passwordOf?.(`${address.user}@${place}`)
      socket = call(address, isSecure)
    } catch (error) {
      return again(systemWords(error))
    }
    let why = HUNG_UP
    let connection: Connection | undefined
    let upAtMs = 0
    const session: MqttSession = createMqttSession({
      version,
      clientId,
      isLasting: !isTrial,
      filter: address.path,
      ...(address.user === undefined ? {} : { user: address.user }),
      ...(password === undefined ? {} : { password }),
      write(bytes) {
        if (socket.destroyed) return
        // Many acknowledgements of one moment go in one packet.
        if (socket.writableCorked === 0) {
          socket.cork()
          process.nextTick(() => socket.uncork())
        }
        socket.write(bytes)
      },
      greeted(isResumed) {
        upAtMs = inlet.clock.now()
        socket.setTimeout(SILENT_MS)
        if (wasUp && !isResumed && !isTrial)
          inlet.note?.('session-lost', `${place} did not know ${clientId} any more: what was published meanwhile is lost`)
        wasUp = true
        connection = inlet.opened(place)
        connection.onResume(() => socket.resume())
      },
      subscribed(isKept) {
        inlet.trouble(
          isKept
            ? undefined
            : {
                ko: `${place}: 브로커가 QoS 1을 주지 않아 보고를 잃을 수 있음`,
                en: `${place}: the broker gives no QoS 1, reports may be lost`,
              },
        )
      },
      message: message => (connection ? take(message, connection) : Promise.resolve(false)),
      over(words, speaksOlder) {
        why = words
        if (speaksOlder) version = version === 5 ? 4 : 5
        socket.destroy()
      },
    })

    const take = ({ topic, bytes, isRetained }: MqttMessage, to: Connection): Promise<boolean> => {
      // An empty one only takes back what was retained.
      if (bytes.length === 0 || topics.isOurs(topic)) return Promise.resolve(true)
      const deviceId = topics.deviceIn(topic)
      const commandTopic = topics.commandTopic(topic)
      const taken = to.message?.({
        bytes,
        isRetained,
        ...(deviceId === undefined ? {} : { deviceId }),
        ...(commandTopic === undefined ? {} : { reply: answer => session.publish(commandTopic, answer) }),
      })
      // Who takes lines takes one a message; old positions are none of now.
      const flow = taken ? taken.flow : isRetained && !isTrial ? 'go-on' : to.bytes(asLine(bytes))
      if (flow === 'wait') socket.pause()
      return taken?.kept ?? Promise.resolve(true)
    }

    socket.setTimeout(ANSWER_MS)
    socket.on(isSecure ? 'secureConnect' : 'connect', () => session.begin())
    socket.on('data', (chunk: Uint8Array) => session.push(chunk))
    socket.on('timeout', () => {
      why = session.isGreeted
        ? { ko: `${SILENT_MS / 1000}초 동안 조용함`, en: `silent for ${SILENT_MS / 1000} s` }
        : { ko: '응답이 없음', en: 'no answer' }
      socket.destroy()
    })
    socket.on('error', error => {
      why = systemWords(error)
    })
    const stopPings = inlet.clock.every(PING_MS, () => session.ping())
    socket.on('close', () => {
      stopPings()
      connection?.closed()
      if (upAtMs > 0 && inlet.clock.now() - upAtMs > STEADY_MS) retryMs = FIRST_RETRY_MS
      // Brokers of before 2019 may hang up on what they do not know.
      if (upAtMs > 0) version = 5
      else if (socket.bytesWritten > 0 && why === HUNG_UP) version = version === 5 ? 4 : 5
      again(why)
    })
    stop = () => {
      session.end()
      // The farewell goes out first.
      socket.destroySoon()
    }
  }
  attempt()
  return {
    close() {
      isClosed = true
      cancelRetry()
      stop()
    },
  }
}

const asLine = (bytes: Uint8Array): Uint8Array => (bytes.at(-1) === LINE_END ? bytes : Buffer.concat([bytes, Uint8Array.of(LINE_END)]))

export const mqtt: Transport = { open: (address, inlet) => open(address, inlet, false) }
export const mqtts: Transport = { open: (address, inlet) => open(address, inlet, true) }
