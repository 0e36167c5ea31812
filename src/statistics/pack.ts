// The roll-up of one day of one source: rows by hour × organisation × kind × sub × numbers with how many facts stand behind each. Facts alike in all of these are one row; because
// the numbers are part of the row, sums, medians and percentiles of any set of days are exact, and any filter of a measure can be applied to roll-ups alone.
// Kept as columns, each in the narrowest form that holds it. The same facts give the same bytes, so a rebuilt roll-up can be compared with the kept one.
import { createHash } from 'node:crypto'
import { hourOf } from './day.ts'

/** What of a fact's row a roll-up is made of. */
export interface FactRow {
  readonly atMs: number
  readonly organisation: string
  readonly kind: string
  readonly sub: string
  readonly numbers: Readonly<Record<string, number>>
  readonly subject?: string
}

/** Whole numbers from 0 in one, two or four bytes, the highest of them: not known. Anything else in eight, NaN: not known. */
type Form = 'u1' | 'u2' | 'u4' | 'f8'
const WIDTH: Readonly<Record<Form, number>> = { f8: 8, u4: 4, u2: 2, u1: 1 }
const UNKNOWN: Readonly<Record<Form, number>> = { u1: 0xff, u2: 0xffff, u4: 0xffff_ffff, f8: Number.NaN }
type Column = Uint8Array | Uint16Array | Uint32Array | Float64Array

interface PackHead {
  readonly rows: number
  readonly organisations: readonly string[]
  readonly kinds: readonly string[]
  readonly subs: readonly string[]
  /** Names of the numbers. */
  readonly numbers: readonly string[]
  readonly hasSubjects: boolean
  /** Of each column, in the order hour, n, organisation, kind, sub, numbers, subject. */
  readonly forms: readonly Form[]
}

export interface DayColumns extends PackHead {
  readonly hour: ArrayLike<number>
  /** How many facts. */
  readonly n: ArrayLike<number>
  /** Places in `organisations`, `kinds`, `subs`. */
  readonly organisation: ArrayLike<number>
  readonly kind: ArrayLike<number>
  readonly sub: ArrayLike<number>
  /** In the order of `numbers`; NaN: not known. */
  readonly values: readonly Float64Array[]
  /** 48 bits of the subject's hash; NaN: none. */
  readonly subject?: Float64Array
}

const FIXED = 5
const ALIGN = 8
const HASH_BYTES = 6

export function packDay(facts: Iterable<FactRow>): { readonly bytes: Uint8Array; readonly facts: number } {
  const list = [...facts]
  const places = (words: Iterable<string>): ReadonlyMap<string, number> => new Map([...new Set(words)].sort().map((word, k) => [word, k]))
  const organisations = places(list.map(fact => fact.organisation))
  const kinds = places(list.map(fact => fact.kind))
  const subs = places(list.map(fact => fact.sub))
  const numbers = [...places(list.flatMap(fact => Object.keys(fact.numbers))).keys()]
  const hasSubjects = list.some(fact => fact.subject !== undefined)
  const cells = list.map(fact => [
    hourOf(fact.atMs),
    organisations.get(fact.organisation) ?? 0,
    kinds.get(fact.kind) ?? 0,
    subs.get(fact.sub) ?? 0,
    ...numbers.map(name => fact.numbers[name] ?? Number.NaN),
    ...(hasSubjects ? [fact.subject === undefined ? Number.NaN : hashOf(fact.subject)] : []),
  ])
  cells.sort(byCells)
  const rows: { readonly cells: readonly number[]; n: number }[] = []
  for (const one of cells) {
    const last = rows.at(-1)
    if (last && byCells(last.cells, one) === 0) last.n++
    else rows.push({ cells: one, n: 1 })
  }
  const columns = [
    rows.map(row => row.cells[0]!),
    rows.map(row => row.n),
    ...Array.from({ length: (cells[0]?.length ?? FIXED - 1) - 1 }, (_, k) => rows.map(row => row.cells[k + 1]!)),
  ]
  const head: PackHead = {
    rows: rows.length,
    organisations: [...organisations.keys()],
    kinds: [...kinds.keys()],
    subs: [...subs.keys()],
    numbers,
    hasSubjects,
    forms: columns.map(formOf),
  }
  return { bytes: written(head, columns), facts: list.length }
}

