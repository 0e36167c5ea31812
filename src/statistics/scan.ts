// Counting over roll-ups. HOT PATH: a few ns a row and question (bench statistics-dashboard): plain columns, words as numbers, sums in flat arrays; words are looked up once a question.
// Medians and percentiles are of the values themselves, interpolated as PERCENTILE.INC of spreadsheets does, so they are exact and any set of days can be merged.
import { type Axes, axesOf } from './axes.ts'
import type { Block, Lexicon } from './blocks.ts'
import { dayOf, dayStartMs, HOUR_MS, hourOf, weekdayOf } from './day.ts'
import type { Condition, Span } from './schema.ts'
import { type Columns, createSums, type Sums } from './sums.ts'
import type { Counted, Piece, Wanted } from './wanted.ts'

/** The answers in the order of the questions. What several ask for in the same way (which facts, which values at which place) is done once. */
export function count(pieces: readonly Piece[], lexicon: Lexicon, span: Span, wanted: readonly Wanted[]): readonly Counted[] {
  const groups = new Map<string, { readonly filter: Wanted; readonly tallies: Map<string, Tally> }>()
  const rows = pieces.reduce((sum, { days }) => sum + days.reduce((some, { from, to }) => some + to - from, 0), 0)
  const told = wanted.map(one => {
    const { where, hours, weekdays, organisations, by, slot, number, whole, part } = one
    const key = JSON.stringify([where, hours, weekdays])
    const group = groups.get(key) ?? { filter: one, tallies: new Map<string, Tally>() }
    groups.set(key, group)
    const how = one.function === 'median' || one.function === 'p90' ? 'quantile' : one.function
    const tallyKey = JSON.stringify([how, by, slot, number, whole, part])
    const axes = group.tallies.get(tallyKey)?.axes ?? axesOf({ by, slot, organisations }, lexicon, pieces)
    const tally = group.tallies.get(tallyKey) ?? { wanted: one, axes, sums: createSums(axes.size, one.function, rows) }
    group.tallies.set(tallyKey, tally)
    return tally
  })
  for (const piece of pieces) for (const { filter, tallies } of groups.values()) walk(piece, lexicon, span, filter, [...tallies.values()])
  return told.map(({ axes, sums }, k) => {
    const how = wanted[k]?.function ?? 'count'
    return { rows: sums.places().map(place => ({ key: axes.key(place), figure: sums.figure(place, how) })), total: sums.total(how) }
  })
}

/** Sums at places, shared by all questions that need the same. */
interface Tally {
  readonly wanted: Wanted
  readonly axes: Axes
  readonly sums: Sums
}

/** Days on which facts pass the filter: where records are to be looked for. */
export function daysThatMatch(pieces: readonly Piece[], lexicon: Lexicon, span: Span, wanted: Wanted): ReadonlySet<number> {
  const found = new Set<number>()
  const plain: Wanted = { ...wanted, by: [], function: 'count' }
  for (const { block, days } of pieces)
    for (const day of days) if ((count([{ block, days: [day] }], lexicon, span, [plain])[0]?.total.n ?? 0) > 0) found.add(day.day)
  return found
}

function walk({ block, days }: Piece, lexicon: Lexicon, span: Span, filter: Wanted, tallies: readonly Tally[]): void {
  const { hour, organisation, kind, sub } = block
  const shown = flags(lexicon.organisations.list, id => filter.organisations === 'all' || filter.organisations[id] !== undefined)
  const kinds = flags(lexicon.kinds.list, word => wordFits(filter.where, 'kind', word))
  const subs = flags(lexicon.subs.list, word => wordFits(filter.where, 'sub', word))
  const hours = flags(HOURS, at => filter.hours === undefined || filter.hours.includes(at))
  const limits = filter.where.filter(isLimit).map(condition => limitOf(condition, block, lexicon))
  const columns = tallies.map(({ wanted }) => columnsOf(block, lexicon, wanted))
  const longest = days.reduce((most, { from, to }) => Math.max(most, to - from), 0)
  const rows = new Int32Array(longest)
  const places = new Int32Array(longest)
  const nowhere = new Int32Array(longest)
  for (const { day, from, to } of days) {
    if (filter.weekdays && !filter.weekdays.includes(weekdayOf(day))) continue
    const startMs = dayStartMs(day)
    const firstHour = Math.floor((span.fromMs - startMs) / HOUR_MS)
    const lastHour = Math.ceil((span.toMs - startMs) / HOUR_MS)
    let found = 0
    next: for (let i = from; i < to; i++) {
      const at = hour[i]!
      if (at < firstHour || at >= lastHour || hours[at] === 0) continue
      if (shown[organisation[i]!] === 0 || kinds[kind[i]!] === 0 || subs[sub[i]!] === 0) continue
      for (let k = 0; k < limits.length; k++) {
        const { values, atLeast, below } = limits[k]!
        // What is not known (NaN) fulfils no limit.
        if (!(values[i]! >= atLeast && values[i]! < below)) continue next
      }
      rows[found++] = i
    }
    for (const [k, { axes, sums }] of tallies.entries()) {
      if (axes.size > 1) placed(places, rows, found, block, axes, axes.ofDay(day))
      sums.add(rows, axes.size > 1 ? places : nowhere, found, columns[k]!)
    }
  }
}

