// Journeys of any seed, told by the devices' own bytes over lines that cut, glue and repeat them: each scripted violation is found, what is nearly one is not, and what comes out of
// a dead zone too late wakes nobody.
import { describe, expect, test } from 'vitest'
import { createAreaIndex } from '#places/index.ts'
import type { Finding } from '#rules/index.ts'
import { createSealPass, createSealPlaces, heardOf } from '#seals/index.ts'
import { Framer, SEAL_PROTOCOLS } from '#seals/protocols/index.ts'
import { VIOLATIONS } from '#seals/schema.ts'
import { createRoughLine, devicesOf, isWithin, journeysOf, messageAt, SCRIPTS, type SimJourney, sealAreas } from '#sim/index.ts'
import { readIdentifier } from '#wire/identifiers/index.ts'
import { planOfDemo, sealOfDemo } from './demo-seals.ts'

const START_MS = Date.UTC(2026, 10, 26, 12)
const EVERY_MS = 30_000
const TICK_MS = 15_000
const LINK_MS = 700
/** Locks in turn, and what sits on tractors. */
const PROTOCOLS = [
  'jt808',
  'jt600',
  'jt808',
  'eseal',
  'teratrack',
  'jt600',
  'r16h',
  'envotech',
  'json',
  'eelink',
  't800x',
  'meitrack',
  'gl200',
  'upro',
  'tzone',
]

/** Each seed begins with another violation. */
const turned = (seed: number) => [...SCRIPTS.slice(seed % SCRIPTS.length), ...SCRIPTS.slice(0, seed % SCRIPTS.length)]

const dayOf = (seed: number, count: number, more: Partial<Parameters<typeof journeysOf>[0]> = {}): readonly SimJourney[] =>
  journeysOf({
    seed,
    count,
    startMs: START_MS,
    spreadMs: 0,
    aheadMs: 4_200_000,
    scripts: turned(seed),
    oneIn: 2,
    protocols: PROTOCOLS,
    maxKm: 130,
    ...more,
  })

interface Moment {
  readonly atMs: number
  readonly does: (nowMs: number) => void
}

/** Plays them through bytes, framer, decoder and pass. */
function play(journeys: readonly SimJourney[], seed: number) {
  const findings = new Map<string, Finding>()
  const refused: string[] = []
  const faults: unknown[] = []
  const index = createAreaIndex(sealAreas())
  const pass = createSealPass({
    places: createSealPlaces(() => index),
    sink: ({ finding }) => findings.set(finding.id, finding),
    onChange: () => {},
    onFault: (_detector, error) => faults.push(error),
  })
  pass.setSeals(devicesOf(journeys).map(sealOfDemo))
  for (const journey of journeys) pass.plan(planOfDemo(journey, ['hq']))
  let chance = seed | 1
  const random = (): number => {
    chance = Math.imul(chance ^ (chance >>> 15), 0x2c1b3c6d) + 0x9e3779b9
    return (chance >>> 0) / 4294967296
  }
  const moments: Moment[] = []
  for (const one of journeys) {
    for (const deed of one.deeds) moments.push({ atMs: deed.atMs, does: () => pass.deed({ ...deed, who: 'demo' }) })
    for (const passage of one.passages)
      moments.push({ atMs: passage.atMs, does: nowMs => pass.gate({ ...passage, receivedAtMs: nowMs, mark: -1 }) })
  }
  for (const device of devicesOf(journeys)) moments.push(...momentsOf(device, random, pass.report, refused))
  moments.sort((a, b) => a.atMs - b.atMs)
  let tickedMs = 0
  for (const { atMs, does } of moments) {
    does(atMs)
    if (atMs - tickedMs < TICK_MS) continue
    tickedMs = atMs
    pass.tick(atMs + LINK_MS)
  }
  return { findings: [...findings.values()].filter(one => one.withdrawnAt === undefined), refused, faults }
}

