// The state machine of a journey: what one fact makes of it. Decided from where it stands, where it is, what the seals say and who was allowed what, never from a device's
// alarm alone. Pure: takes a copy, gives it back changed, and the lines of custody it wrote.
import { distanceM } from '#base/index.ts'
import type { HeardReport, JourneyDeed, SealPlaces } from '../pass-contract.ts'
import { plainContainer } from '../plan.ts'
import type { SealEvent } from '../protocols/index.ts'
import type { JourneyLine, JourneyPlan, JourneyState } from '../schema.ts'
import type { CorridorLine } from './corridor.ts'
import type { Fact } from './facts.ts'
import { agreedAt, freshSeal, isOver, isUnderSeal, type JourneyNow, MOVING, type SealNow } from './state.ts'

export type Line = Omit<JourneyLine, 'n'>

export interface Advance {
  readonly plan: JourneyPlan
  readonly places: SealPlaces
  readonly corridor: CorridorLine
  /** Of custody: what it writes comes at the end. */
  readonly lines: Line[]
  /** All that is known of the journey, in order. */
  readonly facts: readonly Fact[]
}

/** Officers named by later deeds up to this moment of our clock, that hold then: a device's clock may be behind ours by minutes. */
const authorised = ({ facts }: Advance, atMs: number, untilMs: number): readonly string[] =>
  facts.flatMap(one =>
    one.kind === 'deed' && one.deed.deed === 'authorise-unseal' && one.atMs > atMs && one.atMs <= untilMs
      ? [...(one.deed.officers ?? []), one.deed.who]
      : [],
  )

const OPENINGS: ReadonlySet<SealEvent> = new Set([
  'shackle-opened',
  'unsealed',
  'unsealed-by-card',
  'unsealed-by-bluetooth',
  'unsealed-by-platform',
  'unsealed-by-sms',
  'opened-while-sealed',
  'unlock-alarm',
  'door-opened',
])
const CLOSINGS: ReadonlySet<SealEvent> = new Set([
  'shackle-closed',
  'sealed',
  'sealed-automatically',
  'sealed-by-card',
  'sealed-by-bluetooth',
  'sealed-by-platform',
  'sealed-by-sms',
  'resealed-automatically',
])
export const isOpening = (report: HeardReport): boolean => report.events.some(event => OPENINGS.has(event))

/** Leaving counts when a report lies this far outside, or two in a row lie outside at all. */
const LEFT_M = 300
const IMPOSSIBLE_KMH = 200
const STRAY_M = 1000
const STOPPED_KMH = 5
/** Slower than this it stands; where no speed is told, while it stays within so many metres. A jitter of place is no movement. */
const STANDS_KMH = 3
const STAYS_M = 150
/** A report that came within this of its device's time is live: deeds count for it by our clock. */
const CLOCK_MS = 5 * 60_000
/** How long leave to open holds where nobody says. */
const AUTHORITY_MS = 3_600_000
/** To arm: the fix is not older, and the battery holds. */
export const ARM_FIX_MS = 15 * 60_000
export const ARM_BATTERY = 20

/** True when the fact brought a position that is believed. */
export function advance(now: JourneyNow, fact: Fact, on: Advance): boolean {
  if (isOver(now)) return false
  if (fact.kind === 'deed') return byDeed(now, fact.deed, on)
  if (fact.kind === 'gate') {
    on.lines.push({
      atMs: fact.atMs,
      knownAtMs: fact.knownAtMs,
      kind: 'gate',
      what: fact.gate.direction === undefined ? 'gate' : `gate-${fact.gate.direction}`,
      note: fact.gate.gate,
      place: { lat: fact.gate.lat, lon: fact.gate.lon },
      evidence: marks(fact.gate.mark),
    })
    return false
  }
  return byReport(now, fact.report, fact, on)
}

const marks = (mark: number): readonly number[] => (mark >= 0 ? [mark] : [])

function to(now: JourneyNow, state: JourneyState, atMs: number, knownAtMs: number, on: Advance, more: Partial<Line> = {}): void {
  now.state = state
  on.lines.push({
    atMs,
    knownAtMs,
    kind: 'state',
    what: state,
    ...(now.lat === undefined || now.lon === undefined ? {} : { place: { lat: now.lat, lon: now.lon } }),
    ...more,
  })
}

