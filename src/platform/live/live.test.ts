// The live line with real sockets: strangers who call it wrongly, screens that cannot take what is sent, screens that come back.
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type Caller, type Clock, type EpochMs, epochMs, type Grant } from '#base/index.ts'
import { createLive, type Live, type LiveOptions } from './index.ts'

const OPERATOR: Caller = { id: 'duty', name: '당직', kind: 'person', appointments: [] }
const EVERYWHERE: Grant = { organisations: 'all', covers: () => true, needsSecond: () => false }
const ALL = { deed: 'look' }
const opened: (() => void)[] = []
afterEach(() => {
  for (const close of opened.splice(0).reverse()) close()
})

/** A clock moved by hand; `every` tasks run when it is moved. */
function handClock() {
  const tasks: (() => void)[] = []
  const hand: { now: number; tick(ms: number): void; readonly clock: Clock } = {
    now: 1_800_000_000_000,
    tick(ms: number) {
      hand.now += ms
      for (const task of tasks) task()
    },
    clock: {
      now: (): EpochMs => epochMs(hand.now),
      every: (_ms: number, task: () => void) => {
        tasks.push(task)
        return () => {}
      },
      after: () => () => {},
    },
  }
  return hand
}

async function line(more: Partial<LiveOptions> = {}) {
  const hand = handClock()
  const server: Server = createServer((_request, answer) => answer.end('here'))
  const got: unknown[] = []
  const live: Live = createLive({
    server,
    path: '/live',
    clock: hand.clock,
    topics: [
      { kind: 'alarm', deed: 'look' },
      { kind: 'status', deed: 'look' },
    ],
    callerOf: () => OPERATOR,
    refreshed: caller => caller,
    grantOf: () => EVERYWHERE,
    onOpen: () => {},
    onClose: () => {},
    onMessage: (_client, message) => void got.push(message),
    ...more,
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  opened.push(
    () => server.closeAllConnections(),
    () => server.close(),
    () => live.close(),
  )
  return { live, port, hand, got }
}

interface Screen {
  readonly socket: WebSocket
  readonly messages: Record<string, unknown>[]
  /** Resolves when a message for which `is` holds has come. */
  until(is: (message: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>
}

async function screen(port: number): Promise<Screen> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/live`)
  const messages: Record<string, unknown>[] = []
  const waiting: { is: (message: Record<string, unknown>) => boolean; done: (message: Record<string, unknown>) => void }[] = []
  socket.on('message', data => {
    const message = JSON.parse(String(data))
    messages.push(message)
    for (const one of waiting) if (one.is(message)) one.done(message)
  })
  const closed = new Promise<{ code: number; reason: string }>(done =>
    socket.on('close', (code, reason) => done({ code, reason: String(reason) })),
  )
  opened.push(() => socket.terminate())
  const until: Screen['until'] = is => {
    const there = messages.find(is)
    return there ? Promise.resolve(there) : new Promise(done => waiting.push({ is, done }))
  }
  await until(message => message.kind === 'hello')
  return { socket, messages, until, closed }
}

const upgrade = (path: string): string =>
  `GET ${path} HTTP/1.1\r\nHost: here\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n`

/** What a raw socket is answered until it is closed. */
const answerTo = (port: number, text: string): Promise<string> =>
  new Promise(done => {
    let got = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.on('data', piece => (got += piece))
    socket.on('error', () => {})
    socket.on('close', () => done(got))
  })

test.each(['//', '///live', 'http://[', '*'])('a call to %s that is no address is refused and harms nobody', async path => {
  const { port } = await line()
  expect(await answerTo(port, upgrade(path))).toMatch(/^HTTP\/1\.1 40[04]/)
  expect((await screen(port)).messages[0]).toMatchObject({ kind: 'hello' })
})

test('who goes away while being refused harms nobody', async () => {
  const { port } = await line({ callerOf: () => undefined })
  for (let n = 0; n < 20; n++) {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(upgrade(n % 2 === 0 ? '/live' : '/elsewhere'))
      setImmediate(() => socket.resetAndDestroy())
    })
    await new Promise<void>(done => socket.on('error', () => {}).on('close', () => done()))
  }
  expect(await answerTo(port, upgrade('/live'))).toMatch(/^HTTP\/1\.1 401/)
})

test('a screen that comes back gets every numbered message since its number, once and in order', async () => {
  const { live, port } = await line()
  const before = await screen(port)
  for (let n = 1; n <= 5; n++) live.announce({ kind: 'alarm', n }, ALL)
  await before.until(message => message.n === 5)
  const { socket, messages, until } = await screen(port)
  expect(messages[0]).toEqual({ kind: 'hello', number: before.messages.at(-1)?.number })
  socket.send(JSON.stringify({ kind: 'resume', after: before.messages.find(message => message.n === 2)?.number }))
  await until(message => message.kind === 'alarm' && message.n === 5)
  live.announce({ kind: 'alarm', n: 6 }, ALL)
  await until(message => message.n === 6)
  expect(messages.slice(1).map(message => message.n)).toEqual([3, 4, 5, 6])
})

test.each([
  ['older than what is remembered', 0],
  ['newer than anything said: the server began anew', 2 ** 40],
  ['no number of ours', -7],
])('a screen whose number is %s is told to ask for everything', async (_why, after) => {
  const { live, port } = await line()
  for (let n = 1; n <= 2500; n++) live.announce({ kind: 'alarm', n }, ALL)
  const { socket, until, messages } = await screen(port)
  socket.send(JSON.stringify({ kind: 'resume', after }))
  expect(await until(message => message.kind === 'missed')).toEqual({ kind: 'missed', after })
  live.announce({ kind: 'alarm', n: 2501 }, ALL)
  await until(message => message.n === 2501)
  expect(messages.filter(message => message.kind === 'alarm')).toHaveLength(1)
})

test.each(['{', '[]', 'null', '7', '"view"', '{"no":"kind"}'])(
  'the message %s is refused with a reason and the line goes on',
  async words => {
    const { port, got } = await line()
    const { socket, until } = await screen(port)
    socket.send(words)
    expect(await until(message => message.kind === 'refused')).toMatchObject({ detail: expect.stringContaining('JSON') })
    expect(got).toEqual([])
  },
)

test('a message larger than any of ours ends that line only', async () => {
  const { live, port } = await line()
  const [bad, good] = [await screen(port), await screen(port)]
  bad.socket.on('error', () => {})
  bad.socket.send(JSON.stringify({ kind: 'view', padding: 'x'.repeat(100_000) }))
  expect((await bad.closed).code).toBe(1009)
  live.announce({ kind: 'alarm', n: 1 }, ALL)
  expect(await good.until(message => message.kind === 'alarm')).toMatchObject({ n: 1 })
})

test('a screen that reads nothing keeps a bounded amount waiting, is cut with a reason, and the others miss nothing', async () => {
  const clients: { readonly isSlow: boolean }[] = []
  let left = (): void => {}
  const isGone = new Promise<void>(done => (left = done))
  const { live, port, hand } = await line({ onOpen: client => void clients.push(client), onClose: () => left() })
  const dead = await screen(port)
  const good = await screen(port)
  dead.socket.pause()
  const words = 'x'.repeat(20_000)
  // Far more than the kernel takes for a peer that does not read; the good one reads on between.
  for (let n = 1; n <= 1500; n++) {
    live.announce({ kind: 'alarm', n, words }, ALL)
    if (n % 50 === 0) await good.until(message => message.n === n)
  }
  expect(clients.map(client => client.isSlow)).toEqual([true, false])
  live.tell({ kind: 'status' }, ALL)
  await good.until(message => message.kind === 'status')
  expect(good.messages.filter(message => message.kind === 'alarm').map(message => message.n)).toEqual(
    Array.from({ length: 1500 }, (_, n) => n + 1),
  )
  for (let seconds = 0; seconds < 31; seconds++) {
    const answered = new Promise(done => good.socket.once('ping', done))
    hand.tick(1000)
    // Every fifth second a ping goes out; whoever reads answers it before the next look.
    if (seconds % 5 === 4) await Promise.all([answered, new Promise(done => good.socket.ping(() => done(undefined)))])
  }
  await isGone
  expect([live.cut, live.clients]).toEqual([1, 1])
  dead.socket.resume()
  await dead.closed
  expect(dead.messages.length).toBeLessThan(1500)
  expect(dead.messages.some(message => message.kind === 'status')).toBe(false)
})

test('numbered messages that waited for a slow screen follow as soon as it reads, without waiting for the clock', async () => {
  const { live, port } = await line()
  const { messages, until } = await screen(port)
  const words = 'x'.repeat(20_000)
  // In one go: more than is handed to a socket at once.
  for (let n = 1; n <= 100; n++) live.announce({ kind: 'alarm', n, words }, ALL)
  await until(message => message.n === 100)
  expect(messages.slice(1).map(message => message.n)).toEqual(Array.from({ length: 100 }, (_, n) => n + 1))
})

test('messages by the hundred that may be gathered come in one frame, in order, each screen its own; an alarm between them waits for nothing', async () => {
  const later: (() => void)[] = []
  const hand = handClock()
  const after = (_ms: number, task: () => void) => {
    later.push(task)
    return () => {}
  }
  const { live, port } = await line({ clock: { ...hand.clock, after } })
  const one = await screen(port)
  await one.until(message => message.kind === 'hello')
  for (let n = 1; n <= 150; n++) live.announce({ kind: 'alarm', n }, ALL, 'gathered')
  expect(later).toHaveLength(1)
  later[0]?.()
  const several = await one.until(message => message.kind === 'several')
  expect(Array.isArray(several.messages) && several.messages.map(message => message.n)).toEqual(
    Array.from({ length: 150 }, (_, i) => i + 1),
  )
  live.announce({ kind: 'alarm', n: 151 }, ALL, 'gathered')
  live.announce({ kind: 'alarm', n: 152 }, ALL)
  await one.until(message => message.n === 152)
  expect(one.messages.filter(message => message.kind !== 'several' && message.kind !== 'hello').map(message => message.n)).toEqual([
    151, 152,
  ])
})
