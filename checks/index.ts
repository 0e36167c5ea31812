// The reliability checks, by the numbers of the scorecard (docs/administrators/reliability.md). Run one: npm run check:kill
import type { Check } from './check.ts'

export const CHECKS: readonly (() => Promise<{ readonly check: Check }>)[] = [
  () => import('./kill-9.ts'),
  () => import('./store-kill.ts'),
  () => import('./incidents-kill.ts'),
  () => import('./incidents-disk.ts'),
  () => import('./write-fails.ts'),
  () => import('./backup-restore.ts'),
  () => import('./upgrade.ts'),
  () => import('./disk-full.ts'),
  () => import('./feed-flood.ts'),
  () => import('./half-open-feeds.ts'),
  () => import('./slow-screens.ts'),
  () => import('./two-on-one-folder.ts'),
  () => import('./tampered-evidence.ts'),
  () => import('./replay-is-picture.ts'),
  () => import('./clock-jumps.ts'),
  () => import('./rights.ts'),
  () => import('./audit.ts'),
  () => import('./injection.ts'),
  () => import('./doors-fuzz.ts'),
  () => import('./tls-headers.ts'),
  () => import('./sign-in-attack.ts'),
  () => import('./session.ts'),
  () => import('./ais-fuzz.ts'),
  () => import('./seal-fuzz.ts'),
]
