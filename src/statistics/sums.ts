// What the functions of a measure add up, place by place, in flat arrays; and the figures made of it.
import { quantile } from './quantile.ts'
import type { Figure, MeasureFunction } from './schema.ts'

/** What of a block a function reads. */
export interface Columns {
  readonly n: Uint32Array
  readonly subject: Float64Array | undefined
  readonly number: Float64Array | undefined
  readonly whole: Float64Array | undefined
  readonly isPart: ((row: number) => boolean) | undefined
}

export interface Sums {
  /** The first `found` of `rows`, each at its place. */
  add(rows: Int32Array, places: Int32Array, found: number, columns: Columns): void
  /** Where anything was counted. */
  places(): readonly number[]
  /** `how`: a median and a 90th percentile are read from the same values. */
  figure(place: number, how: MeasureFunction): Figure
  total(how: MeasureFunction): Figure
}

/** `rows`: about how many will come. */
export function createSums(size: number, how: MeasureFunction, rows: number): Sums {
  switch (how) {
    case 'count':
      return counts(size)
    case 'sum':
    case 'mean':
      return amounts(size, how)
    case 'share':
      return shares(size)
    case 'median':
    case 'p90':
      return quantiles(size, rows)
    case 'distinct':
      return subjects(size)
  }
}

const added = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0)
const placesOf = (n: Float64Array): readonly number[] => {
  const places: number[] = []
  for (let place = 0; place < n.length; place++) if (n[place]! > 0) places.push(place)
  return places
}
const figure = (n: number, value: number | undefined): Figure => (value === undefined ? { n } : { n, value })

function counts(size: number): Sums {
  const n = new Float64Array(size)
  return {
    add(rows, places, found, columns) {
      for (let k = 0; k < found; k++) n[places[k]!]! += columns.n[rows[k]!]!
    },
    places: () => placesOf(n),
    figure: place => figure(n[place]!, n[place]!),
    total: () => figure(added(n), added(n)),
  }
}

function amounts(size: number, how: 'sum' | 'mean'): Sums {
  const n = new Float64Array(size)
  const sum = new Float64Array(size)
  const told = (times: number, amount: number): Figure => figure(times, how === 'sum' ? amount : times === 0 ? undefined : amount / times)
  return {
    add(rows, places, found, columns) {
      if (!columns.number) return
      for (let k = 0; k < found; k++) {
        const value = columns.number[rows[k]!]!
        if (Number.isNaN(value)) continue
        const times = columns.n[rows[k]!]!
        n[places[k]!]! += times
        sum[places[k]!]! += value * times
      }
    },
    places: () => placesOf(n),
    figure: place => told(n[place]!, sum[place]!),
    total: () => told(added(n), added(sum)),
  }
}

/** Of facts: how many are of the part. Of sums: the part's by the whole's, of those that know both. */
function shares(size: number): Sums {
  const n = new Float64Array(size)
  const part = new Float64Array(size)
  const whole = new Float64Array(size)
  const told = (times: number, some: number, all: number): Figure => figure(times, all === 0 ? undefined : some / all)
  return {
    add(rows, places, found, { n: counted, number, whole: wholes, isPart }) {
      for (let k = 0; k < found; k++) {
        const [i, place] = [rows[k]!, places[k]!]
        const times = counted[i]!
        if (isPart) {
          n[place]! += times
          whole[place]! += times
          if (isPart(i)) part[place]! += times
          continue
        }
        const value = number?.[i] ?? Number.NaN
        const all = wholes?.[i] ?? Number.NaN
        if (Number.isNaN(value) || Number.isNaN(all)) continue
        n[place]! += times
        part[place]! += value * times
        whole[place]! += all * times
      }
    },
    places: () => placesOf(n),
    figure: place => told(n[place]!, part[place]!, whole[place]!),
    total: () => told(added(n), added(part), added(whole)),
  }
}

const SHARE_OF: Readonly<Partial<Record<MeasureFunction, number>>> = { median: 0.5, p90: 0.9 }

function quantiles(size: number, rows: number): Sums {
  const n = new Float64Array(size)
  let values = new Float64Array(Math.max(rows, 16))
  let at = new Int32Array(values.length)
  let length = 0
  let sorted: { readonly values: Float64Array; readonly starts: Int32Array } | undefined
  const grow = (): void => {
    const [more, moreAt] = [new Float64Array(values.length * 2), new Int32Array(values.length * 2)]
    more.set(values)
    moreAt.set(at)
    values = more
    at = moreAt
  }
  /** The values of each place beside each other. */
  const byPlace = () => {
    if (sorted) return sorted
    const starts = new Int32Array(size + 1)
    for (let k = 0; k < length; k++) starts[at[k]! + 1]!++
    for (let place = 0; place < size; place++) starts[place + 1]! += starts[place]!
    const next = starts.slice()
    const own = new Float64Array(length)
    for (let k = 0; k < length; k++) own[next[at[k]!]!++] = values[k]!
    sorted = { values: own, starts }
    return sorted
  }
  return {
    add(rows, places, found, columns) {
      if (!columns.number) return
      for (let k = 0; k < found; k++) {
        const value = columns.number[rows[k]!]!
        if (Number.isNaN(value)) continue
        const times = columns.n[rows[k]!]!
        n[places[k]!]! += times
        for (let again = 0; again < times; again++) {
          if (length === values.length) grow()
          values[length] = value
          at[length++] = places[k]!
        }
      }
    },
    places: () => placesOf(n),
    figure(place, how) {
      const own = byPlace()
      return figure(n[place]!, quantile(own.values.subarray(own.starts[place]!, own.starts[place + 1]!), SHARE_OF[how] ?? 0.5))
    },
    // Values are moved about only within what is looked at: those by place have been set apart.
    total(how) {
      byPlace()
      return figure(added(n), quantile(values.subarray(0, length), SHARE_OF[how] ?? 0.5))
    },
  }
}

function subjects(size: number): Sums {
  const n = new Float64Array(size)
  const seen: (Set<number> | undefined)[] = []
  const all = new Set<number>()
  return {
    add(rows, places, found, columns) {
      if (!columns.subject) return
      for (let k = 0; k < found; k++) {
        const subject = columns.subject[rows[k]!]!
        if (Number.isNaN(subject)) continue
        const place = places[k]!
        n[place]! += columns.n[rows[k]!]!
        all.add(subject)
        if (size === 1) continue
        seen[place] ??= new Set()
        seen[place]?.add(subject)
      }
    },
    places: () => placesOf(n),
    figure: place => figure(n[place]!, size === 1 ? all.size : (seen[place]?.size ?? 0)),
    total: () => figure(added(n), all.size),
  }
}
