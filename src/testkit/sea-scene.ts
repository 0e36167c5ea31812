// Made-up scenes at sea for tests of detectors: ships that sail legs, heard by stations, with scatter that a seed decides. Everything goes through the same
// pass as a live feed. No real ship; nothing is stored.
import { METRES_PER_NAUTICAL_MILE, offset } from '#base/index.ts'
import { type Area, createAreaIndex } from '#places/index.ts'
import type { Finding, FindingEvent } from '#rules/index.ts'
import { createPass, NETWORK, type ObjectReport, type Permit, STATION_CLASS, type StaticFacts } from '#vessels/index.ts'

export const T0 = Date.parse('2026-01-15T00:00:00Z')
const MINUTE_MS = 60_000

/** mulberry32: the same seed gives the same scene. */
export function seeded(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

export interface Leg {
  readonly minutes: number
  readonly sogKn: number
  readonly cogDeg: number
}

export interface Sailing {
  readonly mmsi: number
  readonly at: readonly [lat: number, lon: number]
  readonly legs: readonly Leg[]
  /** Minutes after T0. */
  readonly fromMin?: number
  readonly everyS?: number
  readonly scatterM?: number
  readonly seed?: number
  readonly station?: string
  readonly isClassB?: boolean
  readonly nav?: number
  /** Seconds from sending to receipt; default 1. */
  readonly delayS?: number
}

/** The reports of one ship along her legs. */
export function sail(sailing: Sailing): ObjectReport[] {
  const random = seeded((sailing.seed ?? 1) * 7919 + sailing.mmsi)
  const everyS = sailing.everyS ?? 30
  const reports: ObjectReport[] = []
  let place = { lat: sailing.at[0], lon: sailing.at[1] }
  let atMs = T0 + (sailing.fromMin ?? 0) * MINUTE_MS
  for (const leg of sailing.legs) {
    const endMs = atMs + leg.minutes * MINUTE_MS
    for (; atMs < endMs; atMs += everyS * 1000) {
      const seen = offset(place.lat, place.lon, random() * 360, random() * (sailing.scatterM ?? 8))
      reports.push({
        mmsi: sailing.mmsi,
        sentAtMs: atMs,
        receivedAtMs: atMs + (sailing.delayS ?? 1) * 1000,
        network: NETWORK.COAST,
        station: sailing.station ?? 'S1',
        stationClass: sailing.isClassB ? STATION_CLASS.B : STATION_CLASS.A,
        lat: seen.lat,
        lon: seen.lon,
        sogKn: Math.max(0, leg.sogKn + (random() - 0.5) * 0.2),
        cogDeg: leg.cogDeg,
        headingDeg: leg.cogDeg,
        ...(sailing.isClassB ? {} : { navigationStatus: sailing.nav ?? 0 }),
      })
      place = offset(place.lat, place.lon, leg.cogDeg, (leg.sogKn * METRES_PER_NAUTICAL_MILE * everyS) / 3600)
    }
  }
  return reports
}

export interface Scene {
  readonly reports: readonly (readonly ObjectReport[])[]
  readonly ships?: Readonly<Record<number, StaticFacts>>
  readonly areas?: readonly Area[]
  readonly watched?: readonly number[]
  readonly permits?: readonly Permit[]
  readonly detectors?: readonly string[]
  readonly settings?: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** Minutes of silence after the last report. */
  readonly thenMin?: number
}

export interface SceneJudged {
  /** Each situation once, as it stood at the end, in order of being raised. */
  readonly findings: readonly Finding[]
  readonly events: readonly FindingEvent[]
  of(detector: string): readonly Finding[]
}

/** Sends the scene through a pass, in order of receipt. Throws what a detector threw. */
export function judgeScene(scene: Scene): SceneJudged {
  const events: FindingEvent[] = []
  const pass = createPass({
    capacity: 4000,
    sink: event => events.push(event),
    onFault: (_detector, error) => {
      throw error
    },
    ...(scene.detectors ? { detectors: scene.detectors } : {}),
    ...(scene.settings ? { settings: scene.settings } : {}),
  })
  const feed = pass.feed('scene')
  pass.setAreas(createAreaIndex(scene.areas ?? []))
  for (const [mmsi, facts] of Object.entries(scene.ships ?? {})) pass.static(Number(mmsi), facts, 0)
  for (const mmsi of scene.watched ?? []) pass.control({ control: 'watch', mmsi, watched: true })
  pass.control({ control: 'permits', permits: scene.permits ?? [] })
  for (const report of scene.reports.flat().sort((a, b) => a.receivedAtMs - b.receivedAtMs)) pass.report(feed, report, -1)
  pass.advanceTo(pass.nowMs + (scene.thenMin ?? 0) * MINUTE_MS)
  pass.flush()
  const last = new Map(events.map(({ finding }) => [finding.id, finding]))
  const findings = [...last.values()].sort((a, b) => a.raisedAt - b.raisedAt)
  return { findings, events, of: detector => findings.filter(finding => finding.detector === detector) }
}

/** A square area, `halfM` from its middle to each side. */
export function square(area: Omit<Area, 'polygon'>, [lat, lon]: readonly [number, number], halfM: number): Area {
  const north = offset(lat, lon, 0, halfM).lat
  const south = offset(lat, lon, 180, halfM).lat
  const east = offset(lat, lon, 90, halfM).lon
  const west = offset(lat, lon, 270, halfM).lon
  return {
    ...area,
    polygon: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
      ],
    ],
  }
}

/** A ship of this length: all of it before the antenna. */
export const sized = (lengthM: number, shipType = 70, name?: string): StaticFacts => ({
  toBowM: lengthM,
  toSternM: 0,
  shipType,
  ...(name ? { name } : {}),
})

/** A scene delivered badly: a share sent twice, receipts up to `withinS` late. */
export function disordered(reports: readonly ObjectReport[], withinS: number, share: number, seed: number): ObjectReport[] {
  const random = seeded(seed)
  const late = (report: ObjectReport): ObjectReport => ({ ...report, receivedAtMs: report.receivedAtMs + random() * withinS * 1000 })
  return reports.flatMap(report => (random() < share ? [late(report), late(report)] : [late(report)]))
}
