// The room with a real product around it: planned through the API, bytes of a real protocol over TCP, answered when on the disk, judged, an alarm; and after kill -9 all is back.
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, freePort, type RunningProduct, startProduct, temporaryFolder } from '#testkit/product.ts'
import { type DeviceMessage, Framer, SEAL_PROTOCOLS } from './protocols/index.ts'

const folder = temporaryFolder()
let product: RunningProduct
let feedPort = 0
let httpPort = 0
const jt808 = SEAL_PROTOCOLS.find(one => one.name === 'jt808')!
const DEVICE = '013912344323'
const ORIGIN = { name: '부산신항 2부두', lat: 35.08, lon: 128.83 }
const DESTINATION = { name: '양산 ICD', lat: 35.33, lon: 129.02 }

const start = (): Promise<RunningProduct> =>
  startProduct(folder.path, [
    '--no-demo',
    '--port',
    String(httpPort),
    '--feed',
    `tcp-server://127.0.0.1:${feedPort}?kind=jt808&name=seal-a`,
  ])

/** A device on its line: what it says, and how often the centre has answered. */
class Device {
  readonly #socket: Socket
  readonly commands: string[] = []
  answered = 0
  #serial = 1
  #last: DeviceMessage | undefined
  constructor(port: number) {
    this.#socket = connect({ host: '127.0.0.1', port })
    this.#socket.on('error', () => {})
    const framer = new Framer(jt808.device.frames!, jt808.maxFrameBytes, {
      frame: bytes => {
        const read = jt808.device.read?.(bytes)
        if (read?.kind === 'acknowledged') this.answered++
        if (read?.kind !== 'command') return
        this.commands.push(read.command.kind)
        this.#socket.write(jt808.device.answer!(bytes, this.#last!)!)
      },
    })
    this.#socket.on('data', (chunk: Uint8Array) => framer.push(chunk))
  }
  say(deviceId: string, change: Partial<DeviceMessage> = {}): void {
    this.#last = {
      deviceId,
      sentAtMs: Math.floor(Date.now() / 1000) * 1000,
      lat: ORIGIN.lat,
      lon: ORIGIN.lon,
      fixValid: true,
      speedKmh: 0,
      courseDeg: 0,
      serial: this.#serial++,
      batteryPercent: 80,
      locked: true,
      ...change,
    }
    this.#socket.write(jt808.device.encode(this.#last))
  }
  end(): void {
    this.#socket.destroy()
  }
}

/** Where somebody listens by now. */
const reach = (port: number): Promise<Device | undefined> =>
  new Promise(done => {
    const socket = connect({ host: '127.0.0.1', port })
    socket.on('error', () => done(undefined))
    socket.on('connect', () => {
      socket.destroy()
      done(new Device(port))
    })
  })

interface Row {
  readonly state: string
  readonly word: string
  readonly lines: readonly { readonly kind: string; readonly what: string }[]
}
const journey = (): Promise<Row> => product.get<Row>('/api/journeys/J1')
const reaches = (state: string): Promise<true> => eventually(async () => ((await journey()).state === state ? true : undefined))
const post = async (path: string, body: object): Promise<unknown> => {
  const { status, body: answer } = await product.post(path, body)
  if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`)
  return answer
}

beforeAll(async () => {
  ;[feedPort, httpPort] = await Promise.all([freePort(), freePort()])
  product = await start()
})
afterAll(async () => {
  await product?.stop()
  folder.remove()
})

test('an unknown device is kept, acknowledged and shown, and adopted with one call', async () => {
  const device = new Device(feedPort)
  device.say(DEVICE)
  await eventually(async () => (device.answered > 0 ? true : undefined))
  const [found] = await eventually(async () => {
    const list = await product.get<{ id: string; reports: number }[]>('/api/seals/unknown')
    return list.length > 0 ? list : undefined
  })
  expect(found).toMatchObject({ id: `jt808:${DEVICE}`, reports: 1 })
  await post(`/api/seals/unknown/${encodeURIComponent(found!.id)}/adopt`, { number: 'KC-0028-6117', reportEveryS: 10 })
  expect(await product.get('/api/seals/unknown')).toEqual([])
  expect(await product.get('/api/seals')).toMatchObject([{ number: 'KC-0028-6117', life: 'in-stock' }])
  device.end()
})

test('a feed of seals is tried before it is added: what came, and from whom; nobody is answered', async () => {
  const port = await freePort()
  const asked = product.post<{ ok: boolean; said: unknown }>('/api/feeds/test', { url: `tcp-server://127.0.0.1:${port}?kind=jt808` })
  const device = await eventually(() => reach(port))
  device.say(DEVICE)
  const { status, body } = await asked
  expect([status, body]).toMatchObject([200, { ok: true }])
  expect(JSON.stringify(body)).toContain(DEVICE)
  expect(device.answered).toBe(0)
  device.end()
})

