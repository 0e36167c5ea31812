// One connection to an MQTT broker as a subscriber, without the socket: greeting, subscription, messages, acknowledgements. A message of QoS 1 is acknowledged once whoever took it
// says that it is kept; so many may wait at a time, in their order (MQTT 5.0, 4.6). Version 5 where the broker speaks it, 3.1.1 else.
import { parser as createParser, generate, type IPublishPacket, type Packet } from 'mqtt-packet'
import type { Words } from './words.ts'

export type MqttVersion = 4 | 5

export interface MqttMessage {
  readonly topic: string
  readonly bytes: Uint8Array
  /** From before we asked: the broker had kept it. */
  readonly isRetained: boolean
}

export interface MqttSessionOptions {
  readonly version: MqttVersion
  readonly clientId: string
  /** The broker keeps what comes while we are away. */
  readonly isLasting: boolean
  readonly user?: string
  readonly password?: string
  readonly filter: string
  write(bytes: Uint8Array): void
  /** Messages may come from now on. `isResumed`: the broker knew us and kept what came meanwhile. */
  greeted(isResumed: boolean): void
  /** Asked for; `isKept` false: the broker gives no QoS 1 for this topic. */
  subscribed(isKept: boolean): void
  /** False: it could not be kept, the broker has to send it again. */
  message(message: MqttMessage): Promise<boolean>
  /** It is over; the connection is to be closed. `speaksOlder`: try the other version. */
  over(why: Words, speaksOlder?: boolean): void
}

export interface MqttSession {
  begin(): void
  push(chunk: Uint8Array): void
  /** Nothing is kept of it by the broker: who is not there now does not get it later. */
  publish(topic: string, bytes: Uint8Array): void
  ping(): void
  /** A farewell; what was not acknowledged comes again. */
  end(): void
  readonly isGreeted: boolean
}

export const KEEPALIVE_S = 30
/** So many may be under way to the disk, which takes them a few times a second (0158). Brokers allow 20 where nobody asks (3.1.1). */
const RECEIVE_MAXIMUM = 1000
/** A broker keeps what comes for one who is away so long; 3.1.1 leaves it to the broker. */
const SESSION_S = 7 * 86_400
const MAX_PACKET_BYTES = 1 << 20
/** Subscription options: what was retained is sent where the subscription is new. */
const RETAINED_WHERE_NEW = 1
const SUBSCRIBE_ID = 1

const REASONS: Readonly<Record<number, Words>> = {
  1: { ko: '프로토콜 판이 맞지 않음', en: 'another version of the protocol' },
  2: { ko: '클라이언트 이름을 받지 않음', en: 'the client id is not taken' },
  3: { ko: '브로커가 쉬는 중', en: 'the broker is not available' },
  4: { ko: '사용자 또는 비밀번호가 틀림', en: 'wrong user or password' },
  5: { ko: '허가되지 않음', en: 'not authorised' },
  128: { ko: '이유 없이 거절함', en: 'refused without a reason' },
  132: { ko: '프로토콜 판이 맞지 않음', en: 'another version of the protocol' },
  133: { ko: '클라이언트 이름을 받지 않음', en: 'the client id is not taken' },
  134: { ko: '사용자 또는 비밀번호가 틀림', en: 'wrong user or password' },
  135: { ko: '허가되지 않음', en: 'not authorised' },
  136: { ko: '브로커가 쉬는 중', en: 'the broker is not available' },
  137: { ko: '브로커가 바쁨', en: 'the broker is busy' },
  138: { ko: '브로커가 이 사용자를 막음', en: 'the broker has banned this user' },
  139: { ko: '브로커가 멈춤', en: 'the broker stops' },
  142: {
    ko: '같은 클라이언트 이름으로 다른 프로그램이 연결함. ?client=로 다른 이름을 주십시오',
    en: 'another program called under the same client id; give this one another with ?client=',
  },
  143: { ko: '토픽을 받지 않음', en: 'the topic is not taken' },
  151: { ko: '할당량을 넘음', en: 'quota exceeded' },
  158: { ko: '공유 구독을 모름', en: 'shared subscriptions are not known' },
  162: { ko: '+ # 구독을 모름', en: 'wildcards are not known' },
}
const wordsOf = (code: number): Words => REASONS[code] ?? { ko: `이유 ${code}`, en: `reason ${code}` }
const OTHER_VERSION = new Set([1, 0x84])

