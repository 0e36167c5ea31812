// 감시 장비 가동: what is held and running, as far as somebody measures it; equipment reported broken by the offices below it.
import { titleOf } from '#incidents/index.ts'
import { clipped } from '../clip.ts'
import { hourOf, spanOf, tenths } from '../dates.ts'
import type { Block, Cell, Line, Row } from '../model.ts'
import { englishEvent } from './english-event.ts'
import { isUnderWayAt } from './seals.ts'
import { type SectionInput, type SectionMaker, shortName, why } from './section.ts'

const NOT_STANDING = ['cctv', 'seals', 'boats', 'notices'] as const

export const equipment: SectionMaker = input => {
  const { facts, say, language } = input
  const broken = brokenLines(input)
  const rows =
    language === 'en'
      ? [feedRow(input), ...(facts.journeys ? [sealRow(input, facts.journeys)] : [])]
      : [notLinkedRow(input, 'cctv'), feedRow(input), ...NOT_STANDING.slice(1).map(id => notLinkedRow(input, id))]
  return {
    id: 'equipment',
    title: say('section.equipment'),
    note: say('equipment.note', { hour: hourOf(facts.period.toMs, language) }),
    state: 'machine',
    blocks: [
      {
        kind: 'table',
        id: 'equipment/table',
        columns: [
          { id: 'what', title: say('equipment.what'), width: 1.8 },
          { id: 'have', title: say('equipment.have'), width: 0.8 },
          { id: 'run', title: say('equipment.run'), width: 0.8 },
          { id: 'rate', title: say('equipment.rate'), width: 0.9 },
          { id: 'down', title: say('equipment.down'), width: 1.1 },
          { id: 'remark', title: say('equipment.remark'), width: 4, align: 'left' },
        ],
        rows,
      },
      ...(language === 'en' ? [notLinkedWords(input)] : []),
      ...(broken.length > 0 ? [{ kind: 'lines' as const, id: 'equipment/lines', lines: broken }] : []),
    ],
  }
}

/** The English page names them in a line. */
const notLinkedWords = ({ say, facts }: SectionInput): Block => ({
  kind: 'words',
  id: 'equipment/not-linked',
  text: `${NOT_STANDING.filter(id => id !== 'seals' || !facts.journeys)
    .map(id => say(`equipment.${id}`))
    .join(', ')}: ${say('not-linked')}`,
})

function notLinkedRow(input: SectionInput, id: (typeof NOT_STANDING)[number]): Row {
  const { facts, say } = input
  if (id === 'seals' && facts.journeys) return sealRow(input, facts.journeys)
  const dash: Cell = { text: say('dash'), tone: 'quiet' }
  return { id, cells: [{ text: say(`equipment.${id}`) }, dash, dash, dash, dash, { text: say('not-linked'), tone: 'quiet' }] }
}

/** How many there are in the stock is not kept by days; those on the way at the time of the report are known. */
function sealRow({ facts, say }: SectionInput, journeys: NonNullable<SectionInput['facts']['journeys']>): Row {
  const dash: Cell = { text: say('dash'), tone: 'quiet' }
  const underWay = journeys.filter(one => isUnderWayAt(one, facts.period.toMs))
  const n = underWay.reduce((sum, { plan }) => sum + plan.seals.length, 0)
  const because = why(
    'seals.under-way',
    underWay.map(one => `journey:${one.plan.id}`),
  )
  return {
    id: 'seals',
    cells: [{ text: say('equipment.seals') }, dash, { text: String(n), n, ...because }, dash, dash, { text: say('equipment.seals-run') }],
  }
}

function feedRow(input: SectionInput): Row {
  const { facts, say, language } = input
  const feeds = facts.sources.feeds(facts.period.fromMs, facts.period.toMs)
  const dash: Cell = { text: say('dash'), tone: 'quiet' }
  const title = { text: say('equipment.feeds') }
  if (feeds.length === 0) return { id: 'feeds', cells: [title, dash, dash, dash, dash, { text: say('not-measured'), tone: 'quiet' }] }
  const because = why(
    'feeds.running',
    feeds.map(one => `feed:${one.name}`),
  )
  const running = feeds.filter(one => one.isRunning).length
  const silentMs = feeds.reduce((sum, one) => sum + one.silentMs, 0)
  const down = feeds.filter(one => !one.isRunning).map(one => one.name)
  return {
    id: 'feeds',
    cells: [
      title,
      { text: String(feeds.length), n: feeds.length, ...because },
      { text: String(running), n: running, ...because },
      { text: `${tenths((100 * running) / feeds.length)}%`, ...because },
      { text: silentMs === 0 ? '0' : spanOf(silentMs, language), ...because },
      { text: down.join(', '), ...because, ...(down.length > 0 ? { tone: 'alert' } : {}) },
    ],
  }
}

function brokenLines(input: SectionInput): readonly Line[] {
  const { facts, say, language } = input
  return facts.moved
    .filter(one => one.kind === 'equipment')
    .map(one => ({
      id: `equipment/incident:${one.id}`,
      text:
        language === 'en'
          ? englishEvent(one)
          : say('equipment.report', {
              office: shortName(input, one.organisation),
              text: clipped(titleOf(one.text)),
              state: one.state === 'closed' ? say(`outcome.${one.outcome ?? 'done'}`) : say('state.assigned'),
            }),
      details: [],
      ...why('incidents.equipment', [`incident:${one.id}`]),
    }))
}
