// MQTT against a broker on 127.0.0.1: what is acknowledged and when, what comes again, who we are, and brokers that refuse, forget, or speak another version.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createServer } from 'node:tls'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { newRoot, newServer } from '#platform/http/index.ts'
import { createTestBroker, type TestBroker, type TestBrokerOptions } from '#testkit/broker.ts'
import { createHandClock } from '#testkit/hand-clock.ts'
import { freePort, temporaryFolder } from '#testkit/product.ts'
import { createPass } from '../pass.ts'
import { createFeedDesk, type FeedTaker, passwordsOf, readFeedAddress } from './index.ts'

const KINDS = [{ name: 'json' }, { name: 'llrp', schemePort: 5084 }]
const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** Lets the sockets work until it is so. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(setImmediate)
}

async function broker(options?: TestBrokerOptions): Promise<TestBroker> {
  const made = await createTestBroker(options)
  ends.push(() => made.close())
  return made
}

interface Taken {
  readonly text: string
  readonly deviceId: string | undefined
  readonly isRetained: boolean
  reply: ((bytes: Uint8Array) => void) | undefined
  /** The disk has taken it, or not. */
  settle(isKept: boolean): void
}

/** A desk with someone who takes whole messages, and keeps them when the test says so. */
function desk({
  keeps = true,
  passwordOf,
}: {
  readonly keeps?: boolean
  readonly passwordOf?: (account: string) => string | undefined
} = {}) {
  const clock = createHandClock()
  const taken: Taken[] = []
  const tried: string[] = []
  const kept: string[] = []
  const taker: FeedTaker = {
    kinds: KINDS,
    opened: () => ({
      bytes: () => undefined,
      message: ({ bytes, deviceId, isRetained, reply }) =>
        new Promise(done => {
          taken.push({ text: Buffer.from(bytes).toString(), deviceId, isRetained, reply, settle: done })
          if (keeps) done(true)
        }),
      closed: () => {},
    }),
    counts: () => ({ sentences: taken.length, refused: {}, latencyMs: Number.NaN }),
    trial: () => ({
      push: () => {},
      message: (bytes, deviceId) => void tried.push(`${deviceId} ${Buffer.from(bytes)}`),
      get messages() {
        return tried.length
      },
      heard: () => ({ ko: `${tried.length}건`, en: `${tried.length} reports` }),
      lines: tried,
    }),
  }
  const feeds = createFeedDesk({
    pass: createPass({ capacity: 10, sink: () => {} }),
    takers: [taker],
    clock,
    monotonicMs: () => 0,
    nextTurn: task => void setImmediate(task),
    keep: (_name, bytes) => kept.push(Buffer.from(bytes).toString()) - 1,
    ...(passwordOf ? { passwordOf } : {}),
  })
  ends.push(() => feeds.close())
  const health = (name = 'seals') => feeds.list().find(one => one.name === name)
  return {
    clock,
    feeds,
    taken,
    tried,
    kept,
    health,
    /** Subscribed, and nothing wrong. */
    async add(address: string) {
      const added = feeds.add(address)
      if (!added.ok) throw new Error(added.reason.en)
    },
  }
}
const at = ({ port }: { readonly port: number }, rest = '/seals/+/report?kind=json&name=seals', scheme = 'mqtt', user = ''): string =>
  `${scheme}://${user}127.0.0.1:${port}${rest}`

