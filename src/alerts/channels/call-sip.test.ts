// Against a telephone in this process, over UDP; time is moved by hand. And against Debian's sipp, where it is installed, by the machine's clock.
import { spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { machineClock } from '#platform/clock/index.ts'
import { createHandClock } from '#testkit/hand-clock.ts'
import { freePort, temporaryFolder } from '#testkit/product.ts'
import { createSipPeer } from '#testkit/sip-peer.ts'
import { type CallSipSettings, createCallSip } from './call-sip.ts'
import type { ChannelMessage, ChannelNews } from './channel.ts'
import { aLaw, muLaw, wavSamples } from './g711.ts'
import { digest, hearingOf, readSip } from './sip-message.ts'

const ends: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})
const message: ChannelMessage = { id: 'm1', attempt: 1, to: '+44 7700 900123', text: '무단개항', code: '47' }

async function open(more: Partial<CallSipSettings> = {}) {
  const peer = await createSipPeer()
  const clock = createHandClock()
  const news: ChannelNews[] = []
  const waiting: { holds: () => boolean; done: () => void }[] = []
  const channel = createCallSip(
    { name: 'phone', host: '127.0.0.1', port: peer.port, user: 'mangru', localHost: '127.0.0.1', numberForm: 'international', ...more },
    {
      clock,
      onNews(one) {
        news.push(one)
        for (const wait of waiting.splice(0)) wait.holds() ? wait.done() : waiting.push(wait)
      },
    },
  )
  ends.push(
    () => peer.close(),
    () => channel.close(),
  )
  const until = (holds: () => boolean): Promise<void> => (holds() ? Promise.resolve() : new Promise(done => waiting.push({ holds, done })))
  const methods = () => peer.asked.map(one => one.method)
  return { peer, clock, channel, news, until, methods }
}

test('a call is picked up, heard, and a pressed key is the answer, once; then it is hung up', async () => {
  const { peer, clock, channel, news, until, methods } = await open({ wonPerCall: 60 })
  const outcome = await channel.send(message)
  expect(outcome).toEqual({ outcome: 'accepted', providerId: expect.any(String), parts: 1, costWon: 60 })
  for (let n = 0; n < 30; n++) clock.move(20)
  await peer.until(() => peer.heard.length === 30)
  expect(peer.heard.every(one => one.payload === 8 && one.sound.length === 160)).toBe(true)
  // Silence, then the tone.
  expect([peer.heard[0]?.sound.every(byte => byte === 0xd5), peer.heard[25]?.sound.every(byte => byte === 0xd5)]).toEqual([true, false])
  peer.press('1')
  await until(() => news.length === 2)
  expect(news).toMatchObject([
    { news: 'reply', id: 'm1', from: '447700900123', text: '1' },
    { news: 'receipt', id: 'm1', state: 'delivered' },
  ])
  await peer.until(() => methods().includes('BYE'))
  expect(methods()).toEqual(['INVITE', 'ACK', 'BYE'])
  expect(new Set(peer.asked.map(one => one.headers['call-id'])).size).toBe(1)
})

test('heard to the end without a key is delivered; µ-law where the other side has no A-law', async () => {
  const { peer, clock, channel, news, until } = await open()
  peer.payload = 0
  await channel.send(message)
  clock.move(600)
  await peer.until(() => peer.heard.length > 10)
  clock.move(30_000)
  await until(() => news.length === 1)
  expect(news).toMatchObject([{ news: 'receipt', id: 'm1', state: 'delivered' }])
  await peer.until(() => peer.asked.at(-1)?.method === 'BYE')
  expect(peer.heard[0]?.payload).toBe(0)
})

test('who hangs up at once has not heard it', async () => {
  const { peer, channel, news, until } = await open()
  await channel.send(message)
  peer.hangUp()
  await until(() => news.length === 1)
  expect(news).toMatchObject([{ news: 'receipt', state: 'failed', reason: 'hung up before the sentence was over' }])
})

