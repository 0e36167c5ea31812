// The number of an incident as officers say it: KST day, then which of its organisation's that day. 2026-1124-07.

const KST_MS = 9 * 3_600_000

/** 2026-11-24: the KST calendar day of an instant. */
export const dayKst = (ms: number): string => new Date(ms + KST_MS).toISOString().slice(0, 10)

export const numberOf = (day: string, n: number): string =>
  `${day.slice(0, 4)}-${day.slice(5, 7)}${day.slice(8, 10)}-${String(n).padStart(2, '0')}`

/** A number as typed, or undefined: 2026-1124-07. */
export function readNumber(text: string): { readonly day: string; readonly n: number } | undefined {
  const found = /^(\d{4})-?(\d{2})(\d{2})-(\d{1,6})$/.exec(text.trim())
  return found ? { day: `${found[1]}-${found[2]}-${found[3]}`, n: Number(found[4]) } : undefined
}