describe('addresses', () => {
  test('say who asks, which broker, which topics; the ports are MQTT’s', () => {
    expect(readFeedAddress('mqtts://kcs%40busan@broker.example/a/+/report?kind=json&client=room-1', KINDS)).toMatchObject({
      ok: true,
      value: {
        transport: 'mqtts',
        host: 'broker.example',
        port: 8883,
        path: 'a/+/report',
        user: 'kcs@busan',
        name: 'broker.example-8883',
        kind: 'json',
      },
    })
    expect(readFeedAddress('mqtt://192.0.2.1/$share/room/ais/#')).toMatchObject({
      ok: true,
      value: { port: 1883, path: '$share/room/ais/#', kind: 'nmea' },
    })
  })

  test.each([
    ['mqtts://kcs:secret@broker.example/a/+?kind=json', 'does not belong in an address'],
    ['mqtt://broker.example?kind=json', 'the topic "" is missing or wrong'],
    ['mqtt://broker.example/a/+b?kind=json', 'the topic "a/+b"'],
    ['mqtt://broker.example/#/a?kind=json', 'the topic "#/a"'],
    ['mqtt:///a?kind=json', 'the host is missing'],
    ['mqtt://broker.example/a?kind=llrp', 'does not come by a broker'],
    ['mqtt://broker.example/a?kind=json&client=a%20b', 'client is up to 100'],
    ['mqtts://broker.example/a?kind=json&cert=x.pem', 'cert and key are given together'],
    ['tcp://broker.example:1?client=a', 'no option "client"'],
  ])('%s is refused with its reason, and no password in it', (address, reason) => {
    const read = readFeedAddress(address, KINDS)
    expect(read.ok ? '' : read.reason.en).toContain(reason)
    expect(JSON.stringify(read)).not.toContain('secret')
  })
})

describe('acknowledged', () => {
  test('once it is kept and not before, in the order in which it came', async () => {
    const [b, d] = [await broker(), desk({ keeps: false })]
    await d.add(at(b))
    await until(() => b.subscribed.length === 1)
    for (const text of ['{"n":1}', '{"n":2}', '{"n":3}']) b.publish('seals/K-7/report', text)
    await until(() => d.taken.length === 3)
    expect(d.taken.map(one => one.deviceId)).toEqual(['K-7', 'K-7', 'K-7'])
    // The last is kept first: its acknowledgement waits for those before it (MQTT 5.0, 4.6).
    d.taken[2]!.settle(true)
    d.taken[0]!.settle(true)
    await until(() => b.acknowledged.length === 1)
    expect(b.acknowledged).toEqual(['{"n":1}'])
    d.taken[1]!.settle(true)
    await until(() => b.acknowledged.length === 3)
    expect(b.acknowledged).toEqual(['{"n":1}', '{"n":2}', '{"n":3}'])
  })

  test('many are under way at once, as the broker was told', async () => {
    const [b, d] = [await broker(), desk({ keeps: false })]
    await d.add(at(b))
    await until(() => b.subscribed.length === 1)
    expect(b.greetings[0]?.properties).toMatchObject({ receiveMaximum: 1000, sessionExpiryInterval: 604_800 })
    for (let n = 0; n < 900; n++) b.publish(`seals/K-${n}/report`, `{"n":${n}}`)
    await until(() => d.taken.length === 900)
    expect(b.acknowledged).toEqual([])
    for (const one of d.taken) one.settle(true)
    await until(() => b.acknowledged.length === 900)
  })

  test('what the disk did not take is not, and comes again', async () => {
    const [b, d] = [await broker(), desk({ keeps: false })]
    await d.add(at(b))
    await until(() => b.subscribed.length === 1)
    b.publish('seals/K-7/report', '{"n":1}')
    await until(() => d.taken.length === 1)
    d.taken[0]!.settle(false)
    await until(() => d.health()?.trouble !== undefined)
    expect(d.health()?.trouble?.en).toContain('the disk did not take a report; it is asked for again; trying again in 0.5 s')
    d.clock.move(500)
    await until(() => d.taken.length === 2)
    expect(d.taken[1]!.text).toBe('{"n":1}')
    d.taken[1]!.settle(true)
    await until(() => b.acknowledged.length === 1)
  })

  test('what was published while we were away comes when we are back, under the same name', async () => {
    const [b, d] = [await broker(), desk()]
    await d.add(at(b))
    await until(() => b.subscribed.length === 1)
    b.cut()
    await until(() => d.health()?.trouble !== undefined)
    b.publish('seals/K-7/report', '{"n":1}')
    d.clock.move(500)
    await until(() => d.taken.length === 1 && d.health()?.trouble === undefined)
    expect(new Set(b.greetings.map(one => one.clientId)).size).toBe(1)
    expect(b.greetings.every(one => one.clean === false)).toBe(true)
    expect(d.health()?.samples).toEqual([])
  })

  test('a feed that is paused says farewell and finds all of it when it goes on', async () => {
    const [b, d] = [await broker(), desk()]
    await d.add(at(b))
    await until(() => b.subscribed.length === 1)
    d.feeds.pause('seals', true)
    b.publish('seals/K-7/report', '{"n":1}')
    d.feeds.pause('seals', false)
    await until(() => d.taken.length === 1)
  })
})

