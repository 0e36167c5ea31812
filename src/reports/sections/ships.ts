// 선박 동향: by customs office, what is known of ships and alarms. Columns of rooms that do not stand yet are a dash, and the note below says so.
import { minuteOf, tenths, thousands } from '../dates.ts'
import { type AlarmFact, alarmSources, incidentSources, meanResponseMin } from '../facts.ts'
import type { Cell, Row } from '../model.ts'
import { officeOf } from '../sources.ts'
import { isSearch } from './searches.ts'
import { type SectionInput, type SectionMaker, why } from './section.ts'

const HEAD_OFFICE = 'hq'

export const ships: SectionMaker = input => {
  const { facts, say, language } = input
  const groups = [...facts.offices.map(one => one.id), HEAD_OFFICE]
  const waters = watersOf(input)
  const rows = groups.map(id => officeRow(input, id, waters))
  return {
    id: 'ships',
    title: say('section.ships'),
    state: 'machine',
    blocks: [
      {
        kind: 'table',
        id: 'ships/table',
        columns: [
          { id: 'office', title: say('ships.office'), width: 1.5 },
          { id: 'waters', title: say('ships.waters'), width: 1.2, adds: true },
          { id: 'at-rest', title: say('ships.at-rest'), width: 0.9, adds: true },
          { id: 'arrivals', title: say('ships.arrivals'), width: 0.8, adds: true },
          { id: 'departures', title: say('ships.departures'), width: 0.8, adds: true },
          { id: 'high-risk', title: say('ships.high-risk'), width: 0.9 },
          { id: 'searches', title: say('ships.searches'), width: 1.2, adds: true },
          { id: 'mismatch', title: say('ships.mismatch'), width: 1.25 },
          { id: 'lost', title: say('ships.lost'), width: 1.1, adds: true },
          { id: 'alarms', title: say('ships.alarms'), width: 0.8, adds: true },
          { id: 'response', title: say('ships.response'), width: 1.5 },
        ],
        // The English page is a summary: the sum alone.
        rows: language === 'en' ? [{ id: 'sum', cells: sumRow(input, rows).cells }] : [...rows, sumRow(input, rows)],
      },
      {
        kind: 'words',
        id: 'ships/not-linked',
        text: notesOf(input, waters !== undefined).join(' '),
      },
    ],
  }
}

/** What the dashes mean, and from when on something was measured. */
function notesOf({ facts, say }: SectionInput, hasWaters: boolean): readonly string[] {
  const { calls, period } = facts
  return [
    say('ships.not-linked'),
    ...(hasWaters ? [] : [say('ships.not-measured')]),
    ...(calls
      ? calls.sinceMs > period.fromMs
        ? [say('ships.calls-since', { time: minuteOf(calls.sinceMs) })]
        : []
      : [say('ships.no-calls')]),
  ]
}

/** Ships in waters by customs office, or undefined where nothing was received. */
function watersOf({ facts }: SectionInput): ReadonlyMap<string, { ships: number; atRest: number }> | undefined {
  const counts = facts.waters
  if (!counts) return undefined
  const tree = facts.sources.organisations()
  const found = new Map<string, { ships: number; atRest: number }>()
  for (const { organisation, ships, atRest } of counts) {
    const office = officeOf(tree, organisation)
    const id = office?.kind === 'customs-office' ? office.id : HEAD_OFFICE
    const sofar = found.get(id) ?? { ships: 0, atRest: 0 }
    found.set(id, { ships: sofar.ships + ships, atRest: sofar.atRest + atRest })
  }
  return found
}

function officeRow(input: SectionInput, id: string, waters: ReturnType<typeof watersOf>): Row {
  const { facts, language, say } = input
  const dash: Cell = { text: say('dash'), tone: 'quiet' }
  const office = facts.offices.find(one => one.id === id)
  const alarms = facts.alarms.filter(one => (one.office ?? HEAD_OFFICE) === id)
  const lost = alarms.filter(({ alarm }) => alarm.joined.detector === 'signal-lost')
  const customsOf = (organisation: string): string => {
    const own = officeOf(facts.sources.organisations(), organisation)
    return own?.kind === 'customs-office' ? own.id : HEAD_OFFICE
  }
  const searches = facts.reported.filter(isSearch).filter(one => customsOf(one.organisation) === id)
  /** Nothing was received and nothing raised: 0 would say that somebody had looked. */
  const counted = (n: number, because: ReturnType<typeof why>): Cell =>
    n === 0 && !facts.wasHeard ? dash : { text: thousands(n), n, ...because }
  const here = waters ? (waters.get(id) ?? { ships: 0, atRest: 0 }) : undefined
  const water = (n: number | undefined): Cell => (n === undefined ? dash : { text: thousands(n), n, ...why('ships.waters', []) })
  const called = (kind: 'arrival' | 'departure'): Cell => {
    if (!facts.calls) return dash
    const own = facts.calls.calls.filter(one => one.kind === kind && customsOf(one.organisation) === id).map(one => `ship:${one.mmsi}`)
    return { text: thousands(own.length), n: own.length, ...why(kind === 'arrival' ? 'ships.arrivals' : 'ships.departures', own) }
  }
  return {
    id,
    cells: [
      { text: office ? (language === 'ko' ? office.shortKo : office.shortEn) : say('ships.head-office') },
      water(here?.ships),
      water(here?.atRest),
      called('arrival'),
      called('departure'),
      dash,
      { text: thousands(searches.length), n: searches.length, ...why('incidents.searches', incidentSources(searches)) },
      dash,
      counted(lost.length, why('alarms.signal-lost', alarmSources(lost))),
      counted(alarms.length, why('alarms.raised', alarmSources(alarms))),
      responseCell(input, alarms),
    ],
  }
}

function responseCell({ say }: SectionInput, alarms: readonly AlarmFact[]): Cell {
  const minutes = meanResponseMin(alarms)
  if (minutes === undefined) return { text: say('dash'), tone: 'quiet' }
  return { text: tenths(minutes), ...why('alarms.response', alarmSources(alarms.filter(one => one.responseMs !== undefined))) }
}

function sumRow(input: SectionInput, rows: readonly Row[]): Row {
  const { facts, say } = input
  const sum = (column: number): Cell => {
    const cells = rows.map(row => row.cells[column])
    if (cells.every(one => one?.n === undefined)) return { text: say('dash'), tone: 'quiet' }
    const n = cells.reduce((all, one) => all + (one?.n ?? 0), 0)
    const sources = [...new Set(cells.flatMap(one => one?.sources ?? []))]
    return { text: thousands(n), n, ...(cells[0]?.query ? { query: cells[0].query, sources } : {}) }
  }
  const cells = (rows[0]?.cells ?? []).map((_one, column) =>
    column === 0 ? { text: say('ships.sum') } : column === rows[0]!.cells.length - 1 ? responseCell(input, facts.alarms) : sum(column),
  )
  return { id: 'sum', isSum: true, cells }
}
