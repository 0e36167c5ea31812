// Messages that came whole by a broker: whose they are, what is kept of them, what retained ones and last wills are worth, how commands find their device.
import { beforeEach, expect, test } from 'vitest'
import { createHandClock, type HandClock } from '#testkit/hand-clock.ts'
import { SEAL_PROTOCOLS } from '../protocols/index.ts'
import { type BrokerMessage, createSealDevices, type Received, type SealDevices } from './devices.ts'

const FEED = { name: 'seals', kind: 'json' }
let clock: HandClock
let entries: { readonly feed: string; readonly text: string }[]
let synced: number
let heard: Received[]
let troubles: string[]
let samples: string[]
let devices: SealDevices
let connection: ReturnType<SealDevices['opened']>

const open = (feed = FEED) =>
  devices.opened(feed, 'broker:1883', undefined, { heard: () => {}, sample: reason => void samples.push(reason) })

beforeEach(() => {
  clock = createHandClock()
  entries = []
  synced = 0
  heard = []
  troubles = []
  samples = []
  const names: string[] = []
  devices = createSealDevices({
    clock,
    ledger: {
      feed: name => names.push(name) - 1,
      append: (feed, bytes) => entries.push({ feed: names[feed]!, text: Buffer.from(bytes).toString() }) - 1,
      figures: () => ({ syncedMark: synced, droppedEntries: 0 }),
    },
    onReport: received => heard.push(received),
    onTrouble: what => troubles.push(what),
  })
  connection = open()
})

const say = (value: unknown, from: Omit<BrokerMessage, 'bytes'> = { deviceId: 'K-7' }): Promise<boolean> =>
  connection.message({ bytes: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)), ...from })
const now = (): string => new Date(clock.now()).toISOString()

test('it is durable once it is on the disk', async () => {
  let isDurable = false
  const kept = say({ at: now(), locked: true }).then(is => {
    isDurable = is
  })
  clock.move(1000)
  await Promise.resolve()
  expect(isDurable).toBe(false)
  synced = entries.length
  clock.move(50)
  await kept
  expect(isDurable).toBe(true)
})

test.each([
  ['the topic, where the report does not', { locked: true }, 'K-7', 'seal:json:seals#K-7'],
  ['the report, which counts before the topic', { device: 'K-8', locked: true }, 'K-8', 'seal:json:seals'],
])('%s says who speaks, and the ledger lets it be read again by itself', (_who, report, deviceId, feed) => {
  void say(report)
  expect(heard).toMatchObject([{ deviceId, report: { status: { locked: true } } }])
  expect(entries).toEqual([{ feed, text: JSON.stringify(report) }])
  const [before] = heard.splice(0)
  devices.replay(feed, Buffer.from(entries[0]!.text), clock.now(), 0)
  expect(heard).toEqual([before])
})

test('what was retained counts by its own time; without one nobody knows of when it is', async () => {
  expect(await say({ locked: true }, { deviceId: 'K-7', isRetained: true })).toBe(true)
  expect(heard).toEqual([])
  expect(devices.counts('seals').refused).toEqual({ retained: 1 })
  expect(samples).toEqual(['retained'])
  void say({ at: now(), locked: true }, { deviceId: 'K-7', isRetained: true })
  expect(heard).toHaveLength(1)
})

test('a last will is kept, and is nothing that was heard of the device', () => {
  void say({ kind: 'gone' })
  expect(entries).toHaveLength(1)
  expect(heard).toEqual([])
  // A maker's own field of this name is theirs.
  void say({ gone: true })
  expect(heard).toHaveLength(1)
})

test('garbage is kept, counted, shown, and acknowledged: it would come again for ever', async () => {
  const waits = ['offline', '{"device":', '[]', '{"device":"a b"}'].map(text => say(text, {}))
  synced = entries.length
  clock.move(50)
  expect(await Promise.all(waits)).toEqual([true, true, true, true])
  expect(entries.map(one => one.feed)).toEqual(Array(4).fill('seal:json:seals'))
  expect(devices.counts('seals')).toMatchObject({ sentences: 4, refused: { 'unknown-frame': 2, malformed: 2 } })
  expect(samples).toHaveLength(4)
})

test('one of many that floods is told of once a while, and is kept', () => {
  for (let n = 0; n < 7000; n++) void say({ id: n })
  void say({ id: 1 }, { deviceId: 'K-8' })
  expect(entries).toHaveLength(7001)
  expect(devices.counts('seals').refused).toEqual({ flood: 1 })
  expect(troubles).toEqual(['json:K-7 sends more than 3000 messages within 10 s by broker:1883'])
})

test('a command goes the way the device spoke last, until the broker is gone', () => {
  const got: string[] = []
  const reply = (bytes: Uint8Array): void => void got.push(Buffer.from(bytes).toString())
  void say({ at: now() }, { deviceId: 'K-7', reply })
  void say({ at: now() }, { deviceId: 'K-9' })
  expect([devices.isConnected('json', 'K-7'), devices.isConnected('json', 'K-9')]).toEqual([true, false])
  expect(devices.send('json', 'K-7', Buffer.from('lock'))).toBe(true)
  expect(got).toEqual(['lock'])
  connection.closed()
  expect(devices.send('json', 'K-7', Buffer.from('lock'))).toBe(false)
})

test('two topics that say they are one seal: what opens it waits', () => {
  const reply = (): void => {}
  void say({ device: 'K-7' }, { deviceId: 'K-7', reply })
  void say({ device: 'K-7' }, { deviceId: 'K-7', reply })
  expect(devices.isDoubled('json', 'K-7')).toBe(false)
  void say({ device: 'K-7' }, { deviceId: 'K-9', reply })
  void say({ device: 'K-7' }, { deviceId: 'K-7', reply })
  expect(devices.isDoubled('json', 'K-7')).toBe(true)
  expect(troubles).toHaveLength(1)
})

test('a maker’s own frames by a broker: one is a message', () => {
  connection = open({ name: 'locks', kind: 'jt808' })
  const jt808 = SEAL_PROTOCOLS.find(one => one.name === 'jt808')!
  const bytes = jt808.device.encode({
    deviceId: '013900000001',
    sentAtMs: clock.now(),
    lat: 35.1,
    lon: 128.9,
    fixValid: true,
    speedKmh: 40,
    courseDeg: 10,
    serial: 1,
    batteryPercent: 80,
    locked: true,
  })
  void connection.message({ bytes })
  expect(heard).toMatchObject([{ protocol: 'jt808', deviceId: '013900000001', report: { lat: 35.1, lon: 128.9 } }])
})
