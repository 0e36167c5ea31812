// The demo's sealed journeys: trucks on the main roads, already under way, their seals speaking real protocols over real sockets; all of it marked as demo.
import type { JourneyPlan, RunningSeals, Seal } from '#seals/index.ts'
import { devicesOf, journeysOf, SCRIPTS, type SimJourney } from '#sim/index.ts'

const REPORT_EVERY_S = 30

export const sealOfDemo = ({ protocol, deviceId, n }: Pick<SimJourney, 'protocol' | 'deviceId' | 'n'>): Seal => ({
  id: `${protocol}:${deviceId}`,
  deviceId,
  protocol,
  number: `DEMO-${String(n + 1).padStart(4, '0')}`,
  maker: protocol === 'jt600' ? 'JT701' : 'G-300',
  life: 'issued',
  organisation: 'hq',
  reportEveryS: REPORT_EVERY_S,
  isDemo: true,
})

/** No invented persons: officers are named by their post, and their numbers cannot exist. */
export function planOfDemo(journey: SimJourney, organisations: readonly string[]): JourneyPlan {
  const { officerCard, ...plan } = journey.plan
  const phone = '010-0000-0000'
  return {
    ...plan,
    seals: devicesOf([journey]).map(one => ({ seal: sealOfDemo(one).id, fitting: one.fitting })),
    officers: {
      origin: [{ name: `${plan.origin.name} 담당`, phone }],
      destination: [{ name: `${plan.destination.name} 담당`, phone, card: officerCard }],
    },
    organisations,
    isDemo: true,
  }
}

/** What the demo's own simulator is started with, too: the same seed and moment give the same journeys. */
export const DEMO_SEALS = { count: 240, oneIn: 20, protocols: ['jt808', 'jt600'], spreadMs: 3_600_000, firstMs: 75_000 } as const

const BY = { who: 'mangru' } as const

/** Seals into the stock, plans, and the officers' fitting, as if it had been done in time. */
export async function beginSealsDemo(
  seals: RunningSeals,
  seed: number,
  startMs: number,
  organisationsAt: (lat: number, lon: number) => readonly string[],
): Promise<void> {
  await seals.dropDemo()
  const { count, oneIn, protocols, spreadMs, firstMs } = DEMO_SEALS
  const journeys = journeysOf({ seed, count, startMs, spreadMs, scripts: SCRIPTS, oneIn, protocols, firstMs: startMs + firstMs })
  await seals.saveSeals(devicesOf(journeys).map(sealOfDemo), BY, 'seals.register')
  for (const journey of journeys) {
    const { origin, destination } = journey.plan
    const organisations = [...new Set([...organisationsAt(origin.lat, origin.lon), ...organisationsAt(destination.lat, destination.lon)])]
    const plan = planOfDemo(journey, organisations.length > 0 ? organisations : ['hq'])
    await seals.plan(plan, BY, true)
    for (const deed of journey.deeds)
      if (deed.deed === 'fit') await seals.deed({ ...deed, id: `demo-${startMs}-${deed.id}`, who: 'mangru' }, BY)
  }
}
