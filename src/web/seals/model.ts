// Sealed journeys as the screen holds them, read from the server's JSON once at the edge.
import {
  JOURNEY_STATES,
  JOURNEY_WORDS,
  type JourneyState,
  type JourneyWord,
  RISK_CLASSES,
  type RiskClass,
  SEAL_LIVES,
  type SealLife,
  VIOLATIONS,
  type Violation,
} from '#seals/schema.ts'
import { field, flag, list, number, present, text, time } from '../live/wire.ts'

export interface Row {
  readonly id: string
  readonly container: string
  readonly word: JourneyWord
  readonly state: JourneyState
  readonly isStopped: boolean
  readonly isSuspended: boolean
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
  readonly speedKmh?: number
  readonly courseDeg?: number
  readonly heardAtMs?: number
  readonly positionAtMs?: number
  readonly etaMs?: number
  readonly batteryPercent?: number
  readonly locked?: boolean
  readonly progress?: number
  readonly progressM?: number
  readonly remainingM?: number
  readonly deviationM?: number
  readonly isDemo: boolean
  readonly reportEveryS: number
}

const among = <Value extends string>(values: readonly Value[], value: unknown): Value | undefined => values.find(one => one === value)
const texts = (from: unknown, name: string): readonly string[] => list(from, name).filter(one => typeof one === 'string')

/** Of the way that is left and the share that is done, what is done. */
const gone = (progress: number | undefined, remainingM: number | undefined): number | undefined =>
  progress === undefined || remainingM === undefined || progress >= 1 ? undefined : (remainingM * progress) / (1 - progress)

export const row = (from: unknown): Row => ({
  id: text(from, 'id') ?? '',
  container: text(from, 'container') ?? '',
  word: among(JOURNEY_WORDS, field(from, 'word')) ?? 'normal',
  state: among(JOURNEY_STATES, field(from, 'state')) ?? 'planned',
  isStopped: texts(from, 'side').includes('stopped'),
  isSuspended: texts(from, 'side').includes('suspended'),
  open: texts(from, 'open').flatMap(one => among(VIOLATIONS, one) ?? []),
  origin: text(from, 'origin') ?? '',
  destination: text(from, 'destination') ?? '',
  risk: among(RISK_CLASSES, field(from, 'risk')) ?? 'medium',
  isDemo: flag(from, 'isDemo'),
  reportEveryS: number(from, 'reportEveryS') ?? 60,
  ...present({
    vehicle: text(from, 'vehicle'),
    officer: text(from, 'officer'),
    phone: text(from, 'phone'),
    declaration: text(from, 'declaration'),
    lat: number(from, 'lat'),
    lon: number(from, 'lon'),
    speedKmh: number(from, 'speedKmh'),
    courseDeg: number(from, 'courseDeg'),
    heardAtMs: time(from, 'heardAt'),
    positionAtMs: time(from, 'positionAt'),
    etaMs: time(from, 'eta'),
    batteryPercent: number(from, 'batteryPercent'),
    locked: typeof field(from, 'locked') === 'boolean' ? flag(from, 'locked') : undefined,
    progress: number(from, 'progress'),
    remainingM: number(from, 'remainingM'),
    progressM: gone(number(from, 'progress'), number(from, 'remainingM')),
    deviationM: number(from, 'deviationM'),
  }),
})

export interface Place {
  readonly name: string
  readonly lat: number
  readonly lon: number
  readonly radiusM: number
}
export const place = (from: unknown): Place => ({
  name: text(from, 'name') ?? '',
  lat: number(from, 'lat') ?? 0,
  lon: number(from, 'lon') ?? 0,
  radiusM: number(from, 'radiusM') ?? 500,
})

export interface Line {
  readonly n: number
  readonly atMs: number
  readonly kind: string
  readonly what: string
  readonly who?: string
  readonly note?: string
  readonly lat?: number
  readonly lon?: number
  /** Of a deed: photos taken of it. */
  readonly photos: number
  /** Of a side state or violation: it is over. */
  readonly isEnded: boolean
  readonly isLate: boolean
}
export interface Officer {
  readonly name?: string
  readonly phone?: string
}
const officer = (from: unknown): Officer => present({ name: text(from, 'name'), phone: text(from, 'phone') })
const LATE_MS = 10 * 60_000

export interface Card extends Row {
  readonly plan: {
    readonly origin: Place
    readonly destination: Place
    readonly stops: readonly Place[]
    readonly corridor: { readonly line: readonly (readonly [number, number])[]; readonly halfWidthM: number }
    readonly seals: readonly { readonly seal: string; readonly fitting: string }[]
    readonly goods?: string
    readonly consignee?: string
    readonly departFromMs?: number
    readonly departUntilMs?: number
    readonly arriveUntilMs?: number
    readonly officers: { readonly origin: readonly Officer[]; readonly destination: readonly Officer[] }
    readonly driver?: Officer
  }
  readonly lines: readonly Line[]
}