function byDeed(now: JourneyNow, deed: JourneyDeed, on: Advance): false {
  const { atMs, who } = deed
  const line = (what: string, note?: string): void => {
    on.lines.push({
      atMs,
      knownAtMs: atMs,
      kind: 'deed',
      what,
      who,
      ...(note ? { note } : {}),
      ...(deed.place ? { place: deed.place } : {}),
      ...(deed.photos ? { photos: deed.photos } : {}),
    })
  }
  switch (deed.deed) {
    case 'fit': {
      const seal = now.seals.find(one => one.seal === deed.seal)
      line('fit', deed.note)
      if (seal) seal.isFitted = true
      now.isIdentified ||=
        seal !== undefined && (deed.container === undefined || plainContainer(deed.container) === plainContainer(on.plan.container))
      if (seal && now.state === 'planned') to(now, 'fitted', atMs, atMs, on, { who })
      tryToArm(now, atMs, atMs, on)
      return false
    }
    case 'arm':
      line('arm', guards(now, on.plan, on.places, atMs).join(' '))
      tryToArm(now, atMs, atMs, on)
      return false
    case 'authorise-unseal': {
      // Each word holds for its own time: nobody lengthens another's.
      const officers = new Set([...(deed.officers ?? []), who])
      const untilMs = deed.untilMs ?? atMs + AUTHORITY_MS
      now.authority = [
        ...agreedAt(now, atMs).filter(one => !officers.has(one.officer)),
        ...[...officers].map(officer => ({ officer, untilMs })),
      ]
      line('authorise-unseal', deed.note)
      return false
    }
    case 'unseal':
      line('unseal', deed.note)
      if (isAtDestination(now, on) && isEnough(agreedAt(now, atMs).length, on.plan)) unseal(now, atMs, atMs, on, who)
      return false
    case 'suspend':
    case 'resume':
      now.isSuspended = deed.deed === 'suspend'
      line(deed.deed, deed.note)
      return false
    case 'change-vehicle':
      if (deed.vehicle !== undefined) now.vehicle = deed.vehicle
      line('change-vehicle', deed.vehicle)
      return false
    case 'change-seal':
      if (deed.seal !== undefined && !now.seals.some(one => one.seal === deed.seal))
        now.seals.push({ ...freshSeal(deed.seal), isFitted: true })
      line('change-seal', deed.seal)
      return false
    case 'close':
    case 'cancel':
      line(deed.deed, deed.note)
      to(now, deed.deed === 'close' ? 'closed' : 'cancelled', atMs, atMs, on, { who })
      return false
    case 'note':
      line('note', deed.note)
      return false
  }
}

function byReport(now: JourneyNow, report: HeardReport, fact: Extract<Fact, { kind: 'report' }>, on: Advance): boolean {
  const seal = now.seals.find(one => one.seal === report.seal)
  if (!seal) return false
  const lagMs = report.receivedAtMs - report.atMs
  // What was kept for long says nothing of the clock.
  if (fact.driftMs === undefined && lagMs < CLOCK_MS) seal.lagMs = Math.min(seal.lagMs ?? lagMs, lagMs)
  const isMove = takePosition(now, seal, report, fact.atMs, on)
  if (report.batteryPercent !== undefined) seal.batteryPercent = report.batteryPercent
  if (report.locked !== undefined) seal.locked = report.locked
  else if (report.events.some(event => CLOSINGS.has(event))) seal.locked = true
  for (const event of report.events)
    if (OPENINGS.has(event) || CLOSINGS.has(event) || event === 'wire-cut')
      on.lines.push({
        atMs: fact.atMs,
        knownAtMs: fact.knownAtMs,
        kind: 'event',
        what: event,
        ...placeOf(now),
        evidence: marks(report.mark),
        ...(report.card === undefined ? {} : { note: report.card }),
      })
  if (isMove) move(now, fact, on)
  if (isOpening(report)) {
    seal.locked = false
    if (mayOpen(now, report, on, fact)) unseal(now, fact.atMs, fact.knownAtMs, on, undefined, marks(report.mark))
  }
  tryToArm(now, fact.atMs, fact.knownAtMs, on)
  return isMove
}

const placeOf = (now: JourneyNow): Partial<Line> =>
  now.lat === undefined || now.lon === undefined ? {} : { place: { lat: now.lat, lon: now.lon } }

/** The journey is where its container is; a tractor's own device only says where the tractor is. */
function takePosition(now: JourneyNow, seal: SealNow, report: HeardReport, atMs: number, on: Advance): boolean {
  const { lat, lon } = report
  if (lat === undefined || lon === undefined || report.fixValid === false || (lat === 0 && lon === 0)) return false
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180) return false
  const isTractor = on.plan.seals.find(one => one.seal === seal.seal)?.fitting === 'tractor'
  if (isTractor) {
    place(seal, lat, lon, atMs)
    return false
  }
  if (now.lat !== undefined && now.lon !== undefined && now.atMs !== undefined) {
    const m = distanceM(now.lat, now.lon, lat, lon)
    const hours = Math.max(1, atMs - now.atMs) / 3_600_000
    if (m > STRAY_M && m / 1000 / hours > IMPOSSIBLE_KMH) {
      const { stray } = now
      now.stray = { lat, lon, atMs }
      if (
        stray === undefined ||
        distanceM(stray.lat, stray.lon, lat, lon) > STRAY_M + ((atMs - stray.atMs) / 3_600_000) * IMPOSSIBLE_KMH * 1000
      )
        return false
    }
  }
  now.stray = undefined
  const at = on.corridor.locate(lat, lon, now.alongM)
  place(seal, lat, lon, atMs)
  place(now, lat, lon, atMs)
  now.alongM = at.alongM
  now.offM = at.offM
  now.speedKmh = report.speedKmh
  now.courseDeg = report.courseDeg
  now.hdop = report.hdop
  now.byCells = report.byCells
  return true
}

