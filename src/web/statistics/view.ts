// What is looked at: board, period, site, kinds, what it is compared with. It stands in the address, so that a link handed to a colleague opens the same figures. Written in words
// that need no escaping: board~month~2026-11-24~busan~seizures.narcotics.smuggled~before.
import { PERIOD_UNITS, type PeriodUnit } from '#statistics/schema.ts'

export interface StatisticsView {
  /** `definitions`: the table of all measures. */
  readonly board: string
  readonly unit: PeriodUnit
  /** KST day, and hour for periods of an hour: 2026-11-24T06. Absent: now. */
  readonly at?: string
  readonly organisation?: string
  /** Source → kinds that count; a source that is not named counts whole. */
  readonly kinds: ReadonlyMap<string, readonly string[]>
  readonly compare: { readonly before: boolean; readonly yearBefore: boolean }
}

export const FIRST_VIEW: StatisticsView = {
  board: 'overview',
  unit: 'month',
  kinds: new Map(),
  compare: { before: true, yearBefore: true },
}

const KST_MS = 9 * 3_600_000
const AT = /^\d{4}-\d{2}-\d{2}(T\d{2})?$/
/** What encodeURIComponent would escape, and our own signs. */
const plain = (word: string): string => encodeURIComponent(word).replaceAll('.', '%2E').replaceAll('~', '%7E').replaceAll('!', '%21')

/** What is undefined is left at its default. */
export function formatView(view: { readonly [Field in keyof StatisticsView]?: StatisticsView[Field] | undefined }): string {
  const {
    board = FIRST_VIEW.board,
    unit = FIRST_VIEW.unit,
    at,
    organisation,
    kinds = FIRST_VIEW.kinds,
    compare = FIRST_VIEW.compare,
  } = view
  const both = compare.before && compare.yearBefore
  const words = [
    plain(board),
    unit,
    at ?? '',
    organisation === undefined ? '' : plain(organisation),
    [...kinds].map(([source, list]) => [source, ...list].map(plain).join('.')).join('!'),
    both ? '' : compare.before ? 'before' : compare.yearBefore ? 'year' : 'none',
  ]
  while (words.at(-1) === '') words.pop()
  return words.join('~')
}

/** What makes no sense is left at its default. */
export function parseView(item: string | undefined): StatisticsView {
  const [board = '', unitWord = '', at = '', organisation = '', kindWords = '', compare = ''] = (item ?? '').split('~')
  const unit = PERIOD_UNITS.find(one => one === unitWord) ?? FIRST_VIEW.unit
  const kinds = new Map(
    kindWords
      .split('!')
      .filter(Boolean)
      .map(one => {
        const [source = '', ...list] = one.split('.').map(read)
        return [source, list] as const
      })
      .filter(([source, list]) => source !== '' && list.length > 0),
  )
  return {
    board: read(board) || FIRST_VIEW.board,
    unit,
    ...(AT.test(at) && !Number.isNaN(momentOf(at)) ? { at } : {}),
    ...(organisation === '' ? {} : { organisation: read(organisation) }),
    kinds,
    compare: { before: compare === '' || compare === 'before', yearBefore: compare === '' || compare === 'year' },
  }
}

/** 2026-11-24 or 2026-11-24T06, KST → a moment in it. */
export const momentOf = (at: string): number => Date.parse(`${at.length > 10 ? at : `${at}T00`}:00:00Z`) - KST_MS
/** The word for a moment: the day, with its hour where hours are looked at. */
export const atOf = (ms: number, unit: PeriodUnit): string => new Date(ms + KST_MS).toISOString().slice(0, unit === 'hour' ? 13 : 10)

function read(word: string): string {
  try {
    return decodeURIComponent(word)
  } catch {
    return word
  }
}
