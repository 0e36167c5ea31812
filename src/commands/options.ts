// Options shared by commands that read the data folder: --data DIR, --from T, --to T and their like.
import { UsageError } from './command.ts'

export interface ReadOptions {
  readonly words: readonly string[]
  readonly values: ReadonlyMap<string, string>
  readonly flags: ReadonlySet<string>
}

/** Splits arguments into words, `--name value` and `--flag`; unknown names are wrong usage. */
export function readOptions(args: readonly string[], named: readonly string[], flags: readonly string[] = []): ReadOptions {
  const words: string[] = []
  const values = new Map<string, string>()
  const set = new Set<string>()
  for (let at = 0; at < args.length; at++) {
    const [word = '', inline] = (args[at] ?? '').split(/=(.*)/s)
    if (named.includes(word)) {
      const value = inline ?? args[++at]
      if (value === undefined) throw new UsageError(`${word} needs a value`)
      values.set(word, value)
    } else if (flags.includes(word)) set.add(word)
    else if (word.startsWith('--')) throw new UsageError(`there is no option ${word}`)
    else words.push(args[at] ?? '')
  }
  return { words, values, flags: set }
}

const ISO_TIME = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/

/** A time in ISO 8601, or undefined where the option was not given. Without a zone it is UTC, whatever the machine's own zone is. */
export function timeOption(options: ReadOptions, name: string): number | undefined {
  const text = options.values.get(name)
  if (text === undefined) return undefined
  const match = ISO_TIME.exec(text)
  const ms = match ? Date.parse(match[1] === undefined && text.includes('T') ? `${text}Z` : text) : Number.NaN
  if (Number.isNaN(ms)) throw new UsageError(`${name} ${text} is no time; write it as 2026-11-24T07:00:00Z or 2026-11-24T16:00:00+09:00`)
  return ms
}

export function neededTime(options: ReadOptions, name: string): number {
  const ms = timeOption(options, name)
  if (ms === undefined) throw new UsageError(`${name} is missing; write a time, for example ${name} 2026-11-24T07:00:00Z`)
  return ms
}
