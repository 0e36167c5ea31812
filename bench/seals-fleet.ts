// Two thousand simulated seals of five protocols on real lines to the whole product: how long from what a seal says to the row on the screen, from an opened seal to the screen and to the SMS at the operator,
// and what it costs. Once with the demo's feeds running beside (then nobody is told), once without and with a message centre. MANGRU_BENCH_SEALS, MANGRU_BENCH_SECONDS for
// another size; MANGRU_BENCH_SILENT=10000 lets so many connections beside say nothing (takes a minute longer).
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { WebSocket } from 'ws'
import { openedAt, planTrucks } from '../checks/sealed-trucks.ts'
import type { JourneyRow } from '../src/seals/schema.ts'
import { createFleet, journeysOf, type SimJourney } from '../src/sim/index.ts'
import { createMessageCentre, type MessageCentre } from '../src/testkit/message-centre.ts'
import { freePort, type RunningProduct, startProduct, temporaryFolder } from '../src/testkit/product.ts'
import type { Bench, Figure } from './bench.ts'

const SEALS = Number(process.env.MANGRU_BENCH_SEALS ?? 2000)
const SECONDS = Number(process.env.MANGRU_BENCH_SECONDS ?? 30)
const SILENT = Number(process.env.MANGRU_BENCH_SILENT ?? 0)
const EVERY_MS = 10_000
const PROTOCOLS = ['jt808', 'jt600', 'eseal', 'teratrack', 'json'] as const
/** One of so many seals is opened in the time that is measured. */
const OPENED_ONE_IN = 20
const IDLE_MS = 5000
const BEAT_MS = 10
/** Everybody is on the line, and the past is told. */
const SETTLE_MS = 12_000
const SILENT_LIMIT_MS = 120_000

const pause = (ms: number): Promise<void> => new Promise(done => setTimeout(done, ms))
const cpuSeconds = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}
const memoryMb = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
const quantile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN

/** Share of the processor over so long. */
async function shareOf(pid: number, ms: number): Promise<number> {
  const [before, begunMs] = [cpuSeconds(pid), performance.now()]
  await pause(ms)
  return ((cpuSeconds(pid) - before) * 1000) / (performance.now() - begunMs)
}

/** The demo's seals count from the same number; ours stand behind them. */
const ownNumber = (deviceId: string): string => String(Number(deviceId) + 500_000).padStart(deviceId.length, '0')

/** When a seal of this rhythm was due to say what it dated so: devices date in whole seconds. */
function dueMs(journey: SimJourney, fromMs: number, positionMs: number): number {
  const firstMs = Math.max(fromMs, journey.fittedMs) + ((journey.n * 977) % EVERY_MS)
  return firstMs + Math.floor((positionMs + 999 - firstMs) / EVERY_MS) * EVERY_MS
}

interface Screen {
  onRow(row: JourneyRow, atMs: number): void
  onAlarm(journey: string, atMs: number): void
}
interface AlarmOnLine {
  readonly detector: string
  readonly subjects: readonly { readonly kind: string; readonly id: string }[]
}
interface Said {
  readonly kind: string
  readonly journey?: JourneyRow
  readonly alarm?: AlarmOnLine
}