/** What is not known comes first. */
function byCells(a: readonly number[], b: readonly number[]): number {
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [a[k]!, b[k]!]
    if (x === y) continue
    const [noX, noY] = [Number.isNaN(x), Number.isNaN(y)]
    if (noX && noY) continue
    if (noX || noY) return noX ? -1 : 1
    return x - y
  }
  return 0
}

function formOf(values: readonly number[]): Form {
  let highest = 0
  for (const value of values) {
    if (Number.isNaN(value)) continue
    if (!Number.isInteger(value) || value < 0 || Object.is(value, -0)) return 'f8'
    highest = Math.max(highest, value)
  }
  return highest < UNKNOWN.u1 ? 'u1' : highest < UNKNOWN.u2 ? 'u2' : highest < UNKNOWN.u4 ? 'u4' : 'f8'
}

function written(head: PackHead, columns: readonly (readonly number[])[]): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(head))
  const begin = Math.ceil((4 + text.length) / ALIGN) * ALIGN
  const bytes = new Uint8Array(begin + head.rows * head.forms.reduce((sum, form) => sum + WIDTH[form], 0))
  new DataView(bytes.buffer).setUint32(0, text.length, true)
  bytes.set(text, 4)
  for (const [k, column] of columnsOf(bytes, begin, head).entries()) {
    const unknown = UNKNOWN[head.forms[k] ?? 'f8']
    for (const [i, value] of (columns[k] ?? []).entries()) column[i] = Number.isNaN(value) ? unknown : value
  }
  return bytes
}

/** Throws on bytes that are no pack: a damaged store. */
export function unpackDay(kept: Uint8Array): DayColumns {
  // Columns are read where they lie; what the store hands out need not begin at an eighth byte.
  const bytes = kept.byteOffset % ALIGN === 0 ? kept : kept.slice()
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  const head: PackHead = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)))
  const columns = columnsOf(bytes, Math.ceil((4 + length) / ALIGN) * ALIGN, head)
  const [hour, n, organisation, kind, sub] = columns
  if (!hour || !n || !organisation || !kind || !sub) throw new Error('a roll-up lacks columns')
  const numbers = columns.slice(FIXED).map(known)
  const subject = head.hasSubjects ? numbers.pop() : undefined
  return { ...head, hour, n, organisation, kind, sub, values: numbers, ...(subject ? { subject } : {}) }
}

/** Widest first, so that each lies where its width asks for. */
function columnsOf(bytes: Uint8Array, begin: number, { rows, forms }: PackHead): readonly Column[] {
  const columns: Column[] = []
  let at = bytes.byteOffset + begin
  for (const form of ['f8', 'u4', 'u2', 'u1'] as const)
    for (const [k, one] of forms.entries()) {
      if (one !== form) continue
      columns[k] = columnAt(form, bytes.buffer, at, rows)
      at += WIDTH[form] * rows
    }
  return columns
}

function columnAt(form: Form, buffer: ArrayBufferLike, at: number, rows: number): Column {
  switch (form) {
    case 'f8':
      return new Float64Array(buffer, at, rows)
    case 'u4':
      return new Uint32Array(buffer, at, rows)
    case 'u2':
      return new Uint16Array(buffer, at, rows)
    case 'u1':
      return new Uint8Array(buffer, at, rows)
  }
}

function known(column: Column): Float64Array {
  if (column instanceof Float64Array) return column
  const unknown = column instanceof Uint8Array ? UNKNOWN.u1 : column instanceof Uint16Array ? UNKNOWN.u2 : UNKNOWN.u4
  const values = new Float64Array(column.length)
  for (let i = 0; i < values.length; i++) values[i] = column[i] === unknown ? Number.NaN : column[i]!
  return values
}

const hashOf = (subject: string): number => createHash('sha256').update(subject).digest().readUIntLE(0, HASH_BYTES)
