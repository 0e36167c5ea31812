// A plan as it comes from the form, the API or a file: what is not said gets the usual value, so that a journey is planned in under a minute.
import type { Static } from 'typebox'
import { badInput } from '#platform/http/index.ts'
import { plainContainer } from './plan.ts'
import type { Corridor, JourneyPlan } from './schema.ts'
import type { Plan } from './shapes.ts'

export type PlanInput = Static<typeof Plan>

const HOUR_MS = 3_600_000
const HALF_WIDTH_M = 1000
/** A lorry's pace on the whole, for the end of the window: distance by road is some third longer than as the crow flies. */
const KMH = 45

export interface PlanDefaults {
  readonly nowMs: number
  readonly organisations: readonly string[]
  /** The way that earlier journeys between these places took. */
  corridorBetween(origin: string, destination: string): Corridor | undefined
}

const timeOf = (field: string, text: string): number => {
  const ms = Date.parse(text)
  if (Number.isNaN(ms))
    throw badInput({ ko: `${field}의 시각 ‘${text}’은(는) ISO 8601 형식이어야 합니다`, en: `${field}: ‘${text}’ is no time in ISO 8601` })
  return ms
}

export function planOf(input: PlanInput, { nowMs, organisations, corridorBetween }: PlanDefaults): JourneyPlan {
  const { departFrom, departUntil, arriveFrom, arriveUntil, corridor, unit = 'container', ...rest } = input
  const departFromMs = departFrom === undefined ? nowMs : timeOf('departFrom', departFrom)
  const departUntilMs = departUntil === undefined ? departFromMs + 2 * HOUR_MS : timeOf('departUntil', departUntil)
  const way: Corridor = corridor
    ? { line: corridor.line, halfWidthM: corridor.halfWidthM ?? HALF_WIDTH_M }
    : (corridorBetween(input.origin.name, input.destination.name) ?? {
        line: [
          [input.origin.lon, input.origin.lat],
          [input.destination.lon, input.destination.lat],
        ],
        halfWidthM: 5 * HALF_WIDTH_M,
      })
  const km = Math.hypot(input.origin.lat - input.destination.lat, (input.origin.lon - input.destination.lon) * 0.8) * 111 * 1.3
  return {
    ...rest,
    unit,
    container: unit === 'container' ? plainContainer(input.container) : input.container.trim(),
    seals: (input.seals ?? []).map(({ seal, fitting = 'container' }) => ({ seal, fitting })),
    stops: input.stops ?? [],
    corridor: way,
    departFromMs,
    departUntilMs,
    ...(arriveFrom === undefined ? {} : { arriveFromMs: timeOf('arriveFrom', arriveFrom) }),
    arriveUntilMs: arriveUntil === undefined ? departUntilMs + Math.ceil(km / KMH + 1) * HOUR_MS : timeOf('arriveUntil', arriveUntil),
    officers: { origin: input.officers?.origin ?? [], destination: input.officers?.destination ?? [] },
    risk: input.risk ?? 'medium',
    organisations: input.organisations ?? organisations,
  } as JourneyPlan
}
