import { useEffect, useMemo, useRef, useState } from 'react'
import { distanceM } from '#base/index.ts'
import { useApp, useSay } from '../app.ts'
import type { Collection } from '../map/chart.ts'
import { useOwnChart } from '../map/use-own-chart.ts'
import { type AreaView, areaFeatures } from '../places/model.ts'
import { useStore } from '../shell/store.ts'
import { Panel, PanelHead } from '../ui/parts.tsx'
import { band, circle } from './band.ts'
import { placeNamed } from './plan-form.ts'
import { roadDistance } from './road.ts'
import { SketchHandles } from './SketchHandles.tsx'
import { back, type Point, put, take } from './sketch.ts'
import type { Planning } from './use-plan.ts'

const KOREA = { lat: 36.2, lon: 127.9, zoom: 6.9 }
const CLOSEST_ZOOM = 12
const WIDTHS_M = [250, 500, 750, 1000, 1500, 2000, 3000, 5000, 10_000] as const
/** Which place the next press on the chart gives. */
type End = 'from' | 'to'

/** The way on the chart: one of those known, or drawn by pressing and dragging; the allowed width; every step goes back. */
export function PlanMap({ plan }: { plan: Planning }) {
  const app = useApp()
  const say = useSay()
  const areas = useStore(app.areas)
  const { chart, frame } = useOwnChart(() => KOREA)
  const [picking, setPicking] = useState<End>()
  const { sketch, halfWidthM, form, places } = plan
  const [origin, destination] = [placeNamed(places, form.from), placeNamed(places, form.to)]
  const ends = useMemo(
    () => [origin, destination].flatMap(one => (one ? [one] : [])),
    [origin?.name, origin?.lat, destination?.name, destination?.lat],
  )
  const shapes = useMemo(
    (): readonly AreaView[] => [
      ...areas.filter(area => area.kind === 'designated' || area.kind === 'forbidden'),
      ...(sketch ? [{ id: 'corridor', name: '', kind: 'waiting', polygon: [band(sketch.line, halfWidthM)] }] : []),
      ...ends.map((one, n) => ({
        id: `end-${n}`,
        name: one.name,
        kind: 'designated',
        polygon: [circle(one, Math.max(one.radiusM ?? 500, 300))],
      })),
    ],
    [areas, sketch, halfWidthM, ends],
  )
  useEffect(() => chart?.setData('areas', areaFeatures(shapes, undefined)), [chart, shapes])
  useEffect(() => chart?.setData('sketch', lineOf(sketch?.line ?? [])), [chart, sketch])
  useEffect(() => {
    chart?.setData('track', lineOf([]))
  }, [chart])
  const shown = `${ends.map(one => `${one.lat},${one.lon}`).join(' ')} ${plan.way ?? 'drawn'} ${sketch === undefined}`
  useEffect(() => {
    const points = sketch?.line ?? ends.map(one => [one.lon, one.lat] as const)
    // The first point drawn makes the way one's own: the chart stays where the hand is.
    const isDrawing = sketch !== undefined && sketch.before.length > 0
    if (!chart || points.length < 2 || isDrawing) return
    const [lons, lats] = [points.map(([lon]) => lon), points.map(([, lat]) => lat)]
    chart.fit(Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats), CLOSEST_ZOOM)
    // Fitted to other places or another way, not with each point drawn.
  }, [chart, shown])

  const now = useRef({ plan, picking })
  now.current = { plan, picking }
  useEffect(() => {
    if (!chart) return
    const press = ({ lngLat }: { readonly lngLat: { readonly lng: number; readonly lat: number } }): void => {
      const { plan: on, picking: end } = now.current
      const at: Point = [lngLat.lng, lngLat.lat]
      if (end) {
        on.addPlace({ name: on.form[end].trim(), lon: at[0], lat: at[1], radiusM: 500 })
        setPicking(undefined)
      } else if (on.sketch) on.draw(put(on.sketch, at).sketch)
    }
    chart.map.on('click', press)
    return () => void chart.map.off('click', press)
  }, [chart])

  const unknown = (['from', 'to'] as const).filter(end => plan.faults[end]?.what === 'place')
  const wrong = plan.judged.filter(one => one.field === 'corridor')
  const lengthM = sketch ? lengthOf(sketch.line) : 0
  return (
    <Panel label={say('seals.way.title')} region="way" className="planning__map">
      <PanelHead title={say('seals.way.title')}>
        <div className="segment planning__ways" role="group" aria-label={say('seals.way.which')}>
          {plan.ways.map((way, n) => (
            <button
              key={`${way.kind} ${way.journeys.join()}`}
              type="button"
              aria-pressed={plan.way === n}
              onClick={() => plan.chooseWay(n)}
            >
              {say(`seals.way.${way.kind}`, { n: way.journeys.length })}
            </button>
          ))}
          {sketch && plan.way === undefined && (
            <button type="button" aria-pressed={true}>
              {say('seals.way.drawn')}
            </button>
          )}
        </div>
        {sketch && <span className="note">{roadDistance(lengthM)}</span>}
      </PanelHead>
      <div
        className="planning__chart"
        onKeyDown={event => {
          if (!sketch || !(event.code === 'Backspace' || (event.ctrlKey && event.code === 'KeyZ'))) return
          event.preventDefault()
          event.stopPropagation()
          plan.draw(back(sketch))
        }}
      >
        <div className="seal-map chart">
          <div className="chart__own" ref={frame} />
        </div>
        {sketch && <SketchHandles chart={chart} sketch={sketch} onDraw={plan.draw} onTake={n => plan.draw(take(sketch, n))} />}
        <p className="planning__hint">
          {picking ? say('seals.way.pick-now', { name: form[picking] }) : sketch ? say('seals.way.hint') : say('seals.way.places-first')}
        </p>
      </div>
      <div className="planning__tools">
        {unknown.map(end => (
          <button
            key={end}
            type="button"
            className={`button is-small ${picking === end ? 'is-pressed' : ''}`}
            aria-pressed={picking === end}
            onClick={() => setPicking(picking === end ? undefined : end)}
          >
            {say('seals.way.pick', { name: form[end] })}
          </button>
        ))}
        <label className="planning__width">
          <span>{say('seals.way.width')}</span>
          <input
            type="range"
            min={0}
            max={WIDTHS_M.length - 1}
            value={nearestWidth(halfWidthM)}
            aria-valuetext={roadDistance(halfWidthM * 2)}
            disabled={!sketch}
            onChange={event => plan.setWidth(WIDTHS_M[Number(event.target.value)] ?? halfWidthM)}
          />
          <b>{roadDistance(halfWidthM * 2)}</b>
        </label>
        <button
          type="button"
          className="button is-small"
          disabled={!sketch || sketch.before.length === 0}
          onClick={() => sketch && plan.draw(back(sketch))}
        >
          {say('seals.way.back')}
        </button>
        <button
          type="button"
          className="button is-small"
          disabled={!sketch || !chart}
          onClick={() => {
            const at = chart?.middle()
            if (sketch && at) plan.draw(put(sketch, [at.lon, at.lat]).sketch)
          }}
        >
          {say('seals.way.put-middle')}
        </button>
        <button
          type="button"
          className="button is-small"
          disabled={!sketch || sketch.line.length <= 2}
          onClick={() => {
            const [first, last] = [sketch?.line[0], sketch?.line.at(-1)]
            if (sketch && first && last) plan.draw({ line: [first, last], before: [...sketch.before, sketch.line] })
          }}
        >
          {say('seals.way.clear')}
        </button>
        {wrong.map(one => (
          <span key={one.said} className={one.blocks ? 'is-bad' : 'is-care'} role="status">
            {one.said}
          </span>
        ))}
      </div>
    </Panel>
  )
}

const nearestWidth = (halfWidthM: number): number =>
  WIDTHS_M.reduce((best, one, n) => (Math.abs(one - halfWidthM) < Math.abs((WIDTHS_M[best] ?? 0) - halfWidthM) ? n : best), 0)

const lengthOf = (line: readonly Point[]): number =>
  line.reduce((sum, [lon, lat], n) => {
    const before = line[n - 1]
    return before ? sum + distanceM(before[1], before[0], lat, lon) : sum
  }, 0)

const lineOf = (line: readonly Point[]): Collection => ({
  type: 'FeatureCollection',
  features:
    line.length < 2
      ? []
      : [{ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: line.map(point => [...point]) } }],
})
