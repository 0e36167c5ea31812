// 전자봉인: transports under seal of the span, and the gravest of what was wrong with them. Where no seal was ever in use: not linked.
import { clipped } from '../clip.ts'
import { momentOf, thousands } from '../dates.ts'
import { alarmSources } from '../facts.ts'
import type { Cell, Line } from '../model.ts'
import { detectorWords } from './alarm-words.ts'
import { notLinked, type SectionInput, type SectionMaker, shortName, why } from './section.ts'

const MOST_LINES = 4
const GRAVE_LEVEL = 2

export const seals: SectionMaker = input => {
  const { facts, say } = input
  const { journeys, sealAlarms } = facts
  if (!journeys) return notLinked('seals', input)
  const { fromMs, toMs } = facts.period
  const isIn = (ms: number | undefined): boolean => ms !== undefined && ms >= fromMs && ms < toMs
  const left = journeys.filter(one => isIn(one.standing.departedAtMs))
  const arrived = journeys.filter(one => isIn(one.standing.arrivedAtMs))
  const underWay = journeys.filter(one => isUnderWayAt(one, toMs))
  const cell = (list: typeof journeys, question: 'seals.left' | 'seals.arrived' | 'seals.under-way'): Cell => ({
    text: thousands(list.length),
    n: list.length,
    ...why(
      question,
      list.map(one => `journey:${one.plan.id}`),
    ),
  })
  return {
    id: 'seals',
    title: say('section.seals'),
    state: 'machine',
    isNarrow: true,
    blocks: [
      {
        kind: 'table',
        id: 'seals/table',
        columns: [
          { id: 'left', title: say('seals.left'), width: 1 },
          { id: 'arrived', title: say('seals.arrived'), width: 1 },
          { id: 'under-way', title: say('seals.under-way'), width: 1 },
          { id: 'violations', title: say('seals.violations'), width: 1 },
        ],
        rows: [
          {
            id: 'span',
            cells: [
              cell(left, 'seals.left'),
              cell(arrived, 'seals.arrived'),
              cell(underWay, 'seals.under-way'),
              {
                text: thousands(sealAlarms.length),
                n: sealAlarms.length,
                ...why('seals.violations', alarmSources(sealAlarms)),
                ...(sealAlarms.length > 0 ? { tone: 'alert' as const } : {}),
              },
            ],
          },
        ],
      },
      ...linesOf(input),
    ],
  }
}

/** Left and not there yet at this moment. */
export const isUnderWayAt = ({ standing, overAtMs }: NonNullable<SectionInput['facts']['journeys']>[number], atMs: number): boolean =>
  standing.departedAtMs !== undefined &&
  standing.departedAtMs < atMs &&
  !(standing.arrivedAtMs !== undefined && standing.arrivedAtMs < atMs) &&
  !(overAtMs !== undefined && overAtMs < atMs)

function linesOf(input: SectionInput) {
  const { facts, language } = input
  const grave = facts.sealAlarms.filter(({ alarm }) => alarm.level <= GRAVE_LEVEL)
  const lines = grave.slice(0, MOST_LINES).map(({ alarm, office }): Line => {
    const { joined } = alarm
    const reason = joined.reasons.find(one => one.detector === joined.detector)
    const container = joined.subjects.find(one => one.kind === 'container')?.id
    const words = reason ? clipped(reason.why[language]) : [container, detectorWords(input, alarm)].filter(Boolean).join(' ')
    return {
      id: `seals/alarm:${alarm.id}`,
      lead: office === undefined ? input.say('division') : shortName(input, office),
      text: `${momentOf(alarm.openedAtMs, language)} ${words}`,
      details: [],
      ...why('seals.violations', [`alarm:${alarm.id}`]),
    }
  })
  return lines.length === 0 ? [] : [{ kind: 'lines' as const, id: 'seals/lines', lines }]
}
