// Calls that meet a barrier: asked of the person, then made again; nothing is lost and nothing done twice. Against a real server of three answers.
import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LineDown } from '../shell/outbox.ts'
import { type Barrier, createAsk, Refusal } from './ask.ts'

/** What the next requests are answered, then 200. */
const answers: (readonly [status: number, code: string, headers?: Record<string, string>])[] = []
const heard: string[] = []
const server = createServer((request, response) => {
  heard.push(`${request.method} ${request.url} ${request.headers['accept-language']}`)
  const [status, code, headers] = answers.shift() ?? [200, '']
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  if (headers?.['content-length']) return response.write('{"half":', () => response.destroy())
  return response.end(JSON.stringify(status === 200 ? { done: true } : { status, code, detail: `because ${code}` }))
})
let origin = ''
beforeAll(async () => {
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
})
afterAll(() => void server.close())

function desk(clears: boolean) {
  heard.length = 0
  const asked: Barrier[] = []
  const clear = async (barrier: Barrier): Promise<boolean> => {
    asked.push(barrier)
    return clears
  }
  return { asked, ask: createAsk({ origin, language: () => 'en', clear }) }
}

test.each([
  ['nobody is signed in', 401, 'not-signed-in', 'sign-in'],
  ['the desk is locked', 423, 'locked', 'unlock'],
  ['a grave deed wants a proof', 403, 'confirm-needed', 'confirm'],
] as const)('a deed refused because %s is asked of the person and then done', async (_, status, code, barrier) => {
  answers.push([status, code])
  const { ask, asked } = desk(true)
  expect(await ask.json('POST', '/api/deed', { id: 1 })).toEqual({ done: true })
  expect(asked).toEqual([barrier])
  expect(heard).toEqual(['POST /api/deed en', 'POST /api/deed en'])
})

test('a deed whose confirmation was turned away is refused with the server’s sentence', async () => {
  answers.push([403, 'confirm-needed'])
  await expect(desk(false).ask.json('POST', '/api/deed')).rejects.toThrow('because confirm-needed (confirm-needed)')
})

test('a look without a session is a broken line: it asks to sign in and waits for nobody', async () => {
  answers.push([401, 'not-signed-in'])
  const { ask, asked } = desk(true)
  await expect(ask.json('GET', '/api/status')).rejects.toBeInstanceOf(LineDown)
  expect(asked).toEqual(['sign-in'])
  expect(heard).toHaveLength(1)
})

test.each([
  [401, 'wrong-credentials'],
  [403, 'not-yours'],
])('%s %s is the answer, nothing is asked', async (status, code) => {
  answers.push([status, code])
  const { ask, asked } = desk(true)
  await expect(ask.json('POST', '/sign-in/password', {})).rejects.toMatchObject({ code, status, sentence: `because ${code}` })
  expect(asked).toEqual([])
})

test('an answer that breaks off in the middle is a broken line', async () => {
  answers.push([200, '', { 'content-length': '5000' }])
  await expect(desk(true).ask.json('GET', '/api/ships')).rejects.toBeInstanceOf(LineDown)
})

test('a refusal says when to try again', async () => {
  answers.push([429, 'try-later', { 'retry-after': '40' }])
  const refusal = await desk(true)
    .ask.json('POST', '/sign-in/password', {})
    .catch(error => error)
  expect(refusal).toBeInstanceOf(Refusal)
  expect(refusal).toMatchObject({ code: 'try-later', retryAfterS: 40 })
})
