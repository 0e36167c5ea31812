import { defineConfig } from 'vitest/config'

// One process, no isolation: 20 times cheaper than isolated files (docs/decisions/0004-tools.md). Modules therefore hold no state.
export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'tools/**/*.test.ts', 'e2e/**/*.test.ts', 'bench/**/*.test.ts'],
    pool: 'threads',
    isolate: false,
    // Against hanging only: machines that build are slow and noisy.
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
})
