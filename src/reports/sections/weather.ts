// 기상·주요 일정: what the offices reported of weather and what stands in the log; the rest is typed by hand.
import { titleOf } from '#incidents/index.ts'
import { clipped } from '../clip.ts'
import { minuteOf } from '../dates.ts'
import type { Line } from '../model.ts'
import { englishEvent } from './english-event.ts'
import { bracketName, empty, type SectionMaker, why } from './section.ts'

export const weather: SectionMaker = input => {
  const { facts, say, language } = input
  const { fromMs, toMs } = facts.period
  const reported: Line[] = facts.reported
    .filter(one => one.kind === 'weather')
    .map(one => ({
      id: `weather/incident:${one.id}`,
      lead: bracketName(input, one.organisation),
      text: language === 'en' ? englishEvent(one) : clipped(titleOf(one.text)),
      details: [],
      ...why('incidents.weather', [`incident:${one.id}`]),
    }))
  const logged: Line[] = facts.sources
    .log(fromMs, toMs)
    .filter(line => line.kind !== 'hand-over')
    .map(line => ({
      id: `weather/log:${line.id}`,
      lead: line.kind === 'plan' ? minuteOf(line.atMs) : bracketName(input, line.organisation),
      text: clipped(line.text),
      details: [],
      ...why('log.lines', [`log:${line.id}`]),
    }))
  const lines = [...reported, ...logged]
  if (lines.length === 0) return empty('weather', input, { note: say('weather.note'), state: 'hand' })
  return {
    id: 'weather',
    title: say('section.weather'),
    note: say('weather.note'),
    state: 'hand',
    blocks: [{ kind: 'lines', id: 'weather/lines', lines }],
  }
}
