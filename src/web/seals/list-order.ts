// Which journeys the list shows and in what order. The worst first unless another column is asked for; within a column what is not known comes last, whichever way it is turned.

import { csvLine } from '#base/index.ts'
import type { JourneyState, JourneyWord, RiskClass } from '#seals/schema.ts'
import type { Row } from './model.ts'

export const WORST: readonly JourneyWord[] = ['opened', 'off-route', 'silent', 'late', 'normal']
export const COLUMNS = [
  'container',
  'state',
  'vehicle',
  'origin',
  'destination',
  'officer',
  'phone',
  'risk',
  'off',
  'progress',
  'eta',
  'battery',
  'heard',
] as const
export type Column = (typeof COLUMNS)[number]

export interface Order {
  readonly by: Column
  readonly isDown: boolean
}
export interface Sieve {
  readonly word?: JourneyWord | undefined
  readonly words: string
  readonly risk?: RiskClass | undefined
  readonly state?: JourneyState | undefined
  readonly isStale?: boolean | undefined
}
export const WORST_FIRST: Order = { by: 'state', isDown: false }

const RISKS: readonly RiskClass[] = ['low', 'medium', 'high']
const STALE_TIMES = 2
/** Older than two of its intervals: shown as old. */
export const isStale = (row: Row, nowMs: number): boolean =>
  row.heardAtMs !== undefined && nowMs - row.heardAtMs > row.reportEveryS * 1000 * STALE_TIMES

const plain = (words: string): string => words.toLowerCase().replace(/\s/g, '')
/** What a row is found by, worked out once for each row. */
const found = new WeakMap<Row, string>()
function wordsOf(row: Row): string {
  let words = found.get(row)
  if (words === undefined) {
    words = plain(
      [row.container, row.vehicle, row.origin, row.destination, row.officer, row.phone, row.declaration, row.id].filter(Boolean).join('\n'),
    )
    found.set(row, words)
  }
  return words
}

export function sifted(rows: Iterable<Row>, { word, words, risk, state, isStale: onlyStale }: Sieve, nowMs: number): Row[] {
  const wanted = plain(words)
  return [...rows].filter(
    one =>
      (word === undefined || one.word === word) &&
      (risk === undefined || one.risk === risk) &&
      (state === undefined || one.state === state) &&
      (!onlyStale || isStale(one, nowMs)) &&
      (wanted === '' || wordsOf(one).includes(wanted)),
  )
}

const VALUES: Readonly<Record<Column, (row: Row) => string | number | undefined>> = {
  container: row => row.container,
  state: row => WORST.indexOf(row.word),
  vehicle: row => row.vehicle,
  origin: row => row.origin,
  destination: row => row.destination,
  officer: row => row.officer,
  phone: row => row.phone,
  risk: row => RISKS.indexOf(row.risk),
  off: row => row.deviationM,
  progress: row => row.progress,
  eta: row => row.etaMs,
  battery: row => row.batteryPercent,
  heard: row => row.heardAtMs,
}

export function ordered(rows: readonly Row[], { by, isDown }: Order): Row[] {
  const value = VALUES[by]
  const sign = isDown ? -1 : 1
  return [...rows].sort((a, b) => {
    const [x, y] = [value(a), value(b)]
    if (x !== y) {
      if (x === undefined) return 1
      if (y === undefined) return -1
      return x < y ? -sign : sign
    }
    return a.container < b.container ? -1 : a.container > b.container ? 1 : a.id < b.id ? -1 : 1
  })
}

/** The rows as a spreadsheet reads them: names of columns and words as given, figures with the unit in the heading. */
export function csvOf(
  rows: readonly Row[],
  heads: readonly string[],
  word: (row: Row) => string,
  risk: (row: Row) => string,
  moment: (ms: number) => string,
): string {
  const at = (ms: number | undefined): string => (ms === undefined ? '' : moment(ms))
  return [
    csvLine(heads),
    ...rows.map(row =>
      csvLine([
        row.container,
        word(row),
        row.vehicle,
        row.origin,
        row.destination,
        row.officer,
        row.phone,
        risk(row),
        row.deviationM === undefined ? undefined : Math.round(row.deviationM),
        row.progress === undefined ? undefined : Math.round(row.progress * 100),
        at(row.etaMs),
        row.batteryPercent,
        at(row.heardAtMs),
        row.declaration,
        row.id,
      ]),
    ),
  ].join('')
}
