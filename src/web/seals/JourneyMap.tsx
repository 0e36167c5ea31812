import { useEffect, useMemo, useRef, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { minuteKst, momentKst } from '../i18n/format.ts'
import type { Chart, Collection } from '../map/chart.ts'
import { type MapMark, MapMarks } from '../map/MapMarks.tsx'
import { useOwnChart } from '../map/use-own-chart.ts'
import type { AreaView } from '../places/model.ts'
import { areaFeatures } from '../places/model.ts'
import { useStore } from '../shell/store.ts'
import { band, circle } from './band.ts'
import { happeningText } from './Custody.tsx'
import { containerWords, WORD_TEXT, WordIcon } from './marks.tsx'
import type { Card, Row } from './model.ts'
import { pointAt } from './Replay.tsx'
import { ahead } from './road.ts'
import type { Happening } from './story.ts'
import { drawTrucks, pickTruck, placed, viewOf } from './truck-layer.ts'
import { useStory } from './use-story.ts'

const KOREA = { lat: 36.2, lon: 127.9, zoom: 6.9 }
const CLOSEST_ZOOM = 12
/** The worst have marks of their own: a name, a tip, a place in the order of keys. */
const MOST_MARKS = 40
const NAMED = 6

/** Trucks under seal, and of the one chosen its corridor, the way it came and the way it has to go, what happened where. */
export function JourneyMap({ rows }: { rows: readonly Row[] }) {
  const app = useApp()
  const say = useSay()
  const open = useStore(app.seals.open)
  const areas = useStore(app.areas)
  const { chart, frame } = useOwnChart(() => KOREA)
  const card = open?.card
  const id = card?.id
  const replayMs = useStore(app.seals.replayMs)
  const then = replayMs === undefined || !open ? undefined : pointAt(open.track, replayMs)
  const shownAreas = useMemo((): readonly AreaView[] => {
    const own = areas.filter(area => area.kind === 'designated' || area.kind === 'forbidden')
    if (!card) return own
    const { plan } = card
    return [
      ...own,
      { id: 'corridor', name: '', kind: 'waiting', polygon: [band(plan.corridor.line, plan.corridor.halfWidthM)] },
      ...[plan.origin, ...plan.stops, plan.destination].map((one, n) => ({
        id: `place-${n}`,
        name: one.name,
        kind: 'designated',
        polygon: [circle(one, Math.max(one.radiusM, 300))],
      })),
    ]
  }, [areas, card])
  useEffect(() => chart?.setData('areas', areaFeatures(shownAreas, undefined)), [chart, shownAreas])
  useEffect(() => {
    if (!chart) return
    const way =
      open?.track.flatMap(point =>
        point.lat === undefined || point.lon === undefined || point.atMs > (replayMs ?? Infinity) ? [] : [[point.lon, point.lat]],
      ) ?? []
    chart.setData('track', lineOf(way, { part: 'driven' }))
    const [lat, lon] = then ? [then.lat, then.lon] : card?.progress ? [card.lat, card.lon] : []
    chart.setData('sketch', lineOf(card ? ahead(card.plan.corridor.line, lat, lon).map(point => [...point]) : [], {}))
  }, [chart, open, card, replayMs, then])
  useEffect(() => {
    if (!chart || !card || id === undefined) return
    const lons = card.plan.corridor.line.map(([lon]) => lon)
    const lats = card.plan.corridor.line.map(([, lat]) => lat)
    if (lons.length > 1) chart.fit(Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats), CLOSEST_ZOOM)
    // Fitted when another is chosen, not with each report.
  }, [chart, id])

  const special = rows.filter(one => one.id === id || one.word === 'opened' || one.word === 'off-route').slice(0, MOST_MARKS)
  const marked = new Set(special.map(one => one.id))
  const trucks = special.flatMap((one, n): MapMark[] =>
    one.lat === undefined || one.lon === undefined
      ? []
      : [
          {
            key: one.id,
            lat: one.lat,
            lon: one.lon,
            look: `seal-mark is-${one.word} ${one.id === id ? 'is-chosen' : ''}`,
            title: `${one.container} ${one.vehicle ?? ''} ${say(WORD_TEXT[one.word])}`,
            ...(one.id === id || n < NAMED ? { label: containerWords(one.container) } : {}),
            onOpen: () => app.go({ item: one.id }),
          },
        ],
  )
  const past: readonly MapMark[] =
    then?.lat === undefined || then.lon === undefined || replayMs === undefined
      ? []
      : [
          {
            key: 'replay',
            lat: then.lat,
            lon: then.lon,
            look: `seal-mark is-replayed ${then.locked === false ? 'is-opened' : ''}`,
            label: momentKst(replayMs, app.now()),
          },
        ]
  const story = useStory(open)
  const events = useMemo(() => eventMarks(story, app, say), [story, app, say])
  return (
    <div className="seal-map chart">
      <div className="chart__own" ref={frame} />
      <Trucks chart={chart} rows={rows} without={marked} />
      <MapMarks chart={chart} marks={[...events, ...trucks, ...past]} />
      <Legend card={card} />
      <div className="attribution">{say('chart.source')}</div>
    </div>
  )
}

