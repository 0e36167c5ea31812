// A gate with a real product around it: called by its address, tags adopted through the API, a passage in the journey's custody, another truck's number an alarm; and after
// kill -9 the reader is called again and gives what it held.
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, freePort, type RunningProduct, startProduct, temporaryFolder } from '#testkit/product.ts'
import { createLlrpReader, Framer, LLRP_MAX_FRAME_BYTES, llrpFrames } from './protocols/index.ts'

const folder = temporaryFolder()
const reader = createLlrpReader()
const SEAL = '3014257bf46db64000000001'
const BOX = '3014257bf46db64000000002'
const TRUCK = '3014257bf46db64000000004'
let product: RunningProduct
let server: Server
let caller: Socket | undefined
let httpPort = 0

const start = (): Promise<RunningProduct> =>
  startProduct(folder.path, [
    '--no-demo',
    '--port',
    String(httpPort),
    '--feed',
    `llrp://127.0.0.1:${(server.address() as AddressInfo).port}?name=gate-3&gate=양산 3번&lat=35.33&lon=129.02&in=1&again=10&join=1`,
  ])
const sees = (atMs: number, ...epcs: readonly string[]): void => {
  const seen = epcs.map(epcHex => ({ epcHex, antenna: 1, peakRssiDbm: -58, firstSeenMs: atMs, lastSeenMs: atMs, seenCount: 2 }))
  for (const frame of reader.sees(seen)) caller?.write(frame)
}
const post = async (path: string, body: object): Promise<void> => {
  const { status, body: answer } = await product.post(path, body)
  if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`)
}
interface Line {
  readonly kind: string
  readonly what: string
  readonly note?: string
}
const gateLines = async (): Promise<readonly Line[]> =>
  (await product.get<{ lines: readonly Line[] }>('/api/journeys/J1')).lines.filter(line => line.kind === 'gate')

beforeAll(async () => {
  server = createServer(socket => {
    caller = socket
    socket.on('error', () => {})
    socket.write(reader.connected(Date.now()))
    const framer = new Framer(llrpFrames, LLRP_MAX_FRAME_BYTES, {
      frame(frame) {
        for (const answer of reader.take(frame.slice())) socket.write(answer)
      },
    })
    socket.on('data', (chunk: Uint8Array) => framer.push(chunk))
    socket.on('close', () => {
      if (caller === socket) reader.disconnected()
    })
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  httpPort = await freePort()
  product = await start()
})
afterAll(async () => {
  await product?.stop()
  server?.close()
  folder.remove()
})

test('unknown tags are shown with the gate’s place, and adopted: one as a seal, one as a container’s, one as a truck’s', async () => {
  await eventually(async () => (reader.isLooking ? true : undefined))
  sees(Date.now() - 60_000, SEAL, BOX, TRUCK)
  const found = await eventually(async () => {
    const list = await product.get<{ id: string }[]>('/api/seals/unknown')
    return list.length === 3 ? list : undefined
  })
  expect(found).toContainEqual(expect.objectContaining({ id: `rfid:${SEAL}`, feed: 'gate-3', reports: 1, lat: 35.33, lon: 129.02 }))
  for (const [epc, number] of [
    [SEAL, 'KC-0028-6117'],
    [BOX, 'TEMU1234565'],
    [TRUCK, '경남88바0000'],
  ])
    await post(`/api/seals/unknown/${encodeURIComponent(`rfid:${epc}`)}/adopt`, { number })
  expect(await product.get('/api/seals/unknown')).toEqual([])
})

test('a passage stands in the custody of the journey; a truck that is not the planned one is an alarm', async () => {
  await post('/api/journeys', {
    id: 'J1',
    container: 'TEMU1234565',
    vehicle: '부산 81아 0000',
    seals: [{ seal: `rfid:${SEAL}` }],
    origin: { name: '부산신항 2부두', lat: 35.08, lon: 128.83 },
    destination: { name: '양산 ICD', lat: 35.33, lon: 129.02 },
    organisations: ['busan'],
  })
  sees(Date.now() - 30_000, SEAL)
  await eventually(async () => ((await gateLines()).length === 1 ? true : undefined))
  expect(await gateLines()).toMatchObject([{ what: 'gate-in', note: '양산 3번' }])
  sees(Date.now(), BOX, TRUCK)
  const alarm = await eventually(async () =>
    (await product.get<{ detector: string }[]>('/api/alarms')).find(one => one.detector === 'seal-mismatch'),
  )
  expect(JSON.stringify(alarm)).toContain('경남88바0000')
})

test('the feed is on the list, and nothing was wrong with it', async () => {
  const feeds = await product.get<{ name: string; kind: string; bad: number }[]>('/api/feeds')
  expect(feeds).toMatchObject([{ name: 'gate-3', kind: 'llrp', bad: 0 }])
})

test('after kill -9 the custody is there, and what the reader held meanwhile comes', async () => {
  const before = await gateLines()
  await product.kill()
  await eventually(async () => {
    sees(Date.now(), SEAL)
    return reader.held > 0 ? true : undefined
  })
  product = await start()
  const after = await eventually(async () => {
    const lines = await gateLines()
    return lines.length > before.length && reader.held === 0 ? lines : undefined
  })
  expect(after.slice(0, before.length)).toEqual(before)
})
