import { useEffect, useRef } from 'react'
import { useApp, useSay } from '../app.ts'
import { age, distance, minuteKst } from '../i18n/format.ts'
import { wordFor } from '../i18n/text.ts'
import { useStore } from '../shell/store.ts'

interface Callout {
  readonly key: string
  readonly at: { readonly lat: number; readonly lon: number } | number
  readonly look: string
  readonly head: string
  readonly body: string
}

/** Boxes tied to places: the selected situation, and the gaps of the track with time and distance. They follow the chart without React's help. */
export function Callouts() {
  const app = useApp()
  const say = useSay()
  const { language, layers } = useStore(app.desk)
  const chart = useStore(app.chart)
  const selected = useStore(app.selected.state)
  const { alarms } = useStore(app.alarms.state)
  const { selection } = useStore(app.address)
  const frame = useRef<HTMLDivElement>(null)
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
        body: `${wordFor(say, 'detector', alarm.detector)}${alarm.placeName ? ` · ${alarm.placeName}` : ''}`,
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

  useEffect(() => {
    if (!chart) return
    const follow = (): void => {
      for (const box of frame.current?.children ?? []) {
        if (!(box instanceof HTMLElement)) continue
        const { lat, lon, mmsi } = box.dataset
        const place = mmsi ? chart.placeOf(Number(mmsi)) : { lat: Number(lat), lon: Number(lon) }
        box.hidden = place === undefined
        if (!place) continue
        const at = chart.project(place.lat, place.lon)
        box.style.transform = `translate(${Math.round(at.x + 30)}px, ${Math.round(at.y + 12)}px)`
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
