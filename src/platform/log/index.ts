// log: what the product says of itself, one line a happening on standard error: for people, or as JSON Lines for machines that collect logs.
// The same sentence again within a minute is only counted; the count is told with the next line that is written after that minute.
import type { Clock } from '#base/index.ts'

const REPEAT_MS = 60_000
/** So many different sentences are remembered; the counts of the others are told at once. */
const MAX_REMEMBERED = 1000

export type LogLevel = 'info' | 'warn' | 'error'
export type LogFormat = 'text' | 'json'

export interface Log {
  info(sentence: string): void
  warn(sentence: string): void
  error(sentence: string): void
}

interface Said {
  readonly level: LogLevel
  readonly atMs: number
  again: number
}

export function createLog(clock: Clock, write: (line: string) => void, format: LogFormat = 'text'): Log {
  const said = new Map<string, Said>()
  const line = (level: LogLevel, nowMs: number, sentence: string, again: number): void => {
    const at = new Date(nowMs).toISOString()
    const counted = again > 0 ? ` (and ${again} times more)` : ''
    write(
      format === 'json'
        ? `${JSON.stringify({ at, level, text: sentence, ...(again > 0 ? { again } : {}) })}\n`
        : `${at} ${level} ${sentence.replaceAll('\n', '\n  ')}${counted}\n`,
    )
  }
  /** Tells what was only counted, of those whose minute is over, or of all. */
  const settle = (nowMs: number, isAll: boolean): void => {
    for (const [sentence, { level, atMs, again }] of said) {
      if (!isAll && nowMs - atMs < REPEAT_MS) continue
      said.delete(sentence)
      if (again > 0) line(level, nowMs, sentence, again)
    }
  }
  const say = (level: LogLevel, sentence: string): void => {
    const nowMs = clock.now()
    const before = said.get(sentence)
    if (before && nowMs - before.atMs < REPEAT_MS) {
      before.again++
      return
    }
    if (before) said.delete(sentence)
    settle(nowMs, said.size >= MAX_REMEMBERED)
    said.set(sentence, { level, atMs: nowMs, again: 0 })
    line(level, nowMs, sentence, before?.again ?? 0)
  }
  return { info: sentence => say('info', sentence), warn: sentence => say('warn', sentence), error: sentence => say('error', sentence) }
}
