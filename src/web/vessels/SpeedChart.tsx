import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { useApp, useSay } from '../app.ts'
import { minuteKst, momentKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import type { Stay, TrackPoint } from './model.ts'
import { type Gap, silenceOf } from './track.ts'

const NO_STAYS: readonly Stay[] = []
const DAY_S = 86_400

/** The hour; with the day where the marks are half a day apart or more. */
const tickWords = (atMs: number, nowMs: number, ticks: readonly number[]): string =>
  (ticks[1] ?? 0) - (ticks[0] ?? 0) >= DAY_S / 2 ? momentKst(atMs, nowMs) : minuteKst(atMs)

/**
 * Speed over ground of a track from its first report in the last 24 hours until now; gaps hatched in orange, also the silence that still lasts; the alarm's
 * span tinted red. A press shows that moment.
 */
export function SpeedChart({
  points,
  gaps,
  stays = NO_STAYS,
  heightPx,
  toMs,
  alarmSpan,
}: {
  points: readonly TrackPoint[]
  gaps: readonly Gap[]
  /** Stops: shaded, with the name of the place. */
  stays?: readonly Stay[]
  heightPx: number
  /** Now, or the moment of the past that is looked at. */
  toMs: number
  alarmSpan?: readonly [number, number] | undefined
}) {
  const app = useApp()
  const say = useSay()
  const { palette, language } = useStore(app.desk)
  const frame = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (!frame.current || points.length === 0) return
    const style = getComputedStyle(document.documentElement)
    const token = (name: string): string => style.getPropertyValue(name)
    const x: number[] = []
    const y: (number | null)[] = []
    const cuts = new Set(gaps.map(gap => gap.toMs))
    for (const point of points) {
      if (cuts.has(point.atMs)) {
        x.push(point.atMs / 1000 - 1)
        y.push(null)
      }
      x.push(point.atMs / 1000)
      y.push(Number.isNaN(point.sogKn) ? null : point.sogKn)
    }
    const open = silenceOf(points, toMs)
    const silences = open ? [...gaps, open] : gaps
    const font = `11px ${token('--font')}`
    const axis = { stroke: token('--text-2'), font, grid: { stroke: token('--line'), width: 1 }, ticks: { show: false } }
    const plot = new uPlot(
      {
        width: frame.current.clientWidth,
        height: heightPx,
        legend: { show: false },
        cursor: { y: false, points: { size: 6 } },
        padding: [6, 4, 0, 0],
        scales: {
          x: { time: false, range: (_plot, least) => [least, Math.max(least + 600, toMs / 1000)] },
          y: { range: (_plot, _least, most) => [0, Math.max(5, Math.ceil(most / 5) * 5)] },
        },
        axes: [
          {
            ...axis,
            space: 70,
            size: 20,
            gap: 3,
            values: (_plot, ticks) => ticks.map(tick => tickWords(tick * 1000, toMs, ticks)),
            incrs: [300, 600, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172_800, 432_000],
          },
          { ...axis, size: 26, gap: 4, space: 26 },
        ],
        series: [{}, { stroke: token('--act'), width: 1.8, spanGaps: false, points: { show: false } }],
        hooks: {
          drawClear: [plot => shade(plot, silences, alarmSpan, token('--warning'), token('--critical'))],
          draw: [plot => shadeStays(plot, stays, toMs, language, token('--asleep'), font)],
        },
      },
      [x, y],
      frame.current,
    )
    const watcher = new ResizeObserver(() => frame.current && plot.setSize({ width: frame.current.clientWidth, height: heightPx }))
    watcher.observe(frame.current)
    const press = (): void => {
      const at = plot.cursor.left !== undefined && plot.cursor.left >= 0 ? plot.posToVal(plot.cursor.left, 'x') : undefined
      if (at !== undefined) app.time.show(at * 1000)
    }
    plot.over.addEventListener('click', press)
    return () => {
      watcher.disconnect()
      plot.destroy()
    }
  }, [app, points, gaps, stays, heightPx, palette, language, alarmSpan, toMs])

  return <div ref={frame} role="img" aria-label={say('speed.chart')} style={{ height: heightPx }} />
}

function shade(
  plot: uPlot,
  gaps: readonly Pick<Gap, 'fromMs' | 'toMs'>[],
  alarmSpan: readonly [number, number] | undefined,
  warning: string,
  critical: string,
): void {
  const { ctx, bbox } = plot
  const band = (fromMs: number, toMs: number): readonly [number, number] => {
    const left = Math.max(bbox.left, plot.valToPos(fromMs / 1000, 'x', true))
    return [left, Math.min(bbox.left + bbox.width, plot.valToPos(toMs / 1000, 'x', true)) - left]
  }
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  if (alarmSpan) {
    const [left, width] = band(...alarmSpan)
    ctx.globalAlpha = 0.26
    ctx.fillStyle = critical
    ctx.fillRect(left, bbox.top, Math.max(2, width), bbox.height)
  }
  ctx.globalAlpha = 0.7
  ctx.strokeStyle = warning
  ctx.lineWidth = 1.4 * devicePixelRatio
  for (const gap of gaps) {
    const [left, width] = band(gap.fromMs, gap.toMs)
    if (width <= 0) continue
    ctx.save()
    ctx.beginPath()
    ctx.rect(left, bbox.top, width, bbox.height)
    ctx.clip()
    ctx.beginPath()
    for (let at = left - bbox.height; at < left + width; at += 6 * devicePixelRatio) {
      ctx.moveTo(at, bbox.top + bbox.height)
      ctx.lineTo(at + bbox.height, bbox.top)
    }
    ctx.stroke()
    ctx.restore()
  }
  ctx.restore()
}

function shadeStays(plot: uPlot, stays: readonly Stay[], toMs: number, language: 'ko' | 'en', colour: string, font: string): void {
  const { ctx, bbox } = plot
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  ctx.fillStyle = colour
  ctx.font = font.replace(/^(\d+)px/, (_all, px: string) => `${Number(px) * devicePixelRatio}px`)
  ctx.textBaseline = 'top'
  ctx.textAlign = 'left'
  for (const stay of stays) {
    const left = plot.valToPos(stay.fromMs / 1000, 'x', true)
    const width = plot.valToPos((stay.toMs ?? toMs) / 1000, 'x', true) - left
    ctx.globalAlpha = 0.2
    ctx.fillRect(left, bbox.top, width, bbox.height)
    ctx.globalAlpha = 1
    const words = stay.areaName ?? stay.placeName?.[language] ?? ''
    const at = Math.max(left, bbox.left) + 4 * devicePixelRatio
    if (ctx.measureText(words).width + 8 * devicePixelRatio <= width) ctx.fillText(words, at, bbox.top + 4 * devicePixelRatio)
  }
  ctx.restore()
}
