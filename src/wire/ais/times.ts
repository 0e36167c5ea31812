// Times that stand beside a message: in TAG blocks, before and after a sentence, in $PGHP and ZDA sentences. All as epoch ms UTC, NaN where there is none.

const BLANK = 32
const DOT = 46

/** Digits as a number, up to the first other byte; 0 where there is none. */
export function digitsOf(b: Uint8Array, from: number, to: number): number {
  let value = 0
  for (let p = from; p < to; p++) {
    const digit = b[p]! - 48
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
  }
  return value
}

/** Tab, comma, colon, semicolon and blank may follow a time. */
const isBehindTime = (byte: number): boolean => byte === BLANK || byte === 9 || byte === 44 || byte === 58 || byte === 59

/** 9–11 digits are seconds (a fraction may follow), 12–14 milliseconds, 15–17 microseconds, 18–20 nanoseconds; anything else is no time. */
export function epochOf(b: Uint8Array, from: number, to: number): number {
  let value = 0
  let digits = 0
  let p = from
  while (p < to && b[p] === BLANK) p++
  for (; p < to; p++) {
    const digit = b[p]! - 48
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
    digits++
  }
  if (digits < 9 || digits > 20) return Number.NaN
  let fractionMs = 0
  if (p < to && b[p] === DOT && digits < 12) {
    let place = 100
    for (p++; p < to; p++) {
      const digit = b[p]! - 48
      if (digit < 0 || digit > 9) break
      fractionMs += Math.floor(digit * place)
      place /= 10
    }
  }
  while (p < to && isBehindTime(b[p]!)) p++
  if (p < to) return Number.NaN
  const scale = digits < 12 ? 1000 : digits < 15 ? 1 : digits < 18 ? 1e-3 : 1e-6
  return Math.floor(value * scale) + fractionMs
}

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57
const isLetter = (byte: number): boolean => (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122)

/** Fewer digits are no epoch of our days, but may be a ship's number. */
const MIN_EPOCH_DIGITS = 10
const CALENDAR_DIGITS = 14
const ISO_LETTERS = 40
/** `2024-11-24T07:21:40.250+09:00`, `2024/11/24 07:21:40`, `20241124T072140Z`: without a zone it is UTC. */
const ISO = /^(\d{4})([-/]?)(\d{2})\2(\d{2})[T _](\d{2}):?(\d{2}):?(\d{2})(?:[.,](\d{1,9}))?\s?(?:Z|UTC|([+-])(\d{2}):?(\d{2})?(?!\d))?/

/** The first time that a text before a sentence tells: an epoch, ISO 8601, or `20241124072140`; words and numbers may stand beside it. */
export function timeIn(b: Uint8Array, from: number, to: number): number {
  for (let p = from; p < to; p++) {
    if (!isDigit(b[p]!)) continue
    let end = p
    while (end < to && isDigit(b[end]!)) end++
    const isWord = p > from && (isLetter(b[p - 1]!) || b[p - 1] === DOT)
    const time = isWord ? Number.NaN : timeAt(b, p, end, to)
    if (!Number.isNaN(time)) return time
    p = end
  }
  return Number.NaN
}

/** Of the digits from `p` to `end`. */
function timeAt(b: Uint8Array, p: number, end: number, to: number): number {
  const digits = end - p
  if (digits === 4 || digits === 8) return calendarTime(ISO.exec(String.fromCharCode(...b.subarray(p, Math.min(to, p + ISO_LETTERS)))))
  if (digits === CALENDAR_DIGITS) {
    const text = String.fromCharCode(...b.subarray(p, end))
    return calendarTime(ISO.exec(`${text.slice(0, 8)}T${text.slice(8)}`))
  }
  if (digits < MIN_EPOCH_DIGITS) return Number.NaN
  let last = end
  if (last < to && b[last] === DOT) for (last++; last < to && isDigit(b[last]!); ) last++
  return epochOf(b, p, last)
}

function calendarTime(match: RegExpExecArray | null): number {
  if (!match) return Number.NaN
  const [, year, , month, day, hour, minute, second, fraction = '', sign, zoneHours, zoneMinutes = '0'] = match
  const zoneMs = sign === undefined ? 0 : (Number(zoneHours) * 60 + Number(zoneMinutes)) * (sign === '-' ? -60_000 : 60_000)
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'))
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second), ms)
  // A thirteenth month or a thirty-first of November is no time.
  const isReal = new Date(time).getUTCMonth() === Number(month) - 1 && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 61
  return isReal ? time - zoneMs : Number.NaN
}

/** UTC told by `$PGHP,1,year,month,day,hour,minute,second,millisecond,…` or `$..ZDA,hhmmss.ss,dd,mm,yyyy,…`. */
export function toldTime(b: Uint8Array, from: number, to: number): number {
  const isPghp = b[from + 1] === 80 && b[from + 2] === 71 && b[from + 3] === 72 && b[from + 4] === 80 && b[from + 6] === 49
  const isZda = b[from + 3] === 90 && b[from + 4] === 68 && b[from + 5] === 65
  if (!isPghp && !isZda) return Number.NaN
  const fields = String.fromCharCode(...b.subarray(from, Math.min(to, from + 120))).split(/[,*]/)
  const n = (index: number): number => Number(fields[index] || Number.NaN)
  if (isPghp) return Date.UTC(n(2), n(3) - 1, n(4), n(5), n(6), n(7), n(8))
  const clock = fields[1] ?? ''
  return Date.UTC(n(4), n(3) - 1, n(2), Number(clock.slice(0, 2)), Number(clock.slice(2, 4)), Math.floor(Number(clock.slice(4))))
}
