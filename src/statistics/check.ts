// Are the roll-ups what their facts say? Each kept day that has not changed since is made anew and compared byte for byte; the first that differs is named.
import { buildDay, type Read } from './facts.ts'

interface DayRow extends Record<string, string | number | Uint8Array> {
  source: string
  day: number
  facts: number
  pack: Uint8Array
}

/** Throws a sentence that names source and day; says what was looked at otherwise. */
export function checkStatistics(store: Read): string {
  const dirty = new Set(
    store.read<{ source: string; day: number }>('SELECT source, day FROM statistics_dirty').map(({ source, day }) => `${source} ${day}`),
  )
  let days = 0
  let facts = 0
  for (const { source, day } of store.read<{ source: string; day: number }>(
    'SELECT source, day FROM statistics_days ORDER BY source, day',
  )) {
    if (dirty.has(`${source} ${day}`)) continue
    const [kept] = store.read<DayRow>('SELECT source, day, facts, pack FROM statistics_days WHERE source = ? AND day = ?', [source, day])
    const made = buildDay(store, source, day)
    if (!kept || Buffer.compare(kept.pack, made.bytes) !== 0)
      throw new Error(
        `the roll-up of ${source} on ${dateOf(day)} (KST) holds ${kept?.facts} facts and is not what its ${made.facts} facts give; rebuild it with POST /api/statistics/rebuild`,
      )
    days++
    facts += made.facts
  }
  const [unrolled] = store.read<{ source: string; day: number }>(
    `SELECT source, day FROM statistics_facts EXCEPT SELECT source, day FROM statistics_days EXCEPT SELECT source, day FROM statistics_dirty LIMIT 1`,
  )
  if (unrolled)
    throw new Error(`${unrolled.source} on ${dateOf(unrolled.day)} (KST) has facts and neither a roll-up nor a mark that one is to be made`)
  return `${facts} facts in ${days} roll-ups alike, ${dirty.size} days to be rolled up`
}

const dateOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10)
