import { asksOf } from '#statistics/schema.ts'
import { askKey } from '../model.ts'
import { LackWords, lackOf } from '../parts.tsx'
import { useStatistics } from '../use-statistics.ts'
import type { ChartProps } from './chart.ts'

/** Any chart as a table of its figures, with the periods beside them: what the files hold. */
export function TableTwin({ widget, answers }: ChartProps) {
  const context = useStatistics()
  const { say, word, view } = context
  const asks = asksOf(widget, context.catalogue.measures)
  const [firstBy] = asks
  const told = asks.flatMap(ask => {
    const measure = context.measure(ask.measure)
    const answer = answers.of.get(askKey(ask))
    return measure && answer && ask.by.join() === firstBy?.by.join() ? [{ ask, measure, answer }] : []
  })
  const by = firstBy?.by ?? []
  const keys = [...new Map(told.flatMap(({ answer }) => answer.rows.map(row => [row.key.join('\n'), row.key] as const))).values()]
  const head = [
    'statistics.now',
    ...(view.compare.before ? ['statistics.before'] : []),
    ...(view.compare.yearBefore ? ['statistics.year-before'] : []),
  ] as const
  const cells = ({ measure, answer }: (typeof told)[number], key: string | undefined) => {
    const row = key === undefined ? answer.total : answer.rows.find(one => one.key.join('\n') === key)
    const shown = [row, ...(view.compare.before ? [row?.before] : []), ...(view.compare.yearBefore ? [row?.yearBefore] : [])]
    return shown.map((figure, k) => {
      const lack = lackOf(answer, figure, measure)
      return (
        <td key={`${measure.id} ${k}`} className="is-number">
          {lack !== undefined || figure?.value === undefined ? (
            k === 0 && key === undefined ? (
              <LackWords lack={lack ?? 'nothing'} />
            ) : (
              say('statistics.none')
            )
          ) : (
            context.text(figure.value, measure)
          )}
        </td>
      )
    })
  }
  return (
    <div className="stat-table scroll">
      <table className="grid-table is-plain">
        <thead>
          <tr>
            {by.map(one => (
              <th key={one} scope="col">
                {say(`statistics.by.${one}`)}
              </th>
            ))}
            {by.length === 0 && <th />}
            {told.flatMap(({ measure }) =>
              head.map((when, k) => (
                <th key={`${measure.id} ${when}`} scope="col" className="is-number">
                  {k === 0 ? word(measure) : say(when === 'statistics.before' ? 'statistics.before' : 'statistics.year-before')}
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {keys
            .filter(key => key.length > 0)
            .map(key => (
              <tr key={key.join('\n')}>
                {key.map((one, k) => (
                  <th key={by[k]} scope="row">
                    {context.keyWord(by[k], one, told[0]?.measure, answers)}
                  </th>
                ))}
                {told.map(one => cells(one, key.join('\n')))}
              </tr>
            ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={Math.max(1, by.length)}>
              {say('statistics.total')}
            </th>
            {told.map(one => cells(one, undefined))}
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
