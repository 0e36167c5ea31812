// Reliability check 9 (doors): random requests and live messages. No answer of the 5xx kind, no crash, memory flat.
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { WebSocket } from 'ws'
import { startProduct, temporaryFolder } from '../src/testkit/product.ts'
import { type Check, seeded } from './check.ts'

const memoryMb = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
const PIECES = [
  '/api/',
  'ships/',
  '440123456',
  '-1',
  '999999999999',
  'alarms/',
  '%00',
  '..%2f',
  'track?from=',
  'x',
  '2026-11-24T00:00:00Z',
  '&to=',
  'areas',
  'feeds',
  'past?at=now',
  '🚢',
  "';--",
  '<b>',
  'near?lat=91&lon=x',
  'timeline?bins=1e9',
  'search?q=',
  '?',
  '/',
  'permits',
  'holds/',
]
const BODIES = [
  '',
  '{',
  'null',
  '[]',
  '{}',
  '{"url":"tcp://"}',
  '{"url":"file:/etc/passwd\\u0000"}',
  '{"watched":"yes"}',
  '{"name":"x","kind":"designated","polygon":[[[1,2]]]}',
  '{"from":"x","to":"y","reason":""}',
  `{"name":"${'x'.repeat(5000)}"}`,
  '{"deedId":{}}',
  '{"polygon":[[[1e999,2],[3,4],[5,6]]]}',
]

function ask(port: number, method: string, path: string, body: string, headers: Readonly<Record<string, string>>): Promise<number> {
  return new Promise(done => {
    const call = request(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        headers: { host: `127.0.0.1:${port}`, ...headers, 'content-length': Buffer.byteLength(body) },
      },
      answer => {
        answer.resume()
        answer.on('end', () => done(answer.statusCode ?? 0))
      },
    )
    call.on('error', () => done(0))
    call.end(body)
  })
}

export const check: Check = {
  name: 'doors-fuzz',
  promise: 'random requests and live messages: no 5xx, no crash, memory flat',
  async run({ seed, times = 20_000 }) {
    const random = seeded(seed)
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
    const folder = temporaryFolder()
    const product = await startProduct(folder.path, ['--no-demo', '--port', '0'])
    const port = Number(new URL(product.url).port)
    const bad: string[] = []
    try {
      const live = new WebSocket(`${product.url.replace('http', 'ws')}/live`, { headers: product.headers })
      await new Promise((done, fail) => live.once('open', done).once('error', fail))
      let early = 0
      for (let n = 0; n < times; n++) {
        const path = encodeURI(`/${Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(PIECES)).join('')}`.replace(/^\/+/, '/'))
        const method = pick(['GET', 'GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])
        const body = method === 'GET' ? '' : pick(BODIES)
        // Trying a feed listens for seconds: it is not asked here.
        if (path.includes('feeds')) continue
        const status = await ask(port, method, path, body, {
          'content-type': pick(['application/json', 'text/plain', 'application/geo+json', 'x/y']),
          // Half of them come from nobody.
          ...(random() < 0.5 ? product.headers : {}),
        })
        if (status >= 500 || status === 0) bad.push(`${status} ${method} ${path} ${body.slice(0, 60)}`)
        if (n % 10 === 0)
          live.send(
            pick([
              '{',
              '[]',
              '{"kind":"view"}',
              '{"kind":"view","west":1e308,"south":-1e308,"east":0,"north":0}',
              '{"kind":"resume","after":-1}',
              'x'.repeat(1000),
              '{"kind":null}',
            ]),
          )
        if (n === Math.floor(times / 3)) early = memoryMb(product.pid)
      }
      const late = memoryMb(product.pid)
      const health = await ask(port, 'GET', '/healthz', '', {})
      live.close()
      return {
        pass: bad.length === 0 && health === 200 && late < early * 1.3,
        figure: `${times} requests; ${bad.length} bad answers ${bad.slice(0, 3).join(' | ')}; health ${health}; memory ${Math.round(early)} → ${Math.round(late)} MB`,
      }
    } finally {
      await product.stop()
      folder.remove()
    }
  },
}
