// Sealed journeys of a day, by seed: who drives where, which seal speaks which protocol, and what happens to a few of them. What is not in the script does not happen, so
// that a watch over them can be held against it: each scripted violation found, and no other.
import { createRandom, type Random } from '../random.ts'
import { type Draft, type DraftDevice, type Ground, MINUTE_MS, second, takeStand } from './draft.ts'
import { CLOSE_MS, FIT_MS, finishDraft, type Leaving, truckOf } from './finish.ts'
import type { Script, SimJourney } from './journey.ts'
import { deviceIdOf, LOCK_PROTOCOLS, type Lock, lockOf, wordOf } from './locks.ts'
import { addNearMiss, NEAR_MISSES } from './near-misses.ts'
import { DEPOTS, type Depot } from './road-data.ts'
import { createRoads, type Way } from './roads.ts'
import { canBeLate, placeLate, placeTrouble, suitsLate, TROUBLES, type Trouble } from './violations.ts'

export interface JourneysOptions {
  readonly seed: number
  /** Trucks. */
  readonly count: number
  readonly startMs: number
  /** Journeys have left up to so long before the start; of the demo some leave afterwards. */
  readonly spreadMs: number
  /** And up to so long after it; default 0. */
  readonly aheadMs?: number
  /** Those that may happen; none: a quiet day. */
  readonly scripts: readonly Script[]
  /** One of so many journeys has a script. */
  readonly oneIn: number
  /** When the first scripted thing is found, so that something happens soon, */
  readonly firstMs?: number
  /** and the last one; those between are spread. Without it only the first has its moment. */
  readonly lastMs?: number
  /** Of which protocol the seals are, in turn. Those that cannot lock are fitted to tractors. */
  readonly protocols: readonly string[]
  /** Between two reports; default 30 s. */
  readonly everyMs?: number
  /** Trucks go on from journey to journey as long as one begins before. */
  readonly untilMs?: number
  readonly maxKm?: number
  /** Begins the numbers of journeys; default DEMO. */
  readonly prefix?: string
}

const MIN_KM = 25
const MAX_KM = 450
const EVERY_MS = 30_000
const CO_STOP_MS = 9 * MINUTE_MS
const BEHIND_MS = 80_000
/** What lies before the start is told by then. */
const SETTLED_MS = 5 * MINUTE_MS
const LATE_SHARE = 0.25
const SOON_MS = 60 * MINUTE_MS
const PAIR_SHARE = 0.03
/** 1: one as far from the next as any other; more: close at first, wider apart later. */
const CLOSE_AT_FIRST = 1.5
const NO_LOCK = `none of these protocols can lock; locks speak ${LOCK_PROTOCOLS.join(', ')}`
const roads = createRoads()

interface Wish {
  readonly script?: Script
  /** When it is to be found. */
  readonly atMs?: number
  readonly from?: Depot
  readonly device?: Pick<SimJourney, 'protocol' | 'deviceId'>
  readonly afterMs?: number
}

export function journeysOf(options: JourneysOptions): readonly SimJourney[] {
  const { seed, count, scripts, oneIn } = options
  const maker = createMaker(options)
  const made: SimJourney[] = []
  const wanted = scripts.length === 0 ? 0 : Math.ceil(count / oneIn)
  let told = 0
  for (let n = 0; n < count; n++) {
    const random = createRandom(seed * 1_000_003 + n * 7919)
    const script = scripts.length > 0 && n >= told * oneIn ? scripts[told % scripts.length] : undefined
    const atMs = script === undefined ? undefined : momentOf(options, told, wanted)
    if (script !== undefined) told++
    const isPair = n + 1 < count && (script === 'co-stop' || (script === undefined && random.next() < PAIR_SHARE))
    if (isPair) {
      const pair = maker.together(n, random, script === 'co-stop', atMs)
      made.push(...pair)
      if (pair.length > 0) n++
      continue
    }
    const able = script === undefined || script === 'co-stop' ? undefined : script
    let journey = maker.single(n, 1, random, { ...(able ? { script: able } : {}), ...(atMs === undefined ? {} : { atMs }) })
    for (let leg = 2; options.untilMs !== undefined; leg++) {
      const afterMs = second(journey.closedMs + FIT_MS + random.between(8, 45) * MINUTE_MS)
      const next =
        afterMs < options.untilMs
          ? maker.single(n, leg, random, { from: depotNamed(journey.plan.destination.name), device: journey, afterMs })
          : undefined
      made.push(next ? handedOn(journey, next.fittedMs) : journey)
      if (!next) break
      journey = next
    }
    if (options.untilMs === undefined) made.push(journey)
  }
  return made
}

const handedOn = (journey: SimJourney, saysUntilMs: number): SimJourney => ({
  ...journey,
  saysUntilMs,
  others: journey.others.map(one => ({ ...one, saysUntilMs })),
})
const depotNamed = (name: string): Depot => DEPOTS.find(one => one.name === name)!
function momentOf({ firstMs, lastMs, seed }: JourneysOptions, told: number, wanted: number): number | undefined {
  if (firstMs === undefined || (told > 0 && lastMs === undefined)) return undefined
  if (told === 0 || lastMs === undefined) return firstMs
  const place = (told + createRandom(seed * 31 + told).between(-0.4, 0.4)) / Math.max(1, wanted)
  return firstMs + place ** CLOSE_AT_FIRST * (lastMs - firstMs)
}

