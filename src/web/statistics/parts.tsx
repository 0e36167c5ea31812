// Small parts of the statistics: a change against another period, why a figure has no value, the legend of a chart.
import type { Figure, MeasureDefinition } from '#statistics/schema.ts'
import { changeOf } from './figures.ts'
import type { AnswerView, MeasureView } from './model.ts'
import { useStatistics } from './use-statistics.ts'

/** ▲5.3%, with a word for those who do not see the sign. `isQuiet`: one of many, without a tone of its own. */
export function ChangeMark({
  now,
  then,
  measure,
  isQuiet = false,
}: {
  now: Figure
  then: Figure | undefined
  measure: MeasureDefinition
  isQuiet?: boolean
}) {
  const { language, say } = useStatistics()
  const change = changeOf(now, then, measure, language)
  if (!change)
    return (
      <span className="stat-change is-none" title={say('statistics.nothing-to-compare')}>
        {say('statistics.none')}
      </span>
    )
  return (
    <span
      className={`stat-change ${isQuiet ? '' : `is-${change.tone}`}`}
      title={change.tone === 'plain' ? undefined : say(`statistics.is-${change.tone}`)}
    >
      <i aria-hidden="true">{change.sign}</i>
      <span className="hidden-text">
        {say(change.sign === '▲' ? 'statistics.up' : change.sign === '▼' ? 'statistics.down' : 'statistics.same')}{' '}
      </span>
      {change.text}
    </span>
  )
}

export type Lack = 'hidden' | 'not-linked' | 'not-measured' | 'nothing'
/** Why an answer has no value; undefined: it has one. */
export function lackOf(answer: AnswerView | undefined, figure: Figure | undefined, measure: MeasureView | undefined): Lack | undefined {
  if (!answer?.isKnown || !measure) return 'hidden'
  if (!answer.isLinked) return 'not-linked'
  if (figure?.value !== undefined) return undefined
  return figure === undefined || (figure.n === 0 && ADDITIVE.has(measure.function)) ? 'not-measured' : 'nothing'
}
const ADDITIVE: ReadonlySet<string> = new Set(['count', 'sum', 'distinct'])

export function LackWords({ lack }: { lack: Lack }) {
  const { say } = useStatistics()
  return (
    <span className={`stat-lack is-${lack}`} title={say(`statistics.lack.${lack}-note`)}>
      {say(`statistics.lack.${lack}`)}
    </span>
  )
}

/** The whole part of a board says why it is empty. */
export function LackState({ lack, note }: { lack: Lack; note?: string | undefined }) {
  const { say } = useStatistics()
  return (
    <div className="stat-empty">
      <b>{say(`statistics.lack.${lack}`)}</b>
      <span className="note">{note ?? say(`statistics.lack.${lack}-note`)}</span>
    </div>
  )
}

/** Which mark stands for which period: shape first, then shade. */
export function PeriodLegend({ isLine = false }: { isLine?: boolean }) {
  const { say, view } = useStatistics()
  return (
    <span className="stat-legend">
      <span>
        <i className={`stat-sign is-now ${isLine ? 'is-line' : ''}`} />
        {say('statistics.now')}
      </span>
      {view.compare.before && (
        <span>
          <i className={`stat-sign is-before ${isLine ? 'is-line' : ''}`} />
          {say('statistics.before')}
        </span>
      )}
      {view.compare.yearBefore && (
        <span>
          <i className={`stat-sign is-year ${isLine ? 'is-line' : ''}`} />
          {say('statistics.year-before')}
        </span>
      )}
    </span>
  )
}

/** Drawn, not written: the screen’s fonts have no such signs. */
export const Chevron = ({ way }: { way: 'left' | 'right' | 'down' }) => (
  <svg className="stat-chevron" width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
    <path d={way === 'left' ? 'M6.5 1.5 3 5l3.5 3.5' : way === 'right' ? 'M3.5 1.5 7 5 3.5 8.5' : 'M1.5 3.5 5 7l3.5-3.5'} />
  </svg>
)

/** The pattern of what turned out false: hatched, so that it is told apart without colour. Once a page. */
export const Patterns = () => (
  <svg className="stat-patterns" width="0" height="0" aria-hidden="true">
    <defs>
      <pattern id="stat-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect className="stat-hatch__ground" width="6" height="6" />
        <rect className="stat-hatch__line" width="3" height="6" />
      </pattern>
    </defs>
  </svg>
)
