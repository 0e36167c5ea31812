// A line as mobile networks give it: frames come cut in two, the end of one glued to the next, now and then one twice. What is written arrives, only not as it was written.
export interface RoughLine {
  write(bytes: Uint8Array): void
  /** What is still held back. */
  flush(): void
}

const ROUGH = { cut: 0.3, twice: 0.05 } as const

export function createRoughLine(out: (bytes: Uint8Array) => void, random: () => number): RoughLine {
  let held: Uint8Array = new Uint8Array(0)
  const flush = (): void => {
    if (held.length > 0) out(held)
    held = new Uint8Array(0)
  }
  return {
    write(bytes) {
      const all = joined(held, random() < ROUGH.twice ? joined(bytes, bytes) : bytes)
      const end = random() < ROUGH.cut ? Math.floor(random() * all.length) : all.length
      if (end > 0) out(all.subarray(0, end))
      held = all.slice(end)
    },
    flush,
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b
  const all = new Uint8Array(a.length + b.length)
  all.set(a)
  all.set(b, a.length)
  return all
}
