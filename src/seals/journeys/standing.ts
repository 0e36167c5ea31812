// Where a journey stands, for screens and rows: from its state, what is open and how far along its corridor it is.
import { given } from '../given.ts'
import type { JourneyStanding, Violation } from '../schema.ts'
import type { CorridorLine } from './corridor.ts'
import type { JudgedJourney } from './judged.ts'
import { isOnTheWay } from './state.ts'
import { sideOf, wordOf } from './words.ts'

/** A truck drives about so fast on the whole: for the time of arrival where its own pace says nothing yet. */
const USUAL_KMH = 65

export interface StandsBy {
  readonly judged: JudgedJourney
  readonly corridor: CorridorLine
  /** When each seal was last heard, by our clock. */
  readonly heard: ReadonlyMap<string, number>
  readonly everBroken: boolean
}

export function standingOf({ judged, corridor, heard, everBroken }: StandsBy, open: readonly Violation[]): JourneyStanding {
  const { now, plan } = judged
  const side = sideOf(open, everBroken, isOnTheWay(now) && now.standing.sinceMs !== undefined, now.isSuspended)
  const remainingM = now.alongM === undefined ? undefined : Math.max(0, corridor.lengthM - now.alongM)
  const own = now.seals.filter(one => plan.seals.find(seal => seal.seal === one.seal)?.fitting !== 'tractor')
  const batteries = own.flatMap(one => one.batteryPercent ?? [])
  const heardAtMs = Math.max(...heard.values())
  return {
    journey: plan.id,
    state: now.state,
    side,
    word: wordOf(open, side),
    open,
    ...given({
      lat: now.lat,
      lon: now.lon,
      speedKmh: now.speedKmh,
      courseDeg: now.courseDeg,
      positionAtMs: now.atMs,
      heardAtMs: Number.isFinite(heardAtMs) ? heardAtMs : undefined,
      locked: own.length === 0 || own.every(one => one.locked === undefined) ? undefined : own.every(one => one.locked !== false),
      batteryPercent: batteries.length > 0 ? Math.min(...batteries) : undefined,
      progressM: now.alongM,
      remainingM,
      deviationM: now.offM,
      etaMs: etaOf(judged, corridor, remainingM),
      departedAtMs: now.departedAtMs,
      arrivedAtMs: now.arrivedAtMs,
    }),
  }
}

/** When it should be there: by its own pace since it left, or the usual one at first. */
function etaOf({ now, plan }: JudgedJourney, corridor: CorridorLine, remainingM: number | undefined): number | undefined {
  if (!isOnTheWay(now) || remainingM === undefined || now.atMs === undefined || now.departedAtMs === undefined) return undefined
  const drivenM = corridor.lengthM - remainingM
  const hours = (now.atMs - now.departedAtMs) / 3_600_000
  const own = hours > 0.25 ? drivenM / 1000 / hours : USUAL_KMH
  const kmh = Math.max(20, Math.min(100, own))
  return Math.round(Math.max(now.atMs, plan.departFromMs) + (remainingM / 1000 / kmh) * 3_600_000)
}
