// The contract of a rule about journeys: one file each, pure. It is shown every fact of a journey in order of device time, keeps what it needs in a plain object of its own
// (copied at checkpoints, so that a late report can be judged in its place), and opens and ends violations. What only the clock of receipt can say comes by `tick`.
import type { Sentence, Severity, Subject } from '#rules/index.ts'
import type { Fact } from '../journeys/facts.ts'
import type { JourneyNow } from '../journeys/state.ts'
import type { SealPlaces } from '../pass-contract.ts'
import type { JourneyPlan, Violation } from '../schema.ts'

export interface SettingField {
  readonly unit: string
  readonly default: number
  readonly min: number
  readonly max: number
  readonly sentence: Sentence
}
export type Settings = Readonly<Record<string, number>>

/** What a fact is compared with. */
export interface Before extends Pick<JourneyNow, 'state' | 'arrivedAtMs'> {
  /** Of the seal that reports. */
  readonly locked: boolean | undefined
}

/** What a rule may look at, and how it tells. It is laid out anew for the next fact: nothing of it is kept. */
export interface Step {
  readonly fact: Fact
  readonly plan: JourneyPlan
  readonly places: SealPlaces
  /** After this fact. */
  readonly now: JourneyNow
  readonly before: Before
  /** The fact holds a new position that is believed. */
  readonly isMove: boolean
  /** Judging of way and stops rests (suspended, closed). */
  readonly isResting: boolean
  /** A new situation; nothing while one of the same kind and about the same thing is open. */
  open(situation: Situation): void
  end(atMs: number, about?: Subject): void
  isOpen(about?: Subject): boolean
}

export interface Situation {
  readonly fromMs: number
  readonly why: Sentence
  readonly numbers?: Readonly<Record<string, number>>
  readonly severity?: Severity
  readonly place?: { readonly lat: number; readonly lon: number }
  /** About which seal, vehicle, other journey, besides journey and container. */
  readonly about?: Subject
  /** Over when found. */
  readonly toMs?: number
}

/** What the clock says, about once a second for each journey. */
export interface Tick extends Pick<Step, 'plan' | 'places' | 'now' | 'isResting'> {
  readonly nowMs: number
  /** Since when the product listens: before that nothing was missing. */
  readonly listensSinceMs: number
  /** Since when the journey is known and its seals could be heard: what they kept comes within minutes. */
  readonly knownSinceMs: number
  /** When each of its seals was last heard, by our clock. */
  heardAtMs(seal: string): number | undefined
  /** How often a seal should speak, ms. */
  intervalMs(seal: string): number
  open(situation: Situation): void
  end(atMs: number, about?: Subject): void
  /** It was never so: a late report shows it. */
  withdraw(atMs: number, because: Sentence, about?: Subject): void
  isOpen(about?: Subject): boolean
}

export interface SealDetector<State = unknown> {
  readonly name: Violation
  readonly tells: Sentence
  readonly severity: Severity
  readonly settings: Readonly<Record<string, SettingField>>
  /** A fresh state: one flat object of numbers, texts and flags, all its fields there from the beginning. */
  begin?(): State
  onFact?(step: Step, state: State, settings: Settings): void
  onTick?(tick: Tick, settings: Settings): void
}

/** Only for the type: each file says what its state is. */
export const sealDetector = <State>(detector: SealDetector<State>): SealDetector => detector as SealDetector

/** Metres for a person: 850 m, 3.4 km. */
export const metres = (m: number): string => (m < 1000 ? `${Math.round(m / 10) * 10} m` : `${(m / 1000).toFixed(1)} km`)
export const minutes = (ms: number): number => Math.round(ms / 60_000)
