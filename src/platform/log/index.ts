// log: what the product says of itself, one line a happening on standard error. The same sentence again within a minute is only counted.
import type { Clock } from '#base/index.ts'

const REPEAT_MS = 60_000

export interface Log {
  info(sentence: string): void
  warn(sentence: string): void
  error(sentence: string): void
}

export function createLog(clock: Clock, write: (line: string) => void): Log {
  const said = new Map<string, { atMs: number; again: number }>()
  const say = (level: string, sentence: string): void => {
    const now = clock.now()
    const before = said.get(sentence)
    if (before && now - before.atMs < REPEAT_MS) {
      before.again++
      return
    }
    if (said.size > 1000) said.clear()
    said.set(sentence, { atMs: now, again: 0 })
    write(`${new Date(now).toISOString()} ${level} ${sentence}${before && before.again > 0 ? ` (and ${before.again} times more)` : ''}\n`)
  }
  return { info: sentence => say('info', sentence), warn: sentence => say('warn', sentence), error: sentence => say('error', sentence) }
}
