// Seals on real lines while the product is killed at random moments: what a device was acknowledged lies in the ledger and in its journey's track, and what stands after the last
// start is what a pass that was never killed makes of that ledger: states, custody, violations.
import { join } from 'node:path'
import { readLedger } from '../src/evidence/index.ts'
import { type Area, createAreaIndex } from '../src/places/index.ts'
import {
  createSealPass,
  createSealPlaces,
  heardOf,
  type JourneyDeed,
  type JourneyLine,
  type JourneyPlan,
  sealFeedOf,
} from '../src/seals/index.ts'
import { type DeviceMessage, Framer, SEAL_PROTOCOLS } from '../src/seals/protocols/index.ts'
import { createFleet, journeysOf, type SimJourney } from '../src/sim/index.ts'
import { eventually, freePort, type RunningProduct, startProduct, temporaryFolder } from '../src/testkit/product.ts'
import { type Check, seeded } from './check.ts'
import { openedAt, planTrucks } from './sealed-trucks.ts'

const SEALS = 200
const EVERY_MS = 1000
/** Protocols whose acknowledgement says of what it is: only then the device knows what was acknowledged. */
const PROTOCOLS = ['jt808', 'jt600', 'eseal', 'gl200', 'json'] as const
/** Trucks leave so long after the first kill, and every second one's seal is opened on its way. */
const LEAVES_AFTER_MS = 10_000
const OPENED_AFTER_MS = 5000
const DRAIN_MS = 60_000

