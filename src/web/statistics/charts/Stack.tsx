import { askKey, type RowView } from '../model.ts'
import { LackState, lackOf } from '../parts.tsx'
import { useStatistics } from '../use-statistics.ts'
import type { ChartProps } from './chart.ts'

/** So many verdicts, and so few of them real, make a rule worth looking at. */
const NOISY_VERDICTS = 10
const NOISY_REAL_SHARE = 0.35

interface Bar {
  readonly key: string
  readonly total: number
  readonly parts: ReadonlyMap<string, number>
}

/** Bars cut into parts: by shape (plain, hatched, hollow), not only by colour. Of alarms: which were real, and which rules are noisy. */
export function Stack({ widget, answers }: ChartProps) {
  const context = useStatistics()
  const { say, drill } = context
  const [id = ''] = widget.measures
  const measure = context.measure(id)
  const by = widget.by ?? 'kind'
  const answer = answers.of.get(askKey({ measure: id, by: [by, 'sub'] }))
  const lack = lackOf(answer, answer?.total, measure)
  if (lack !== undefined) return <LackState lack={lack} />
  const source = context.source(measure?.source)
  const bars = barsOf(answer?.rows ?? [])
  if (!measure || bars.length === 0) return <LackState lack="nothing" />
  const subs = [...new Set([...(source?.subs.keys() ?? []), ...bars.flatMap(bar => [...bar.parts.keys()])])].filter(sub =>
    bars.some(bar => bar.parts.has(sub)),
  )
  /** The look of a part is its own, whichever others are there. */
  const lookOf = (sub: string): string => `is-${Math.max(0, [...(source?.subs.keys() ?? [])].indexOf(sub)) % 4}`
  const isVerdict = source?.subs.has('real') === true && source.subs.has('false')
  const highest = bars.reduce((most, bar) => Math.max(most, bar.total), 0)
  const realShare = (bar: Bar): number | undefined => {
    const [real, wrong] = [bar.parts.get('real') ?? 0, bar.parts.get('false') ?? 0]
    return real + wrong === 0 ? undefined : real / (real + wrong)
  }
  const isNoisy = (bar: Bar): boolean =>
    (bar.parts.get('real') ?? 0) + (bar.parts.get('false') ?? 0) >= NOISY_VERDICTS && (realShare(bar) ?? 1) < NOISY_REAL_SHARE
  const noisy = isVerdict && by === 'kind' ? bars.filter(isNoisy) : []
  return (
    <div className={`stat-stack ${isVerdict ? 'has-share' : ''}`}>
      <div className="stat-stack__legend stat-legend">
        {subs.map(sub => (
          <span key={sub}>
            <svg width="12" height="12" aria-hidden="true">
              <rect className={`stat-part ${lookOf(sub)}`} width="12" height="12" rx="2" />
            </svg>
            {context.keyWord('sub', sub, measure)}
          </span>
        ))}
      </div>
      {bars.map(bar => {
        const name = context.keyWord(by, bar.key, measure, answers)
        const share = realShare(bar)
        let at = 0
        return (
          <div key={bar.key} className="stat-stack__row">
            <span className="stat-bars__name" title={name}>
              {name}
            </span>
            <svg className="stat-stack__marks" height="14" aria-hidden="true">
              {subs.map(sub => {
                const width = ((bar.parts.get(sub) ?? 0) / highest) * 100
                const x = at
                at += width
                return (
                  width > 0 && (
                    <rect
                      key={sub}
                      className={`stat-part ${lookOf(sub)}`}
                      x={`${x}%`}
                      width={`${width}%`}
                      height="14"
                      onClick={drill && (() => drill({ measure: id, [by]: bar.key, sub }))}
                    >
                      <title>{`${context.keyWord('sub', sub, measure)} ${bar.parts.get(sub)}`}</title>
                    </rect>
                  )
                )
              })}
            </svg>
            {drill ? (
              <button
                type="button"
                className="stat-open"
                aria-label={`${name} ${subs.map(sub => `${context.keyWord('sub', sub, measure)} ${bar.parts.get(sub) ?? 0}`).join(', ')}`}
                onClick={() => drill({ measure: id, [by]: bar.key })}
              >
                {bar.total.toLocaleString('en')}
              </button>
            ) : (
              <b>{bar.total.toLocaleString('en')}</b>
            )}
            {isVerdict && (
              <span className={isNoisy(bar) ? 'tone-warn stat-strong' : 'note'}>
                {share === undefined ? say('statistics.none') : `${Math.round(share * 100)}%`}
              </span>
            )}
          </div>
        )
      })}
      {noisy.length > 0 && (
        <div className="stat-foot" title={say('statistics.noisy-note', { n: NOISY_VERDICTS, share: NOISY_REAL_SHARE * 100 })}>
          {say('statistics.noisy')} <b className="tone-warn">{noisy.map(bar => context.keyWord(by, bar.key, measure)).join(' · ')}</b>
        </div>
      )}
    </div>
  )
}

function barsOf(rows: readonly RowView[]): readonly Bar[] {
  const bars = new Map<string, { readonly key: string; total: number; readonly parts: Map<string, number> }>()
  for (const {
    key: [key = '', sub = ''],
    value = 0,
  } of rows) {
    if (value === 0) continue
    const bar = bars.get(key) ?? { key, total: 0, parts: new Map<string, number>() }
    bar.total += value
    bar.parts.set(sub, (bar.parts.get(sub) ?? 0) + value)
    bars.set(key, bar)
  }
  return [...bars.values()].sort((a, b) => b.total - a.total)
}
