// The benchmarks. A new one is one file and one line here.
import type { Bench } from './bench.ts'

export const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  'wire-decode': async () => (await import('./wire-decode.ts')).bench,
  'seal-decode': async () => (await import('./seal-decode.ts')).bench,
  'seal-judge': async () => (await import('./seal-judge.ts')).bench,
  'seals-fleet': async () => (await import('./seals-fleet.ts')).bench,
  'seal-areas': async () => (await import('./seal-areas.ts')).bench,
  'whole-path': async () => (await import('./whole-path.ts')).bench,
  stalls: async () => (await import('./stalls.ts')).bench,
  restart: async () => (await import('./restart.ts')).bench,
  detectors: async () => (await import('./detectors.ts')).bench,
  'normal-day': async () => (await import('./normal-day.ts')).bench,
  ledger: async () => (await import('./ledger.ts')).bench,
  'access-grant': async () => (await import('./access-grant.ts')).bench,
  store: async () => (await import('./store.ts')).bench,
  archive: async () => (await import('./archive.ts')).bench,
  live: async () => (await import('./live.ts')).bench,
  screen: async () => (await import('./screen.ts')).bench,
  accounts: async () => (await import('./accounts.ts')).bench,
  'incidents-search': async () => (await import('./incidents-search.ts')).bench,
  'statistics-dashboard': async () => (await import('./statistics-dashboard.ts')).bench,
  'reports-draft': async () => (await import('./reports-draft.ts')).bench,
  'reports-pdf': async () => (await import('./reports-pdf.ts')).bench,
  'sms-throughput': async () => (await import('./sms-throughput.ts')).bench,
  telling: async () => (await import('./telling.ts')).bench,
  tools: async () => (await import('./tools.ts')).bench,
}
