import { useEffect, useRef, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { age, ddm, distance, minuteKst, momentKst, thousands } from '../i18n/format.ts'
import { isFiltering } from '../live/ship-columns.ts'
import { useStore } from '../shell/store.ts'
import { TimeSlider } from '../time/TimeSlider.tsx'
import { Kbd, Panel, ShipIcon, type ShipSign, Strip } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { ShipsInView } from '../vessels/ShipsInView.tsx'
import { Callouts } from './Callouts.tsx'
import { ChartTools } from './ChartTools.tsx'
import { Chart } from './chart.ts'
import { legsOf, sketchOf } from './tools.ts'
import '../ui/chart-library.css'

const LEGEND = ['alarmed', 'normal', 'watched', 'asleep', 'distress', 'lost'] as const satisfies readonly ShipSign[]

/** The chart with its tools, legend, read-out and time slider. */
export function ChartPanel({ wallAlarms }: { wallAlarms?: React.ReactNode }) {
  const app = useApp()
  const say = useSay()
  const frame = useRef<HTMLDivElement>(null)
  const over = useRef<HTMLCanvasElement>(null)
  const desk = useStore(app.desk)
  const { wall, atMs } = useStore(app.address)
  const link = useStore(app.link.state)
  const status = useStore(app.status)
  const [menu, setMenu] = useState<'layers' | 'filter' | undefined>()
  const [isListOpen, setListOpen] = useState(false)
  const [trouble, setTrouble] = useState<string>()

  useEffect(() => {
    if (!frame.current || !over.current) return
    const chart = new Chart(
      frame.current,
      over.current,
      {
        language: app.desk.get().language,
        type: app.address.get().wall ? 1.35 : 1,
        view: app.address.get(),
        nameOf: mmsi => app.link.nameOf(mmsi) ?? String(mmsi),
        now: app.now,
        reducedMotion: () => matchMedia('(prefers-reduced-motion: reduce)').matches,
        coveredPx: () => frame.current?.parentElement?.querySelector<HTMLElement>('.slider')?.offsetHeight ?? 0,
      },
      {
        onView: view => app.go(view),
        onPick: mmsi => {
          if (app.tools.state.get().tool === 'none') app.selected.pick(mmsi)
        },
        onHover: mmsi => app.hovered.set(mmsi),
        onCursor: place => app.cursor.set(place),
        onInView: numbers => app.inView.set(numbers),
        onToolPointer: (kind, place, screen) =>
          app.tools.pointer(kind, place, point => {
            const there = chart.project(point.lat, point.lon)
            return Math.hypot(there.x - screen.x, there.y - screen.y)
          }),
        onTrouble: setTrouble,
      },
    )
    app.chart.set(chart)
    const stops = [
      app.link.onShips((ships, tickMs) => chart.show(ships, tickMs)),
      app.tools.state.subscribe(() => chart.setData('sketch', sketchOf(app.tools.state.get()))),
      app.selected.onDraw(chart),
    ]
    return () => {
      for (const stop of stops) stop()
      app.chart.set(undefined)
      chart.destroy()
    }
  }, [app])

  useEffect(() => {
    document.documentElement.dataset.palette = desk.palette
    document.documentElement.lang = desk.language
    app.chart.get()?.restyle(desk.language)
  }, [app, desk.palette, desk.language])

  useEffect(() => {
    const chart = app.chart.get()
    if (!chart) return
    const apply = (): void => {
      chart.setVisible(['areas-fill', 'areas-line', 'areas-name', 'areas-name-calm'], desk.layers.areas)
      chart.setVisible(['labels-sea', 'labels-place'], desk.layers.names)
      chart.setVisible(['limits'], desk.layers.limits)
      chart.setVisible(['grid'], desk.layers.grid)
      chart.setVisible(['track-line', 'track-gap', 'track-dots'], desk.layers.track)
      chart.vectorMinutes = desk.vectorMinutes
    }
    apply()
    chart.map.once('idle', apply)
  }, [app, desk.layers, desk.vectorMinutes])

  const isCut = link.state === 'lost' && atMs === undefined
  const late = status?.feeds.filter(feed => feed.state === 'silent' || feed.state === 'late') ?? []
  const isStale = !isCut && atMs === undefined && late.length > 0 && late.length === status?.feeds.length
  const hasStrip = isCut || isStale || atMs !== undefined || (late.length > 0 && !isStale)
  return (
    <Panel
      label={say('chart.title')}
      className={`chart ${isCut ? 'is-cut' : ''} ${isStale ? 'is-stale' : ''} ${hasStrip ? 'has-strip' : ''}`}
      region="chart"
    >
      <div className="chart__map" ref={frame} />
      <canvas className="chart__over" ref={over} aria-hidden="true" />
      <ChartStrip />
      {wall ? (
        <div className="chart__alarms">{wallAlarms}</div>
      ) : (
        <>
          <ChartTools menu={menu} setMenu={setMenu} />
          <Zoom />
        </>
      )}
      <Callouts />
      {desk.legend && (
        <div className="legend">
          {LEGEND.map(sign => (
            <span key={sign}>
              <ShipIcon sign={sign} />
              {say(`sign.${sign}`)}
            </span>
          ))}
        </div>
      )}
      <Readout onList={() => setListOpen(!isListOpen)} />
      {isListOpen && <ShipsInView onClose={() => setListOpen(false)} />}
      <div className="attribution">{trouble ? say('chart.no-land') : say('chart.source')}</div>
      {status?.isDemo && wall && <div className="watermark">{say('header.demo')}</div>}
      <Cross />
      <ToolBar />
      <Hover />
      <TimeSlider />
    </Panel>
  )
}

/** What is wrong with the picture, in one strip: cut, stale, partial, or past. Never a dialog. */
function ChartStrip() {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow()
  const { language } = useStore(app.desk)
  const { atMs } = useStore(app.address)
  const { trouble } = useStore(app.time.state)
  const link = useStore(app.link.state)
  const status = useStore(app.status)
  if (atMs !== undefined)
    return (
      <Strip
        tone={trouble === undefined ? 'past' : 'warn'}
        push={
          <button type="button" className="button button--plain" onClick={() => app.time.goLive()}>
            {say('time.live')} <Kbd keys="E" />
          </button>
        }
      >
        {say('past.seen', { time: momentKst(atMs, nowMs) })}
        {trouble !== undefined && ` · ${say('past.trouble')}`}
      </Strip>
    )
  if (link.state === 'lost' || (link.state === 'connecting' && link.heardAtMs > 0))
    return (
      <Strip
        tone="bad"
        push={link.heardAtMs > 0 ? <span className="note">{say('link.last', { time: minuteKst(link.heardAtMs) })}</span> : undefined}
      >
        {say('link.lost', { age: age(nowMs - link.lostAtMs, language) })}
      </Strip>
    )
  const out = status?.feeds.filter(feed => feed.state === 'silent' || feed.state === 'late') ?? []
  const [first] = out
  if (!first || !status) return null
  const name = out.map(feed => feed.label).join(', ')
  if (out.length === status.feeds.filter(feed => feed.state !== 'paused' && feed.state !== 'ended').length)
    return (
      <Strip tone="warn">
        {first.lastAtMs === undefined
          ? say('stale.never', { name })
          : say('stale.ships', { age: age(nowMs - first.lastAtMs, language), name })}
      </Strip>
    )
  return <Strip tone="warn">{say('partial.feeds', { n: status.feeds.length - out.length, of: status.feeds.length, name })}</Strip>
}

function Zoom() {
  const app = useApp()
  const say = useSay()
  return (
    <div className="chart__zoom segment">
      <button type="button" aria-label={say('chart.zoom-in')} onClick={() => app.chart.get()?.zoomBy(1)}>
        +
      </button>
      <button type="button" aria-label={say('chart.zoom-out')} onClick={() => app.chart.get()?.zoomBy(-1)}>
        −
      </button>
    </div>
  )
}

const SCALE_STEPS_M = [50, 100, 200, 500, 1000, ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map(miles => miles * 1852)]

function Readout({ onList }: { onList: () => void }) {
  const app = useApp()
  const say = useSay()
  const inView = useStore(app.inView)
  const cursor = useStore(app.cursor)
  const { lat, lon, zoom, filter } = useStore(app.address)
  const metresPerPixel = (40_075_016.686 * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** zoom)
  const step = SCALE_STEPS_M.findLast(metres => metres / metresPerPixel <= 110) ?? 50
  const hidden = isFiltering(filter) > 0
  return (
    <div className="readout">
      <button type="button" className="readout__ships" onClick={onList} title={say('chart.list')}>
        {say(hidden ? 'chart.ships-filtered' : 'chart.ships')} <b>{thousands(inView.length)}</b>
      </button>
      <span>{ddm(cursor?.lat ?? lat, cursor?.lon ?? lon)}</span>
      <span className="readout__scale">
        <i style={{ width: step / metresPerPixel }} />
        {step < 1852 ? `${step} m` : distance(step).replace('.0', '')}
      </span>
    </div>
  )
}

/** Where Enter puts the next point, while a tool is in hand. */
function Cross() {
  const app = useApp()
  const { tool } = useStore(app.tools.state)
  return tool === 'none' ? null : <i className="chart__cross" aria-hidden="true" />
}

/** What a tool asks for next, and its figures. */
function ToolBar() {
  const app = useApp()
  const say = useSay()
  const state = useStore(app.tools.state)
  if (state.tool === 'none') return null
  if (state.tool === 'measure') {
    const legs = legsOf([...state.points, ...(state.cursor && state.points.length > 0 ? [state.cursor] : [])])
    const last = legs.at(-1)
    return (
      <div className="tool-bar">
        {last ? (
          <>
            <b>{distance(legs.reduce((sum, leg) => sum + leg.distanceM, 0))}</b>
            <span>
              {say('measure.leg', { distance: distance(last.distanceM), bearing: Math.round(last.bearingDeg).toString().padStart(3, '0') })}
            </span>
          </>
        ) : (
          <span>{say('measure.start')}</span>
        )}
        <button type="button" className="button" onClick={() => app.tools.stop()}>
          {say('act.done')} <kbd>Esc</kbd>
        </button>
      </div>
    )
  }
  const { points, isClosed } = state
  return (
    <div className="tool-bar">
      <span>{say(isClosed ? 'draw.edit' : points.length === 0 ? 'draw.start' : points.length < 3 ? 'draw.more' : 'draw.close')}</span>
      {state.before.length > 0 && (
        <button type="button" className="button" onClick={() => app.tools.back()}>
          {say('act.step-back')} <kbd>Ctrl Z</kbd>
        </button>
      )}
      {!isClosed && points.length >= 3 && (
        <button type="button" className="button" onClick={() => app.tools.close()}>
          {say('draw.close-it')}
        </button>
      )}
      {!isClosed && (
        <span className="note">
          <kbd>Enter</kbd> {say('draw.by-key')}
        </span>
      )}
      {isClosed && (
        <button
          type="button"
          className="button is-main"
          onClick={() => app.overlay.set({ kind: 'area-form', ...(state.areaId ? { areaId: state.areaId } : {}) })}
        >
          {say('draw.save')}
        </button>
      )}
      <button type="button" className="button" onClick={() => app.tools.stop()}>
        {say('act.cancel')} <kbd>Esc</kbd>
      </button>
    </div>
  )
}

/** Name and figures of the ship under the pointer. */
function Hover() {
  const app = useApp()
  const mmsi = useStore(app.hovered)
  const { language } = useStore(app.desk)
  const nowMs = useNow()
  const chart = useStore(app.chart)
  const place = mmsi === undefined ? undefined : chart?.placeOf(mmsi)
  if (mmsi === undefined || !chart || !place) return null
  const at = chart.project(place.lat, place.lon)
  const sentAtS = chart.sentAtS(mmsi)
  return (
    <div className="callout is-soft" style={{ transform: `translate(${Math.round(at.x + 16)}px, ${Math.round(at.y - 44)}px)` }}>
      <b>{app.link.nameOf(mmsi) ?? mmsi}</b>
      <span>
        MMSI {mmsi}
        {sentAtS !== undefined && ` · ${age(nowMs - sentAtS * 1000, language)}`}
      </span>
    </div>
  )
}