/** What a device says when, over its line; nothing gets out of a dead zone, and what was kept comes together behind it. */
function momentsOf(
  device: SimJourney,
  random: () => number,
  report: ReturnType<typeof createSealPass>['report'],
  refused: string[],
): readonly Moment[] {
  const protocol = SEAL_PROTOCOLS.find(one => one.name === device.protocol)!
  const seal = sealOfDemo(device).id
  let atMs = 0
  const framer = new Framer(protocol.frames, protocol.maxFrameBytes, {
    frame(bytes) {
      const decoded = protocol.decode(bytes, { nowMs: atMs, deviceId: device.deviceId })
      if (typeof decoded === 'string') refused.push(`${protocol.name} ${decoded}`)
      else
        for (const one of decoded.reports) if (one.kind !== 'login' && one.kind !== 'answer') report(heardOf(one, seal, atMs + LINK_MS, -1))
    },
    skipped(bytes) {
      // Line ends behind a message are no message.
      if (bytes.some(byte => byte !== 13 && byte !== 10)) refused.push(`${protocol.name} skipped ${bytes.length}`)
    },
  })
  const line = createRoughLine(bytes => framer.push(bytes), random)
  const kept: { readonly ms: number; readonly event?: SimJourney['events'][number] }[] = []
  let serial = 0
  const say = (nowMs: number, ms: number, event?: SimJourney['events'][number]): void => {
    atMs = nowMs
    if (isWithin(device.unheard, nowMs)) {
      kept.push({ ms, ...(event ? { event } : {}) })
      return
    }
    for (const one of [...kept.splice(0), { ms, ...(event ? { event } : {}) }]) {
      const message = messageAt(device, one.ms, ++serial, one.event)
      if (message) line.write(protocol.device.encode(nowMs - one.ms > 60_000 ? { ...message, buffered: true } : message))
    }
    if (nowMs % 2 === 0 || event) line.flush()
  }
  const moments: Moment[] = []
  for (let ms = device.fittedMs + 5000 + ((device.n * 977) % EVERY_MS); ms < device.closedMs; ms += EVERY_MS)
    moments.push({ atMs: ms, does: nowMs => say(nowMs, ms) }, { atMs: ms + 2000, does: () => line.flush() })
  for (const event of device.events) moments.push({ atMs: event.atMs, does: nowMs => say(nowMs, event.atMs, event) })
  return moments
}

const wordsOf = (journeys: readonly SimJourney[], findings: readonly Finding[]) => {
  const byId = new Map(journeys.map(one => [one.plan.id, one]))
  const told = findings.map(({ subjects, detector, live }) => {
    const journey = byId.get(subjects[0]!.id)
    const near = journey?.script === detector ? '' : ` (${journey?.protocol}; nearly: ${journey?.nearMisses.join(', ')})`
    return `${subjects[0]!.id} ${detector}${live ? '' : ', late'}${near}`
  })
  const scripted = journeys.flatMap(({ plan, script, isLate }) =>
    script === undefined ? [] : `${plan.id} ${script}${isLate ? ', late' : ''}`,
  )
  return { told: [...new Set(told)].sort(), scripted: [...new Set(scripted)].sort() }
}

const SEEDS = process.env.MANGRU_SEAL_SEEDS?.split(',').map(Number) ?? Array.from({ length: 25 }, (_, n) => n * 7 + 1)

describe('what is scripted is found, and nothing else', () => {
  test.each(SEEDS)('seed %i', seed => {
    const journeys = dayOf(seed, 24)
    const { findings, refused, faults } = play(journeys, seed)
    expect({ faults, refused }).toEqual({ faults: [], refused: [] })
    const { told, scripted } = wordsOf(journeys, findings)
    expect(told).toEqual(scripted)
  })

  test('over the seeds each violation happens, some of them in dead zones, and each protocol speaks', () => {
    const all = Array.from({ length: 25 }, (_, n) => dayOf(n * 7 + 1, 24)).flat()
    expect(new Set(all.flatMap(one => one.script ?? []))).toEqual(new Set(VIOLATIONS))
    expect(all.filter(one => one.isLate).length).toBeGreaterThan(10)
    expect(new Set(devicesOf(all).map(one => one.protocol))).toEqual(new Set(PROTOCOLS))
    expect(new Set(all.flatMap(one => one.nearMisses)).size).toBeGreaterThan(24)
  })

  test('what no seal of a protocol has a word for does not happen', () => {
    const scripts = new Set(dayOf(3, 80, { protocols: ['eseal'], oneIn: 1 }).flatMap(one => one.script ?? []))
    expect([...VIOLATIONS].filter(one => !scripts.has(one))).toEqual([
      'seal-cut',
      'shell-tampered',
      'seal-removed',
      'wrong-key',
      'card-outside-area',
      'low-battery',
      'motor-fault',
    ])
  })
})

test('containers of the demo have right check digits', () => {
  for (const { plan } of dayOf(5, 12)) expect(readIdentifier(plan.container)).toMatchObject({ valid: true })
})
