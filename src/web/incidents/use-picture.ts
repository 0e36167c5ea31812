import { useEffect, useMemo, useState } from 'react'
import { useApp } from '../app.ts'
import { minuteKst } from '../i18n/format.ts'
import type { Collection } from '../map/chart.ts'
import type { MapMark } from '../map/MapMarks.tsx'
import type { AreaView } from '../places/model.ts'
import { useStore } from '../shell/store.ts'
import type { TrackPoint } from '../vessels/model.ts'
import { gapsOf, trackFeatures } from '../vessels/track.ts'
import type { Full } from './model.ts'

const BEFORE_MS = 3 * 3_600_000
const AFTER_MS = 3_600_000
/** Ships whose tracks are drawn; more are a fleet, and the situation page shows it. */
const MOST_SHIPS = 4

/** What belongs to an incident on the chart: the tracks of its ships from three hours before until an hour after, where each came to be, and the areas it names. */
export function usePicture(incident: Full): {
  readonly tracks: Collection['features']
  readonly marks: readonly MapMark[]
  readonly areas: readonly AreaView[]
} {
  const app = useApp()
  const areas = useStore(app.areas)
  const [sailed, setSailed] = useState<
    readonly { readonly mmsi: number; readonly label: string; readonly points: readonly TrackPoint[] }[]
  >([])
  const ships = incident.links.filter(link => link.kind === 'ship').slice(0, MOST_SHIPS)
  const key = ships.map(ship => ship.id).join(' ')
  useEffect(() => {
    let isCurrent = true
    setSailed([])
    if (ships.length === 0 || !app.may('ships.look')) return
    const [fromMs, toMs] = [incident.occurredAtMs - BEFORE_MS, Math.min(app.now(), incident.occurredAtMs + AFTER_MS)]
    const asked = ships.map(async ({ id, label }) => {
      const mmsi = Number(id)
      // A ship that nobody heard, or that does not exist, has no track.
      const points = Number.isInteger(mmsi) ? await app.api.track(mmsi, fromMs, toMs).catch(() => []) : []
      return { mmsi, label, points }
    })
    void Promise.all(asked).then(all => isCurrent && setSailed(all.filter(one => one.points.length > 0)))
    return () => {
      isCurrent = false
    }
  }, [app, key, incident.occurredAtMs])
  const [tracks, setTracks] = useState<Collection['features']>([])
  useEffect(() => setTracks(sailed.flatMap(({ points }, i) => trackFeatures(points, gapsOf(points), i > 0))), [sailed])
  const named = useMemo(
    () => areas.filter(area => incident.links.some(link => link.kind === 'area' && link.id === area.id)),
    [areas, incident.links],
  )
  return {
    tracks,
    marks: sailed.flatMap(({ mmsi, label, points }): MapMark[] => {
      const last = points.at(-1)
      return last ? [{ key: `ship:${mmsi}`, lat: last.lat, lon: last.lon, look: 'is-ship', label: `${label} ${minuteKst(last.atMs)}` }] : []
    }),
    areas: named,
  }
}