const points = (from: unknown): readonly (readonly [number, number])[] =>
  list(from).flatMap(point => {
    const [x, y] = list(point)
    return typeof x === 'number' && typeof y === 'number' ? [[x, y] as const] : []
  })

export function card(from: unknown): Card {
  const plan = field(from, 'plan')
  const corridor = field(plan, 'corridor')
  return {
    ...row(from),
    plan: {
      origin: place(field(plan, 'origin')),
      destination: place(field(plan, 'destination')),
      stops: list(plan, 'stops').map(place),
      officers: {
        origin: list(field(plan, 'officers'), 'origin').map(officer),
        destination: list(field(plan, 'officers'), 'destination').map(officer),
      },
      corridor: { line: points(field(corridor, 'line')), halfWidthM: number(corridor, 'halfWidthM') ?? 1000 },
      seals: list(plan, 'seals').map(one => ({ seal: text(one, 'seal') ?? '', fitting: text(one, 'fitting') ?? 'container' })),
      ...present({
        goods: text(plan, 'goods'),
        consignee: text(plan, 'consignee'),
        departFromMs: time(plan, 'departFrom'),
        departUntilMs: time(plan, 'departUntil'),
        driver: field(plan, 'driver') === undefined ? undefined : officer(field(plan, 'driver')),
        arriveUntilMs: time(plan, 'arriveUntil'),
      }),
    },
    lines: list(from, 'lines').map(line => {
      const atMs = time(line, 'at') ?? 0
      return {
        n: number(line, 'n') ?? 0,
        atMs,
        kind: text(line, 'kind') ?? '',
        what: text(line, 'what') ?? '',
        isLate: (time(line, 'knownAt') ?? atMs) - atMs > LATE_MS,
        photos: list(line, 'photos').length,
        isEnded: flag(line, 'ended'),
        ...present({
          who: text(line, 'who'),
          note: text(line, 'note'),
          lat: number(field(line, 'place'), 'lat'),
          lon: number(field(line, 'place'), 'lon'),
        }),
      }
    }),
  }
}

export interface TrackPoint {
  readonly atMs: number
  readonly lat?: number
  readonly lon?: number
  readonly speedKmh?: number
  readonly locked?: boolean
}
export const trackPoints = (from: unknown): readonly TrackPoint[] =>
  list(from, 'points').map(point => ({
    atMs: time(point, 'at') ?? 0,
    ...present({
      lat: number(point, 'lat'),
      lon: number(point, 'lon'),
      speedKmh: number(point, 'speedKmh'),
      locked: typeof field(point, 'locked') === 'boolean' ? flag(point, 'locked') : undefined,
    }),
  }))

export interface SealView {
  readonly id: string
  readonly deviceId: string
  readonly number: string
  readonly protocol: string
  readonly maker?: string
  readonly model?: string
  readonly firmware?: string
  readonly life: SealLife
  readonly organisation: string
  readonly reportEveryS: number
  readonly isConnected: boolean
  readonly isDemo: boolean
  readonly journey?: string
  readonly lastAtMs?: number
  readonly reports?: number
  readonly batteryPercent?: number
  readonly lat?: number
  readonly lon?: number
  /** How long after its own time its newest report came. */
  readonly lagMs?: number
  readonly locked?: boolean
}
export const seal = (from: unknown): SealView => ({
  id: text(from, 'id') ?? '',
  deviceId: text(from, 'deviceId') ?? '',
  number: text(from, 'number') ?? '',
  protocol: text(from, 'protocol') ?? '',
  life: among(SEAL_LIVES, field(from, 'life')) ?? 'in-stock',
  organisation: text(from, 'organisation') ?? '',
  reportEveryS: number(from, 'reportEveryS') ?? 60,
  isConnected: flag(from, 'isConnected'),
  isDemo: flag(from, 'isDemo'),
  ...present({
    maker: text(from, 'maker'),
    model: text(from, 'model'),
    firmware: text(from, 'firmware'),
    journey: text(from, 'journey'),
    lastAtMs: time(from, 'lastAt'),
    reports: number(from, 'reports'),
    batteryPercent: number(from, 'batteryPercent'),
    lat: number(from, 'lat'),
    lon: number(from, 'lon'),
    lagMs: number(from, 'lagMs'),
    locked: typeof field(from, 'locked') === 'boolean' ? flag(from, 'locked') : undefined,
  }),
})

export interface Unknown {
  readonly id: string
  readonly protocol: string
  readonly deviceId: string
  readonly reports: number
  readonly firstAtMs?: number
  readonly lastAtMs?: number
}
export const unknown = (from: unknown): Unknown => ({
  id: text(from, 'id') ?? '',
  protocol: text(from, 'protocol') ?? '',
  deviceId: text(from, 'deviceId') ?? '',
  reports: number(from, 'reports') ?? 0,
  ...present({ firstAtMs: time(from, 'firstAt'), lastAtMs: time(from, 'lastAt') }),
})
