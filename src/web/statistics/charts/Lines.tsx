import { useState } from 'react'
import type { MeasureDefinition } from '#statistics/schema.ts'
import { figureText, slotWords } from '../figures.ts'
import { askKey, type RowView } from '../model.ts'
import { LackState, lackOf } from '../parts.tsx'
import { marksTo } from '../scale.ts'
import { useStatistics } from '../use-statistics.ts'
import { useWidth } from '../use-width.ts'
import type { ChartProps } from './chart.ts'

const HEIGHT = 206
const TOP = 26
const FOOT = 24
const RIGHT = 16

interface Series {
  readonly id: string
  readonly name: string
  readonly look: string
  readonly values: readonly (number | undefined)[]
}

/** Curves over the period from zero: one measure beside the period before and the year before, or several of one unit, each with its own dash and mark. A slot opens its records. */
export function Lines({ widget, answers }: ChartProps) {
  const context = useStatistics()
  const { say, language, word, view, drill } = context
  const [frame, width] = useWidth()
  const [looked, setLooked] = useState<number>()
  const first = context.measure(widget.measures[0] ?? '')
  const told = widget.measures.flatMap(id => {
    const measure = context.measure(id)
    const answer = answers.of.get(askKey({ measure: id, by: ['slot'] }))
    return measure && answer && measure.unit === first?.unit ? [{ measure, answer }] : []
  })
  const [main] = told
  const lack = lackOf(main?.answer, main?.answer.total, first)
  if (!first || (lack !== undefined && lack !== 'nothing')) return <LackState lack={lack ?? 'hidden'} />
  const slots = [...new Set(told.flatMap(({ answer }) => answer.rows.map(row => Number(row.key[0]))))].sort((a, b) => a - b)
  const series = seriesOf(
    told,
    slots,
    view.compare,
    { now: say('statistics.now'), before: say('statistics.before'), year: say('statistics.year-before') },
    word,
  )
  const values = series.flatMap(one => one.values.flatMap(value => value ?? []))
  if (values.length === 0) return <LackState lack="nothing" />
  const marks = marksTo(Math.max(...values), first.unit)
  const top = marks.at(-1) ?? 1
  const tick = (value: number): string => figureText(value, first.unit, language)
  const left = 14 + Math.max(...marks.map(mark => tick(mark).length)) * 7.4
  const step = (width - left - RIGHT) / Math.max(1, slots.length)
  const x = (k: number): number => left + (k + 0.5) * step
  const y = (value: number): number => TOP + (1 - value / top) * (HEIGHT - TOP - FOOT)
  const every = Math.max(1, Math.ceil(52 / step))
  const at = looked !== undefined && looked < slots.length ? looked : undefined
  const open = (k: number): void => {
    const slotMs = slots[k]
    if (slotMs !== undefined && main) drill?.({ measure: main.measure.id, slotMs })
  }
  const lookAt = (k: number | undefined): void => setLooked(k === undefined ? undefined : Math.max(0, Math.min(slots.length - 1, k)))
  return (
    <div
      ref={frame}
      className={`stat-lines ${drill ? 'can-open' : ''}`}
      role="slider"
      tabIndex={0}
      aria-label={word(widget.title ?? first)}
      aria-valuemin={0}
      aria-valuemax={slots.length - 1}
      aria-valuenow={at ?? slots.length - 1}
      aria-valuetext={readout(at ?? slots.length - 1, slots, series, first, answers.slot, language)}
      onPointerMove={event => lookAt(Math.floor((event.clientX - event.currentTarget.getBoundingClientRect().left - left) / step))}
      onPointerLeave={() => setLooked(undefined)}
      onClick={() => at !== undefined && open(at)}
      onKeyDown={event => {
        if (event.code === 'ArrowRight') lookAt((at ?? -1) + 1)
        else if (event.code === 'ArrowLeft') lookAt((at ?? slots.length) - 1)
        else if (event.code === 'Enter' && at !== undefined) open(at)
        else return
        event.preventDefault()
        event.stopPropagation()
      }}
      onBlur={() => setLooked(undefined)}
    >
      {width > 0 && (
        <svg width={width} height={HEIGHT} aria-hidden="true">
          {marks.map(mark => (
            <g key={mark}>
              <path className="stat-grid" d={`M${left} ${y(mark)}H${width - RIGHT}`} />
              <text className="stat-tick" x={left - 7} y={y(mark) + 4} textAnchor="end">
                {tick(mark)}
              </text>
            </g>
          ))}
          {slots.map((slot, k) => {
            const isMarked = (slots.length - 1 - k) % every === 0
            return (
              isMarked && (
                <text key={slot} className="stat-tick" x={x(k)} y={HEIGHT - 8} textAnchor="middle">
                  {slotWords(slot, answers.slot, language)}
                </text>
              )
            )
          })}
          {at !== undefined && <path className="stat-cross" d={`M${x(at)} ${TOP - 4}V${HEIGHT - FOOT}`} />}
          {[...series].reverse().map(one => (
            <g key={one.id} className={`stat-line ${one.look}`}>
              <path d={pathOf(one.values, x, y)} />
              {slots.length <= 40 &&
                one.look.includes('is-main') &&
                one.values.map(
                  (value, k) => value !== undefined && <circle key={slots[k]} cx={x(k)} cy={y(value)} r={k === at ? 4.2 : 2.6} />,
                )}
            </g>
          ))}
          {at !== undefined && (
            <text
              className="stat-value"
              x={Math.max(left, Math.min(width - RIGHT - 4, x(at)))}
              y={14}
              textAnchor={x(at) > width * 0.6 ? 'end' : x(at) < width * 0.4 ? 'start' : 'middle'}
            >
              {readout(at, slots, series, first, answers.slot, language)}
            </text>
          )}
        </svg>
      )}
    </div>
  )
}

