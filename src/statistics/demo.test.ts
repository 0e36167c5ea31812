// The demo ends: what it told of made-up incidents, simulated ships and feeds goes out of every figure and every record, what was real stays.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '#testkit/product.ts'
import { checkStatistics } from './check.ts'
import { DAY_MS, HOUR_MS } from './day.ts'
import { forgetDemoFacts, recordedSince, saveSource, sourceState } from './facts.ts'
import { periodAt } from './period.ts'
import type { Fact } from './schema.ts'
import { DEMO_ORIGIN } from './sources/source.ts'
import { openDesk, type TestDesk } from './test-desk.ts'

const NOW = Date.UTC(2026, 10, 24, 5)
const MONTH = periodAt('month', NOW, NOW)
let folder: ReturnType<typeof temporaryFolder>
let desk: TestDesk
beforeEach(async () => {
  folder = temporaryFolder()
  desk = await openDesk(folder.path, { nowMs: NOW })
})
afterEach(async () => {
  await desk.close()
  folder.remove()
})

const fact = (atMs: number, more: Partial<Fact> = {}): Fact => ({
  atMs,
  organisation: 'busan',
  kind: 'suspicious-act',
  sub: 'closed',
  link: { kind: 'incident', id: 'x', label: 'x' },
  ...more,
})
const total = async (measure: string): Promise<number | undefined> => (await desk.statistics.measure(measure, [], MONTH))?.total.value
const rolledUp = async (): Promise<void> => {
  await desk.statistics.settled()
  while (await desk.statistics.tend());
}

test('when real feeds come every figure is of real records alone, today’s and that of days rolled up long ago', async () => {
  await desk.store.write([
    ...['incidents', 'ship-calls', 'feeds'].map(source => saveSource(source, { sinceMs: NOW - 20 * DAY_MS, caughtUpMs: NOW })),
    ...recordedSince(['incidents'], NOW - 21 * DAY_MS),
  ])
  const { take } = desk.statistics
  for (const day of [0, 1, 15]) {
    const atMs = NOW - day * DAY_MS - HOUR_MS
    take('incidents', { origin: `incident:demo-2026-11-${24 - day}-transfer`, facts: [fact(atMs), fact(atMs)] })
    take('ship-calls', {
      origin: `${DEMO_ORIGIN}call:440000001:arrival:${atMs}`,
      facts: [fact(atMs, { kind: 'arrival', subject: '440000001' })],
    })
    take('feeds', {
      origin: `${DEMO_ORIGIN}feed:demo:${atMs}`,
      facts: [fact(atMs, { kind: 'demo', sub: 'coast', numbers: { upMin: 60, measuredMin: 60 } })],
    })
  }
  // Real: one that only sounds like the demo's among them.
  take('incidents', { origin: 'incident:r1', facts: [fact(NOW - 15 * DAY_MS)] })
  take('incidents', { origin: 'incident:demonstration', facts: [fact(NOW - HOUR_MS)] })
  await rolledUp()
  expect([await total('incidents'), await total('arrivals')]).toEqual([8, 3])

  await desk.store.write(forgetDemoFacts())
  // At once, before a roll-up is made anew, and after it.
  expect([await total('incidents'), await total('arrivals')]).toEqual([2, undefined])
  await rolledUp()
  expect([await total('incidents'), await total('arrivals')]).toEqual([2, undefined])
  expect(checkStatistics(desk.store)).toMatch(/ 0 days to be rolled up/)
  expect(desk.sql("SELECT origin FROM statistics_facts WHERE origin LIKE '%demo-%'")).toEqual([])
  const records = await desk.statistics.records({ measure: 'incidents', by: [] }, MONTH, { spans: MONTH, sites: () => 'all' }, 100)
  expect(records.map(one => one.id).sort()).toEqual(['incident:demonstration', 'incident:r1'])
  // What only the demo had is not measured any more; it begins anew with the first real record.
  expect([sourceState(desk.store, 'ship-calls'), sourceState(desk.store, 'feeds')]).toEqual([undefined, undefined])
  expect(sourceState(desk.store, 'incidents')).toBeDefined()
})

test('forgetting twice, or where there was no demo, changes nothing', async () => {
  await desk.store.write([saveSource('incidents', { sinceMs: 1, caughtUpMs: NOW })])
  desk.statistics.take('incidents', { origin: 'incident:r1', facts: [fact(NOW - HOUR_MS)] })
  await rolledUp()
  const before = desk.sql('SELECT source, day, facts, pack, revision FROM statistics_days')
  for (const _ of [1, 2]) await desk.store.write(forgetDemoFacts())
  await rolledUp()
  expect(await total('incidents')).toBe(1)
  expect(desk.sql('SELECT source, day, facts, pack, revision FROM statistics_days')).toEqual(before)
})