function createMaker({ startMs, spreadMs, aheadMs = 0, protocols, everyMs = EVERY_MS, maxKm = MAX_KM, prefix = 'DEMO' }: JourneysOptions) {
  const locks = protocols.flatMap(name => lockOf(name) ?? [])
  if (locks.length === 0) throw new RangeError(NO_LOCK)
  const trackers = protocols.filter(name => !lockOf(name))
  const ground: Ground = { roads, stands: [] }

  const wayFor = (random: Random, minKm: number, suits: (way: Way) => boolean, from?: Depot) => {
    for (let tries = 0; tries < 400; tries++) {
      const origin = from ?? random.pick(DEPOTS)
      const destination = random.pick(DEPOTS)
      if (!origin.isPort && !destination.isPort && tries < 200) continue
      const way = roads.way(origin.at, destination.at)
      if (way && way.lengthM >= minKm * 1000 && way.lengthM <= maxKm * 1000 && suits(way)) return { origin, destination, way }
    }
    return undefined
  }
  const fitted = (protocol: string, deviceId: string, fitting: DraftDevice['fitting'], random: Random): DraftDevice => {
    const lock = fitting === 'tractor' ? undefined : lockOf(protocol)
    return {
      protocol,
      deviceId,
      fitting,
      ...(lock ? { lock } : {}),
      events: [],
      battery: [random.between(70, 99), random.between(52, 69)],
      away: [],
    }
  }
  const draftOf = (n: number, id: string, random: Random, way: Way, main: Pick<SimJourney, 'protocol' | 'deviceId'>): Draft => {
    const rest = way.serviceAreas.find(({ alongM }) => alongM > 60_000 && alongM < way.lengthM - 15_000)
    const devices = [fitted(main.protocol, main.deviceId, 'container', random)]
    const add = (protocol: string, fitting: 'second' | 'tractor'): DraftDevice => {
      const device = fitted(protocol, deviceIdOf(protocol, 100_000 * devices.length + n), fitting, random)
      devices.push(device)
      return device
    }
    return {
      id,
      random,
      way,
      ground,
      everyMs,
      devices,
      addTractor(able) {
        const names = able ? protocols.filter(name => able.includes(name)) : trackers.length > 0 ? trackers : protocols
        return names.length === 0 ? undefined : add(random.pick(names), 'tractor')
      },
      addSecond: () => void add(main.protocol, 'second'),
      kmh: random.between(66, 88),
      isSteady: false,
      halts: rest ? [{ atM: rest.alongM, forMs: random.between(12, 26) * MINUTE_MS }] : [],
      beside: [],
      departUntilAfterMs: random.between(15, 60) * MINUTE_MS,
      arriveFromAfterMs: undefined,
      arriveUntilAfterMs: random.between(35, 100) * MINUTE_MS,
      risk: random.pick(['low', 'medium', 'medium']),
      convoy: undefined,
      unheardMs: 0,
      onDrive: [],
      passages: [],
    }
  }
  const lockFor = (n: number, can: (lock: Lock) => boolean): Lock | undefined =>
    [locks[n % locks.length]!, ...locks].find(lock => can(lock))
  const canTell = (script: Exclude<Script, 'co-stop'>): boolean =>
    script === 'seal-removed' ? protocols.some(name => wordOf(name, ['removed'])) : locks.some(lock => TROUBLES[script].can?.(lock) ?? true)
  const idOf = (n: number, leg: number): string => `${prefix}-${String(n + 1).padStart(4, '0')}${leg === 1 ? '' : `-${leg}`}`
  const leavesAt = (random: Random): number => startMs + random.between(-spreadMs, aheadMs)

  /** With a script: where and when it happens; undefined where this way will not do. */
  const troubled = (
    n: number,
    id: string,
    random: Random,
    { script, atMs }: { readonly script: Exclude<Script, 'co-stop'>; readonly atMs?: number },
  ): SimJourney | undefined => {
    const trouble: Trouble = TROUBLES[script]
    // Who watches its beginning is to hear of something soon.
    const isSoon = atMs !== undefined && atMs < startMs + SOON_MS
    const isLate = canBeLate(script) && random.next() < LATE_SHARE && !isSoon
    const minKm = Math.max(MIN_KM, trouble.minKm ?? (trouble.room ? 45 : MIN_KM))
    const going = wayFor(random, minKm, way => (isLate ? suitsLate(way) : (trouble.suits?.(way) ?? true)))
    if (!going) return undefined
    const { origin, destination, way } = going
    const lock = lockFor(n, lock => trouble.can?.(lock) ?? true)
    if (!lock) return undefined
    const draft = draftOf(n, id, random, way, { protocol: lock.protocol, deviceId: deviceIdOf(lock.protocol, n) })
    const alongM = isLate ? placeLate(draft, trouble) : placeTrouble(draft, trouble)
    if (alongM === undefined) return undefined
    const paceSeed = Math.floor(random.between(1, 1e9))
    const foundIn = (leavesMs: number): number => {
      const truck = truckOf(draft, { leavesMs, paceSeed })
      return trouble.found?.(draft, truck, alongM) ?? truck.whenMs(alongM)
    }
    const leavesMs = second(atMs === undefined ? leavesAt(random) : atMs - foundIn(0))
    const journey = finishDraft(draft, { n, origin, destination, leavesMs, paceSeed, nearMisses: [] })
    return { ...journey, script, scriptMs: foundIn(leavesMs), ...(isLate ? { isLate: true } : {}) }
  }

  const plain = (n: number, id: string, random: Random, { from, device, afterMs }: Wish): SimJourney => {
    const going = wayFor(random, MIN_KM, () => true, from)
    if (!going) throw new RangeError(`no way of ${MIN_KM} to ${maxKm} km from ${from?.name ?? 'anywhere'}`)
    const { origin, destination, way } = going
    const protocol = device?.protocol ?? locks[n % locks.length]!.protocol
    const draft = draftOf(n, id, random, way, { protocol, deviceId: device?.deviceId ?? deviceIdOf(protocol, n) })
    const nearMisses: string[] = []
    let isAlone = false
    const wantedMs = afterMs ?? leavesAt(random)
    // The past is told device after device: between two of one journey it would look odd for a moment.
    const isPast = wantedMs - FIT_MS < startMs
    for (const miss of [random.pick(NEAR_MISSES), random.pick(NEAR_MISSES)]) {
      const isSecond = nearMisses.length > 0
      if ((isPast && miss.isOfTwo) || (isSecond && (isAlone || miss.isAlone || miss.room || nearMisses.includes(miss.name)))) continue
      if (!addNearMiss(draft, miss)) continue
      nearMisses.push(miss.name)
      isAlone = miss.isAlone === true
    }
    const paceSeed = Math.floor(random.between(1, 1e9))
    // Nobody's journey is over when the watch begins.
    const lastsMs = truckOf(draft, { leavesMs: 0, paceSeed }).arrivesMs + CLOSE_MS
    const earliestMs = startMs + SETTLED_MS - lastsMs
    const leavesMs = second(wantedMs < earliestMs ? random.between(earliestMs, startMs) : wantedMs)
    return finishDraft(draft, { n, origin, destination, leavesMs, paceSeed, nearMisses })
  }

  return {
    single(n: number, leg: number, random: Random, wish: Wish): SimJourney {
      const { script, atMs } = wish
      // What none of the seals can tell does not happen.
      if (script !== undefined && script !== 'co-stop' && canTell(script))
        for (let tries = 0; tries < 60; tries++) {
          const journey = troubled(n, idOf(n, leg), random, { script, ...(atMs === undefined ? {} : { atMs }) })
          if (journey) return journey
        }
      return plain(n, idOf(n, leg), random, wish)
    },
    /** Two trucks, one behind the other, that stand together for a while: a co-stop, or a convoy that may. */
    together(n: number, random: Random, isScript: boolean, atMs?: number): readonly SimJourney[] {
      for (let tries = 0; tries < 40; tries++) {
        const going = wayFor(random, 45, () => true)
        if (!going) return []
        const { origin, destination, way } = going
        const drafts = [n, n + 1].map(one => {
          const { protocol } = locks[one % locks.length]!
          return draftOf(one, idOf(one, 1), random, way, { protocol, deviceId: deviceIdOf(protocol, one) })
        })
        const alongM = placeTrouble(drafts[0]!, {
          room: [2000, 2000],
          apply: takeStand,
        })
        if (alongM === undefined) continue
        const paceSeed = Math.floor(random.between(1, 1e9))
        for (const draft of drafts) {
          draft.kmh = drafts[0]!.kmh
          draft.halts = [{ atM: alongM, forMs: CO_STOP_MS }]
          if (!isScript) draft.convoy = `${idOf(n, 1)}-convoy`
        }
        const stoodIn = BEHIND_MS + 5 * MINUTE_MS
        const at = (leavesMs: number): number => truckOf(drafts[0]!, { leavesMs, paceSeed }).whenMs(alongM) + stoodIn
        const leavesMs = second(atMs === undefined ? leavesAt(random) : atMs - at(0))
        return drafts.map((draft, k) => {
          const leaving: Leaving = {
            n: n + k,
            origin,
            destination,
            leavesMs: leavesMs + k * BEHIND_MS,
            paceSeed,
            nearMisses: [isScript ? `stands together with ${idOf(n + 1 - k, 1)}` : 'a convoy that stands together'],
          }
          const journey = finishDraft(draft, leaving)
          // The situation is about both; it is told of the one that is first by its number.
          return isScript && k === 0 ? { ...journey, script: 'co-stop' as const, scriptMs: at(leavesMs) } : journey
        })
      }
      return []
    },
  }
}
