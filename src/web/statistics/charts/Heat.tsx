import { useState } from 'react'
import { weekdayWord } from '../figures.ts'
import { askKey } from '../model.ts'
import { LackState, lackOf } from '../parts.tsx'
import { useStatistics } from '../use-statistics.ts'
import type { ChartProps } from './chart.ts'

const HOURS = [...Array(24).keys()]
const DAYS = [1, 2, 3, 4, 5, 6, 7] as const
/** Shades from none to most; each with its number in it. */
const SHADES = 7
const WEEKEND = 6

/** Hours of the day by weekdays: a table, so that it is read as one; arrows move in it, Enter opens the records of an hour. */
export function Heat({ widget, answers }: ChartProps) {
  const context = useStatistics()
  const { say, language, drill } = context
  const [at, setAt] = useState<readonly [day: number, hour: number]>([1, 0])
  const [id = ''] = widget.measures
  const measure = context.measure(id)
  const answer = answers.of.get(askKey({ measure: id, by: ['weekday', 'hour'] }))
  const lack = lackOf(answer, answer?.total, measure)
  if (!measure || (lack !== undefined && lack !== 'nothing')) return <LackState lack={lack ?? 'hidden'} />
  const cells = new Map((answer?.rows ?? []).map(row => [row.key.join(' '), row]))
  const highest = (answer?.rows ?? []).reduce((most, row) => Math.max(most, row.value ?? 0), 0)
  if (highest === 0) return <LackState lack="nothing" />
  const isAdditive = measure.function === 'count' || measure.function === 'sum'
  const sumOf = (day: number): number => HOURS.reduce((sum, hour) => sum + (cells.get(`${day} ${hour}`)?.value ?? 0), 0)
  const move = (event: React.KeyboardEvent): void => {
    const [day, hour] = at
    const next: Readonly<Record<string, readonly [number, number]>> = {
      ArrowRight: [day, Math.min(23, hour + 1)],
      ArrowLeft: [day, Math.max(0, hour - 1)],
      ArrowDown: [Math.min(7, day + 1), hour],
      ArrowUp: [Math.max(1, day - 1), hour],
      Home: [day, 0],
      End: [day, 23],
    }
    const to = next[event.code]
    if (!to) return
    event.preventDefault()
    setAt(to)
    event.currentTarget.querySelector<HTMLElement>(`[data-cell="${to.join(' ')}"]`)?.focus()
  }
  return (
    <table className="stat-heat" onKeyDown={move}>
      <tbody>
        {DAYS.map(day => (
          <tr key={day}>
            <th scope="row" className={day >= WEEKEND ? 'is-weekend' : ''}>
              {weekdayWord(day, language)}
            </th>
            {HOURS.map(hour => {
              const row = cells.get(`${day} ${hour}`)
              const value = row?.value ?? 0
              const shade = value === 0 ? 0 : Math.max(1, Math.min(SHADES - 1, Math.round((value / highest) * (SHADES - 1))))
              const isFocus = at[0] === day && at[1] === hour
              const words =
                value === 0
                  ? ''
                  : measure.unit === 'cases' || measure.unit === 'ships'
                    ? value.toLocaleString('en')
                    : context.text(value, measure)
              return (
                <td key={hour} className={`heat-${shade}`}>
                  {drill ? (
                    <button
                      type="button"
                      data-cell={`${day} ${hour}`}
                      tabIndex={isFocus ? 0 : -1}
                      aria-label={`${weekdayWord(day, language)} ${hour}${say('statistics.hour-short')} ${context.text(value, measure)}`}
                      onFocus={() => setAt([day, hour])}
                      onClick={() => value > 0 && drill({ measure: id, weekday: day, hour })}
                    >
                      {words}
                    </button>
                  ) : (
                    words
                  )}
                </td>
              )
            })}
            {isAdditive && <td className="stat-heat__sum">{context.text(sumOf(day), measure).replace(/[^\d.,]+$/, '')}</td>}
          </tr>
        ))}
        <tr className="stat-heat__hours">
          <td />
          {HOURS.map(hour => (
            <td key={hour}>{hour % 3 === 0 ? `${String(hour).padStart(2, '0')}${say('statistics.hour-short')}` : ''}</td>
          ))}
          {isAdditive && <td />}
        </tr>
      </tbody>
    </table>
  )
}

export function HeatLegend({ widget, answers }: ChartProps) {
  const context = useStatistics()
  const [id = ''] = widget.measures
  const measure = context.measure(id)
  const answer = answers.of.get(askKey({ measure: id, by: ['weekday', 'hour'] }))
  const highest = (answer?.rows ?? []).reduce((most, row) => Math.max(most, row.value ?? 0), 0)
  if (!measure || highest === 0) return null
  return (
    <span className="stat-legend">
      {context.say('statistics.few')}
      <span className="stat-ramp">
        {Array.from({ length: SHADES }, (_, shade) => (
          <i key={shade} className={`heat-${shade}`} />
        ))}
      </span>
      {context.say('statistics.many')} {context.text(highest, measure)}
    </span>
  )
}
