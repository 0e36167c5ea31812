// 주요 동향: incidents marked for the report, grave alarms that no incident tells of, and what offices handed in. An item is led by its office in brackets, its date behind it; the
// course of things stands below it, clipped.
import { type Incident, type Step, titleOf } from '#incidents/index.ts'
import { clipped } from '../clip.ts'
import { dayShort, minuteOf } from '../dates.ts'
import { type AlarmFact, alarmSources, compare, type IncidentFact, incidentSources } from '../facts.ts'
import type { Block, Line } from '../model.ts'
import { doneWords, subjectWords } from './alarm-words.ts'
import { englishEvent } from './english-event.ts'
import { bracketName, empty, type SectionInput, type SectionMaker, shortName, why } from './section.ts'

export const events: SectionMaker = input => {
  const { facts, say } = input
  const isOfSpan = ({ incident }: IncidentFact): boolean => incident.reportedAtMs >= facts.period.fromMs
  const marked = [...facts.marked].sort(byGravity)
  const linked = new Set(facts.moved.flatMap(one => one.links.filter(link => link.kind === 'alarm').map(link => link.id)))
  const alone = facts.alarms.filter(({ alarm }) => alarm.level <= 1 && !linked.has(alarm.id)).map(one => alarmLine(input, one))
  const offices = facts.officeLines.filter(line => !line.isNothing).map(line => officeLine(input, line))
  const lines = [
    ...lateLines(input),
    ...marked.filter(isOfSpan).map(one => incidentLine(input, one)),
    ...alone,
    ...offices,
    // What was told the day before is told with its end alone.
    ...(input.language === 'en' ? [] : marked.filter(one => !isOfSpan(one))).map(one => incidentLine(input, one, true)),
  ]
  if (lines.length === 0) return withOffices(input, empty('events', input))
  return withOffices(input, {
    id: 'events',
    title: say('section.events'),
    state: 'machine',
    blocks: [{ kind: 'lines', id: 'events/lines', lines }],
  })
}

/** What came after the paper before was sealed and before its hour stands in neither span: it is told here, once. */
function lateLines({ facts, say, language }: SectionInput): readonly Line[] {
  const { late } = facts
  if (!late) return []
  const what = [
    ...(late.alarms.length > 0 ? [say('late.alarms', { n: late.alarms.length })] : []),
    ...(late.incidents.length > 0 ? [say('late.incidents', { n: late.incidents.length })] : []),
  ]
  return [
    {
      id: 'events/late',
      lead: say('late.lead'),
      text: say('late.text', { time: minuteOf(late.sealedAtMs), what: what.join(language === 'ko' ? '·' : ', ') }),
      details: [],
      ...why('late.records', [...alarmSources(late.alarms), ...incidentSources(late.incidents)]),
    },
  ]
}

/** Gravest first; among equals the earliest. */
const byGravity = (a: IncidentFact, b: IncidentFact): number =>
  a.incident.urgency - b.incident.urgency || a.incident.occurredAtMs - b.incident.occurredAtMs || compare(a.incident.id, b.incident.id)

function withOffices(input: SectionInput, section: ReturnType<SectionMaker>): ReturnType<SectionMaker> {
  const { facts, say } = input
  // Nobody has ever handed in a line: the house does not use them, and nobody is missing.
  if (facts.officeLines.length === 0) return section
  const due = facts.sources.organisations().all.filter(one => one.kind !== 'head-office' && one.closedAtMs === undefined)
  const done = new Set(facts.officeLines.map(line => line.organisation))
  const missing = due.filter(one => !done.has(one.id))
  const words: Block = {
    kind: 'words',
    id: 'events/offices',
    text:
      missing.length === 0
        ? say('lines.all', { all: due.length })
        : say('lines.missing', {
            all: due.length,
            done: due.length - missing.length,
            names: missing.map(one => shortName(input, one.id)).join('·'),
          }),
    ...why(
      'lines.offices',
      facts.officeLines.map(line => `line:${line.id}`),
    ),
  }
  return { ...section, blocks: [...section.blocks, words] }
}

