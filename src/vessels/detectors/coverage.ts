// Who is heard where: is a ship's silence hers, or ours? Good coverage is: 85 % of her own expected reports heard over her last 30 minutes, every source that
// brought her alive, the cells where she would be now not known as bad, and two others of the same source heard since around her.
// design/detectors.md §2 'Coverage model'. About 160 bytes a slot, and the map (coverage-map.ts).
import { angleBetweenDeg, bearingDeg, METRES_PER_NAUTICAL_MILE, offset } from '#base/index.ts'
import type { PictureColumns, Slot } from '../picture/columns.ts'
import { NETWORK, type PositionReport } from '../report.ts'
import { type BulkIn, type BulkOut, fill } from '../saving.ts'
import { STATION_CLASS } from '../schema.ts'
import type { Coverage, StationLife } from './contract.ts'
import type { CoverageMap } from './coverage-map.ts'
import { type HeardBy, middleHeard, type Source, sourceOf } from './heard-by.ts'

const MINUTE_MS = 60_000
const INTERVALS = 20
const BUCKET_MS = 5 * MINUTE_MS
const BUCKETS = 6
const GOOD_SHARE = 0.85
/** The map is wider than a ship's own half hour and counts all ships: only a plainly bad cell speaks against a silence. */
const BAD_SHARE = 0.6
/** A ship must have been followed this long before her share means anything. */
const MIN_FOLLOWED_MS = 20 * MINUTE_MS
const NEIGHBOURS = 2
const NEIGHBOUR_M = 15 * METRES_PER_NAUTICAL_MILE
/** A neighbour counts as heard since when her report is this much younger than the silent ship's last. */
const SINCE_MS = 2 * MINUTE_MS
/** A source that brought her within this of her last report is one of hers. */
const HERS_MS = 30 * MINUTE_MS
const MAX_GAP_MS = 3 * 3_600_000
const NA_COG = 3600
const NA_SOG = 1023
/** A source whose cells are fewer is not known well enough to say where its hearing ends. */
const ENOUGH_CELLS = 60
const NEAR_COAST_NM = 12
const OUTWARDS_DEG = 90
/** Where somebody should have been heard were she inside, miles ahead and to the side: beyond her own cell. */
const AHEAD_NM = [8, 14, 20]
const BESIDE_NM = [-6, 0, 6]
/** Reports that a ship gone for good counts as missed ahead of her: enough to make a cell known. */
const MISSED_AHEAD = 10

export interface CoverageModel extends Coverage {
  onReport(slot: Slot, now: PositionReport, previous: PositionReport): void
  /** A copy of a known report came by another way. */
  onCopy(slot: Slot, station: number, feed: number, sentAtMs: number): void
  onForget(slot: Slot): void
  save(out: BulkOut): unknown
  restore(state: unknown, from: BulkIn): void
}

interface CoverageGround {
  readonly picture: PictureColumns
  readonly heardBy: HeardBy
  readonly map: CoverageMap
  readonly stations: StationLife
  milesOffshore(lat: number, lon: number): number
}