export function createMqttSession(options: MqttSessionOptions): MqttSession {
  const { version, filter } = options
  const parser = createParser({ protocolVersion: version })
  let isOver = false
  let isGreeted = false
  let unread = 0
  /** The acknowledgement before this one. */
  let before: Promise<void> = Promise.resolve()
  const say = (packet: Packet): void => options.write(generate(packet, { protocolVersion: version }))
  const over = (why: Words, speaksOlder?: boolean): void => {
    if (isOver) return
    isOver = true
    options.over(why, speaksOlder)
  }
  const refuse = (what: Words, code: number): void => {
    const why = wordsOf(code)
    over({ ko: `${what.ko}: ${why.ko}`, en: `${what.en}: ${why.en}` }, OTHER_VERSION.has(code))
  }

  const take = ({ topic, payload, retain, qos, messageId }: IPublishPacket): void => {
    const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload
    const kept = options.message({ topic, bytes, isRetained: retain })
    if (qos === 0 || messageId === undefined) return
    before = Promise.all([kept, before]).then(([isKept]) => {
      if (isOver) return
      if (isKept) say({ cmd: qos === 1 ? 'puback' : 'pubrec', messageId })
      else over({ ko: '디스크가 받지 못한 보고를 다시 받고자 함', en: 'the disk did not take a report; it is asked for again' })
    })
  }
  parser.on('packet', (packet: Packet) => {
    unread = 0
    if (isOver) return
    switch (packet.cmd) {
      case 'connack': {
        const code = packet.reasonCode ?? packet.returnCode ?? 0
        if (code !== 0) return refuse({ ko: '브로커가 받지 않음', en: 'the broker does not take us' }, code)
        isGreeted = true
        options.greeted(packet.sessionPresent)
        // Who is not told of their own messages need not pass them over; shared subscriptions may not ask for it (MQTT 5.0, 3.8.3.1).
        const v5 = version === 5 ? { nl: !filter.startsWith('$share/'), rap: false, rh: RETAINED_WHERE_NEW } : {}
        return say({ cmd: 'subscribe', messageId: SUBSCRIBE_ID, subscriptions: [{ topic: filter, qos: 1, ...v5 }] })
      }
      case 'suback': {
        const [granted] = packet.granted
        const code = typeof granted === 'number' ? granted : 0x80
        return code >= 0x80
          ? refuse({ ko: `브로커가 토픽 ${filter}을(를) 주지 않음`, en: `the broker does not give the topic ${filter}` }, code)
          : options.subscribed(code > 0)
      }
      case 'publish':
        return take(packet)
      case 'pubrel':
        return say({ cmd: 'pubcomp', ...(packet.messageId === undefined ? {} : { messageId: packet.messageId }) })
      case 'disconnect':
        return refuse({ ko: '브로커가 연결을 끊음', en: 'the broker ends the connection' }, packet.reasonCode ?? 0x80)
      default:
        return undefined
    }
  })
  parser.on('error', (error: Error) =>
    over({ ko: `MQTT가 아닌 것이 옴: ${error.message}`, en: `what came is not MQTT: ${error.message}` }, !isGreeted),
  )

  return {
    get isGreeted() {
      return isGreeted
    },
    begin() {
      const { clientId, isLasting, user, password } = options
      say({
        cmd: 'connect',
        protocolId: 'MQTT',
        protocolVersion: version,
        clientId,
        clean: !isLasting,
        keepalive: KEEPALIVE_S,
        ...(user === undefined ? {} : { username: user }),
        ...(password === undefined ? {} : { password: Buffer.from(password) }),
        ...(version === 5
          ? {
              properties: {
                ...(isLasting ? { sessionExpiryInterval: SESSION_S } : {}),
                receiveMaximum: RECEIVE_MAXIMUM,
                maximumPacketSize: MAX_PACKET_BYTES,
              },
            }
          : {}),
      })
    },
    push(chunk) {
      if (isOver) return
      unread += chunk.length
      parser.parse(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length))
      if (unread > 2 * MAX_PACKET_BYTES)
        over({ ko: `${MAX_PACKET_BYTES}바이트보다 긴 것이 옴`, en: `something longer than ${MAX_PACKET_BYTES} bytes came` })
    },
    publish(topic, bytes) {
      if (isGreeted && !isOver) say({ cmd: 'publish', topic, payload: Buffer.from(bytes), qos: 0, dup: false, retain: false })
    },
    ping() {
      if (isGreeted && !isOver) say({ cmd: 'pingreq' })
    },
    end() {
      if (isGreeted && !isOver) say({ cmd: 'disconnect' })
      isOver = true
    },
  }
}
