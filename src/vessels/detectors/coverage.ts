// Who is heard where: is a ship's silence hers, or ours? Each ship's own share of reports heard over her last 30 minutes, and whether others of the same
// station went on being heard around her. design/detectors.md §2 'Coverage model'. About 130 bytes a slot.
import { METRES_PER_NAUTICAL_MILE } from '#base/index.ts'
import type { PictureColumns, Slot } from '../picture/columns.ts'
import { NETWORK, type PositionReport } from '../report.ts'
import type { Coverage } from './contract.ts'

const INTERVALS = 20
const BUCKET_MS = 5 * 60_000
const BUCKETS = 6
const GOOD_SHARE = 0.85
/** A ship must have been followed this long before her share means anything. */
const MIN_FOLLOWED_MS = 20 * 60_000
const NEIGHBOURS = 2
const NEIGHBOUR_M = 15 * METRES_PER_NAUTICAL_MILE
/** A neighbour counts as heard since when her report is this much younger than the silent ship's last. */
const SINCE_MS = 2 * 60_000
const MAX_GAP_MS = 3 * 3_600_000

export interface CoverageModel extends Coverage {
  onReport(slot: Slot, now: PositionReport, previous: PositionReport): void
  onForget(slot: Slot): void
  save(): unknown
  restore(state: unknown): void
}

/** `isStationAlive` is the station-silent detector's knowledge. */
export function createCoverage(picture: PictureColumns, isStationAlive: (station: number, nowMs: number) => boolean): CoverageModel {
  const intervals = new Float32Array(picture.capacity * INTERVALS)
  const taken = new Uint32Array(picture.capacity)
  const median = new Float32Array(picture.capacity)
  const heard = new Uint16Array(picture.capacity * BUCKETS)
  const missed = new Uint16Array(picture.capacity * BUCKETS)
  const bucket = new Uint32Array(picture.capacity)
  const first = new Float64Array(picture.capacity)
  const sorted = new Float32Array(INTERVALS)

  const medianOf = (slot: Slot): number => {
    const n = Math.min(taken[slot]!, INTERVALS)
    const window = sorted.subarray(0, n)
    window.set(intervals.subarray(slot * INTERVALS, slot * INTERVALS + n))
    window.sort()
    return window[n >> 1] ?? 0
  }

  const turnTo = (slot: Slot, now: number): void => {
    const behind = now - bucket[slot]!
    if (behind <= 0) return
    for (let n = 1; n <= Math.min(behind, BUCKETS); n++)
      heard[slot * BUCKETS + ((bucket[slot]! + n) % BUCKETS)] = missed[slot * BUCKETS + ((bucket[slot]! + n) % BUCKETS)] = 0
    bucket[slot] = now
  }

  const onReport = (slot: Slot, now: PositionReport, previous: PositionReport): void => {
    if (first[slot] === 0) first[slot] = now.sentAtMs
    if (previous.sentAtMs === 0) return
    const gap = now.sentAtMs - previous.sentAtMs
    if (gap <= 0) return
    const usual = median[slot]!
    turnTo(slot, Math.floor(now.sentAtMs / BUCKET_MS))
    const at = slot * BUCKETS + (bucket[slot]! % BUCKETS)
    heard[at]!++
    if (usual > 0) missed[at] = Math.min(65_535, missed[at]! + Math.max(0, Math.round(Math.min(gap, MAX_GAP_MS) / usual) - 1))
    intervals[slot * INTERVALS + (taken[slot]! % INTERVALS)] = gap
    taken[slot]!++
    // The median moves slowly: it is worked out for every fourth report once the ring is full.
    if (taken[slot]! < INTERVALS || taken[slot]! % 4 === 0) median[slot] = medianOf(slot)
  }

  return {
    onReport,
    onForget(slot) {
      taken[slot] = median[slot] = bucket[slot] = first[slot] = 0
      heard.fill(0, slot * BUCKETS, (slot + 1) * BUCKETS)
      missed.fill(0, slot * BUCKETS, (slot + 1) * BUCKETS)
    },
    firstHeardMs: slot => first[slot]!,
    expectedIntervalMs: slot => median[slot]!,
    isStationAlive,
    isGoodFor(slot, nowMs) {
      const last = picture.sentAtMs[slot]!
      if (picture.network[slot] === NETWORK.SATELLITE || last - first[slot]! < MIN_FOLLOWED_MS) return false
      let sumHeard = 0
      let sumMissed = 0
      for (let n = 0; n < BUCKETS; n++) {
        sumHeard += heard[slot * BUCKETS + n]!
        sumMissed += missed[slot * BUCKETS + n]!
      }
      if (sumHeard === 0 || sumHeard / (sumHeard + sumMissed) < GOOD_SHARE) return false
      if (!isStationAlive(picture.station[slot]!, nowMs)) return false
      let neighbours = 0
      picture.forEachNear(picture.lat600k[slot]! / 600_000, picture.lon600k[slot]! / 600_000, NEIGHBOUR_M, other => {
        if (
          other !== slot &&
          picture.station[other] === picture.station[slot] &&
          picture.network[other] !== NETWORK.SATELLITE &&
          picture.sentAtMs[other]! > last + SINCE_MS
        )
          neighbours++
      })
      return neighbours >= NEIGHBOURS
    },
    save() {
      const used = picture.highWater
      return {
        intervals: intervals.slice(0, used * INTERVALS),
        taken: taken.slice(0, used),
        median: median.slice(0, used),
        heard: heard.slice(0, used * BUCKETS),
        missed: missed.slice(0, used * BUCKETS),
        bucket: bucket.slice(0, used),
        first: first.slice(0, used),
      }
    },
    restore(state) {
      const saved = state as {
        intervals: Float32Array
        taken: Uint32Array
        median: Float32Array
        heard: Uint16Array
        missed: Uint16Array
        bucket: Uint32Array
        first: Float64Array
      }
      intervals.set(saved.intervals)
      taken.set(saved.taken)
      median.set(saved.median)
      heard.set(saved.heard)
      missed.set(saved.missed)
      bucket.set(saved.bucket)
      first.set(saved.first)
    },
  }
}