/** What happened where: pressed, the replay stands at that moment. */
function eventMarks(story: readonly Happening[], app: ReturnType<typeof useApp>, say: ReturnType<typeof useSay>): readonly MapMark[] {
  return story.flatMap((one): MapMark[] =>
    one.lat === undefined || one.lon === undefined
      ? []
      : [
          {
            key: one.key,
            lat: one.lat,
            lon: one.lon,
            look: `seal-event is-${one.is.kind === 'line' ? `${one.is.line.kind} is-${one.is.line.what}` : one.is.kind}`,
            title: `${minuteKst(one.atMs)} ${happeningText(say, one)}`,
            onOpen: () => app.seals.replayMs.set(one.atMs),
          },
        ],
  )
}

/** All the others, on one canvas that follows the chart. */
function Trucks({ chart, rows, without }: { chart: Chart | undefined; rows: readonly Row[]; without: ReadonlySet<string> }) {
  const app = useApp()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [tip, setTip] = useState<{ readonly x: number; readonly y: number; readonly id: string }>()
  const trucks = useMemo(() => placed(rows), [rows])
  const now = useRef({ trucks, without })
  now.current = { trucks, without }
  const { palette } = useStore(app.desk)
  useEffect(() => {
    if (!chart) return
    const draw = (): void => {
      if (canvas.current) drawTrucks(canvas.current, now.current.trucks, viewOf(chart), now.current.without)
    }
    const at = (point: { readonly x: number; readonly y: number }): string | undefined =>
      pickTruck(now.current.trucks, viewOf(chart), point.x, point.y)
    const press = ({ point }: { readonly point: { readonly x: number; readonly y: number } }): void => {
      const id = at(point)
      if (id !== undefined) app.go({ item: id })
    }
    const hover = ({ point }: { readonly point: { readonly x: number; readonly y: number } }): void => {
      const id = at(point)
      chart.map.getCanvas().style.cursor = id === undefined ? '' : 'pointer'
      setTip(before => (id === undefined ? undefined : before?.id === id ? before : { x: point.x, y: point.y, id }))
    }
    const leave = (): void => setTip(undefined)
    draw()
    chart.map.on('render', draw)
    chart.map.on('click', press)
    chart.map.on('mousemove', hover)
    chart.map.on('movestart', leave)
    return () => {
      chart.map.off('render', draw)
      chart.map.off('click', press)
      chart.map.off('mousemove', hover)
      chart.map.off('movestart', leave)
    }
  }, [app, chart])
  useEffect(() => {
    if (chart && canvas.current) drawTrucks(canvas.current, trucks, viewOf(chart), without)
  }, [chart, trucks, without, palette])
  const shown = tip && app.seals.state.get().rows.get(tip.id)
  return (
    <>
      <canvas ref={canvas} className="seal-trucks" aria-hidden="true" />
      {tip && shown && (
        <div className="seal-tip" style={{ left: tip.x + 12, top: tip.y + 10 }}>
          <b>{containerWords(shown.container)}</b> {shown.vehicle} ·{' '}
          {shown.speedKmh === undefined ? '–' : `${Math.round(shown.speedKmh)} km/h`}
          <br />
          {shown.origin} → {shown.destination}
        </div>
      )}
    </>
  )
}

function Legend({ card }: { card: Card | undefined }) {
  const say = useSay()
  return (
    <div className="seal-legend">
      {(['opened', 'off-route', 'late', 'silent', 'normal'] as const).map(word => (
        <span key={word}>
          <WordIcon word={word} /> {say(WORD_TEXT[word])}
        </span>
      ))}
      {card && (
        <>
          <span>
            <i className="seal-legend__done" /> {say('seals.way-done')}
          </span>
          <span>
            <i className="seal-legend__planned" /> {say('seals.way-planned')}
          </span>
          <span>
            <i className="seal-legend__band" /> {say('seals.width', { m: (card.plan.corridor.halfWidthM * 2) / 1000 })}
          </span>
        </>
      )}
    </div>
  )
}

const lineOf = (coordinates: number[][], properties: Record<string, string>): Collection => ({
  type: 'FeatureCollection',
  features: coordinates.length < 2 ? [] : [{ type: 'Feature', properties, geometry: { type: 'LineString', coordinates } }],
})
