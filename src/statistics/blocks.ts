// Roll-ups of many days in one piece, so that a count walks over plain columns: a block is a calendar month (or one day that has just changed) of a source, its words given by
// number. The numbers of words are the same in all blocks of a source.
import type { DayColumns } from './pack.ts'

/** Words of a source by number; only ever grows. */
export interface Lexicon {
  readonly organisations: Words
  readonly kinds: Words
  readonly subs: Words
  readonly numbers: Words
}
export interface Words {
  readonly list: string[]
  readonly places: Map<string, number>
}
const noWords = (): Words => ({ list: [], places: new Map() })
export const emptyLexicon = (): Lexicon => ({ organisations: noWords(), kinds: noWords(), subs: noWords(), numbers: noWords() })

function placeOf(words: Words, word: string): number {
  const known = words.places.get(word)
  if (known !== undefined) return known
  words.places.set(word, words.list.length)
  return words.list.push(word) - 1
}

export interface BlockDay {
  readonly day: number
  readonly revision: number
  /** Rows of this day: from (included) to (not included). */
  readonly from: number
  readonly to: number
}
export interface Block {
  readonly rows: number
  readonly days: readonly BlockDay[]
  readonly hour: Uint8Array
  readonly n: Uint32Array
  readonly organisation: Uint16Array
  readonly kind: Uint16Array
  readonly sub: Uint16Array
  /** By the number of their name; absent: no row knows it. NaN: not known. */
  readonly values: readonly (Float64Array | undefined)[]
  readonly subject: Float64Array | undefined
}

export const bytesOf = ({ rows, values, subject }: Block): number =>
  rows * (11 + 8 * (values.filter(Boolean).length + (subject === undefined ? 0 : 1)))

export function blockOf(
  days: readonly { readonly day: number; readonly revision: number; readonly columns: DayColumns }[],
  lexicon: Lexicon,
): Block {
  const rows = days.reduce((sum, { columns }) => sum + columns.rows, 0)
  const hour = new Uint8Array(rows)
  const n = new Uint32Array(rows)
  const organisation = new Uint16Array(rows)
  const kind = new Uint16Array(rows)
  const sub = new Uint16Array(rows)
  const values: (Float64Array | undefined)[] = []
  const subject = days.some(({ columns }) => columns.subject) ? new Float64Array(rows).fill(Number.NaN) : undefined
  const placed: BlockDay[] = []
  let at = 0
  for (const { day, revision, columns } of days) {
    hour.set(columns.hour, at)
    n.set(columns.n, at)
    renumbered(organisation, at, columns.organisation, columns.organisations, lexicon.organisations)
    renumbered(kind, at, columns.kind, columns.kinds, lexicon.kinds)
    renumbered(sub, at, columns.sub, columns.subs, lexicon.subs)
    for (const [k, name] of columns.numbers.entries()) {
      const place = placeOf(lexicon.numbers, name)
      const column = columns.values[k]
      values[place] ??= new Float64Array(rows).fill(Number.NaN)
      if (column) values[place]?.set(column, at)
    }
    if (columns.subject) subject?.set(columns.subject, at)
    placed.push({ day, revision, from: at, to: at + columns.rows })
    at += columns.rows
  }
  return { rows, days: placed, hour, n, organisation, kind, sub, values, subject }
}

function renumbered(into: Uint16Array, at: number, from: ArrayLike<number>, list: readonly string[], words: Words): void {
  const places = list.map(word => placeOf(words, word))
  for (let i = 0; i < from.length; i++) into[at + i] = places[from[i]!]!
}
