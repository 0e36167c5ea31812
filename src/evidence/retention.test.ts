import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fullAtMs, growthOf, type Hold, planRemoval, type RetentionRule, type StoredFile } from './retention.ts'

const DAY = 86_400_000
const NOW = 1_800_000_000_000

const file = (kind: string, daysAgo: number, bytes = 100): StoredFile => ({
  kind,
  path: `${kind}/${daysAgo}`,
  bytes,
  fromMs: NOW - (daysAgo + 1) * DAY,
  toMs: NOW - daysAgo * DAY,
})
const rule = (more: Partial<RetentionRule> = {}): RetentionRule => ({
  nowMs: NOW,
  keepMs: new Map([
    ['ledger', 90 * DAY],
    ['tracks', 730 * DAY],
  ]),
  freeBytes: 1000,
  minFreeBytes: 0,
  holds: [],
  ...more,
})
const paths = (files: readonly StoredFile[]): string[] => files.map(one => one.path)

test('what is older than its kind is kept goes, each kind by its own time', () => {
  const files = [file('ledger', 100), file('ledger', 80), file('ledger', 0), file('tracks', 800), file('tracks', 100), file('tracks', 0)]
  expect(paths(planRemoval(files, rule()).going)).toEqual(['tracks/800', 'ledger/100'])
})

test('a kind without a time stays for ever, also on a full disk', () => {
  const files = [file('store', 4000), file('store', 0)]
  expect(planRemoval(files, rule({ freeBytes: 0, minFreeBytes: 500 }))).toEqual({ going: [], heldBytes: 0, lackingBytes: 500 })
})

test('a disk with too little room is freed of just enough, the oldest of all kinds first', () => {
  const files = [file('ledger', 50), file('tracks', 40), file('ledger', 30), file('tracks', 20), file('ledger', 0), file('tracks', 0)]
  const { going, lackingBytes } = planRemoval(files, rule({ freeBytes: 850, minFreeBytes: 1000 }))
  expect(paths(going)).toEqual(['ledger/50', 'tracks/40'])
  expect(lackingBytes).toBe(0)
})

test('held evidence stays whatever its age and however full the disk, and the shortage is told', () => {
  const hold: Hold = { fromMs: NOW - 100.5 * DAY, toMs: NOW - 100.2 * DAY, reason: '수사 2026-11' }
  const files = [file('ledger', 101), file('ledger', 100), file('ledger', 99), file('ledger', 0)]
  const plan = planRemoval(files, rule({ holds: [hold], freeBytes: 0, minFreeBytes: 250 }))
  expect(paths(plan.going)).toEqual(['ledger/101', 'ledger/99'])
  expect(plan).toMatchObject({ heldBytes: 100, lackingBytes: 50 })
})

test('whatever lies there: nothing held, nothing young on a roomy disk and never the newest goes', () => {
  const files = fc.array(
    fc.record({ kind: fc.constantFrom('ledger', 'tracks', 'store'), daysAgo: fc.integer({ min: 0, max: 1000 }), bytes: fc.nat(1000) }),
    { maxLength: 40 },
  )
  const hold = fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.nat(50))
  fc.assert(
    fc.property(files, fc.array(hold, { maxLength: 4 }), fc.nat(5000), fc.nat(5000), (some, holds, freeBytes, minFreeBytes) => {
      const stored = some.map(({ kind, daysAgo, bytes }) => file(kind, daysAgo, bytes))
      const held = holds.map(([from, days]) => ({ fromMs: NOW - from * DAY, toMs: NOW - (from - days) * DAY, reason: 'x' }))
      const given = rule({ freeBytes, minFreeBytes, holds: held })
      const { going } = planRemoval(stored, given)
      const newestTo = new Map<string, number>()
      for (const one of stored) newestTo.set(one.kind, Math.max(newestTo.get(one.kind) ?? 0, one.toMs))
      for (const one of going) {
        expect(held.some(hold => hold.toMs >= one.fromMs && hold.fromMs <= one.toMs)).toBe(false)
        if (freeBytes >= minFreeBytes) expect(NOW - one.toMs).toBeGreaterThan(given.keepMs.get(one.kind) ?? Number.POSITIVE_INFINITY)
      }
      for (const [kind, toMs] of newestTo)
        expect(stored.filter(one => one.kind === kind && !going.includes(one)).some(one => one.toMs === toMs)).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('growth is by the last day, or by all there is when that is younger; the full disk follows from it', () => {
  expect(growthOf([file('ledger', 3, 900), file('ledger', 0.5, 40), file('ledger', 0.1, 60)], NOW)).toBe(100)
  expect(
    growthOf(
      [
        { bytes: 50, toMs: NOW - DAY / 2 },
        { bytes: 50, toMs: NOW },
      ],
      NOW,
    ),
  ).toBe(200)
  expect(growthOf([{ bytes: 50, toMs: NOW - 1000 }], NOW)).toBe(0)
  expect(growthOf([], NOW)).toBe(0)
  expect(fullAtMs(100, 1000, NOW)).toBe(NOW + 10 * DAY)
  expect(fullAtMs(0, 1000, NOW)).toBeUndefined()
  expect(fullAtMs(1, 1e6, NOW)).toBeUndefined()
})
