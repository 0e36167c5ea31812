// Times as devices write them. A date that cannot be (month 13, 30 February, hour 25) is no time: undefined, never a neighbouring one. Devices that
// have never seen a satellite send such dates; who judges clocks is the room, not the codec.

const DAY_MS = 86_400_000
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
/** Two-digit years count from here: no seal is older. */
const CENTURY = 2000

/** Seconds from 1970 to 2000, where some clocks begin. */
export const SECONDS_TO_2000 = 946_684_800

/** Milliseconds since 1970 of a date and time of day in UTC; a year below 100 is of this century. */
export function utcMs(year: number, month: number, day: number, hour: number, minute: number, second: number): number | undefined {
  const fullYear = year < 100 ? CENTURY + year : year
  if (month < 1 || month > 12 || day < 1 || day > DAYS_IN_MONTH[month - 1]! || hour > 23 || minute > 59 || second > 59) return undefined
  const midnight = Date.UTC(fullYear, month - 1, day)
  // 29 February of a common year would come out as 1 March.
  if (day === 29 && month === 2 && Date.UTC(fullYear, 2, 1) - midnight !== DAY_MS) return undefined
  return midnight + ((hour * 60 + minute) * 60 + second) * 1000
}

/** `YYMMDDhhmmss`, `YYYYMMDDhhmmss` or, with `order` dmy, `DDMMYYhhmmss`. */
export function digitsMs(text: string, order: 'ymd' | 'dmy' = 'ymd'): number | undefined {
  if (!/^\d{12}(\d\d)?$/.test(text)) return undefined
  const long = text.length === 14
  const number = (from: number, to: number): number => Number(text.slice(from, to))
  const rest = long ? 8 : 6
  const [year, month, day] =
    order === 'dmy'
      ? [number(4, rest), number(2, 4), number(0, 2)]
      : long
        ? [number(0, 4), number(4, 6), number(6, 8)]
        : [number(0, 2), number(2, 4), number(4, 6)]
  return utcMs(year, month, day, number(rest, rest + 2), number(rest + 2, rest + 4), number(rest + 4, rest + 6))
}

/** `2026-01-31T12:00:00Z`; with milliseconds only where there are some. */
export const isoOf = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z')

/** Date and time of day of a moment, as numbers: year in full, month from 1. */
export function partsOf(ms: number): readonly [number, number, number, number, number, number] {
  const moment = new Date(ms)
  return [
    moment.getUTCFullYear(),
    moment.getUTCMonth() + 1,
    moment.getUTCDate(),
    moment.getUTCHours(),
    moment.getUTCMinutes(),
    moment.getUTCSeconds(),
  ]
}

const two = (value: number): string => String(value % 100).padStart(2, '0')

/** The other way of `digitsMs`, with a year of two digits. */
export function digitsOf(ms: number, order: 'ymd' | 'dmy' = 'ymd'): string {
  const [year, month, day, hour, minute, second] = partsOf(ms)
  const date = order === 'ymd' ? [year, month, day] : [day, month, year]
  return [...date, hour, minute, second].map(two).join('')
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(\.\d{1,9})?)?(?:Z|([+-])(\d\d):?(\d\d))$/

/** `2026-01-31T09:00:00+09:00`; a time without its zone is none. */
export function isoMs(text: string): number | undefined {
  const match = ISO.exec(text)
  if (!match) return undefined
  const [, year, month, day, hour, minute, second = 0, fraction = 0, sign, zoneHour = 0, zoneMinute = 0] = match
  if (Number(zoneHour) > 14 || Number(zoneMinute) > 59) return undefined
  const local = utcMs(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second))
  if (local === undefined) return undefined
  const zoneMin = (sign === '-' ? -1 : 1) * (Number(zoneHour) * 60 + Number(zoneMinute))
  return local + Math.round(Number(fraction) * 1000) - zoneMin * 60_000
}
