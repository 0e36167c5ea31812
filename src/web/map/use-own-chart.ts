import { type RefObject, useEffect, useRef, useState } from 'react'
import { useApp } from '../app.ts'
import { useStore } from '../shell/store.ts'
import { Chart, type ChartEvents, type ChartSettings, type ChartView } from './chart.ts'

const NOTHING = (): void => undefined

/** A chart with the element it lives in. */
interface Housed {
  readonly chart: Chart
  readonly house: HTMLElement
}

/** The one that was left last. A chart costs the browser seconds of compiling where no graphics card helps: who goes from incident to incident pays once. */
let spare: Housed | undefined

function open(frame: HTMLElement, settings: ChartSettings, events: ChartEvents): Housed {
  const known = spare
  spare = undefined
  if (known) {
    frame.append(known.house)
    known.chart.moveTo(settings, events)
    return known
  }
  const house = document.createElement('div')
  const [map, over] = [document.createElement('div'), document.createElement('canvas')]
  house.className = 'chart__house'
  map.className = 'chart__map'
  over.className = 'chart__over'
  over.ariaHidden = 'true'
  house.append(map, over)
  frame.append(house)
  return { house, chart: new Chart(map, over, settings, events) }
}

function leave(housed: Housed): void {
  housed.chart.rest()
  housed.house.remove()
  spare?.chart.destroy()
  spare = housed
}

/** A chart of a page's own, beside the one of the situation room: ships of the live line on it, its language and palette those of the desk. It fills `frame`. */
export function useOwnChart(
  view: () => ChartView,
  onPick?: ChartEvents['onPick'],
): {
  readonly chart: Chart | undefined
  readonly frame: RefObject<HTMLDivElement | null>
} {
  const app = useApp()
  const { palette, language } = useStore(app.desk)
  const frame = useRef<HTMLDivElement>(null)
  const [chart, setChart] = useState<Chart>()
  const pick = useRef(onPick)
  pick.current = onPick
  const first = useRef(view)
  useEffect(() => {
    if (!frame.current) return
    const own = open(
      frame.current,
      {
        language: app.desk.get().language,
        type: 1,
        view: first.current(),
        nameOf: number => app.link.nameOf(number) ?? String(number),
        now: app.now,
        reducedMotion: () => true,
        coveredPx: () => 0,
      },
      {
        onView: NOTHING,
        onPick: number => pick.current?.(number),
        onHover: NOTHING,
        onCursor: NOTHING,
        onInView: NOTHING,
        onToolPointer: () => false,
        onTrouble: NOTHING,
      },
    )
    setChart(own.chart)
    const stop = app.link.onShips((ships, tickMs) => own.chart.show(ships, tickMs))
    return () => {
      stop()
      setChart(undefined)
      leave(own)
    }
  }, [app])
  useEffect(() => chart?.restyle(language), [chart, language, palette])
  return { chart, frame }
}
