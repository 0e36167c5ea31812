// The time of a plan, read from the words that are written.

const KST_MS = 9 * 3_600_000
const DAY_MS = 86_400_000

/** The first time in the words, as the next such moment KST: `10:00`, `14시`, `27일 09:30`. */
export function dueIn(words: string, nowMs: number): number | undefined {
  const found = /(?:(\d{1,2})일\s*)?(?<![\d:])(\d{1,2})(?::(\d{2})|시(?:\s*(\d{1,2})분)?)(?![\d:])/.exec(words)
  if (!found) return undefined
  const [hours, minutes] = [Number(found[2]), Number(found[3] ?? found[4] ?? 0)]
  if (hours > 24 || minutes > 59) return undefined
  const midnight = Math.floor((nowMs + KST_MS) / DAY_MS) * DAY_MS - KST_MS
  const time = (hours * 60 + minutes) * 60_000
  if (found[1] === undefined) return midnight + time > nowMs ? midnight + time : midnight + DAY_MS + time
  for (let day = 0; day < 32; day++)
    if (new Date(midnight + KST_MS + day * DAY_MS).getUTCDate() === Number(found[1])) return midnight + day * DAY_MS + time
  return undefined
}
