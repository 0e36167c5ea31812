import { useCallback, useEffect, useRef, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { minuteKst, momentKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { CommandButton } from '../ui/parts.tsx'
import { pixelRatio } from '../ui/pixel-ratio.ts'
import { useNow } from '../ui/use-now.ts'
import type { TimelineBin } from './model.ts'
import { DAY_MS, marksOf, momentAt, SPEEDS, type Span, spanEndingAt, zoomSpan } from './playback.ts'

const BAR_COLOURS = ['--critical', '--critical', '--warning', '--caution'] as const
const REFRESH_MS = 60_000

/** Activity of the last day with alarms as ticks; a press or drag shows that moment, the right end is live. */
export function TimeSlider() {
  const app = useApp()
  const say = useSay()
  const time = useStore(app.time.state)
  const { palette } = useStore(app.desk)
  const { alarms } = useStore(app.alarms.state)
  const nowMs = useNow()
  const [lengthMs, setLengthMs] = useState(DAY_MS)
  const [endMs, setEndMs] = useState<number>()
  const [bins, setBins] = useState<readonly TimelineBin[]>([])
  const canvas = useRef<HTMLCanvasElement>(null)
  const span: Span = spanEndingAt(endMs ?? nowMs, lengthMs)
  const spanKey = `${Math.round(span.toMs / REFRESH_MS)}|${Math.round(lengthMs)}`

  useEffect(() => {
    let isCurrent = true
    app.api.timeline(span.fromMs, span.toMs, 96).then(
      answer => isCurrent && setBins(answer),
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [app, spanKey])

  const draw = useCallback(() => {
    const c = canvas.current?.getContext('2d')
    if (!canvas.current || !c) return
    const style = getComputedStyle(document.documentElement)
    const token = (name: string): string => style.getPropertyValue(name)
    const ratio = pixelRatio()
    const { clientWidth: w, clientHeight: h } = canvas.current
    canvas.current.width = w * ratio
    canvas.current.height = h * ratio
    c.setTransform(ratio, 0, 0, ratio, 0, 0)
    const x = (ms: number): number => ((ms - span.fromMs) / (span.toMs - span.fromMs)) * w
    const most = bins.reduce((max, bin) => Math.max(max, bin.positions), 1)
    const floor = 38
    for (const [i, bin] of bins.entries()) {
      const left = x(bin.fromMs)
      const width = Math.max(1.5, (x(bins[i + 1]?.fromMs ?? span.toMs) - left) * 0.78)
      let top = floor
      const bar = bin.positions === 0 ? 0 : 3 + (bin.positions / most) * 17
      top -= bar
      c.fillStyle = token('--bar')
      c.fillRect(left, top, width, bar)
      for (const level of [3, 2, 1, 0]) {
        const count = bin.alarms[level] ?? 0
        if (count === 0) continue
        const part = Math.min(12, 3 + count * 2)
        top -= part
        c.fillStyle = token(BAR_COLOURS[level] ?? '--caution')
        c.fillRect(left, top, width, part)
      }
    }
    c.fillStyle = token('--line-2')
    c.fillRect(0, floor, w, 1)
    const type = document.documentElement.dataset.wall === undefined ? 1 : 1.3
    c.font = `500 ${11.5 * type}px ${token('--font')}`
    c.fillStyle = token('--text-2')
    c.textBaseline = 'alphabetic'
    c.textAlign = 'center'
    for (const mark of marksOf(span, 7)) {
      const at = x(mark)
      if (at > 20 && at < w - 52) c.fillText(lengthMs > 2 * DAY_MS ? momentKst(mark, nowMs) : minuteKst(mark), at, 51)
    }
    const at = time.atMs === undefined ? w - 3 : x(time.atMs)
    c.fillStyle = token(time.atMs === undefined ? '--good' : '--act')
    c.fillRect(Math.min(w - 3, Math.max(0, at - 1)), 2, 3, 38)
    c.font = `700 ${11.5 * type}px ${token('--font')}`
    c.textAlign = time.atMs === undefined || at > w - 40 ? 'right' : 'center'
    const words = minuteKst(time.atMs ?? nowMs)
    const middle = time.atMs === undefined || at > w - 40 ? w : Math.max(20, at)
    if (time.atMs !== undefined) {
      const half = c.measureText(words).width / 2 + 5
      c.fillStyle = token('--panel')
      c.fillRect(middle - (at > w - 40 ? 2 * half : half), 41, 2 * half, 13)
      c.fillStyle = token('--act')
    }
    c.fillText(words, middle, 51)
  }, [bins, span.fromMs, span.toMs, time.atMs, nowMs, lengthMs])

  useEffect(draw, [draw, palette, alarms])
  useEffect(() => {
    const watcher = new ResizeObserver(draw)
    if (canvas.current) watcher.observe(canvas.current)
    return () => watcher.disconnect()
  }, [draw])

  const shareOf = (clientX: number): number => {
    const box = canvas.current?.getBoundingClientRect()
    return box ? (clientX - box.left) / box.width : 1
  }
  const point = (clientX: number): void => {
    const at = momentAt(span, shareOf(clientX), app.now())
    if (at === undefined) {
      setEndMs(undefined)
      app.time.goLive()
      return
    }
    setEndMs(span.toMs)
    app.time.show(at)
  }
  const command = (id: string) => app.commands().find(one => one.id === id)

  return (
    <div className="slider" data-region="time" tabIndex={-1}>
      <span className={`slider__live ${time.atMs === undefined ? '' : 'is-past'}`}>
        <i />
        {time.atMs === undefined ? say('time.live') : say('time.past')}
      </span>
      <div
        className="slider__bars"
        role="slider"
        tabIndex={0}
        aria-label={say('time.slider')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round((((time.atMs ?? span.toMs) - span.fromMs) / (span.toMs - span.fromMs)) * 100)}
        aria-valuetext={time.atMs === undefined ? say('time.live') : momentKst(time.atMs, nowMs)}
        onPointerDown={event => {
          event.currentTarget.setPointerCapture(event.pointerId)
          point(event.clientX)
        }}
        onPointerMove={event => event.buttons === 1 && point(event.clientX)}
        onWheel={event => {
          const zoomed = zoomSpan(span, shareOf(event.clientX), event.deltaY > 0 ? 1.25 : 0.8, app.now())
          setLengthMs(zoomed.toMs - zoomed.fromMs)
          setEndMs(zoomed.toMs >= app.now() - 2000 ? undefined : zoomed.toMs)
        }}
      >
        <canvas ref={canvas} />
      </div>
      <span className="slider__acts">
        <CommandButton command={command('time.hour-back')} withKey={false} />
        <button
          type="button"
          className={`button ${time.isPlaying ? 'is-pressed' : ''}`}
          aria-label={say(time.isPlaying ? 'time.pause' : 'time.play')}
          onClick={() => app.time.play(!time.isPlaying)}
        >
          <svg width="9" height="11" aria-hidden="true">
            {time.isPlaying ? <path d="M0 0h3v11H0zM6 0h3v11H6z" fill="currentColor" /> : <path d="M0 0 9 5.5 0 11z" fill="currentColor" />}
          </svg>
        </button>
        <button
          type="button"
          className="button"
          aria-label={say('time.speed')}
          onClick={() => app.time.setSpeed(SPEEDS[(SPEEDS.indexOf(time.speed) + 1) % SPEEDS.length] ?? 8)}
        >
          ×{time.speed}
        </button>
        {time.atMs !== undefined && <CommandButton command={command('time.live')} look="is-main" />}
      </span>
    </div>
  )
}