export const check: Check = {
  name: 'seal-kill',
  promise:
    'kill -9 at random moments under 200 seals loses no report that its device was acknowledged, and the journeys stand as if nothing had been killed',
  async run({ seed, times = 20, say }) {
    const random = seeded(seed)
    const folder = temporaryFolder()
    const ports = await Promise.all(PROTOCOLS.map(() => freePort()))
    const start = (): Promise<RunningProduct> =>
      startProduct(folder.path, [
        '--no-demo',
        ...PROTOCOLS.flatMap((name, n) => ['--feed', `tcp-server://127.0.0.1:${ports[n]}?kind=${name}&name=seal-${name}`]),
      ])
    const faults: string[] = []
    const acknowledged = new Map<string, Set<string>>()
    let onNext = (): void => {}
    let product = await start()
    const startMs = Date.now() + LEAVES_AFTER_MS
    const journeys = journeysOf({
      seed,
      count: SEALS,
      startMs,
      spreadMs: 0,
      scripts: [],
      oneIn: 1,
      protocols: PROTOCOLS,
      everyMs: EVERY_MS,
      prefix: 'KILL',
    }).map(openedOnTheWay(startMs))
    await planTrucks(product, journeys, { reportEveryS: EVERY_MS / 1000 })
    const fleet = createFleet({
      journeys,
      to: Object.fromEntries(PROTOCOLS.map((name, n) => [name, { host: '127.0.0.1', port: ports[n]! }])),
      everyMs: EVERY_MS,
      fromMs: Date.now() - 60_000,
      thinnedMs: 60_000,
      onAcknowledged(deviceId, message) {
        const own = acknowledged.get(deviceId) ?? new Set()
        acknowledged.set(deviceId, own)
        own.add(JSON.stringify(message))
        onNext()
      },
    })
    const beat = setInterval(() => fleet.advance(Date.now()), 100)
    try {
      for (let round = 0; round < times; round++) {
        await new Promise(done => setTimeout(done, 1500 + random() * 3500))
        // At the moment at which most could be lost: an acknowledgement has just come.
        await new Promise<void>(done => {
          onNext = done
          setTimeout(done, 5000)
        })
        await product.kill()
        product = await start()
        if (round % 5 === 4)
          say(`${round + 1} of ${times} kills, ${fleet.counts.acknowledged} acknowledged, ${fleet.counts.reconnects} calls anew`)
      }
      // Everybody has called again and got rid of what they kept.
      await new Promise(done => setTimeout(done, 5000))
      clearInterval(beat)
      const silentSince = Date.now()
      await eventually(async () => (fleet.waiting() === 0 || Date.now() - silentSince > DRAIN_MS ? true : undefined), DRAIN_MS + 5000)
      if (fleet.waiting() > 0) faults.push(`${fleet.waiting()} reports were never acknowledged`)
      const stands = await journeysStand(product, journeys)
      const tracks = await tracksOf(product, journeys)
      const areas = await product.get<readonly Area[]>('/api/areas')
      await product.stop()
      const ledger = join(folder.path, 'ledger')
      const kept = new Set<string>()
      readLedger(ledger, {}, (entry, feed) => {
        if (sealFeedOf(feed)) kept.add(Buffer.from(entry.bytes).toString('hex'))
      })
      for (const journey of journeys) {
        for (const text of acknowledged.get(journey.deviceId) ?? []) {
          const message = JSON.parse(text)
          if (!kept.has(frameOf(journey.protocol, message))) faults.push(`${journey.deviceId} ${text}: not in the ledger`)
          if (!tracks.get(journey.plan.id)?.has(Math.floor(message.sentAtMs / 1000)))
            faults.push(`${journey.deviceId} ${text}: not in the track`)
        }
      }
      for (const [id, once] of judgedAtOnce(ledger, stands, areas)) {
        const now = stands.get(id)!
        for (const field of ['state', 'lines', 'open'] as const)
          if (JSON.stringify(now[field]) !== JSON.stringify(once[field]))
            faults.push(`${id}: ${field} ${JSON.stringify(now[field])} and, judged at once, ${JSON.stringify(once[field])}`)
      }
      const count = (word: (one: Stands) => boolean): number => [...stands.values()].filter(word).length
      const opened = count(one => one.open.includes('seal-opened'))
      if (opened === 0) faults.push('no seal was found opened: nothing was tried')
      return {
        pass: faults.length === 0,
        figure: `${times} kills, ${journeys.length} seals, ${fleet.counts.sent} reports sent, ${fleet.counts.acknowledged} acknowledged, ${fleet.counts.reconnects} calls anew; ${count(one => one.state === 'under-way')} under way, ${opened} opened; ${faults.length} faults${faults.length > 0 ? `: ${faults.slice(0, 3).join('; ')}` : ''}`,
      }
    } finally {
      clearInterval(beat)
      fleet.close()
      await product.kill().catch(() => {})
      folder.remove()
    }
  },
}

const openedOnTheWay =
  (startMs: number) =>
  (journey: SimJourney): SimJourney =>
    journey.n % 2 === 0 ? journey : openedAt(journey, startMs + OPENED_AFTER_MS + journey.n * 100)

/** As the ledger holds it: without ends of lines behind it. */
function frameOf(name: string, message: DeviceMessage): string {
  const { device, frames, maxFrameBytes } = SEAL_PROTOCOLS.find(one => one.name === name)!
  let hex = ''
  new Framer(frames, maxFrameBytes, {
    frame: bytes => {
      hex = Buffer.from(bytes).toString('hex')
    },
  }).push(device.encode(message))
  return hex
}

interface Stands {
  readonly plan: JourneyPlan
  readonly fittedAtMs: number
  readonly state: string
  readonly open: readonly string[]
  /** Of the fold: what only the clock of receipt can say (silence, delay) is not of the ledger. */
  readonly lines: readonly string[]
}
const BY_CLOCK: ReadonlySet<string> = new Set(['seal-silent', 'late', 'not-started', 'co-stop'])
const lineText = ({ kind, what }: Pick<JourneyLine, 'kind' | 'what'>, atMs: number): string => `${kind} ${what} ${atMs}`