function incidentLine(input: SectionInput, { incident, steps }: IncidentFact, isEndOnly = false): Line {
  const { language, facts } = input
  const because = why('incidents.marked', [
    `incident:${incident.id}`,
    ...incident.links.filter(link => link.kind === 'alarm').map(link => `alarm:${link.id}`),
  ])
  const id = `events/incident:${incident.id}`
  const lead = bracketName(input, incident.organisation)
  if (language === 'en') return { id, lead, text: englishEvent(incident), ...because, details: [] }
  const masked = (text: string): string => facts.sources.masked(text, incident.id)
  const text = masked(incident.dailyReport.text ?? incident.text)
  const [first = '', ...rest] = text
    .trim()
    .split('\n')
    .filter(line => line.trim() !== '')
  const title = rest.length === 0 ? titleOf(first) : first
  const left = rest.length === 0 && first.length > title.length + 1 ? [first.slice(title.length).replace(/^[.!?…]\s*/, '')] : rest
  return {
    id,
    lead,
    text: `${clipped(title)} (${dayShort(incident.occurredAtMs, language)})`,
    ...because,
    details: [
      ...(isEndOnly ? [] : told(input, incident, left.map(clipped))),
      ...course(input, incident, steps, masked).slice(isEndOnly ? -1 : 0),
    ].map((words, n) => ({
      id: `${id}/${n + 1}`,
      text: words,
      details: [],
      ...because,
    })),
  }
}

/** What was reported, with about when and where. */
function told({ say }: SectionInput, incident: Incident, rest: readonly string[]): readonly string[] {
  const around = say('event.around', { time: minuteOf(incident.occurredAtMs) })
  const place = incident.place?.label.replace(/(\d)\s*NM\b/g, '$1해리')
  const [first, ...more] = rest
  const beginning = first === undefined ? place : place && !first.includes(place) ? `${place}, ${first}` : first
  if (beginning === undefined) return []
  return [/^\d{1,2}:\d{2}/.test(beginning) ? beginning : `${around}${beginning}`, ...more]
}

/** What became of it: the newest answer, what is still ordered, how it ended. */
function course(input: SectionInput, incident: Incident, steps: readonly Step[], masked: (text: string) => string): readonly string[] {
  const { say, facts } = input
  const lines: string[] = []
  const answer = steps.filter(step => step.deed === 'answer' && step.text.trim() !== '').at(-1)
  if (answer?.deed === 'answer') lines.push(say('event.latest', { time: minuteOf(answer.atMs), text: clipped(masked(answer.text)) }))
  const closing = steps.filter(step => step.deed === 'state' && step.to === 'closed').at(-1)
  if (incident.state === 'closed' && closing?.deed === 'state') {
    const outcome = say(`outcome.${closing.outcome ?? 'done'}`)
    const time = minuteOf(closing.atMs)
    const note = clipped(masked(closing.note))
    lines.push(note === '' ? say('event.closed', { time, outcome }) : say('event.closed-note', { time, outcome, note }))
  } else {
    const order = facts.openOrders.find(one => one.incident === incident.id)
    if (order) lines.push(say('event.open-order', { due: minuteOf(order.dueMs), who: bracketName(input, order.to.organisation) }))
  }
  return lines
}

function alarmLine(input: SectionInput, { alarm, office }: AlarmFact): Line {
  const { say, language, facts } = input
  const because = why('alarms.grave', [`alarm:${alarm.id}`])
  const leading = alarm.joined.reasons.find(one => one.detector === alarm.joined.detector) ?? alarm.joined.reasons[0]
  const id = `events/alarm:${alarm.id}`
  const words = leading?.why[language] ?? ''
  const last = doneWords(input, alarm)
  return {
    id,
    lead: bracketName(input, office ?? facts.sources.organisations().headOffice),
    text: `${subjectWords(input, alarm)} (${dayShort(alarm.joined.raisedAtMs, language)})`,
    ...because,
    details: [
      `${say('event.around', { time: minuteOf(alarm.joined.fromMs) })}${clipped(words)}`,
      ...(last.atMs === undefined ? [] : [say('event.latest', { time: minuteOf(last.atMs), text: last.text })]),
    ].map((text, n) => ({ id: `${id}/${n + 1}`, text, details: [], ...because })),
  }
}

function officeLine(input: SectionInput, line: SectionInput['facts']['officeLines'][number]): Line {
  const [first = '', ...rest] = line.text
    .trim()
    .split('\n')
    .filter(one => one.trim() !== '')
  const because = why('lines.offices', [`line:${line.id}`])
  const id = `events/line:${line.id}`
  return {
    id,
    lead: bracketName(input, line.organisation),
    text: clipped(first),
    ...because,
    details: rest.map((text, n) => ({ id: `${id}/${n + 1}`, text: clipped(text), details: [], ...because })),
  }
}
