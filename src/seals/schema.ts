// Shapes of the room that others may know: the browser, alerts, statistics, the simulator's plan. A journey ties seals to a container, a declaration, a vehicle, a way and the
// officers at both ends. Times are epoch milliseconds UTC, places [lat, lon] in degrees, lines [lon, lat] as in GeoJSON.

import type { DeviceArea } from './protocols/commands.ts'

/** ISO 6346: the plan's form tells a wrong check digit while it is typed. */
export { readIdentifier } from '#wire/identifiers/index.ts'

/** A seal's life: in stock → issued → fitted → armed → opened → returned; lost and retired from anywhere. */
export const SEAL_LIVES = ['in-stock', 'issued', 'fitted', 'armed', 'opened', 'returned', 'lost', 'retired'] as const
export type SealLife = (typeof SEAL_LIVES)[number]

/** Where a journey is on its way from plan to papers. */
export const JOURNEY_STATES = [
  'planned',
  'fitted',
  'armed',
  'under-way',
  'in-designated-area',
  'arrived',
  'unsealed',
  'closed',
  'cancelled',
] as const
export type JourneyState = (typeof JOURNEY_STATES)[number]

/** What is the matter beside it; several may be at once. */
export const SIDE_STATES = ['stopped', 'off-route', 'silent', 'violated', 'suspended'] as const
export type SideState = (typeof SIDE_STATES)[number]

/** The five words of the screen, the worst side state: 정상/지연/이탈/개봉/두절. */
export const JOURNEY_WORDS = ['normal', 'late', 'off-route', 'opened', 'silent'] as const
export type JourneyWord = (typeof JOURNEY_WORDS)[number]

