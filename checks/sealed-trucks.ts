// Simulated trucks under seal as a product's own: their seals in the stock, their journeys planned, the seals fitted; for reliability checks and benches.
import { SEAL_PROTOCOLS } from '../src/seals/protocols/index.ts'
import type { SimJourney } from '../src/sim/index.ts'
import type { RunningProduct } from '../src/testkit/product.ts'

const AT_ONCE = 8
const BULK = 200

const sealOf = ({ protocol, deviceId }: Pick<SimJourney, 'protocol' | 'deviceId'>): string => `${protocol}:${deviceId}`

/** The same truck, its seal opened at this moment; unchanged where its protocol has no word for that. */
export function openedAt(journey: SimJourney, atMs: number): SimJourney {
  const { tells } = SEAL_PROTOCOLS.find(({ name }) => name === journey.protocol)!.device
  const event = (['opened-while-sealed', 'shackle-opened', 'door-opened', 'unlock-alarm'] as const).find(one => tells.includes(one))
  if (event === undefined) return journey
  return { ...journey, events: [...journey.events, { atMs, event, locked: false }].sort((a, b) => a.atMs - b.atMs) }
}

interface PlanTrucksOptions {
  readonly reportEveryS: number
  /** Of the officer at the destination. */
  phoneOf?(journey: SimJourney): string
}

/** Rejects with the product's own words where it refuses. */
export async function planTrucks(
  product: Pick<RunningProduct, 'post'>,
  journeys: readonly SimJourney[],
  { reportEveryS, phoneOf }: PlanTrucksOptions,
): Promise<void> {
  const post = async (path: string, body: object): Promise<void> => {
    const answer = await product.post<{ readonly results?: readonly { readonly taken: boolean }[] }>(path, body)
    const refused = answer.status >= 300 ? answer.body : answer.body.results?.find(one => !one.taken)
    if (refused) throw new Error(`${path}: ${answer.status} ${JSON.stringify(refused)}`)
  }
  const iso = (ms: number): string => new Date(ms).toISOString()
  await post('/api/seals', {
    seals: journeys.map(({ protocol, deviceId, plan: { id } }) => ({ protocol, deviceId, number: id, reportEveryS })),
  })
  for (let from = 0; from < journeys.length; from += BULK)
    await post('/api/journeys/bulk', {
      journeys: journeys.slice(from, from + BULK).map(journey => {
        const { departFromMs, departUntilMs, arriveFromMs: _window, arriveUntilMs, officerCard, ...rest } = journey.plan
        const phone = phoneOf?.(journey)
        return {
          ...rest,
          seals: [{ seal: sealOf(journey) }],
          departFrom: iso(departFromMs),
          departUntil: iso(departUntilMs),
          arriveUntil: iso(arriveUntilMs),
          officers: { destination: [{ name: rest.destination.name, card: officerCard, ...(phone === undefined ? {} : { phone }) }] },
          organisations: ['busan'],
        }
      }),
    })
  const waiting = [...journeys]
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let journey = waiting.pop(); journey; journey = waiting.pop())
        await post(`/api/journeys/${journey.plan.id}/deeds`, {
          id: `fit-${journey.n}`,
          deed: 'fit',
          seal: sealOf(journey),
          container: journey.plan.container,
        })
    }),
  )
}
