// Messages of SIP (RFC 3261) as far as a caller needs them: requests written, answers read, digest proven (RFC 2617, RFC 8760). Bad ones are undefined, never an exception.
import { createHash } from 'node:crypto'

export interface SipMessage {
  /** Of a request. */
  readonly method?: string
  /** Of an answer. */
  readonly status?: number
  readonly reason?: string
  /** Names in small letters; several of one name in order. */
  readonly headers: Readonly<Record<string, readonly string[]>>
  readonly body: string
}

const SHORT: Readonly<Record<string, string>> = {
  v: 'via',
  f: 'from',
  t: 'to',
  i: 'call-id',
  m: 'contact',
  l: 'content-length',
  c: 'content-type',
}
/** Headers whose values stand in one line, parted by commas. */
const LISTS = ['via', 'record-route', 'contact']

export function readSip(packet: Buffer): SipMessage | undefined {
  const all = packet.toString('utf8')
  const end = all.indexOf('\r\n\r\n')
  const head = (end < 0 ? all : all.slice(0, end)).replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  const first = head[0] ?? ''
  const answer = /^SIP\/2\.0 (\d{3}) ?(.*)$/.exec(first)
  const request = /^([A-Z]{3,20}) \S+ SIP\/2\.0$/.exec(first)
  if (!answer && !request) return undefined
  const headers: Record<string, string[]> = Object.create(null)
  for (const line of head.slice(1, 101)) {
    const at = line.indexOf(':')
    if (at < 1) continue
    const written = line.slice(0, at).trim().toLowerCase()
    const name = SHORT[written] ?? written
    const value = line.slice(at + 1).trim()
    headers[name] = [
      ...(headers[name] ?? []),
      ...(LISTS.includes(name) ? value.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)(?=[^>]*(?:<|$))/).map(one => one.trim()) : [value]),
    ]
  }
  return {
    ...(answer
      ? { status: Number(answer[1]), reason: (answer[2] ?? '').replace(/\p{Cc}/gu, '').slice(0, 80) }
      : { method: request?.[1] ?? '' }),
    headers,
    body: end < 0 ? '' : all.slice(end + 4),
  }
}

export const header = (message: SipMessage, name: string): string => message.headers[name]?.[0] ?? ''
/** ;name=value of a header. */
export const parameter = (value: string, name: string): string | undefined =>
  new RegExp(`[;?]\\s*${name}=("?)([^;,"\\s>]*)\\1`, 'i').exec(value)?.[2]
/** sip:… within < >, or the whole. */
export const uriOf = (value: string): string => (/<([^<>]+)>/.exec(value)?.[1] ?? value.split(';')[0] ?? '').trim()

export function writeSip(first: string, headers: readonly (readonly [string, string])[], body = ''): Buffer {
  const lines = headers.map(([name, value]) => `${name}: ${value.replace(/\p{Cc}+/gu, ' ')}`)
  return Buffer.from([first, ...lines, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n'))
}

/** The value of (Proxy-)Authorization to a challenge; undefined where it asks for something we cannot do. */
export function digest(
  challenge: string,
  by: { readonly user: string; readonly password: string; readonly method: string; readonly uri: string; readonly cnonce: string },
): string | undefined {
  if (!/^Digest\s/i.test(challenge)) return undefined
  const field = (name: string): string | undefined =>
    new RegExp(`\\b${name}=(?:"([^"]*)"|([^\\s,]+))`, 'i')
      .exec(challenge)
      ?.slice(1)
      .find(one => one !== undefined)
  const algorithm = field('algorithm') ?? 'MD5'
  const kind = { MD5: 'md5', 'SHA-256': 'sha256' }[algorithm.toUpperCase()]
  const [realm, nonce, opaque] = [field('realm') ?? '', field('nonce') ?? '', field('opaque')]
  if (!kind || nonce === '') return undefined
  const hash = (text: string): string => createHash(kind).update(text).digest('hex')
  const isQop = (field('qop') ?? '').split(',').some(one => one.trim() === 'auth')
  const [secret, asked] = [hash(`${by.user}:${realm}:${by.password}`), hash(`${by.method}:${by.uri}`)]
  const response = hash(isQop ? `${secret}:${nonce}:00000001:${by.cnonce}:auth:${asked}` : `${secret}:${nonce}:${asked}`)
  return [
    `Digest username="${by.user}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${by.uri}"`,
    `response="${response}"`,
    `algorithm=${algorithm}`,
    ...(isQop ? ['qop=auth', 'nc=00000001', `cnonce="${by.cnonce}"`] : []),
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
  ].join(', ')
}

/** What the other side will hear: where to send, in which law, and under which number keys come. */
export interface Hearing {
  readonly host: string
  readonly port: number
  readonly payload: 0 | 8
  readonly keys?: number
}

/** Our offer (RFC 3264): A-law before µ-law, and keys (RFC 4733). */
export const offer = (host: string, port: number, id: number): string =>
  [
    'v=0',
    `o=mangru ${id} ${id} IN IP4 ${host}`,
    's=alarm',
    `c=IN IP4 ${host}`,
    't=0 0',
    `m=audio ${port} RTP/AVP 8 0 101`,
    'a=rtpmap:8 PCMA/8000',
    'a=rtpmap:0 PCMU/8000',
    'a=rtpmap:101 telephone-event/8000',
    'a=fmtp:101 0-15',
    'a=ptime:20',
    'a=sendrecv',
    '',
  ].join('\r\n')

export function hearingOf(sdp: string): Hearing | undefined {
  const media = /^m=audio (\d{1,5}) RTP\/\S+ ([\d ]+)/m.exec(sdp)
  const host = /^c=IN IP4 ([\d.]{7,15})/m.exec(sdp.slice(media?.index ?? 0))?.[1] ?? /^c=IN IP4 ([\d.]{7,15})/m.exec(sdp)?.[1]
  const port = Number(media?.[1])
  const payload = media?.[2]
    ?.split(' ')
    .map(Number)
    .find((one): one is 0 | 8 => one === 8 || one === 0)
  if (!host || payload === undefined || !(port > 0 && port < 65_536)) return undefined
  const keys = /^a=rtpmap:(\d{1,3}) telephone-event\/8000/m.exec(sdp)?.[1]
  return { host, port, payload, ...(keys === undefined ? {} : { keys: Number(keys) }) }
}
