// Sealed journeys of a day, by seed: who drives where, which seal speaks which protocol, and what happens to a few of them. What is not in the script does not happen, so
// that a watch over them can be held against it: each scripted violation found, and no other.
import { SEAL_PROTOCOLS, type SealEvent } from '#seals/protocols/index.ts'
import { createRandom, type Random } from '../random.ts'
import { roadBetween, SITES, type Site } from './roads.ts'
import { createTruck, type Detour, type Stop, type Truck } from './truck.ts'

/** Violations that a script can hold: names of design detectors.md §5. */
export const SCRIPTS = [
  'seal-opened',
  'seal-cut',
  'shell-tampered',
  'seal-removed',
  'wrong-key',
  'card-outside-area',
  'left-route',
  'stopped-off-plan',
  'late',
  'not-started',
  'seal-silent',
  'position-doubtful',
  'low-battery',
  'motor-fault',
] as const
export type Script = (typeof SCRIPTS)[number]

export interface SimJourney {
  readonly n: number
  /** As the product plans it (POST /api/journeys), without the seals' organisation. */
  readonly plan: SimPlan
  readonly protocol: string
  readonly deviceId: string
  readonly truck: Truck
  readonly script?: Script
  /** When the scripted thing happens. */
  readonly scriptMs?: number
  /** What its seal has to say beside its place, each once. */
  readonly events: readonly { readonly atMs: number; readonly event: SealEvent; readonly locked: boolean; readonly card?: string }[]
  /** Nothing is heard between these. */
  readonly silent?: readonly [number, number]
  /** No fix between these. */
  readonly blind?: readonly [number, number]
  readonly batteryPercent: (ms: number) => number
  readonly fittedMs: number
}

export interface SimPlan {
  readonly id: string
  readonly unit: 'container'
  readonly container: string
  readonly vehicle: string
  readonly goods: string
  readonly declaration: string
  readonly origin: Site
  readonly destination: Site
  readonly stops: readonly Site[]
  readonly corridor: { readonly line: readonly (readonly [number, number])[]; readonly halfWidthM: number }
  readonly departFromMs: number
  readonly departUntilMs: number
  readonly arriveUntilMs: number
  readonly risk: 'low' | 'medium' | 'high'
  readonly officerCard: string
}

const MINUTE_MS = 60_000
const HALF_WIDTH_M = 1000
const GOODS = ['건고추 18.2 t', '냉동 조기 22 t', '참깨 20 t', '의류 640상자', '담배 900상자', '전자부품 1,200상자', '녹두 19 t'] as const
const EVENT: Readonly<Partial<Record<Script, SealEvent>>> = {
  'seal-opened': 'opened-while-sealed',
  'seal-cut': 'wire-cut',
  'shell-tampered': 'shell-tampered',
  'seal-removed': 'removed',
  'wrong-key': 'wrong-password-limit',
  'card-outside-area': 'unseal-refused-outside-area',
  'motor-fault': 'motor-stuck',
}

export interface JourneysOptions {
  readonly seed: number
  readonly count: number
  readonly startMs: number
  /** Journeys have left up to so long before the start. */
  readonly spreadMs: number
  /** Those that may happen; none: a quiet day. */
  readonly scripts: readonly Script[]
  /** One of so many journeys has a script. */
  readonly oneIn: number
  /** When the first journey that has a script reaches it, so that something happens soon. */
  readonly firstMs?: number
  /** Of which protocol the seals are, in turn. */
  readonly protocols: readonly string[]
}

export function journeysOf({ seed, count, ...options }: JourneysOptions): readonly SimJourney[] {
  const random = createRandom(seed)
  return Array.from({ length: count }, (_, n) => journeyOf(n, random, options))
}

