// Could she have got there? A leg faster than 55 kn and longer than 1.5 km opens a second track under the number: the report is kept out of the picture and
// handed to the detectors as a stray, with how often in a row and how often the two tracks took turns. design/detectors.md §2 'Plausible motion'.
// When the first track is silent for long, or was itself only one report, the second becomes the ship.
import { distanceM } from '#base/index.ts'
import type { StrayReport } from '../detectors/contract.ts'
import type { Slot } from '../picture/columns.ts'
import type { Picture } from '../picture/picture.ts'
import type { PositionReport } from '../report.ts'
import { type BulkIn, type BulkOut, fill } from '../saving.ts'
import { STATION_CLASS } from '../schema.ts'
import { SecondTracks } from './second-tracks.ts'

const KNOT_MPS = 1852 / 3600
const MAX_LEG_KN = 55
const MAX_LEG_KN_AIRCRAFT = 600
const MIN_LEG_M = 1500
/** Two receivers' clocks may differ by this much: what a ship runs meanwhile is no jump between a report by one and a report by the other. */
const CLOCKS_APART_S = 300
/** What no ship says of her own speed and means it; 102.2 is the standard's 'or more'. */
const MAX_SOG_DECIKNOTS = 900
/** Beyond this inside the coast no sea ship is. */
const FAR_INLAND_NM = 3
/** The second track becomes the ship after this much silence of the first and this many reports in a row. */
const ADOPT_SILENCE_MS = 10 * 60_000
const ADOPT_IN_ROW = 5
export interface Coast {
  isLand(lat: number, lon: number): boolean
  isFartherThan(miles: number, lat: number, lon: number): boolean
}

/** `adopted`: the second track is the ship from now on (accept, with no previous place). */
export type Verdict = { readonly kind: 'accepted' } | { readonly kind: 'adopted' } | { readonly kind: 'stray'; readonly stray: StrayReport }

const ACCEPTED: Verdict = { kind: 'accepted' }
const ADOPTED: Verdict = { kind: 'adopted' }

export class Plausibility {
  readonly #picture: Picture
  readonly #coast: Coast | undefined
  readonly #second: SecondTracks
  /** Accepted reports of each ship's first track, counted to 255. */
  readonly #accepted: Uint8Array

  constructor(picture: Picture, coast: Coast | undefined) {
    this.#picture = picture
    this.#coast = coast
    this.#second = new SecondTracks(picture.capacity)
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
      isImpossibleLeg(picture.lat600k[slot]! / 600_000, picture.lon600k[slot]! / 600_000, before, lat, lon, report.sentAtMs, isShip) &&
      !(isShip && this.#isClocksFault(slot, report))
    if (!isJump) {
      if (isShip && report.sogDeciknots > MAX_SOG_DECIKNOTS && report.sogDeciknots !== 1023)
        return this.#stray(slot, report, 'impossible-speed')
      if (isShip && this.#coast?.isLand(lat, lon) && this.#coast.isFartherThan(FAR_INLAND_NM, lat, lon))
        return this.#stray(slot, report, 'far-inland')
      // A turn by the time of sending: a straggler of the first track from before the stray is none.
      if (this.#second.isLast(slot) && report.sentAtMs > this.#second.sentAtMs(slot)) this.#second.turnBack(slot, report.sentAtMs)
      if (this.#accepted[slot]! < 255) this.#accepted[slot]!++
      return ACCEPTED
    }
    const second = this.#second
    const continues =
      second.has(slot) &&
      !isImpossibleLeg(
        second.lat600k(slot) / 600_000,
        second.lon600k(slot) / 600_000,
        second.sentAtMs(slot),
        lat,
        lon,
        report.sentAtMs,
        isShip,
      )
    const steady = continues ? second.steady(slot) + 1 : 1
    const silence = report.sentAtMs - before
    // One single report was the stray, not she; or she has been gone from there for long.
    if (continues && ((this.#accepted[slot]! <= 1 && steady >= 2) || (steady >= ADOPT_IN_ROW && silence > ADOPT_SILENCE_MS))) {
      second.forget(slot)
      this.#accepted[slot] = 2
      return ADOPTED
    }
    return this.#stray(slot, report, continues ? 'second-track' : 'jump')
  }

  forget(slot: Slot): void {
    this.#second.forget(slot)
    this.#accepted[slot] = 0
  }

  save(out: BulkOut): unknown {
    const used = this.#picture.highWater
    return { second: this.#second.save(out, used), accepted: out.copy(this.#accepted.subarray(0, used)) } satisfies SavedPlausibility
  }
  restore(saved: unknown, from: BulkIn): void {
    const state = saved as SavedPlausibility
    this.#second.restore(state.second, from)
    fill(this.#accepted, from, state.accepted)
  }

  /** Near enough for her speed and the difference of two receivers' clocks. */
  #isClocksFault(slot: Slot, report: PositionReport): boolean {
    const picture = this.#picture
    if (picture.station[slot] === report.station && picture.feed[slot] === report.feed) return false
    const sog = Math.min(MAX_LEG_KN * 10, Math.max(knownSog(picture.sogDeciknots[slot]!), knownSog(report.sogDeciknots)))
    const metres = distanceM(
      picture.lat600k[slot]! / 600_000,
      picture.lon600k[slot]! / 600_000,
      report.lat600k / 600_000,
      report.lon600k / 600_000,
    )
    return metres <= MIN_LEG_M + (sog / 10) * KNOT_MPS * CLOCKS_APART_S
  }

  #stray(slot: Slot, report: PositionReport, reason: StrayReport['reason']): Verdict {
    const picture = this.#picture
    this.#second.add(slot, report, reason === 'second-track')
    return {
      kind: 'stray',
      stray: {
        report,
        reason,
        fromLat600k: picture.lat600k[slot]!,
        fromLon600k: picture.lon600k[slot]!,
        fromSentAtMs: picture.sentAtMs[slot]!,
        inRow: this.#second.inRow(slot),
        alternations: this.#second.turnsBefore(slot, report.sentAtMs),
      },
    }
  }
}

interface SavedPlausibility {
  readonly second: unknown
  readonly accepted: number
}

const knownSog = (deciknots: number): number => (deciknots === 1023 ? 0 : deciknots)

function isImpossibleLeg(lat1: number, lon1: number, at1Ms: number, lat2: number, lon2: number, at2Ms: number, isShip: boolean): boolean {
  const metres = distanceM(lat1, lon1, lat2, lon2)
  if (metres <= MIN_LEG_M) return false
  const seconds = Math.max(1, Math.abs(at2Ms - at1Ms) / 1000)
  return metres / seconds > (isShip ? MAX_LEG_KN : MAX_LEG_KN_AIRCRAFT) * KNOT_MPS
}
