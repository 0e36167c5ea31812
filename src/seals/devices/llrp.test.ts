// The centre and a reader over a real socket on 127.0.0.1: told what to do, heard, alive, gone and back; readers that can less, refuse, are taken by another, or are none.
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { type Clock, epochMs } from '#base/index.ts'
import type { GateEvent } from '../pass-contract.ts'
import { Framer } from '../protocols/framing.ts'
import { type ConnectionAttempt, LLRP_MAX_FRAME_BYTES, llrpFrames } from '../protocols/llrp.ts'
import { createLlrpReader, type LlrpReader, type LlrpReaderOptions, type TagSeen } from '../protocols/llrp-reader.ts'
import { llrpFrame } from '../protocols/llrp-requests.ts'
import { sealFeedOf } from './ledger-name.ts'
import { createGateReaders, type GateFeed, type GateReaders } from './llrp.ts'

const NOW = Date.UTC(2026, 10, 24, 3)
const SEAL = '3014257bf46db64000000001'
const FEED: GateFeed = { name: 'gate-3', options: { gate: '양산 3번', lat: '35.4', lon: '129' } }

/** With where the gate was. */
const LEDGER_NAME = 'seal:llrp:gate-3#gate=%EC%96%91%EC%82%B0+3%EB%B2%88&lat=35.4&lon=129'

const opened: (() => void)[] = []
afterEach(() => {
  for (const close of opened.splice(0).reverse()) close()
})

/** Moved by hand; tasks run when they are due. */
function handClock(): { readonly clock: Clock; pass(ms: number): void } {
  let nowMs = NOW
  const due: { atMs: number; readonly everyMs: number; readonly task: () => void }[] = []
  return {
    clock: {
      now: () => epochMs(nowMs),
      every(everyMs, task) {
        const one = { atMs: nowMs + everyMs, everyMs, task }
        due.push(one)
        return () => void due.splice(due.indexOf(one), 1)
      },
      after: () => () => {},
    },
    pass(ms) {
      const until = nowMs + ms
      for (;;) {
        const next = due.filter(one => one.atMs <= until).sort((a, b) => a.atMs - b.atMs)[0]
        if (!next) break
        nowMs = next.atMs
        next.atMs += next.everyMs
        next.task()
      }
      nowMs = until
    },
  }
}

interface Bench {
  readonly reader: LlrpReader
  readonly gates: GateReaders
  readonly passed: GateEvent[]
  readonly notices: string[]
  readonly ledger: { readonly feed: string; readonly hex: string; readonly receivedAtMs: number }[]
  readonly samples: string[]
  pass(ms: number): void
  /** The centre calls; resolves when the connection is over. */
  call(feed?: GateFeed): { readonly over: Promise<void>; end(): void }
  /** The reader's own words. */
  say(...frames: readonly Uint8Array[]): void
  until(what: () => boolean): Promise<void>
  readonly isCalled: boolean
}

