// Reads a feed URL: tcp://host:port, tcp-server://:port, udp://:port, file:PATH, stdin:, mqtts://user@host/topic with options as query
// (?name=busan-2&kind=nmea&network=satellite).
// What is spoken besides nmea may have options of its own and a scheme of its own.
import { ok, type Result, refused } from '#base/index.ts'
import type { FeedAddress } from './feed.ts'
import { BROKER_OPTIONS, BROKER_PORTS, brokerParts, holdsPassword, PASSWORD_IN_ADDRESS } from './mqtt-address.ts'
import { TRANSPORTS } from './transports.ts'
import type { Words } from './words.ts'

const OPTIONS = ['name', 'kind', 'network']
const WITH_PORT = new Set(['tcp', 'tcp-server', 'udp'])
const NAME = /^[\p{L}\p{M}\p{N}_.:-]{1,40}$/u
const NOT_IN_NAMES = /[^\p{L}\p{M}\p{N}_.:-]+/gu
/** Host names, also in Hangul; IPv4, IPv6 with its zone; `*` for every address of this machine. */
const HOST = /^([\p{L}\p{M}\p{N}._:%-]*|\*)$/u

/** What is spoken besides `nmea`. */
export interface FeedKind {
  readonly name: string
  /** `NAME://host` is `tcp://host:PORT?kind=NAME`. */
  readonly schemePort?: number
  /** What its address may say besides. */
  readonly options?: readonly string[]
  /** Why what it says cannot be. */
  readonly faultOf?: (options: Readonly<Record<string, string>>) => Words | undefined
}

export function readFeedAddress(url: string, kinds: readonly FeedKind[] = []): Result<FeedAddress, Words> {
  const match = /^([a-z-]+):(?:\/\/)?([^?]*)(?:\?(.*))?$/s.exec(url.trim())
  const own = kinds.find(one => one.schemePort !== undefined && one.name === match?.[1])
  const transport = own ? 'tcp' : (match?.[1] ?? '')
  if (!match || !Object.hasOwn(TRANSPORTS, transport)) {
    const schemes = [...Object.keys(TRANSPORTS), ...kinds.flatMap(one => (one.schemePort === undefined ? [] : [one.name]))].map(
      name => `${name}:`,
    )
    return refused({
      ko: `"${url}"은(는) 수신망 주소가 아닙니다. ${schemes.join(' ')} 가운데 하나로 시작합니다 (예: tcp://192.0.2.1:4001?name=busan)`,
      en: `"${url}" is no feed URL of this version; it begins with one of ${schemes.join(' ')} (for example tcp://192.0.2.1:4001?name=busan)`,
    })
  }
  const isBroker = Object.hasOwn(BROKER_PORTS, transport)
  if (isBroker && holdsPassword(match[2] ?? '')) return refused(PASSWORD_IN_ADDRESS)
  const options = Object.fromEntries(new URLSearchParams(match[3] ?? ''))
  const kind = own?.name ?? options.kind ?? 'nmea'
  const spoken = kinds.find(one => one.name === kind)
  const allowed = [...OPTIONS, ...(isBroker ? BROKER_OPTIONS : []), ...(spoken?.options ?? [])]
  const unknown = Object.keys(options).find(option => !allowed.includes(option))
  if (unknown !== undefined)
    return refused({
      ko: `${unknown}은(는) 없는 옵션입니다. 쓸 수 있는 옵션: ${allowed.join(', ')}`,
      en: `there is no option "${unknown}" in ${url}; the options are ${allowed.join(', ')}`,
    })
  const known = ['nmea', ...kinds.map(one => one.name)]
  if (!known.includes(kind))
    return refused({
      ko: `kind=${kind}은(는) 알 수 없습니다. 이 판이 아는 형식: ${known.join(', ')}`,
      en: `kind=${kind} is not known in ${url}; this version speaks ${known.join(', ')}`,
    })
  if (isBroker && spoken?.schemePort !== undefined)
    return refused({
      ko: `${kind}은(는) 브로커를 거치지 않습니다. ${kind}://호스트 처럼 적으십시오`,
      en: `${kind} does not come by a broker; write ${kind}://host`,
    })
  const network = options.network ?? 'coast'
  if (network !== 'coast' && network !== 'satellite')
    return refused({
      ko: `network=${network}은(는) 알 수 없습니다. coast 또는 satellite입니다`,
      en: `network=${network} is not known in ${url}; it is coast or satellite`,
    })
  const fault = spoken?.faultOf?.(options)
  if (fault) return refused(fault)
  const broker = isBroker ? brokerParts(match[2] ?? '', options) : undefined
  if (broker && !broker.ok) return broker
  const place = broker
    ? hostAndPort(transport, broker.value.place, url, BROKER_PORTS[transport])
    : WITH_PORT.has(transport)
      ? hostAndPort(transport, match[2] ?? '', url, own?.schemePort)
      : pathOf(transport, match[2] ?? '', url)
  if (!place.ok) return place
  const { host, port } = place.value
  const path = broker?.value.topic ?? place.value.path
  const user = broker?.value.user
  const name = (options.name ?? defaultName(transport, host, port, path)).normalize('NFC')
  if (!NAME.test(name))
    return refused({
      ko: `이름 "${name}"은(는) 쓸 수 없습니다. 글자, 숫자, . _ : - 로 40자까지입니다. ?name=으로 다른 이름을 주십시오`,
      en: `the name "${name}" in ${url} is not usable; letters, digits, . _ : - and at most 40 of them; give another with ?name=`,
    })
  return ok({ url, name, transport, host, port, path, kind, network, options, ...(user === undefined ? {} : { user }) })
}

