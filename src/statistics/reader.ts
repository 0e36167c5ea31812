// Reads roll-ups and counts over them. A day whose facts have changed since its roll-up was made is rolled up on the spot, so that what is answered is never older than the facts.
// Runs in a thread of its own (thread.ts); tests and `mangru check` use it directly.
import { type Block, blockOf, bytesOf, emptyLexicon, type Lexicon } from './blocks.ts'
import { calendarOf, dayAt, dayOf } from './day.ts'
import {
  buildDay,
  dirtyDays,
  dirtyDaysOf,
  type FactRecord,
  type KeptDay,
  keptDays,
  keptSourceDays,
  type MadeDay,
  packOf,
  type Read,
  recordsOfDay,
} from './facts.ts'
import { unpackDay } from './pack.ts'
import { count, daysThatMatch, isCounted } from './scan.ts'
import type { Span } from './schema.ts'
import type { Counted, Piece, Wanted } from './wanted.ts'

/** Blocks held in memory: three years of a million records each (a year beside the two before it) fit. */
const MAX_CACHED_BYTES = 200_000_000
/** Rows of answers held in memory: those of the spans compared with are asked for again and again, and do not change. */
const MAX_TOLD_ROWS = 200_000

export interface Reader {
  count(source: string, spans: readonly Span[], wanted: readonly Wanted[]): readonly (readonly Counted[])[]
  /** Records behind a figure, newest first, after (older than) this one; at most `limit`. */
  records(source: string, span: Span, wanted: Wanted, limit: number, after?: RecordMark): readonly FactRecord[]
  /** Roll-ups of days that have changed, newest first. */
  made(limit: number): readonly MadeDay[]
  /** Days that have a roll-up, newest first. */
  kept(span: Span): readonly SourceDay[]
  /** Has the roll-ups of this day's month at hand before anybody asks for them. */
  readAhead(source: string, day: number): void
  /** Is the roll-up what its facts give? One that is to be made anew has not to be. */
  isSame(source: string, day: number): boolean
}
export interface SourceDay {
  readonly source: string
  readonly day: number
}
export interface RecordMark {
  readonly atMs: number
  readonly id: string
}

