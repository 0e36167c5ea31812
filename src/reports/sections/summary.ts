// 총괄: the headline figures of the span, each against the one before.
import { tenths, thousands } from '../dates.ts'
import { alarmSources, type Facts, incidentSources, meanResponseMin } from '../facts.ts'
import type { Cell, Row } from '../model.ts'
import { isSearch } from './searches.ts'
import { type SectionInput, type SectionMaker, why } from './section.ts'

interface Headline {
  readonly id: string
  readonly now: Cell
  readonly before: Cell
}

export const summary: SectionMaker = input => {
  const { facts, say } = input
  const list = headlines(input)
  return {
    id: 'summary',
    title: say('section.summary'),
    note: say(facts.period.kind === 'daily' ? 'summary.note' : 'summary.note-span'),
    state: 'machine',
    blocks: [
      {
        kind: 'table',
        id: 'summary/table',
        isHeadline: true,
        columns: list.map(one => ({ id: one.id, title: titleOf(input, one.id), width: 1 })),
        rows: [rowOf('now', list), rowOf('before', list)],
      },
    ],
  }
}

const rowOf = (id: 'now' | 'before', list: readonly Headline[]): Row => ({ id, cells: list.map(one => one[id]) })

const TITLES = {
  arrivals: 'summary.arrivals',
  departures: 'summary.departures',
  'high-risk': 'summary.high-risk',
  searches: 'summary.searches',
  alarms: 'summary.alarms',
  response: 'summary.response',
  seals: 'summary.seals',
  seizures: 'summary.seizures',
} as const
const titleOf = ({ say }: SectionInput, id: string): string => say(TITLES[id as keyof typeof TITLES])

function headlines(input: SectionInput): readonly Headline[] {
  const { facts, say } = input
  const notLinked = (id: string): Headline => ({ id, now: { text: say('not-linked'), tone: 'quiet' }, before: { text: '' } })
  const searches = [facts.reported.filter(isSearch), facts.reportedBefore.filter(isSearch)] as const
  return [
    called(input, 'arrival'),
    called(input, 'departure'),
    notLinked('high-risk'),
    counted(input, 'searches', searches[0].length, searches[1].length, why('incidents.searches', incidentSources(searches[0]))),
    !facts.wasHeard && facts.alarms.length === 0
      ? { ...notLinked('alarms'), now: { text: say('not-measured'), tone: 'quiet' } }
      : alarmed(input),
    response(input),
    facts.journeys
      ? counted(
          input,
          'seals',
          facts.sealAlarms.length,
          facts.sealAlarmsBefore.length,
          why('seals.violations', alarmSources(facts.sealAlarms)),
          n => say('cases', { n: thousands(n) }),
        )
      : notLinked('seals'),
    counted(
      input,
      'seizures',
      facts.seized.span.length,
      facts.seized.before.length,
      why('incidents.seized', incidentSources(facts.seized.span)),
      n => say('cases', { n: thousands(n) }),
    ),
  ]
}

function counted(
  { facts, say }: SectionInput,
  id: string,
  now: number,
  then: number,
  because: ReturnType<typeof why>,
  words: (n: number) => string = thousands,
): Headline {
  return {
    id,
    now: { text: words(now), n: now, ...because },
    before: facts.hasBefore
      ? { text: `(${words(then)})${trend(now - then)}`, n: then, ...toneOf(now - then) }
      : { text: `(${say('dash')})`, tone: 'quiet' },
  }
}

/** Where nobody listened the day before, no alarms of it say nothing. */
function alarmed(input: SectionInput): Headline {
  const { facts, say } = input
  const headline = counted(
    input,
    'alarms',
    facts.alarms.length,
    facts.alarmsBefore.length,
    why('alarms.raised', alarmSources(facts.alarms)),
  )
  return facts.wasHeardBefore || facts.alarmsBefore.length > 0
    ? headline
    : { ...headline, before: { text: `(${say('dash')})`, tone: 'quiet' } }
}

/** Arrivals or departures that were seen; a span that nobody watched has no figure. */
function called(input: SectionInput, kind: 'arrival' | 'departure'): Headline {
  const { facts, say } = input
  const id = `${kind}s` as const
  if (!facts.calls) return { id, now: { text: say('not-measured'), tone: 'quiet' }, before: { text: '' } }
  const of = (calls: Facts['calls']): readonly string[] =>
    (calls?.calls ?? []).filter(one => one.kind === kind).map(one => `ship:${one.mmsi}`)
  const [now, then] = [of(facts.calls), of(facts.callsBefore)]
  const because = why(kind === 'arrival' ? 'ships.arrivals' : 'ships.departures', now)
  const headline = counted(input, id, now.length, then.length, because)
  return facts.callsBefore ? headline : { ...headline, before: { text: `(${say('dash')})`, tone: 'quiet' } }
}

function response({ facts, say }: SectionInput): Headline {
  const [now, then] = [meanResponseMin(facts.alarms), meanResponseMin(facts.alarmsBefore)]
  const minutes = (n: number | undefined): string => (n === undefined ? say('dash') : say('minutes', { n: tenths(n) }))
  const acted = facts.alarms.filter(one => one.responseMs !== undefined)
  const by = now === undefined || then === undefined ? 0 : Number(tenths(now)) - Number(tenths(then))
  return {
    id: 'response',
    now: { text: minutes(now), ...(now === undefined ? {} : { n: now }), ...why('alarms.response', alarmSources(acted)) },
    before: { text: `(${minutes(then)})${trend(Number(by.toFixed(1)))}`, ...toneOf(by) },
  }
}

const trend = (by: number): string => (by > 0 ? ` ▲${thousands(by)}` : by < 0 ? ` ▼${thousands(-by)}` : '')
const toneOf = (by: number): Pick<Cell, 'tone'> => (by > 0 ? { tone: 'up' } : by < 0 ? { tone: 'down' } : { tone: 'quiet' })
