// The reliability checks, by the numbers of the scorecard (docs/administrators/reliability.md). Run one: npm run check:kill
import type { Check } from './check.ts'

export const CHECKS: readonly (() => Promise<{ readonly check: Check }>)[] = [
  () => import('./kill-9.ts'),
  () => import('./store-kill.ts'),
  () => import('./disk-full.ts'),
  () => import('./feed-flood.ts'),
  () => import('./half-open-feeds.ts'),
  () => import('./slow-screens.ts'),
  () => import('./two-on-one-folder.ts'),
  () => import('./tampered-evidence.ts'),
  () => import('./replay-is-picture.ts'),
  () => import('./clock-jumps.ts'),
  () => import('./doors-fuzz.ts'),
  () => import('./ais-fuzz.ts'),
]