/** Names after design detectors.md §5; one file each in detectors/. */
export const VIOLATIONS = [
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
export type Violation = (typeof VIOLATIONS)[number]

export const RISK_CLASSES = ['low', 'medium', 'high'] as const
export type RiskClass = (typeof RISK_CLASSES)[number]

export const CARGO_UNITS = ['container', 'truck-body', 'pallet'] as const
export type CargoUnit = (typeof CARGO_UNITS)[number]

/** On which part of the train a device sits: two seals of one container, and the tractor's own. */
export const FITTINGS = ['container', 'second', 'tractor'] as const
export type Fitting = (typeof FITTINGS)[number]

export interface Seal {
  /** `protocol:deviceId`: two makers may give one number. */
  readonly id: string
  /** As the device writes it, leading zeros kept. */
  readonly deviceId: string
  /** A name of `SEAL_PROTOCOLS`, `json` or `rfid`. */
  readonly protocol: string
  /** As printed on the casing. */
  readonly number: string
  readonly maker?: string
  readonly model?: string
  readonly firmware?: string
  readonly life: SealLife
  /** Whose stock it is. */
  readonly organisation: string
  /** How often it should speak while armed. */
  readonly reportEveryS: number
  /** Where its clock is known to be set otherwise than its protocol says. */
  readonly utcOffsetMin?: number
  readonly isDemo?: boolean
}

/** A place of a plan: a circle, or an area of the chart by its id (then the area's shape counts). */
export interface PlanPlace {
  readonly name: string
  readonly lat: number
  readonly lon: number
  /** Default 500 m. */
  readonly radiusM?: number
  readonly area?: string
}

export interface PlanOfficer {
  /** Person id where they have an account here. */
  readonly person?: string
  readonly name: string
  /** E.164 or as dialled in Korea. Absent is allowed and shown: nobody can be called. */
  readonly phone?: string
  /** Number of the card that may open the seal. */
  readonly card?: string
}

export interface Corridor {
  /** [lon, lat], two points at least. */
  readonly line: readonly (readonly [number, number])[]
  readonly halfWidthM: number
}

/** What an officer plans; what the API, CSV and JSON bring. */
export interface JourneyPlan {
  readonly id: string
  /** Number of the bonded transport declaration (보세운송 신고번호). */
  readonly declaration?: string
  readonly unit: CargoUnit
  /** ISO 6346 number of a container; else what the body or pallet is known by. */
  readonly container: string
  readonly seals: readonly { readonly seal: string; readonly fitting: Fitting }[]
  readonly vehicle?: string
  readonly driver?: { readonly name?: string; readonly phone?: string }
  readonly goods?: string
  readonly consignee?: string
  readonly origin: PlanPlace
  readonly destination: PlanPlace
  /** Stops that are allowed, in order or not. */
  readonly stops: readonly PlanPlace[]
  readonly corridor: Corridor
  readonly departFromMs: number
  readonly departUntilMs: number
  readonly arriveFromMs?: number
  readonly arriveUntilMs: number
  readonly officers: { readonly origin: readonly PlanOfficer[]; readonly destination: readonly PlanOfficer[] }
  readonly risk: RiskClass
  /** Journeys of one convoy may stop together. */
  readonly convoy?: string
  /** Who sees it: organisations at both ends; their superiors follow. */
  readonly organisations: readonly string[]
  readonly isDemo?: boolean
}

/** A line of a journey's custody: what happened, when (device time), known since when, by whom, and the evidence. */
export interface JourneyLine {
  readonly n: number
  readonly atMs: number
  readonly knownAtMs: number
  /** A state reached, a side state begun or ended, a violation, a deed, a gate, a notice. */
  readonly kind: 'state' | 'side' | 'violation' | 'deed' | 'gate' | 'event' | 'notice'
  readonly what: string
  readonly who?: string
  readonly place?: { readonly lat: number; readonly lon: number; readonly label?: string }
  readonly numbers?: Readonly<Record<string, number>>
  readonly note?: string
  /** Ids of photos taken of it. */
  readonly photos?: readonly string[]
  /** Ledger entries. */
  readonly evidence?: readonly number[]
  readonly ended?: boolean
}

/** Where a journey stands now. */
export interface JourneyStanding {
  readonly journey: string
  readonly state: JourneyState
  readonly side: readonly SideState[]
  readonly word: JourneyWord
  readonly lat?: number
  readonly lon?: number
  readonly speedKmh?: number
  readonly courseDeg?: number
  /** Of the newest position, by the device's clock. */
  readonly positionAtMs?: number
  /** When any of its seals was last heard, by ours. */
  readonly heardAtMs?: number
  readonly locked?: boolean
  readonly batteryPercent?: number
  /** Along the corridor from its beginning. */
  readonly progressM?: number
  readonly remainingM?: number
  readonly deviationM?: number
  readonly etaMs?: number
  readonly departedAtMs?: number
  readonly arrivedAtMs?: number
  /** Violations that stand. */
  readonly open: readonly Violation[]
}

/** A device that speaks and is not in the stock: kept, answered, shown, and adopted with one click. */
export interface UnknownSeal {
  /** `protocol:deviceId`. */
  readonly id: string
  readonly protocol: string
  readonly deviceId: string
  readonly feed: string
  readonly firstAtMs: number
  readonly lastAtMs: number
  readonly reports: number
  readonly lat?: number
  readonly lon?: number
  readonly batteryPercent?: number
}

export const COMMAND_KINDS = ['lock', 'unlock', 'set-interval', 'ask-position', 'set-areas', 'one-time-password'] as const
export type CommandKind = (typeof COMMAND_KINDS)[number]
export const COMMAND_STATES = ['queued', 'sent', 'acknowledged', 'failed', 'expired', 'cancelled'] as const
export type CommandState = (typeof COMMAND_STATES)[number]

/** A command to a seal, and what became of it. */
export interface SealCommandView {
  readonly id: string
  readonly seal: string
  readonly kind: CommandKind
  readonly intervalS?: number
  readonly areas?: readonly DeviceArea[]
  /** It goes with a password, which is not kept. */
  readonly hasPassword?: boolean
  /** Of a one-time password: where it is to open the seal. */
  readonly place?: PlanPlace
  readonly state: CommandState
  readonly by: string
  readonly reason: string
  readonly askedAtMs: number
  readonly untilMs: number
  readonly sentAtMs?: number
  readonly tries: number
  readonly doneAtMs?: number
  /** Serial under which the device answers; of several messages that of the first. */
  readonly serial: number
  /** Messages it goes as, where more than one: done when each is answered. */
  readonly messages?: number
  /** Why it failed: a refusal, `password-gone` after a restart, what hinders it now, or `result N` of the device's. */
  readonly note?: string
}

/** Row of the live list: the columns of the original first. */
export interface JourneyRow {
  readonly id: string
  readonly container: string
  readonly word: JourneyWord
  readonly state: JourneyState
  readonly side: readonly SideState[]
  readonly open: readonly Violation[]
  readonly vehicle?: string
  readonly origin: string
  readonly destination: string
  readonly officer?: string
  readonly phone?: string
  readonly risk: RiskClass
  readonly declaration?: string
  readonly lat?: number
  readonly lon?: number
  readonly courseDeg?: number
  readonly speedKmh?: number
  /** ISO 8601 UTC. */
  readonly heardAt?: string
  readonly positionAt?: string
  readonly eta?: string
  readonly batteryPercent?: number
  readonly locked?: boolean
  /** 0 to 1. */
  readonly progress?: number
  readonly remainingM?: number
  readonly deviationM?: number
  readonly isDemo?: boolean
  /** How often its seal should speak: for telling what is stale. */
  readonly reportEveryS: number
}