function journeyOf(
  n: number,
  random: Random,
  { startMs, spreadMs, scripts, oneIn, protocols, firstMs }: Omit<JourneysOptions, 'seed' | 'count'>,
): SimJourney {
  const { origin, destination, way } = pickWay(random)
  const kmh = random.between(62, 84)
  const wanted = scripts.length > 0 && n % oneIn === 0 ? scripts[Math.floor(n / oneIn) % scripts.length] : undefined
  // What none of the seals can tell does not happen.
  const script = wanted !== undefined && protocolFor(protocols, n, EVENT[wanted]) !== undefined ? wanted : undefined
  const event = script === undefined ? undefined : EVENT[script]
  const protocol = protocolFor(protocols, n, event) ?? 'jt808'
  const usualMs = script === 'not-started' ? startMs + 50 * MINUTE_MS : startMs - random.between(0, spreadMs)
  const drawn = createTruck({ way, leavesMs: 0, kmh, stops: [] })
  // A rest at a service area that is on the plan, and what the script does at some place behind it.
  const restM = drawn.lengthM * random.between(0.25, 0.4)
  const rest: Stop = { atM: restM, ms: random.between(6, 14) * MINUTE_MS }
  const happensM = drawn.lengthM * random.between(0.5, 0.62)
  const stops: Stop[] = drawn.lengthM > 60_000 ? [rest] : []
  if (script === 'stopped-off-plan') stops.push({ atM: happensM, ms: 16 * MINUTE_MS })
  const detour: Detour | undefined =
    script === 'left-route' ? { fromM: happensM, toM: Math.min(drawn.lengthM * 0.9, happensM + 25_000), offM: 4500 } : undefined
  const leavesMs = Math.floor(
    n === 0 && firstMs !== undefined ? firstMs - createTruck({ way, leavesMs: 0, kmh, stops }).whenMs(happensM) : usualMs,
  )
  const truck = createTruck({ way, leavesMs, kmh, stops, ...(detour ? { detour } : {}) })
  const scriptMs = truck.whenMs(happensM)
  const restAt = truck.at(truck.whenMs(restM) + 1)
  const fittedMs = leavesMs - Math.floor(random.between(12, 25)) * MINUTE_MS
  const card = String(1_000_000_000 + n)
  const lowFrom = 24
  const plan: SimPlan = {
    id: `DEMO-${String(n + 1).padStart(4, '0')}`,
    unit: 'container',
    container: containerNumber(n, random),
    vehicle: `${random.pick(['부산', '인천', '경기', '경남', '전남'])}${80 + Math.floor(random.between(0, 19))}${random.pick(['아', '바', '사', '자'])}0000`,
    goods: random.pick(GOODS),
    declaration: `DEMO-${String(n + 1).padStart(6, '0')}`,
    origin,
    destination,
    stops: stops.length > 0 && stops[0] === rest ? [{ name: '휴게소(시연)', lat: restAt.lat, lon: restAt.lon, radiusM: 500 }] : [],
    corridor: { line: way, halfWidthM: HALF_WIDTH_M },
    departFromMs: leavesMs - 60 * MINUTE_MS,
    departUntilMs: script === 'not-started' ? startMs - 20 * MINUTE_MS : leavesMs + 30 * MINUTE_MS,
    arriveUntilMs: script === 'late' ? scriptMs : truck.arrivesMs + 45 * MINUTE_MS,
    risk: random.pick(['low', 'medium', 'medium', 'high']),
    officerCard: card,
  }
  return {
    n,
    plan,
    protocol,
    deviceId: deviceIdOf(protocol, n),
    truck,
    fittedMs,
    events: [
      { atMs: fittedMs + MINUTE_MS, event: 'sealed-automatically', locked: true },
      ...(event === undefined || script === undefined ? [] : [{ atMs: scriptMs, event, locked: script !== 'seal-opened' }]),
    ],
    batteryPercent: ms =>
      Math.max(1, Math.round(script === 'low-battery' ? lowFrom - ((ms - fittedMs) / (scriptMs - fittedMs)) * 10 : 92 - (n % 30))),
    ...(script === undefined ? {} : { script, scriptMs }),
    ...(script === 'seal-silent' ? { silent: [scriptMs, scriptMs + 12 * MINUTE_MS] as const } : {}),
    ...(script === 'position-doubtful' ? { blind: [scriptMs, scriptMs + 8 * MINUTE_MS] as const } : {}),
  }
}

/** The one whose turn it is, or the first that has a word for what is to happen; undefined where none has. */
const protocolFor = (protocols: readonly string[], n: number, event: SealEvent | undefined): string | undefined =>
  [protocols[n % protocols.length], ...protocols].find(name => {
    const tells = SEAL_PROTOCOLS.find(one => one.name === name)?.device.tells
    return tells && (event === undefined || tells.includes(event))
  })

function pickWay(random: Random): { origin: Site; destination: Site; way: readonly (readonly [number, number])[] } {
  for (;;) {
    const origin = random.pick(SITES)
    const destination = random.pick(SITES)
    const way = origin === destination ? undefined : roadBetween(origin, destination)
    if (way && way.length > 4) return { origin, destination, way }
  }
}

/** A number with its right check digit (ISO 6346): DEMU is of the demo. */
function containerNumber(n: number, random: Random): string {
  const body = `DEMU${String(100_000 + ((n * 37 + Math.floor(random.next() * 30)) % 900_000)).padStart(6, '0')}`
  let sum = 0
  for (let at = 0; at < 10; at++) sum += letterValue(body[at]!) * 2 ** at
  return `${body}${(sum % 11) % 10}`
}
/** ISO 6346 annex A: letters count from 10, leaving out the multiples of 11. */
const LETTERS = 'A?BCDEFGHIJK?LMNOPQRSTU?VWXYZ'
const letterValue = (letter: string): number => (/\d/.test(letter) ? Number(letter) : 10 + LETTERS.indexOf(letter))

function deviceIdOf(protocol: string, n: number): string {
  if (protocol === 'jt808') return String(13_900_000_000 + n).padStart(12, '0')
  if (protocol === 'jt600') return String(7_700_000_000 + n)
  return String(860_000_000_000_000 + n)
}