async function bench(options: LlrpReaderOptions & { readonly attempt?: ConnectionAttempt; readonly mute?: boolean } = {}): Promise<Bench> {
  const { clock, pass } = handClock()
  const reader = createLlrpReader(options)
  let caller: Socket | undefined
  /** Told after each thing that happens on a line, so that nobody sleeps. */
  let watchers: (() => void)[] = []
  const happened = (): void => {
    for (const look of watchers) look()
  }
  const server: Server = createServer(socket => {
    caller = socket
    socket.on('error', () => {})
    if (!options.mute) socket.write(reader.connected(clock.now(), options.attempt))
    const framer = new Framer(llrpFrames, LLRP_MAX_FRAME_BYTES, {
      frame(frame) {
        for (const answer of reader.take(frame.slice())) socket.write(answer)
      },
    })
    socket.on('data', (chunk: Uint8Array) => {
      framer.push(chunk)
      happened()
    })
    socket.on('close', () => {
      reader.disconnected()
      happened()
    })
    happened()
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  opened.push(() => server.close())
  const { port } = server.address() as AddressInfo

  const passed: GateEvent[] = []
  const notices: string[] = []
  const samples: string[] = []
  const names: string[] = []
  const ledger: { feed: string; hex: string; receivedAtMs: number }[] = []
  const gates = createGateReaders({
    clock,
    ledger: {
      feed: name => names.push(name) - 1,
      append: (feed, bytes, receivedAtMs) => ledger.push({ feed: names[feed]!, hex: Buffer.from(bytes).toString('hex'), receivedAtMs }) - 1,
    },
    ownerOf: epcHex => (epcHex === SEAL ? { seal: `rfid:${SEAL}` } : undefined),
    onPassage: event => passed.push(event),
    onNotice: (feed, words) => notices.push(`${feed}: ${words.en}`),
  })
  opened.push(() => gates.close())
  return {
    reader,
    gates,
    passed,
    notices,
    ledger,
    samples,
    pass,
    call(feed = FEED) {
      const socket = connect(port, '127.0.0.1')
      opened.push(() => socket.destroy())
      socket.on('error', () => {})
      const over = new Promise<void>(done =>
        socket.on('close', () => {
          connection?.closed()
          done()
          happened()
        }),
      )
      let connection: ReturnType<GateReaders['opened']> | undefined
      socket.on('connect', () => {
        connection = gates.opened(
          feed,
          '127.0.0.1:5084',
          { write: bytes => void socket.write(bytes), close: () => void socket.destroy() },
          { heard() {}, sample: reason => samples.push(reason) },
        )
        happened()
      })
      socket.on('data', (chunk: Uint8Array) => {
        connection?.bytes(chunk)
        happened()
      })
      return { over, end: () => void socket.destroy() }
    },
    say(...frames) {
      for (const frame of frames) caller?.write(frame)
    },
    get isCalled() {
      return caller !== undefined
    },
    until: what =>
      new Promise(done => {
        const look = (): void => {
          if (!what()) return
          watchers = watchers.filter(one => one !== look)
          done()
        }
        watchers.push(look)
        look()
      }),
  }
}

const seen = (epcHex: string, atMs = NOW): TagSeen => ({
  epcHex,
  antenna: 1,
  peakRssiDbm: -58,
  firstSeenMs: atMs,
  lastSeenMs: atMs,
  seenCount: 3,
})

const isReading = ({ gates }: Bench): boolean => gates.state('gate-3') === 'reading'

describe('a reader', () => {
  test('is told to look, and who passes is heard; each message is in the ledger as it came, before', async () => {
    const made = await bench()
    made.call()
    await made.until(() => isReading(made) && made.reader.isLooking)
    const report = made.reader.sees([seen(SEAL)])
    // In pieces, as a network brings it.
    made.say(report[0]!.subarray(0, 5))
    made.say(report[0]!.subarray(5))
    await made.until(() => made.passed.length === 1)
    expect(made.passed[0]).toMatchObject({ gate: '양산 3번', atMs: NOW, seal: `rfid:${SEAL}`, mark: made.ledger.length - 1 })
    expect(made.ledger.at(-1)).toEqual({ feed: LEDGER_NAME, hex: Buffer.from(report[0]!).toString('hex'), receivedAtMs: NOW })
    expect(made.gates.counts('gate-3')).toEqual({ sentences: made.ledger.length, refused: {}, latencyMs: 0 })
  })

  test.each([
    ['cannot hold reports', { canHold: false }],
    ['cannot go by rounds', { canGoByRounds: false }],
    ['can neither, and has no clock', { canHold: false, canGoByRounds: false, hasClock: false }],
  ])('that %s is told so the plainer way', async (_, options) => {
    const made = await bench(options)
    made.call()
    await made.until(() => isReading(made))
    made.say(...made.reader.sees([seen(SEAL)]))
    await made.until(() => made.passed.length === 1)
    expect(made.passed[0]?.atMs).toBe(NOW)
    expect(made.reader.keepaliveMs).toBe(10_000)
    expect(made.notices).toEqual([])
  })

  test('holds what it sees while the line is broken; the order it still has is not thrown away', async () => {
    const made = await bench()
    const first = made.call()
    await made.until(() => isReading(made))
    first.end()
    await first.over
    await made.until(() => made.reader.sees([seen('0badc0de')]).length === 0)
    made.reader.sees([seen(SEAL, NOW + 5000)])
    made.pass(60_000)
    const held = made.reader.held
    made.call()
    await made.until(() => made.passed.length === 1)
    expect(held).toBe(2)
    expect(made.reader.held).toBe(0)
    expect(made.passed[0]).toMatchObject({ atMs: NOW + 5000, receivedAtMs: NOW + 60_000 })
    expect(made.gates.unknown()).toMatchObject([{ epcHex: '0badc0de', passages: 1 }])
  })

  test('that asks whether we are there is answered, and is left when it is silent', async () => {
    const made = await bench()
    const { over } = made.call()
    await made.until(() => isReading(made))
    made.say(made.reader.keepalive())
    await made.until(() => made.reader.unacknowledged === 0 && made.ledger.at(-1)?.hex.startsWith('043e') === true)
    made.pass(34_000)
    expect(isReading(made)).toBe(true)
    made.pass(3000)
    await over
    expect(made.notices).toEqual(['gate-3: the reader was silent for 35 s'])
    expect(made.gates.state('gate-3')).toBeUndefined()
  })

  test('with a clock of 2019 is heard at the right time, and it is said', async () => {
    const made = await bench()
    const off = NOW - Date.UTC(2019, 0, 1)
    made.call()
    await made.until(() => isReading(made))
    made.say(llrpFrame(63, 9, eventAt(Date.UTC(2019, 0, 1))))
    made.say(...made.reader.sees([seen(SEAL, NOW - off - 3000)]))
    await made.until(() => made.passed.length === 1)
    expect(made.passed[0]?.atMs).toBe(NOW - 3000)
    expect(made.notices).toEqual([`gate-3: the reader's clock is ${off / 1000} s behind (negative: ahead); its times are mended`])
  })
})

/** A greeting's body: UTC, and success. */
function eventAt(ms: number): Uint8Array {
  const body = new Uint8Array(22)
  const view = new DataView(body.buffer)
  view.setUint32(0, 0x00f60016)
  view.setUint32(4, 0x0080000c)
  view.setBigUint64(8, BigInt(ms) * 1000n)
  view.setUint32(16, 0x01000006)
  return body
}

describe('is left, and said why:', () => {
  test.each<[string, Parameters<typeof bench>[0], (made: Bench) => void, string]>([
    ['one that serves another', { attempt: 'client-connected-already' }, () => {}, 'does not take us: client-connected-already'],
    ['one that never greets', { mute: true }, made => made.pass(11_000), 'did not answer for 10 s'],
    ['what is no reader', { mute: true }, made => made.say(new TextEncoder().encode('SSH-2.0-OpenSSH')), 'is not LLRP'],
    [
      'one that closes by itself',
      {},
      made => made.say(llrpFrame(63, 9, Uint8Array.of(0, 0xf6, 0, 8, 1, 1, 0, 4))),
      // It says so itself; the line's end is told by whoever has the line.
      '',
    ],
    [
      'one that refuses to look',
      { mute: true },
      made => {
        made.say(made.reader.connected(NOW))
        // Whatever is asked next, a status of 401.
        for (let id = 1; id <= 2; id++) made.say(llrpFrame(13, id, Uint8Array.of(1, 31, 0, 8, 1, 145, 0, 0)))
      },
      'refused SET_READER_CONFIG: 401',
    ],
  ])('%s', async (_, options, happens, words) => {
    const made = await bench(options)
    const { over } = made.call()
    await made.until(() => made.isCalled && (made.gates.state('gate-3') !== undefined || made.notices.length > 0))
    happens(made)
    await over
    expect(made.notices.join()).toContain(words)
    expect(made.passed).toEqual([])
    expect(made.gates.state('gate-3')).toBeUndefined()
  })

  test('a gate without a place is not called, and it is said what is missing', async () => {
    const made = await bench()
    const { over } = made.call({ name: 'gate-3', options: {} })
    await over
    expect(made.notices.join()).toContain('the place of the gate is missing')
    expect(made.ledger).toEqual([])
  })
})

test('antennas that fall off, faults and lost reports are said; what is malformed is counted and the rest goes on', async () => {
  const made = await bench()
  made.call()
  await made.until(() => isReading(made))
  const event = (...bytes: number[]): Uint8Array => llrpFrame(63, 9, Uint8Array.of(0, 0xf6, 0, 4 + bytes.length, ...bytes))
  made.say(
    made.reader.antenna(3, false, NOW),
    event(0, 0xfc, 0, 8, 0, 2, 0x68, 0x6f),
    event(0, 0xfb, 0, 4),
    llrpFrame(63, 9),
    ...made.reader.sees([seen(SEAL)]),
  )
  await made.until(() => made.passed.length === 1)
  expect(made.notices).toEqual([
    'gate-3: antenna 3 is disconnected',
    'gate-3: the reader says: ho',
    'gate-3: reports overflowed in the reader, some are lost',
  ])
  expect(made.samples).toEqual(['reader', 'reader', 'reader', 'malformed'])
  expect(made.gates.counts('gate-3').refused).toEqual({ malformed: 1 })
})

test('the ledger read again tells the same passages, and answers nobody', async () => {
  const made = await bench({ hasClock: false })
  made.call()
  await made.until(() => isReading(made))
  for (const atMs of [NOW, NOW + 1000, NOW + 100_000]) made.say(...made.reader.sees([seen(SEAL, atMs), seen('0badc0de', atMs)]))
  await made.until(() => made.gates.counts('gate-3').sentences === made.ledger.length && made.gates.unknown().length > 0)
  await made.until(() => made.ledger.filter(entry => entry.hex.startsWith('043d')).length === 3)
  const again = await bench()
  made.ledger.forEach((entry, mark) => {
    again.gates.replay(sealFeedOf(entry.feed)!, Uint8Array.from(Buffer.from(entry.hex, 'hex')), entry.receivedAtMs, mark)
  })
  expect(again.passed).toEqual(made.passed)
  expect(again.gates.unknown()).toEqual(made.gates.unknown())
  expect(again.ledger).toEqual([])
})