test.each([
  [486, false, /busy/],
  [480, false, /nobody/],
  [603, false, /declined/],
  [404, true, /no such number/],
  [503, false, /SIP 503/],
])('SIP %d is a refusal, final: %s', async (status, isFinal, reason) => {
  const { peer, channel, methods } = await open()
  peer.invite = status
  expect(await channel.send(message)).toEqual({ outcome: 'refused', reason: expect.stringMatching(reason), isFinal })
  await peer.until(() => methods().includes('ACK'))
})

test('nobody answers: it is cancelled after its time', async () => {
  const { peer, clock, channel, methods } = await open({ ringSeconds: 30 })
  peer.invite = 'ring'
  const sent = channel.send(message)
  await peer.until(() => methods().includes('INVITE'))
  // The sign of life must have come before the time is moved.
  for (let n = 0; n < 40; n++) await new Promise(done => setTimeout(done, 1))
  clock.move(30_000)
  expect(await sent).toEqual({ outcome: 'refused', reason: 'nobody answers (SIP 487)', isFinal: false })
  await peer.until(() => methods().length === 3)
  expect(methods()).toEqual(['INVITE', 'CANCEL', 'ACK'])
})

test('a lost packet is sent again; an exchange that says nothing is told as trouble', async () => {
  const { peer, clock, channel, news } = await open()
  peer.losesFirst = 1
  const sent = channel.send(message)
  while (peer.losesFirst > 0) await new Promise(done => setTimeout(done, 1))
  clock.move(500)
  expect((await sent).outcome).toBe('accepted')
  peer.invite = 'silent'
  const other = channel.send({ ...message, id: 'm2' })
  await peer.until(() => peer.asked.filter(one => one.method === 'INVITE').length >= 2)
  clock.move(70_000)
  expect(await other).toMatchObject({ outcome: 'refused', isFinal: false, reason: expect.stringMatching(/does not answer/) })
  expect(news.some(one => one.news === 'trouble' && /does not answer/.test(one.trouble ?? ''))).toBe(true)
})

test('proof by digest, for registering and for calling', async () => {
  const { peer, channel, methods, clock } = await open({ password: 'sesame' })
  peer.account = { user: 'mangru', password: 'sesame' }
  expect((await channel.send(message)).outcome).toBe('accepted')
  await peer.until(() => methods().length === 4)
  expect(methods()).toEqual(['INVITE', 'ACK', 'INVITE', 'ACK'])
  peer.account = { user: 'mangru', password: 'other' }
  expect(await channel.send({ ...message, id: 'm2' })).toMatchObject({ outcome: 'refused', reason: expect.stringMatching(/401/) })
  void clock
})

test('it registers, again in time, and says when it may not', async () => {
  const { peer, clock, channel, until, methods } = await open({ registers: true, password: 'sesame' })
  await peer.until(() => methods().filter(one => one === 'REGISTER').length === 1)
  peer.account = { user: 'mangru', password: 'other' }
  for (let n = 0; n < 40; n++) await new Promise(done => setTimeout(done, 1))
  clock.move(30_000)
  await until(() => channel.trouble() !== undefined)
  expect(channel.trouble()).toMatch(/refuses to register mangru: SIP 401/)
})

test('recorded sentences are played in order, digits of the code among them; what is missing is in the preview', async () => {
  const folder = temporaryFolder()
  ends.push(() => folder.remove())
  const wav = (samples: number, rate = 8000): Buffer => {
    const head = Buffer.from('524946460000000057415645666d74201000000001000100401f0000803e00000200100064617461', 'hex')
    head.writeUInt32LE(rate, 24)
    const size = Buffer.alloc(4)
    size.writeUInt32LE(samples * 2)
    return Buffer.concat([head, size, Buffer.alloc(samples * 2, 1)])
  }
  for (const [name, bytes] of [
    ['seal-opened', wav(800)],
    ['4', wav(160)],
    ['7', wav(160, 16_000)],
    ['press-one', Buffer.from('no sound')],
  ] as const)
    writeFileSync(join(folder.path, `${name}.wav`), bytes)
  const { channel } = await open({ folder: folder.path })
  const alarm = {
    id: 'a',
    revision: 1,
    change: 'raised',
    level: 0,
    detector: 'seal-opened',
    atMs: 0,
    subjects: [],
    why: { ko: '', en: '' },
  } as const
  expect(channel.preview({ ...message, alarm })).toEqual({
    text: '♪×4 seal-opened.wav 4.wav 7.wav',
    parts: 1,
    length: 4,
    encoding: 'G.711',
  })
  expect([wavSamples(wav(160, 16_000)).length, wavSamples(wav(10, 44_100)), wavSamples(Buffer.from('x'))]).toEqual([
    80,
    expect.stringMatching(/44100 Hz/),
    'it is no WAV file',
  ])
})