export function createCoverage({ picture, heardBy, map, stations, milesOffshore }: CoverageGround): CoverageModel {
  const intervals = new Float32Array(picture.capacity * INTERVALS)
  const taken = new Uint32Array(picture.capacity)
  const median = new Float32Array(picture.capacity)
  const heard = new Uint16Array(picture.capacity * BUCKETS)
  const missed = new Uint16Array(picture.capacity * BUCKETS)
  const bucket = new Uint32Array(picture.capacity)
  const first = new Float64Array(picture.capacity)
  const sorted = new Float32Array(INTERVALS)
  /** What is saved, with how many values a slot has. */
  const columns = [
    [intervals, INTERVALS],
    [taken, 1],
    [median, 1],
    [heard, BUCKETS],
    [missed, BUCKETS],
    [bucket, 1],
    [first, 1],
  ] as const
  /** By source: the newest report that was judged. */
  let judged = new Float64Array(64)

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

  /** Counts her own share and moves her median; gives the reports missed since the one before. */
  const count = (slot: Slot, now: PositionReport, gap: number): number => {
    const usual = median[slot]!
    turnTo(slot, Math.floor(now.sentAtMs / BUCKET_MS))
    const at = slot * BUCKETS + (bucket[slot]! % BUCKETS)
    heard[at]!++
    const lost = usual > 0 ? Math.max(0, Math.round(Math.min(gap, MAX_GAP_MS) / usual) - 1) : 0
    missed[at] = Math.min(65_535, missed[at]! + lost)
    intervals[slot * INTERVALS + (taken[slot]! % INTERVALS)] = gap
    taken[slot]!++
    // The median moves slowly: it is worked out for every fourth report once the ring is full.
    if (taken[slot]! < INTERVALS || taken[slot]! % 4 === 0) median[slot] = medianOf(slot)
    return lost
  }

  const ownShare = (slot: Slot): number => {
    let sumHeard = 0
    let sumMissed = 0
    for (let n = 0; n < BUCKETS; n++) {
      sumHeard += heard[slot * BUCKETS + n]!
      sumMissed += missed[slot * BUCKETS + n]!
    }
    return sumHeard === 0 ? 0 : sumHeard / (sumHeard + sumMissed)
  }

  const isKnownBad = (slot: Slot, nowMs: number): boolean => {
    const { lat600k, lon600k } = placeAfter(picture, slot, nowMs - picture.sentAtMs[slot]!)
    const isClassB = picture.stationClass[slot] === STATION_CLASS.B
    let best = Number.NaN
    heardBy.every(slot, (source, lastMs) => {
      if (picture.sentAtMs[slot]! - lastMs > HERS_MS) return true
      const share = map.share(lat600k, lon600k, source, isClassB, nowMs / 1000)
      if (!(share <= best)) best = Number.isNaN(share) ? best : share
      return true
    })
    return best < BAD_SHARE
  }

  /**
   * She was leaving: away from the middle of what her source hears, and nobody was heard ahead of her since a day. Only where enough is known of the source, and
   * not near the coast, where ahead of her is land.
   */
  const isLeaving = (slot: Slot, source: Source, nowMs: number): boolean => {
    if (map.cellsOf(source) < ENOUGH_CELLS) return false
    const [lat, lon, course] = [picture.lat600k[slot]! / 600_000, picture.lon600k[slot]! / 600_000, picture.cogDecidegrees[slot]! / 10]
    if (course >= 360 || milesOffshore(lat, lon) < NEAR_COAST_NM) return false
    const middle = middleHeard(picture, heardBy, source, picture.sentAtMs[slot]! - HERS_MS)
    if (!middle || angleBetweenDeg(bearingDeg(middle.lat, middle.lon, lat, lon), course) > OUTWARDS_DEG) return false
    for (const ahead of AHEAD_NM)
      for (const beside of BESIDE_NM) {
        const on = offset(lat, lon, course, ahead * METRES_PER_NAUTICAL_MILE)
        const there = offset(on.lat, on.lon, course + 90, beside * METRES_PER_NAUTICAL_MILE)
        if (map.isHeard(there.lat * 600_000, there.lon * 600_000, source, nowMs / 1000)) return false
      }
    return true
  }

  const hasNeighbours = (slot: Slot): boolean => {
    const lastMs = picture.sentAtMs[slot]!
    const source = sourceOf(picture.station[slot]!, picture.feed[slot]!)
    let neighbours = 0
    picture.forEachNear(picture.lat600k[slot]! / 600_000, picture.lon600k[slot]! / 600_000, NEIGHBOUR_M, other => {
      if (other !== slot && heardBy.lastMs(other, source) > lastMs + SINCE_MS) neighbours++
    })
    return neighbours >= NEIGHBOURS
  }

  return {
    onReport(slot, now, previous) {
      if (first[slot] === 0) first[slot] = now.sentAtMs
      const isCoast = now.network === NETWORK.COAST
      const source = isCoast ? sourceOf(now.station, now.feed) : 0
      if (isCoast) heardBy.note(slot, source, now.sentAtMs)
      if (source >= judged.length) judged = grown(judged, source)
      if (now.sentAtMs > judged[source]!) judged[source] = now.sentAtMs
      const gap = now.sentAtMs - previous.sentAtMs
      // An interval is of one network: what lies between a pass of a satellite and a coast station is nobody's rhythm.
      if (previous.sentAtMs === 0 || gap <= 0 || now.network !== previous.network) return
      const lost = count(slot, now, gap)
      if (!isCoast) return
      const isClassB = now.stationClass === STATION_CLASS.B
      heardBy.every(slot, (one, lastMs) => {
        if (now.sentAtMs - lastMs <= HERS_MS)
          map.note(now.lat600k, now.lon600k, one, isClassB, one === source ? 1 : 0, 1 + lost, Math.floor(now.sentAtMs / 1000))
        return true
      })
    },
    onCopy(slot, station, feed, sentAtMs) {
      if (picture.network[slot] !== NETWORK.COAST || picture.sentAtMs[slot] === 0) return
      const source = sourceOf(station, feed)
      const isNew = sentAtMs - heardBy.lastMs(slot, source) > HERS_MS
      heardBy.note(slot, source, sentAtMs)
      const isClassB = picture.stationClass[slot] === STATION_CLASS.B
      map.note(picture.lat600k[slot]!, picture.lon600k[slot]!, source, isClassB, 1, isNew ? 1 : 0, Math.floor(sentAtMs / 1000))
    },
    onForget(slot) {
      taken[slot] = median[slot] = bucket[slot] = first[slot] = 0
      heard.fill(0, slot * BUCKETS, (slot + 1) * BUCKETS)
      missed.fill(0, slot * BUCKETS, (slot + 1) * BUCKETS)
    },
    firstHeardMs: slot => first[slot]!,
    expectedIntervalMs: slot => median[slot]!,
    judgedUpToMs: source => judged[source] ?? 0,
    isGoodFor(slot, nowMs) {
      const lastMs = picture.sentAtMs[slot]!
      if (picture.network[slot] === NETWORK.SATELLITE || lastMs - first[slot]! < MIN_FOLLOWED_MS) return false
      if (ownShare(slot) < GOOD_SHARE) return false
      if (!heardBy.every(slot, (source, heardMs) => lastMs - heardMs > HERS_MS || stations.isAlive(source, nowMs))) return false
      if (isKnownBad(slot, nowMs) || !hasNeighbours(slot)) return false
      return !isLeaving(slot, sourceOf(picture.station[slot]!, picture.feed[slot]!), nowMs)
    },
    vanished(slot, nowMs) {
      const { lat600k, lon600k } = placeAfter(picture, slot, nowMs - picture.sentAtMs[slot]!)
      const isClassB = picture.stationClass[slot] === STATION_CLASS.B
      heardBy.every(slot, (source, heardMs) => {
        if (picture.sentAtMs[slot]! - heardMs <= HERS_MS && stations.isAlive(source, nowMs))
          map.note(lat600k, lon600k, source, isClassB, 0, MISSED_AHEAD, Math.floor(nowMs / 1000))
        return true
      })
    },
    save(out) {
      return { judged, columns: columns.map(([column, perSlot]) => out.copy(column.subarray(0, picture.highWater * perSlot))) }
    },
    restore(state, from) {
      const saved = state as { judged: Float64Array<ArrayBuffer>; columns: readonly number[] }
      judged = saved.judged
      for (const [n, id] of saved.columns.entries()) {
        const column = columns[n]?.[0]
        if (column) fill(column, from, id)
      }
    },
  }
}

function grown(column: Float64Array, source: number): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(source * 2)
  wider.set(column)
  return wider
}

/** How far ahead she is looked for at most: beyond, nobody knows where she is. */
const AHEAD_MS = 30 * MINUTE_MS

/** Where she would be this long after her last report, on her course at her speed. */
function placeAfter(picture: PictureColumns, slot: Slot, afterMs: number): { readonly lat600k: number; readonly lon600k: number } {
  const [lat600k, lon600k] = [picture.lat600k[slot]!, picture.lon600k[slot]!]
  const [sog, cog] = [picture.sogDeciknots[slot]!, picture.cogDecidegrees[slot]!]
  if (sog === NA_SOG || cog >= NA_COG) return { lat600k, lon600k }
  const metres = ((sog / 10) * METRES_PER_NAUTICAL_MILE * Math.min(afterMs, AHEAD_MS)) / 3_600_000
  const there = offset(lat600k / 600_000, lon600k / 600_000, cog / 10, metres)
  return { lat600k: Math.round(there.lat * 600_000), lon600k: Math.round(there.lon * 600_000) }
}
