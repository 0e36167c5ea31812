// The seals' pass: what was heard of journeys and what officers did goes in, in order of receipt; states, custody lines and findings come out. Pure and synchronous: no
// store, no socket, no clock of its own. A journey is judged by device time: what comes late is put in its place and the journey is judged again from there, so that the
// same reports give the same lines and findings in whatever order they came (but for what only the clock of receipt can say: silence).
import type { FindingSink, Sentence } from '#rules/index.ts'
import type { JourneyNow } from './journeys/state.ts'
import type { SealEvent } from './protocols/index.ts'
import type { JourneyLine, JourneyPlan, JourneyStanding, PlanPlace, Seal } from './schema.ts'

/** A report of a known seal, as the pass takes it. */
export interface HeardReport {
  readonly seal: string
  /** By the device's clock. */
  readonly atMs: number
  readonly receivedAtMs: number
  readonly lat?: number
  readonly lon?: number
  readonly fixValid?: boolean
  /** Fixed by cells alone. */
  readonly byCells?: boolean
  readonly hdop?: number
  readonly speedKmh?: number
  readonly courseDeg?: number
  readonly events: readonly SealEvent[]
  readonly locked?: boolean
  readonly batteryPercent?: number
  readonly card?: string
  readonly buffered?: boolean
  /** Ledger entry; -1 where there is none. */
  readonly mark: number
}

/** What an officer (or a machine account) did; already allowed and kept by whoever calls. */
export interface JourneyDeed {
  readonly id: string
  readonly journey: string
  readonly atMs: number
  readonly who: string
  readonly deed:
    | 'fit'
    | 'arm'
    | 'authorise-unseal'
    | 'unseal'
    | 'suspend'
    | 'resume'
    | 'close'
    | 'cancel'
    | 'change-vehicle'
    | 'change-seal'
    | 'note'
  readonly seal?: string
  readonly vehicle?: string
  readonly container?: string
  readonly place?: { readonly lat: number; readonly lon: number }
  /** `authorise-unseal`: the officers that agreed, and until when it counts. */
  readonly officers?: readonly string[]
  readonly untilMs?: number
  readonly note?: string
  /** Ids of photos taken of it. */
  readonly photos?: readonly string[]
}

/** A fixed reader, a camera that reads numbers, or an officer's scan at a gate. */
export interface GateEvent {
  readonly id: string
  readonly gate: string
  readonly lat: number
  readonly lon: number
  readonly atMs: number
  readonly receivedAtMs: number
  readonly direction?: 'in' | 'out'
  readonly seal?: string
  readonly container?: string
  readonly vehicle?: string
  readonly mark: number
}

/** Where a point lies among the areas of the chart; asked once a report. */
export interface SealPlaces {
  /** Ids of designated and forbidden areas there. */
  at(lat: number, lon: number): { readonly designated: readonly string[]; readonly forbidden: readonly string[] }
  isIn(place: PlanPlace, lat: number, lon: number): boolean
  /** Metres inside the edge of a plan's place (negative outside). */
  depthInsideM(place: PlanPlace, lat: number, lon: number): number
  /** Known dead zones of the mobile network, and black spots where stops are judged sooner. */
  isDeadZone(lat: number, lon: number): boolean
  isBlackSpot(lat: number, lon: number): boolean
  /** A name for a sentence: the nearest named place. */
  nameAt(lat: number, lon: number): Sentence | undefined
}

export interface JourneyChange {
  readonly journey: string
  /** New or changed lines of custody; withdrawn ones are told by their numbers. */
  readonly lines: readonly JourneyLine[]
  readonly withdrawn: readonly number[]
}

export interface SealPassOptions {
  readonly places: SealPlaces
  readonly sink: FindingSink
  /** Told once a call, when something of a journey changed. */
  onChange(change: JourneyChange): void
  /** By detector: its parameters, defaults in its own file. */
  readonly settings?: Readonly<Record<string, Readonly<Record<string, number>>>>
  onFault?(detector: string, error: unknown): void
  /** All that was ever heard and done of a journey: asked for when something comes that lies before all that is held; undefined: not now. Without it such a thing is not judged. */
  history?(journey: string): readonly HeardFact[] | undefined
}

export type HeardFact =
  | { readonly kind: 'report'; readonly body: HeardReport }
  | { readonly kind: 'deed'; readonly body: JourneyDeed }
  | { readonly kind: 'gate'; readonly body: GateEvent }

export interface SealPass {
  setSeals(seals: readonly Seal[]): void
  /** A new plan, or a changed one: what was heard since its seals were fitted is judged by the new one. */
  plan(plan: JourneyPlan): void
  forget(journey: string): void
  /** Places have changed (areas were drawn anew). */
  placesChanged(): void
  /** What was kept is back; from now on the product listens. */
  begin(nowMs: number): void
  report(report: HeardReport): void
  deed(deed: JourneyDeed): void
  gate(event: GateEvent): void
  /** Clock of receipt, about once a second. */
  tick(nowMs: number): void
  standing(journey: string): JourneyStanding | undefined
  /** What is known of it, for the check before fitting. */
  now(journey: string): Readonly<JourneyNow> | undefined
  /** The journey a seal is on now. */
  journeyOf(seal: string): string | undefined
  /** What is needed to go on after a restart: JSON. */
  save(journey: string): unknown
  restore(plan: JourneyPlan, saved: unknown): void
}
