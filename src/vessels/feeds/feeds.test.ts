// Feeds with real peers on 127.0.0.1: one that refuses, hangs up, sends half sentences, garbage or lines without end, and files that are not what they should be.
import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { mkdirSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { type Clock, epochMs } from '#base/index.ts'
import { eventually, freePort, temporaryFolder } from '../../testkit/product.ts'
import { createPass, type Pass } from '../index.ts'
import { createFeedDesk, readFeedAddress } from './index.ts'

const NOW = Date.UTC(2026, 10, 24, 3)
const LINE = '!AIVDM,1,1,,A,15MwkRUOidG?GElEa<iQk1JV06Jd,0*6E\r\n'
const opened: (() => unknown)[] = []
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

interface Hand {
  now: number
  /** Runs what is due within this time, in order. */
  pass(ms: number): void
  readonly clock: Clock
}

function handClock(): Hand {
  let due: { atMs: number; everyMs?: number; task: () => void }[] = []
  const hand: Hand = {
    now: NOW,
    pass(ms) {
      const until = hand.now + ms
      for (;;) {
        const next = due.filter(one => one.atMs <= until).sort((a, b) => a.atMs - b.atMs)[0]
        if (!next) break
        hand.now = Math.max(hand.now, next.atMs)
        if (next.everyMs === undefined) due = due.filter(one => one !== next)
        else next.atMs += next.everyMs
        next.task()
      }
      hand.now = until
    },
    clock: {
      now: () => epochMs(hand.now),
      every(everyMs, task) {
        const one = { atMs: hand.now + everyMs, everyMs, task }
        due.push(one)
        return () => {
          due = due.filter(other => other !== one)
        }
      },
      after(afterMs, task) {
        const one = { atMs: hand.now + afterMs, task }
        due.push(one)
        return () => {
          due = due.filter(other => other !== one)
        }
      },
    },
  }
  return hand
}

function desk() {
  const hand = handClock()
  const kept: { feed: string; text: string }[] = []
  const told: string[] = []
  const pass: Pass = createPass({
    capacity: 1000,
    sink: () => {},
    refused: (feed, reason, bytes, from, to) => feeds.refusedLine(feed, reason, bytes.subarray(from, to)),
  })
  const feeds = createFeedDesk({
    pass,
    clock: hand.clock,
    monotonicMs: () => 0,
    nextTurn: task => void setImmediate(task),
    keep: (feed, bytes) => kept.push({ feed, text: Buffer.from(bytes).toString('latin1') }) - 1,
    onOpened: feed => void told.push(`opened ${feed.name} ${feed.network}`),
    onStopped: feed => void told.push(`stopped ${feed.name}`),
    onFault: (feed, error) => void told.push(`fault ${feed.name} ${error instanceof Error ? error.message : error}`),
  })
  opened.push(() => feeds.close())
  return {
    hand,
    feeds,
    kept,
    told,
    /** The pass has a bug in the next so many pieces. */
    breaks(times: number) {
      const before = pass.bytes.bind(pass)
      let left = times
      pass.bytes = (...given) => {
        if (left-- > 0) throw new Error('a bug')
        before(...given)
      }
    },
    health(name: string) {
      const found = feeds.list().find(feed => feed.name === name)
      if (!found) throw new Error(`no feed ${name}`)
      return found
    },
  }
}

/** A sender that is called: what it does with each caller. */
async function sender(
  greet: (caller: Socket) => void,
  port = 0,
): Promise<{ readonly port: number; readonly server: Server; readonly callers: Socket[] }> {
  const callers: Socket[] = []
  const server = createServer(caller => {
    callers.push(caller)
    caller.on('error', () => {})
    greet(caller)
  })
  await new Promise<void>(done => server.listen(port, '127.0.0.1', done))
  opened.push(() => {
    for (const caller of callers) caller.destroy()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, server, callers }
}
async function call(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  opened.push(() => socket.destroy())
  await new Promise<void>(done => socket.once('connect', done))
  return socket
}
const until = (holds: () => boolean): Promise<boolean> => eventually(async () => (holds() ? true : undefined), 5000, 5)

test.each([
  ['tcp://host with space:4001', /호스트/],
  ['tcp://user:secret@192.0.2.1:4001', /호스트/],
  ['tcp://192.0.2.1', /포트/],
  ['tcp://192.0.2.1:0', /포트/],
  ['tcp://192.0.2.1:65536', /포트/],
  ['tcp://:4001', /호스트가 없습니다/],
  ['udp://:x', /포트/],
  ['file:', /경로/],
  ['file:/tmp/a\0b', /경로/],
  ['constructor:x', /수신망 주소가 아닙니다/],
  ['http://192.0.2.1/', /수신망 주소가 아닙니다/],
  ['', /수신망 주소가 아닙니다/],
  ['tcp://192.0.2.1:4001?kind=jt808', /kind=jt808/],
  ['tcp://192.0.2.1:4001?network=moon', /network=moon/],
  ['tcp://192.0.2.1:4001?nmae=busan', /nmae은\(는\) 없는 옵션/],
  ['tcp://192.0.2.1:4001?name=a b', /이름/],
  [`tcp://192.0.2.1:4001?name=${'가'.repeat(41)}`, /40자/],
])('%s is refused in both languages, with what to write instead', (url, korean) => {
  const read = readFeedAddress(url)
  expect(read.ok).toBe(false)
  if (read.ok) return
  expect(read.reason.ko).toMatch(korean)
  expect(read.reason.en).not.toBe(read.reason.ko)
})

test.each([
  ['tcp://[::1]:4001?name=a', { host: '::1', port: 4001 }],
  ['tcp://수신소.example:4001', { host: '수신소.example', name: '수신소.example-4001' }],
  ['udp://*:10110', { host: '*', name: 'udp-10110' }],
  ['file:/var/log/2026 년 (1).nmea', { path: '/var/log/2026 년 (1).nmea', name: '2026-년-1-.nmea' }],
  ['file:/var/log/100%.nmea', { path: '/var/log/100%.nmea' }],
  ['file:/var/log/a%20b.nmea', { path: '/var/log/a b.nmea' }],
  [`tcp://192.0.2.1:1?name=${'부산'.normalize('NFD')}`, { name: '부산' }],
  ['stdin:', { name: 'stdin' }],
])('%s is read', (url, part) => {
  expect(readFeedAddress(url)).toMatchObject({ ok: true, value: part })
})

const PROBE = {
  name: 'probe',
  schemePort: 5084,
  options: ['lane'],
  faultOf: ({ lane }: Readonly<Record<string, string>>) => (lane === '0' ? { ko: '차로가 없습니다', en: 'no such lane' } : undefined),
}

test.each([
  ['probe://192.0.2.7', { transport: 'tcp', host: '192.0.2.7', port: 5084, kind: 'probe' }],
  ['probe://192.0.2.7/?lane=3', { port: 5084, options: { lane: '3' } }],
  ['probe://192.0.2.7:9000?lane=3', { port: 9000 }],
  ['probe://[::1]', { host: '::1', port: 5084 }],
  ['tcp-server://:9000?kind=probe&lane=3', { transport: 'tcp-server', kind: 'probe' }],
  ['tcp://192.0.2.1:4001', { kind: 'nmea' }],
])('%s is read where a kind has a scheme and options of its own', (url, part) => {
  expect(readFeedAddress(url, [PROBE])).toMatchObject({ ok: true, value: part })
})

test.each([
  ['probe://192.0.2.7?lane=0', /차로/],
  ['probe://192.0.2.7?door=3', /쓸 수 있는 옵션: name, kind, network, lane/],
  ['tcp://192.0.2.1:4001?lane=3', /lane은\(는\) 없는 옵션/],
  ['probe://', /호스트가 없습니다/],
  ['http://192.0.2.1/', /probe: /],
])('%s is refused by what that kind may say', (url, korean) => {
  const read = readFeedAddress(url, [PROBE])
  expect(read.ok ? '' : read.reason.ko).toMatch(korean)
})

test('a peer that refuses is tried again after half a second, then ever later, at most half a minute; when it answers all is well', async () => {
  const { feeds, hand, health } = desk()
  const port = await freePort()
  feeds.add(`tcp://127.0.0.1:${port}?name=busan`)
  const waits: string[] = []
  for (let n = 0; n < 8; n++) {
    const before = health('busan').trouble
    await until(() => health('busan').trouble !== undefined && health('busan').trouble !== before)
    waits.push(/(\S+) s$/.exec(health('busan').trouble?.en ?? '')?.[1] ?? '')
    hand.pass(Number(waits.at(-1)) * 1000)
  }
  expect(waits).toEqual(['0.5', '1', '2', '4', '8', '16', '30', '30'])
  expect(health('busan').trouble).toMatchObject({ ko: expect.stringContaining('연결을 거부함 (ECONNREFUSED)') })
  await sender(caller => caller.write(LINE), port)
  await until(() => {
    hand.pass(30_000)
    return health('busan').sentences > 0
  })
  expect(health('busan').trouble).toBeUndefined()
})

test('a peer that hangs up at once does not start the back-off anew; one that held half a minute does', async () => {
  const { feeds, hand, health } = desk()
  const { port, callers } = await sender(() => {})
  feeds.add(`tcp://127.0.0.1:${port}?name=busan`)
  const hangUp = async (heldMs: number): Promise<string> => {
    const before = callers.length
    await until(() => callers.length > before || before === 0)
    await until(() => health('busan').trouble === undefined)
    hand.pass(heldMs)
    callers.at(-1)?.end()
    await until(() => health('busan').trouble !== undefined)
    return health('busan').trouble?.en ?? ''
  }
  await until(() => callers.length === 1)
  callers.at(-1)?.end()
  await until(() => health('busan').trouble !== undefined)
  expect(health('busan').trouble?.en).toMatch(/closed the connection; trying again in 0.5 s$/)
  hand.pass(500)
  await until(() => callers.length === 2)
  await until(() => health('busan').trouble === undefined)
  callers.at(-1)?.end()
  await until(() => health('busan').trouble !== undefined)
  expect(health('busan').trouble?.en).toMatch(/in 1 s$/)
  hand.pass(1000)
  expect(await hangUp(31_000)).toMatch(/in 0.5 s$/)
})

test('a cut line loses at most the half sentence it was cut in, and never joins it with what comes after', async () => {
  const { feeds, hand, kept, health } = desk()
  const { port, callers } = await sender(caller => caller.write(LINE + LINE.slice(0, 20)))
  feeds.add(`tcp://127.0.0.1:${port}?name=busan`)
  await until(() => kept.length === 1)
  callers[0]?.resetAndDestroy()
  await until(() => health('busan').trouble !== undefined)
  hand.pass(500)
  await until(() => kept.length >= 3)
  expect(kept.map(one => one.text)).toEqual([LINE, `${LINE.slice(0, 20)}\n`, LINE])
  expect(health('busan')).toMatchObject({ sentences: 3, badBy: { 'no-checksum': 1 } })
})

test('two receivers on one port never mix their sentences, however they are cut', async () => {
  const { feeds, kept, health } = desk()
  const port = await freePort()
  feeds.add(`tcp-server://127.0.0.1:${port}?name=부산`)
  await feeds.settled(0)
  await until(() => health('부산').trouble === undefined)
  const [a, b] = [await call(port), await call(port)]
  for (let at = 0; at < LINE.length; at += 7) {
    a.write(LINE.slice(at, at + 7))
    b.write(LINE.slice(at, at + 7))
    await new Promise(done => setImmediate(done))
  }
  await until(() => kept.length === 2)
  expect(kept.map(one => one.text)).toEqual([LINE, LINE])
  expect(health('부산')).toMatchObject({ sentences: 2, bad: 0 })
})

test('garbage and a line of ten megabytes are kept as they came and harm nothing that follows', async () => {
  const { feeds, kept, health } = desk()
  const port = await freePort()
  feeds.add(`tcp-server://127.0.0.1:${port}?name=busan`)
  const bad = await call(port)
  const long = 'x'.repeat(10 << 20)
  bad.write(long)
  bad.write('\n')
  await until(() => kept.reduce((sum, one) => sum + one.text.length, 0) === long.length + 1)
  const noise = Buffer.from(Array.from({ length: 4000 }, (_, n) => (n * 7919) & 0xff))
  bad.write(noise)
  bad.write('\n')
  bad.write(LINE)
  await until(() => health('busan').sentences > 0 && kept.at(-1)?.text.endsWith(LINE) === true)
  expect(kept.map(one => one.text).join('').length).toBe(long.length + 1 + noise.length + 1 + LINE.length)
  expect(health('busan').bad).toBeGreaterThan(0)
  expect(health('busan').samples.length).toBeLessThanOrEqual(20)
  for (const sample of health('busan').samples) expect(sample.line).toMatch(/^[\x20-\x7e]{0,300}$/)
})

test('a fault of ours in one piece is told, the piece is kept, and the next one is taken', async () => {
  const { feeds, kept, health, breaks, told } = desk()
  const port = await freePort()
  feeds.add(`tcp-server://127.0.0.1:${port}?name=busan`)
  breaks(1)
  const receiver = await call(port)
  receiver.write(LINE)
  await until(() => kept.length === 1)
  receiver.write(LINE)
  await until(() => health('busan').sentences === 1)
  expect(kept.map(one => one.text)).toEqual([LINE, LINE])
  expect(told).toContain('fault busan a bug')
})

test('a port in use is told in both languages, tried again, and the feed can be paused and removed meanwhile', async () => {
  for (const transport of ['udp', 'tcp-server']) {
    const { feeds, hand, health, told } = desk()
    const taken: UdpSocket | Server = transport === 'udp' ? createSocket('udp4') : createServer()
    const port = await new Promise<number>(done => {
      if ('bind' in taken) taken.bind(0, '127.0.0.1', () => done(taken.address().port))
      else taken.listen(0, '127.0.0.1', () => done((taken.address() as AddressInfo).port))
    })
    const url = `${transport}://127.0.0.1:${port}?name=busan`
    feeds.add(url)
    await until(() => health('busan').trouble !== undefined)
    expect(health('busan')).toMatchObject({
      state: 'late',
      trouble: { ko: expect.stringContaining('이미 쓰고 있는 포트 (EADDRINUSE); 5초 뒤 다시') },
    })
    feeds.pause('busan', true)
    feeds.pause('busan', false)
    await until(() => health('busan').trouble !== undefined)
    expect(feeds.remove('busan')).toBe(true)
    feeds.add(url)
    await until(() => health('busan').trouble !== undefined)
    await new Promise<void>(done => taken.close(() => done()))
    hand.pass(5000)
    await until(() => health('busan').trouble === undefined)
    expect(told.filter(one => one.startsWith('stopped'))).toHaveLength(2)
    await feeds.close()
  }
})

test('datagrams of one line, of several, and without a line end are each whole lines', async () => {
  const { feeds, kept, health } = desk()
  const port = await freePort()
  feeds.add(`udp://127.0.0.1:${port}?name=udp`)
  const socket = createSocket('udp4')
  opened.push(() => socket.close())
  await until(() => {
    socket.send(LINE.trimEnd(), port, '127.0.0.1')
    return health('udp').sentences > 0
  })
  const before = health('udp').sentences
  socket.send(LINE + LINE, port, '127.0.0.1')
  await until(() => health('udp').sentences >= before + 2)
  expect(kept.every(one => one.text.endsWith('\n'))).toBe(true)
  expect(health('udp').bad).toBe(0)
})

test.each([
  ['plain.nmea', (text: string) => Buffer.from(text)],
  ['packed.nmea.gz', (text: string) => gzipSync(text)],
  ['packed.nmea.zst', (text: string) => zstdCompressSync(text)],
])('the recording %s is read to its end, and that is no silence', async (name, pack) => {
  const folder = temporaryFolder()
  opened.push(() => folder.remove())
  const path = join(folder.path, name)
  writeFileSync(path, pack(LINE.repeat(300) + LINE.trimEnd()))
  const { feeds, hand, health, told } = desk()
  feeds.add(`file:${path}?name=기록`)
  await until(() => health('기록').state === 'ended')
  hand.pass(3_600_000)
  expect(health('기록')).toMatchObject({ state: 'ended', sentences: 301, bad: 0, trouble: { ko: `${path}을(를) 끝까지 읽음` } })
  expect(told).toEqual(['opened 기록 coast', 'stopped 기록'])
})

test.each([
  ['that is not there', '/nowhere/x.nmea', /파일이 없음 \(ENOENT\)/],
  ['that is a folder', 'folder', /파일이 아니라 폴더 \(EISDIR\)/],
  ['whose packing is damaged', 'bad.gz', /압축이 손상됨/],
  ['whose packing ends in the middle', 'cut.gz', /압축 파일이 중간에 끊김/],
])('a recording %s says so, and the product goes on', async (_what, name, korean) => {
  const folder = temporaryFolder()
  opened.push(() => folder.remove())
  mkdirSync(join(folder.path, 'folder'))
  writeFileSync(join(folder.path, 'bad.gz'), 'this is no gzip')
  writeFileSync(join(folder.path, 'cut.gz'), gzipSync(LINE.repeat(1000)).subarray(0, 60))
  const { feeds, health } = desk()
  const path = name.startsWith('/') ? name : join(folder.path, name)
  expect(feeds.add(`file:${path}?name=rec`)).toMatchObject({ ok: true })
  await until(() => health('rec').trouble !== undefined)
  expect(health('rec').trouble?.ko).toMatch(korean)
  expect(health('rec').state).toBe('late')
  expect(feeds.remove('rec')).toBe(true)
})

test('a second feed of the same name is refused, whichever way its Hangul is composed; other feeds go on', async () => {
  const { feeds } = desk()
  const port = await freePort()
  expect(feeds.add(`tcp://127.0.0.1:${port}?name=부산`)).toMatchObject({ ok: true })
  const again = feeds.add(`udp://:${port}?name=${'부산'.normalize('NFD')}`)
  expect(again).toMatchObject({ ok: false, reason: { ko: expect.stringContaining('이미 있습니다') } })
  expect(feeds.list()).toHaveLength(1)
  expect(feeds.remove('인천')).toBe(false)
  expect(feeds.pause('인천', true)).toBe(false)
})

test('health: ok while it is heard, late after a quarter of a minute, silent after a minute, and its last hour by minutes', async () => {
  const { feeds, hand, health } = desk()
  const port = await freePort()
  feeds.add(`tcp-server://127.0.0.1:${port}?name=busan&network=satellite`)
  const receiver = await call(port)
  for (let minute = 0; minute < 3; minute++) {
    receiver.write(LINE.repeat(minute + 1))
    await until(() => health('busan').sentences === [1, 3, 6][minute])
    hand.pass(60_000)
  }
  expect(health('busan')).toMatchObject({ state: 'late', network: 'satellite', lastHour: [1, 2, 3, 0], lastAtMs: NOW + 120_000 })
  hand.pass(1000)
  expect(health('busan').state).toBe('silent')
  receiver.write(LINE)
  await until(() => health('busan').state === 'ok')
  expect(health('busan').perSecond).toBeGreaterThan(0)
})

test('trying a feed tells what was heard, what was not, and why, and leaves nothing open', async () => {
  const { feeds, hand } = desk()
  const { port, callers } = await sender(caller => caller.write(LINE))
  const good = feeds.test(`tcp://127.0.0.1:${port}`)
  await until(() => callers.length === 1)
  await new Promise(done => setTimeout(done, 50))
  hand.pass(4000)
  expect(await good).toMatchObject({ ok: true, said: { ko: '문장 1개, AIS 메시지 1건, 버림 0건' }, lines: [LINE.trimEnd()] })
  await until(() => callers[0]?.destroyed === true || callers[0]?.readableEnded === true)
  const refused = feeds.test(`tcp://127.0.0.1:${await freePort()}`)
  await new Promise(done => setTimeout(done, 50))
  hand.pass(4000)
  expect(await refused).toMatchObject({ ok: false, said: { ko: expect.stringContaining('연결을 거부함') } })
  expect(await feeds.test('tcp://nowhere')).toMatchObject({ ok: false, lines: [] })
  expect(await feeds.test('stdin:')).toMatchObject({ ok: false, said: { en: expect.stringContaining('--feed stdin:') } })
  const quiet = feeds.test(`udp://127.0.0.1:${await freePort()}`)
  hand.pass(4000)
  expect(await quiet).toMatchObject({ ok: false, said: { ko: expect.stringContaining('아무것도 오지 않음') } })
  expect(feeds.list()).toEqual([])
})
