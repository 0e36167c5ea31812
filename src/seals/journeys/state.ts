// What is known of a journey after a fact: its state, and what the next fact is judged against. Plain values only: it is copied at checkpoints and kept as JSON.
import type { JourneyPlan, JourneyState } from '../schema.ts'

export interface SealNow {
  readonly seal: string
  locked?: boolean
  batteryPercent?: number
  lat?: number
  lon?: number
  atMs?: number
  /** Least time from the device's clock to our receipt: how far its clock is off, at least. */
  lagMs?: number
  /** Fitted by an officer, who has seen its number. */
  isFitted?: boolean
}

export interface Standing {
  lat?: number
  lon?: number
  sinceMs?: number
}

export interface Authority {
  readonly officers: readonly string[]
  readonly untilMs: number
}

export interface JourneyNow {
  state: JourneyState
  isSuspended: boolean
  vehicle?: string
  seals: SealNow[]
  /** Of the container's seal, believed. */
  lat?: number
  lon?: number
  atMs?: number
  speedKmh?: number
  courseDeg?: number
  /** Along and off the corridor there. */
  alongM?: number
  offM?: number
  hdop?: number
  byCells?: boolean
  departedAtMs?: number
  arrivedAtMs?: number
  authority?: Authority
  /** The container that was seen at fitting is that of the plan. */
  isIdentified: boolean
  /** Facts outside the origin in a row, while armed. */
  outside: number
  /** Where it stands and since when; without `sinceMs` it moves. */
  standing: Standing
  /** A position that was too far from the last one: believed when the next one is near it. */
  stray?: { lat: number; lon: number; atMs: number }
}

export const freshJourney = (plan: JourneyPlan): JourneyNow => ({
  state: 'planned',
  isSuspended: false,
  ...(plan.vehicle === undefined ? {} : { vehicle: plan.vehicle }),
  seals: plan.seals.map(({ seal }) => ({ seal })),
  isIdentified: false,
  outside: 0,
  standing: {},
})

/** Under seal: from armed until an authorised opening. */
export const isUnderSeal = ({ state }: JourneyNow): boolean =>
  state === 'armed' || state === 'under-way' || state === 'in-designated-area' || state === 'arrived'
export const isOnTheWay = ({ state }: JourneyNow): boolean => state === 'under-way' || state === 'in-designated-area'
export const isOver = ({ state }: JourneyNow): boolean => state === 'closed' || state === 'cancelled'
