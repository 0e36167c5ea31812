// What is scripted to go wrong, one row a violation: what it needs of a journey, how much clear way, and what it changes. The margins are such that it is surely found; what lies
// just on the other side is in near-misses.ts.
import { distanceM } from '#base/index.ts'
import type { SealEvent } from '#seals/protocols/index.ts'
import { type Draft, isClear, isFree, MINUTE_MS, mainOf, offWayM, second, standAt, tellAt } from './draft.ts'
import type { Script } from './journey.ts'
import { type Lock, wordOf } from './locks.ts'
import type { RoadsideArea, Way } from './roads.ts'
import type { Truck } from './truck.ts'

export interface Trouble {
  /** Which locks can have it; absent: all. */
  readonly can?: (lock: Lock) => boolean
  readonly minKm?: number
  /** Which ways will do. */
  readonly suits?: (way: Way) => boolean
  /** Clear way before and behind the place where it happens; absent where the trouble looks for its place itself, or has none. */
  readonly room?: readonly [beforeM: number, afterM: number]
  /** Changes the draft; false where this way or place will not do. */
  apply(draft: Draft, alongM: number): boolean
  /** About when it is found, behind the moment at which it is at its place. */
  found?(draft: Draft, truck: Truck, alongM: number): number
}

const SCRIPTED_DEAD_MS = 13 * MINUTE_MS

const told = (events: readonly SealEvent[]): Trouble => ({
  can: lock => wordOf(lock.protocol, events) !== undefined,
  room: [2000, 2000],
  apply(draft, alongM) {
    const main = mainOf(draft)
    const able = events.filter(event => wordOf(main.protocol, [event]))
    tellAt(draft, main, alongM, draft.random.pick(able))
    return true
  },
})

/** Leaves the line a little and stands for so long in an area beside the road. */
export const standIn = (draft: Draft, kind: RoadsideArea['kind'], minutes: number): number | undefined => {
  const area = draft.way.areas.find(one => one.spot.kind === kind && isClear(draft, one.alongM, 4000, 4000))
  if (!area) return undefined
  draft.halts.push({ atM: area.alongM, forMs: minutes * MINUTE_MS })
  draft.onDrive.push(truck => {
    const fromMs = truck.whenMs(area.alongM)
    const toMs = fromMs + minutes * MINUTE_MS
    draft.beside.push({ fromMs: fromMs - 2 * MINUTE_MS, toMs: toMs + 2 * MINUTE_MS, rampMs: 2 * MINUTE_MS, rightM: area.rightM })
  })
  return area.alongM
}
const passes =
  (kind: RoadsideArea['kind']) =>
  (way: Way): boolean =>
    way.areas.some(one => one.spot.kind === kind && one.alongM > 12_000 && one.alongM < way.lengthM - 12_000)
const standsIn = (kind: RoadsideArea['kind'], minutes: number): Trouble => ({
  suits: passes(kind),
  apply: draft => standIn(draft, kind, minutes) !== undefined,
  found: (draft, truck) => truck.whenMs(draft.way.areas.find(one => one.spot.kind === kind)!.alongM) + 3 * MINUTE_MS,
})

const restOf = (way: Way) => way.serviceAreas.find(({ alongM }) => alongM > 15_000 && alongM < way.lengthM - 15_000)
const arrives = (_draft: Draft, truck: Truck): number => truck.arrivesMs

