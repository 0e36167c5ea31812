// Where a row belongs: one number for all its `by`, put together from tables by word, hour and day, and the words it stands for.
import type { Lexicon } from './blocks.ts'
import { dayStartMs, HOUR_MS, weekdayOf } from './day.ts'
import { slotDay } from './period.ts'
import type { By } from './schema.ts'
import type { Piece, Wanted } from './wanted.ts'

export interface Axes {
  /** How many places there are. */
  readonly size: number
  readonly byOrganisation: Int32Array
  readonly byKind: Int32Array
  readonly bySub: Int32Array
  readonly byHour: Int32Array
  ofDay(day: number): number
  /** One word for each `by`. */
  key(place: number): readonly string[]
}

/** More sums than this are a mistake, not a board. */
const MAX_PLACES = 4_000_000

interface Axis {
  readonly words: readonly string[]
  /** Adds its part of the place, `step` being how far apart its words lie. */
  put(step: number): void
}

export function axesOf(
  { by, slot, organisations }: Pick<Wanted, 'by' | 'slot' | 'organisations'>,
  lexicon: Lexicon,
  pieces: readonly Piece[],
): Axes {
  const byOrganisation = new Int32Array(lexicon.organisations.list.length)
  const byKind = new Int32Array(lexicon.kinds.list.length)
  const bySub = new Int32Array(lexicon.subs.list.length)
  const byHour = new Int32Array(24)
  const byDay = new Map<number, number>()
  const days = pieces.flatMap(piece => piece.days.map(one => one.day))
  const addDay = (day: number, places: number): void => void byDay.set(day, (byDay.get(day) ?? 0) + places)
  const addWord = (table: Int32Array) => (step: number) => {
    for (let k = 0; k < table.length; k++) table[k]! += k * step
  }
  const ofDays = (wordOf: (day: number) => string): Axis => {
    const ofDay = new Map(days.map(day => [day, wordOf(day)]))
    const words = [...new Set(ofDay.values())]
    return {
      words,
      put(step) {
        for (const [day, word] of ofDay) addDay(day, words.indexOf(word) * step)
      },
    }
  }

  const axisOf = (one: By): Axis => {
    switch (one) {
      case 'organisation': {
        const shown = lexicon.organisations.list.map(id => (organisations === 'all' ? id : (organisations[id] ?? '')))
        const words = [...new Set(shown)]
        return {
          words,
          put(step) {
            for (const [k, word] of shown.entries()) byOrganisation[k]! += words.indexOf(word) * step
          },
        }
      }
      case 'kind':
        return { words: lexicon.kinds.list, put: addWord(byKind) }
      case 'sub':
        return { words: lexicon.subs.list, put: addWord(bySub) }
      case 'hour':
        return { words: Array.from(byHour, (_, at) => String(at)), put: addWord(byHour) }
      case 'weekday':
        return ofDays(day => String(weekdayOf(day)))
      case 'slot':
        return slot === 'hour' ? hourSlots() : ofDays(day => String(dayStartMs(slotDay(slot, day))))
    }
  }
  const hourSlots = (): Axis => {
    const unique = [...new Set(days)]
    return {
      words: unique.flatMap(day => Array.from({ length: 24 }, (_, at) => String(dayStartMs(day) + at * HOUR_MS))),
      put(step) {
        for (const [k, day] of unique.entries()) addDay(day, k * 24 * step)
        addWord(byHour)(step)
      },
    }
  }

  const axes = by.map(axisOf)
  let size = 1
  const steps: number[] = []
  for (const axis of axes) {
    steps.push(size)
    axis.put(size)
    size *= Math.max(1, axis.words.length)
  }
  if (size > MAX_PLACES) throw new Error(`${by.join(' × ')} has ${size} sums, more than ${MAX_PLACES}`)
  return {
    size,
    byOrganisation,
    byKind,
    bySub,
    byHour,
    ofDay: day => byDay.get(day) ?? 0,
    key: place => axes.map(({ words }, k) => words[Math.floor(place / (steps[k] ?? 1)) % Math.max(1, words.length)] ?? ''),
  }
}
