// What is known of a journey after a fact: its state, and what the next fact is judged against. Plain values only: it is copied at checkpoints and kept as JSON.
import type { JourneyPlan, JourneyState } from '../schema.ts'

export interface SealNow {
  readonly seal: string
  locked: boolean | undefined
  batteryPercent: number | undefined
  lat: number | undefined
  lon: number | undefined
  atMs: number | undefined
  /** Least time from the device's clock to our receipt: how far its clock is off, at least. */
  lagMs: number | undefined
  /** Fitted by an officer, who has seen its number. */
  isFitted: boolean
}

export interface Standing {
  readonly lat: number | undefined
  readonly lon: number | undefined
  readonly sinceMs: number | undefined
}

/** An officer's word that it may be opened, for as long as it holds. */
export interface Authority {
  readonly officer: string
  readonly untilMs: number
}

/** Every field is always there, so that all journeys have one shape: this is written at each report. */
export interface JourneyNow {
  state: JourneyState
  isSuspended: boolean
  vehicle: string | undefined
  seals: SealNow[]
  /** Of the container's seal, believed. */
  lat: number | undefined
  lon: number | undefined
  atMs: number | undefined
  speedKmh: number | undefined
  courseDeg: number | undefined
  /** Along and off the corridor there. */
  alongM: number | undefined
  offM: number | undefined
  hdop: number | undefined
  byCells: boolean | undefined
  departedAtMs: number | undefined
  arrivedAtMs: number | undefined
  /** Replaced as a whole. */
  authority: readonly Authority[]
  /** The container that was seen at fitting is that of the plan. */
  isIdentified: boolean
  /** Facts outside the origin in a row, while armed. */
  outside: number
  /** Where it stands and since when; without `sinceMs` it moves. Replaced as a whole. */
  standing: Standing
  /** A position that was too far from the last one: believed when the next one is near it. */
  stray: { readonly lat: number; readonly lon: number; readonly atMs: number } | undefined
}

export const freshJourney = (plan: JourneyPlan): JourneyNow => ({
  state: 'planned',
  isSuspended: false,
  vehicle: plan.vehicle,
  seals: plan.seals.map(({ seal }) => freshSeal(seal)),
  lat: undefined,
  lon: undefined,
  atMs: undefined,
  speedKmh: undefined,
  courseDeg: undefined,
  alongM: undefined,
  offM: undefined,
  hdop: undefined,
  byCells: undefined,
  departedAtMs: undefined,
  arrivedAtMs: undefined,
  authority: [],
  isIdentified: false,
  outside: 0,
  standing: MOVING,
  stray: undefined,
})
export const freshSeal = (seal: string): SealNow => ({
  seal,
  locked: undefined,
  batteryPercent: undefined,
  lat: undefined,
  lon: undefined,
  atMs: undefined,
  lagMs: undefined,
  isFitted: false,
})
export const MOVING: Standing = { lat: undefined, lon: undefined, sinceMs: undefined }

/** For a checkpoint. What is only ever replaced as a whole is shared. */
export const copyOf = (now: JourneyNow): JourneyNow => ({ ...now, seals: now.seals.map(one => ({ ...one })) })

type SavedNow = Omit<Partial<JourneyNow>, 'authority'> &
  Pick<JourneyNow, 'seals' | 'standing'> & {
    /** Earlier versions kept one time for all. */
    readonly authority?: readonly Authority[] | { readonly officers: readonly string[]; readonly untilMs: number }
  }
const authorityFrom = (saved: SavedNow['authority']): readonly Authority[] =>
  saved !== undefined && 'officers' in saved ? saved.officers.map(officer => ({ officer, untilMs: saved.untilMs })) : (saved ?? [])

/** From JSON: what was not there is there again, as nothing. */
export const journeyFrom = (plan: JourneyPlan, saved: SavedNow): JourneyNow => ({
  ...freshJourney(plan),
  ...saved,
  vehicle: saved.vehicle,
  authority: authorityFrom(saved.authority),
  seals: saved.seals.map(one => ({ ...freshSeal(one.seal), ...one })),
  standing: { ...MOVING, ...saved.standing },
})

/** Whose word holds at this moment. */
export const agreedAt = ({ authority }: Pick<JourneyNow, 'authority'>, atMs: number): readonly Authority[] =>
  authority.filter(one => one.untilMs >= atMs)

/** Under seal: from armed until an authorised opening. */
export const isUnderSeal = ({ state }: Pick<JourneyNow, 'state'>): boolean =>
  state === 'armed' || state === 'under-way' || state === 'in-designated-area' || state === 'arrived'
export const isOnTheWay = ({ state }: Pick<JourneyNow, 'state'>): boolean => state === 'under-way' || state === 'in-designated-area'
export const isOver = ({ state }: Pick<JourneyNow, 'state'>): boolean => state === 'closed' || state === 'cancelled'