test('a broker that has forgotten us: it is told that something may be lost', async () => {
  const [b, d] = [await broker(), desk()]
  await d.add(at(b))
  await until(() => b.subscribed.length === 1)
  b.forgetSessions()
  b.cut()
  await until(() => d.health()?.trouble !== undefined)
  d.clock.move(500)
  await until(() => b.subscribed.length === 2)
  expect(d.health()?.samples).toMatchObject([{ reason: 'session-lost' }])
})

test('what was retained is handed on as such; an empty one only takes it back', async () => {
  const [b, d] = [await broker(), desk()]
  await d.add(at(b))
  await until(() => b.subscribed.length === 1)
  b.publish('seals/K-7/report', '', { retain: true })
  b.publish('seals/K-7/report', '{"n":1}', { retain: true })
  await until(() => d.taken.length === 1)
  expect(d.taken[0]).toMatchObject({ text: '{"n":1}', isRetained: true })
  await until(() => b.acknowledged.length === 2)
})

test('QoS 0 is taken too, and nothing is acknowledged', async () => {
  const [b, d] = [await broker(), desk()]
  await d.add(at(b))
  await until(() => b.subscribed.length === 1)
  b.publish('seals/K-7/report', '{"n":1}', { qos: 0 })
  await until(() => d.taken.length === 1)
  expect(b.acknowledged).toEqual([])
})

test('a command goes to the device’s own topic, and nobody keeps it for later; our own words are not taken for a report', async () => {
  const [b, d] = [await broker(), desk()]
  await d.add(at(b))
  await until(() => b.subscribed.length === 1)
  b.publish('seals/K-7/report', '{}')
  await until(() => d.taken.length === 1)
  d.taken[0]!.reply?.(Buffer.from('{"command":"lock"}'))
  await until(() => b.heard.length === 1)
  expect(b.heard).toEqual([{ topic: 'seals/K-7/command', text: '{"command":"lock"}', qos: 0 }])
  b.publish('seals/K-7/command', '{"command":"lock"}')
  b.publish('seals/K-7/report', '{"n":2}')
  await until(() => b.acknowledged.length === 3)
  expect(d.taken.map(one => one.text)).toEqual(['{}', '{"n":2}'])
})

test.each([
  ['seals/#', 'seals/K-7/report', undefined],
  ['seals/+', 'seals/K-7', 'K-7'],
  ['port/+/seal/+/report', 'port/busan/seal/K-7/report', 'K-7'],
  ['$share/room/seals/+/report', 'seals/K-7/report', 'K-7'],
])('of %s the message on %s is from %s', async (filter, topic, deviceId) => {
  const [b, d] = [await broker(), desk()]
  await d.add(at(b, `/${filter}?kind=json&name=seals`))
  await until(() => b.subscribed.length === 1)
  expect(b.subscribed).toEqual([filter])
  b.publish(topic, '{}')
  await until(() => d.taken.length === 1)
  expect(d.taken[0]!.deviceId).toBe(deviceId)
})

test('another topic under the same name is another session: the old subscription stays behind', async () => {
  const [b, d] = [await broker(), desk()]
  await d.add(at(b))
  await until(() => b.subscribed.length === 1)
  d.feeds.remove('seals')
  await d.add(at(b, '/locks/+/report?kind=json&name=seals'))
  await until(() => b.subscribed.length === 2)
  expect(new Set(b.greetings.map(one => one.clientId)).size).toBe(2)
})

