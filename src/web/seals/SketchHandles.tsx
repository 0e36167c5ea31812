import { type PointerEvent, useEffect, useRef } from 'react'
import { useSay } from '../app.ts'
import type { Chart } from '../map/chart.ts'
import { drag, grab, isEnd, type Point, put, type Sketch } from './sketch.ts'

const STEP_PX = 12
const FINE_PX = 2
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}
/** With more points than this only they have handles, not the middles between them. */
const MOST_MIDDLES = 80

interface Props {
  readonly chart: Chart | undefined
  readonly sketch: Sketch
  onDraw(next: Sketch): void
  onTake(n: number): void
}

/** A handle for each point between the ends, and a small one in the middle of each stretch: dragged by hand or finger, moved by the arrows, taken away by Delete or a second press. */
export function SketchHandles({ chart, sketch, onDraw, onTake }: Props) {
  const say = useSay()
  const frame = useRef<HTMLDivElement>(null)
  const held = useRef<number | undefined>(undefined)
  const now = useRef(sketch)
  now.current = sketch
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
  if (!chart) return null
  const at = (event: PointerEvent): Point => {
    const box = frame.current?.getBoundingClientRect()
    const { lng, lat } = chart.map.unproject([event.clientX - (box?.left ?? 0), event.clientY - (box?.top ?? 0)])
    return [lng, lat]
  }
  const draw = (next: Sketch): void => {
    now.current = next
    onDraw(next)
  }
  const hold = (event: PointerEvent<HTMLButtonElement>, n: number): void => {
    event.preventDefault()
    event.currentTarget.focus()
    // What was a middle becomes a point, and its button another: the frame holds the pointer.
    frame.current?.setPointerCapture(event.pointerId)
    held.current = n
  }
  const middles = sketch.line.length > MOST_MIDDLES ? [] : sketch.line.slice(1)
  return (
    <div
      ref={frame}
      className="sketch-handles"
      onPointerMove={event => {
        if (held.current !== undefined) draw(drag(now.current, held.current, at(event)))
      }}
      onPointerUp={() => {
        held.current = undefined
      }}
      onPointerCancel={() => {
        held.current = undefined
      }}
    >
      {sketch.line.map(([lon, lat], n) =>
        isEnd(sketch, n) ? null : (
          <button
            key={`p${n}`}
            type="button"
            className="sketch-handle"
            data-lat={lat}
            data-lon={lon}
            aria-label={say('seals.way.point', { n })}
            title={say('seals.way.point-help')}
            onPointerDown={event => {
              draw(grab(now.current))
              hold(event, n)
            }}
            onDoubleClick={() => onTake(n)}
            onKeyDown={event => {
              const by = ARROWS[event.code]
              if (event.code === 'Delete') onTake(n)
              else if (by) {
                const { x, y } = chart.project(lat, lon)
                const px = event.shiftKey ? FINE_PX : STEP_PX
                const { lng, lat: to } = chart.map.unproject([x + by[0] * px, y + by[1] * px])
                draw(drag(grab(now.current), n, [lng, to]))
              } else return
              event.preventDefault()
              event.stopPropagation()
            }}
          />
        ),
      )}
      {middles.map(([lon, lat], n) => {
        const [lon1, lat1] = sketch.line[n]!
        const middle: Point = [(lon + lon1) / 2, (lat + lat1) / 2]
        return (
          <button
            key={`m${n}`}
            type="button"
            className="sketch-handle is-middle"
            tabIndex={-1}
            aria-hidden="true"
            data-lat={middle[1]}
            data-lon={middle[0]}
            onPointerDown={event => {
              const made = put(now.current, at(event))
              draw(made.sketch)
              hold(event, made.n)
            }}
          />
        )
      })}
    </div>
  )
}
