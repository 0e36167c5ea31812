// Medians and percentiles of many values without sorting them: what lies at a place is selected (Hoare's FIND), in the time it takes to walk over them a few times.

/** Linear between neighbours (Hyndman & Fan type 7, PERCENTILE.INC). Undefined of nothing. Moves the values about. */
export function quantile(values: Float64Array, share: number): number | undefined {
  if (values.length === 0) return undefined
  const at = (values.length - 1) * share
  const low = Math.floor(at)
  const a = selected(values, low)
  if (at === low) return a
  // All behind `low` are no smaller: the next in order is the smallest of them.
  let b = Number.POSITIVE_INFINITY
  for (let i = low + 1; i < values.length; i++) if (values[i]! < b) b = values[i]!
  return a + (b - a) * (at - low)
}

/** The value that would stand at `k` in order; afterwards none before it is larger and none behind it smaller. */
function selected(values: Float64Array, k: number): number {
  let left = 0
  let right = values.length - 1
  while (left < right) {
    const pivot = middleOf(values[left]!, values[(left + right) >> 1]!, values[right]!)
    let i = left
    let j = right
    while (i <= j) {
      while (values[i]! < pivot) i++
      while (values[j]! > pivot) j--
      if (i > j) break
      const swapped = values[i]!
      values[i] = values[j]!
      values[j] = swapped
      i++
      j--
    }
    if (k <= j) right = j
    else if (k >= i) left = i
    else break
  }
  return values[k]!
}

const middleOf = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