export function LinesLegend({ widget }: Pick<ChartProps, 'widget'>) {
  const context = useStatistics()
  const first = context.measure(widget.measures[0] ?? '')
  if (widget.measures.length < 2) return null
  return (
    <span className="stat-legend">
      {widget.measures.flatMap((id, k) => {
        const measure = context.measure(id)
        return measure && measure.unit === first?.unit
          ? [
              <span key={id}>
                <svg width="22" height="10" aria-hidden="true" className={`stat-line is-main series-${k + 1}`}>
                  <path d="M1 5h20" />
                  <circle cx="11" cy="5" r="2.6" />
                </svg>
                {context.word(measure)}
              </span>,
            ]
          : []
      })}
    </span>
  )
}

function seriesOf(
  told: readonly { readonly measure: MeasureDefinition; readonly answer: { readonly rows: readonly RowView[] } }[],
  slots: readonly number[],
  compare: { readonly before: boolean; readonly yearBefore: boolean },
  names: { readonly now: string; readonly before: string; readonly year: string },
  word: (words: MeasureDefinition) => string,
): readonly Series[] {
  const valuesOf = (rows: readonly RowView[], pick: (row: RowView) => number | undefined): readonly (number | undefined)[] => {
    const bySlot = new Map(rows.map(row => [Number(row.key[0]), row]))
    return slots.map(slot => {
      const row = bySlot.get(slot)
      return row && pick(row)
    })
  }
  const [only, more] = told
  if (!only) return []
  if (more)
    return told.map(({ measure, answer }, k) => ({
      id: measure.id,
      name: word(measure),
      look: `is-main series-${k + 1}`,
      values: valuesOf(answer.rows, row => row.value),
    }))
  const { rows } = only.answer
  return [
    { id: 'now', name: names.now, look: 'is-main is-now', values: valuesOf(rows, row => row.value) },
    ...(compare.before ? [{ id: 'before', name: names.before, look: 'is-before', values: valuesOf(rows, row => row.before?.value) }] : []),
    ...(compare.yearBefore
      ? [{ id: 'year', name: names.year, look: 'is-year', values: valuesOf(rows, row => row.yearBefore?.value) }]
      : []),
  ]
}

/** A line that breaks where nothing is known; a point alone is a short stroke. */
function pathOf(values: readonly (number | undefined)[], x: (k: number) => number, y: (value: number) => number): string {
  let path = ''
  let isDrawn = false
  for (const [k, value] of values.entries()) {
    if (value === undefined) {
      isDrawn = false
      continue
    }
    path += `${isDrawn ? 'L' : 'M'}${x(k).toFixed(1)} ${y(value).toFixed(1)}`
    if (!isDrawn && values[k + 1] === undefined) path += 'h0.1'
    isDrawn = true
  }
  return path
}

const readout = (
  k: number,
  slots: readonly number[],
  series: readonly Series[],
  measure: MeasureDefinition,
  slot: Parameters<typeof slotWords>[1],
  language: Parameters<typeof slotWords>[2],
): string =>
  [
    slotWords(slots[k] ?? 0, slot, language),
    ...series.flatMap(({ name, values }) => {
      const value = values[k]
      return value === undefined ? [] : [`${name} ${figureText(value, measure.unit, language)}`]
    }),
  ].join(' · ')