interface Place {
  readonly host: string
  readonly port: number
  readonly path: string
}

function hostAndPort(transport: string, path: string, url: string, usualPort = 0): Result<Place, Words> {
  const rest = path.replace(/\/$/, '')
  // Behind a `]` only, where the host is an IPv6 address.
  const at = rest.indexOf(':', Math.max(0, rest.lastIndexOf(']'))) < 0 ? -1 : rest.lastIndexOf(':')
  const host = rest.slice(0, at < 0 ? rest.length : at).replace(/^\[|\]$/g, '')
  const port = at < 0 ? usualPort : Number(rest.slice(at + 1))
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    return refused({
      ko: `포트가 없거나 잘못되었습니다(1~65535). ${transport}://${host}:4001 처럼 적으십시오`,
      en: `the port is missing or wrong in ${url}; write ${transport}://${host}:4001`,
    })
  if (!HOST.test(host))
    return refused({
      ko: `호스트 "${host}"이(가) 잘못되었습니다. 이름이나 IP 주소만 적습니다 (예: ${transport}://192.0.2.1:${port})`,
      en: `the host "${host}" in ${url} is wrong; a name or an IP address and nothing else, for example ${transport}://192.0.2.1:${port}`,
    })
  if (transport !== 'tcp-server' && transport !== 'udp' && (host === '' || host === '*'))
    return refused({
      ko: `호스트가 없습니다. ${transport}://192.0.2.1:${port} 처럼 적거나, 불려 오는 쪽이면 tcp-server://:${port}`,
      en: `the host is missing in ${url}; write ${transport}://192.0.2.1:${port}, or tcp-server://:${port} to be called`,
    })
  return ok({ host, port, path: '' })
}

function pathOf(transport: string, rest: string, url: string): Result<Place, Words> {
  const path = decoded(rest)
  if (transport === 'file' && (path === '' || path.includes('\0')))
    return refused({
      ko: '파일 경로가 없거나 잘못되었습니다. file:/var/log/ais.nmea 처럼 적으십시오',
      en: `the path is missing or wrong in ${url.replaceAll('\0', '\\0')}; write file:/var/log/ais.nmea`,
    })
  return ok({ host: '', port: 0, path })
}

/** As it stands where it is no escaped text: a file's name may hold a % of its own. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function defaultName(transport: string, host: string, port: number, path: string): string {
  if (transport === 'stdin') return 'stdin'
  const own =
    transport === 'file'
      ? (path.split('/').findLast(part => part !== '') ?? path)
      : `${transport === 'tcp' || Object.hasOwn(BROKER_PORTS, transport) ? host : transport}-${port}`
  return own.replace(NOT_IN_NAMES, '-').slice(-40)
}
