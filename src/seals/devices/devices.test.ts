// The centre's side of the wire, in process: what is kept, when a device is answered, floods, strangers, and numbers that two devices say.
import { beforeEach, describe, expect, test } from 'vitest'
import { createHandClock, type HandClock } from '#testkit/hand-clock.ts'
import { RESOLUTIONS } from '#testkit/seal-messages.ts'
import { type DeviceMessage, Framer, SEAL_PROTOCOLS, type SealProtocol } from '../protocols/index.ts'
import { createSealDevices, type Received, type SealDevices } from './devices.ts'
import { sealFeedOf } from './ledger-name.ts'

const protocol = (name: string): SealProtocol => SEAL_PROTOCOLS.find(one => one.name === name)!
const [jt808, eelink, json] = [protocol('jt808'), protocol('eelink'), protocol('json')]
const [A, B] = ['013900000001', '013900000002']

let clock: HandClock
let entries: { readonly feed: string; readonly bytes: Uint8Array }[]
let synced: number
let dropped: number
let heard: Received[]
let troubles: string[]
let devices: SealDevices
const samples: string[] = []

beforeEach(() => {
  clock = createHandClock()
  entries = []
  synced = 0
  dropped = 0
  heard = []
  troubles = []
  samples.length = 0
  const names: string[] = []
  devices = createSealDevices({
    clock,
    ledger: {
      feed: name => names.push(name) - 1,
      append: (feed, bytes) => entries.push({ feed: names[feed]!, bytes: Uint8Array.from(bytes) }) - 1,
      figures: () => ({ syncedMark: synced, droppedEntries: dropped }),
    },
    onReport: received => heard.push(received),
    onTrouble: what => troubles.push(what),
  })
})

/** A device on a line of its own. */
function call(by: SealProtocol = jt808, feed = 'seal-a') {
  const got: Uint8Array[] = []
  let isClosed = false
  const line = {
    write: (bytes: Uint8Array) => void got.push(bytes),
    close: () => {
      isClosed = true
      connection.closed()
    },
  }
  const connection = devices.opened({ name: feed, kind: by.name }, '127.0.0.1:1', line, {
    heard: () => {},
    sample: reason => samples.push(reason),
  })
  let acknowledged = 0
  const framer = new Framer(by.device.frames ?? by.frames, by.maxFrameBytes, {
    frame: bytes => {
      if (by.device.read?.(bytes).kind === 'acknowledged') acknowledged++
    },
  })
  return {
    /** Milliseconds for which it is not read from. */
    send: (bytes: Uint8Array): number | undefined => connection.bytes(bytes),
    end: () => connection.closed(),
    isClosed: () => isClosed,
    acknowledged(): number {
      for (const bytes of got.splice(0)) framer.push(bytes)
      return acknowledged
    },
  }
}
let serial = 1
const message = (deviceId: string, change: Partial<DeviceMessage> = {}): DeviceMessage => ({
  deviceId,
  sentAtMs: clock.now(),
  lat: 35.1,
  lon: 128.9,
  fixValid: true,
  speedKmh: 40,
  courseDeg: 10,
  serial: serial++ & 0xffff,
  batteryPercent: 80,
  locked: true,
  ...change,
})
const frame = (deviceId: string, change: Partial<DeviceMessage> = {}): Uint8Array => jt808.device.encode(message(deviceId, change))
/** The disk has taken all that came. */
const sync = (): void => {
  synced = entries.length
  clock.move(50)
}

