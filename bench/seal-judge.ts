// Sealed journeys from the line to the judgement: a frame of a device, framed, decoded, put to its journey and judged by every rule. CPU seconds of this one thread.
import { offset } from '#base/index.ts'
import { type Area, createAreaIndex } from '#places/index.ts'
import { createSealPass, createSealPlaces, heardOf, type JourneyPlan } from '#seals/index.ts'
import { Framer, SEAL_PROTOCOLS, type SealProtocol } from '../src/seals/protocols/index.ts'
import { seeded, square } from '../src/testkit/sea-scene.ts'
import type { Bench } from './bench.ts'

const JOURNEYS = 2000
const EVERY_MS = 30_000
/** Fitted and sealed in the first rounds; the next warm up and are not measured. */
const WARM_ROUNDS = 20
const ROUNDS = 100
const T0 = Date.UTC(2026, 0, 15)
const AREAS = 1000
/** Of the reports: such a share comes three rounds late, behind the newer ones. */
const LATE = 0.03
const LATE_ROUNDS = 3
const GOAL = '≥ 50,000'

export const bench: Bench = {
  name: 'seal-judge',
  question: 'How many reports of seals does one core take from the line to the judged journey?',
  run() {
    const protocol = SEAL_PROTOCOLS.find(({ name }) => name === 'jt808')!
    const trucks = Array.from({ length: JOURNEYS }, (_, n) => truck(n))
    const { rounds, late } = frames(protocol, trucks)
    const decoded = through(protocol, trucks, rounds, false)
    const judged = through(protocol, trucks, rounds, true)
    process.stderr.write(`${judged.underWay} under way, ${judged.found} findings, ${late} of ${judged.reports} late\n`)
    // Who is not under way is not judged: then the figure would be of nothing.
    if (judged.underWay !== JOURNEYS) throw new Error(`only ${judged.underWay} of ${JOURNEYS} journeys are under way`)
    const size = `${JOURNEYS} journeys, ${judged.reports} frames of jt808, one a packet, ${AREAS} areas, ${(LATE * 100).toFixed(0)} % of them late`
    return Promise.resolve([
      { name: 'decoded and judged', value: Math.round(judged.reports / judged.seconds), unit: 'reports/CPU s', size, goal: GOAL },
      { name: 'decoded only', value: Math.round(decoded.reports / decoded.seconds), unit: 'reports/CPU s' },
      { name: 'a look of the clock over all journeys, once a second', value: judged.tickMs, unit: 'CPU ms' },
    ])
  },
}

interface Truck {
  readonly deviceId: string
  readonly plan: JourneyPlan
  readonly along: (metres: number) => { readonly lat: number; readonly lon: number }
  readonly bearing: number
}

/** A road of 120 km that bends every 2 km. */
function truck(n: number): Truck {
  const random = seeded(1000 + n)
  const bearing = random() * 360
  const points = [{ lat: 35 + random() * 2, lon: 127 + random() * 2 }]
  for (let leg = 1; leg <= 60; leg++) {
    const last = points[leg - 1]!
    points.push(offset(last.lat, last.lon, bearing + (random() - 0.5) * 50, 2000))
  }
  const place = (name: string, at: number) => ({ name, ...points[at]!, radiusM: 500 })
  const deviceId = String(13_900_000_000 + n).padStart(12, '0')
  const along = (metres: number) => {
    const leg = Math.min(59, Math.floor(metres / 2000))
    const share = Math.min(1, metres / 2000 - leg)
    const [a, b] = [points[leg]!, points[leg + 1]!]
    return { lat: a.lat + share * (b.lat - a.lat), lon: a.lon + share * (b.lon - a.lon) }
  }
  const plan: JourneyPlan = {
    id: `J${n}`,
    unit: 'container',
    container: `TEMU${n}`,
    seals: [{ seal: `jt808:${deviceId}`, fitting: 'container' }],
    origin: place('origin', 0),
    destination: place('destination', 60),
    stops: [place('rest', 20), place('rest 2', 40)],
    corridor: { line: points.map(({ lat, lon }) => [lon, lat] as const), halfWidthM: 1000 },
    departFromMs: T0,
    departUntilMs: T0 + 3_600_000,
    arriveUntilMs: T0 + 6 * 3_600_000,
    officers: { origin: [], destination: [] },
    risk: 'medium',
    organisations: ['busan'],
  }
  return { deviceId, plan, along, bearing }
}