function placed(places: Int32Array, rows: Int32Array, found: number, block: Block, axes: Axes, ofDay: number): void {
  const { hour, organisation, kind, sub } = block
  const { byOrganisation, byKind, bySub, byHour } = axes
  for (let k = 0; k < found; k++) {
    const i = rows[k]!
    places[k] = ofDay + byOrganisation[organisation[i]!]! + byKind[kind[i]!]! + bySub[sub[i]!]! + byHour[hour[i]!]!
  }
}

const HOURS = [...Array(24).keys()]
function flags<T>(list: readonly T[], fits: (one: T) => boolean): Uint8Array {
  const flagged = new Uint8Array(list.length)
  for (let k = 0; k < list.length; k++) flagged[k] = fits(list[k]!) ? 1 : 0
  return flagged
}
const isLimit = ({ field }: Condition): boolean => field !== 'kind' && field !== 'sub'
const wordFits = (where: readonly Condition[], field: 'kind' | 'sub', word: string): boolean =>
  where.every(one => one.field !== field || ((one.is === undefined || one.is.includes(word)) && !one.not?.includes(word)))

const numbersOf = (block: Block, lexicon: Lexicon, name: string | undefined): Float64Array | undefined =>
  name === undefined ? undefined : block.values[lexicon.numbers.places.get(name) ?? -1]

/** Of a number that no row of a block has. */
const NOT_KNOWN = new Float64Array(0)
interface Limit {
  readonly values: Float64Array
  readonly atLeast: number
  readonly below: number
}
const limitOf = ({ field, atLeast, below }: Condition, block: Block, lexicon: Lexicon): Limit => ({
  values: numbersOf(block, lexicon, field) ?? NOT_KNOWN,
  atLeast: atLeast ?? Number.NEGATIVE_INFINITY,
  below: below ?? Number.POSITIVE_INFINITY,
})

function columnsOf(block: Block, lexicon: Lexicon, { number, whole, part }: Wanted): Columns {
  if (!part) return { ...block, number: numbersOf(block, lexicon, number), whole: numbersOf(block, lexicon, whole), isPart: undefined }
  const kinds = flags(lexicon.kinds.list, word => wordFits(part, 'kind', word))
  const subs = flags(lexicon.subs.list, word => wordFits(part, 'sub', word))
  const limits = part.filter(isLimit).map(condition => limitOf(condition, block, lexicon))
  const isPart = (i: number): boolean =>
    kinds[block.kind[i]!] === 1 &&
    subs[block.sub[i]!] === 1 &&
    limits.every(({ values, atLeast, below }) => values[i]! >= atLeast && values[i]! < below)
  return { ...block, number: undefined, whole: undefined, isPart }
}

/** Does one record count? The same rules as for roll-ups, for the drill-down. */
export function isCounted(
  fact: {
    readonly atMs: number
    readonly organisation: string
    readonly kind: string
    readonly sub: string
    readonly numbers: Readonly<Record<string, number>>
    readonly subject?: string
  },
  span: Span,
  wanted: Pick<Wanted, 'where' | 'organisations' | 'hours' | 'weekdays' | 'number' | 'whole' | 'function'>,
): boolean {
  const hourMs = fact.atMs - (((fact.atMs % HOUR_MS) + HOUR_MS) % HOUR_MS)
  if (hourMs + HOUR_MS <= span.fromMs || hourMs >= span.toMs) return false
  if (wanted.organisations !== 'all' && wanted.organisations[fact.organisation] === undefined) return false
  if (wanted.hours && !wanted.hours.includes(hourOf(fact.atMs))) return false
  if (wanted.weekdays && !wanted.weekdays.includes(weekdayOf(dayOf(fact.atMs)))) return false
  for (const name of [wanted.number, wanted.whole]) if (name !== undefined && fact.numbers[name] === undefined) return false
  if (wanted.function === 'distinct' && fact.subject === undefined) return false
  return wanted.where.every(({ field, is, not, atLeast, below }) => {
    if (field === 'kind' || field === 'sub') return (is === undefined || is.includes(fact[field])) && !not?.includes(fact[field])
    const value = fact.numbers[field]
    return value !== undefined && (atLeast === undefined || value >= atLeast) && (below === undefined || value < below)
  })
}
