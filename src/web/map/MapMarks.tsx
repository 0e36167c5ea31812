import { useEffect, useRef } from 'react'
import type { Chart } from './chart.ts'

/** Something that stands at a place, as large at every zoom: a ring, a dot with a word. With `onOpen` it is a button. */
export interface MapMark {
  readonly key: string
  readonly lat: number
  readonly lon: number
  readonly look: string
  readonly label?: string
  readonly title?: string
  readonly onOpen?: () => void
}

/** Follows the chart without React's help: one look a frame, no render. */
export function MapMarks({ chart, marks }: { chart: Chart | undefined; marks: readonly MapMark[] }) {
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!chart) return
    const follow = (): void => {
      for (const box of frame.current?.children ?? [])
        if (box instanceof HTMLElement) {
          const { x, y } = chart.project(Number(box.dataset.lat), Number(box.dataset.lon))
          box.style.visibility = 'visible'
          box.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`
        }
    }
    follow()
    chart.map.on('render', follow)
    return () => void chart.map.off('render', follow)
  })
  return (
    <div ref={frame} className="map-marks">
      {marks.map(({ key, lat, lon, look, label, title, onOpen }) => {
        const props = { 'data-lat': lat, 'data-lon': lon, className: `map-mark ${look}`, title }
        const body = (
          <>
            <i />
            {label && <span>{label}</span>}
          </>
        )
        return onOpen ? (
          <button key={key} type="button" {...props} onClick={onOpen}>
            {body}
          </button>
        ) : (
          <div key={key} {...props}>
            {body}
          </div>
        )
      })}
    </div>
  )
}
