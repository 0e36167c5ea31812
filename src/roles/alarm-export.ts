// What leaves the house with an alarm, and what of the ledger and the tracks is held for it.
import type { Alarm, alarmView } from '#alerts/index.ts'
import type { AlarmPart } from '#evidence/index.ts'
import { pointView, type TrackArchive, type TrackPoint } from '#vessels/index.ts'

const AROUND_MS = 6 * 3_600_000
const DAY_MS = 86_400_000

/** What an open alarm was judged from, and what came around it, is held until the alarm is closed. */
export const alarmHold = ({ joined, id }: Alarm) => ({
  fromMs: joined.fromMs - AROUND_MS,
  toMs: joined.lastAtMs + AROUND_MS,
  reason: `alarm ${id}`,
})

/** An alarm as a bundle takes it: its time, its ships, its words. */
export function alarmPart(alarm: Alarm, view: ReturnType<typeof alarmView>): AlarmPart {
  const { fromMs: beforeMs, toMs } = alarmHold(alarm)
  // Of a situation that lasts for days, the last day.
  const fromMs = Math.max(beforeMs, toMs - DAY_MS)
  const { ko, en } = view.why
  return {
    fromMs,
    toMs,
    ships: alarm.joined.ships,
    organisations: alarm.organisations ?? [],
    ko,
    en,
    json: `${JSON.stringify(view, null, 2)}\n`,
  }
}

/** Tracks of these ships as GeoJSON. */
export async function trackCollection(tracks: TrackArchive, ships: readonly number[], fromMs: number, toMs: number): Promise<string> {
  const features = []
  for (const mmsi of ships) features.push(trackFeature(mmsi, await tracks.track(mmsi, fromMs, toMs, { strays: true })))
  return JSON.stringify({ type: 'FeatureCollection', features })
}

/** A track as GeoJSON: the line, and the time and standing of each of its points (strays are told, not left out). */
function trackFeature(mmsi: number, points: readonly TrackPoint[]) {
  const places = points.map(pointView)
  return {
    type: 'Feature',
    id: mmsi,
    geometry: places.length < 2 ? null : { type: 'LineString', coordinates: places.map(({ lon, lat }) => [lon, lat]) },
    properties: { mmsi, points: places },
  }
}
