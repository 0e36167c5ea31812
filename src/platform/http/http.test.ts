// The doors with real requests: what strangers send, who may not, what the disk refuses, and that every route stands in the description.
import { connect } from 'node:net'
import { Type } from 'typebox'
import { afterEach, expect, test } from 'vitest'
import { type Caller, EVERYTHING } from '#base/index.ts'
import { NotKept } from '../store/index.ts'
import { badInput, createHttp, type Http, notFound } from './index.ts'

const OPERATOR: Caller = { id: 'duty', name: '당직', kind: 'person', appointments: [] }
const open: Http[] = []
afterEach(async () => {
  for (const http of open.splice(0)) await http.close()
})

async function doors(host = '127.0.0.1') {
  const errors: unknown[] = []
  const http = await createHttp({
    host,
    port: 0,
    version: '1.2.3',
    decide: deed =>
      deed === 'look'
        ? { outcome: 'granted', caller: OPERATOR, grant: EVERYTHING }
        : deed === 'others' || deed === ''
          ? { outcome: 'refused', caller: OPERATOR }
          : { outcome: 'unknown' },
    contentSecurityPolicy: "default-src 'self'",
    files: [],
    onError: error => void errors.push(error),
  })
  open.push(http)
  http.route({ method: 'GET', path: '/open', deed: 'open', summary: 'Open', tag: 't', handle: () => ({ ok: true }) })
  http.route({
    method: 'POST',
    path: '/api/things/:id',
    deed: 'look',
    summary: 'A thing',
    tag: 't',
    params: Type.Object({ id: Type.Integer() }),
    body: Type.Object({ name: Type.String({ minLength: 1, maxLength: 10 }) }, { additionalProperties: false }),
    answer: Type.Object({ id: Type.Integer() }),
    status: 201,
    handle: ({ params, body, caller }) => ({ id: params.id, name: body.name, by: caller.id }),
  })
  const throwing = (path: string, error: () => unknown): void =>
    http.route({
      method: 'GET',
      path,
      deed: 'look',
      summary: path,
      tag: 't',
      handle: () => {
        throw error()
      },
    })
  throwing('/api/full', () => new NotKept('database or disk is full'))
  throwing('/api/bug', () => new Error('secret words of the inside'))
  throwing('/api/none', () => notFound({ ko: '선박 7', en: 'ship 7' }))
  throwing('/api/bad', () => badInput({ ko: '틀림', en: 'wrong' }))
  http.route({
    method: 'GET',
    path: '/api/secret',
    deed: 'secret',
    summary: 'Secret',
    tag: 't',
    query: Type.Object({ n: Type.Integer() }),
    handle: () => 1,
  })
  http.route({ method: 'GET', path: '/api/others', deed: 'others', summary: 'Others', tag: 't', handle: () => 1 })
  const bound = await http.listen()
  if (!bound.ok) throw new Error(bound.reason)
  const { port } = new URL(bound.value)
  const ask = (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${port}${path}`, init)
  return { http, ask, port: Number(port), errors }
}

/** What a raw socket is answered. */
const raw = (port: number, text: string): Promise<string> =>
  new Promise(done => {
    let got = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.on('data', piece => {
      got += piece
      if (got.includes('\r\n\r\n')) socket.destroy()
    })
    socket.on('error', () => {})
    socket.on('close', () => done(got))
  })

const post = (body: unknown, type = 'application/json'): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': type },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

test('a good request is answered, and knows who calls', async () => {
  const { ask } = await doors()
  const answer = await ask('/api/things/7', post({ name: '배' }))
  expect([answer.status, await answer.json()]).toEqual([201, { id: 7, name: '배', by: 'duty' }])
})

test.each([
  ['no JSON', '/api/things/7', post('{'), 400],
  ['nothing', '/api/things/7', post(''), 400],
  ['null', '/api/things/7', post('null'), 400],
  ['a list', '/api/things/7', post([1]), 400],
  ['an unknown field', '/api/things/7', post({ name: 'x', nmae: 'y' }), 400],
  ['a word too long', '/api/things/7', post({ name: 'x'.repeat(11) }), 400],
  ['an id that is none', '/api/things/seven', post({ name: 'x' }), 400],
  ['an unknown content type', '/api/things/7', post('x', 'x/y'), 415],
  ['a body larger than any of ours', '/api/things/7', post({ name: 'x'.repeat(9 << 20) }), 413],
  ['a prototype', '/api/things/7', post('{"__proto__":{"x":1},"name":"x"}'), 400],
  ['an address that is nowhere', '/api/thing/7', {}, 404],
  ['a method that is none of its', '/api/things/7', { method: 'DELETE' }, 404],
])(
  '%s is refused as a problem with a code, in Korean, in English when asked, and nothing of the inside',
  async (_what, path, init, status) => {
    const { ask, errors } = await doors()
    const answer = await ask(path, init)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    const problem = await answer.json()
    expect(problem).toMatchObject({ status, code: expect.stringMatching(/^[a-z0-9-]+$/), detail: expect.stringMatching(/[가-힣]/) })
    const english = JSON.parse(
      await (await ask(path, { ...init, headers: { ...init.headers, 'accept-language': 'en-GB,ko;q=0.5' } })).text(),
    )
    expect(english.detail).not.toMatch(/[가-힣]/)
    expect(errors).toEqual([])
  },
)

test('who may not is told so before what was sent is looked at', async () => {
  const { ask } = await doors()
  expect((await ask('/api/secret?n=no-number')).status).toBe(401)
  expect(await (await ask('/api/others')).json()).toMatchObject({ status: 403, code: 'not-yours' })
  expect((await ask('/open')).status).toBe(200)
})

test('what the disk did not take is told as that, with what to do; a bug tells nothing of the inside and is logged', async () => {
  const { ask, errors } = await doors()
  const full = await ask('/api/full')
  expect([full.status, await full.json()]).toMatchObject([
    507,
    { code: 'not-kept', detail: expect.stringMatching(/저장하지 못해.*디스크/) },
  ])
  const bug = await ask('/api/bug')
  expect([bug.status, JSON.stringify(await bug.json())]).toEqual([500, expect.not.stringContaining('secret')])
  expect(errors).toHaveLength(2)
  expect([(await ask('/api/none')).status, (await ask('/api/bad')).status]).toEqual([404, 400])
})

test('another site’s page, and another name for this machine, get nothing', async () => {
  const { ask, port } = await doors()
  for (const origin of ['http://evil.example', 'null', 'https://127.0.0.1.evil.example'])
    expect((await ask('/open', { headers: { origin } })).status, origin).toBe(403)
  for (const host of ['evil.example', '127.0.0.1.evil.example', '169.254.169.254', ''])
    expect(await raw(port, `GET /open HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`), host).toMatch(/^HTTP\/1.1 40[03]/)
  for (const host of [`127.0.0.1:${port}`, 'localhost', '[::1]:80'])
    expect(await raw(port, `GET /open HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`), host).toMatch(/^HTTP\/1.1 200/)
})

test.each([
  'GET http://[ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
  'GET /%zz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
  'GET // HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
  'GET /../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
  `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`,
  'nonsense\r\n\r\n',
  'POST /api/things/7 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
])('the request %j is refused and the next one is answered', async text => {
  const { ask, port } = await doors()
  expect(await raw(port, text)).toMatch(/^HTTP\/1.1 4\d\d/)
  expect((await ask('/open')).status).toBe(200)
})

test('every answer says what a browser may do with it, and none may stand in another page', async () => {
  const { ask } = await doors()
  for (const path of ['/open', '/api/none', '/nowhere']) {
    const { headers } = await ask(path)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
  }
})

test('every route stands in the description with its shapes; only the open ones say that they are open', async () => {
  const { ask } = await doors()
  const description = JSON.parse(await (await ask('/openapi.json')).text())
  expect(Object.keys(description.paths).sort()).toEqual(
    ['/open', '/api/things/{id}', '/api/full', '/api/bug', '/api/none', '/api/bad', '/api/secret', '/api/others'].sort(),
  )
  expect(description.paths['/open'].get.security).toEqual([])
  const thing = description.paths['/api/things/{id}'].post
  expect(thing).not.toHaveProperty('security')
  expect(thing.requestBody.content['application/json'].schema.required).toEqual(['name'])
  expect(thing.responses['201']).toBeDefined()
})

test('a port in use is refused in a sentence', async () => {
  const { port } = await doors()
  const second = await createHttp({
    host: '127.0.0.1',
    port,
    version: '',
    decide: () => ({ outcome: 'unknown' }),
    contentSecurityPolicy: '',
    files: [],
  })
  open.push(second)
  expect(await second.listen()).toEqual({
    ok: false,
    reason: expect.stringMatching(new RegExp(`^port ${port} on 127.0.0.1 is in use; .* --port$`)),
  })
})
