// What a part of a board and a figure that is opened are called, on the screen and in files.
import type { Widget } from '#statistics/schema.ts'
import { slotWords, weekdayWord } from './figures.ts'
import type { Drill } from './model.ts'
import type { StatisticsContext } from './use-statistics.ts'

/** The title given by who made the board, else what it shows: 종류별 적발. */
export function partTitle(widget: Widget, { say, word, measure }: Pick<StatisticsContext, 'say' | 'word' | 'measure'>): string {
  if (widget.title) return word(widget.title)
  const first = measure(widget.measures[0] ?? '')
  const what = first ? word(first) : ''
  switch (widget.chart) {
    case 'figure':
      return say('statistics.chart.figure')
    case 'times':
      return say('statistics.chart.times')
    case 'heat':
      return say('statistics.heat-of', { what })
    case 'lines':
      return say('statistics.lines-of', { what })
    case 'map':
      return say('statistics.map-of', { what })
    case 'table':
      return say(`statistics.table-by.${widget.by ?? 'organisation'}`)
    case 'stack':
    case 'bars':
      return say(`statistics.bars-by.${widget.by ?? 'kind'}`, { what })
  }
}

/** 마약류 적발 · 인천공항세관 · 화 02시 */
export function drillWords(drill: Drill, context: StatisticsContext): string {
  const measure = context.measure(drill.measure)
  if (!measure) return ''
  const { language, say } = context
  return [
    [drill.kind === undefined ? '' : context.keyWord('kind', drill.kind, measure), context.word(measure)].filter(Boolean).join(' '),
    drill.sub === undefined ? '' : context.keyWord('sub', drill.sub, measure),
    drill.organisation === undefined ? '' : context.siteWord(drill.organisation),
    drill.weekday === undefined ? '' : `${weekdayWord(drill.weekday, language)} ${drill.hour ?? ''}${say('statistics.hour-short')}`,
    drill.slotMs === undefined ? '' : slotWords(drill.slotMs, context.app.statistics.answers.get().answers?.slot ?? 'day', language),
  ]
    .filter(Boolean)
    .join(' · ')
}