test('G.711 is that of another program', () => {
  // Made by Python's audioop; of µ-law without the two values next to zero that it rounds otherwise than ITU-T G.191.
  const samples = [0, 1, 7, 8, -8, 100, -100, 1000, -1000, 5000, -5000, 20_000, -20_000, 32_767, -32_768]
  expect(Buffer.from(samples.map(muLaw)).toString('hex')).toBe('fffffefe7ef272ce4eab2b8c0c8000')
  expect(Buffer.from([...samples, -1, -9].map(aLaw)).toString('hex')).toBe('d5d5d5d555d353fa7a8606a626aa2a5555')
})

test('digest is that of RFC 2617 §3.5', () => {
  const value = digest(
    'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
    {
      user: 'Mufasa',
      password: 'Circle Of Life',
      method: 'GET',
      uri: '/dir/index.html',
      cnonce: '0a4f113b',
    },
  )
  expect(value).toContain('response="6629fae49393a05397450978507c4ef1"')
  expect(digest('Basic realm="x"', { user: 'a', password: 'b', method: 'GET', uri: '/', cnonce: '0' })).toBeUndefined()
})

test('whatever comes, reading it throws nothing and calls nobody', async () => {
  const { peer, channel } = await open()
  expect((await channel.send(message)).outcome).toBe('accepted')
  for (const packet of [
    '',
    'SIP/2.0 200 OK\r\n\r\n',
    'SIP/2.0 999 x\r\nVia: ;branch=\r\nCSeq: x\r\n\r\n',
    'INVITE sip:a SIP/2.0\r\n\r\n',
    '\u0000\u0001\u0002',
  ])
    peer.raw(Buffer.from(packet))
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.string(),
      (a, b) => void [readSip(Buffer.from(a)), readSip(Buffer.from(`SIP/2.0 200 ${a}\r\n${b}: ${a}\r\n\r\n${a}`)), hearingOf(a)],
    ),
  )
})

const SIPP = '/usr/bin/sipp'
if (!existsSync(SIPP))
  process.stderr.write('SKIPPED, sipp is not installed (apt-get install sip-tester): a call to a telephone that is not ours\n')
test.skipIf(!existsSync(SIPP))('Debian’s sipp takes the call, and says that it went by the book', async () => {
  const port = await freePort()
  const folder = temporaryFolder()
  ends.push(() => folder.remove())
  const sipp = spawn(SIPP, ['-sn', 'uas', '-i', '127.0.0.1', '-p', String(port), '-m', '1', '-nostdin', '-timeout', '20'], {
    cwd: folder.path,
    stdio: 'ignore',
  })
  const ended = new Promise<number | null>(done => sipp.once('exit', code => done(code)))
  ends.push(() => void (sipp.exitCode === null && sipp.kill('SIGKILL')))
  const news: ChannelNews[] = []
  const channel = createCallSip(
    { name: 'phone', host: '127.0.0.1', port, user: 'mangru', localHost: '127.0.0.1', numberForm: 'international' },
    { clock: machineClock, onNews: one => news.push(one) },
  )
  // UDP: what is asked before sipp listens is asked again by the protocol.
  expect((await channel.send(message)).outcome).toBe('accepted')
  await new Promise(done => machineClock.after(100, () => done(undefined)))
  await channel.close()
  expect(await ended).toBe(0)
})
