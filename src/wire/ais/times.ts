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
