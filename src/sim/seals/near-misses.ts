// What is nearly a violation and is none: a stop just under the limit, a way round just inside the margin, a lock that opens for whom it may. Nothing of it may be found.
import type { SealEvent } from '#seals/protocols/index.ts'
import { type Draft, isClear, isFree, MINUTE_MS, mainOf, second, standAt, tellAt } from './draft.ts'
import { type Lock, wordOf } from './locks.ts'
import { standIn } from './violations.ts'

export interface NearMiss {
  readonly name: string
  readonly can?: (lock: Lock) => boolean
  readonly room?: readonly [beforeM: number, afterM: number]
  /** It takes a second device. */
  readonly isOfTwo?: true
  /** Beside another one it would be a violation. */
  readonly isAlone?: true
  /** False where this way or place will not do. */
  apply(draft: Draft, alongM: number): boolean
}

const told = (name: string, event: SealEvent): NearMiss => ({
  name,
  can: lock => wordOf(lock.protocol, [event]) !== undefined,
  room: [2000, 2000],
  apply(draft, alongM) {
    tellAt(draft, mainOf(draft), alongM, event)
    return true
  },
})
const change = (name: string, apply: (draft: Draft) => void): NearMiss => ({
  name,
  apply(draft) {
    apply(draft)
    return true
  },
})
const wholeClock = (name: string, byMs: number): NearMiss => ({
  name,
  isAlone: true,
  // Of one device alone: two devices with different clocks are apart by what the truck drives meanwhile.
  apply(draft) {
    if (draft.devices.length > 1) return false
    draft.onDrive.push(truck => {
      mainOf(draft).clock = { span: [truck.leavesMs - 60 * MINUTE_MS, truck.arrivesMs + 60 * MINUTE_MS], byMs }
    })
    return true
  },
})
const forAWhile = (name: string, set: (draft: Draft, fromMs: number) => void, can?: NearMiss['can']): NearMiss => ({
  name,
  ...(can ? { can } : {}),
  room: [3000, 9000],
  apply(draft, alongM) {
    draft.onDrive.push(truck => set(draft, truck.whenMs(alongM)))
    return true
  },
})

export const NEAR_MISSES: readonly NearMiss[] = [
  { name: 'a stop of nine minutes', room: [2000, 2000], apply: (draft, alongM) => standAt(draft, alongM, 9 * MINUTE_MS) },
  {
    name: 'at the corridor’s edge, 1,080 m off the line',
    room: [2000, 12_000],
    apply(draft, alongM) {
      if (!isFree(draft, alongM, alongM + 14_000, 1080)) return false
      draft.onDrive.push(truck => {
        const fromMs = truck.whenMs(alongM)
        draft.beside.push({ fromMs, toMs: fromMs + 7 * MINUTE_MS, rampMs: MINUTE_MS, rightM: 1080 })
      })
      return true
    },
  },
  {
    name: 'two minutes in an area of another',
    apply: draft => standIn(draft, 'designated', 2) !== undefined,
  },
  forAWhile(
    'four minutes without a fix',
    (draft, fromMs) => {
      mainOf(draft).blind = [fromMs, fromMs + 4 * MINUTE_MS]
    },
    lock => lock.tellsFix,
  ),
  forAWhile('one fix kilometres off', (draft, fromMs) => {
    mainOf(draft).stray = [fromMs, fromMs + draft.everyMs]
  }),
  forAWhile('one report missing', (draft, fromMs) => {
    mainOf(draft).silent = [fromMs, fromMs + draft.everyMs]
  }),
  {
    name: 'a battery that goes down to 15 %',
    can: lock => lock.tellsBattery,
    apply(draft) {
      mainOf(draft).battery = [30, 15]
      return true
    },
  },
  told('a wrong password once', 'unseal-refused-wrong-password'),
  told('a card of the vehicle', 'vehicle-card'),
  told('vibration', 'vibration'),
  told('a shock', 'shock'),
  wholeClock('a clock 70 seconds slow', -70_000),
  wholeClock('a clock four minutes fast', 4 * MINUTE_MS),
  change('leaves eleven minutes after the time to leave', draft => {
    draft.departUntilAfterMs = -11 * MINUTE_MS
  }),
  change('arrives a minute and a half before the end of its window', draft => {
    draft.arriveUntilAfterMs = 90_000
  }),
  change('arrives just as its window begins', draft => {
    draft.arriveFromAfterMs = -1000
  }),
  {
    name: 'comes as fast as a truck can',
    isAlone: true,
    apply(draft) {
      draft.kmh = 112
      draft.isSteady = true
      draft.halts = []
      return true
    },
  },
  {
    name: 'moved within the area after it has arrived',
    isAlone: true,
    apply(draft) {
      draft.returns = { afterMs: 4 * MINUTE_MS, backM: 450 }
      return true
    },
  },
  change('high risk, opened by two officers', draft => {
    draft.risk = 'high'
  }),
  change('a gate that sees what was planned', draft => {
    const at = draft.way.at(0)
    draft.onDrive.push(truck =>
      draft.passages.push({
        id: `${draft.id}-gate-out`,
        gate: '출발지 게이트',
        lat: at.lat,
        lon: at.lon,
        atMs: second(truck.leavesMs + 30_000),
        direction: 'out',
        vehicle: '',
      }),
    )
  }),
  {
    name: 'two seals at one container',
    isOfTwo: true,
    apply(draft) {
      draft.addSecond()
      return true
    },
  },
  {
    name: 'a tractor with a device of its own',
    isOfTwo: true,
    apply: draft => draft.addTractor() !== undefined,
  },
  {
    name: 'a tractor that parks 240 m from its box',
    isOfTwo: true,
    apply(draft) {
      const rest = draft.way.serviceAreas.find(({ alongM }) => alongM > 15_000 && alongM < draft.way.lengthM - 15_000)
      const tractor = rest && draft.addTractor()
      if (!rest || !tractor) return false
      draft.halts = [{ atM: rest.alongM, forMs: 22 * MINUTE_MS }]
      draft.onDrive.push(truck => {
        const fromMs = truck.whenMs(rest.alongM) + 2 * MINUTE_MS
        tractor.away.push({ fromMs, toMs: fromMs + 16 * MINUTE_MS, rampMs: 2 * MINUTE_MS, rightM: 240 })
      })
      return true
    },
  },
]

/** Adds it where there is room; false where there is none. */
export function addNearMiss(draft: Draft, miss: NearMiss): boolean {
  if (miss.can && !miss.can(mainOf(draft).lock)) return false
  if (!miss.room) return miss.apply(draft, 0)
  for (let n = 0; n < 20; n++) {
    const alongM = draft.random.between(0.15, 0.85) * draft.way.lengthM
    if (isClear(draft, alongM, ...miss.room) && miss.apply(draft, alongM)) return true
  }
  return false
}
