// The benchmarks. A new one is one file and one line here.
import type { Bench } from './bench.ts'

export const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  'wire-decode': async () => (await import('./wire-decode.ts')).bench,
  'whole-path': async () => (await import('./whole-path.ts')).bench,
  detectors: async () => (await import('./detectors.ts')).bench,
  'normal-day': async () => (await import('./normal-day.ts')).bench,
  ledger: async () => (await import('./ledger.ts')).bench,
  store: async () => (await import('./store.ts')).bench,
  archive: async () => (await import('./archive.ts')).bench,
  live: async () => (await import('./live.ts')).bench,
  screen: async () => (await import('./screen.ts')).bench,
  tools: async () => (await import('./tools.ts')).bench,
}