test('a plan with a wrong check digit is refused with the right one', async () => {
  const { status, body } = await product.post('/api/journeys', {
    id: 'J0',
    container: 'TEMU1234566',
    origin: ORIGIN,
    destination: DESTINATION,
  })
  expect(status).toBe(422)
  expect(JSON.stringify(body)).toContain('TEMU1234565')
})

test('planned, fitted, armed, opened on the way: the list says 개봉, and an alarm stands', async () => {
  await post('/api/journeys', {
    id: 'J1',
    container: 'TEMU 123456 5',
    vehicle: '부산81아0000',
    seals: [{ seal: `jt808:${DEVICE}` }],
    origin: ORIGIN,
    destination: DESTINATION,
    organisations: ['busan'],
  })
  const device = new Device(feedPort)
  await post('/api/journeys/J1/deeds', { id: 'fit-1', deed: 'fit', seal: `jt808:${DEVICE}`, container: 'TEMU1234565' })
  expect(await product.get('/api/journeys/J1/guards')).toMatchObject({ guards: ['not-locked', 'no-fix'] })
  device.say(DEVICE, { event: 'sealed-automatically' })
  await reaches('armed')
  device.say(DEVICE, { sentAtMs: Date.now() + 60_000, lat: 35.1, lon: 128.845, speedKmh: 60 })
  await reaches('under-way')
  device.say(DEVICE, { sentAtMs: Date.now() + 90_000, lat: 35.11, lon: 128.85, speedKmh: 40, locked: false, event: 'opened-while-sealed' })
  await eventually(async () => ((await journey()).word === 'opened' ? true : undefined))
  const alarm = await eventually(async () =>
    (await product.get<{ detector: string; why: string }[]>('/api/alarms')).find(one => one.detector === 'seal-opened'),
  )
  expect(JSON.stringify(alarm)).toContain('TEMU1234565')
  const { journeys, counts } = await product.get<{ journeys: unknown[]; counts: unknown }>('/api/journeys')
  expect(journeys).toMatchObject([{ container: 'TEMU1234565', vehicle: '부산81아0000', word: 'opened' }])
  expect(counts).toMatchObject({ opened: 1, normal: 0 })
  device.end()
})

test('a command is kept, sent and acknowledged; one that its protocol has not is refused with the reason', async () => {
  const device = new Device(feedPort)
  device.say(DEVICE, { sentAtMs: Date.now() + 91_000, lat: 35.11, lon: 128.85 })
  await eventually(async () => (device.answered > 0 ? true : undefined))
  const path = `/api/seals/${encodeURIComponent(`jt808:${DEVICE}`)}/commands`
  const asked = { id: 'command-1', kind: 'ask-position', reason: '위치 확인' }
  await post(path, asked)
  await post(path, asked)
  await eventually(async () => (device.commands.includes('ask-position') ? true : undefined))
  expect(device.commands).toEqual(['ask-position'])
  const [done] = await eventually(async () => {
    const { commands } = await product.get<{ commands: { state: string; tries: number }[] }>(path)
    return commands[0]?.state === 'acknowledged' ? commands : undefined
  })
  expect(done?.tries).toBe(1)
  // What it was told to do is what it is missed by.
  await post(path, { id: 'command-2', kind: 'set-interval', intervalS: 300, reason: '전지 아끼기' })
  await eventually(async () => ((await product.get<{ reportEveryS: number }[]>('/api/seals'))[0]?.reportEveryS === 300 ? true : undefined))
  device.end()
})

test('what was acknowledged is there after kill -9: the journey, its custody, the alarm, the raw frames', async () => {
  const before = await journey()
  await product.kill()
  product = await start()
  const after = await journey()
  expect(after.word).toBe('opened')
  expect(after.lines).toEqual(before.lines)
  expect((await product.get<{ detector: string }[]>('/api/alarms')).filter(one => one.detector === 'seal-opened')).toHaveLength(1)
})