test('AIS by a broker: a message is a line', async () => {
  const [b, d] = [await broker(), desk()]
  await d.add(at(b, '/ais/#?name=ais'))
  await until(() => b.subscribed.length === 1)
  b.publish('ais/busan', '!AIVDM,1,1,,A,13u?etPv2;0n:dDPwUM1U1Cb069D,0*24')
  await until(() => d.kept.length === 1)
  expect(d.kept).toEqual(['!AIVDM,1,1,,A,13u?etPv2;0n:dDPwUM1U1Cb069D,0*24\n'])
  expect(d.health('ais')?.sentences).toBe(1)
})

describe('brokers that', () => {
  test('speak 3.1.1 alone are spoken to so, and asked for 5 again next time', async () => {
    const [b, d] = [await broker({ isOld: true }), desk()]
    await d.add(at(b))
    await until(() => d.health()?.trouble !== undefined)
    d.clock.move(500)
    await until(() => b.subscribed.length === 1)
    expect(b.greetings[0]?.protocolVersion).toBe(4)
    b.publish('seals/K-7/report', '{"n":1}')
    await until(() => b.acknowledged.length === 1)
  })

  test.each([
    [0x86, 'the broker does not take us: wrong user or password'],
    [0x97, 'the broker does not take us: quota exceeded'],
    [0x9a, 'the broker does not take us: reason 154'],
  ])('refuse with %d are asked again later, and the reason is shown', async (code, reason) => {
    const [b, d] = [await broker({ refuse: () => code }), desk()]
    await d.add(at(b))
    await until(() => d.health()?.trouble !== undefined)
    expect(d.health()?.trouble?.en).toBe(`127.0.0.1:${b.port}: ${reason}; trying again in 0.5 s`)
    for (const ms of [500, 1000, 2000]) {
      const before = b.greetings.length
      d.clock.move(ms)
      await until(() => b.greetings.length > before && d.health()?.trouble?.en.includes(`in ${ms / 500} s`) === true)
    }
  })

  test.each([
    [0x87, 'does not give the topic seals/+/report: not authorised; trying again'],
    [0, 'gives no QoS 1, reports may be lost'],
  ])('grant %d say so', async (grants, reason) => {
    const [b, d] = [await broker({ grants }), desk()]
    await d.add(at(b))
    await until(() => d.health()?.trouble !== undefined)
    expect(d.health()?.trouble?.en).toContain(reason)
  })

  test('are none: what came is not MQTT, and nothing breaks', async () => {
    const [b, d] = [await broker(), desk()]
    await d.add(at(b))
    await until(() => b.subscribed.length === 1)
    b.write(Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff]))
    await until(() => d.health()?.trouble !== undefined)
    expect(d.health()?.trouble?.en).toContain('what came is not MQTT')
    d.clock.move(500)
    await until(() => b.subscribed.length === 2)
  })

  test('are not there', async () => {
    const d = desk()
    await d.add(at({ port: await freePort() }))
    await until(() => d.health()?.trouble !== undefined)
    expect(d.health()?.trouble?.en).toContain('connection refused (ECONNREFUSED); trying again in 0.5 s')
  })
})