describe('answers', () => {
  test('wait until what they acknowledge is on the disk', () => {
    const device = call()
    device.send(frame(A))
    clock.move(1000)
    expect(device.acknowledged()).toBe(0)
    sync()
    expect(device.acknowledged()).toBe(1)
  })

  test('are not given where the disk did not take it', () => {
    const device = call()
    device.send(frame(A))
    dropped = 1
    sync()
    expect(device.acknowledged()).toBe(0)
    device.send(frame(A))
    sync()
    expect(device.acknowledged()).toBe(1)
  })

  test('of a message by HTTPS or a broker: durable once on the disk, not durable where it did not take it', async () => {
    const first = devices.message({ name: 'https.k-1', kind: 'json' }, json.device.encode(message('K-1')))
    sync()
    expect(await first.durable).toBe(true)
    const second = devices.message({ name: 'https.k-1', kind: 'json' }, json.device.encode(message('K-1')))
    dropped = 1
    clock.move(50)
    expect(await second.durable).toBe(false)
    expect(heard.map(one => one.deviceId)).toEqual(['K-1', 'K-1'])
  })

  test('of a message that does not say who speaks: its topic says so, and the ledger with it', () => {
    devices.message({ name: 'mqtt', kind: 'json' }, Buffer.from('{"locked":true}'), 'K-7')
    expect(heard).toMatchObject([{ deviceId: 'K-7' }])
    expect(sealFeedOf(entries[0]!.feed)).toEqual({ protocol: 'json', feed: 'mqtt', deviceId: 'K-7' })
    const [before] = heard.splice(0)
    devices.replay(entries[0]!.feed, entries[0]!.bytes, clock.now(), 0)
    expect(heard[0]).toEqual(before)
  })
})

describe('what is kept', () => {
  test('every byte: frames as they came, noise and half frames as what belongs to none', () => {
    const device = call()
    const [one, two] = [frame(A), frame(A)]
    const noise = Buffer.from('GET / HTTP/1.1')
    const half = frame(A).subarray(0, 20)
    const stream = Buffer.concat([noise, one, two, half])
    for (const byte of stream) device.send(Uint8Array.of(byte))
    device.end()
    expect(Buffer.concat(entries.map(entry => entry.bytes))).toEqual(stream)
    expect(heard).toHaveLength(2)
    expect(devices.counts('seal-a').refused['no-frame']).toBeGreaterThan(0)
  })

  test('of a wrong checksum: kept, sampled, counted, neither judged nor answered', () => {
    const device = call()
    const wrong = frame(A)
    wrong[20]! ^= 1
    device.send(wrong)
    sync()
    expect([entries.length, heard.length, device.acknowledged(), samples]).toEqual([1, 0, 0, ['bad-checksum']])
    expect(devices.counts('seal-a').refused).toEqual({ 'bad-checksum': 1 })
  })

  test('of a protocol whose frames do not say who speaks: the login’s number with each, so that a replay of the ledger says the same', () => {
    const device = call(eelink, 'seal-e')
    device.send(eelink.device.login!('123456789012345', clock.now()))
    device.send(eelink.device.encode(message('123456789012345')))
    expect(heard.map(one => one.deviceId)).toEqual(['123456789012345', '123456789012345'])
    const live = heard.splice(0)
    for (const [mark, { feed, bytes }] of entries.entries()) devices.replay(feed, bytes, clock.now(), mark)
    expect(heard.map(one => [one.deviceId, one.report.kind])).toEqual(live.map(one => [one.deviceId, one.report.kind]))
  })

  test('before any login of such a protocol: kept and counted, judged for nobody', () => {
    const device = call(eelink, 'seal-e')
    // Over TCP without the head in which UDP says who speaks.
    const bytes = Buffer.from(eelink.device.encode(message('123456789012345')))
    device.send(bytes.subarray(bytes.indexOf('6767', 'hex')))
    expect(heard).toEqual([])
    expect(devices.counts('seal-e').refused).toEqual({ 'no-device': 1 })
    expect(entries).toHaveLength(1)
  })
})

describe('a flood', () => {
  /** Sends in chunks, and waits as long as it is not read from, as a socket would. */
  const pour = (device: ReturnType<typeof call>, frames: readonly Uint8Array[]): number => {
    const from = clock.now()
    for (let at = 0; at < frames.length; at += 500) {
      const heldMs = device.send(Buffer.concat(frames.slice(at, at + 500)))
      sync()
      if (heldMs !== undefined) clock.move(heldMs)
    }
    return clock.now() - from
  }

  test('days of reports kept in a dead zone all get through and are all answered: nobody is cut', () => {
    const device = call()
    const kept = Array.from({ length: 10_000 }, (_, n) => frame(A, { sentAtMs: clock.now() - (10_000 - n) * 10_000, buffered: true }))
    const tookMs = pour(device, kept)
    expect([entries.length, device.acknowledged(), device.isClosed()]).toEqual([10_000, 10_000, false])
    expect(tookMs).toBeGreaterThan(20_000)
  })

  test('is told once a connection, and another device is not slowed by it', () => {
    const [flooding, other] = [call(), call()]
    pour(
      flooding,
      Array.from({ length: 20_000 }, () => frame(A)),
    )
    expect(troubles).toHaveLength(1)
    expect(troubles[0]).toContain(A)
    expect(other.send(frame(B))).toBeUndefined()
    sync()
    expect(other.acknowledged()).toBe(1)
  })
})

