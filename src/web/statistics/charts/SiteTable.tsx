import { useState } from 'react'
import { type AnswerView, askKey, type RowView } from '../model.ts'
import { ChangeMark, LackState, LackWords, lackOf } from '../parts.tsx'
import { useStatistics } from '../use-statistics.ts'
import type { ChartProps } from './chart.ts'

type SortKey = 'name' | number

/** Sites (or kinds) by measures, with a small curve of the first; each figure opens its records; a head sorts. */
export function SiteTable({ widget, answers }: ChartProps) {
  const context = useStatistics()
  const { say, word, view, drill } = context
  const [sort, setSort] = useState<{ readonly by: SortKey; readonly isUp: boolean }>({ by: 0, isUp: false })
  const by = widget.by ?? 'organisation'
  const columns = widget.measures.flatMap(id => {
    const measure = context.measure(id)
    const answer = answers.of.get(askKey({ measure: id, by: [by] }))
    return measure ? [{ measure, answer, rows: new Map((answer?.rows ?? []).map(row => [row.key[0] ?? '', row])) }] : []
  })
  if (columns.length === 0) return <LackState lack="hidden" />
  const [first] = columns
  const curve = answers.of.get(askKey({ measure: first?.measure.id ?? '', by: [by, 'slot'] }))
  const keys = [
    ...new Set(columns.flatMap(({ rows }) => [...rows].filter(([, row]) => row.n > 0 || (row.before?.n ?? 0) > 0).map(([key]) => key))),
  ]
  if (keys.length === 0 && columns.every(({ answer, measure }) => lackOf(answer, answer?.total, measure) !== undefined))
    return <LackState lack={first ? (lackOf(first.answer, first.answer?.total, first.measure) ?? 'nothing') : 'nothing'} />
  const sortValue = (key: string): number | string => {
    if (sort.by === 'name') return context.keyWord(by, key, first?.measure)
    return columns[sort.by]?.rows.get(key)?.value ?? Number.NEGATIVE_INFINITY
  }
  const compared = (a: string, b: string): number => {
    const [x, y] = [sortValue(a), sortValue(b)]
    const order = typeof x === 'number' && typeof y === 'number' ? (x === y ? 0 : x - y) : String(x).localeCompare(String(y), 'ko')
    return sort.isUp ? order : -order
  }
  const head = (key: SortKey, name: string, formula?: string) => (
    <th
      key={key}
      scope="col"
      className={key === 'name' ? '' : 'is-number'}
      title={formula}
      aria-sort={sort.by === key ? (sort.isUp ? 'ascending' : 'descending') : 'none'}
    >
      <button
        type="button"
        className="sort-head"
        onClick={() => setSort(now => ({ by: key, isUp: now.by === key ? !now.isUp : key === 'name' }))}
      >
        {name}
        <i aria-hidden="true">{sort.by === key ? (sort.isUp ? '▲' : '▼') : ''}</i>
      </button>
    </th>
  )
  const cell = ({ measure, answer, rows }: (typeof columns)[number], key: string, k: number) => {
    const row = rows.get(key)
    const lack = answer?.isLinked === false ? 'not-linked' : undefined
    return (
      <FigureCell key={measure.id} isFirst={k === 0}>
        {lack ? (
          <LackWords lack={lack} />
        ) : row?.value === undefined ? (
          <span className="note">
            {measure.function === 'count' && isMeasured(answer) ? context.text(0, measure) : say('statistics.none')}
          </span>
        ) : drill && row.n > 0 ? (
          <button type="button" className="stat-open" onClick={() => drill({ measure: measure.id, [by]: key })}>
            {context.text(row.value, measure)}
          </button>
        ) : (
          context.text(row.value, measure)
        )}
      </FigureCell>
    )
  }
  const compareFirst = (row: RowView | undefined) =>
    first &&
    view.compare.yearBefore && (
      <td className="is-number">
        {row ? <ChangeMark now={row} then={row.yearBefore} measure={first.measure} isQuiet /> : say('statistics.none')}
      </td>
    )
  return (
    <div className="stat-table scroll">
      <table className="grid-table is-plain">
        <thead>
          <tr>
            {head('name', say(`statistics.by.${by}`))}
            {columns.map(({ measure }, k) => [
              head(k, word(measure), word(measure.formula)),
              k === 0 && view.compare.yearBefore ? (
                <th key="year" scope="col" className="is-number">
                  {say('statistics.against-year')}
                </th>
              ) : null,
            ])}
            {curve && (
              <th scope="col" className="is-number">
                {first ? say('statistics.curve-of', { what: word(first.measure) }) : ''}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {[...keys].sort(compared).map(key => (
            <tr key={key}>
              <th scope="row">{context.keyWord(by, key, first?.measure)}</th>
              {columns.map((column, k) => [cell(column, key, k), k === 0 && compareFirst(column.rows.get(key))])}
              {curve && (
                <td className="is-number">
                  <Curve rows={curve.rows.filter(row => row.key[0] === key)} slots={slotsOf(curve.rows)} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{say('statistics.total')}</th>
            {columns.map(({ measure, answer }, k) => {
              const lack = lackOf(answer, answer?.total, measure)
              return [
                <FigureCell key={measure.id} isFirst={k === 0}>
                  {lack !== undefined || answer?.total.value === undefined ? (
                    <LackWords lack={lack ?? 'nothing'} />
                  ) : (
                    context.text(answer.total.value, measure)
                  )}
                </FigureCell>,
                k === 0 && compareFirst(answer?.total),
              ]
            })}
            {curve && (
              <td className="is-number">
                <Curve rows={curve.rows} slots={slotsOf(curve.rows)} />
              </td>
            )}
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

/** A site without a row has none; where nothing was recorded yet that is not known. */
const isMeasured = (answer: AnswerView | undefined): boolean => answer?.isLinked === true && answer.total.value !== undefined

const FigureCell = ({ isFirst, children }: { isFirst: boolean; children: React.ReactNode }) => (
  <td className={`is-number ${isFirst ? 'stat-strong' : ''}`}>{children}</td>
)

const CURVE = { width: 84, height: 18 }
const slotsOf = (rows: readonly RowView[]): readonly string[] =>
  [...new Set(rows.map(row => row.key[1] ?? ''))].sort((a, b) => Number(a) - Number(b))

/** How the first measure went, on a scale of its own: its shape, not its size. */
function Curve({ rows, slots }: { rows: readonly RowView[]; slots: readonly string[] }) {
  const sums = slots.map(slot => rows.filter(row => row.key[1] === slot).reduce((sum, row) => sum + (row.value ?? 0), 0))
  const highest = Math.max(0, ...sums)
  if (highest === 0 || slots.length < 2) return null
  const points = sums.map(
    (value, k) =>
      `${((k / (slots.length - 1)) * (CURVE.width - 2) + 1).toFixed(1)} ${(CURVE.height - 2 - (value / highest) * (CURVE.height - 4)).toFixed(1)}`,
  )
  return (
    <svg className="stat-curve" width={CURVE.width} height={CURVE.height} aria-hidden="true">
      <path d={`M${points.join('L')}`} />
    </svg>
  )
}