describe('TLS', () => {
  const folder = temporaryFolder()
  afterAll(() => folder.remove())
  const validity = { fromMs: Date.now() - 86_400_000, toMs: Date.now() + 86_400_000 }
  const root = newRoot('broker test', validity, { names: ['localhost'], networks: [['127.0.0.1', '255.255.255.255']] })
  const ca = join(folder.path, 'ca.pem')
  writeFileSync(ca, root.cert)

  async function secure(name: string) {
    const { cert, key } = newServer({ name: 'broker test', key: root.key }, validity, [name])
    let heardBytes = 0
    const server = createServer({ cert, key }, socket => {
      socket.on('error', () => {})
      socket.on('data', chunk => {
        heardBytes += chunk.length
      })
    })
    server.on('tlsClientError', () => {})
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
    ends.push(() => server.close())
    const address = server.address()
    return { port: typeof address === 'object' && address ? address.port : 0, heardBytes: () => heardBytes }
  }

  test('greets a broker whose certificate is vouched for and of its name', async () => {
    const [b, d] = [await secure('127.0.0.1'), desk()]
    await d.add(at(b, `/seals/+/report?kind=json&name=seals&ca=${ca}`, 'mqtts'))
    await until(() => b.heardBytes() > 0)
  })

  test.each([
    ['of another name', 'localhost', `&ca=${ca}`, 'its certificate is of another name (ERR_TLS_CERT_ALTNAME_INVALID)'],
    ['that nobody vouches for', '127.0.0.1', '', 'who signed its certificate is not known'],
  ])('says nothing to one with a certificate %s', async (_what, name, option, reason) => {
    const [b, d] = [await secure(name), desk({ passwordOf: () => 'secret' })]
    await d.add(at(b, `/seals/+/report?kind=json&name=seals${option}`, 'mqtts', 'kcs@'))
    await until(() => d.health()?.trouble !== undefined)
    expect(d.health()?.trouble?.en).toContain(reason)
    expect(b.heardBytes()).toBe(0)
  })

  test('a file that is not there is said', async () => {
    const [b, d] = [await secure('127.0.0.1'), desk()]
    await d.add(at(b, '/seals/+/report?kind=json&name=seals&ca=/nothing.pem', 'mqtts'))
    expect(d.health()?.trouble?.en).toContain('no such file (ENOENT)')
  })
})

describe('passwords', () => {
  const folder = temporaryFolder()
  const file = join(folder.path, 'passwords')
  afterAll(() => folder.remove())

  test('come from their file, by whom they are for, and are read at each call', async () => {
    const [b, d] = [await broker(), desk({ passwordOf: passwordsOf(file) })]
    writeFileSync(file, `# brokers\nother@127.0.0.1:${b.port} wrong\nkcs@127.0.0.1:${b.port} pass word 1\n`)
    await d.add(at(b, undefined, 'mqtt', 'kcs@'))
    await until(() => b.subscribed.length === 1)
    writeFileSync(file, `kcs@127.0.0.1:${b.port} second\n`)
    b.cut()
    await until(() => d.health()?.trouble !== undefined)
    d.clock.move(500)
    await until(() => b.subscribed.length === 2)
    expect(b.greetings.map(one => [one.username, one.password?.toString()])).toEqual([
      ['kcs', 'pass word 1'],
      ['kcs', 'second'],
    ])
    expect(JSON.stringify(d.health())).not.toContain('pass word')
  })

  test('a file that is not there is said', async () => {
    const [b, d] = [await broker(), desk({ passwordOf: passwordsOf(join(folder.path, 'nothing')) })]
    await d.add(at(b, undefined, 'mqtt', 'kcs@'))
    expect(d.health()?.trouble?.en).toContain('no such file (ENOENT)')
    expect(b.greetings).toEqual([])
  })
})

test('trying a feed takes nothing from the one that is there', async () => {
  const [b, d] = [await broker(), desk()]
  await d.add(at(b))
  await until(() => b.subscribed.length === 1)
  const trial = d.feeds.test(at(b))
  await until(() => b.subscribed.length === 2)
  b.publish('seals/K-7/report', '{"n":1}')
  await until(() => d.tried.length === 1 && d.taken.length === 1)
  d.clock.move(4000)
  expect(await trial).toMatchObject({ ok: true, said: { en: '1 reports' }, lines: ['K-7 {"n":1}'] })
  expect(b.greetings[1]).toMatchObject({ clean: true })
  expect(b.greetings[1]?.clientId).not.toBe(b.greetings[0]?.clientId)
  expect(d.health()?.trouble).toBeUndefined()
})
