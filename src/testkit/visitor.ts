// A caller of its own at an address of its own (any of 127.0.0.0/8 is this machine's), with its own cookies: somebody at a desk, a stranger, an attacker.
import { request } from 'node:http'

export interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
  /** `set-cookie` as it came. */
  readonly setCookies: readonly string[]
  /** Where it sends a browser to. */
  readonly location: string | undefined
  readonly retryAfterS: number | undefined
  readonly tookMs: number
}

export interface Visitor {
  /** What they have been given, by name. */
  readonly cookies: Record<string, string>
  readonly cookie: string
  /** `headers` in place of the `origin` a browser would send. */
  ask(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>
}

export function visitor(url: string, from = '127.0.0.1', cookies: Record<string, string> = {}): Visitor {
  const line = (): string =>
    Object.entries(cookies)
      .map(pair => pair.join('='))
      .join('; ')
  return {
    cookies,
    get cookie() {
      return line()
    },
    ask: (method, path, body, headers = { origin: url }) =>
      new Promise((done, fail) => {
        const text = body === undefined ? '' : JSON.stringify(body)
        const began = performance.now()
        const call = request(
          `${url}${path}`,
          {
            method,
            localAddress: from,
            headers: {
              ...headers,
              cookie: line(),
              ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
            },
          },
          answer => {
            let said = ''
            answer.on('data', piece => (said += piece))
            answer.on('end', () => {
              const setCookies = answer.headers['set-cookie'] ?? []
              for (const one of setCookies) {
                const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? []
                if (/Max-Age=0/.test(one)) delete cookies[name]
                else cookies[name] = value
              }
              const retryAfter = answer.headers['retry-after']
              done({
                status: answer.statusCode ?? 0,
                body: said.startsWith('{') || said.startsWith('[') ? JSON.parse(said) : {},
                setCookies,
                location: answer.headers.location,
                retryAfterS: retryAfter === undefined ? undefined : Number(retryAfter),
                tookMs: performance.now() - began,
              })
            })
          },
        )
        call.on('error', fail)
        call.end(text)
      }),
  }
}