interface Packet {
  readonly truck: number
  readonly bytes: Uint8Array
}

/** What comes in each round. One truck in a hundred stands for long on its way, one in a hundred leaves its road. */
function frames(protocol: SealProtocol, trucks: readonly Truck[]): { readonly rounds: readonly Packet[][]; readonly late: number } {
  const random = seeded(23)
  const rounds: Packet[][] = Array.from({ length: WARM_ROUNDS + ROUNDS }, () => [])
  let late = 0
  for (let round = 0; round < WARM_ROUNDS + ROUNDS; round++)
    for (const [n, { deviceId, along, bearing }] of trucks.entries()) {
      const stands = n % 100 === 1 && round > 50
      const metres = Math.max(0, Math.min(round, stands ? 50 : round) - 3) * 600
      const on = along(metres)
      const isLost = n % 100 === 2 && round > 60
      const at = offset(on.lat, on.lon, isLost ? bearing + 90 : random() * 360, isLost ? (round - 60) * 200 : random() * 15)
      const isLate = round >= WARM_ROUNDS && round + LATE_ROUNDS < WARM_ROUNDS + ROUNDS && random() < LATE
      if (isLate) late++
      const bytes = protocol.device.encode({
        deviceId,
        sentAtMs: T0 + round * EVERY_MS,
        ...at,
        fixValid: true,
        speedKmh: round <= 3 || stands ? 0 : 72,
        courseDeg: 0,
        serial: round,
        batteryPercent: 80,
        locked: true,
        ...(isLate ? { buffered: true } : {}),
        ...(round === 0 ? { event: 'shackle-closed' as const } : {}),
      })
      rounds[isLate ? round + LATE_ROUNDS : round]!.push({ truck: n, bytes })
    }
  return { rounds, late }
}

function areas(): Area[] {
  const random = seeded(11)
  const kinds = ['designated', 'forbidden', 'port', 'other'] as const
  return Array.from({ length: AREAS }, (_, n) =>
    square({ id: `A${n}`, name: `area ${n}`, kind: kinds[n % 4]! }, [34 + random() * 4, 126 + random() * 4], 300 + random() * 700),
  )
}

function through(protocol: SealProtocol, trucks: readonly Truck[], rounds: readonly Packet[][], isJudged: boolean) {
  const index = createAreaIndex(areas())
  let [reports, found, nowMs] = [0, 0, T0]
  const pass = createSealPass({
    places: createSealPlaces(() => index),
    sink: ({ change }) => {
      if (change === 'raised') found++
    },
    onChange() {},
    onFault: (detector, error) => {
      throw new Error(`${detector}: ${error}`)
    },
  })
  pass.begin(T0)
  for (const { plan, deviceId } of trucks) {
    const { seal } = plan.seals[0]!
    pass.setSeals([
      { id: seal, deviceId, protocol: 'jt808', number: deviceId, life: 'issued', organisation: 'busan', reportEveryS: EVERY_MS / 1000 },
    ])
    pass.plan(plan)
    pass.deed({ id: `fit ${plan.id}`, journey: plan.id, atMs: T0 - 60_000, who: 'kim', deed: 'fit', seal, container: plan.container })
  }
  const lines = trucks.map(
    () =>
      new Framer(protocol.frames, protocol.maxFrameBytes, {
        frame(bytes) {
          const result = protocol.decode(bytes, { nowMs })
          if (typeof result === 'string') throw new Error(result)
          for (const report of result.reports) {
            reports++
            if (isJudged) pass.report(heardOf(report, `jt808:${report.deviceId}`, nowMs, reports))
          }
        },
      }),
  )
  let from = process.cpuUsage()
  for (const [round, packets] of rounds.entries()) {
    if (round === WARM_ROUNDS) {
      reports = 0
      from = process.cpuUsage()
    }
    nowMs = T0 + round * EVERY_MS + 1000
    for (const { truck, bytes } of packets) lines[truck]!.push(bytes)
  }
  const seconds = since(from)
  const looks = 50
  from = process.cpuUsage()
  if (isJudged) for (let n = 1; n <= looks; n++) pass.tick(nowMs + n * 1000)
  const tickMs = (since(from) * 1000) / looks
  const underWay = trucks.filter(({ plan }) => pass.standing(plan.id)?.state === 'under-way').length
  return { reports, seconds, found, tickMs, underWay }
}

function since(from: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(from)
  return (user + system) / 1e6
}
