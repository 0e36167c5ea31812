// Two thousand seals on lines of their own, a report each ten seconds, with ships beside them: how long from what a seal tells to the screen and to the operator's message centre, and
// what a seal costs the running product. The product, the devices and the screen are as in the field: a process of its own, TCP, a WebSocket, SMPP.
import { readFileSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { offset } from '#base/index.ts'
import { connectTo, freePort, type RunningProduct, startProduct, temporaryFolder } from '#testkit/product.ts'
import { startSender } from '../checks/traffic.ts'
import { Framer, SEAL_PROTOCOLS } from '../src/seals/protocols/index.ts'
import { createMessageCentre } from '../src/testkit/message-centre.ts'
import type { Bench, Figure } from './bench.ts'

const SEALS = Number(process.env.MANGRU_BENCH_SEALS ?? 2000)
const EVERY_MS = 10_000
const AIS_PER_SECOND = 500
const WARM_MS = 30_000
const MEASURED_MS = 30_000
const OPENED = 60
const OPEN_EVERY_MS = 500
const ORIGIN = { name: 'origin', lat: 35.08, lon: 128.83 }
const DESTINATION = { name: 'destination', lat: 35.33, lon: 129.02 }
const jt808 = SEAL_PROTOCOLS.find(({ name }) => name === 'jt808')!

export const bench: Bench = {
  name: 'seals-live',
  question: 'What do 2,000 seals on real lines cost, and how long until the screen and the officers know?',
  async run() {
    const folder = temporaryFolder()
    const centre = await createMessageCentre()
    const [sealPort, aisPort] = await Promise.all([freePort(), freePort()])
    const config = join(folder.path, 'settings.yaml')
    writeFileSync(
      config,
      `channels:\n  sms:\n    kind: sms-smpp\n    host: 127.0.0.1\n    port: ${centre.port}\n    systemId: bench\n    password: bench\n    sender: "0200000000"\n    perSecond: 500\n    window: 50\n    wonPerPart: 20\n`,
    )
    const product = await startProduct(join(folder.path, 'data'), [
      '--no-demo',
      '--config',
      config,
      '--feed',
      `tcp-server://127.0.0.1:${sealPort}?kind=jt808&name=seals`,
      '--feed',
      `tcp-server://127.0.0.1:${aisPort}?name=ships`,
    ])
    const socket = await connectTo(aisPort)
    const ships = startSender(socket, { perSecond: AIS_PER_SECOND })
    try {
      const seals = Array.from({ length: SEALS }, (_, n) => new Seal(n, sealPort))
      await plan(product, seals)
      const without = await costOf(product.pid, 10_000)
      const screen = await Screen.open(product)
      const beats = seals.map((seal, n) => beatOf(seal, (n * EVERY_MS) / SEALS))
      await pause(WARM_MS)
      screen.forget()
      const before = acknowledgedBy(seals)
      const cost = await costOf(product.pid, MEASURED_MS)
      const acknowledged = acknowledgedBy(seals) - before
      const shown = screen.waitsOf(seals)
      const opened = await openSome(seals, screen, centre)
      for (const stop of beats) stop()
      const figures = figuresOf({ cost, without, acknowledged, shown, opened })
      screen.close()
      for (const seal of seals) seal.end()
      return figures
    } finally {
      ships.stop()
      socket.destroy()
      await product.stop()
      await centre.close()
      folder.remove()
    }
  },
}

/** A lock on its truck: at its origin until it is armed, then under way. */
class Seal {
  readonly deviceId: string
  readonly journey: string
  readonly container: string
  readonly #socket: Socket
  /** When what it told of this second was written, by its clock's second. */
  readonly told = new Map<number, number>()
  acknowledged = 0
  #serial = 1
  #said = 0

  constructor(n: number, port: number) {
    this.deviceId = String(13_800_000_000 + n).padStart(12, '0')
    this.journey = `LIVE-${n}`
    this.container = `LIVE${n}`
    this.#socket = connect({ host: '127.0.0.1', port, noDelay: true })
    this.#socket.on('error', () => {})
    const framer = new Framer(jt808.device.frames!, jt808.maxFrameBytes, {
      frame: bytes => {
        if (jt808.device.read?.(bytes).kind === 'acknowledged') this.acknowledged++
      },
    })
    this.#socket.on('data', (chunk: Uint8Array) => framer.push(chunk))
  }
  say(isOpened = false): number {
    const second = Math.floor(Date.now() / 1000) * 1000
    // A report a second at most has its moment of its own.
    const at = offset(ORIGIN.lat, ORIGIN.lon, 35, Math.max(0, this.#said - 2) * 160)
    this.#socket.write(
      jt808.device.encode({
        deviceId: this.deviceId,
        sentAtMs: second,
        ...at,
        fixValid: true,
        speedKmh: this.#said < 2 ? 0 : 58,
        courseDeg: 35,
        serial: this.#serial++ & 0x7fff,
        batteryPercent: 80,
        locked: !isOpened,
        ...(isOpened ? { event: 'opened-while-sealed' as const } : this.#said === 0 ? { event: 'shackle-closed' as const } : {}),
      }),
    )
    this.#said++
    const nowMs = performance.now()
    this.told.set(second, nowMs)
    return nowMs
  }
  end(): void {
    this.#socket.destroy()
  }
}

const pause = (ms: number): Promise<void> => new Promise(done => setTimeout(done, ms))
const acknowledgedBy = (seals: readonly Seal[]): number => seals.reduce((sum, seal) => sum + seal.acknowledged, 0)

function beatOf(seal: Seal, afterMs: number): () => void {
  let timer: NodeJS.Timeout
  const first = setTimeout(() => {
    seal.say()
    timer = setInterval(() => seal.say(), EVERY_MS)
  }, afterMs)
  return () => {
    clearTimeout(first)
    clearInterval(timer)
  }
}

async function plan(product: RunningProduct, seals: readonly Seal[]): Promise<void> {
  const post = async (path: string, body: object): Promise<void> => {
    const answer = await product.post(path, body)
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  }
  await post('/api/seals', {
    seals: seals.map(({ deviceId }) => ({ protocol: 'jt808', deviceId, number: deviceId, reportEveryS: EVERY_MS / 1000 })),
  })
  for (let at = 0; at < seals.length; at += 200)
    await post('/api/journeys/bulk', {
      journeys: seals.slice(at, at + 200).map((seal, n) => ({
        id: seal.journey,
        unit: 'truck-body',
        container: seal.container,
        seals: [{ seal: `jt808:${seal.deviceId}` }],
        origin: ORIGIN,
        destination: DESTINATION,
        risk: 'medium',
        officers: { destination: [{ name: `officer ${at + n}`, phone: `010-2000-${String(at + n).padStart(4, '0')}` }] },
        organisations: ['busan'],
      })),
    })
  for (let at = 0; at < seals.length; at += 20)
    await Promise.all(
      seals.slice(at, at + 20).map(seal =>
        post(`/api/journeys/${seal.journey}/deeds`, {
          id: `fit-${seal.journey}`,
          deed: 'fit',
          seal: `jt808:${seal.deviceId}`,
          container: seal.container,
        }),
      ),
    )
}

interface Row {
  readonly id: string
  readonly positionAt?: string
  readonly open?: readonly string[]
}

/** The live line, as a browser has it. */
class Screen {
  readonly #socket: WebSocket
  /** When a row with this moment came: journey and second. */
  readonly #shown = new Map<string, number>()
  readonly #opened = new Map<string, number>()

  constructor(socket: WebSocket) {
    this.#socket = socket
    socket.on('message', (data, isBinary) => {
      if (isBinary) return
      const nowMs = performance.now()
      const frame = JSON.parse(String(data))
      for (const message of frame.kind === 'several' ? frame.messages : [frame]) {
        if (message.kind !== 'journey') continue
        const row: Row = message.journey
        const key = `${row.id}|${Date.parse(row.positionAt ?? '')}`
        if (!this.#shown.has(key)) this.#shown.set(key, nowMs)
        if (row.open?.includes('seal-opened') && !this.#opened.has(row.id)) this.#opened.set(row.id, nowMs)
      }
    })
  }
  static async open(product: RunningProduct): Promise<Screen> {
    const socket = new WebSocket(`${product.url.replace('http', 'ws')}/live`, { headers: product.headers })
    await new Promise((done, fail) => socket.once('open', done).once('error', fail))
    return new Screen(socket)
  }
  forget(): void {
    this.#shown.clear()
  }
  waitsOf(seals: readonly Seal[]): readonly number[] {
    const waits: number[] = []
    for (const [key, atMs] of this.#shown) {
      const [journey = '', second] = key.split('|')
      const told = seals[Number(journey.slice(5))]?.told.get(Number(second))
      if (told !== undefined) waits.push(atMs - told)
    }
    return waits.sort((a, b) => a - b)
  }
  openedAt(journey: string): number | undefined {
    return this.#opened.get(journey)
  }
  close(): void {
    this.#socket.terminate()
  }
}

/** One after another is opened on its way. */
async function openSome(seals: readonly Seal[], screen: Screen, centre: Awaited<ReturnType<typeof createMessageCentre>>) {
  const texts = new Map<string, number>()
  const look = setInterval(() => {
    for (const { to } of centre.texts()) if (!texts.has(to)) texts.set(to, performance.now())
  }, 20)
  const told = new Map<Seal, number>()
  for (let n = 0; n < OPENED; n++) {
    const seal = seals[(n * 31) % seals.length]!
    told.set(seal, seal.say(true))
    await pause(OPEN_EVERY_MS)
  }
  await pause(10_000)
  clearInterval(look)
  const toScreen: number[] = []
  const toSms: number[] = []
  for (const [seal, atMs] of told) {
    const shown = screen.openedAt(seal.journey)
    if (shown !== undefined) toScreen.push(shown - atMs)
    const own = String(Number(seal.deviceId) - 13_800_000_000).padStart(4, '0')
    const sent = [...texts].find(([to]) => to.endsWith(`2000${own}`))?.[1]
    if (sent !== undefined) toSms.push(sent - atMs)
  }
  return { toScreen: toScreen.sort((a, b) => a - b), toSms: toSms.sort((a, b) => a - b) }
}

/** Share of a core and memory of a process over a time (Linux). */
async function costOf(pid: number, forMs: number): Promise<{ readonly cores: number; readonly mb: number }> {
  const cpuS = (): number => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100
  }
  const [from, fromMs] = [cpuS(), performance.now()]
  await pause(forMs)
  const cores = (cpuS() - from) / ((performance.now() - fromMs) / 1000)
  return { cores, mb: Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024 }
}

interface Measured {
  readonly cost: { readonly cores: number; readonly mb: number }
  readonly without: { readonly cores: number; readonly mb: number }
  readonly acknowledged: number
  readonly shown: readonly number[]
  readonly opened: { readonly toScreen: readonly number[]; readonly toSms: readonly number[] }
}

function figuresOf({ cost, without, acknowledged, shown, opened }: Measured): readonly Figure[] {
  const quantile = (sorted: readonly number[], part: number): number =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN)
  const perSecond = acknowledged / (MEASURED_MS / 1000)
  const size = `${SEALS} seals of jt808 on lines of their own, one report each ${EVERY_MS / 1000} s, ${AIS_PER_SECOND} AIS sentences/s beside`
  return [
    { name: 'reports acknowledged', value: Math.round(perSecond), unit: '/s', size, goal: `${SEALS / (EVERY_MS / 1000)}` },
    { name: 'told to screen, median', value: quantile(shown, 0.5), unit: 'ms', size: `${shown.length} rows` },
    { name: 'told to screen, p95', value: quantile(shown, 0.95), unit: 'ms', goal: '< 1,000' },
    {
      name: 'opened to screen, p95',
      value: quantile(opened.toScreen, 0.95),
      unit: 'ms',
      size: `${opened.toScreen.length} of ${OPENED}`,
      goal: '< 1,000',
    },
    {
      name: 'opened to SMS accepted, p95',
      value: quantile(opened.toSms, 0.95),
      unit: 'ms',
      size: `${opened.toSms.length} of ${OPENED}`,
      goal: '< 5,000',
    },
    {
      name: 'the product',
      value: cost.cores,
      unit: 'cores',
      size: `${without.cores.toFixed(3)} before the seals spoke; ${cost.mb.toFixed(0)} MB, ${without.mb.toFixed(0)} before`,
    },
    {
      name: 'a seal',
      value: ((cost.cores - without.cores) / SEALS) * 1e6,
      unit: 'µcores',
      size: `${(((cost.mb - without.mb) / SEALS) * 1024).toFixed(0)} KB`,
    },
  ]
}
