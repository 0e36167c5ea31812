// Could she have got there? A leg faster than 55 kn and longer than 1.5 km opens a second track under the number: the report is kept out of the picture and
// handed to the detectors as a stray, with how often in a row and how often the two tracks took turns. design/detectors.md §2 'Plausible motion'.
// When the first track is silent for long, or was itself only one report, the second becomes the ship.
import { distanceM } from '#base/index.ts'
import type { StrayReport } from '../detectors/contract.ts'
import type { Slot } from '../picture/columns.ts'
import type { Picture } from '../picture/picture.ts'
import { type PositionReport, STATION_CLASS } from '../report.ts'

const KNOT_MPS = 1852 / 3600
const MAX_LEG_KN = 55
const MAX_LEG_KN_AIRCRAFT = 600
const MIN_LEG_M = 1500
/** What no ship says of her own speed and means it; 102.2 is the standard's 'or more'. */
const MAX_SOG_DECIKNOTS = 900
/** Beyond this inside the coast no sea ship is. */
const FAR_INLAND_NM = 3
/** The second track becomes the ship after this much silence of the first and this many reports in a row. */
const ADOPT_SILENCE_MS = 10 * 60_000
const ADOPT_IN_ROW = 5
const TURNS_WINDOW_MS = 30 * 60_000
const TURNS_KEPT = 8

interface SecondTrack {
  lat600k: number
  lon600k: number
  sentAtMs: number
  /** Strays since the last report of the first track. */
  inRow: number
  /** Of these, how many could be one hull's. */
  steady: number
  /** Times of the last changes between the tracks, newest last. */
  turns: number[]
  lastWasSecond: boolean
}

export interface Coast {
  isLand(lat: number, lon: number): boolean
  milesOffshore(lat: number, lon: number): number
}

/** `adopted`: the second track is the ship from now on (accept, with no previous place). */
export type Verdict = { readonly kind: 'accepted' } | { readonly kind: 'adopted' } | { readonly kind: 'stray'; readonly stray: StrayReport }

const ACCEPTED: Verdict = { kind: 'accepted' }
const ADOPTED: Verdict = { kind: 'adopted' }

export class Plausibility {
  readonly #picture: Picture
  readonly #coast: Coast | undefined
  readonly #second = new Map<Slot, SecondTrack>()
  /** Accepted reports of each ship's first track, counted to 255. */
  readonly #accepted: Uint8Array

  constructor(picture: Picture, coast: Coast | undefined) {
    this.#picture = picture
    this.#coast = coast
    this.#accepted = new Uint8Array(picture.capacity)
  }

  /** Too far from the ship's place to be hers at the same moment. */
  isElsewhere(slot: Slot, report: PositionReport): boolean {
    const { lat600k, lon600k } = this.#picture
    const [lat, lon] = [report.lat600k / 600_000, report.lon600k / 600_000]
    return distanceM(lat600k[slot]! / 600_000, lon600k[slot]! / 600_000, lat, lon) > MIN_LEG_M
  }

  /** Judges a report that is newer than the ship's place in the picture. */
  judge(slot: Slot, report: PositionReport): Verdict {
    const picture = this.#picture
    const lat = report.lat600k / 600_000
    const lon = report.lon600k / 600_000
    const isShip = report.stationClass !== STATION_CLASS.SAR_AIRCRAFT && report.stationClass !== STATION_CLASS.BASE_STATION
    const before = picture.sentAtMs[slot]!
    const isJump =
      before !== 0 &&
      isImpossibleLeg(picture.lat600k[slot]! / 600_000, picture.lon600k[slot]! / 600_000, before, lat, lon, report.sentAtMs, isShip)
    if (!isJump) {
      if (isShip && report.sogDeciknots > MAX_SOG_DECIKNOTS && report.sogDeciknots !== 1023)
        return this.#stray(slot, report, 'impossible-speed')
      if (isShip && this.#coast?.isLand(lat, lon) && this.#coast.milesOffshore(lat, lon) > FAR_INLAND_NM)
        return this.#stray(slot, report, 'far-inland')
      const second = this.#second.get(slot)
      // A turn by the time of sending: a straggler of the first track from before the stray is none.
      if (second?.lastWasSecond && report.sentAtMs > second.sentAtMs) this.#turn(second, report.sentAtMs, false)
      if (this.#accepted[slot]! < 255) this.#accepted[slot]!++
      return ACCEPTED
    }
    const second = this.#second.get(slot)
    const continues =
      second && !isImpossibleLeg(second.lat600k / 600_000, second.lon600k / 600_000, second.sentAtMs, lat, lon, report.sentAtMs, isShip)
    const steady = continues ? second.steady + 1 : 1
    const silence = report.sentAtMs - before
    // One single report was the stray, not she; or she has been gone from there for long.
    if (continues && ((this.#accepted[slot]! <= 1 && steady >= 2) || (steady >= ADOPT_IN_ROW && silence > ADOPT_SILENCE_MS))) {
      this.#second.delete(slot)
      this.#accepted[slot] = 2
      return ADOPTED
    }
    return this.#stray(slot, report, continues ? 'second-track' : 'jump')
  }

  forget(slot: Slot): void {
    this.#second.delete(slot)
    this.#accepted[slot] = 0
  }

  save(): unknown {
    return { second: [...this.#second], accepted: this.#accepted.slice(0, this.#picture.highWater) }
  }
  restore(saved: unknown): void {
    const state = saved as { second: [Slot, SecondTrack][]; accepted: Uint8Array }
    for (const [slot, second] of state.second) this.#second.set(slot, second)
    this.#accepted.set(state.accepted.subarray(0, this.#accepted.length))
  }

  #stray(slot: Slot, report: PositionReport, reason: StrayReport['reason']): Verdict {
    let second = this.#second.get(slot)
    if (!second) {
      second = { lat600k: 0, lon600k: 0, sentAtMs: 0, inRow: 0, steady: 0, turns: [], lastWasSecond: false }
      this.#second.set(slot, second)
    }
    if (!second.lastWasSecond) this.#turn(second, report.sentAtMs, true)
    second.inRow++
    second.steady = reason === 'second-track' ? second.steady + 1 : 1
    second.lat600k = report.lat600k
    second.lon600k = report.lon600k
    second.sentAtMs = report.sentAtMs
    const picture = this.#picture
    return {
      kind: 'stray',
      stray: {
        report,
        reason,
        fromLat600k: picture.lat600k[slot]!,
        fromLon600k: picture.lon600k[slot]!,
        fromSentAtMs: picture.sentAtMs[slot]!,
        inRow: second.inRow,
        alternations: second.turns.filter(atMs => report.sentAtMs - atMs <= TURNS_WINDOW_MS).length,
      },
    }
  }

  #turn(second: SecondTrack, atMs: number, isSecond: boolean): void {
    second.turns.push(atMs)
    if (second.turns.length > TURNS_KEPT) second.turns.shift()
    second.lastWasSecond = isSecond
    if (!isSecond) second.inRow = second.steady = 0
  }
}

function isImpossibleLeg(lat1: number, lon1: number, at1Ms: number, lat2: number, lon2: number, at2Ms: number, isShip: boolean): boolean {
  const metres = distanceM(lat1, lon1, lat2, lon2)
  if (metres <= MIN_LEG_M) return false
  const seconds = Math.max(1, Math.abs(at2Ms - at1Ms) / 1000)
  return metres / seconds > (isShip ? MAX_LEG_KN : MAX_LEG_KN_AIRCRAFT) * KNOT_MPS
}