async function journeysStand(product: RunningProduct, journeys: readonly SimJourney[]): Promise<Map<string, Stands>> {
  const stands = new Map<string, Stands>()
  for (const { plan: simulated } of journeys) {
    const { state, open, lines, plan } = await product.get<{
      state: string
      open: readonly string[]
      plan: Omit<JourneyPlan, 'departFromMs' | 'departUntilMs' | 'arriveUntilMs'> &
        Record<'departFrom' | 'departUntil' | 'arriveUntil', string>
      lines: readonly (Pick<JourneyLine, 'kind' | 'what'> & { readonly at: string })[]
    }>(`/api/journeys/${simulated.id}`)
    const { departFrom, departUntil, arriveUntil, ...rest } = plan
    const times = { departFromMs: Date.parse(departFrom), departUntilMs: Date.parse(departUntil), arriveUntilMs: Date.parse(arriveUntil) }
    stands.set(simulated.id, {
      plan: { ...rest, ...times },
      fittedAtMs: Date.parse(lines.find(line => line.kind === 'deed' && line.what === 'fit')?.at ?? ''),
      state,
      open: open.filter(one => !BY_CLOCK.has(one)),
      lines: lines.map(line => lineText(line, Date.parse(line.at))).sort(),
    })
  }
  return stands
}

/** Seconds of the device's clock that stand in each track. */
async function tracksOf(product: RunningProduct, journeys: readonly SimJourney[]): Promise<Map<string, ReadonlySet<number>>> {
  const tracks = new Map<string, ReadonlySet<number>>()
  for (const {
    plan: { id },
  } of journeys) {
    const { points } = await product.get<{ points: readonly { readonly at: string }[] }>(`/api/journeys/${id}/track`)
    tracks.set(id, new Set(points.map(({ at }) => Math.floor(Date.parse(at) / 1000))))
  }
  return tracks
}

/** What one pass makes of the whole ledger, in one go. */
function judgedAtOnce(
  ledger: string,
  stands: ReadonlyMap<string, Stands>,
  areas: readonly Area[],
): Map<string, Pick<Stands, 'state' | 'open' | 'lines'>> {
  const index = createAreaIndex(areas)
  const lines = new Map<string, Map<number, string>>([...stands.keys()].map(id => [id, new Map()]))
  const pass = createSealPass({
    places: createSealPlaces(() => index),
    sink: () => {},
    onChange({ journey, lines: changed, withdrawn }) {
      const own = lines.get(journey)
      for (const line of changed) own?.set(line.n, lineText(line, line.atMs))
      for (const n of withdrawn) own?.delete(n)
    },
  })
  for (const [id, { plan, fittedAtMs }] of stands) {
    const { seal } = plan.seals[0]!
    pass.plan(plan)
    const deed: JourneyDeed = { id: `fit ${id}`, journey: id, atMs: fittedAtMs, who: '', deed: 'fit', seal, container: plan.container }
    pass.deed(deed)
  }
  readLedger(ledger, {}, ({ bytes, receivedAtMs, mark }, feed) => {
    const from = sealFeedOf(feed)
    const protocol = from && SEAL_PROTOCOLS.find(({ name }) => name === from.protocol)
    const decoded = protocol?.decode(bytes, { nowMs: receivedAtMs, ...(from?.deviceId === undefined ? {} : { deviceId: from.deviceId }) })
    if (!decoded || typeof decoded === 'string') return
    for (const report of decoded.reports) {
      const id = report.deviceId ?? from?.deviceId
      if (id === undefined || report.checksumValid === false || report.kind === 'login' || report.kind === 'answer') continue
      pass.report(heardOf(report, `${from?.protocol}:${id}`, receivedAtMs, mark))
    }
  })
  return new Map(
    [...stands.keys()].map(id => {
      const standing = pass.standing(id)!
      return [
        id,
        { state: standing.state, open: standing.open.filter(one => !BY_CLOCK.has(one)), lines: [...lines.get(id)!.values()].sort() },
      ]
    }),
  )
}
