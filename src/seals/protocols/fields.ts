// Fields of comma-separated texts: a number is a number as it stands, or absent. `Number('')` is 0 and `parseInt('12x')` is 12; both would be lies.

export function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^[-+]?\d+(\.\d*)?$/.test(text) ? Number(text) : undefined
}

export function hexNumberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^[0-9a-fA-F]{1,12}$/.test(text) ? Number.parseInt(text, 16) : undefined
}

/** `25.7N`, or a number and its letter apart; S and W are negative. A value above the limit is degrees and minutes, DDMM.MMMM. */
export function degreesIn(text: string | undefined, letter: string | undefined, limit: 90 | 180): number | undefined {
  const value = numberIn(text)
  if (value === undefined) return undefined
  const degrees = value > limit ? minutesToDegrees(value) : value
  if (letter === 'S' || letter === 'W') return 0 - degrees
  return letter === 'N' || letter === 'E' ? degrees : undefined
}

/** DDMM.MMMM to degrees, six places. */
export function minutesToDegrees(packed: number): number {
  const degrees = Math.floor(packed / 100)
  return Math.round((degrees + (packed - degrees * 100) / 60) * 1e6) / 1e6
}

/** Sets what is there: `{...defined({ a, b })}`. */
export function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const there: { [K in keyof T]?: Exclude<T[K], undefined> } = {}
  for (const name in values) {
    const value = values[name]
    if (value !== undefined) there[name] = value as Exclude<T[typeof name], undefined>
  }
  return there
}
