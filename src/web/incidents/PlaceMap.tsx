import { useEffect, useMemo, useRef } from 'react'
import { useApp, useSay } from '../app.ts'
import type { Collection } from '../map/chart.ts'
import { type MapMark, MapMarks } from '../map/MapMarks.tsx'
import { useOwnChart } from '../map/use-own-chart.ts'
import { type AreaView, areaFeatures } from '../places/model.ts'
import { useStore } from '../shell/store.ts'

/** Some coast stands in view beside a place 30 NM off it. */
const ZOOM = 6.6
/** However little there is to see, the sea around it is. */
const CLOSEST_ZOOM = 10
const KOREA = { lat: 35.1, lon: 128.9, zoom: 7 }
const NO_TRACKS: readonly Feature[] = []
const NO_MARKS: readonly MapMark[] = []

type Feature = Collection['features'][number]

export interface At {
  readonly lat: number
  readonly lon: number
}

/** A small chart: a place with what belongs to it — tracks, areas, other marks — whole in view. In the form a press sets the place. */
export function PlaceMap({
  place,
  tracks = NO_TRACKS,
  areas,
  marks = NO_MARKS,
  onPick,
}: {
  place: At | undefined
  tracks?: readonly Feature[]
  /** Absent: those of the chart but whose water it is. */
  areas?: readonly AreaView[]
  marks?: readonly MapMark[]
  onPick?: (place: At) => void
}) {
  const app = useApp()
  const say = useSay()
  const known = useStore(app.areas)
  const { chart, frame } = useOwnChart(() => (place ? { ...place, zoom: ZOOM } : KOREA))
  const pick = useRef(onPick)
  pick.current = onPick
  const isFirst = useRef(true)
  const shown = useMemo(() => areas ?? known.filter(area => area.organisation === undefined), [areas, known])

  useEffect(() => {
    if (!chart) return
    const press = (event: { readonly lngLat: { readonly lat: number; readonly lng: number } }): void =>
      pick.current?.({ lat: event.lngLat.lat, lon: event.lngLat.lng })
    chart.map.on('click', press)
    return () => void chart.map.off('click', press)
  }, [chart])
  useEffect(() => chart?.setData('areas', areaFeatures(shown, undefined)), [chart, shown])
  useEffect(() => chart?.setData('track', { type: 'FeatureCollection', features: [...tracks] }), [chart, tracks])

  const points: readonly (readonly [number, number])[] = [
    ...(place ? [[place.lon, place.lat] as const] : []),
    ...marks.map(mark => [mark.lon, mark.lat] as const),
    ...tracks.flatMap(track =>
      track.geometry.type === 'LineString' ? track.geometry.coordinates.map(([x = 0, y = 0]) => [x, y] as const) : [],
    ),
    ...(areas ?? []).flatMap(area => area.line ?? area.polygon[0] ?? []),
  ]
  const key = `${points.length} ${points.at(0)} ${points.at(-1)} ${place?.lat} ${place?.lon}`
  useEffect(() => {
    if (!chart || points.length === 0) return
    // Whoever picks a place keeps their view.
    if (onPick && !isFirst.current) return
    isFirst.current = false
    const [lons, lats] = [points.map(([lon]) => lon), points.map(([, lat]) => lat)]
    if (points.length === 1) chart.goTo({ lat: lats[0] ?? 0, lon: lons[0] ?? 0, zoom: Math.max(chart.map.getZoom(), ZOOM) })
    else chart.fit(Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats), CLOSEST_ZOOM)
    // Fitted when what is shown changes, not each time it is drawn.
  }, [chart, key])

  const all: readonly MapMark[] = place ? [...marks, { key: 'place', ...place, look: 'is-place' }] : marks
  return (
    <div className="place-map chart">
      <div className="chart__own" ref={frame} />
      <MapMarks chart={chart} marks={all} />
      <div className="attribution">{say('chart.source')}</div>
    </div>
  )
}
