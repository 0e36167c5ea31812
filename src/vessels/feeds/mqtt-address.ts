// The place in mqtts://user@host:8883/seals/+/report: who asks, which broker, which topics. The password never stands in an address: addresses are shown, kept and logged.
import { ok, type Result, refused } from '#base/index.ts'
import type { Words } from './words.ts'

/** The broker's usual port by its scheme. */
export const BROKER_PORTS: Readonly<Record<string, number>> = { mqtt: 1883, mqtts: 8883 }
/** `client`: our name at the broker. `ca`, `cert`, `key`: PEM files for TLS. */
export const BROKER_OPTIONS = ['client', 'ca', 'cert', 'key'] as const
const CLIENT = /^[\w.:-]{1,100}$/
const MAX_TOPIC_BYTES = 65_535

/** Is there a password in it? Asked before anything is said about the address. */
export const holdsPassword = (rest: string): boolean => /^[^/@]*:[^/]*@/.test(rest)

export const PASSWORD_IN_ADDRESS: Words = {
  ko: '비밀번호를 주소에 적지 마십시오. 설정 feedPasswordsFile의 파일에 "사용자@호스트:포트 비밀번호" 한 줄로 적습니다',
  en: 'a password does not belong in an address; write the line "user@host:port password" in the file of the setting feedPasswordsFile',
}

export interface BrokerParts {
  /** `host:port`, to be read on. */
  readonly place: string
  /** MQTT 5.0, 4.7: levels with `+` for one and `#` for all that follow. */
  readonly topic: string
  readonly user?: string
}

export function brokerParts(rest: string, options: Readonly<Record<string, string>>): Result<BrokerParts, Words> {
  const slash = rest.indexOf('/')
  const authority = slash < 0 ? rest : rest.slice(0, slash)
  const topic = decoded(slash < 0 ? '' : rest.slice(slash + 1))
  if (!isFilter(topic))
    return refused({
      ko: `토픽 "${topic}"이(가) 없거나 잘못되었습니다. mqtts://사용자@192.0.2.1/seals/+/report 처럼 적습니다. +는 한 단계, #은 마지막에만`,
      en: `the topic "${topic}" is missing or wrong; write mqtts://user@192.0.2.1/seals/+/report, + stands for one whole level, # for all that follow and last`,
    })
  if (options.client !== undefined && !CLIENT.test(options.client))
    return refused({
      ko: 'client는 글자(A-Z a-z 0-9 . _ : -) 100자까지입니다',
      en: 'client is up to 100 of A-Z a-z 0-9 . _ : -',
    })
  if ((options.cert === undefined) !== (options.key === undefined))
    return refused({ ko: 'cert와 key는 함께 적습니다', en: 'cert and key are given together' })
  const at = authority.lastIndexOf('@')
  const user = at < 0 ? undefined : decoded(authority.slice(0, at))
  return ok({ place: authority.slice(at + 1), topic, ...(user === undefined ? {} : { user }) })
}

function isFilter(topic: string): boolean {
  if (topic === '' || topic.includes('\0') || Buffer.byteLength(topic) > MAX_TOPIC_BYTES) return false
  const levels = topic.split('/')
  return levels.every((level, at) => level === '+' || (level === '#' ? at === levels.length - 1 : !/[+#]/.test(level)))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** How the topics of one filter are read. */
export interface TopicReader {
  /** What stands at the last `+`: the device, where makers give each a topic of its own. */
  deviceIn(topic: string): string | undefined
  /** Where this device listens: the last level of its topic is `command`. Undefined where the filter does not fix the last level, or no device is told apart. */
  commandTopic(topic: string): string | undefined
  /** What we have published ourselves: a filter may match it. */
  isOurs(topic: string): boolean
}

const COMMAND = 'command'

export function createTopicReader(filter: string): TopicReader {
  const levels = filter.split('/')
  // Of a shared subscription ($share/GROUP/…) what follows is matched.
  const own = levels[0] === '$share' ? levels.slice(2) : levels
  const device = own.lastIndexOf('+')
  const last = own.at(-1)
  const hasCommands = device >= 0 && last !== '+' && last !== '#' && last !== COMMAND
  return {
    deviceIn: topic => (device < 0 ? undefined : topic.split('/')[device]),
    commandTopic: topic => (hasCommands ? [...topic.split('/').slice(0, -1), COMMAND].join('/') : undefined),
    isOurs: topic => last !== COMMAND && topic.endsWith(`/${COMMAND}`),
  }
}
