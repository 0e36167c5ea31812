import { useEffect } from 'react'
import { useApp, useSay } from '../app.ts'
import { age, distance, minuteKst } from '../i18n/format.ts'
import { type Callout, CalloutBoxes } from '../map/Callouts.tsx'
import { useOwnChart } from '../map/use-own-chart.ts'
import { useStore } from '../shell/store.ts'
import { Panel } from '../ui/parts.tsx'
import { type ShipPast, SPANS_DAYS, type SpanDays } from './card/use-ship-past.ts'
import type { ShipCardView } from './model.ts'
import { trackFeatures } from './track.ts'

/** The coast stays in the picture however short the track: about 60 NM across at least. */
const CLOSEST_ZOOM = 8.4
const GAPS_NAMED = 3

/** The ship's track on a chart of its own, whole in view; gaps with time and distance, stops by name. */
export function TrackMap({
  mmsi,
  card,
  past,
  days,
  onDays,
}: {
  mmsi: number
  card: ShipCardView | undefined
  past: ShipPast | undefined
  days: SpanDays
  onDays: (days: SpanDays) => void
}) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const { chart, frame } = useOwnChart(
    () => app.address.get(),
    number => number !== undefined && number !== mmsi && app.go({ page: 'ships', card: number }),
  )
  useEffect(() => {
    if (!chart) return
    // The chart of this page: the live line follows its view, keys and exports mean it.
    app.chart.set(chart)
    return () => app.chart.set(undefined)
  }, [app, chart])
  useEffect(() => chart?.select([mmsi]), [chart, mmsi])
  useEffect(() => {
    chart?.setData('track', { type: 'FeatureCollection', features: past ? trackFeatures(past.track, past.gaps, false) : [] })
  }, [chart, past])
  const isLoaded = past?.days === days
  useEffect(() => {
    const here = card?.lat !== undefined && card.lon !== undefined ? [{ lat: card.lat, lon: card.lon }] : []
    const places = isLoaded && past.track.length > 0 ? past.track : here
    if (places.length === 0) return
    const [lats, lons] = [places.map(place => place.lat), places.map(place => place.lon)]
    chart?.fit(Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats), CLOSEST_ZOOM)
    // Fitted once a span, not each minute under the hand.
  }, [chart, days, isLoaded, card === undefined])

  const longest = [...(past?.gaps ?? [])].sort((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs)).slice(0, GAPS_NAMED)
  const callouts: Callout[] = [
    ...longest.map(gap => ({
      key: `gap-${gap.fromMs}`,
      at: { lat: (gap.from.lat + gap.to.lat) / 2, lon: (gap.from.lon + gap.to.lon) / 2 },
      look: 'is-gap',
      head: say('gap.title', { age: age(gap.toMs - gap.fromMs, language) }),
      body: `${minuteKst(gap.fromMs)}–${minuteKst(gap.toMs)} · ${distance(gap.distanceM)}`,
    })),
    ...(past?.stays ?? []).slice(-GAPS_NAMED).map(stay => ({
      key: `stay-${stay.fromMs}`,
      at: { lat: stay.lat, lon: stay.lon },
      look: 'is-soft',
      head: stay.areaName ?? stay.placeName?.[language] ?? '–',
      body: `${minuteKst(stay.fromMs)}–${stay.toMs === undefined ? '' : minuteKst(stay.toMs)}`,
    })),
  ]
  return (
    <Panel label={say('layer.track')} className="chart is-grow card__map">
      <div className="chart__own" ref={frame} />
      {chart && <CalloutBoxes chart={chart} callouts={callouts} />}
      <div className="card__spans segment" role="group" aria-label={say('layer.track')}>
        {SPANS_DAYS.map(one => (
          <button key={one} type="button" aria-pressed={one === days} onClick={() => onDays(one)}>
            {one === 1 ? say('track.24h') : say('track.days', { days: one })}
          </button>
        ))}
      </div>
      <div className="chart__zoom segment">
        <button type="button" aria-label={say('chart.zoom-in')} onClick={() => chart?.zoomBy(1)}>
          +
        </button>
        <button type="button" aria-label={say('chart.zoom-out')} onClick={() => chart?.zoomBy(-1)}>
          −
        </button>
      </div>
      <div className="attribution card__source">
        {say('track.key')} · {say('chart.source')}
      </div>
    </Panel>
  )
}
