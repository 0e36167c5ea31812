// Options shared by commands that read the data folder: --data DIR, --from T, --to T and their like.
import { UsageError } from './command.ts'

export interface ReadOptions {
  readonly words: readonly string[]
  readonly values: ReadonlyMap<string, string>
  readonly flags: ReadonlySet<string>
}

/** Each argument in turn: the word, and its value, given behind `=` or as the next argument. */
export function eachOption(args: readonly string[], take: (word: string, value: () => string, whole: string) => void): void {
  for (let at = 0; at < args.length; at++) {
    const whole = args[at] ?? ''
    const [word = '', inline] = whole.split(/=(.*)/s)
    const value = (): string => {
      const given = inline ?? args[++at]
      if (given === undefined) throw new UsageError(`${word} needs a value`)
      return given
    }
    take(word, value, whole)
  }
}

/** Splits arguments into words, `--name value` and `--flag`; unknown names are wrong usage. */
export function readOptions(args: readonly string[], named: readonly string[], flags: readonly string[] = []): ReadOptions {
  const words: string[] = []
  const values = new Map<string, string>()
  const set = new Set<string>()
  eachOption(args, (word, value, whole) => {
    if (named.includes(word)) values.set(word, value())
    else if (flags.includes(word)) set.add(word)
    else if (word.startsWith('--')) throw new UsageError(`there is no option ${word}`)
    else words.push(whole)
  })
  return { words, values, flags: set }
}

/** For commands that take options only: a word more would be passed over in silence. */
export function refuseWords({ words: [word] }: ReadOptions, remedy: string): void {
  if (word !== undefined) throw new UsageError(`${word} is a word too many; ${remedy}`)
}

const ISO_TIME = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/

/** ISO 8601 as epoch ms, undefined where it is none. Without a zone it is UTC, whatever the machine's own zone is. */
export function readTime(text: string): number | undefined {
  const match = ISO_TIME.exec(text)
  const ms = match && isDay(match[1] ?? '') ? Date.parse(match[2] === undefined && text.includes('T') ? `${text}Z` : text) : Number.NaN
  return Number.isNaN(ms) ? undefined : ms
}

/** A time, or undefined where the option was not given. */
export function timeOption(options: ReadOptions, name: string): number | undefined {
  const text = options.values.get(name)
  if (text === undefined) return undefined
  const ms = readTime(text)
  if (ms === undefined) throw new UsageError(`${name} ${text} is no time; write it as 2026-11-24T07:00:00Z or 2026-11-24T16:00:00+09:00`)
  return ms
}

/** The thirtieth of February is no day, though the language takes it for the second of March. */
const isDay = (day: string): boolean => {
  const date = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
}

export function neededTime(options: ReadOptions, name: string): number {
  const ms = timeOption(options, name)
  if (ms === undefined) throw new UsageError(`${name} is missing; write a time, for example ${name} 2026-11-24T07:00:00Z`)
  return ms
}