describe('who speaks', () => {
  test('two connections with one number: both are kept and answered, the newest gets what is sent down, and it is told once', () => {
    const [first, second] = [call(), call()]
    first.send(frame(A))
    second.send(frame(A))
    second.send(frame(A))
    sync()
    expect([first.acknowledged(), second.acknowledged()]).toEqual([1, 2])
    expect(troubles).toHaveLength(1)
    const down = jt808.command({ kind: 'ask-position' }, { deviceId: A, serial: 5, nowMs: clock.now() }) as Uint8Array
    expect(devices.send('jt808', A, down)).toBe(true)
    second.end()
    expect(devices.isConnected('jt808', A)).toBe(false)
    expect(devices.send('jt808', A, down)).toBe(false)
  })

  test('where both go on, it is doubled for ten minutes; a line that was left for a new one doubles nothing', () => {
    const [first, second] = [call(), call()]
    first.send(frame(A))
    second.send(frame(A))
    expect(devices.isDoubled('jt808', A)).toBe(false)
    first.send(frame(A))
    expect([devices.isDoubled('jt808', A), devices.isDoubled('jt808', B)]).toEqual([true, false])
    clock.move(599_000)
    expect(devices.isDoubled('jt808', A)).toBe(true)
    clock.move(1000)
    expect(devices.isDoubled('jt808', A)).toBe(false)
  })

  test('the newest gone, the one that goes on is the device again and gets what is sent down', () => {
    const [first, second] = [call(), call()]
    first.send(frame(A))
    second.send(frame(A))
    second.end()
    expect(devices.isConnected('jt808', A)).toBe(false)
    first.send(frame(A))
    expect([devices.isConnected('jt808', A), devices.isDoubled('jt808', A)]).toEqual([true, false])
  })

  test('who says nothing for a minute is closed, who has spoken may be quiet for hours', () => {
    const [mute, known] = [call(), call()]
    known.send(frame(A))
    clock.move(75_000)
    expect([mute.isClosed(), known.isClosed()]).toEqual([true, false])
    clock.move(2 * 3_600_000)
    expect(known.isClosed()).toBe(true)
  })

  test('a capture played again by another line is kept and answered like any other: what it says is judged by who judges', () => {
    const recorded = [frame(A), frame(A), frame(A)]
    const [device, player] = [call(), call()]
    for (const bytes of recorded) device.send(bytes)
    device.end()
    for (const bytes of recorded) player.send(bytes)
    sync()
    expect(entries).toHaveLength(6)
    expect(player.acknowledged()).toBe(3)
    expect(heard.slice(3).map(one => one.report)).toEqual(heard.slice(0, 3).map(one => one.report))
  })
})

test('a hundred devices interleaved, cut at any byte: each is heard as if it were alone', () => {
  const lines = Array.from({ length: 100 }, (_, n) => {
    const own = SEAL_PROTOCOLS[n % SEAL_PROTOCOLS.length]!
    const id = String(100 + n).padEnd(RESOLUTIONS[own.name]!.idDigits, '7')
    const login = own.device.login?.(id, clock.now()) ?? new Uint8Array(0)
    const frames = Array.from({ length: 5 }, () => own.device.encode(message(id)))
    return { device: call(own, `seal-${own.name}`), stream: Buffer.concat([login, ...frames]), seal: `${own.name}:${id}` }
  })
  const longest = Math.max(...lines.map(one => one.stream.length))
  for (let at = 0; at < longest; at += 7)
    for (const { device, stream } of lines) if (at < stream.length) device.send(stream.subarray(at, at + 7))
  const counts = new Map<string, number>()
  for (const one of heard) {
    const seal = `${one.protocol}:${one.deviceId}`
    if (one.report.kind === 'report') counts.set(seal, (counts.get(seal) ?? 0) + 1)
  }
  expect(Object.fromEntries(counts)).toEqual(Object.fromEntries(lines.map(({ seal }) => [seal, 5])))
})
