// A simulated journey as whoever plays it needs it: what is planned, what its devices say when, what officers do, what gates see, and what of it is to be found.
import type { SealEvent } from '#seals/protocols/index.ts'
import type { Truck } from './truck.ts'

/** Names of design detectors.md §5: all that a script can hold. */
export const SCRIPTS = [
  'seal-opened',
  'seal-cut',
  'shell-tampered',
  'seal-removed',
  'wrong-key',
  'card-outside-area',
  'seal-mismatch',
  'left-route',
  'stopped-off-plan',
  'wrong-area-stop',
  'forbidden-area-entered',
  'designated-area-left',
  'late',
  'early',
  'not-started',
  'arrival-impossible',
  'seal-silent',
  'position-doubtful',
  'separated',
  'co-stop',
  'low-battery',
  'motor-fault',
  'clock-drift',
] as const
export type Script = (typeof SCRIPTS)[number]

export type Span = readonly [fromMs: number, untilMs: number]

export interface SimPlace {
  readonly name: string
  readonly lat: number
  readonly lon: number
  readonly radiusM: number
}
export interface SimPlan {
  readonly id: string
  readonly unit: 'container'
  readonly container: string
  readonly vehicle: string
  readonly goods: string
  readonly declaration: string
  readonly origin: SimPlace
  readonly destination: SimPlace
  readonly stops: readonly SimPlace[]
  readonly corridor: { readonly line: readonly (readonly [number, number])[]; readonly halfWidthM: number }
  readonly departFromMs: number
  readonly departUntilMs: number
  readonly arriveFromMs?: number
  readonly arriveUntilMs: number
  readonly risk: 'low' | 'medium' | 'high'
  readonly convoy?: string
  /** Of the officer at the destination who opens it. */
  readonly officerCard: string
}

export interface SimEvent {
  readonly atMs: number
  /** Absent where only the state tells it. */
  readonly event?: SealEvent
  readonly locked: boolean
  readonly card?: string
}
/** What officers do about it, which no device says. */
export interface SimDeed {
  readonly id: string
  readonly journey: string
  readonly atMs: number
  readonly deed: 'fit' | 'authorise-unseal' | 'close'
  readonly seal?: string
  readonly container?: string
  readonly officers?: readonly string[]
}
/** What a reader or a camera at a gate sees pass. */
export interface SimPassage {
  readonly id: string
  readonly gate: string
  readonly lat: number
  readonly lon: number
  readonly atMs: number
  readonly direction: 'in' | 'out'
  readonly container: string
  readonly vehicle: string
}

/** A device and the journey it is on. */
export interface SimJourney {
  readonly n: number
  /** As the product plans it (POST /api/journeys), without the seals' organisation. */
  readonly plan: SimPlan
  readonly protocol: string
  readonly deviceId: string
  readonly fitting: 'container' | 'second' | 'tractor'
  readonly truck: Truck
  readonly script?: Script
  /** About when it is found. */
  readonly scriptMs?: number
  /** Told so late that it is shown and nobody is woken: `live: false`. */
  readonly isLate?: true
  /** What is nearly wrong. */
  readonly nearMisses: readonly string[]
  /** What its seal has to say beside its place, each once, in order. */
  readonly events: readonly SimEvent[]
  /** It says nothing between these, and keeps nothing. */
  readonly silent?: Span
  /** No fix between these. */
  readonly blind?: Span
  /** No network between these: what it has to say is kept and sent afterwards. */
  readonly unheard: readonly Span[]
  /** Its clock is wrong between these by so much. */
  readonly clock?: { readonly span: Span; readonly byMs: number }
  /** Places kilometres off between these. */
  readonly stray?: Span
  readonly batteryPercent: (ms: number) => number
  readonly fittedMs: number
  /** The officers' last deed. */
  readonly closedMs: number
  /** Then its device goes on another journey. */
  readonly saysUntilMs?: number
  /** Of the first device alone: the other devices of this journey, what officers do, what gates see. */
  readonly others: readonly SimJourney[]
  readonly deeds: readonly SimDeed[]
  readonly passages: readonly SimPassage[]
}

/** Each device on a line of its own: those on tractors and second seals too. */
export const devicesOf = (journeys: readonly SimJourney[]): readonly SimJourney[] => journeys.flatMap(one => [one, ...one.others])

const within = (span: Span | undefined, ms: number): boolean => span !== undefined && ms >= span[0] && ms < span[1]
export const isWithin = (spans: readonly Span[], ms: number): boolean => spans.some(span => within(span, ms))
export { within }
