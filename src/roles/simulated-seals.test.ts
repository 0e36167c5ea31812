// Journeys of any seed, told by the devices' own bytes: each scripted violation is found, and no other.
import { expect, test } from 'vitest'
import { createSealPass, heardOf } from '#seals/index.ts'
import { Framer, SEAL_PROTOCOLS } from '#seals/protocols/index.ts'
import { journeysOf, messageAt, SCRIPTS } from '#sim/index.ts'
import { madePlaces } from '#testkit/made-journey.ts'
import { readIdentifier } from '#wire/identifiers/index.ts'
import { planOfDemo, sealOfDemo } from './demo-seals.ts'

const START_MS = Date.UTC(2026, 10, 26, 12)
const EVERY_MS = 30_000

function watch(seed: number, count: number) {
  const journeys = journeysOf({
    seed,
    count,
    startMs: START_MS,
    spreadMs: 3_600_000,
    scripts: SCRIPTS,
    oneIn: 3,
    protocols: ['jt808', 'jt808', 'jt600', 'jt808'],
  })
  const found = new Map<string, Set<string>>()
  const pass = createSealPass({
    places: madePlaces(),
    sink: ({ finding, change }) => {
      const journey = finding.subjects[0]?.id ?? ''
      const own = found.get(journey) ?? new Set()
      if (change === 'withdrawn') own.delete(finding.detector)
      else own.add(finding.detector)
      found.set(journey, own)
    },
    onChange: () => {},
  })
  pass.setSeals(journeys.map(sealOfDemo))
  for (const journey of journeys) pass.plan(planOfDemo(journey, ['hq']))
  const steps = journeys.flatMap(journey => {
    const endMs = journey.truck.arrivesMs + 4 * 60_000
    const moments: { readonly atMs: number; readonly say: () => void }[] = [
      {
        atMs: journey.fittedMs,
        say: () =>
          pass.deed({
            id: `fit-${journey.n}`,
            journey: journey.plan.id,
            atMs: journey.fittedMs,
            who: 'demo',
            deed: 'fit',
            seal: sealOfDemo(journey).id,
          }),
      },
      {
        atMs: endMs,
        say: () => pass.deed({ id: `close-${journey.n}`, journey: journey.plan.id, atMs: endMs, who: 'demo', deed: 'close' }),
      },
    ]
    const protocol = SEAL_PROTOCOLS.find(one => one.name === journey.protocol)!
    let serial = 1
    const say = (atMs: number, event?: (typeof journey.events)[number]) => () => {
      const message = messageAt(journey, atMs, serial++, event)
      if (!message) return
      new Framer(protocol.frames, protocol.maxFrameBytes, {
        frame(bytes) {
          const decoded = protocol.decode(bytes, { nowMs: atMs, deviceId: journey.deviceId })
          if (typeof decoded === 'string') throw new Error(decoded)
          for (const report of decoded.reports) pass.report(heardOf(report, sealOfDemo(journey).id, atMs + 1000, -1))
        },
      }).push(protocol.device.encode(message))
    }
    for (let atMs = journey.fittedMs + 5000; atMs < endMs; atMs += EVERY_MS) moments.push({ atMs, say: say(atMs) })
    for (const event of journey.events) moments.push({ atMs: event.atMs, say: say(event.atMs, event) })
    return moments
  })
  steps.sort((a, b) => a.atMs - b.atMs)
  for (const { atMs, say } of steps) {
    say()
    pass.tick(atMs)
  }
  return { journeys, found }
}

test.each([1, 2, 77, 20_261_126])('seed %i', seed => {
  const { journeys, found } = watch(seed, 60)
  for (const journey of journeys) {
    const told = [...(found.get(journey.plan.id) ?? [])].sort()
    expect(told, `${journey.plan.id} ${journey.plan.origin.name} → ${journey.plan.destination.name} (${journey.protocol})`).toEqual(
      journey.script === undefined ? [] : [journey.script],
    )
  }
})

test('containers of the demo have right check digits', () => {
  const { journeys } = watch(5, 12)
  for (const { plan } of journeys) expect(readIdentifier(plan.container)).toMatchObject({ valid: true })
})
