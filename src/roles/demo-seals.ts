// The demo's sealed journeys: trucks on the main roads, their seals speaking real protocols over real sockets; what officers would do is done at its time: planned, fitted, leave
// given to open, closed, and gates that see them pass. All of it marked as demo.
import type { Clock } from '#base/index.ts'
import type { JourneyPlan, RunningSeals, Seal } from '#seals/index.ts'
import { devicesOf, type SimJourney } from '#sim/index.ts'

const REPORT_EVERY_S = 30
const MODELS: Readonly<Record<string, string>> = {
  jt808: 'G-300',
  jt600: 'JT701',
  teratrack: 'TeraTrack',
  eseal: 'e-Seal',
  eelink: 'Eelink',
}
const LOOK_MS = 2000
/** What devices have to tell of the past comes first; then what officers did about it. */
const PAST_TOLD_MS = 180_000
const AFTER_CLOSING_MS = 60_000
const BY = { who: 'mangru' } as const

export const sealOfDemo = ({ protocol, deviceId, n }: Pick<SimJourney, 'protocol' | 'deviceId' | 'n'>): Seal => ({
  id: `${protocol}:${deviceId}`,
  deviceId,
  protocol,
  number: `DEMO-${String(n + 1).padStart(4, '0')}`,
  maker: MODELS[protocol] ?? protocol,
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

export interface SealsDemoOptions {
  readonly seals: Pick<RunningSeals, 'dropDemo' | 'saveSeals' | 'plan' | 'deed' | 'gate'>
  readonly clock: Clock
  readonly journeys: readonly SimJourney[]
  readonly startMs: number
  organisationsAt(lat: number, lon: number): readonly string[]
  onFault(error: unknown): void
}

interface Step {
  readonly atMs: number
  readonly does: () => Promise<unknown>
}

/** Seals into the stock, what was planned and fitted before now; the rest at its time. The returned function stops it. */
export async function playSealsDemo({ seals, clock, journeys, startMs, organisationsAt, onFault }: SealsDemoOptions): Promise<() => void> {
  await seals.dropDemo()
  const stock = new Map(devicesOf(journeys).map(one => [sealOfDemo(one).id, sealOfDemo(one)]))
  await seals.saveSeals([...stock.values()], BY, 'seals.register')
  const closedMs = new Map<string, number>()
  const steps = journeys
    .flatMap(journey => {
      // A seal is on one journey at a time: the next is planned when this one is over.
      const { deviceId } = journey
      const planMs = Math.max(journey.plan.departFromMs, (closedMs.get(deviceId) ?? 0) + AFTER_CLOSING_MS)
      closedMs.set(deviceId, Math.max(journey.closedMs, startMs + PAST_TOLD_MS))
      return stepsOf(journey, planMs)
    })
    .sort((a, b) => a.atMs - b.atMs)

  function stepsOf(journey: SimJourney, planMs: number): readonly Step[] {
    const { origin, destination } = journey.plan
    const plan = async (): Promise<void> => {
      const whose = new Set([...organisationsAt(origin.lat, origin.lon), ...organisationsAt(destination.lat, destination.lon)])
      const planned = await seals.plan(planOfDemo(journey, whose.size > 0 ? [...whose] : ['hq']), BY, true)
      if (!planned.ok) throw new Error(`${journey.plan.id}: ${planned.reason.map(one => one.words.en).join(', ')}`)
    }
    const isPast = (atMs: number): boolean => atMs < startMs + PAST_TOLD_MS
    return [
      { atMs: planMs, does: plan },
      ...journey.deeds.map(deed => ({
        atMs: deed.deed === 'close' && isPast(deed.atMs) ? startMs + PAST_TOLD_MS : Math.max(planMs, deed.atMs),
        does: () => seals.deed({ ...deed, id: `demo-${startMs}-${deed.id}`, who: 'mangru' }, BY),
      })),
      ...journey.passages.map(passage => ({
        atMs: Math.max(planMs, passage.atMs),
        does: () => seals.gate({ ...passage, receivedAtMs: clock.now(), mark: -1 }),
      })),
    ]
  }

  let at = 0
  let isBusy = false
  let isOver = false
  const look = async (): Promise<void> => {
    if (isBusy) return
    isBusy = true
    for (let step = steps[at]; step && !isOver && step.atMs <= clock.now(); step = steps[++at]) await step.does().catch(onFault)
    isBusy = false
  }
  await look()
  const stop = clock.every(LOOK_MS, () => void look())
  return () => {
    isOver = true
    stop()
  }
}