export function createReader(store: Read): Reader {
  const lexicons = new Map<string, Lexicon>()
  /** By source and first day of the month; the one looked at longest ago goes first. */
  const blocks = new Map<string, Block>()
  let cachedBytes = 0
  /** What was counted, by its question; true as long as the roll-ups it was counted from are the same. */
  const told = new Map<string, { readonly state: string; readonly counted: Counted }>()
  let toldRows = 0
  const lexiconOf = (source: string): Lexicon => {
    const known = lexicons.get(source) ?? emptyLexicon()
    lexicons.set(source, known)
    return known
  }

  const monthBlock = (source: string, firstDay: number, kept: readonly KeptDay[]): Block => {
    const key = `${source} ${firstDay}`
    const known = blocks.get(key)
    blocks.delete(key)
    if (known) cachedBytes -= bytesOf(known)
    const isSame =
      known?.days.length === kept.length && known.days.every((one, k) => one.day === kept[k]?.day && one.revision === kept[k]?.revision)
    const block =
      known && isSame
        ? known
        : blockOf(
            kept.flatMap(one => unpacked(source, one)),
            lexiconOf(source),
          )
    blocks.set(key, block)
    cachedBytes += bytesOf(block)
    for (const [oldest, one] of blocks) {
      if (cachedBytes <= MAX_CACHED_BYTES || oldest === key) break
      blocks.delete(oldest)
      cachedBytes -= bytesOf(one)
    }
    return block
  }
  const unpacked = (source: string, { day, revision }: KeptDay) => {
    const pack = packOf(store, source, day)
    return pack ? [{ day, revision, columns: unpackDay(pack) }] : []
  }
  /** A day that has changed since its roll-up was made, from its facts. */
  const freshBlock = (source: string, day: number): Block =>
    blockOf([{ day, revision: 0, columns: unpackDay(buildDay(store, source, day).bytes) }], lexiconOf(source))

  const piecesOf = (source: string, { fromMs, toMs }: Span): readonly Piece[] => {
    const [fromDay, toDay] = [dayOf(fromMs), dayOf(toMs - 1)]
    if (toDay < fromDay) return []
    const dirty = dirtyDaysOf(store, source)
    const pieces: Piece[] = []
    const isWithin = ({ day }: { readonly day: number }): boolean => day >= fromDay && day <= toDay && !dirty.has(day)
    for (let first = monthOf(fromDay); first <= toDay; first = monthAfter(first)) {
      const kept = keptDays(store, source, first, monthAfter(first) - 1)
      if (!kept.some(isWithin)) continue
      const block = monthBlock(source, first, kept)
      pieces.push({ block, days: block.days.filter(isWithin) })
    }
    for (const day of dirty) {
      if (day < fromDay || day > toDay) continue
      const block = freshBlock(source, day)
      pieces.push({ block, days: block.days })
    }
    return pieces
  }

  const countSpan = (source: string, span: Span, wanted: readonly Wanted[]): readonly Counted[] => {
    const pieces = piecesOf(source, span)
    const state = stateOf(pieces)
    const keys = wanted.map(one => JSON.stringify([source, span, one]))
    const known = keys.map(key => {
      const one = told.get(key)
      return one && one.state === state ? one.counted : undefined
    })
    const missing = wanted.filter((_, k) => known[k] === undefined)
    const fresh = missing.length === 0 ? [] : [...count(pieces, lexiconOf(source), span, missing)]
    return wanted.map((_, k) => {
      const counted = known[k] ?? fresh.shift() ?? NOTHING
      if (state !== undefined) keep(keys[k] ?? '', { state, counted })
      return counted
    })
  }
  const keep = (key: string, one: { readonly state: string; readonly counted: Counted }): void => {
    toldRows += one.counted.rows.length + 1 - (told.has(key) ? (told.get(key)?.counted.rows.length ?? 0) + 1 : 0)
    // Written anew at the end: the one asked for longest ago goes first.
    told.delete(key)
    told.set(key, one)
    for (const [oldest, { counted }] of told) {
      if (toldRows <= MAX_TOLD_ROWS || oldest === key) break
      told.delete(oldest)
      toldRows -= counted.rows.length + 1
    }
  }

  return {
    count(source, spans, wanted) {
      const answers: Counted[][] = wanted.map(() => [])
      for (const [n, span] of spans.entries()) {
        // A year is compared with the year before twice: as the period before, and as the year before.
        const same = spans.findIndex(one => one.fromMs === span.fromMs && one.toMs === span.toMs)
        const counted = same < n ? undefined : countSpan(source, span, wanted)
        for (const [k, those] of answers.entries()) {
          const one = counted?.[k] ?? those[same]
          if (one) those.push(one)
        }
      }
      return answers
    },
    records(source, span, wanted, limit, after) {
      const found: FactRecord[] = []
      const until = after ? { fromMs: span.fromMs, toMs: Math.min(span.toMs, after.atMs + 1) } : span
      const days = daysThatMatch(piecesOf(source, until), lexiconOf(source), until, wanted)
      for (const day of [...days].sort((a, b) => b - a)) {
        for (const record of recordsOfDay(store, source, day)) {
          if (after && (record.atMs > after.atMs || (record.atMs === after.atMs && record.id >= after.id))) continue
          if (!isCounted(record, span, wanted)) continue
          found.push(record)
          if (found.length >= limit) return found
        }
      }
      return found
    },
    made: limit => dirtyDays(store, limit).map(({ source, day, n }) => ({ source, day, n, ...buildDay(store, source, day) })),
    kept: ({ fromMs, toMs }) => keptSourceDays(store, dayOf(fromMs), dayOf(toMs - 1)),
    readAhead(source, day) {
      const first = monthOf(day)
      const kept = keptDays(store, source, first, monthAfter(first) - 1)
      if (kept.length > 0) monthBlock(source, first, kept)
    },
    isSame(source, day) {
      const kept = packOf(store, source, day)
      return kept === undefined || dirtyDaysOf(store, source).has(day) || Buffer.compare(kept, buildDay(store, source, day).bytes) === 0
    },
  }
}

const NOTHING: Counted = { rows: [], total: { n: 0 } }

/** Revisions only ever grow: as many days, the newest of the same revision, are the same days. Undefined: a day is among them that has no roll-up yet. */
function stateOf(pieces: readonly Piece[]): string | undefined {
  let days = 0
  let newest = 0
  for (const piece of pieces)
    for (const { revision } of piece.days) {
      if (revision === 0) return undefined
      days++
      if (revision > newest) newest = revision
    }
  return `${days} ${newest}`
}

function monthOf(day: number): number {
  const { year, month } = calendarOf(day)
  return dayAt({ year, month, date: 1 })
}
function monthAfter(day: number): number {
  const { year, month } = calendarOf(day)
  return dayAt({ year, month: month + 1, date: 1 })
}
