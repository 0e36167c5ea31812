import { useEffect, useRef } from 'react'
import { useApp, useSay } from '../app.ts'
import { age, distance, minuteKst } from '../i18n/format.ts'
import { wordFor } from '../i18n/text.ts'
import { useStore } from '../shell/store.ts'
import { placeCallouts } from './callout-place.ts'
import type { Chart } from './chart.ts'

const NOWHERE = { x: -1, y: -1 }

export interface Callout {
  readonly key: string
  readonly at: { readonly lat: number; readonly lon: number } | number
  readonly look: string
  readonly head: string
  readonly body: string
}

/** Boxes tied to places: the selected situation, and the gaps of the track with time and distance. */
export function Callouts() {
  const app = useApp()
  const say = useSay()
  const { language, layers } = useStore(app.desk)
  const chart = useStore(app.chart)
  const selected = useStore(app.selected.state)
  const { alarms } = useStore(app.alarms.state)
  const { selection } = useStore(app.address)
  const alarm = selection?.kind === 'alarm' ? alarms.get(selection.id) : undefined

  const callouts: Callout[] = []
  if (alarm) {
    const at = alarm.ships[0] ?? alarm.place
    if (at !== undefined)
      callouts.push({
        key: 'alarm',
        at: typeof at === 'number' && chart?.placeOf(at) === undefined ? (alarm.place ?? at) : at,
        look: `level-${alarm.level}`,
        head: alarm.subjects
          .slice(0, 2)
          .map(subject => subject.label)
          .join(' ↔ '),
        body: `${wordFor(say, 'detector', alarm.detector)}${alarm.placeName ? ` · ${alarm.placeName[language]}` : ''}`,
      })
  }
  if (layers.track && selected)
    for (const gap of selected.gaps.slice(-3))
      callouts.push({
        key: `gap-${gap.fromMs}`,
        at: { lat: (gap.from.lat + gap.to.lat) / 2, lon: (gap.from.lon + gap.to.lon) / 2 },
        look: 'is-gap',
        head: say('gap.title', { age: age(gap.toMs - gap.fromMs, language) }),
        body: `${minuteKst(gap.fromMs)}–${minuteKst(gap.toMs)} · ${distance(gap.distanceM)}`,
      })

  return chart ? <CalloutBoxes chart={chart} callouts={callouts} /> : null
}

/** Follows the chart without React's help: one look a frame, no render. */
export function CalloutBoxes({ chart, callouts }: { chart: Chart; callouts: readonly Callout[] }) {
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const follow = (): void => {
      const boxes = [...(frame.current?.children ?? [])].filter(box => box instanceof HTMLElement)
      const places = boxes.map(({ dataset: { lat, lon, mmsi } }) =>
        mmsi ? chart.placeOf(Number(mmsi)) : { lat: Number(lat), lon: Number(lon) },
      )
      const spots = placeCallouts(
        chart.clearSize(),
        boxes.map((box, i) => {
          const place = places[i]
          return { at: place ? chart.project(place.lat, place.lon) : NOWHERE, size: { width: box.offsetWidth, height: box.offsetHeight } }
        }),
      )
      for (const [i, box] of boxes.entries()) {
        const spot = spots[i]
        // Not display: none, so that its size stays known.
        box.style.visibility = spot ? 'visible' : 'hidden'
        if (spot) box.style.transform = `translate(${Math.round(spot.x)}px, ${Math.round(spot.y)}px)`
      }
    }
    follow()
    chart.map.on('render', follow)
    return () => void chart.map.off('render', follow)
  })

  return (
    <div ref={frame}>
      {callouts.map(callout => (
        <div
          key={callout.key}
          className={`callout ${callout.look}`}
          {...(typeof callout.at === 'number' ? { 'data-mmsi': callout.at } : { 'data-lat': callout.at.lat, 'data-lon': callout.at.lon })}
        >
          <b>{callout.head}</b>
          <span>{callout.body}</span>
        </div>
      ))}
    </div>
  )
}
