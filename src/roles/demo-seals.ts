// The demo's sealed journeys: trucks on the main roads, already under way, their seals speaking real protocols over real sockets; all of it marked as demo.
import type { JourneyPlan, Seal } from '#seals/index.ts'
import type { SimJourney } from '#sim/index.ts'

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
    seals: [{ seal: sealOfDemo(journey).id, fitting: 'container' }],
    officers: {
      origin: [{ name: `${plan.origin.name} 담당`, phone }],
      destination: [{ name: `${plan.destination.name} 담당`, phone, card: officerCard }],
    },
    organisations,
    isDemo: true,
  }
}
