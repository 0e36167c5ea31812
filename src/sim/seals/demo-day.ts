// A day of the demo's sealed trucks: some are under way when it begins, others wait for their hour; who arrives goes on. What happens lies close at first and wider apart later.
import { SCRIPTS } from './journey.ts'
import type { JourneysOptions } from './journeys.ts'

const HOUR_MS = 3_600_000
/** Locks in turn, and what sits on tractors. */
const PROTOCOLS = ['jt808', 'jt600', 'jt808', 'teratrack', 'jt808', 'eseal', 'jt600', 'eelink'] as const
export const DEMO_SEAL_PROTOCOLS: readonly string[] = [...new Set(PROTOCOLS)]
export const DEMO_DAY_MS = 24 * HOUR_MS

/** The product's side and the devices' side make the same day of it: by the seed and the moment at which it begins. */
export const demoSealDay = (seed: number, startMs: number): JourneysOptions => ({
  seed,
  startMs,
  count: 240,
  spreadMs: 2 * HOUR_MS,
  aheadMs: 1.5 * HOUR_MS,
  scripts: SCRIPTS,
  oneIn: 4,
  firstMs: startMs + 75_000,
  lastMs: startMs + DEMO_DAY_MS - HOUR_MS,
  untilMs: startMs + DEMO_DAY_MS,
  protocols: PROTOCOLS,
})
