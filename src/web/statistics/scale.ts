// Axes: round marks for counts, shares, money and durations, zero-based, and where a value lies on them. Pure.
import type { Unit } from '#statistics/schema.ts'

/** What people divide time by, in seconds. */
const TIME_STEPS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 432_000, 864_000,
]

/** 1, 2, 5, 10, 20, 50 …: the smallest that gives at most `marks` steps up to `highest`. */
function roundStep(highest: number, marks: number): number {
  const rough = highest / marks
  const power = 10 ** Math.floor(Math.log10(rough))
  for (const times of [1, 2, 5]) if (times * power >= rough * (1 - 1e-9)) return times * power
  return 10 * power
}

/** Marks of an axis from 0; the last one is not below the highest value. Whole numbers where only those occur. */
export function marksTo(highest: number, unit: Unit, marks = 4): readonly number[] {
  if (!(highest > 0) || !Number.isFinite(highest)) return [0, 1]
  const seconds = unit === 's' ? 1 : unit === 'min' ? 60 : undefined
  const known = seconds === undefined ? undefined : TIME_STEPS.find(step => step / seconds >= highest / marks)
  const isWhole = unit === 'cases' || unit === 'ships' || unit === 'pieces' || unit === 'times'
  const step = known === undefined || seconds === undefined ? roundStep(highest, marks) : known / seconds
  const even = isWhole ? Math.max(1, Math.ceil(step)) : step
  const count = Math.ceil(highest / even - 1e-9)
  // Of a share no more than all of it.
  const list = Array.from({ length: count + 1 }, (_, k) => Number((k * even).toPrecision(12)))
  return unit === 'share' && highest <= 1 ? list.map(mark => Math.min(1, mark)) : list
}

/** Marks of an axis drawn by the square root: dense at first, so that seconds and a quarter of an hour are both read. */
export function rootMarks(highestS: number): readonly number[] {
  const steps = [0, 10, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 259_200, 604_800]
  const last = steps.findIndex(step => step >= highestS)
  const until = steps.slice(0, last < 0 ? steps.length : last + 1)
  const top = Math.sqrt(until.at(-1) || 1)
  // Marks closer than this to one another would run together.
  const kept: number[] = []
  for (const step of [...until].reverse()) {
    const before = kept.at(-1)
    if (before === undefined || Math.sqrt(before) - Math.sqrt(step) >= top * 0.09) kept.push(step)
  }
  if (kept.at(-1) !== 0) kept[kept.length - 1] = 0
  return kept.reverse()
}
