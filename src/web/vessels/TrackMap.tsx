import { useEffect, useRef } from 'react'
import { useApp, useSay } from '../app.ts'
import { Chart } from '../map/chart.ts'
import { useStore } from '../shell/store.ts'
import { Panel } from '../ui/parts.tsx'
import type { SelectedShip } from './selected.ts'

/** The ship's track on a chart of its own, whole in view. */
export function TrackMap({ ship }: { ship: SelectedShip }) {
  const app = useApp()
  const say = useSay()
  const { palette, language } = useStore(app.desk)
  const frame = useRef<HTMLDivElement>(null)
  const over = useRef<HTMLCanvasElement>(null)
  const chart = useRef<Chart>(undefined)
  const { mmsi } = ship

  useEffect(() => {
    if (!frame.current || !over.current) return
    const nothing = (): void => undefined
    const own = new Chart(
      frame.current,
      over.current,
      {
        language: app.desk.get().language,
        type: 1,
        view: app.address.get(),
        nameOf: number => app.link.nameOf(number) ?? String(number),
        now: app.now,
        reducedMotion: () => true,
      },
      {
        onView: nothing,
        onPick: nothing,
        onHover: nothing,
        onCursor: nothing,
        onInView: nothing,
        onToolPointer: () => false,
        onTrouble: nothing,
      },
    )
    chart.current = own
    const stops = [app.link.onShips((ships, tickMs) => own.show(ships, tickMs)), app.selected.onDraw(own)]
    return () => {
      for (const stop of stops) stop()
      chart.current = undefined
      own.destroy()
    }
  }, [app, mmsi])

  useEffect(() => chart.current?.restyle(language), [language, palette])
  useEffect(() => {
    const places =
      ship.track.length > 0
        ? ship.track
        : ship.card?.lat !== undefined && ship.card.lon !== undefined
          ? [{ lat: ship.card.lat, lon: ship.card.lon }]
          : []
    if (places.length === 0) return
    const [lats, lons] = [places.map(place => place.lat), places.map(place => place.lon)]
    chart.current?.fit(Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats))
  }, [ship.track, ship.card?.lat, ship.card?.lon])

  return (
    <Panel label={say('layer.track')} className="chart is-grow">
      <div className="chart__map" ref={frame} />
      <canvas className="chart__over" ref={over} aria-hidden="true" />
      <div className="callout" style={{ left: 12, top: 12 }}>
        <b>{say('track.24h')}</b>
        <span>{say('track.key')}</span>
      </div>
      <div className="attribution" style={{ bottom: 4 }}>
        {say('chart.source')}
      </div>
    </Panel>
  )
}
