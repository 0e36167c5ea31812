// Reliability check 29: nothing by plain HTTP beyond this machine; under TLS every answer of every route, file and error carries the headers that tell a browser what it may do.
import { readdirSync, readFileSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { request } from 'node:https'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { freePort, runCommand, startProduct, temporaryFolder } from '../src/testkit/product.ts'
import { WEB_DIRECTORY } from '../src/web/build.ts'
import type { Check } from './check.ts'

const WANTED: readonly (readonly [header: string, fits: (value: string) => boolean])[] = [
  ['strict-transport-security', value => Number(/max-age=(\d+)/.exec(value)?.[1]) >= 31_536_000],
  [
    'content-security-policy',
    value => !/unsafe|\*|http:/.test(value) && /default-src 'none'/.test(value) && /frame-ancestors 'none'/.test(value),
  ],
  ['cross-origin-opener-policy', value => value === 'same-origin'],
  ['cross-origin-resource-policy', value => value === 'same-origin'],
  ['permissions-policy', value => /camera=\(\)/.test(value) && /microphone=\(\)/.test(value)],
  ['referrer-policy', value => value === 'no-referrer'],
  ['x-content-type-options', value => value === 'nosniff'],
  ['cache-control', value => value !== ''],
]

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}
const ask = (url: string, ca: string, method = 'GET', headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  new Promise((done, fail) => {
    const call = request(url, { method, ca, headers, agent: false }, answer => {
      let text = ''
      answer.on('data', piece => (text += piece))
      answer.on('end', () => done({ status: answer.statusCode ?? 0, headers: answer.headers, text }))
    })
    call.on('error', fail)
    call.end()
  })

/** What is missing or wrong in the headers of an answer. */
const misses = (what: string, { headers }: Answer): readonly string[] =>
  WANTED.filter(([header, fits]) => !fits(String(headers[header] ?? ''))).map(
    ([header]) => `${what}: ${header} ${headers[header] ?? 'is missing'}`,
  )

/** The oldest version of TLS a client may still speak with us. */
const speaks = (port: number, ca: string, version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'): Promise<boolean> =>
  new Promise(done => {
    const socket = connect({ host: '127.0.0.1', port, ca, minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' }, () => {
      socket.destroy()
      done(true)
    })
    socket.on('error', () => done(false))
  })

const isPlainAnswered = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  )

export const check: Check = {
  name: 'tls-headers',
  promise: 'no plain HTTP beyond this machine; HSTS, CSP without inline, COOP, Permissions-Policy on every route, file and error',
  async run() {
    const folder = temporaryFolder()
    const faults: string[] = []
    let asked = 0
    try {
      const outside = Object.values(networkInterfaces())
        .flatMap(list => list ?? [])
        .find(one => !one.internal && one.family === 'IPv4')
      for (const host of ['0.0.0.0', '::', ...(outside ? [outside.address] : [])]) {
        const plain = await runCommand(['start', '--data', folder.path, '--no-demo', '--port', '0', '--host', host])
        if (plain.code !== 1 || !plain.stderr.includes(host))
          faults.push(`--host ${host} without TLS ended with ${plain.code}: ${plain.stderr.trim()}`)
      }
      const early = await runCommand(['start', '--data', folder.path, '--no-demo', '--port', '0', '--host', '0.0.0.0', '--tls-local-ca'])
      if (early.code !== 1 || !early.stderr.includes('administrator'))
        faults.push(`--host 0.0.0.0 without an administrator ended with ${early.code}: ${early.stderr.trim()}`)
      const product = await startProduct(folder.path, ['--no-demo', '--tls-local-ca', '--port', String(await freePort())])
      try {
        const ca = readFileSync(join(folder.path, 'tls', 'root.crt'), 'utf8')
        const port = Number(new URL(product.url).port)
        if (!product.url.startsWith('https:')) faults.push(`it is ready at ${product.url}`)
        if (await isPlainAnswered(product.url.replace('https:', 'http:'))) faults.push('plain HTTP was answered on the port of TLS')
        if (await speaks(port, ca, 'TLSv1.1')) faults.push('TLS 1.1 is spoken')
        for (const version of ['TLSv1.2', 'TLSv1.3'] as const)
          if (!(await speaks(port, ca, version))) faults.push(`${version} is not spoken`)
        const description: { paths: Record<string, Record<string, unknown>> } = JSON.parse(
          (await ask(`${product.url}/openapi.json`, ca)).text,
        )
        const paths = Object.entries(description.paths).flatMap(([path, methods]) =>
          Object.keys(methods).map(method => [method.toUpperCase(), path] as const),
        )
        const files = readdirSync(WEB_DIRECTORY, { recursive: true, encoding: 'utf8' }).filter(name =>
          /\.(html|js|css|woff2|svg)$/.test(name),
        )
        const all = [
          ...paths.map(([method, path]) => [method, path.replace(/\{\w+\}/g, 'x')] as const),
          ...['/', '/openapi.json', '/nowhere', '/api/nowhere', '/%zz', '/../../etc/passwd', ...files.map(name => `/${name}`)].map(
            path => ['GET', path] as const,
          ),
        ]
        for (const [method, path] of all) {
          asked++
          faults.push(...misses(`${method} ${path}`, await ask(`${product.url}${path}`, ca, method)))
        }
        const page = await ask(`${product.url}/`, ca)
        if (/<script(?![^>]*\bsrc=)|\son\w+=|<style|style=/i.test(page.text)) faults.push('the page has inline script or style')
        if ((await ask(`${product.url}/ca.crt`, ca)).text !== ca) faults.push('/ca.crt does not give the root')
        // The cookie of a session is bound to TLS and to this host by its name.
        const bare = product.headers.cookie.replace('__Host-', '')
        for (const [cookie, status] of [
          [product.headers.cookie, 200],
          [bare, 401],
        ] as const) {
          const answer = await ask(`${product.url}/api/me`, ca, 'GET', { cookie })
          if (answer.status !== status) faults.push(`the cookie ${cookie.split('=')[0]} is answered ${answer.status}`)
        }
      } finally {
        await product.stop()
      }
      // Now somebody administers: other desks are answered, by TLS.
      const wide = await startProduct(folder.path, ['--no-demo', '--tls-local-ca', '--host', '0.0.0.0'])
      try {
        const ca = readFileSync(join(folder.path, 'tls', 'root.crt'), 'utf8')
        const url = `https://${outside?.address ?? '127.0.0.1'}:${new URL(wide.url).port}`
        if ((await ask(`${url}/sign-in/state`, ca)).status !== 200) faults.push(`${url} is not answered`)
        if ((await ask(`${url}/api/alarms`, ca)).status !== 401) faults.push(`${url}/api/alarms is open to strangers`)
        if (await isPlainAnswered(url.replace('https:', 'http:'))) faults.push('plain HTTP was answered beyond this machine')
      } finally {
        await wide.stop()
      }
    } finally {
      folder.remove()
    }
    return { pass: faults.length === 0, figure: `${asked} addresses asked; ${faults.length} misses ${faults.slice(0, 5).join(' | ')}` }
  },
}
