import type { RowView } from '../model.ts'
import { askKey } from '../model.ts'
import { ChangeMark, LackState, lackOf } from '../parts.tsx'
import { useStatistics } from '../use-statistics.ts'
import type { ChartProps } from './chart.ts'

/** Bars from zero, the largest first; below each, thinner, the period before and the year before. A row opens its records. */
export function Bars({ widget, answers }: ChartProps) {
  const context = useStatistics()
  const { say, view } = context
  const [id = ''] = widget.measures
  const measure = context.measure(id)
  const by = widget.by ?? 'kind'
  const answer = answers.of.get(askKey({ measure: id, by: [by] }))
  const lack = lackOf(answer, answer?.total, measure)
  if (lack !== undefined && lack !== 'nothing') return <LackState lack={lack} />
  const rows = sorted(answer?.rows ?? [], view.compare)
  if (!measure || rows.length === 0) return <LackState lack="nothing" />
  const highest = rows.reduce((most, row) => Math.max(most, ...seen(row, view.compare)), 0)
  const share = (value: number | undefined): string => `${value === undefined || highest === 0 ? 0 : (Math.max(0, value) / highest) * 100}%`
  return (
    <div className={`stat-bars ${view.compare.before ? 'has-before' : ''} ${view.compare.yearBefore ? 'has-year' : ''}`}>
      <div className="stat-bars__head">
        <span />
        <span />
        <span>{say(`statistics.unit.${measure.unit}`)}</span>
        {view.compare.yearBefore && <span>{say('statistics.against-year')}</span>}
        {view.compare.before && <span>{say('statistics.before')}</span>}
      </div>
      {rows.map(row => {
        const key = row.key[0] ?? ''
        const name = context.keyWord(by, key, measure, answers)
        const marks = (
          <>
            <span className="stat-bars__name" title={name}>
              {name}
            </span>
            <svg className="stat-bars__marks" height={view.compare.before || view.compare.yearBefore ? 22 : 12} aria-hidden="true">
              <rect className="stat-mark is-now" y={1} height={8} width={share(row.value)} rx={1} />
              {view.compare.before && <rect className="stat-mark is-before" y={11} height={4} width={share(row.before?.value)} rx={1} />}
              {view.compare.yearBefore && (
                <rect
                  className="stat-mark is-year"
                  y={view.compare.before ? 17 : 11}
                  height={4}
                  width={share(row.yearBefore?.value)}
                  rx={1}
                />
              )}
            </svg>
            <b>{row.value === undefined ? say('statistics.none') : context.text(row.value, measure)}</b>
            {view.compare.yearBefore && <ChangeMark now={row} then={row.yearBefore} measure={measure} isQuiet />}
            {view.compare.before && <ChangeMark now={row} then={row.before} measure={measure} isQuiet />}
          </>
        )
        const { drill } = context
        return drill && row.n > 0 ? (
          <button key={key} type="button" className="stat-bars__row" onClick={() => drill({ measure: id, [by]: key })}>
            {marks}
          </button>
        ) : (
          <div key={key} className="stat-bars__row">
            {marks}
          </div>
        )
      })}
    </div>
  )
}

const seen = (row: RowView, compare: { readonly before: boolean; readonly yearBefore: boolean }): readonly number[] => [
  row.value ?? 0,
  compare.before ? (row.before?.value ?? 0) : 0,
  compare.yearBefore ? (row.yearBefore?.value ?? 0) : 0,
]
/** The largest now first; what was only then comes last. */
const sorted = (rows: readonly RowView[], compare: { readonly before: boolean; readonly yearBefore: boolean }): readonly RowView[] =>
  rows
    .filter(row => seen(row, compare).some(value => value > 0) || row.n > 0)
    .sort((a, b) => (b.value ?? -1) - (a.value ?? -1) || (b.before?.value ?? 0) - (a.before?.value ?? 0))