function watch({ url, headers }: RunningProduct, screen: Screen): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/live`, { headers })
  socket.on('message', (data, isBinary) => {
    if (isBinary) return
    const atMs = Date.now()
    const said: Said & { readonly messages?: readonly Said[] } = JSON.parse(String(data))
    // What waited together comes in one frame.
    for (const { journey, alarm } of said.messages ?? [said]) {
      if (journey) screen.onRow(journey, atMs)
      if (alarm?.detector === 'seal-opened') for (const { kind, id } of alarm.subjects) if (kind === 'journey') screen.onAlarm(id, atMs)
    }
  })
  return new Promise((done, fail) => socket.once('open', () => done(socket)).once('error', fail))
}

/** Lines that say nothing; resolves once all are closed or the time is over: how many are left, how long that took, how long others waited for an answer meanwhile. */
async function silentLines(port: number, { url }: RunningProduct) {
  const sockets: Socket[] = []
  let [open, refused] = [0, 0]
  const begunMs = performance.now()
  for (let n = 0; n < SILENT; n++) {
    const socket = connect({ port, host: '127.0.0.1', localAddress: `127.0.0.${2 + (n % 8)}` })
    socket.on('connect', () => open++)
    socket.on('error', () => refused++)
    socket.on('close', hadError => {
      if (!hadError) open--
    })
    sockets.push(socket)
    if (n % 100 === 99) await pause(20)
  }
  await pause(1000)
  const most = open
  const waits: number[] = []
  while (open > 0 && performance.now() - begunMs < SILENT_LIMIT_MS) {
    const askedMs = performance.now()
    await fetch(`${url}/healthz`).then(answer => answer.text())
    waits.push(performance.now() - askedMs)
    await pause(50)
  }
  for (const socket of sockets) socket.destroy()
  return { most, refused, left: open, closedAfterS: (performance.now() - begunMs) / 1000, waits }
}

async function measured(isDemo: boolean, centre: MessageCentre | undefined): Promise<readonly Figure[]> {
  const folder = temporaryFolder()
  const config = `${folder.path}.yaml`
  const ports = await Promise.all(PROTOCOLS.map(() => freePort()))
  if (centre)
    writeFileSync(
      config,
      `channels:\n  operator:\n    kind: sms-smpp\n    host: 127.0.0.1\n    port: ${centre.port}\n    systemId: bench\n    password: bench\n    sender: "15880000"\n    perSecond: 100\n`,
    )
  const product = await startProduct(folder.path, [...(isDemo ? [] : ['--no-demo']), ...(centre ? ['--config', config] : [])])
  try {
    return await watched(product, ports, isDemo, centre)
  } finally {
    await product.stop()
    folder.remove()
    rmSync(config, { force: true })
  }
}

async function watched(
  product: RunningProduct,
  ports: readonly number[],
  isDemo: boolean,
  centre: MessageCentre | undefined,
): Promise<readonly Figure[]> {
  // Behind the start: with a feed of its own the product shows no demo.
  for (const [n, name] of PROTOCOLS.entries())
    await product.post('/api/feeds', { url: `tcp-server://127.0.0.1:${ports[n]}?kind=${name}&name=seal-${name}` })
  const made = journeysOf({
    seed: 7,
    count: SEALS,
    startMs: Date.now(),
    spreadMs: 0,
    aheadMs: 0,
    scripts: [],
    oneIn: 1,
    protocols: PROTOCOLS,
    everyMs: EVERY_MS,
    prefix: 'BENCH',
  }).map(({ clock: _right, ...journey }) => ({ ...journey, deviceId: ownNumber(journey.deviceId), unheard: [], others: [] }))
  const phoneOf = ({ n }: SimJourney): string => `010-1000-${String(n).padStart(4, '0')}`
  await planTrucks(product, made, { reportEveryS: EVERY_MS / 1000, ...(centre ? { phoneOf } : {}) })
  const feeds = await product.get<readonly { readonly name: string }[]>('/api/feeds')
  if (feeds.some(({ name }) => name === 'demo') !== isDemo) throw new Error(`the demo is ${isDemo ? 'not ' : ''}running`)
  const idle = await shareOf(product.pid, IDLE_MS)
  const idleMb = memoryMb(product.pid)

  const fromMs = Date.now() - 1000
  const beginMs = fromMs + SETTLE_MS
  const endMs = beginMs + SECONDS * 1000
  const opened = new Map<string, number>()
  const journeys = made.map(one => {
    const atMs = Math.floor(beginMs + ((one.n * 7919) % SEALS) * ((SECONDS * 1000) / SEALS))
    const is = one.n % OPENED_ONE_IN === 0 ? openedAt(one, atMs) : one
    if (is !== one) opened.set(one.plan.id, atMs)
    return is
  })
  const byId = new Map(journeys.map(one => [one.plan.id, one]))
  const seen = new Map<string, string>()
  const [toRow, toOpenRow, toAlarm, toSms] = [[], [], [], []] as number[][] as [number[], number[], number[], number[]]
  const openSeen = new Set<string>()
  const alarmSeen = new Set<string>()
  const screen = await watch(product, {
    onRow(row, atMs) {
      const journey = byId.get(row.id)
      if (!journey || row.positionAt === undefined) return
      const opening = opened.get(row.id)
      if (opening !== undefined && row.open.includes('seal-opened') && !openSeen.has(row.id)) {
        openSeen.add(row.id)
        toOpenRow.push(atMs - opening)
      }
      if (seen.get(row.id) === row.positionAt || atMs < beginMs || atMs > endMs) return
      seen.set(row.id, row.positionAt)
      const positionMs = Date.parse(row.positionAt)
      // What was said when it was opened is out of the rhythm.
      if (opening !== undefined && Math.abs(positionMs - opening) < 1000) return
      const due = dueMs(journey, fromMs, positionMs)
      if (due >= beginMs) toRow.push(atMs - due)
    },
    onAlarm(id, atMs) {
      const opening = opened.get(id)
      if (opening === undefined || alarmSeen.has(id)) return
      alarmSeen.add(id)
      toAlarm.push(atMs - opening)
    },
  })
  const byPhone = new Map(
    journeys.flatMap(one => {
      const atMs = opened.get(one.plan.id)
      return atMs === undefined ? [] : [[phoneOf(one).replaceAll('-', ''), atMs] as const]
    }),
  )
  let texts = 0
  const takeTexts = (): void => {
    for (; centre && texts < centre.got.length; texts++) {
      const { to } = centre.got[texts]!
      const opening = byPhone.get(to)
      // The first part of the first text; what else is told of this truck is another matter.
      if (opening === undefined || Date.now() < opening) continue
      byPhone.delete(to)
      toSms.push(Date.now() - opening)
    }
  }
  const fleet = createFleet({
    journeys,
    to: Object.fromEntries(PROTOCOLS.map((name, n) => [name, { host: '127.0.0.1', port: ports[n]! }])),
    everyMs: EVERY_MS,
    fromMs,
    thinnedMs: 60_000,
  })
  const beat = setInterval(() => {
    fleet.advance(Date.now())
    takeTexts()
  }, BEAT_MS)
  try {
    await pause(beginMs - Date.now())
    const connected = fleet.counts.connected
    const before = { ...fleet.counts }
    const busy = await shareOf(product.pid, endMs - Date.now())
    const acknowledged = fleet.counts.acknowledged - before.acknowledged
    const busyMb = memoryMb(product.pid)
    const lines = SILENT > 0 && isDemo ? await silentLines(ports[0]!, product) : undefined
    for (let n = 0; n < 100 && (openSeen.size < opened.size || (centre && byPhone.size > 0)); n++) await pause(100)
    const beside = isDemo ? 'with the demo beside' : 'without the demo, telling on'
    const size = `${connected} of ${SEALS} seals on the line, ${acknowledged} acknowledged in ${SECONDS} s, ${toRow.length} rows; ${beside}`
    const ofOpened = (got: readonly number[]): string => `${got.length} of ${opened.size} seals opened; ${beside}`
    const perSeal = (busy - idle) / SEALS
    return [
      ...([0.5, 0.95, 0.99] as const).map(part => ({
        name: `a report’s moment to its row on the live line, p${part * 100}`,
        value: quantile(toRow, part),
        unit: 'ms',
        size,
        ...(part === 0.95 ? { goal: '< 1,000' } : {}),
      })),
      { name: 'a seal opened to its row, p95', value: quantile(toOpenRow, 0.95), unit: 'ms', size: ofOpened(toOpenRow), goal: '< 1,000' },
      { name: 'a seal opened to its alarm, p95', value: quantile(toAlarm, 0.95), unit: 'ms', size: ofOpened(toAlarm), goal: '< 1,000' },
      ...(centre
        ? [
            {
              name: 'a seal opened to the SMS accepted, p95',
              value: quantile(toSms, 0.95),
              unit: 'ms',
              size: ofOpened(toSms),
              goal: '< 5,000',
            },
          ]
        : []),
      { name: 'the product', value: busy, unit: 'cores', size: `${idle.toFixed(2)} before the seals called; ${beside}` },
      { name: 'memory', value: busyMb, unit: 'MB', size: `${idleMb.toFixed(0)} MB before the seals called; ${beside}` },
      // The demo is still growing while we begin: what a seal costs is told by the run without it.
      ...(isDemo
        ? []
        : [
            {
              name: 'a seal',
              value: perSeal * 1e6,
              unit: 'µcore',
              size: `one core would carry ${Math.floor((1 - idle) / perSeal)} of them; ${(((busyMb - idleMb) * 1024) / SEALS).toFixed(1)} kB each`,
            },
          ]),
      ...(lines
        ? [
            {
              name: `${SILENT} lines that say nothing, all closed after`,
              value: lines.closedAfterS,
              unit: 's',
              size: `${lines.most} were open, ${lines.refused} refused, ${lines.left} left; others answered meanwhile: p95 ${quantile(lines.waits, 0.95).toFixed(0)} ms, worst ${Math.max(...lines.waits).toFixed(0)} ms of ${lines.waits.length}`,
              goal: 'about a minute',
            },
          ]
        : []),
    ]
  } finally {
    clearInterval(beat)
    fleet.close()
    screen.terminate()
  }
}

export const bench: Bench = {
  name: 'seals-fleet',
  question:
    'Two thousand simulated seals of five protocols, the demo beside: how late is the screen, how late the SMS, what does it cost, and do silent lines hinder?',
  async run() {
    const withDemo = await measured(true, undefined)
    const centre = await createMessageCentre()
    try {
      return [...withDemo, ...(await measured(false, centre))]
    } finally {
      await centre.close()
    }
  },
}
