import { figureWords } from '../figures.ts'
import { askKey } from '../model.ts'
import { ChangeMark, LackWords, lackOf } from '../parts.tsx'
import { useStatistics } from '../use-statistics.ts'
import type { ChartProps } from './chart.ts'

/** The figures at the head of a board, each against the period before and the year before; each opens its records. */
export function Figures({ widget, answers }: ChartProps) {
  const context = useStatistics()
  const { say, view, language, word } = context
  return (
    <div className="stat-figures">
      {widget.measures.map(id => {
        const measure = context.measure(id)
        const answer = answers.of.get(askKey({ measure: id, by: [] }))
        const total = answer?.total
        const lack = lackOf(answer, total, measure)
        if (!measure) return <Tile key={id} name={id} figure={<LackWords lack="hidden" />} />
        const drill = context.drill
        const value = total?.value
        const counts = measure.part && value !== undefined && total ? `${Math.round(value * total.n)}/${total.n}` : undefined
        const words = value === undefined ? undefined : figureWords(value, measure.unit, language)
        return (
          <Tile
            key={id}
            name={word(measure)}
            formula={word(measure.formula)}
            onOpen={lack === undefined && drill ? () => drill({ measure: id }) : undefined}
            figure={
              lack === undefined && words ? (
                <>
                  <b>{words.main}</b>
                  <i>{words.unit}</i>
                  {counts && <em>{counts}</em>}
                </>
              ) : (
                <LackWords lack={lack ?? 'nothing'} />
              )
            }
            changes={
              lack === undefined &&
              total && (
                <>
                  {view.compare.before && (
                    <span>
                      {say('statistics.before')} <ChangeMark now={total} then={total.before} measure={measure} />
                    </span>
                  )}
                  {view.compare.yearBefore && (
                    <span>
                      {say('statistics.year-before')} <ChangeMark now={total} then={total.yearBefore} measure={measure} />
                    </span>
                  )}
                </>
              )
            }
          />
        )
      })}
    </div>
  )
}

function Tile({
  name,
  formula,
  figure,
  changes,
  onOpen,
}: {
  name: string
  formula?: string
  figure: React.ReactNode
  changes?: React.ReactNode
  onOpen?: (() => void) | undefined
}) {
  const body = (
    <>
      <span className="stat-figure__name" title={formula}>
        {name}
      </span>
      <span className="stat-figure__value">{figure}</span>
      <span className="stat-figure__changes">{changes}</span>
    </>
  )
  if (!onOpen) return <div className="stat-figure">{body}</div>
  return (
    <button type="button" className="stat-figure" onClick={onOpen}>
      {body}
    </button>
  )
}
