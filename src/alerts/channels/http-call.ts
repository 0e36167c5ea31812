// One HTTP request of a channel: redirects are not followed, answers are cut short, and the address that is connected to is the address that was checked (no name that changes between).
// What failed says whether the other side may have had it: before the line stood it had nothing.
import { type LookupAddress, lookup } from 'node:dns'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { BlockList, isIP } from 'node:net'
import type { Clock } from '#base/index.ts'

export interface HttpCall {
  readonly method: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  readonly timeoutMs?: number
  /** Machines of this network and this machine itself may be called. */
  readonly allowsPrivate: boolean
  /** Certificate of an authority of one's own, PEM. */
  readonly ca?: string
  readonly clock: Clock
  /** Names into addresses; the machine's own way if absent. */
  readonly lookUp?: (name: string, found: (error: Error | null, addresses: readonly LookupAddress[]) => void) => void
}
export type HttpAnswer =
  | { readonly end: 'answer'; readonly status: number; readonly text: string; readonly retryAfterMs?: number; readonly location?: string }
  | { readonly end: 'not-sent'; readonly why: string; readonly isFinal: boolean }
  | { readonly end: 'unclear'; readonly why: string }

const DEFAULT_TIMEOUT_MS = 10_000
const MAX_ANSWER = 64 * 1024
const LONGEST_RETRY_MS = 3_600_000

/** RFC 6890 and its kin: nobody's public address. */
const PRIVATE = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  PRIVATE.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  PRIVATE.addSubnet(net, bits, 'ipv6')

/** Whether an address is of a network of one's own, of this machine, or of no one. IPv4 written as IPv6 counts as IPv4. */
export function isPrivateAddress(address: string): boolean {
  const plain = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
  const kind = isIP(plain)
  return kind === 0 || PRIVATE.check(plain, kind === 4 ? 'ipv4' : 'ipv6')
}

/** The URL, or why it may not be called. Names are looked at again when they are resolved. */
export function callableUrl(text: string, allowsPrivate: boolean): URL | string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return `"${text.slice(0, 80)}" is no http or https URL`
  if (url.username || url.password) return 'a password in a URL goes into logs: put it into a header'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (!allowsPrivate && ((isIP(host) !== 0 && isPrivateAddress(host)) || /^(?:localhost|.*\.localhost)\.?$/i.test(host)))
    return `${url.hostname} is an address of this network: set allowPrivate if it is meant`
  return url
}

/** Never throws. */
export function callHttp(call: HttpCall): Promise<HttpAnswer> {
  const url = callableUrl(call.url, call.allowsPrivate)
  if (typeof url === 'string') return Promise.resolve({ end: 'not-sent', why: url, isFinal: true })
  const timeoutMs = call.timeoutMs ?? DEFAULT_TIMEOUT_MS
  const lookUp = call.lookUp ?? ((name, found) => lookup(name, { all: true }, (error, addresses) => found(error, addresses ?? [])))
  return new Promise(done => {
    let isConnected = false
    let isOver = false
    const end = (answer: HttpAnswer): void => {
      if (isOver) return
      isOver = true
      stop()
      done(answer)
    }
    const failed = (why: string, isFinal = false): void => {
      end(isConnected ? { end: 'unclear', why } : { end: 'not-sent', why, isFinal })
      ask?.destroy()
    }
    const stop = call.clock.after(timeoutMs, () => failed(`${url.host} has not answered within ${timeoutMs / 1000} s`))
    const body = call.body === undefined ? undefined : Buffer.from(call.body)
    let ask: ReturnType<typeof httpRequest> | undefined
    try {
      ask = (url.protocol === 'https:' ? httpsRequest : httpRequest)(
        url,
        {
          method: call.method,
          headers: { ...call.headers, ...(body ? { 'content-length': String(body.length) } : {}) },
          agent: false,
          ...(call.ca ? { ca: call.ca } : {}),
          lookup: (name, options, found) =>
            lookUp(name, (error, addresses) => {
              const bad = call.allowsPrivate ? undefined : addresses.find(({ address }) => isPrivateAddress(address))
              const [first] = addresses
              if (bad) {
                failed(`${name} is ${bad.address}, an address of this network: set allowPrivate if it is meant`, true)
                return found(new Error('refused'), '', 4)
              }
              if (error || !first) return found(error ?? new Error(`${name} has no address`), '', 4)
              if (options.all) found(null, [...addresses])
              else found(null, first.address, first.family)
            }),
        },
        answer => {
          let text = ''
          answer.setEncoding('utf8')
          const whole = (): void => {
            const retryAfterMs = retryAfter(answer.headers['retry-after'])
            end({
              end: 'answer',
              status: answer.statusCode ?? 0,
              text: text.slice(0, MAX_ANSWER),
              ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
              ...(answer.headers.location === undefined ? {} : { location: answer.headers.location.slice(0, 200) }),
            })
          }
          answer.on('data', (piece: string) => {
            text += piece
            if (text.length < MAX_ANSWER) return
            whole()
            answer.destroy()
          })
          answer.on('end', whole)
          // The head of an answer is an answer, its rest only details.
          answer.on('error', whole)
        },
      )
      ask.on('socket', socket => socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => (isConnected = true)))
      ask.on('error', error => failed(`${url.host}: ${error.message}`))
      ask.end(body)
    } catch (error) {
      failed(`the request cannot be made: ${error instanceof Error ? error.message : String(error)}`, true)
    }
  })
}

function retryAfter(header: string | undefined): number | undefined {
  const seconds = header === undefined ? Number.NaN : Number(header)
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1000, LONGEST_RETRY_MS) : undefined
}