function place(thing: SealNow | JourneyNow, lat: number, lon: number, atMs: number): void {
  thing.lat = lat
  thing.lon = lon
  thing.atMs = atMs
}

function stand(now: JourneyNow, atMs: number): void {
  const { standing } = now
  const isNear = standing.sinceMs !== undefined && distanceM(standing.lat!, standing.lon!, now.lat!, now.lon!) <= STAYS_M
  const isSlow = now.speedKmh === undefined ? isNear || standing.sinceMs === undefined : now.speedKmh < STANDS_KMH
  if (isSlow && isNear) return
  now.standing = isSlow ? { lat: now.lat, lon: now.lon, sinceMs: atMs } : MOVING
}

function move(now: JourneyNow, fact: Fact, on: Advance): void {
  const { lat, lon } = now as { lat: number; lon: number }
  const { atMs, knownAtMs } = fact
  stand(now, atMs)
  const inOrigin = on.places.depthInsideM(on.plan.origin, lat, lon)
  const isIn = on.places.isIn(on.plan.destination, lat, lon)
  if (now.state === 'armed') {
    now.outside = inOrigin < 0 ? now.outside + 1 : 0
    if (inOrigin < -LEFT_M || now.outside >= 2) {
      now.departedAtMs = atMs
      to(now, 'under-way', atMs, knownAtMs, on)
    }
  }
  if (now.state === 'under-way' && isIn) to(now, 'in-designated-area', atMs, knownAtMs, on, { note: on.plan.destination.name })
  if (now.state === 'in-designated-area' && isIn && (now.speedKmh ?? 0) < STOPPED_KMH) {
    now.arrivedAtMs = atMs
    to(now, 'arrived', atMs, knownAtMs, on)
  }
  if ((now.state === 'in-designated-area' || now.state === 'arrived') && on.places.depthInsideM(on.plan.destination, lat, lon) < -LEFT_M) {
    now.arrivedAtMs = undefined
    to(now, 'under-way', atMs, knownAtMs, on)
  }
}

const isEnough = (officers: number, plan: JourneyPlan): boolean => officers >= (plan.risk === 'high' ? 2 : 1)

const isAtDestination = (now: JourneyNow, on: Advance): boolean =>
  now.lat !== undefined && now.lon !== undefined && on.places.isIn(on.plan.destination, now.lat, now.lon)

/** In the destination's area, by an officer who may: named in time by a deed, or by their card; of high risk a second one besides. */
function mayOpen(now: JourneyNow, report: HeardReport, on: Advance, fact: Fact): boolean {
  if (!isUnderSeal(now) || !isAtDestination(now, on)) return false
  const named = [
    ...agreedAt(now, fact.atMs).map(one => one.officer),
    ...(fact.knownAtMs - fact.atMs < CLOCK_MS ? authorised(on, fact.atMs, fact.knownAtMs) : []),
  ]
  const byCard = report.card === undefined ? undefined : on.plan.officers.destination.find(one => one.card === report.card)
  const officers = new Set(named)
  if (byCard) officers.add(byCard.person ?? byCard.name)
  // Somebody must have opened it: a card that is nobody's opens nothing, whoever was named.
  if (report.card !== undefined && !byCard) return false
  return isEnough(officers.size, on.plan)
}

function unseal(now: JourneyNow, atMs: number, knownAtMs: number, on: Advance, who?: string, evidence?: readonly number[]): void {
  if (!isUnderSeal(now)) return
  if (now.state !== 'arrived') {
    now.arrivedAtMs ??= atMs
    to(now, 'arrived', atMs, knownAtMs, on)
  }
  to(now, 'unsealed', atMs, knownAtMs, on, { ...(who === undefined ? {} : { who }), ...(evidence ? { evidence } : {}) })
}

/** What still hinders arming; empty when it may be armed. For the check before fitting, too. */
export function guards(now: JourneyNow, plan: JourneyPlan, places: SealPlaces, atMs: number): readonly Guard[] {
  const own = now.seals.filter(one => plan.seals.find(seal => seal.seal === one.seal)?.fitting !== 'tractor')
  const missing: Guard[] = []
  if (own.length === 0 || own.some(one => !one.isFitted)) missing.push('not-fitted')
  if (own.some(one => one.locked !== true)) missing.push('not-locked')
  if (!now.isIdentified) missing.push('not-identified')
  if (now.lat === undefined || now.lon === undefined || now.atMs === undefined || atMs - now.atMs > ARM_FIX_MS) missing.push('no-fix')
  else if (!places.isIn(plan.origin, now.lat, now.lon)) missing.push('not-at-origin')
  if (own.some(one => (one.batteryPercent ?? 100) < ARM_BATTERY)) missing.push('battery-low')
  return missing
}
export const GUARDS = ['not-fitted', 'not-locked', 'not-identified', 'no-fix', 'not-at-origin', 'battery-low'] as const
export type Guard = (typeof GUARDS)[number]

function tryToArm(now: JourneyNow, atMs: number, knownAtMs: number, on: Advance): void {
  if (now.state !== 'fitted' || guards(now, on.plan, on.places, atMs).length > 0) return
  to(now, 'armed', atMs, knownAtMs, on)
}