export const TROUBLES: Readonly<Record<Exclude<Script, 'co-stop'>, Trouble>> = {
  'seal-opened': {
    room: [2000, 9000],
    apply(draft, alongM) {
      const main = mainOf(draft)
      const { opens, recloses } = main.lock
      tellAt(draft, main, alongM, opens, { locked: false })
      draft.onDrive.push(truck =>
        main.events.push({
          atMs: second(truck.whenMs(alongM)) + 4 * MINUTE_MS,
          locked: true,
          ...(recloses === undefined ? {} : { event: recloses }),
        }),
      )
      return true
    },
  },
  'seal-cut': told(['wire-cut']),
  'shell-tampered': told(['shell-tampered', 'cover-opened']),
  'wrong-key': told(['wrong-password-limit', 'unknown-card', 'unseal-refused-unknown-card']),
  'card-outside-area': told(['unseal-refused-outside-area']),
  'motor-fault': told(['motor-stuck']),
  'seal-removed': {
    room: [2000, 2000],
    apply(draft, alongM) {
      const tractor = draft.addTractor(['eelink', 't800x'])
      if (!tractor) return false
      tellAt(draft, tractor, alongM, 'removed')
      return true
    },
  },
  'seal-mismatch': {
    apply(draft) {
      const at = draft.way.at(draft.way.lengthM)
      draft.onDrive.push(truck =>
        draft.passages.push({
          id: `${draft.id}-gate-in`,
          gate: '도착지 게이트',
          lat: at.lat,
          lon: at.lon,
          atMs: second(truck.arrivesMs + MINUTE_MS),
          direction: 'in',
          vehicle: '서울00가0000',
        }),
      )
      return true
    },
    found: arrives,
  },
  'left-route': {
    minKm: 60,
    room: [2000, 24_000],
    apply(draft, alongM) {
      for (const rightM of [3000, -3000, 3800, -3800]) {
        const far = draft.way.at(alongM + 9000, rightM)
        if (offWayM(draft.way, far.lat, far.lon) < 2400 || !isFree(draft, alongM, alongM + 26_000, Math.abs(rightM))) continue
        const ends = [draft.way.at(draft.way.lengthM), draft.way.at(0)]
        if (ends.some(one => distanceM(one.lat, one.lon, far.lat, far.lon) < 8000)) continue
        draft.onDrive.push(truck => {
          const fromMs = truck.whenMs(alongM)
          draft.beside.push({ fromMs, toMs: fromMs + 15 * MINUTE_MS, rampMs: 5 * MINUTE_MS, rightM })
        })
        return true
      }
      return false
    },
    found: (_draft, truck, alongM) => truck.whenMs(alongM) + 4 * MINUTE_MS,
  },
  'stopped-off-plan': {
    room: [2000, 2000],
    apply: (draft, alongM) => standAt(draft, alongM, 15 * MINUTE_MS),
    found: (_draft, truck, alongM) => truck.whenMs(alongM) + 10 * MINUTE_MS,
  },
  'wrong-area-stop': standsIn('designated', 7),
  'forbidden-area-entered': standsIn('forbidden', 5),
  'designated-area-left': {
    apply(draft) {
      draft.returns = { afterMs: 4 * MINUTE_MS, backM: 2500 }
      return true
    },
    found: (_draft, truck) => truck.arrivesMs - 5 * MINUTE_MS,
  },
  late: {
    apply(draft) {
      draft.arriveUntilAfterMs = -25 * MINUTE_MS
      return true
    },
    found: (_draft, truck) => truck.arrivesMs - 25 * MINUTE_MS,
  },
  early: {
    apply(draft) {
      draft.arriveFromAfterMs = 40 * MINUTE_MS
      draft.arriveUntilAfterMs = 150 * MINUTE_MS
      return true
    },
    found: arrives,
  },
  'not-started': {
    apply(draft) {
      draft.departUntilAfterMs = -36 * MINUTE_MS
      return true
    },
    found: (_draft, truck) => truck.leavesMs - 21 * MINUTE_MS,
  },
  'arrival-impossible': {
    minKm: 60,
    apply(draft) {
      draft.kmh = 150
      draft.isSteady = true
      draft.halts = []
      return true
    },
    found: arrives,
  },
  'seal-silent': {
    room: [3000, 14_000],
    apply(draft, alongM) {
      draft.onDrive.push(truck => {
        const fromMs = truck.whenMs(alongM)
        mainOf(draft).silent = [fromMs, fromMs + 8 * MINUTE_MS]
      })
      return true
    },
    found: (_draft, truck, alongM) => truck.whenMs(alongM) + 2 * MINUTE_MS,
  },
  'position-doubtful': {
    can: lock => lock.tellsFix,
    minKm: 50,
    room: [3000, 18_000],
    apply(draft, alongM) {
      draft.onDrive.push(truck => {
        const fromMs = truck.whenMs(alongM)
        for (const one of draft.devices) one.blind = [fromMs, fromMs + 9 * MINUTE_MS]
      })
      return true
    },
    found: (_draft, truck, alongM) => truck.whenMs(alongM) + 5 * MINUTE_MS,
  },
  separated: {
    suits: way => restOf(way) !== undefined,
    apply(draft) {
      const tractor = draft.addTractor()
      const rest = restOf(draft.way)
      if (!tractor || !rest) return false
      draft.halts = [{ atM: rest.alongM, forMs: 22 * MINUTE_MS }]
      draft.onDrive.push(truck => {
        const fromMs = truck.whenMs(rest.alongM) + 2 * MINUTE_MS
        tractor.away.push({ fromMs, toMs: fromMs + 16 * MINUTE_MS, rampMs: 5 * MINUTE_MS, rightM: 3500 })
      })
      return true
    },
    found: (draft, truck) => truck.whenMs(restOf(draft.way)!.alongM) + 6 * MINUTE_MS,
  },
  'low-battery': {
    can: lock => lock.tellsBattery,
    minKm: 50,
    apply(draft) {
      mainOf(draft).battery = [23, 11]
      return true
    },
    found: (_draft, truck) => truck.leavesMs + (truck.arrivesMs - truck.leavesMs) * 0.7,
  },
  'clock-drift': {
    minKm: 50,
    room: [3000, 18_000],
    apply(draft, alongM) {
      draft.onDrive.push(truck => {
        const fromMs = truck.whenMs(alongM)
        // A receiver that lost count of the weeks of GPS shows a day of 2019.
        mainOf(draft).clock = { span: [fromMs, fromMs + 8 * MINUTE_MS], byMs: Date.UTC(2019, 0, 1) - Date.UTC(2026, 0, 1) }
      })
      return true
    },
  },
}

/** What a lock tells as it happens can happen where nobody hears it. */
const DEAD_ABLE: ReadonlySet<Script> = new Set([
  'seal-opened',
  'seal-cut',
  'shell-tampered',
  'wrong-key',
  'card-outside-area',
  'motor-fault',
])
const deadOf = (way: Way) => way.deadZones.find(({ alongM }) => alongM > 15_000 && alongM < way.lengthM - 35_000)
export const canBeLate = (script: Script): boolean => DEAD_ABLE.has(script)
export const suitsLate = (way: Way): boolean => deadOf(way) !== undefined

/** In a dead zone, and its radio finds the network again only a good while behind it: told more than ten minutes later. */
export function placeLate(draft: Draft, trouble: Trouble): number | undefined {
  const dead = deadOf(draft.way)
  if (!dead) return undefined
  const alongM = dead.alongM - dead.spot.radiusM + 400
  draft.unheardMs = SCRIPTED_DEAD_MS
  return trouble.apply(draft, alongM) ? alongM : undefined
}

/** Where along its way it happens; undefined where this way will not do. */
export function placeTrouble(draft: Draft, trouble: Trouble): number | undefined {
  const { room } = trouble
  if (!room) return trouble.apply(draft, 0) ? 0 : undefined
  for (let n = 0; n < 60; n++) {
    const alongM = draft.random.between(0.1, 0.9) * draft.way.lengthM
    if (isClear(draft, alongM, ...room) && trouble.apply(draft, alongM)) return alongM
  }
  return undefined
}
