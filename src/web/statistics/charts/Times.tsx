import { ninetiethOf } from '#statistics/schema.ts'
import { figureText } from '../figures.ts'
import { askKey } from '../model.ts'
import { LackState, lackOf } from '../parts.tsx'
import { rootMarks } from '../scale.ts'
import { useStatistics } from '../use-statistics.ts'
import { useWidth } from '../use-width.ts'
import type { ChartProps } from './chart.ts'

const ROW = 40
const TOP = 12
const FOOT = 24
/** Names stand to the left: as wide as the longest needs, half the chart at most. */
const LABEL = 128
const RIGHT = 18

const shortName = (name: string): string => name.replace(/( 중앙값|, median)$/, '')
/** About, in pixels of the charts' type: Hangul and signs are wider than Latin letters. */
const widthOf = (text: string): number => [...text].reduce((sum, letter) => sum + (letter > '\u1100' ? 12.6 : 7.4), 0)

/** How long things take: the median as a bar, the 90th percentile as its whisker, the median of the period before dashed, of the year before a diamond. By the square root. */
export function Times({ widget, answers }: ChartProps) {
  const context = useStatistics()
  const { say, language, word, view, drill, catalogue } = context
  const [frame, width] = useWidth()
  const rows = widget.measures.flatMap(id => {
    const measure = context.measure(id)
    if (!measure) return []
    const answer = answers.of.get(askKey({ measure: id, by: [] }))
    const ninety = ninetiethOf(measure, catalogue.measures)
    const p90 = ninety && answers.of.get(askKey({ measure: ninety.id, by: [] }))?.total.value
    return [{ measure, answer, total: answer?.total, p90, ninety, lack: lackOf(answer, answer?.total, measure) }]
  })
  const told = rows.filter(row => row.lack === undefined)
  if (rows.length === 0) return <LackState lack="hidden" />
  if (told.length === 0 && rows.every(row => row.lack === 'not-linked')) return <LackState lack="not-linked" />
  const longest = told.reduce(
    (most, { total, p90 }) =>
      Math.max(
        most,
        total?.value ?? 0,
        p90 ?? 0,
        view.compare.before ? (total?.before?.value ?? 0) : 0,
        view.compare.yearBefore ? (total?.yearBefore?.value ?? 0) : 0,
      ),
    0,
  )
  const label = Math.min(width / 2, Math.max(LABEL, ...rows.map(row => 28 + widthOf(shortName(word(row.measure))))))
  const marks = rootMarks(Math.max(1, longest))
  const top = Math.sqrt(marks.at(-1) ?? 1)
  const x = (seconds: number): number => label + (Math.sqrt(Math.max(0, seconds)) / top) * Math.max(0, width - label - RIGHT)
  const height = TOP + rows.length * ROW + FOOT
  return (
    <div ref={frame} className="stat-times">
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label={say('statistics.chart.times')}>
          {told.length > 0 &&
            marks.map(mark => (
              <g key={mark}>
                <path className="stat-grid" d={`M${x(mark)} ${TOP - 4}V${TOP + rows.length * ROW}`} />
                <text className="stat-tick" x={x(mark)} y={height - 8} textAnchor={mark === marks.at(-1) ? 'end' : 'middle'}>
                  {mark === 0 ? '0' : figureText(mark, 's', language)}
                </text>
              </g>
            ))}
          {rows.map(({ measure, total, p90, lack }, k) => {
            const y = TOP + k * ROW + ROW / 2
            const value = total?.value
            const end = Math.max(x(value ?? 0), x(p90 ?? 0))
            const words = value === undefined ? '' : figureText(value, 's', language)
            const beyond = p90 === undefined ? '' : `  90% ${figureText(p90, 's', language)}`
            // The words stand behind the whisker, or above it where there is no room.
            const isAbove = end + 10 + (words.length + beyond.length) * 7.6 > width
            return (
              <g
                key={measure.id}
                className={drill && lack === undefined ? 'stat-hit' : ''}
                role={drill && lack === undefined ? 'button' : undefined}
                tabIndex={drill && lack === undefined ? 0 : undefined}
                aria-label={`${word(measure)} ${words}${beyond}`}
                onClick={lack === undefined && drill ? () => drill({ measure: measure.id }) : undefined}
                onKeyDown={event => event.code === 'Enter' && lack === undefined && drill?.({ measure: measure.id })}
              >
                <rect className="stat-hit__ground" x={0} y={y - ROW / 2} width={width} height={ROW} />
                <text className="stat-label" x={13} y={y + 4}>
                  {shortName(word(measure))}
                </text>
                {lack === undefined && value !== undefined ? (
                  <>
                    {p90 !== undefined && <path className="stat-whisker" d={`M${x(0)} ${y}H${x(p90)}`} />}
                    <path className="stat-median" d={`M${x(0)} ${y}H${x(value)}`} />
                    {p90 !== undefined && <path className="stat-end" d={`M${x(p90)} ${y - 9}v18`} />}
                    {view.compare.before && total?.before?.value !== undefined && (
                      <path className="stat-then" d={`M${x(total.before.value)} ${y - 10}v20`} />
                    )}
                    {view.compare.yearBefore && total?.yearBefore?.value !== undefined && (
                      <path className="stat-diamond" d={`M${x(total.yearBefore.value) - 5} ${y}l5-5 5 5-5 5z`} />
                    )}
                    <text
                      className="stat-value"
                      x={isAbove ? Math.min(end, width - RIGHT) : end + 9}
                      y={isAbove ? y - 12 : y + 4}
                      textAnchor={isAbove ? 'end' : 'start'}
                    >
                      {words}
                      <tspan className="stat-tick">{beyond}</tspan>
                    </text>
                  </>
                ) : (
                  <text className="stat-tick" x={label} y={y + 4}>
                    {say(`statistics.lack.${lack ?? 'nothing'}`)}
                  </text>
                )}
              </g>
            )
          })}
        </svg>
      )}
      <div className="stat-foot">
        <Slowest answers={answers} widget={widget} />
        <span className="push">{say('statistics.root-axis')}</span>
      </div>
    </div>
  )
}

/** Where the last of the times takes longest. */
function Slowest({ widget, answers }: ChartProps) {
  const context = useStatistics()
  const nineties = widget.measures.flatMap(id => ninetiethOf(context.measure(id), context.catalogue.measures) ?? [])
  const last = nineties.at(-1)
  const answer = last && answers.of.get(askKey({ measure: last.id, by: ['organisation'] }))
  const slowest = answer?.rows.reduce<(typeof answer.rows)[number] | undefined>(
    (most, row) => ((row.value ?? 0) > (most?.value ?? 0) ? row : most),
    undefined,
  )
  if (!last || slowest?.value === undefined) return <span />
  return (
    <span>
      {context.say('statistics.slowest')}{' '}
      <b>{`${context.siteWord(slowest.key[0] ?? '', true)} 90% ${context.text(slowest.value, last)}`}</b>
    </span>
  )
}

export function TimesLegend() {
  const { say, view } = useStatistics()
  return (
    <span className="stat-legend">
      <span>
        <i className="stat-sign is-now" />
        {say('statistics.median')}
      </span>
      <span>
        <i className="stat-sign is-end" />
        90%
      </span>
      {view.compare.before && (
        <span>
          <i className="stat-sign is-then" />
          {say('statistics.before')}
        </span>
      )}
      {view.compare.yearBefore && <span>◇ {say('statistics.year-before')}</span>}
    </span>
  )
}
