// A draft becomes a journey: the truck drives, and from when it does what follow the plan's windows, what the devices say at the turns, and what officers do.
import { offset } from '#base/index.ts'
import { readIdentifier } from '#wire/identifiers/index.ts'
import type { Random } from '../random.ts'
import { type Draft, type DraftDevice, MINUTE_MS, mainOf, second } from './draft.ts'
import type { SimDeed, SimEvent, SimJourney, SimPlace, SimPlan, Span } from './journey.ts'
import type { Depot } from './road-data.ts'
import { type Beside, createTruck, shareAt, type Truck } from './truck.ts'

export interface Leaving {
  readonly n: number
  readonly origin: Depot
  readonly destination: Depot
  readonly leavesMs: number
  readonly paceSeed: number
  readonly nearMisses: readonly string[]
}

const DEPOT_RADIUS_M = 600
const STOP_RADIUS_M = 300
const HALF_WIDTH_M = 1000
export const FIT_MS = 12 * MINUTE_MS
const UNSEAL_MS = 6 * MINUTE_MS
export const CLOSE_MS = 14 * MINUTE_MS
/** A tractor that is away from its box. */
const AWAY_KMH = 40
const GOODS = ['건고추 18.2 t', '냉동 조기 22 t', '참깨 20 t', '의류 640상자', '담배 900상자', '전자부품 1,200상자', '녹두 19 t'] as const

export const truckOf = (draft: Draft, { leavesMs, paceSeed }: Pick<Leaving, 'leavesMs' | 'paceSeed'>): Truck =>
  createTruck({
    way: draft.way,
    leavesMs,
    kmh: draft.kmh,
    paceSeed,
    halts: draft.halts,
    isSteady: draft.isSteady,
    beside: draft.beside,
    ...(draft.returns ? { returns: draft.returns } : {}),
  })

export function finishDraft(draft: Draft, leaving: Leaving): SimJourney {
  const { id, random } = draft
  const { n, leavesMs, nearMisses } = leaving
  const truck = truckOf(draft, leaving)
  for (const one of draft.onDrive) one(truck)
  const main = mainOf(draft)
  const fittedMs = second(leavesMs - FIT_MS)
  const unsealMs = second(truck.arrivesMs + UNSEAL_MS)
  const closedMs = second(truck.arrivesMs + CLOSE_MS)
  const card = String(10_000 + Math.floor(random.between(0, 89_999))).padStart(main.lock.cardDigits ?? 8, '0')
  const plan = planOf(draft, leaving, truck, card)
  const unheard = unheardOf(draft, truck)
  const journeys = draft.devices.map((device, at): SimJourney => {
    const events = eventsOf(device, fittedMs, unsealMs + (at === 0 ? 0 : MINUTE_MS), card)
    const [full, left] = device.battery
    return {
      n: at === 0 ? n : n + 100_000 * at,
      plan,
      protocol: device.protocol,
      deviceId: device.deviceId,
      fitting: device.fitting,
      truck: device.away.length === 0 ? truck : awayFrom(truck, device.away),
      nearMisses,
      events,
      unheard,
      ...(device.silent ? { silent: device.silent } : {}),
      ...(device.blind ? { blind: device.blind } : {}),
      ...(device.stray ? { stray: device.stray } : {}),
      ...(device.clock ? { clock: device.clock } : {}),
      batteryPercent(ms) {
        const share = (ms - leavesMs) / (truck.arrivesMs - leavesMs)
        return Math.round(full + (left - full) * Math.max(0, Math.min(1, share)))
      },
      fittedMs,
      closedMs,
      others: [],
      deeds: [],
      passages: [],
    }
  })
  const [first, ...others] = journeys as [SimJourney, ...SimJourney[]]
  const deed = (kind: SimDeed['deed'], atMs: number, more: Partial<SimDeed> = {}): SimDeed => ({
    id: `${id}-${kind}${more.seal === undefined ? '' : `-${more.seal}`}`,
    journey: id,
    atMs,
    deed: kind,
    ...more,
  })
  const needsLeave = main.lock.cardDigits === undefined || draft.risk === 'high'
  return {
    ...first,
    others,
    deeds: [
      ...journeys
        .filter(one => one.fitting !== 'tractor')
        .map(one => deed('fit', fittedMs, { seal: `${one.protocol}:${one.deviceId}`, container: plan.container })),
      ...(needsLeave
        ? [
            deed('authorise-unseal', unsealMs - 4 * MINUTE_MS, {
              officers: [`${plan.destination.name} 담당`, ...(draft.risk === 'high' ? [`${plan.destination.name} 입회자`] : [])],
            }),
          ]
        : []),
      deed('close', closedMs),
    ],
    passages: draft.passages.map(one => ({
      ...one,
      container: plan.container,
      vehicle: one.vehicle === '' ? plan.vehicle : one.vehicle,
    })),
  }
}

function planOf(draft: Draft, { n, origin, destination, leavesMs }: Leaving, truck: Truck, officerCard: string): SimPlan {
  const { id, way, random } = draft
  const placed = ({ name }: Depot, m: number): SimPlace => ({ name, lat: way.at(m).lat, lon: way.at(m).lon, radiusM: DEPOT_RADIUS_M })
  return {
    id,
    unit: 'container',
    container: containerNumber(random),
    vehicle: `${random.pick(['부산', '인천', '경기', '경남', '전남'])}${80 + Math.floor(random.between(0, 19))}${random.pick(['아', '바', '사', '자'])}${String(n % 10_000).padStart(4, '0')}`,
    goods: random.pick(GOODS),
    declaration: `${id}-D`,
    origin: placed(origin, 0),
    destination: placed(destination, way.lengthM),
    stops: way.serviceAreas.map(({ spot }) => ({ ...spot, name: `${spot.name}(시연)`, radiusM: STOP_RADIUS_M })),
    corridor: { line: way.line, halfWidthM: HALF_WIDTH_M },
    departFromMs: second(leavesMs - 90 * MINUTE_MS),
    departUntilMs: second(leavesMs + draft.departUntilAfterMs),
    ...(draft.arriveFromAfterMs === undefined ? {} : { arriveFromMs: second(truck.arrivesMs + draft.arriveFromAfterMs) }),
    arriveUntilMs: second(truck.arrivesMs + draft.arriveUntilAfterMs),
    risk: draft.risk,
    ...(draft.convoy === undefined ? {} : { convoy: draft.convoy }),
    officerCard,
  }
}

/** Sealed when it is fitted, opened by the officer at the destination; between them what happens, each with the lock's state then. */
function eventsOf({ lock, events }: DraftDevice, fittedMs: number, unsealMs: number, card: string): readonly SimEvent[] {
  const all: (Omit<SimEvent, 'locked'> & { readonly locked?: boolean })[] = [...events]
  if (lock) {
    all.push({ atMs: fittedMs + MINUTE_MS, locked: true, ...(lock.seals ? { event: lock.seals } : {}) })
    all.push({ atMs: unsealMs, event: lock.unseals, locked: false, ...(lock.cardDigits === undefined ? {} : { card }) })
  }
  let locked = false
  return all
    .sort((a, b) => a.atMs - b.atMs)
    .map(one => {
      locked = one.locked ?? locked
      return { ...one, locked }
    })
}

/** From when its way leads into a dead zone until it leads out, or until its radio finds the network again. */
const unheardOf = ({ way, unheardMs }: Draft, truck: Truck): readonly Span[] =>
  way.deadZones.map(({ alongM, spot }) => {
    const fromMs = truck.whenMs(alongM - spot.radiusM)
    return [fromMs, Math.max(truck.whenMs(alongM + spot.radiusM), fromMs + unheardMs)] as const
  })

const awayFrom = (truck: Truck, away: readonly Beside[]): Truck => ({
  ...truck,
  at(ms) {
    const on = truck.at(ms)
    let rightM = 0
    for (const one of away) rightM += one.rightM * shareAt(one, ms)
    return rightM === 0 ? on : { ...on, ...offset(on.lat, on.lon, on.courseDeg + 90, rightM), speedKmh: AWAY_KMH }
  },
})

/** With its right check digit (ISO 6346): DEMU is of the demo. */
function containerNumber(random: Random): string {
  const body = `DEMU${String(Math.floor(random.between(0, 1_000_000))).padStart(6, '0')}`
  return `${body}${readIdentifier(`${body}0`)?.expectedCheckDigit ?? 0}`
}
